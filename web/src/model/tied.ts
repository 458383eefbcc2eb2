// Who a tie is between. Pure.
import type { StandingRow } from '../wire/types'

/** The id that commands use. */
export const projectOf = ({ pitch }: StandingRow) => pitch.split('-')[1]!

/** Decided by the chair: it can be decided anew. */
export const isDecided = (row: StandingRow | undefined) => row?.tie?.step === 'chair'

/** The rows of one list, as it counts, between which the chair decides or has decided: none for who stands alone. */
export function tiedWith(row: StandingRow | undefined, list: StandingRow[]): StandingRow[] {
  if (row?.place === undefined) return []
  const tied = list.filter((one) =>
    isDecided(row) ? isDecided(one) && one.score === row.score : one.place === row.place && !isDecided(one),
  )
  return tied.length > 1 ? tied : []
}
