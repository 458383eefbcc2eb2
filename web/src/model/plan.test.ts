import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { SegmentLine } from '../wire/types'
import { KINDS, fresh, made, moved, names, placed, planned, problem, rows, sorted, typicalDay } from './plan'

const one = (id: string, after?: number): SegmentLine => ({
  id,
  kind: 'signing',
  title: id,
  names: [],
  secs: 0,
  ...(after === undefined ? {} : { after }),
})
/** `S1 1-2 S2 3-5 S3`: segments and the pitches between them. */
const told = (segments: readonly SegmentLine[], pitches: number) =>
  rows(segments, pitches)
    .map((row) => ('segment' in row ? row.segment.id : `${row.from}-${row.to}`))
    .join(' ')

test('the evening reads from its first segment to its last', () => {
  expect(told([], 3)).toBe('1-3')
  expect(told([one('S1', 0), one('S2', 2), one('S3')], 5)).toBe('S1 1-2 S2 3-5 S3')
  expect(told([one('S3'), one('S2', 2), one('S1', 0)], 5)).toBe('S1 1-2 S2 3-5 S3')
  // After more pitches than there are is after all of them.
  expect(told([one('S1', 9), one('S2')], 2)).toBe('1-2 S1 S2')
  expect(told([one('S2'), one('S1', 9)], 2)).toBe('1-2 S2 S1')
  // Before there are projects a programme has a beginning and an end.
  expect(told([one('S2'), one('S1', 0)], 0)).toBe('S1 1-0 S2')
  expect(told([], 0)).toBe('1-0')
})

test('a segment walks through the evening a step at a time, and back the same way', () => {
  const start = [one('S1', 0), one('S2', 0), one('S3', 2), one('S4')]
  let list = start
  const seen = [told(list, 3)]
  for (;;) {
    const next = moved(list, 'S1', 1, 3)
    if (!next) break
    list = next
    seen.push(told(list, 3))
  }
  expect(seen).toEqual([
    'S1 S2 1-2 S3 3-3 S4',
    'S2 S1 1-2 S3 3-3 S4',
    'S2 1-1 S1 2-2 S3 3-3 S4',
    'S2 1-2 S1 S3 3-3 S4',
    'S2 1-2 S3 S1 3-3 S4',
    'S2 1-2 S3 3-3 S1 S4',
    'S2 1-2 S3 3-3 S4 S1',
  ])
  expect(list.find((segment) => segment.id === 'S1')!.after).toBeUndefined()
  for (const before of seen.slice(0, -1).reverse()) {
    list = moved(list, 'S1', -1, 3)!
    expect(told(list, 3)).toBe(before)
  }
  expect(list).toEqual(start)
  expect(moved(list, 'S1', -1, 3)).toBeUndefined()
  expect(moved(list, 'S9', 1, 3)).toBeUndefined()
})

test('without projects it goes from the beginning to the end', () => {
  const end = moved([one('S1', 0)], 'S1', 1, 0)!
  expect(end).toEqual([one('S1')])
  expect(moved(end, 'S1', 1, 0)).toBeUndefined()
  expect(moved(end, 'S1', -1, 0)).toEqual([one('S1', 0)])
})

test('a place that is chosen is after those that are there', () => {
  const list = [one('S1', 0), one('S2', 2), one('S3')]
  expect(told(placed(list, 'S1', 2, 3), 3)).toBe('1-2 S2 S1 3-3 S3')
  expect(placed(list, 'S1', 3, 3).at(-1)).toEqual(one('S1'))
  expect(told(placed(list, 'S3', 0, 3), 3)).toBe('S1 S3 1-2 S2 3-3')
})

test('a typical day has its segments where they likely are', () => {
  const day = typicalDay((kind) => kind, 5)
  expect(day.map((segment) => [segment.id, segment.kind, segment.after, segment.secs])).toEqual([
    ['S1', 'opening', 0, 300],
    ['S2', 'draw', 0, 0],
    ['S3', 'break', 3, 900],
    ['S4', 'awards', undefined, 0],
  ])
  expect(sorted(day, 5)).toEqual(day)
  expect(told(typicalDay(String, 0), 0)).toBe('S1 S2 1-0 S3 S4')
  expect(day.map(problem)).toEqual([undefined, undefined, undefined, undefined])
})

test('a number is never given twice', () => {
  expect(fresh([])).toBe('S1')
  expect(fresh([one('S7'), one('S10'), one('S2')])).toBe('S11')
})

test('what the server would refuse is named before', () => {
  const segment = made('S1', 'other', '', 3)
  expect(problem(segment)).toBe('title')
  expect(problem({ ...segment, title: ' ' })).toBe('title')
  expect(problem({ ...segment, title: '长'.repeat(120) })).toBeUndefined()
  expect(problem({ ...segment, title: '长'.repeat(121) })).toBe('long')
  expect(problem({ ...segment, title: '签约', names: ['名'.repeat(121)] })).toBe('long')
  expect(problem({ ...segment, title: '签约', names: Array(41).fill('甲') })).toBe('names')
  for (const secs of [-1, 36_001, 1.5, NaN]) expect(problem({ ...segment, title: '签约', secs })).toBe('secs')
})

test('names are lines, and time is added up', () => {
  expect(names(' 张三 \n\n李四\n')).toEqual(['张三', '李四'])
  expect(planned([{ ...one('S1'), secs: 300 }, one('S2')], 5, 900)).toBe(4_800)
})

test('every kind of segment that the server knows can be chosen', () => {
  const types = readFileSync(join(import.meta.dirname, '../wire/types.ts'), 'utf8')
  const union = /export type SegmentKindName = ([^;]+);/.exec(types)![1]!
  expect([...KINDS].sort()).toEqual([...union.matchAll(/"([a-z-]+)"/g)].map((match) => match[1]!).sort())
})
