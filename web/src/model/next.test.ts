import { expect, test } from 'vitest'
import type { HostView, StageInfo } from '../wire/types'
import { calls, missing, standing, unannounced, warmUp } from './next'

const stage = (phase: string, open = false) =>
  ({ pitch: 'R1-P1', phase, since: 0, ...(open ? { open } : {}) }) as StageInfo
const view = (more: object = {}): HostView =>
  ({
    order: ['R1-P1', 'R1-P2', 'R1-P3'],
    panel: ['J1', 'J2', 'J3', 'J4', 'J5'],
    pitches: {
      'R1-P1': {
        phase: 'scoring',
        cards: { J2: { version: 1, reopened: false }, J5: { version: 1, reopened: true } },
        recused: { J3: 'why' },
        abstained: { J4: 'why' },
        reopened: { J5: 'why' },
      },
      'R1-P2': { phase: 'closed', cards: { J2: { version: 1, reopened: false } }, warm_up: true },
      'R1-P3': { phase: 'closed', cards: {}, warm_up: true },
    },
    stage: stage('scoring'),
    ...more,
  }) as unknown as HostView

test('who is missing: on the panel, neither recused nor abstaining, no scorecard or one that was given back', () => {
  expect(missing(view(), 'R1-P1')).toEqual(['J1', 'J5'])
  expect(missing(view(), 'R1-P9')).toEqual([])
})

test('how each judge stands to the pitch on stage', () => {
  const stands = ['J1', 'J2', 'J3', 'J4', 'J5'].map((judge) => standing(view(), judge))
  expect(stands).toEqual(['awaited', 'scored', 'recused', 'abstained', 'reopened'])
  expect(standing(view({ stage: stage('qa') }), 'J1')).toBe('idle')
  expect(standing(view({ stage: stage('qa', true) }), 'J1')).toBe('awaited')
  expect(standing(view({ stage: undefined }), 'J1')).toBe('idle')
})

test('what waits to be announced has scorecards; the warm-up is named as long as it lasts', () => {
  expect(unannounced(view())).toEqual(['R1-P2'])
  expect(warmUp(view())).toEqual(['R1-P2', 'R1-P3'])
})

test('what judges ask for: here and calling, late once, nothing of a window that is open', () => {
  const presence = {
    judges: {
      J1: { sockets: 1, device: { help: true, late: ['R1-P2', 'R1-P1'], asks: ['R1-P2', 'R1-P3'] } },
      J2: { sockets: 0, device: { help: true, asks: ['R1-P2'] } },
    },
  }
  const pitches = {
    'R1-P1': { phase: 'scoring', reopened: {} },
    'R1-P2': { phase: 'closed', reopened: { J2: 'why' } },
    'R1-P3': { phase: 'revealed', reopened: {} },
  }
  expect(calls(view({ presence, pitches }))).toEqual([
    { judge: 'J1', what: 'help' },
    { judge: 'J1', what: 'late', pitch: 'R1-P2' },
    { judge: 'J1', what: 'asks', pitch: 'R1-P3' },
  ])
})
