import { expect, test } from 'vitest'
import type { TimerInfo } from '../wire/types'
import { face, left, listen, type Heard, type Sound } from './timer'

const START = 1_790_000_000_000
const eight: TimerInfo = {
  what: 'pitch',
  label: '',
  planned_ms: 480_000,
  spent_ms: 0,
  since: START,
  warn_secs: [60, 30],
}
const { since: _, ...standing } = eight
const shown = (timer: TimerInfo, after: number) => face(timer, START + after)

test('the whole time at the start, 0:00 exactly at the end, counting over', () => {
  const texts = [0, 1, 1_000, 1_001, 479_000, 479_999, 480_000, 480_999, 481_000, 492_000, 1_080_000]
  expect(texts.map((after) => shown(eight, after).text)).toEqual([
    '8:00',
    '8:00',
    '7:59',
    '7:59',
    '0:01',
    '0:01',
    '0:00',
    '0:00',
    '+0:01',
    '+0:12',
    '+10:00',
  ])
  expect(shown({ ...eight, planned_ms: 600_000 }, 0).text).toBe('10:00')
  expect(shown({ ...eight, planned_ms: 600_000 }, 1_000).text).toBe('9:59')
})

test('the phase: ready, running, warned once, warned twice, over, paused', () => {
  const phases = [0, 419_999, 420_000, 449_999, 450_000, 479_999, 480_000, 500_000]
  expect(phases.map((after) => shown(eight, after).phase)).toEqual([
    'running',
    'running',
    'first',
    'first',
    'second',
    'second',
    'over',
    'over',
  ])
  expect(shown(standing, 90_000)).toEqual({ left: 480_000, level: 'calm', phase: 'ready', text: '8:00', part: 1 })
  const paused = { ...standing, spent_ms: 435_000 }
  expect(shown(paused, 0)).toEqual({ left: 45_000, level: 'first', phase: 'paused', text: '0:45', part: 45 / 480 })
  expect(shown({ ...paused, spent_ms: 485_000 }, 0)).toMatchObject({ phase: 'paused', level: 'over', text: '+0:05' })
  expect(shown({ ...eight, warn_secs: [60] }, 470_000).phase).toBe('first')
  expect(shown({ ...eight, warn_secs: [] }, 470_000).phase).toBe('running')
})

test('what was spent before a pause counts, what was given counts', () => {
  expect(left({ ...eight, spent_ms: 100_000 }, START + 20_000)).toBe(360_000)
  expect(left({ ...eight, planned_ms: 510_000 }, START + 480_000)).toBe(30_000)
  expect(shown({ ...eight, planned_ms: 0 }, 5_000)).toMatchObject({ text: '+0:05', phase: 'over', part: 0 })
})

test('it is never more than the whole, even where the clock is behind the start', () => {
  const early = shown(eight, -70)
  expect(early).toMatchObject({ left: 480_000, text: '8:00', part: 1 })
  expect(early.next).toBe(1_070)
})

test('the next change is the very moment at which text or phase differs', () => {
  for (let at = 417_000; at < 484_000; at += 137) {
    const now = shown(eight, at + 0.25)
    const { next } = now
    expect(next).toBeGreaterThan(0)
    expect(next).toBeLessThanOrEqual(1_000)
    const just = shown(eight, at + 0.25 + next! - 0.01)
    expect([just.text, just.phase]).toEqual([now.text, now.phase])
    // Between 0:01 left and 0:01 over there is one 0:00.
    expect(shown(eight, at + 0.25 + next!).text).not.toBe(now.text)
  }
  expect(shown(standing, 0).next).toBeUndefined()
})

/** Follows a timer through these moments; the sounds with the moments at which they were rung. */
function follow(steps: [after: number, timer?: TimerInfo][], timer = eight): [number, Sound][] {
  const rung: [number, Sound][] = []
  let heard: Heard | undefined
  for (const [after, other] of steps) {
    const answer = listen(heard, other ?? timer, START + after)
    heard = answer.heard
    if (answer.sound) rung.push([after, answer.sound])
  }
  return rung
}
const every = (step: number, from: number, to: number) =>
  Array.from({ length: (to - from) / step + 1 }, (_, at): [number] => [from + at * step])

test('each sound once, at its moment', () => {
  const all: [number, Sound][] = [
    [420_000, 'first'],
    [450_000, 'second'],
    [480_000, 'end'],
  ]
  expect(follow(every(1_000, 0, 600_000))).toEqual(all)
  expect(follow(every(250, 0, 600_000))).toEqual(all)
  expect(follow(every(1_000, 0, 600_000), { ...eight, warn_secs: [30] })).toEqual([
    [450_000, 'first'],
    [480_000, 'end'],
  ])
})

test('no old sound: after a reload, a late arrival, a sleep', () => {
  expect(follow([[430_000], [431_000]])).toEqual([])
  expect(follow([[420_000], [421_000]])).toEqual([])
  expect(follow([[480_000], [481_000]])).toEqual([])
  expect(follow([[400_000], [460_000], [479_000], [481_000]])).toEqual([[481_000, 'end']])
  expect(follow([[400_000], [421_600]])).toEqual([])
})

test('not twice when the clock is put right, again when time was given', () => {
  expect(follow([[419_990], [420_010], [419_970], [420_020]])).toEqual([[420_010, 'first']])
  const more = { ...eight, planned_ms: 510_000 }
  expect(follow([[419_000], [420_000], [425_000, more], [449_500, more], [450_100, more]])).toEqual([
    [420_000, 'first'],
    [450_100, 'first'],
  ])
})

test('silent while paused, when a moment is skipped by taking time, when another timer takes its place', () => {
  const paused = { ...standing, spent_ms: 430_000 }
  expect(follow([[419_000], [419_500, paused], [600_000, paused]])).toEqual([])
  expect(follow([[300_000], [301_000, { ...eight, planned_ms: 350_000 }]])).toEqual([])
  const questions: TimerInfo = { ...eight, what: 'qa', planned_ms: 60_000, since: START + 410_000 }
  expect(follow([[409_000], [410_500, questions]])).toEqual([])
})
