// What is said where a rule has too few scorecards to leave out what it asks for.
import { t } from '../state/language.svelte'
import type { Fallback } from '../wire/types'

export function fallbackWords(fallback: Fallback | undefined): string {
  if (!fallback) return ''
  return t(fallback.dropped === 0 ? 'fallback.none' : 'fallback.some', { ...fallback })
}
