// The MC's sentences: what to say about what the hall sees, and what to say as the next cue comes. Pure.
import type { CorrectionInfo, CueInfo, McView, ProjectInfo } from '../wire/types'
import { listOf, podium } from './standings'
import { en, zh, type Speech, type Voted } from './speech'

export interface Said {
  zh: string
  en: string
  /** The hall sees it on the screen. */
  shown: boolean
  /** Whose names are in it. */
  pitch?: string
}

type Say = (speech: Speech) => string

/** The first one is to be said now; those after it come next. Nothing once the evening is over. */
export function sentences(view: McView): Said[] {
  const found: Said[] = []
  const add = (say: Say | undefined, shown: boolean, pitch?: string) => {
    if (say) found.push({ zh: say(zh), en: say(en), shown, ...(pitch ? { pitch } : {}) })
  }
  const [cue] = view.cues
  add(onScreen(view, cue), true, speaksOf(view, cue))
  if (cue) add(comes(view, cue), false, cue.pitch)
  // While it is only about to be announced, the numbers are there to be read beforehand.
  const before = cue?.say === 'begin-announcement' || (cue?.say === 'show-plates' && typeof cue.step === 'object')
  if (before) add(announcement(view, cue.pitch), false, cue.pitch)
  return found
}

function project(view: McView, pitch: string | undefined): ProjectInfo | undefined {
  return pitch === undefined ? undefined : view.hall.projects[pitch]
}

/** The pitch on the stage whose names are said about what is on the screen. */
function speaksOf(view: McView, cue: CueInfo | undefined): string | undefined {
  return cue?.say === 'run-timer' ? view.hall.stage?.pitch : undefined
}

/** About what the hall sees; nothing where it speaks for itself. */
function onScreen(view: McView, cue: CueInfo | undefined): Say | undefined {
  const segment = view.hall.segments.find((one) => one.id === view.hall.segment)
  if (segment && (view.hall.scene === 'segment' || view.hall.scene === 'draw')) {
    if (segment.kind !== 'draw') return (speech) => speech.segment(segment)
    if (cue?.say === 'reveal-draw') return (speech) => speech.drawCall()
    return cue?.say === 'commit-draw' ? undefined : (speech) => speech.drawn()
  }
  const told = view.hall.correction
  if (told) return corrected(told.change, project(view, told.pitch))
  const { stage } = view.hall
  const on = project(view, stage?.pitch)
  if (!stage || !on || view.hall.scene !== 'pitch') return undefined
  if (stage.phase === 'revealed' && view.announcement?.revealed) return announcement(view, stage.pitch)
  if (stage.phase === 'queued' && view.hall.attempts?.[stage.pitch]) return (speech) => speech.again(on)
  if (stage.phase === 'pitching' && cue?.say === 'run-timer') return (speech) => speech.introduce(on)
  const { progress } = stage
  return stage.phase === 'scoring' && progress ? (speech) => speech.scoring(progress.k, progress.n) : undefined
}

const criteria = (view: McView) => view.hall.tie_criteria ?? {}

/** The number is said of this pitch and of no other. */
function announcement(view: McView, pitch: string | undefined): Say | undefined {
  const [said, on] = [view.announcement, project(view, pitch)]
  return said && on && said.pitch === pitch ? (speech) => speech.announce(said, on, criteria(view)) : undefined
}

/** As the plates turn, are struck, and give the score. */
function plates(view: McView, { step, pitch }: CueInfo): Say | undefined {
  const [said, on] = [view.announcement, project(view, pitch)]
  const up = view.hall.plates?.step ?? { turned: 0 }
  if (typeof step === 'object') return (speech) => speech.turn(typeof up === 'object' && up.turned === 0)
  if (!said || !on || said.pitch !== pitch) return undefined
  return (speech) => (step === 'struck' ? speech.strike(said) : speech.score(said, on))
}

/** Where it stands, once the score was said; all of it again where that says nothing. */
function stands(view: McView, pitch: string | undefined): Say | undefined {
  const [said, on] = [view.announcement, project(view, pitch)]
  if (!said || !on || said.pitch !== pitch) return undefined
  return (speech) => speech.stands(said, on, criteria(view)) || speech.score(said, on)
}

