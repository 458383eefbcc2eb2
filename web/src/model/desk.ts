// What lies on a judge's desk, and what else can still be handed in. The server says what it takes; the page asks nothing else. Pure.
import type { JudgeView } from '../wire/types'
import type { Outbox } from './outbox'

const ON_STAGE = ['pitching', 'qa', 'scoring', 'closed', 'revealed']

/** A scorecard of this pitch is taken now. */
export function takes(view: JudgeView, pitch: string): boolean {
  return view.open.includes(pitch) || view.reopened[pitch] !== undefined
}

/** The pitch to mark: one that was given back before all, then the one that the judge has picked, then the stage's. */
export function onDesk(view: JudgeView, picked?: string): string | undefined {
  const back = Object.keys(view.reopened)[0]
  if (back) return back
  if (picked && view.open.includes(picked)) return picked
  return view.hall.stage && ON_STAGE.includes(view.hall.stage.phase) ? view.hall.stage.pitch : undefined
}

export interface StillOpen {
  pitch: string
  /** `warm-up`: given, and not locked before the whole group is; `late`: not given, and still taken. */
  why: 'warm-up' | 'late'
}

/** Pitches that have left the stage and whose scorecard is still taken, in running order. */
export function stillOpen(view: JudgeView): StillOpen[] {
  const off = view.hall.order.filter((pitch) => view.open.includes(pitch) && view.hall.phases[pitch] === 'closed')
  return off.map((pitch) => ({ pitch, why: view.cards[pitch] ? 'warm-up' : 'late' }))
}

/** Pitches whose scorecard was refused because the window had closed, and of which the host does not know. */
export function tooLate(box: Outbox, view: JudgeView): string[] {
  return Object.keys(box.refused).filter((pitch) => {
    const closed = ['closed', 'revealed'].includes(view.hall.phases[pitch] ?? '')
    const refused = box.refused[pitch]?.refusal.code === 'window-closed'
    return refused && closed && !takes(view, pitch) && !view.late?.includes(pitch)
  })
}
