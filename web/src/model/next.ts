// What the console reads out of its view beside what the server says: whom everybody waits for, how each judge stands. Pure.
import type { HostView, StageInfo } from '../wire/types'

/** How a judge stands to a pitch. */
export type Standing = 'recused' | 'abstained' | 'reopened' | 'scored' | 'awaited' | 'idle'

export function standing(view: HostView, judge: string, pitch = view.hall.stage?.pitch): Standing {
  const state = pitch ? view.pitches[pitch] : undefined
  if (!state) return 'idle'
  if (state.recused.includes(judge)) return 'recused'
  if (state.abstained.includes(judge)) return 'abstained'
  if (state.reopened.includes(judge)) return 'reopened'
  if (state.cards[judge]) return 'scored'
  return takes(view.hall.stage, pitch) ? 'awaited' : 'idle'
}

/** Scorecards of the pitch are taken: its window is open, early or not. */
export function takes(stage: StageInfo | undefined, pitch: string | undefined): boolean {
  return stage !== undefined && stage.pitch === pitch && (stage.phase === 'scoring' || stage.open === true)
}

/** Judges whose scorecard is awaited for this pitch, in seat order. */
export function missing(view: HostView, pitch: string): string[] {
  const state = view.pitches[pitch]
  if (!state) return []
  const aside = (judge: string) => state.recused.includes(judge) || state.abstained.includes(judge)
  return view.panel.filter((judge) => !aside(judge) && (!state.cards[judge] || state.reopened.includes(judge)))
}

/** The first pitches that are announced together, while one of them is not over; in running order. */
export function warmUp(view: HostView): string[] {
  return view.hall.order.filter((pitch) => view.pitches[pitch]?.warm_up)
}

/** Pitches that are closed, have scorecards and are not announced yet; in running order. */
export function unannounced(view: HostView): string[] {
  return view.hall.order.filter((pitch) => {
    const cards = view.pitches[pitch]?.cards ?? {}
    return view.hall.phases[pitch] === 'closed' && Object.keys(cards).length > 0
  })
}

/** What a judge asks the host for: somebody to come, a scorecard that came too late to be taken, one to have back. */
export type Call = { judge: string } & ({ what: 'help' } | { what: 'late' | 'asks'; pitch: string })

/** Late ones before those that are asked for: taking the late one answers both. */
export function calls(view: HostView): Call[] {
  const told = view.panel.map((judge) => ({ judge, seat: view.presence.judges[judge] }))
  const help = told
    .filter(({ seat }) => (seat?.sockets ?? 0) > 0 && seat?.device?.help)
    .map(({ judge }): Call => ({ judge, what: 'help' }))
  const waits = (judge: string, pitch: string) => {
    const phase = view.hall.phases[pitch]
    return (phase === 'closed' || phase === 'revealed') && !view.pitches[pitch]?.reopened.includes(judge)
  }
  const each = <What extends 'late' | 'asks'>(of: (judge: string) => string[], what: What) =>
    view.panel.flatMap((judge) => {
      const pitches = of(judge).filter((pitch) => waits(judge, pitch))
      return pitches.map((pitch) => ({ judge, what, pitch }))
    })
  const late = each((judge) => view.hall.order.filter((pitch) => view.pitches[pitch]?.late?.includes(judge)), 'late')
  const asked = each((judge) => view.presence.judges[judge]?.device?.asks ?? [], 'asks')
  const asks = asked.filter((one) => !late.some((it) => it.judge === one.judge && it.pitch === one.pitch))
  return [...help, ...late, ...asks]
}
