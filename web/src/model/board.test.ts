import { expect, test } from 'vitest'
import type { StandingRow, StepInfo } from '../wire/types'
import { asides, before, typed, winners } from './board'

const row = (n: number): StandingRow => ({ pitch: `R1-P${n}`, place: n, score: '80.00', k: 3 })
const places = (track: string, ...of: number[]): StepInfo => ({ is: 'places', track, rows: of.map(row) })

test('what was told before, best first, of one track', () => {
  const board = (steps: StepInfo[]) => ({ mode: 'by-track' as const, steps })
  const told = (steps: StepInfo[]) => before(board(steps)).map((one) => one.place)
  expect(told([])).toEqual([])
  expect(told([places('', 4), places('', 3), places('', 1, 2)])).toEqual([3, 4])
  expect(told([places('A', 4), places('A', 3), places('B', 2)])).toEqual([])
  expect(told([places('A', 4), { is: 'remaining', track: 'A', pitches: [] }])).toEqual([4])
})

test('who has no place, by what has become of them; whose rule names nothing comes last', () => {
  expect(asides({ is: 'unplaced', pitches: [] })).toEqual([])
  const out = { B: 'disqualified', D: 'absent' } as const
  expect(asides({ is: 'unplaced', pitches: ['A', 'B', 'C', 'D'], out })).toEqual([
    { out: 'disqualified', pitches: ['B'] },
    { out: 'absent', pitches: ['D'] },
    { out: undefined, pitches: ['A', 'C'] },
  ])
})

test('an award is for places or for projects, as it was typed', () => {
  for (const [text, to] of [
    ['1', { places: [1, 1] }],
    [' 2 - 4 ', { places: [2, 4] }],
    ['2～4', { places: [2, 4] }],
    ['#5 #8', { projects: ['P5', 'P8'] }],
    ['#5，8', { projects: ['P5', 'P8'] }],
    ['', undefined],
    ['0-2', undefined],
    ['4-2', undefined],
    ['#9', undefined],
    ['一等', undefined],
  ] as const)
    expect(winners(text, [5, 8]), text).toEqual(to)
  expect([typed({ places: [1, 1] }), typed({ places: [2, 4] }), typed({ projects: ['P5', 'P8'] })]).toEqual([
    '1',
    '2-4',
    '#5 #8',
  ])
})
