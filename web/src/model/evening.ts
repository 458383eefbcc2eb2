// The programme as the hall follows it: what is over, what is on, what comes. Pure.
import type { PhaseName, PublicView, SegmentInfo } from '../wire/types'

export interface Item {
  id: string
  state: 'over' | 'on' | 'to-come'
  segment?: SegmentInfo
}

const ON: PhaseName[] = ['pitching', 'qa', 'scoring']
const OUT: PhaseName[] = ['absent', 'withdrawn', 'disqualified', 'out']
const OVER: PhaseName[] = ['closed', 'revealed', ...OUT]

/** It takes part in nothing that ranks. */
export const isOut = (phase: PhaseName | undefined) => phase !== undefined && OUT.includes(phase)
/** Nothing more of it comes. */
export const isOver = (phase: PhaseName | undefined) => phase !== undefined && OVER.includes(phase)

/** Segments and pitches in the order of the evening. */
export function programme(view: PublicView): Item[] {
  return view.items.map((id) => {
    const segment = view.segments.find((one) => one.id === id)
    if (segment) return { id, segment, state: view.segment === id ? 'on' : segment.past ? 'over' : 'to-come' }
    const phase = view.phases[id] ?? 'queued'
    return { id, state: ON.includes(phase) ? 'on' : isOver(phase) ? 'over' : 'to-come' }
  })
}
