// The reveal as it is drawn: the newest step large, what was told before it small. Pure.
import type { AwardLine, PhaseName, RevealInfo, StandingRow, StepInfo } from '../wire/types'

/** The newest step. */
export const newest = ({ steps }: RevealInfo): StepInfo | undefined => steps.at(-1)

/** Rows of the same track that were told before the newest step, best first. */
export function before({ steps }: RevealInfo): StandingRow[] {
  const last = steps.at(-1)
  const track = last && 'track' in last ? last.track : undefined
  return steps
    .slice(0, -1)
    .flatMap((step) => (step.is === 'places' && (track === undefined || step.track === track) ? [step.rows] : []))
    .toReversed()
    .flat()
}

/** `1-3` are places, `#5 #8` the numbers of projects; nothing where it is neither. */
export function winners(text: string, known: number[]): AwardLine['to'] | undefined {
  const places = /^\s*(\d{1,3})\s*(?:[-–—~～到至]\s*(\d{1,3})\s*)?$/.exec(text)
  if (places) {
    const from = Number(places[1])
    const to = Number(places[2] ?? places[1])
    return from > 0 && to >= from ? { places: [from, to] } : undefined
  }
  const numbers = text.split(/[\s,，、]+/).filter(Boolean)
  const projects = numbers.map((one) => /^#?(\d+)$/.exec(one)?.[1])
  const all = projects.every((one) => one !== undefined && known.includes(Number(one)))
  return numbers.length > 0 && all ? { projects: projects.map((one) => `P${one}`) } : undefined
}

/** As it is typed. */
export function typed(to: AwardLine['to']): string {
  if ('places' in to) return to.places[0] === to.places[1] ? `${to.places[0]}` : `${to.places[0]}-${to.places[1]}`
  return to.projects.map((project) => `#${project.slice(1)}`).join(' ')
}

/** Who has no place: those that are out by what has become of them, then the others. */
export function asides({ pitches, out = {} }: Extract<StepInfo, { is: 'unplaced' }>): Aside[] {
  const kinds = [...new Set(pitches.map((pitch) => out[pitch]))].toSorted((one) => (one === undefined ? 1 : 0))
  return kinds.map((kind) => ({ out: kind, pitches: pitches.filter((pitch) => out[pitch] === kind) }))
}

export interface Aside {
  out: PhaseName | undefined
  pitches: string[]
}
