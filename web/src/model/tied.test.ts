import { expect, test } from 'vitest'
import type { StandingRow } from '../wire/types'
import { tiedWith } from './tied'

const row = (n: number, place: number | undefined, step?: string, score = '85.00'): StandingRow =>
  ({ pitch: `R1-P${n}`, score, k: 7, ...(place ? { place } : {}), ...(step ? { tie: { step } } : {}) }) as StandingRow
const tied = (n: number, rows: StandingRow[]) =>
  tiedWith(
    rows.find(({ pitch }) => pitch === `R1-P${n}`),
    rows,
  ).map(({ pitch }) => pitch)

test('a shared place, before the chair decides: all who share it', () => {
  const rows = [row(3, 1), row(1, 2, 'share'), row(2, 2, 'share'), row(4, 4, undefined, '80.00')]
  expect(tied(1, rows)).toEqual(['R1-P1', 'R1-P2'])
  expect(tied(2, rows)).toEqual(['R1-P1', 'R1-P2'])
  expect(tied(4, rows)).toEqual([])
  expect(tiedWith(undefined, rows)).toEqual([])
})

test('decided, it is between the same ones, in the order decided; who another step put elsewhere is none of them', () => {
  const rows = [
    row(1, 1, 'criterion'),
    row(4, 2, 'chair'),
    row(2, 3, 'chair'),
    row(5, 4, 'chair', '80.00'),
    row(6, 5, 'chair', '80.00'),
  ]
  expect(tied(2, rows)).toEqual(['R1-P4', 'R1-P2'])
  expect(tied(4, rows)).toEqual(['R1-P4', 'R1-P2'])
  expect(tied(6, rows)).toEqual(['R1-P5', 'R1-P6'])
  expect(tied(1, rows)).toEqual([])
})

test('without a place there is nothing to decide', () => {
  expect(tied(1, [row(1, undefined), row(2, undefined)])).toEqual([])
})
