// When scorecards are taken, as it is set up.
import type { WindowInfo } from '../wire/types'

export const COUNTDOWN_SECS_MAX = 3600
export const PITCHES_MAX = 99

/** What the server would refuse in a policy, if anything. */
export function problem({ closes, warm_up, announce_after, freeze }: WindowInfo): 'countdown' | 'pitches' | undefined {
  const within = (n: number, least: number, most: number) => Number.isInteger(n) && n >= least && n <= most
  if (typeof closes === 'object' && !within(closes.after, 1, COUNTDOWN_SECS_MAX)) return 'countdown'
  return [warm_up, announce_after, freeze].every((n) => within(n, 0, PITCHES_MAX)) ? undefined : 'pitches'
}
