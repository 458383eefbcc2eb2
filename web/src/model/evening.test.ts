import { expect, test } from 'vitest'
import type { PublicView, SegmentInfo } from '../wire/types'
import { programme } from './evening'

const segment = (id: string, past = false) =>
  ({ id, kind: 'other', title: id, names: [], secs: 0, past }) as SegmentInfo

test('segments and pitches in their order, each over, on or to come', () => {
  const view = {
    segments: [segment('S1', true), segment('S2', true), segment('S3')],
    items: ['S1', 'R1-P1', 'S2', 'R1-P3', 'R1-P2', 'S3'],
    segment: 'S2',
    phases: { 'R1-P1': 'revealed', 'R1-P2': 'queued', 'R1-P3': 'absent' },
  } as unknown as PublicView
  expect(programme(view).map(({ id, state }) => `${id} ${state}`)).toEqual([
    'S1 over',
    'R1-P1 over',
    'S2 on',
    'R1-P3 over',
    'R1-P2 to-come',
    'S3 to-come',
  ])
  expect(programme({ ...view, phases: { 'R1-P1': 'qa' } })[1]).toEqual({ id: 'R1-P1', state: 'on' })
})
