// The countdown to a window that closes by itself, as a timer. Pure.
import type { StageInfo, TimerInfo } from '../wire/types'

/** Seconds left at which a judge is to hurry. */
const HURRY = 30

/** Absent where the host closes the window by hand, or it is not the time yet. */
export function closing(stage: StageInfo | undefined): TimerInfo | undefined {
  if (stage?.closes_at === undefined || stage.phase !== 'scoring') return undefined
  const { since, closes_at } = stage
  return { what: 'custom', label: '', planned_ms: closes_at - since, spent_ms: 0, since, warn_secs: [HURRY] }
}

/** What is left, never less than nothing: the server closes the window, not the page. */
export function untilClosing(face: { left: number; text: string }): string {
  return face.left > 0 ? face.text : '0:00'
}
