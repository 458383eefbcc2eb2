// Pages of the leaderboard and moves between two pictures of it. Pure.
import type { StandingRow } from '../wire/types'

export const ROWS_PER_PAGE = 10

/** The rows in pages of at most ten. */
export function pages(rows: StandingRow[], size = ROWS_PER_PAGE): StandingRow[][] {
  const count = Math.max(1, Math.ceil(rows.length / size))
  return Array.from({ length: count }, (_, at) => rows.slice(at * size, (at + 1) * size))
}

/** Places won (positive) or lost since an earlier picture; nothing for who is new or unranked. */
export function moved(before: StandingRow[], row: StandingRow): number | undefined {
  const was = before.find((other) => other.pitch === row.pitch)
  if (was?.place === undefined || row.place === undefined || was.place === row.place) return undefined
  return was.place - row.place
}

/** Rows of the podium: everybody with place 1 to 3. */
export function podium(rows: StandingRow[]): { place: number; rows: StandingRow[] }[] {
  return [1, 2, 3].flatMap((place) => {
    const on = rows.filter((row) => row.place === place)
    return on.length > 0 ? [{ place, rows: on }] : []
  })
}

/** The rows of one track, their places counted anew: who shares a place shares it here, too. */
export function ofTrack(
  rows: StandingRow[],
  projects: Record<string, { track: string }>,
  track: string | undefined,
): StandingRow[] {
  if (track === undefined) return rows
  const own = rows.filter((row) => projects[row.pitch]?.track === track)
  return own.map((row) => {
    const { place } = row
    if (place === undefined) return row
    return { ...row, place: 1 + own.filter((other) => other.place !== undefined && other.place < place).length }
  })
}
