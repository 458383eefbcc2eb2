// A panel's statistics as they are drawn and said. Pure.
import type { PanelInfo, PanelRow } from '../wire/types'
import { width } from './fit'

/** What an ICC means (Koo & Li 2016). */
export type Agreement = 'poor' | 'moderate' | 'good' | 'excellent'
export function agreement(icc: number): Agreement {
  if (icc < 0.5) return 'poor'
  if (icc < 0.75) return 'moderate'
  return icc < 0.9 ? 'good' : 'excellent'
}

/** What a share of the draws means. */
export type Certainty = 'clear' | 'likely' | 'open'
export const certainty = (share: number): Certainty => (share >= 0.9 ? 'clear' : share >= 0.6 ? 'likely' : 'open')

/** With its sign; a minus as wide as a plus. */
export function signed(value: number, decimals = 1): string {
  const text = Math.abs(value).toFixed(decimals)
  if (Number(text) === 0) return text
  return `${value < 0 ? '−' : '+'}${text}`
}

const given = (row: PanelRow): number[] => row.totals.filter((one) => one !== null)

/** The mean of a project's totals. */
export function mean(row: PanelRow): number {
  const totals = given(row)
  return totals.reduce((sum, one) => sum + one, 0) / totals.length
}

/** How far each judge's total is from the mean of the project's. */
export function deviations(row: PanelRow): (number | null)[] {
  const centre = mean(row)
  return row.totals.map((total) => (total === null ? null : total - centre))
}

/** Points from which a deviation is one shade stronger. */
export const SHADES = [1, 4, 8] as const
/** −3 … 3: below, level, above. */
export function shade(deviation: number): number {
  const strength = SHADES.filter((from) => Math.abs(deviation) >= from).length
  return deviation < 0 ? -strength : strength
}

export interface Axis {
  from: number
  to: number
  ticks: number[]
}

/** An axis of round points around all totals. */
export function axis(rows: PanelRow[]): Axis {
  const all = rows.flatMap(given)
  const [low, high] = [Math.min(100, ...all), Math.max(0, ...all)]
  const step = [1, 2, 5, 10, 20].find((step) => (high - low) / step <= 8) ?? 25
  const from = Math.floor(low / step) * step
  const to = Math.max(from + step, Math.ceil(high / step) * step)
  return { from, to, ticks: Array.from({ length: Math.round((to - from) / step) + 1 }, (_, at) => from + at * step) }
}

/** The text, cut with an ellipsis where it has more than so many em. */
export function cut(text: string, room: number): string {
  if (width(text) <= room) return text
  const letters = [...text]
  while (letters.length > 1 && width(letters.join('')) > room - 1) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

/** The projects whose place is looked at: the first three, and who comes close. */
export function first(info: PanelInfo, count = 5): PanelRow[] {
  return info.rows.filter((row, at) => at < count || row.place <= 3)
}
