// Durations as people read them on a stage.

/** Seconds left of a phase, negative when over. */
export function secondsLeft(since: number, planned: number, now: number): number {
  return planned - Math.floor((now - since) / 1000)
}

/** `7:05`, `-0:12` when over. */
export function minutes(seconds: number): string {
  const whole = Math.abs(Math.trunc(seconds))
  return `${seconds < 0 ? '-' : ''}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
