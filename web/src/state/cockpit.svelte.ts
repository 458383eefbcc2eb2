// The console's hands: the next cue by key or button, what was just done and its undo, who drives.
//
// It knows the feed and the rules of pressing; of the page it knows nothing. What a press does is what the server said the cue
// is; a press while a command is under way, or right after the cue has changed, does nothing.
import { untrack } from 'svelte'
import type { Intent } from '../model/keys'
import { afterEnd } from '../model/result'
import { call, refusal } from '../net/api'
import { randomHex } from '../net/socket'
import type {
  ActionInfo,
  ClientCommand,
  ConsolePresence,
  CueInfo,
  HostView,
  MatterInfo,
  NudgeName,
  Refusal,
  SegmentLine,
} from '../wire/types'
import type { Feed } from './feed.svelte'
import { t } from './language.svelte'

/** How long an action is told and undone with one press. */
const TOLD = 10_000
/** How long a refusal stands. */
const REFUSED = 8_000
/** The second press of what is firm, or of a late undo. */
const AGAIN = 4_000
/** How long the key, or the button, is held for what shuts something out. */
export const HELD = 1_200
/** A cue that has just changed under the finger is not pressed. */
const SETTLE = 400
/** How long the view of what was pressed is waited for. */
const ARRIVES = 1_000

/** What has just been done: the newest action, one taken back, or the programme set anew with a way back. */
export type Told =
  | { what: 'did'; action: ActionInfo }
  | { what: 'undone'; action: ActionInfo }
  | { what: 'set'; back: () => Promise<Refusal | undefined> }

/** Cues on the way to a score. */
const REVEALS: CueInfo['say'][] = [
  'begin-announcement',
  'show-plates',
  'reveal-pitch',
  'confirm-correction',
  'begin-reveal',
  'step-reveal',
]

const LETTERS = 'podium-letters'

export class Cockpit {
  /** Keys and clicker count. */
  armed = $state(true)
  letters = $state(stored())
  told = $state.raw<Told>()
  refusal = $state.raw<Refusal>()
  /** What a first press has asked for: a cue's name, or an undo. */
  asking = $state<string>()
  /** What stays open for a reason that is being asked for. */
  leaving = $state.raw<MatterInfo>()
  /** The key is held down for what must be held. */
  holding = $state(false)
  /** It was let go too early. */
  tapped = $state(false)
  #flying = $state(0)
  #settling = $state(false)
  #seen: { run: number; action: number; undone: Set<number>; cue: string } | undefined
  /** Whether a view has what was last taken. */
  #shows: (view: HostView) => boolean = () => true
  #timers = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(readonly feed: Feed<HostView>) {}

  readonly view = $derived.by(() => this.feed.view)
  readonly cue: CueInfo | undefined = $derived.by(() => this.view?.cues[0])
  readonly driver: ConsolePresence | undefined = $derived.by(() =>
    this.view?.presence.consoles.find((one) => one.drives),
  )
  /** Another person's console drives: this one looks on. */
  readonly watching = $derived.by(
    () => this.driver !== undefined && !this.driver.robot && this.driver.console !== this.feed.number,
  )
  /** There is no line: what is seen is of before, and nothing that is pressed does anything. */
  readonly dead = $derived.by(() => this.feed.line !== 'open')
  /** The next cue cannot be pressed at this moment. */
  readonly still = $derived.by(() => this.#flying > 0 || this.#settling || this.watching || this.dead)
  /** The newest action that stands. */
  readonly newest: ActionInfo | undefined = $derived.by(() => this.view?.history.find((one) => !one.undone))

  /** Looks at what the new view brings: what was done, what was taken back, another cue. */
  look(view: HostView) {
    untrack(() => this.#look(view))
  }

  #look({ run, history, cues }: HostView) {
    const seen = this.#seen
    const undone = new Set(history.filter((one) => one.undone).map((one) => one.action))
    const cue = name(cues[0])
    this.#seen = { run, action: Math.max(history[0]?.action ?? 0, seen?.action ?? 0), undone, cue }
    if (seen && seen.cue !== cue) this.#settle()
    if (!seen || seen.run !== run) return this.#tell(undefined)
    // Two that were done quickly may come in one view: one press takes back one of them.
    const fresh = history.find((one) => one.action > seen.action && !one.undone)
    const back = history.find((one) => one.undone && !seen.undone.has(one.action))
    if (fresh) this.#tell({ what: 'did', action: fresh })
    else if (back) this.#tell({ what: 'undone', action: back })
  }

  /** The cue has changed: a press that was meant for the one before must not fall on it. */
  #settle() {
    this.asking = undefined
    this.#letGo()
    this.tapped = false
    this.#rest(SETTLE)
  }

