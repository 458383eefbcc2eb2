import { expect, test } from 'vitest'
import { agreement, axis, certainty, cut, deviations, first, mean, shade, signed } from './panel'

const row = (...totals: (number | null)[]) => ({ pitch: 'R1-P1', place: 1, score: '80.00', totals })

test('words for an agreement and for a share of the draws', () => {
  expect([0, 0.49, 0.5, 0.74, 0.75, 0.89, 0.9, 1].map(agreement)).toEqual([
    'poor',
    'poor',
    'moderate',
    'moderate',
    'good',
    'good',
    'excellent',
    'excellent',
  ])
  expect([1, 0.9, 0.89, 0.6, 0.59, 0].map(certainty)).toEqual(['clear', 'clear', 'likely', 'likely', 'open', 'open'])
})

test('a missing scorecard is no zero', () => {
  expect(mean(row(80, null, 90))).toBe(85)
  expect(deviations(row(80, null, 90))).toEqual([-5, null, 5])
  expect(axis([row(80, null, 90)])).toEqual({ from: 80, to: 90, ticks: [80, 82, 84, 86, 88, 90] })
})

test('shades go by points, and a level deviation has none', () => {
  expect([-8, -7.9, -4, -1, -0.9, 0, 0.9, 1, 4, 8].map(shade)).toEqual([-3, -2, -2, -1, -0, 0, 0, 1, 2, 3])
  expect([-3.25, 0.04, -0.04, 2].map((one) => signed(one))).toEqual(['−3.3', '0.0', '0.0', '+2.0'])
})

test('an axis has a few round ticks around everything, also around one value', () => {
  expect(axis([row(61.2, 98)]).ticks).toEqual([60, 65, 70, 75, 80, 85, 90, 95, 100])
  expect(axis([row(85)])).toEqual({ from: 85, to: 86, ticks: [85, 86] })
  expect(axis([row(0, 100)]).ticks).toHaveLength(6)
})

test('names are cut by their width; shared third places are all looked at', () => {
  expect(cut('钢结构智能焊接机器人', 6)).toBe('钢结构智能…')
  expect(cut('GreenFlow', 8)).toBe('GreenFlow')
  const rows = Array.from({ length: 8 }, (_, at) => ({ ...row(80), place: at < 2 ? at + 1 : 3 }))
  expect(first({ rows, judges: [], without: [], analysis: {} as never }, 5)).toHaveLength(8)
})
