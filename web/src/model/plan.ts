// The programme as it is edited: segments in the order of the evening, each at its place among the pitches. A place is how
// many pitches come before: 0 is before all of them, the last one after all. The server decides; this moves rows.
import type { SegmentKindName, SegmentLine } from '../wire/types'

export const KINDS: readonly SegmentKindName[] = [
  'opening',
  'unveiling',
  'appointment',
  'signing',
  'presentation',
  'draw',
  'break',
  'awards',
  'other',
]
export const SEGMENTS_MAX = 99
export const NAMES_MAX = 40
export const CHARS_MAX = 120
export const SECS_MAX = 36_000

/** The place after all pitches. Without any there is still a before and an after. */
export const last = (pitches: number) => Math.max(pitches, 1)

export const place = (segment: SegmentLine, pitches: number) => Math.min(segment.after ?? Infinity, last(pitches))

/** The segment at another place. */
function at(segment: SegmentLine, place: number, pitches: number): SegmentLine {
  const { after: _before, ...rest } = segment
  return place >= last(pitches) ? rest : { ...rest, after: place }
}

/** In the order of the evening; segments of one place keep theirs. */
export const sorted = (segments: readonly SegmentLine[], pitches: number): SegmentLine[] =>
  [...segments].sort((a, b) => place(a, pitches) - place(b, pitches))

/** A line of the evening: a segment, or the pitches between two of them, from the n-th to the m-th. */
export type Row = { segment: SegmentLine } | { from: number; to: number }

/** Every line of the evening. Without pitches one line says so, from 1 to 0. */
export function rows(segments: readonly SegmentLine[], pitches: number): Row[] {
  const all: Row[] = []
  let done = 0
  for (const segment of sorted(segments, pitches)) {
    const here = place(segment, pitches)
    if (here > done) all.push({ from: done + 1, to: Math.min(here, pitches) })
    done = Math.max(done, here)
    all.push({ segment })
  }
  if (done < last(pitches)) all.push({ from: done + 1, to: pitches })
  return all
}

/** The list with one segment a step earlier (−1) or later (1): past its neighbour, or past a pitch. Nothing where it cannot. */
export function moved(
  segments: readonly SegmentLine[],
  id: string,
  by: -1 | 1,
  pitches: number,
): SegmentLine[] | undefined {
  const list = sorted(segments, pitches)
  const index = list.findIndex((one) => one.id === id)
  const [segment, neighbour] = [list[index], list[index + by]]
  if (!segment) return undefined
  const here = place(segment, pitches)
  if (neighbour && place(neighbour, pitches) === here) {
    list[index] = neighbour
    list[index + by] = segment
    return list
  }
  if (here + by < 0 || here + by > last(pitches)) return undefined
  list[index] = at(segment, here + by, pitches)
  return list
}

/** The list with one segment at a place, after those that are there. */
export function placed(segments: readonly SegmentLine[], id: string, place: number, pitches: number): SegmentLine[] {
  const segment = segments.find((one) => one.id === id)
  const others = segments.filter((one) => one.id !== id)
  return sorted(segment ? [...others, at(segment, place, pitches)] : others, pitches)
}

/** A number that no segment has. */
export function fresh(segments: readonly SegmentLine[]): string {
  const numbers = segments.map((one) => Number(one.id.slice(1)))
  return `S${Math.max(0, ...numbers) + 1}`
}

/** Where a kind of segment likely comes: prizes at the end, a break half-way, the rest before the pitches. */
export function likely(kind: SegmentKindName, pitches: number): number | undefined {
  if (kind === 'awards') return undefined
  if (kind === 'break') return pitches > 1 ? Math.ceil(pitches / 2) : 3
  return 0
}

/** Minutes that it likely takes, in seconds; 0 is no timer. */
const usual = (kind: SegmentKindName) => (kind === 'opening' ? 300 : kind === 'break' ? 900 : 0)

/** A new segment of a kind at its likely place. */
export function made(id: string, kind: SegmentKindName, title: string, pitches: number): SegmentLine {
  const after = likely(kind, pitches)
  return { id, kind, title, names: [], secs: usual(kind), ...(after === undefined ? {} : { after }) }
}

/** What most days have, to begin with. */
export function typicalDay(title: (kind: SegmentKindName) => string, pitches: number): SegmentLine[] {
  const kinds: SegmentKindName[] = ['opening', 'draw', 'break', 'awards']
  return kinds.map((kind, index) => made(`S${index + 1}`, kind, title(kind), pitches))
}

/** The names that were typed, one a line. */
export const names = (text: string) =>
  text
    .split('\n')
    .map((name) => name.trim())
    .filter(Boolean)

export type SegmentProblem = 'title' | 'long' | 'names' | 'secs'

const tooLong = (text: string) => [...text.trim()].length > CHARS_MAX

/** What is wrong with a segment, if anything. */
export function problem(segment: SegmentLine): SegmentProblem | undefined {
  if (!segment.title.trim()) return 'title'
  if ([segment.title, ...segment.names].some(tooLong)) return 'long'
  if (segment.names.length > NAMES_MAX) return 'names'
  return Number.isInteger(segment.secs) && segment.secs >= 0 && segment.secs <= SECS_MAX ? undefined : 'secs'
}

/** Seconds that are planned: the segments' and the pitches'. */
export const planned = (segments: readonly SegmentLine[], pitches: number, each: number) =>
  segments.reduce((sum, one) => sum + one.secs, pitches * each)
