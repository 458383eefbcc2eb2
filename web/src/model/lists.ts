// The rows of standings by list, and who moved. Pure.
import type { StandingRow } from '../wire/types'

/** Rows list by list, as the server ranks them: a track's have its name, those of all have none. */
export function lists(rows: StandingRow[]): { track: string | undefined; rows: StandingRow[] }[] {
  const tracks = [...new Set(rows.map((row) => row.track))]
  return tracks.map((track) => ({ track, rows: rows.filter((row) => row.track === track) }))
}

/** Places won (positive) or lost by the newest change; nothing for who is new, unranked, or where it was. */
export function moved({ was, place }: StandingRow): number | undefined {
  if (was === undefined || place === undefined || was === place) return undefined
  return was - place
}
