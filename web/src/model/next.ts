// The host's one big key: what the next press does. Pure.
import type { ClientCommand, HostView } from '../wire/types'

export interface Press {
  /** Key of the sentence on the button. */
  say:
    'next.start' | 'next.qa' | 'next.open' | 'next.close' | 'next.reveal' | 'next.board' | 'next.podium' | 'next.finish'
  values: Record<string, string | number>
  command: ClientCommand
  /** Makes a number public or ends something: held, not tapped. */
  hold: boolean
}

export function nextPress(view: HostView): Press | undefined {
  const number = (pitch: string) => view.projects[pitch]?.number ?? 0
  const stage = view.stage
  if (stage) {
    const pitch = stage.pitch
    const values = { n: number(pitch), k: stage.progress?.k ?? 0, of: stage.progress?.n ?? 0 }
    const press = (say: Press['say'], command: ClientCommand, hold = false): Press => ({ say, values, command, hold })
    switch (stage.phase) {
      case 'pitching':
        return press('next.qa', { do: 'start-qa', pitch })
      case 'qa':
        return press('next.open', { do: 'open-window', pitch })
      case 'scoring':
        return press('next.close', { do: 'close-window', pitch }, values.k < values.of)
      case 'closed':
        // A pitch that nobody scored has nothing to reveal; the evening goes on.
        if (values.k === 0) break
        return press('next.reveal', { do: 'reveal-pitch', pitch }, true)
      case 'revealed':
        if (view.scene === 'pitch') return press('next.board', { do: 'show-scene', scene: 'leaderboard' })
        break
      default:
        break
    }
  }
  if (view.next)
    return {
      say: 'next.start',
      values: { n: number(view.next) },
      command: { do: 'start-pitch', pitch: view.next },
      hold: false,
    }
  if (view.order.length === 0) return undefined
  if (view.scene !== 'podium')
    return { say: 'next.podium', values: {}, command: { do: 'show-scene', scene: 'podium' }, hold: true }
  if (!view.contest.finished) return { say: 'next.finish', values: {}, command: { do: 'finish-contest' }, hold: true }
  return undefined
}

/** Judges whose scorecard is awaited for this pitch, in seat order. */
export function missing(view: HostView, pitch: string): string[] {
  const state = view.pitches[pitch]
  if (!state) return []
  return view.panel.filter((judge) => !(judge in state.recused) && (!state.cards[judge] || state.cards[judge].reopened))
}
