import { expect, test } from 'vitest'
import type { HostView, PhaseName } from '../wire/types'
import { missing, nextPress } from './next'

const view = (phase: PhaseName | undefined, more: Partial<HostView> = {}): HostView =>
  ({
    projects: { 'R1-P1': { number: 1 }, 'R1-P2': { number: 2 } },
    order: ['R1-P1', 'R1-P2'],
    panel: ['J1', 'J2', 'J3'],
    pitches: { 'R1-P1': { cards: { J2: { version: 1, reopened: false } }, recused: { J3: 'why' } } },
    scene: 'pitch',
    contest: { finished: false },
    ...(phase ? { stage: { pitch: 'R1-P1', phase, since: 0, progress: { k: 1, n: 2 } } } : {}),
    ...more,
  }) as unknown as HostView

test('one key leads through a pitch', () => {
  const says = (['pitching', 'qa', 'scoring', 'closed', 'revealed'] as const).map(
    (phase) => nextPress(view(phase))?.say,
  )
  expect(says).toEqual(['next.qa', 'next.open', 'next.close', 'next.reveal', 'next.board'])
})

test('then to the next pitch, the podium and the end', () => {
  expect(nextPress(view('revealed', { scene: 'leaderboard', next: 'R1-P2' }))).toMatchObject({
    say: 'next.start',
    values: { n: 2 },
  })
  expect(nextPress(view('absent', { next: 'R1-P2' }))).toMatchObject({ say: 'next.start' })
  expect(nextPress(view('revealed', { scene: 'leaderboard' }))?.say).toBe('next.podium')
  expect(nextPress(view('revealed', { scene: 'podium' }))?.say).toBe('next.finish')
  expect(nextPress(view(undefined, { order: [] }))).toBeUndefined()
})

test('closing early and revealing must be held', () => {
  expect(nextPress(view('scoring'))?.hold).toBe(true)
  expect(nextPress(view('closed'))?.hold).toBe(true)
  expect(nextPress(view('pitching'))?.hold).toBe(false)
})

test('a closed pitch that nobody scored is passed over', () => {
  const none = { stage: { pitch: 'R1-P1', phase: 'closed', since: 0, progress: { k: 0, n: 2 } } } as Partial<HostView>
  expect(nextPress(view('closed', { ...none, next: 'R1-P2' }))).toMatchObject({ say: 'next.start', values: { n: 2 } })
  expect(nextPress(view('closed', none))?.say).toBe('next.podium')
})

test('who is missing: on the panel, not recused, no scorecard', () => {
  expect(missing(view('scoring'), 'R1-P1')).toEqual(['J1'])
})
