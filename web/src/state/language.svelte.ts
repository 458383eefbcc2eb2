// The page's language: `?lang=`, else what was chosen before, else the browser's. Switching needs no reload.
import type { Refusal } from '../wire/types'
import { fill, type Values } from '../text/fill'
import zh from '../text/hall/zh.json'
import en from '../text/hall/en.json'
import type staff from '../text/staff/zh.json'
import type judge from '../text/judge/zh.json'
import type host from '../text/host/zh.json'
import type organise from '../text/organise/zh.json'
import type timer from '../text/timer/zh.json'
import type check from '../text/check/zh.json'
import type preflight from '../text/preflight/zh.json'
import type mc from '../text/mc/zh.json'
import type draw from '../text/draw/zh.json'
import type vote from '../text/vote/zh.json'
import type panel from '../text/panel/zh.json'
import type interest from '../text/interest/zh.json'
import type papers from '../text/papers/zh.json'
import type print from '../text/print/zh.json'
import type result from '../text/result/zh.json'

export type Key =
  | keyof typeof zh
  | keyof typeof staff
  | keyof typeof judge
  | keyof typeof host
  | keyof typeof organise
  | keyof typeof timer
  | keyof typeof check
  | keyof typeof preflight
  | keyof typeof mc
  | keyof typeof draw
  | keyof typeof vote
  | keyof typeof panel
  | keyof typeof interest
  | keyof typeof papers
  | keyof typeof print
  | keyof typeof result
export type Language = 'zh' | 'en'
type Texts = Record<Language, Record<string, string>>

/** What the hall sees; a page of the staff adds its own (`state/speech`). */
const texts: Texts = { zh: { ...zh }, en: { ...en } }

export function speak(more: Texts) {
  Object.assign(texts.zh, more.zh)
  Object.assign(texts.en, more.en)
}

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

/** Whether there is a sentence under this key. */
export function says(key: string): key is Key {
  return key in texts.zh
}

/** The sentence under a key, with its values. */
export function t(key: Key, values: Values = {}): string {
  const text = texts[current][key] ?? key
  return fill(text, values, current)
}

/** The sentence of what is wrong, or was passed over, at one place of a file. */
export function placeSentence(refusal: Refusal): string {
  const key = `place.${refusal.code}`
  return key in texts.zh ? t(key as Key, (refusal.params ?? {}) as Values) : sentence(refusal)
}

/** The sentence of a refusal; an unknown code is shown as it is rather than hidden. */
export function sentence(refusal: Refusal): string {
  const key = `refusal.${refusal.code}`
  if (!(key in texts.zh)) return t('refusal.other', { code: refusal.code })
  return t(key as Key, (refusal.params ?? {}) as Values)
}
