// The page's language: `?lang=`, else what was chosen before, else the browser's. Switching needs no reload.
import type { Refusal } from '../wire/types'
import zh from '../text/zh.json'
import en from '../text/en.json'

export type Key = keyof typeof zh
export type Language = 'zh' | 'en'
type Values = Record<string, string | number>

const STORED = 'podium-language'

function first(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? read()
  if (asked === 'zh' || asked === 'en') return asked
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

function read(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}

let current = $state<Language>(first())
mark()

function mark() {
  document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en'
}

export const language = {
  get now(): Language {
    return current
  },
  set(next: Language) {
    current = next
    mark()
    try {
      localStorage.setItem(STORED, next)
    } catch {
      // Private mode: the choice lasts as long as the page.
    }
  },
}

/** The sentence under a key, its `{placeholders}` filled. */
export function t(key: Key, values: Values = {}): string {
  const text: string = (current === 'zh' ? zh : en)[key]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** The sentence of what is wrong, or was passed over, at one place of a file. */
export function placeSentence(refusal: Refusal): string {
  const key = `place.${refusal.code}`
  return key in zh ? t(key as Key, (refusal.params ?? {}) as Values) : sentence(refusal)
}

/** The sentence of a refusal; an unknown code is shown as it is rather than hidden. */
export function sentence(refusal: Refusal): string {
  const key = `refusal.${refusal.code}`
  if (!(key in zh)) return t('refusal.other', { code: refusal.code })
  return t(key as Key, (refusal.params ?? {}) as Values)
}
