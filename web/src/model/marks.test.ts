import { describe, expect, test } from 'vitest'
import type { CriterionInfo } from '../wire/types'
import { canonical, choices, complete, nudge, problem, quick, total } from './marks'

const criterion = (id: string, max: string, step?: string, weight = Number(max)): CriterionInfo => ({
  id,
  name: id,
  scale: '',
  max,
  weight,
  ...(step ? { step } : {}),
})

describe('a mark', () => {
  const innovation = criterion('c1', '30', '0.5')
  test.each([
    ['27.5', undefined],
    ['0', undefined],
    ['30', undefined],
    ['30.5', 'out-of-range'],
    ['27.3', 'off-step'],
    ['', 'missing'],
    ['-1', 'no-number'],
    ['1e1', 'no-number'],
    ['٣', 'no-number'],
  ])('%s is %s', (mark, expected) => expect(problem(innovation, mark)).toBe(expected))

  test('moves by steps and stays in range', () => {
    expect(nudge(innovation, '29.5', 1)).toBe('30')
    expect(nudge(innovation, '30', 1)).toBe('30')
    expect(nudge(innovation, '0', -1)).toBe('0')
    expect(nudge(innovation, undefined, 1)).toBe('0.5')
  })
  test('quick marks are on the grid', () =>
    expect(quick(criterion('c', '25', '2'))).toEqual(['14', '16', '20', '22', '24']))
})

test('few choices become buttons, many do not', () => {
  expect(choices(criterion('c', '5', '0.5'))).toHaveLength(11)
  expect(choices(criterion('c', '30', '0.5'))).toBeUndefined()
  expect(choices(criterion('c', '5'))).toBeUndefined()
})

test('the total is exact and rounds half up', () => {
  const rubric = [criterion('a', '30', '0.5'), criterion('b', '70', '0.5')]
  expect(total(rubric, { a: '27.5', b: '61' })).toBe('88.50')
  expect(total([criterion('a', '8', '0.001', 1)], { a: '0.0004' })).toBe('0.01')
  expect(total([criterion('a', '3', '1', 1), criterion('b', '3', '1', 1)], { a: '1', b: '1' })).toBe('33.33')
  expect(total(rubric, {})).toBe('0.00')
})

test('a mark is complete when nothing that could still be typed would make another one', () => {
  const half = criterion('c', '30', '0.5')
  const done = (mark: string) => complete(half, mark)
  expect(['2', '27', '27.', '31', '27.3'].map(done)).toEqual([false, false, false, false, false])
  expect(['27.5', '30'].map(done)).toEqual([true, true])
  const whole = criterion('c', '25', '1')
  expect(['2', '3', '25'].map((mark) => complete(whole, mark))).toEqual([false, true, true])
  expect(['9', '9.2', '9.25'].map((mark) => complete(criterion('c', '10'), mark))).toEqual([false, false, true])
})

test('a mark has one spelling', () => {
  expect(['27.50', '27.', '08', '0', 'x'].map(canonical)).toEqual(['27.5', '27', '8', '0', undefined])
})
