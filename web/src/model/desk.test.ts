import { expect, test } from 'vitest'
import type { JudgeView, PhaseName } from '../wire/types'
import { onDesk, stillOpen, takes } from './desk'

const [A, B, C] = ['R1-P1', 'R1-P2', 'R1-P3'] as const
function view(more: Partial<JudgeView> = {}, on: PhaseName = 'pitching'): JudgeView {
  const base = {
    hall: {
      order: [C, A, B],
      phases: { [A]: 'closed', [B]: 'closed', [C]: on },
      stage: { pitch: C, phase: on, since: 0 },
    },
    open: [],
    reopened: {},
    cards: {},
  }
  return { ...base, ...more } as unknown as JudgeView
}
const card = { version: 1 } as unknown as JudgeView['cards'][string]

test('the server says what is taken: early while the team is on the stage, late after it has closed, or not', () => {
  expect([takes(view(), C), takes(view({ open: [C] }), C), takes(view({ reopened: { [A]: '' } }), A)]).toEqual([
    false,
    true,
    true,
  ])
  // A window that has opened is no reason by itself: who stands aside hands nothing in.
  expect(takes(view({}, 'scoring'), C)).toBe(false)
})

test('given back comes before picked, picked before the stage, and what is no longer open is not picked', () => {
  expect(onDesk(view())).toBe(C)
  expect(onDesk(view({}, 'queued'))).toBeUndefined()
  expect(onDesk(view({ open: [A, C] }), A)).toBe(A)
  expect(onDesk(view({ open: [C] }), A)).toBe(C)
  expect(onDesk(view({ open: [A, C], reopened: { [B]: '加错了' } }), A)).toBe(B)
})

test('what has left the stage and is still taken, with the reason, in running order', () => {
  expect(stillOpen(view({ open: [B, C, A], cards: { [A]: card } }))).toEqual([
    { pitch: A, why: 'warm-up' },
    { pitch: B, why: 'late' },
  ])
  expect(stillOpen(view())).toEqual([])
})
