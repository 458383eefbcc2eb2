// Pages of the leaderboard, and who moved. Pure.
import { moved } from './lists'
import type { PublicView, StandingRow } from '../wire/types'

export const ROWS_PER_PAGE = 10

/** The rows in pages, of at most ten where nothing else is said. */
export function pages<Row>(rows: Row[], size = ROWS_PER_PAGE): Row[][] {
  const count = Math.max(1, Math.ceil(rows.length / size))
  return Array.from({ length: count }, (_, at) => rows.slice(at * size, (at + 1) * size))
}

/** Rows in pages of at most ten, each as many as have their place. */
function packed(rows: StandingRow[], need: (row: StandingRow) => number, room: number, most: number): StandingRow[][] {
  const found: StandingRow[][] = []
  let left = 0
  for (const row of rows) {
    const page = found.at(-1)
    if (page && page.length < most && need(row) <= left + 0.01) page.push(row)
    else {
      found.push([row])
      left = room
    }
    left -= need(row)
  }
  return found.length > 0 ? found : [[]]
}

/**
 * Pages of the hall's board, and the one to begin with. The host's page stands, in parts where it is more than a picture; else they
 * are all of them, and the newest row stands on each, last where it is of another one.
 */
export function boardPages(
  rows: StandingRow[],
  need: (row: StandingRow) => number,
  room: number,
  host: number,
  latest: string | undefined,
): { pages: StandingRow[][]; first: number } {
  if (host > 0) {
    const all = pages(rows)
    return { pages: packed(all[Math.min(host, all.length) - 1]!, need, room, ROWS_PER_PAGE), first: 0 }
  }
  const all = packed(rows, need, room, ROWS_PER_PAGE)
  const newest = all.length > 1 ? rows.find((row) => row.pitch === latest) : undefined
  if (!newest) return { pages: all, first: 0 }
  const others = packed(rows, need, room - need(newest), ROWS_PER_PAGE - 1)
  const first = others.findIndex((page) => page.includes(newest))
  return { pages: others.map((page, at) => (at === first ? page : [...page, newest])), first }
}

/** Who stands elsewhere since the correction, beside the project that was corrected. */
export function movedBy(show: PublicView): { pitch: string; from: number; to: number }[] {
  const others = show.standings.filter((row) => row.pitch !== show.correction?.pitch && moved(row) !== undefined)
  return others.map(({ pitch, was, place }) => ({ pitch, from: was ?? 0, to: place ?? 0 }))
}

/** Rows of the podium: everybody with place 1 to 3. */
export function podium(rows: StandingRow[]): { place: number; rows: StandingRow[] }[] {
  return [1, 2, 3].flatMap((place) => {
    const on = rows.filter((row) => row.place === place)
    return on.length > 0 ? [{ place, rows: on }] : []
  })
}

type Ranked = Pick<PublicView, 'standings' | 'track_standings'> & { projects: Record<string, { track: string }> }

/** One list: a track's, or that of all. Where places are not counted by track, a track's are counted anew. */
export function listOf(show: Ranked, track: string | undefined): StandingRow[] {
  const ranked = [...(show.track_standings ?? []), ...show.standings].filter((row) => row.track === track)
  return ranked.length > 0 ? ranked : ofTrack(show.standings, show.projects, track)
}

/** The rows of one track, their places counted anew: who shares a place shares it here, too. */
export function ofTrack(
  rows: StandingRow[],
  projects: Record<string, { track: string }>,
  track: string | undefined,
): StandingRow[] {
  if (track === undefined) return rows
  const own = rows.filter((row) => projects[row.pitch]?.track === track)
  const anew = (key: 'place' | 'was', place: number | undefined) =>
    place === undefined ? {} : { [key]: 1 + own.filter((other) => (other[key] ?? Infinity) < place).length }
  return own.map((row, at) => ({ ...untied(row, at), ...anew('place', row.place), ...anew('was', row.was) }))

  /** What a row says of a tie is about the row beside it; where that is of another track, the reason is not known here. */
  function untied({ tie, ...row }: StandingRow, at: number): StandingRow {
    if (!tie) return row
    const above = own[at - 1]?.score === row.score ? own[at - 1] : undefined
    const beside = above ?? (own[at + 1]?.score === row.score ? own[at + 1] : undefined)
    if (!beside) return row
    const shared = beside.place === row.place
    const next = Math.abs(rows.indexOf(beside) - rows.findIndex((one) => one.pitch === row.pitch)) === 1
    return { ...row, tie: shared ? { step: 'share' } : next && tie.step !== 'share' ? tie : { step: 'same' } }
  }
}
