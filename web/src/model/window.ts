// When scorecards are taken, as it is set up.
import type { WindowInfo } from '../wire/types'

export const COUNTDOWN_SECS_MAX = 3600
export const PITCHES_MAX = 99

/** What the server would refuse in a policy, if anything. */
export function problem({ closes, warm_up, announce_after }: WindowInfo): 'countdown' | 'pitches' | undefined {
  const within = (n: number, least: number, most: number) => Number.isInteger(n) && n >= least && n <= most
  if (typeof closes === 'object' && !within(closes.after, 1, COUNTDOWN_SECS_MAX)) return 'countdown'
  return within(warm_up, 0, PITCHES_MAX) && within(announce_after, 0, PITCHES_MAX) ? undefined : 'pitches'
}
