// The console's sentences about cues, actions and refusals: names and numbers instead of ids.
import { sentence, t, type Key } from '../../state/language.svelte'
import { minutes } from '../../model/time'
import { asides } from '../../model/board'
import { missing } from '../../model/next'
import { fallbackWords } from '../../ui/fallback'
import { tieWords } from '../../ui/tie'
import { correctionWords, matterWords, type Names } from '../matters'
import type { ActionInfo, ClientCommand, CueInfo, HostView, Refusal, StandingRow, StepInfo } from '../../wire/types'

export const number = (view: HostView, pitch: string | undefined) =>
  pitch ? (view.hall.projects[pitch]?.number ?? 0) : 0
export const judgeName = (view: HostView, judge: string) => view.judges[judge]?.name ?? judge
export const judgeNames = (view: HostView, judges: string[]) =>
  judges.map((judge) => judgeName(view, judge)).join(t('list.comma'))
export const numbers = (view: HostView, pitches: string[]) =>
  pitches.map((pitch) => number(view, pitch)).join(t('list.comma'))
const title = (view: HostView, segment: string | undefined) =>
  view.hall.segments.find((one) => one.id === segment)?.title ?? segment ?? ''

/** How the console calls pitches and judges. */
export const called = (view: HostView): Names => ({
  number: (pitch) => number(view, pitch),
  judge: (judge) => judgeName(view, judge),
  track: (track) => view.tracks.find((one) => one.id === track)?.name ?? track,
})

/** What came too late is given back: it goes again by itself, and counts. */
export const takeLate = (judge: string, pitch: string): ClientCommand => ({
  do: 'reopen-scorecard',
  judge,
  pitch,
  reason: t('host.late.reason'),
})

/** What the press does, with its numbers. The first cue knows how many scorecards are in; later ones do not. */
export function cueWords(view: HostView, cue: CueInfo, first: boolean): string {
  const { stage } = view.hall
  const n = number(view, cue.pitch)
  if (cue.matter && first) return t(`next.${cue.say}` as Key, { what: matterWords(cue.matter, called(view)) })
  if (cue.matter) return matterWords(cue.matter, called(view))
  if (cue.say === 'close-window' && !first) return t('next.close-later', { n })
  if (cue.say === 'open-window' && first && stage?.open) return t('next.open-early', { n })
  if (cue.say === 'show-plates') return t(`next.plates.${plateKind(view, cue)}`, { n, at: turned(cue.step) })
  const progress = { k: stage?.progress?.k ?? 0, of: stage?.progress?.n ?? 0 }
  return t(`next.${cue.say}` as Key, { n, title: title(view, cue.segment), ...progress })
}

/** How many plates a step leaves turned. */
const turned = (step: CueInfo['step']) => (typeof step === 'object' ? step.turned : 0)

function plateKind(view: HostView, { step }: CueInfo): 'all' | 'one' | 'struck' | 'scored' {
  if (typeof step === 'string') return step
  return view.window.plates === 'one-by-one' ? 'one' : 'all'
}

/** What stands under the words: whose it is, or who is missing. */
export function cueDetail(view: HostView, cue: CueInfo): string {
  if (cue.say === 'close-window' && cue.pitch) {
    const waiting = missing(view, cue.pitch)
    const awaited = waiting.length > 0 ? t('host.missing', { names: judgeNames(view, waiting) }) : t('host.all-in')
    return [fallbackWords(cue.fallback), awaited].filter(Boolean).join(' · ')
  }
  if (cue.correction) return correctionWords(cue.correction)
  if (cue.say === 'leave-open') return t('matter.waits')
  const over = cue.say === 'confirm-overtime' && cue.pitch && view.pitches[cue.pitch]?.overtime?.points
  if (over) return t('host.overtime.off', { points: over })
  if (cue.say === 'reveal-draw') return t('host.draw.called', { n: view.hall.draw?.called.length ?? 0 })
  if (cue.say === 'step-reveal' && view.reveal_progress?.next) return stepWords(view, view.reveal_progress.next)
  if (cue.say === 'start-segment') {
    const segment = view.hall.segments.find((one) => one.id === cue.segment)
    return segment
      ? [t(`kind.${segment.kind}`), segment.secs ? minutes(segment.secs) : ''].filter(Boolean).join(' · ')
      : ''
  }
  const list = cue.list ?? cue.podium?.track
  if (list) return list
  return cue.pitch ? (view.hall.projects[cue.pitch]?.name ?? '') : ''
}

/** What a step of the reveal shows. */
export function stepWords(view: HostView, step: StepInfo): string {
  const names = (pitches: string[]) =>
    pitches.map((pitch) => `${number(view, pitch)} ${view.hall.projects[pitch]?.short ?? ''}`).join(t('list.comma'))
  if (step.is === 'unplaced') {
    const who = asides(step).map(({ out, pitches }) => `${names(pitches)}${out ? ` (${t(`phase.${out}`)})` : ''}`)
    return t('board.step.aside', { names: who.join(t('list.comma')) })
  }
  if (step.is === 'remaining') return t('board.step.left', { names: names(step.pitches) })
  if (step.is === 'award') return t('board.step.award', { name: step.name, names: names(step.pitches) })
  const tied = (row: StandingRow) => (row.tie ? ` (${tieWords(row.tie, view.hall.tie_criteria)})` : '')
  const rows = step.rows.map(
    (row) => `${t('board.place', { n: row.place ?? 0 })} ${names([row.pitch])} ${row.score}${tied(row)}`,
  )
  return [step.track, rows.join(t('list.comma'))].filter(Boolean).join(' · ')
}

/** What somebody did. */
export function actionWords(view: HostView, action: ActionInfo): string {
  return t(`did.${action.what}` as Key, {
    n: number(view, action.pitch),
    name: action.judge ? judgeName(view, action.judge) : '',
    title: title(view, action.segment),
    scene: action.scene ? t(`scene.${action.scene}`) : '',
  })
}

/** Who did it, where it was not the host. */
export function actorWords(view: HostView, by: string): string {
  if (by.startsWith('judge:')) return judgeName(view, by.slice('judge:'.length))
  return t(`by.${by}` as Key)
}

/** Why not, with names for the ids that the server knows. */
export function refusalWords(view: HostView, refusal: Refusal): string {
  const { code, params } = refusal
  if (code === 'cannot-undo' && params?.why) return t(`lasting.${params.why}` as Key)
  if (!params) return sentence(refusal)
  const named: Record<string, string> = { ...params }
  if (params.pitch) named.pitch = t('project.no', { n: number(view, params.pitch) })
  if (params.judge) named.judge = judgeName(view, params.judge)
  if (params.phase) named.phase = t(`phase.${params.phase}` as Key)
  if (params.segment) named.segment = title(view, params.segment)
  return sentence({ code, params: named })
}
