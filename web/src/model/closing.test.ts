import { expect, test } from 'vitest'
import type { StageInfo } from '../wire/types'
import { closing, untilClosing } from './closing'
import { face } from './timer'

const stage: StageInfo = { pitch: 'R1-P1', phase: 'scoring', since: 10_000, closes_at: 100_000 }

test('the whole countdown at first, then down to nothing and not below', () => {
  const timer = closing(stage)!
  const at = (now: number) => untilClosing(face(timer, now))
  expect([at(10_000), at(70_500), at(99_001), at(100_000), at(103_000)]).toEqual([
    '1:30',
    '0:30',
    '0:01',
    '0:00',
    '0:00',
  ])
  expect([face(timer, 69_000).level, face(timer, 70_000).level]).toEqual(['calm', 'first'])
})

test('none where the window is closed by hand, and none once it is closed', () => {
  const { closes_at: _, ...byHand } = stage
  expect([closing(byHand), closing({ ...stage, phase: 'closed' }), closing(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
