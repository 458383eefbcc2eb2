// Durations as people read them on a stage.

/** `7:05`. */
export function minutes(seconds: number): string {
  const whole = Math.trunc(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
