// The stage timer as every page reads it: what is left at a moment, what to show, when that changes, what to ring.
//
// Pure. The moment is the server's time; a timer that runs over goes on counting.
import type { TimerInfo } from '../wire/types'
import { minutes } from './time'

/** How close the end is; holds while paused, too. */
export type Level = 'calm' | 'first' | 'second' | 'over'
/** `ready`: nothing has run yet. */
export type TimerPhase = 'ready' | 'running' | 'paused' | 'first' | 'second' | 'over'

export interface Face {
  /** Milliseconds left; negative when over. */
  left: number
  level: Level
  phase: TimerPhase
  /** `8:00`, `0:00` at the end, `+0:12` after it. */
  text: string
  /** Of the planned time, how much is left: 0 to 1. */
  part: number
  /** Milliseconds until any of this but `left` and `part` changes; absent while it is paused. */
  next?: number
}

const SECOND = 1_000

/** Milliseconds left. Where the page's clock is a little behind the start, all of it is. */
export function left(timer: TimerInfo, now: number): number {
  const running = timer.since === undefined ? 0 : Math.max(0, now - timer.since)
  return timer.planned_ms - timer.spent_ms - running
}

export function face(timer: TimerInfo, now: number): Face {
  const ms = left(timer, now)
  const near = level(timer, ms)
  const paused = timer.since === undefined
  const phase = paused ? (timer.spent_ms > 0 ? 'paused' : 'ready') : near === 'calm' ? 'running' : near
  const part = timer.planned_ms > 0 ? Math.min(1, Math.max(0, ms / timer.planned_ms)) : 0
  const shown = { left: ms, level: near, phase, text: text(ms), part } as const
  return timer.since === undefined ? shown : { ...shown, next: Math.max(0, timer.since - now) + untilNext(ms) }
}

function level(timer: TimerInfo, ms: number): Level {
  if (ms <= 0) return 'over'
  const passed = timer.warn_secs.filter((secs) => ms <= secs * SECOND).length
  return passed === 0 ? 'calm' : passed === 1 ? 'first' : 'second'
}

function text(ms: number): string {
  if (ms > 0) return minutes(Math.ceil(ms / SECOND))
  const over = Math.floor(-ms / SECOND)
  return over > 0 ? `+${minutes(over)}` : '0:00'
}

/** From one whole second left to the one before, at the end and after it alike. */
function untilNext(ms: number): number {
  return ms - (Math.ceil(ms / SECOND) - 1) * SECOND
}

export type Sound = 'first' | 'second' | 'end'

/** What a device has followed of a timer. */
export interface Heard {
  timer: string
  /** The least that was left, milliseconds. */
  low: number
}

/** A sound later than this is worse than none. */
const LATE = 1_500
/** More time than this cannot come from the page's clock being put right: somebody has given it. */
const GIVEN = 2_000

/**
 * What has become due since `heard`, and what is followed from now on. Nothing for whoever has just come, for what was slept
 * through, for a moment that was skipped by adjusting; nothing twice, unless the time was given again.
 */
export function listen(heard: Heard | undefined, timer: TimerInfo, now: number): { heard: Heard; sound?: Sound } {
  const name = `${timer.what} ${timer.label}`
  const ms = left(timer, now)
  if (!heard || heard.timer !== name || ms > heard.low + GIVEN) return { heard: { timer: name, low: ms } }
  const low = Math.min(heard.low, ms)
  if (timer.since === undefined) return { heard: { timer: name, low } }
  const moments: [number, Sound][] = timer.warn_secs.map((secs, at) => [secs * SECOND, at === 0 ? 'first' : 'second'])
  moments.push([0, 'end'])
  const due = moments.filter(([at]) => heard.low > at && low <= at && at - low <= LATE).at(-1)
  return { heard: { timer: name, low }, ...(due ? { sound: due[1] } : {}) }
}
