// Runs of a pitch, as a tablet keeps them apart: what was meant for one of them counts in no other. Pure.
import type { JudgeView } from '../wire/types'

type Attempts = Record<string, number>

/** What an outbox has of pitches. */
interface OfPitches {
  attempts?: Attempts
  drafts: Record<string, { synced: boolean }>
  given: Record<string, unknown>
  accepted: Record<string, unknown>
  refused: Record<string, unknown>
  declared: { pitch: string; command: { do: string } }[]
  asks: string[]
  cleared?: 'over' | 'again'
}

/** The pitch's run as commands and drafts say it: nothing of the first. */
export function attemptOf({ attempts }: { attempts?: Attempts }, pitch: string): { attempt?: number } {
  const attempt = attempts?.[pitch]
  return attempt === undefined ? {} : { attempt }
}

/** What the box has of this pitch is of the run that the view shows. */
export function isNow(box: OfPitches, view: JudgeView, pitch: string): boolean {
  return (box.attempts?.[pitch] ?? 1) === (view.hall.attempts?.[pitch] ?? 1)
}

/** These pitches are in these runs now, and all others in their first: what was made for another run is dropped, and the judge is
 * told where there was something unsent. */
export function again<Box extends OfPitches>(box: Box, now: Attempts = {}): Box {
  const known = box.attempts ?? {}
  const pitches = new Set([...Object.keys(known), ...Object.keys(now)])
  const others = [...pitches].filter((pitch) => (known[pitch] ?? 1) !== (now[pitch] ?? 1))
  if (others.length === 0) return box
  const without = others.reduce((box, pitch) => drop(box, pitch), box)
  const lost = others.some((pitch) => unsent(box, pitch))
  return { ...without, attempts: { ...now }, ...(lost ? { cleared: 'again' as const } : {}) }
}

/** The pitch is in this run now, as far as something that has come shows; nothing where the box is further on. */
export function turnedTo<Box extends OfPitches>(box: Box, pitch: string, attempt = 1): Box | undefined {
  const known = box.attempts?.[pitch] ?? 1
  if (attempt < known) return undefined
  return attempt === known ? box : again(box, { ...box.attempts, [pitch]: attempt })
}

function unsent(box: OfPitches, pitch: string): boolean {
  const draft = box.drafts[pitch]
  return pitch in box.given || (draft !== undefined && !draft.synced) || box.declared.some((one) => one.pitch === pitch)
}

function drop<Box extends OfPitches>(box: Box, pitch: string): Box {
  const but = <T>(part: Record<string, T>) => Object.fromEntries(Object.entries(part).filter(([key]) => key !== pitch))
  return {
    ...box,
    drafts: but(box.drafts),
    given: but(box.given),
    accepted: but(box.accepted),
    refused: but(box.refused),
    // A conflict of interest is with the project; who declares one means every run.
    declared: box.declared.filter((one) => one.pitch !== pitch || one.command.do.endsWith('-recusal')),
    asks: box.asks.filter((one) => one !== pitch),
  }
}
