import { expect, test } from 'vitest'
import type { VoteInfo } from '../wire/types'
import { choose, counted, percent, same } from './vote'

const vote = (more: Partial<VoteInfo>): VoteInfo => ({
  title: '人气',
  choices: ['P1', 'P2', 'P3', 'P4'],
  most: 2,
  secs: 0,
  admission: 'codes',
  state: 'revealed',
  ...more,
})

test('one choice is the newest; several come and go, and never more than may be', () => {
  expect(choose(['P1'], 'P2', 1)).toEqual(['P2'])
  expect(choose(['P1'], 'P2', 2)).toEqual(['P1', 'P2'])
  expect(choose(['P1', 'P2'], 'P3', 2)).toEqual(['P1', 'P2'])
  expect(choose(['P1', 'P2'], 'P1', 2)).toEqual(['P2'])
})

test('most votes first, equal votes share a place, a project without votes is there', () => {
  const found = counted(vote({ result: { ballots: 9, votes: { P1: 3, P2: 5, P3: 3 } } }))
  expect(found.map(({ pitch, place, votes }) => `${place} ${pitch} ${votes}`)).toEqual([
    '1 P2 5',
    '2 P1 3',
    '2 P3 3',
    '4 P4 0',
  ])
  expect(counted(vote({})).map(({ votes }) => votes)).toEqual([0, 0, 0, 0])
})

test('the share as it is said', () => {
  expect(percent(vote({ share: '0.2' }))).toBe(20)
  expect(percent(vote({ share: '0.125' }))).toBe(12.5)
  expect(percent(vote({}))).toBeUndefined()
})

test('a choice is the same in any order', () => {
  expect(same(['P1', 'P2'], ['P2', 'P1'])).toBe(true)
  expect(same(['P1'], ['P1', 'P2'])).toBe(false)
})
