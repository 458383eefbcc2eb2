import type { Act } from '../../model/reasons'

/** Asks for the reason of an act, then does it. */
export type Ask = (title: string, done: (reason: string) => void, act?: Act) => void
