// The programme as the hall follows it: what is over, what is on, what comes. Pure.
import type { PhaseName, PublicView, SegmentInfo } from '../wire/types'

export interface Item {
  id: string
  state: 'over' | 'on' | 'to-come'
  segment?: SegmentInfo
}

const ON: PhaseName[] = ['pitching', 'qa', 'scoring']
const OVER: PhaseName[] = ['closed', 'revealed', 'absent', 'withdrawn']

/** Segments and pitches in the order of the evening. */
export function programme(view: PublicView): Item[] {
  return view.items.map((id) => {
    const segment = view.segments.find((one) => one.id === id)
    if (segment) return { id, segment, state: view.segment === id ? 'on' : segment.past ? 'over' : 'to-come' }
    const phase = view.phases[id] ?? 'queued'
    return { id, state: ON.includes(phase) ? 'on' : OVER.includes(phase) ? 'over' : 'to-come' }
  })
}
