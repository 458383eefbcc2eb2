// The timer's sounds, made of sine waves: no files to load, nothing to decode.
import type { Sound } from '../model/timer'

/** Of one partial: its pitch as a multiple, its share of the loudness, after how many seconds it is gone. */
type Partial = readonly [ratio: number, share: number, rings: number]

/** A small bell: the partials of a struck bar. */
const CHIME: readonly Partial[] = [
  [1, 0.5, 2.8],
  [2.76, 0.16, 1.2],
  [5.4, 0.05, 0.5],
]
/** A gong: many partials that belong to no scale, the low ones beating. */
const GONG: readonly Partial[] = [
  [1, 0.26, 8],
  [1.013, 0.16, 7.5],
  [1.51, 0.14, 5.5],
  [2.02, 0.12, 4.5],
  [2.74, 0.1, 3],
  [3.42, 0.07, 2],
  [4.24, 0.05, 1.4],
  [5.36, 0.03, 0.8],
]

function strike(out: AudioNode, at: number, pitch: number, partials: readonly Partial[], loud: number) {
  const { context } = out
  for (const [ratio, share, rings] of partials) {
    const tone = new OscillatorNode(context, { frequency: pitch * ratio })
    const fade = new GainNode(context, { gain: 0 })
    fade.gain.setValueAtTime(0, at)
    fade.gain.linearRampToValueAtTime(share * loud, at + 0.012)
    fade.gain.exponentialRampToValueAtTime(0.0001, at + rings)
    tone.connect(fade).connect(out)
    tone.start(at)
    tone.stop(at + rings)
  }
}

/**
 * Rings into `out` from `at` on (its context's time): one chime, two, or the gong. Returns after how many seconds
 * the next may follow.
 */
export function ring(out: AudioNode, sound: Sound, at: number, loud: number): number {
  if (sound === 'end') {
    strike(out, at, 174, GONG, loud)
    return 4.5
  }
  strike(out, at, 784, CHIME, loud)
  if (sound === 'first') return 1.5
  strike(out, at + 0.45, 988, CHIME, loud)
  return 1.95
}
