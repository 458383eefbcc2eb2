import { expect, test } from 'vitest'
import type { StandingRow } from '../wire/types'
import { kindFor, kindOf, top } from './overlay'

const rows = (places: (number | undefined)[]): StandingRow[] =>
  places.map((place, at) => ({
    pitch: `R1-P${at + 1}`,
    score: '80.00',
    k: 3,
    ...(place === undefined ? {} : { place }),
  }))
const shown = (places: (number | undefined)[]) => top(rows(places)).map((row) => row.place)

test('the first five, and nobody of a place that does not fit whole', () => {
  expect(shown([])).toEqual([])
  expect(shown([1, 2, undefined])).toEqual([1, 2])
  expect(shown([1, 2, 3, 4, 5, 6])).toEqual([1, 2, 3, 4, 5])
  expect(shown([1, 2, 3, 4, 4, 4])).toEqual([1, 2, 3])
  expect(shown([1, 2, 3, 4, 4, 6])).toEqual([1, 2, 3, 4, 4])
  // Where everybody shares the first place, five of them are better than nothing.
  expect(shown([1, 1, 1, 1, 1, 1])).toEqual([1, 1, 1, 1, 1])
})

test('the address and the console name the same kinds', () => {
  expect(['', '?kind=score', '?kind=top', '?kind=none'].map(kindOf)).toEqual(['third', 'score', 'top', 'third'])
  expect((['overlay', 'overlay-score', 'overlay-top', 'program'] as const).map(kindFor)).toEqual([
    'third',
    'score',
    'top',
    undefined,
  ])
})
