import { expect, test } from 'vitest'
import type { HostView, StageInfo } from '../wire/types'
import { calls, missing, standing, unannounced, warmUp } from './next'

const stage = (phase: string, open = false) =>
  ({ pitch: 'R1-P1', phase, since: 0, ...(open ? { open } : {}) }) as StageInfo
const view = (more: object = {}, hall: object = {}): HostView =>
  ({
    hall: {
      order: ['R1-P1', 'R1-P2', 'R1-P3'],
      phases: { 'R1-P1': 'scoring', 'R1-P2': 'closed', 'R1-P3': 'closed' },
      stage: stage('scoring'),
      ...hall,
    },
    panel: ['J1', 'J2', 'J3', 'J4', 'J5'],
    pitches: {
      'R1-P1': {
        cards: { J2: 1, J5: 1 },
        recused: ['J3'],
        abstained: ['J4'],
        reopened: ['J5'],
      },
      'R1-P2': { cards: { J2: 1 }, warm_up: true },
      'R1-P3': { cards: {}, warm_up: true },
    },
    ...more,
  }) as unknown as HostView

test('who is missing: on the panel, neither recused nor abstaining, no scorecard or one that was given back', () => {
  expect(missing(view(), 'R1-P1')).toEqual(['J1', 'J5'])
  expect(missing(view(), 'R1-P9')).toEqual([])
})

test('how each judge stands to the pitch on stage', () => {
  const stands = ['J1', 'J2', 'J3', 'J4', 'J5'].map((judge) => standing(view(), judge))
  expect(stands).toEqual(['awaited', 'scored', 'recused', 'abstained', 'reopened'])
  expect(standing(view({}, { stage: stage('qa') }), 'J1')).toBe('idle')
  expect(standing(view({}, { stage: stage('qa', true) }), 'J1')).toBe('awaited')
  expect(standing(view({}, { stage: undefined }), 'J1')).toBe('idle')
})

test('what waits to be announced has scorecards; the warm-up is named as long as it lasts', () => {
  expect(unannounced(view())).toEqual(['R1-P2'])
  expect(warmUp(view())).toEqual(['R1-P2', 'R1-P3'])
})

test('what judges ask for: here and calling, late once, nothing of a window that is open', () => {
  const presence = {
    judges: {
      J1: { sockets: 1, device: { help: true, asks: ['R1-P2', 'R1-P3'] } },
      J2: { sockets: 0, device: { help: true, asks: ['R1-P2'] } },
    },
  }
  const pitches = {
    'R1-P1': { reopened: [], late: ['J1'] },
    'R1-P2': { reopened: ['J2'], late: ['J1', 'J2'] },
    'R1-P3': { reopened: [] },
  }
  const phases = { 'R1-P1': 'scoring', 'R1-P2': 'closed', 'R1-P3': 'revealed' }
  expect(calls(view({ presence, pitches }, { phases }))).toEqual([
    { judge: 'J1', what: 'help' },
    { judge: 'J1', what: 'late', pitch: 'R1-P2' },
    { judge: 'J1', what: 'asks', pitch: 'R1-P3' },
  ])
})