  #rest(ms: number) {
    this.#settling = true
    this.#after('settle', ms, () => (this.#settling = false))
  }

  /** Gives a command; its refusal is shown. True when it was taken. */
  async give(command: ClientCommand): Promise<boolean> {
    if (this.watching) return this.#refuse({ code: 'not-driving' })
    this.#flying += 1
    const over = this.view?.hall.contest.finished
    const why = { rule: t('after.rule'), unchanged: t('after.unchanged') }
    const answer = await this.feed.give(over ? afterEnd(command, why) : command, this.view?.run)
    this.#flying -= 1
    if (!answer) this.#shows = shows(command, this.feed.taken)
    return this.#refuse(answer)
  }

  /** A press without a line: said, and kept nowhere. */
  refuseDead() {
    this.#refuse({ code: 'no-connection' })
  }

  /** The host's word to a judge. */
  nudge(judge: string, what: NudgeName) {
    if (!this.feed.say({ kind: 'nudge', judge, what })) this.refuseDead()
  }

  /** Does what the next cue says. */
  async press() {
    const { cue, view } = this
    if (this.dead) return this.refuseDead()
    if (!cue || !view || this.still) return
    this.asking = undefined
    // The receipt may come before the view: until then the key still offers what has just been done.
    if (cue.say === 'leave-open') {
      this.leaving = cue.matter
      return
    }
    const taken = await (cue.command ? this.give(cue.command) : this.commitDraw())
    if (taken && name(this.cue) === name(cue)) this.#rest(ARRIVES)
  }

  /** Seals a secret that is made here and now, and kept nowhere but with the server. */
  commitDraw(): Promise<boolean> {
    return this.give({ do: 'commit-draw', round: this.view?.round ?? '', secret: randomHex(32) })
  }

  /** The next cue by key: what is firm asks for a second press; what shuts something out is held down, and a second press of it
      says so and does nothing. */
  #key() {
    const id = name(this.cue)
    if (this.dead) return this.refuseDead()
    if (!this.cue || this.still) return
    if (this.cue.hold) return this.#hold(id)
    if (!this.cue.confirm || this.asking === id) return void this.press()
    this.#ask(id)
  }

  #hold(id: string) {
    if (this.holding) return
    this.holding = true
    this.#after('hold', HELD, () => {
      this.holding = false
      if (name(this.cue) === id) void this.press()
    })
  }

  #letGo() {
    this.holding = false
    clearTimeout(this.#timers.get('hold'))
  }

  /** A key is let go: what was held too short is told. */
  release() {
    if (this.holding) this.tap()
    this.#letGo()
  }

  /** A press that was too short for what must be held. */
  tap() {
    if (!this.cue?.hold) return
    this.tapped = true
    this.#after('tap', AGAIN, () => (this.tapped = false))
  }

  /** The programme anew; the way back is the programme before. */
  async setProgramme(segments: SegmentLine[], before: SegmentLine[]): Promise<boolean> {
    if (this.watching) return this.#refuse({ code: 'not-driving' })
    const put = async (lines: SegmentLine[]) => {
      const path = `/api/contests/${this.view?.hall.contest.code ?? ''}/programme`
      const answer = await call('PUT', path, { segments: lines })
      return answer.ok ? undefined : refusal(answer.problem)
    }
    const taken = this.#refuse(await put(segments))
    if (taken) this.#tell({ what: 'set', back: () => put(before) })
    return taken
  }

  /** Takes back what is told; later, the newest action, which must be asked for twice. */
  async undo() {
    if (this.watching) return void this.#refuse({ code: 'not-driving' })
    if (this.dead) return this.refuseDead()
    await this.#upToDate()
    const told = this.told
    if (told?.what === 'set') {
      this.#tell(undefined)
      return void this.#refuse(await told.back())
    }
    const { newest } = this
    if (!newest) return void this.#refuse({ code: 'nothing-to-undo' })
    if (newest.permanent) return void this.#refuse({ code: 'cannot-undo', params: { why: newest.permanent } })
    const fresh = told?.what === 'did' || this.feed.now() - newest.at < TOLD
    if (!fresh && this.asking !== 'undo') return this.#ask('undo')
    this.asking = undefined
    await this.give({ do: 'undo', action: newest.action })
  }

  /** What was just taken may not be in the view yet: an undo would take back what was before it. */
  async #upToDate() {
    const behind = () => this.#flying > 0 || (this.view !== undefined && !this.#shows(this.view))
    for (let waits = 0; waits < 20 && behind(); waits += 1) await new Promise((resolve) => setTimeout(resolve, 25))
  }

  takeWheel() {
    if (!this.feed.say({ kind: 'take-wheel' })) return this.refuseDead()
    this.#refuse(undefined)
  }

  /** Does what a key means; what only the page can do is left to it. */
  do(intent: Intent) {
    const { view, cue } = this
    if (!view) return
    const { timer } = view.hall
    switch (intent) {
      case 'next':
        return this.#key()
      case 'close':
        return cue?.say === 'close-window' ? this.#key() : undefined
      case 'reveal':
        return cue && REVEALS.includes(cue.say) ? this.#key() : undefined
      case 'back':
        return void this.give({ do: 'show-before' })
      case 'black':
        return void this.#toggle('black')
      case 'board':
        return void this.#toggle('leaderboard')
      case 'timer':
        return void this.give({ do: timer?.since === undefined ? 'run-timer' : 'pause-timer' })
      case 'more':
      case 'less':
        return void this.give({ do: 'adjust-timer', secs: intent === 'more' ? 30 : -30 })
      case 'undo':
        return void this.undo()
      default:
        return undefined
    }
  }

  /** Shows a scene, or what was before it where it is shown; what was just taken counts though the view is not here yet. */
  async #toggle(scene: 'black' | 'leaderboard') {
    if (this.dead) return this.refuseDead()
    await this.#upToDate()
    const there = this.view?.hall.scene === scene && this.view.back
    await this.give(there ? { do: 'show-before' } : { do: 'show-scene', scene })
  }

  useLetters(letters: boolean) {
    this.letters = letters
    try {
      localStorage.setItem(LETTERS, letters ? 'on' : 'off')
    } catch {
      // Private mode: the choice lasts as long as the page.
    }
  }

  #tell(told: Told | undefined) {
    this.told = told
    if (told?.what === 'did') this.refusal = undefined
    this.#after('told', TOLD, () => (this.told = undefined))
  }

  #ask(what: string) {
    this.asking = what
    this.#after('ask', AGAIN, () => (this.asking = undefined))
  }

  #refuse(answer: Refusal | undefined): boolean {
    this.refusal = answer
    this.#after('refused', REFUSED, () => (this.refusal = undefined))
    return answer === undefined
  }

  #after(what: string, ms: number, act: () => void) {
    clearTimeout(this.#timers.get(what))
    this.#timers.set(what, setTimeout(act, ms))
  }
}

/** How a view shows that the command, taken under this number, has come back. */
function shows(command: ClientCommand, seq: number): (view: HostView) => boolean {
  if (command.do === 'undo')
    return ({ history }) => history.find((one) => one.action === command.action)?.undone ?? true
  if (command.do === 'begin-rehearsal' || command.do === 'end-rehearsal') return () => true
  return ({ history }) => (history[0]?.action ?? 0) >= seq
}

/** What a cue is about; another name is another cue. */
export function name(cue: CueInfo | undefined): string {
  return cue ? [cue.say, cue.pitch, cue.segment, JSON.stringify(cue.command ?? cue.matter ?? '')].join(' ') : ''
}

function stored(): boolean {
  try {
    return localStorage.getItem(LETTERS) !== 'off'
  } catch {
    return true
  }
}
