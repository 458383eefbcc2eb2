import { expect, test } from 'vitest'
import type { PublicView, PhaseName, SegmentInfo } from '../wire/types'
import { applied, movable, move, moveTo, places, step } from './programme'

const segment = (id: string, after: number | undefined, past = false): SegmentInfo => ({
  id,
  kind: 'other',
  title: id,
  names: [],
  secs: 0,
  past,
  ...(after === undefined ? {} : { after }),
})

/** S1 P1 P2 S2 P3 P4 P5 S3; S1 is past, P1 revealed, P4 absent. */
const view = (() => {
  const phases: Record<string, PhaseName> = { P1: 'revealed', P2: 'queued', P3: 'queued', P4: 'absent', P5: 'queued' }
  return {
    items: ['S1', 'P1', 'P2', 'S2', 'P3', 'P4', 'P5', 'S3'],
    order: ['P1', 'P2', 'P3', 'P4', 'P5'],
    phases,
    segments: [segment('S1', 0, true), segment('S2', 2), segment('S3', undefined)],
  } as unknown as PublicView
})()

const order = (found: ReturnType<typeof move>) => (found && 'order' in found ? found.order.join(' ') : undefined)
const after = (found: ReturnType<typeof move>, id: string) =>
  found && 'segments' in found ? found.segments.find((one) => one.id === id)?.after : 'no'

test('what has begun or is out stays where it is', () => {
  expect(['S1', 'P1', 'P4'].map((id) => movable(view, id))).toEqual([false, false, false])
  expect(move(view, 'P1', 4)).toBeUndefined()
  expect(order(move(view, 'P5', 2))).toBe('P1 P5 P2 P4 P3')
  expect(order(move(view, 'P5', 0))).toBe('P1 P5 P2 P4 P3')
})

test('a pitch goes to the nearest slot that is free; segments keep their places', () => {
  expect(places(view, 'P2')).toEqual([2, 4, 6])
  const found = move(view, 'P2', 5)
  expect(order(found)).toBe('P1 P3 P2 P4 P5')
  expect(found?.items).toEqual(['S1', 'P1', 'P3', 'S2', 'P2', 'P4', 'P5', 'S3'])
  expect(move(view, 'P2', 2)).toBeUndefined()
})

test('one step skips what cannot move, and ends at the ends', () => {
  expect(order(step(view, 'P3', 1))).toBe('P1 P2 P5 P4 P3')
  expect(order(step(view, 'P3', -1))).toBe('P1 P3 P2 P4 P5')
  expect(step(view, 'P2', -1)).toBeUndefined()
  expect(step(view, 'P5', 1)).toBeUndefined()
})

test('to a number of the running order', () => {
  expect(order(moveTo(view, 'P5', 2))).toBe('P1 P5 P2 P4 P3')
  expect(order(moveTo(view, 'P5', 1))).toBe('P1 P5 P2 P4 P3')
  expect(order(moveTo(view, 'P2', 4))).toBe('P1 P3 P5 P4 P2')
  expect(order(moveTo(view, 'P2', 99))).toBe('P1 P3 P5 P4 P2')
})

test('a segment goes between pitches, and after all of them it is tied to no number', () => {
  expect(places(view, 'S2')).toEqual([2, 3, 4, 5, 6, 7])
  expect(after(step(view, 'S2', -1), 'S2')).toBe(1)
  expect(after(move(view, 'S2', 4), 'S2')).toBe(3)
  const last = move(view, 'S2', 7)
  expect(after(last, 'S2')).toBeUndefined()
  expect(last?.items.slice(-2)).toEqual(['S3', 'S2'])
  expect(after(last, 'S1')).toBe(0)
  expect(after(move(view, 'S2', 0), 'S2')).toBe(1)
})

test('moves follow one another before the server has answered', () => {
  const once = applied(view, step(view, 'P5', -1))
  expect(order(step(once, 'P5', -1))).toBe('P1 P5 P2 P4 P3')
  const later = applied(view, step(view, 'S2', -1))
  expect(later.segments.find((one) => one.id === 'S1')?.past).toBe(true)
  expect(after(step(later, 'S2', 1), 'S2')).toBe(2)
  expect(applied(view, undefined)).toBe(view)
})
