import { expect, test } from 'vitest'
import type { HostView } from '../wire/types'
import { hall, preview } from './hall'

const view = {
  join: 'http://h/',
  hall: {
    scene: 'pitch',
    contest: { title: 'T' },
    projects: {},
    order: ['R1-P1'],
    standings: [],
    phases: { 'R1-P1': 'closed' },
    segments: [],
    items: ['R1-P1'],
    segment: 'S1',
    stage: { pitch: 'R1-P1', phase: 'closed', since: 1 },
    timer: { what: 'custom', label: 'x', planned_ms: 1, spent_ms: 0, warn_secs: [] },
  },
  provisional: [{ pitch: 'R1-P1', place: 1, score: '88.80', k: 3 }],
  pitches: { 'R1-P1': { score: '88.80' } },
  preview: {
    parts: {
      scene: 'leaderboard',
      stage: { pitch: 'R1-P1', phase: 'revealed', since: 0, closes_at: 20_000 },
      phases: { 'R1-P1': 'revealed' },
      standings: [{ pitch: 'R1-P1', place: 1, score: '88.80', k: 3 }],
    },
    gone: ['timer', 'segment'],
  },
} as unknown as HostView

test('the picture of the hall holds no score that the hall has not seen', () => {
  const now = hall(view)
  expect(now.hall.scene).toBe('pitch')
  expect(now.hall.phases).toEqual({ 'R1-P1': 'closed' })
  expect(now.hall.segment).toBe('S1')
  expect(JSON.stringify(now)).not.toContain('88.80')
})

test('the preview is the same hall after the cue: what the cue ends is not there', () => {
  const next = preview(view)
  expect(next?.hall.scene).toBe('leaderboard')
  expect(next?.hall.stage).toEqual({ pitch: 'R1-P1', phase: 'revealed', since: 0 })
  expect(next?.hall.standings).toHaveLength(1)
  expect(next?.hall).not.toHaveProperty('timer')
  expect(next?.hall).not.toHaveProperty('segment')
  expect(next?.hall.items).toEqual(['R1-P1'])
  expect(view.hall.timer).toBeDefined()
  expect(next?.join).toBe('http://h/')
})

test('no preview, no picture', () => {
  const { preview: _preview, ...rest } = view
  expect(preview(rest)).toBeUndefined()
})
