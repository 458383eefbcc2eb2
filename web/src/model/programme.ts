// Moves in the programme: a pitch goes from slot to slot of those that are still queued, a segment between pitches. Pure.
//
// What has begun or is out keeps its place; the segments keep theirs when pitches move, because a segment is tied to how many
// pitches come before it.
import type { PublicView, SegmentInfo, SegmentLine } from '../wire/types'

export type Move = { items: string[] } & ({ order: string[] } | { segments: SegmentLine[] })

type Programme = Pick<PublicView, 'items' | 'order' | 'phases' | 'segments'>

const isQueued = (view: Programme, id: string) => view.phases[id] === 'queued'
const segment = (view: Programme, id: string): SegmentInfo | undefined => view.segments.find((one) => one.id === id)

/** Whether the item can be moved at all. */
export function movable(view: Programme, id: string): boolean {
  const part = segment(view, id)
  return part ? !part.past : isQueued(view, id)
}

/** The places in `items` that the item could have, in order. */
export function places(view: Programme, id: string): number[] {
  if (!movable(view, id)) return []
  if (!segment(view, id)) return view.items.flatMap((other, at) => (isQueued(view, other) ? [at] : []))
  // Nothing is put before what is past.
  const first = view.items.findIndex((other) => movable(view, other))
  return view.items.flatMap((_, at) => (at >= first ? [at] : []))
}

/** The programme with the item at the place nearest to `to`; nothing where that changes nothing. */
export function move(view: Programme, id: string, to: number): Move | undefined {
  const from = view.items.indexOf(id)
  const candidates = places(view, id)
  if (candidates.length === 0) return undefined
  const near = candidates.reduce((best, at) => (Math.abs(at - to) < Math.abs(best - to) ? at : best))
  if (near === from) return undefined
  return segment(view, id) ? moveSegment(view, id, near) : movePitch(view, id, candidates.indexOf(near))
}

/** One place up (−1) or down (1). */
export function step(view: Programme, id: string, by: 1 | -1): Move | undefined {
  const candidates = places(view, id)
  const to = candidates[candidates.indexOf(view.items.indexOf(id)) + by]
  return to === undefined ? undefined : move(view, id, to)
}

/** To the `n`-th place of the running order, 1 the first; to the next one that is free where that has begun. */
export function moveTo(view: Programme, id: string, n: number): Move | undefined {
  const free = view.order.slice(Math.max(0, n - 1)).find((pitch) => isQueued(view, pitch))
  const target = free ?? view.order.findLast((pitch) => isQueued(view, pitch))
  return target === undefined ? undefined : move(view, id, view.items.indexOf(target))
}

/** The programme as it is once the move has happened. */
export function applied<P extends Programme>(view: P, found: Move | undefined): P {
  if (!found) return view
  const past = (id: string) => segment(view, id)?.past ?? false
  return 'order' in found
    ? { ...view, items: found.items, order: found.order }
    : { ...view, items: found.items, segments: found.segments.map((one) => ({ ...one, past: past(one.id) })) }
}

function movePitch(view: Programme, id: string, slot: number): Move {
  const queue = view.order.filter((pitch) => isQueued(view, pitch) && pitch !== id)
  queue.splice(slot, 0, id)
  const order = view.order.map((pitch) => (isQueued(view, pitch) ? queue.shift()! : pitch))
  const pitches = [...order]
  const items = view.items.map((item) => (segment(view, item) ? item : pitches.shift()!))
  return { items, order }
}

function moveSegment(view: Programme, id: string, to: number): Move {
  const items = view.items.filter((item) => item !== id)
  items.splice(to, 0, id)
  const before = items.slice(0, to).filter((item) => !segment(view, item)).length
  const lines = items.flatMap((item) => segment(view, item) ?? []).map(line)
  const segments = lines.map((one) => (one.id === id ? place(one, before, view.order.length) : one))
  return { items, segments }
}

function place(line: SegmentLine, after: number, all: number): SegmentLine {
  const { after: _after, ...rest } = line
  return after < all ? { ...rest, after } : rest
}

/** The segment as the programme is set with it. */
export function line({ past: _past, ...rest }: SegmentInfo): SegmentLine {
  return rest
}
