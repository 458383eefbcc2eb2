// The audience's vote. Pure.
import type { VoteInfo } from '../wire/types'

/** What is chosen after a touch: with one choice the new one, else one more or one less, never more than may be. */
export function choose(chosen: string[], pitch: string, most: number): string[] {
  if (most === 1) return [pitch]
  if (chosen.includes(pitch)) return chosen.filter((one) => one !== pitch)
  return chosen.length < most ? [...chosen, pitch] : chosen
}

export interface Counted {
  pitch: string
  votes: number
  /** Equal votes have the same place. */
  place: number
}

/** Most votes first; equal ones in the order of the choices. */
export function counted({ choices, result }: VoteInfo): Counted[] {
  const votes = (pitch: string) => result?.votes[pitch] ?? 0
  const sorted = [...choices].sort((a, b) => votes(b) - votes(a))
  return sorted.map((pitch) => ({
    pitch,
    votes: votes(pitch),
    place: 1 + choices.filter((one) => votes(one) > votes(pitch)).length,
  }))
}

/** The share in per cent, as it is said; nothing where the vote is no part of the score. */
export const percent = ({ share }: VoteInfo): number | undefined =>
  share === undefined ? undefined : Math.round(Number(share) * 10_000) / 100

/** The same choice, in whatever order it was made. */
export const same = (a: string[], b: string[]) => a.length === b.length && a.every((one) => b.includes(one))
