// What stands on the judges' plates, in words.
import { minutes } from '../model/time'
import { t } from '../state/language.svelte'
import type { PlateDeduction, PlatesInfo } from '../wire/types'

/** `J3` as people say it. */
export const seat = (judge: string) => t('plate.seat', { n: judge.slice(1) })

/** Something is left out on them. */
export function struck({ plates, criteria }: PlatesInfo): boolean {
  return plates.some((plate) => plate.dropped !== undefined) || (criteria?.length ?? 0) > 0
}

/** What was taken off, in one line. */
export function offs(deductions: PlateDeduction[]): string {
  const said = ({ points, reason, over_ms }: PlateDeduction) =>
    over_ms === undefined
      ? t('plates.off', { points, reason })
      : t('plates.overtime', { points, time: minutes(Math.floor(over_ms / 1000)) })
  return deductions.map(said).join(' · ')
}