/** A corrected score as the hall will see it; nothing where score and place stay. */
function corrected(correction: CorrectionInfo | undefined, on: ProjectInfo | undefined): Say | undefined {
  if (!correction || !on) return undefined
  const { old, new: now, out, back, by_track = false } = correction
  if (out) return (speech) => speech.takenOut(on, out)
  const same = old.score === now.score && old.place === now.place
  return same ? undefined : (speech) => speech.correct(now, on, by_track, back)
}

/** The projects with most votes, equal ones together. */
function told(view: McView): Voted {
  const votes = Object.entries(view.votes?.votes ?? {})
  const most = Math.max(0, ...votes.map(([, count]) => count))
  const first = votes.filter(([, count]) => count === most && most > 0)
  return {
    ballots: view.votes?.ballots ?? 0,
    most,
    names: first.map(([pitch]) => view.hall.projects[pitch]?.short ?? ''),
  }
}

/** The podium's next place, from the last. */
function crowned(view: McView, { command, podium: on }: CueInfo): Say | undefined {
  const to = on?.told ?? (command?.do === 'step-podium' ? command.to : 1)
  const steps = podium(listOf(view.hall, on?.track))
  const rows = steps[steps.length - to]?.rows ?? []
  const names = (pitches: string[]) => pitches.map((pitch) => view.hall.projects[pitch]?.short ?? '')
  const step = { is: 'places' as const, track: on?.track ?? '', rows }
  return (speech) =>
    [to === 1 ? speech.podium() : '', speech.step(step, names, criteria(view))].filter(Boolean).join('')
}

/** With the next cue. */
function comes(view: McView, cue: CueInfo): Say | undefined {
  const on = project(view, cue.pitch)
  const segment = view.hall.segments.find((one) => one.id === cue.segment)
  const of = (say: (speech: Speech, project: ProjectInfo) => string): Say | undefined =>
    on && ((speech) => say(speech, on))
  switch (cue.say) {
    case 'start-segment':
      return segment && ((speech) => speech.segment(segment))
    case 'commit-draw':
      return (speech) => speech.drawHash()
    case 'reveal-draw':
      return (speech) => speech.drawTell()
    case 'start-pitch':
      return of((speech, project) => speech.introduce(project))
    case 'run-timer':
      return (speech) => speech.startTimer()
    case 'start-qa':
      return of((speech, project) => speech.questions(project))
    case 'open-window':
      return of((speech, project) => speech.openWindow(project, view.hall.stage?.open === true))
    case 'close-window':
      return of((speech, project) => speech.closeWindow(project))
    case 'begin-announcement':
      return of((speech, project) => speech.plates(project))
    case 'show-plates':
      return plates(view, cue)
    case 'reveal-pitch':
      return view.hall.plates?.step === 'scored' ? stands(view, cue.pitch) : announcement(view, cue.pitch)
    case 'confirm-correction':
      return corrected(cue.correction, on)
    // The host's desk alone has to do with these.
    case 'confirm-overtime':
    case 'withdraw-reopening':
    case 'leave-open':
    case 'draw-curtain':
      return undefined
    case 'freeze-board':
      return (speech) => speech.freeze()
    case 'begin-reveal':
      return (speech) => speech.tell()
    case 'step-reveal': {
      const step = view.reveal_progress?.next
      const names = (pitches: string[]) => pitches.map((pitch) => view.hall.projects[pitch]?.short ?? '')
      return step && ((speech) => speech.step(step, names, criteria(view)))
    }
    case 'publish-board':
      return (speech) => speech.complete()
    case 'open-vote':
      return (speech) => speech.openVote()
    case 'close-vote':
      return (speech) => speech.closeVote()
    case 'reveal-vote':
      return (speech) => speech.voted(told(view))
    case 'tell-decisions':
      return (speech) => speech.decided()
    case 'show-leaderboard':
      return (speech) => speech.leaderboard(cue.list)
    case 'show-podium':
      return (speech) => speech.podium()
    case 'step-podium':
      return crowned(view, cue)
    case 'finish':
    case 'finish-despite':
      return (speech) => speech.finish(view.hall.contest.title)
  }
}
