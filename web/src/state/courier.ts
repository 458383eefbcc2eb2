// Carries a judge's marks to the server: keeps them first, sends them whenever there is a line, believes nothing but receipts.
//
// No page and no framework: the tests run this very code against the real server through lines that fail.
import type { Keep } from '../net/keep'
import { commandId, connect, type Frame, type Line, type Options, type Socket, type Told } from '../net/socket'
import { again, attemptOf, turnedTo } from '../model/attempts'
import { tooLate } from '../model/desk'
import { take, type Parcel } from '../model/handover'
import * as outbox from '../model/outbox'
import type { Content, Outbox } from '../model/outbox'
import { PROTOCOL, type ClientCommand, type DeviceInfo, type JudgeView, type Refusal } from '../wire/types'
import { Commands } from './commands'
import { content, nothingYet, state, type Snapshot } from './snapshot'

/** A draft as the server has it. */
type KeptDraft = Frame<'draft'>

/** What survives on the tablet. */
export interface Kept {
  box: Outbox
  /** This tablet's name for itself, by which it knows its own drafts again. */
  tablet: string
  /** The last picture, to open without a line, and the protocol that it belongs to: a page of another one has no use for it. */
  view?: JudgeView
  protocol?: number
}

export interface Settings {
  socket: Options
  keep: Promise<Keep<Kept>>
  /** What only the browser knows of the device. */
  device?: () => Pick<DeviceInfo, 'battery' | 'charging' | 'awake' | 'page'>
  /** What this tablet's page under another address had not sent. */
  handed?: Parcel
  /** Rest between two drafts, and between two reports of the device, milliseconds. */
  rest?: number
}

const REST = 400
/** A disk that takes longer keeps nothing, as far as the judge is concerned. */
const SLOW = 3_000

export class Courier {
  snapshot: Snapshot = nothingYet
  #tablet = commandId()
  #socket: Socket | undefined
  #keep: Keep<Kept> | undefined
  #writing = false
  #ready = false
  /** Commands that this line has carried already. */
  #said = new Set<string>()
  /** Told on this line. */
  #toldLate = new Set<string>()
  #closed = false
  /** Drafts that the server told of before the view that shows their run. */
  #early: KeptDraft[] = []
  #commands = new Commands((frame) => this.snapshot.line === 'open' && (this.#socket?.say(frame) ?? false))
  #drafting: ReturnType<typeof setTimeout> | undefined
  #reporting: ReturnType<typeof setTimeout> | undefined
  #beat: ReturnType<typeof setInterval> | undefined

  /** `changed` is called whenever the snapshot is another. */
  constructor(
    readonly settings: Settings,
    readonly changed: () => void,
  ) {
    void this.#start()
  }

  get box(): Outbox {
    return this.snapshot.box
  }

  get view(): JudgeView | undefined {
    return this.snapshot.view
  }

  #set(change: Partial<Snapshot>) {
    this.snapshot = { ...this.snapshot, ...change }
    this.changed()
  }

  async #start() {
    try {
      this.#keep = await this.settings.keep
      const found = await this.#keep.read()
      if (found) {
        const box = outbox.lost({ ...outbox.empty, ...found.box })
        const view = found.protocol === PROTOCOL ? found.view : undefined
        this.#tablet = found.tablet
        this.#set({ box, safe: box, ...(view ? { view } : {}) })
      }
    } catch {
      this.#set({ keeping: false })
    }
    if (this.#closed) return
    // Under its old name the server's word of a moment ago is this tablet's own.
    if (this.settings.handed && outbox.waiting(this.box) === 0) this.#tablet = this.settings.handed.tablet
    this.#socket = connect<JudgeView>(this.settings.socket, {
      view: (view) => this.#look(view),
      line: (line) => this.#lineIs(line),
      ended: (ended) => this.#set({ ended }),
      ready: () => {
        this.#ready = true
        this.#said.clear()
        this.#toldLate.clear()
        this.#change(outbox.lost(this.box))
        this.#send()
        this.#draft()
        this.#report()
        this.#tellLate()
      },
      frame: (frame) => this.#hear(frame),
    })
    this.#beat = setInterval(() => this.#report(), (this.settings.rest ?? REST) * 20)
  }

  #hear(frame: Told) {
    if (this.#commands.hear(frame)) return
    switch (frame.kind) {
      case 'receipt':
        return this.#answered(frame.id, undefined, frame.seq)
      case 'refused':
        return this.#answered(frame.id, frame.refusal, 0)
      case 'draft':
        return this.#draftCame(frame)
      case 'draft-kept':
        this.#change(outbox.kept(this.box, frame.pitch, frame.rev))
        return this.#draftSoon()
      case 'bad-frame':
        return this.#change(outbox.lost(this.box))
    }
  }

  /** This tablet's name for itself. */
  get tablet(): string {
    return this.#tablet
  }

  now(): number {
    return this.#socket?.clock.now() ?? Date.now()
  }

  content(pitch: string): Content {
    return content(this.snapshot, pitch)
  }

  state(pitch: string, open: boolean): outbox.State {
    return state(this.snapshot, pitch, open)
  }

  get waiting(): number {
    return outbox.waiting(this.box)
  }

  write(pitch: string, what: Content) {
    if (!this.view) return
    this.#change(outbox.write(this.box, this.view, pitch, what))
    this.#draftSoon()
  }

  /** Gives the scorecard: kept first, sent as soon as there is a line. */
  submit(pitch: string) {
    if (!this.view) return
    this.#change(outbox.give(this.box, this.view, pitch, commandId()))
    this.#send()
    this.#reportSoon()
  }

  /** Recusal and abstention: kept and sent like a scorecard. */
  declare(pitch: string, command: ClientCommand) {
    this.#change(outbox.declare(this.box, pitch, commandId(), command))
    this.#send()
    this.#reportSoon()
  }

  choose(pitch: string, mine: boolean) {
    if (!this.view) return
    this.#change(outbox.choose(this.box, this.view, pitch, mine))
    this.#draftSoon()
  }

  /** Asks the host to give this scorecard back, or no longer. */
  ask(pitch: string, wanted: boolean) {
    const others = this.box.asks.filter((one) => one !== pitch)
    this.#change({ ...this.box, asks: wanted ? [...others, pitch] : others })
    this.#report()
  }

  /** The judge has seen that a rehearsal's marks were dropped. */
  noted() {
    this.#change(outbox.noted(this.box))
  }

  callForHelp(wanted: boolean) {
    this.#set({ help: wanted })
    this.#report()
  }

  /** A command that is not kept (the chair's, a signature): it is given now or not at all. */
  give(command: ClientCommand): Promise<Refusal | undefined> {
    return this.#commands.give(command, this.box.run)
  }

  /** The page goes: nothing more is sent or heard. */
  close() {
    this.#closed = true
    this.#socket?.close()
    clearTimeout(this.#drafting)
    clearTimeout(this.#reporting)
    clearInterval(this.#beat)
  }

  /** With the first view it is known which run is on: what was meant for another rehearsal stays out. */
  #takeOver(parcel: Parcel, view: JudgeView) {
    if (parcel.run !== view.run && parcel.run !== 0) return this.#set({ handed: 'other-run' })
    const { box } = this
    const taken = parcel.run === 0 ? outbox.inContest(box, (own) => take(own, parcel)) : take(box, parcel)
    this.#set({ box: taken, handed: 'taken' })
    this.#persist()
    this.#send()
    this.#draftSoon()
  }

  #look(view: JudgeView) {
    // At once: a view of one run beside the box of another would say things that never held.
    const turned = this.box.run !== view.run
    this.#set({ view, box: again(outbox.turn(this.box, view.run), view.hall.attempts) })
    if (turned) this.#goOn()
    const early = this.#early.filter((draft) => runOf(draft) === view.run)
    this.#early = []
    for (const draft of early) this.#draftCame(draft)
    if (this.settings.handed && !this.snapshot.handed) this.#takeOver(this.settings.handed, view)
    this.#takeUpAgain(view, true)
    this.#tellLate()
    this.#persist()
  }

  /** Another run is on: what waits for it goes now. */
  #goOn() {
    this.#said.clear()
    this.#toldLate.clear()
    this.#send()
    this.#draftSoon()
    this.#reportSoon()
  }

  /** A draft of a rehearsal waits for the view of it, which may still be on its way; no other view takes it up. One of the contest
   * itself is kept for it through a rehearsal. */
  #draftCame(draft: KeptDraft) {
    const [run, box] = [runOf(draft), this.box]
    if (run !== box.run && run !== 0) return void this.#early.push(draft)
    const view = run === box.run ? this.view : undefined
    const take = (own: Outbox) => {
      const turned = turnedTo(own, draft.pitch, draft.attempt)
      return turned ? outbox.arrived(turned, view, plain(draft), this.#tablet) : own
    }
    this.#change(run === box.run ? take(box) : outbox.inContest(box, take))
    // What is written here now follows it, and still has to go.
    this.#draftSoon()
  }

  /** What came too late is told once: it is an open matter then, whatever becomes of this tablet. */
  #tellLate() {
    const { view, box } = this
    if (!this.#ready || !view || view.run !== box.run) return
    for (const pitch of tooLate(box, view).filter((pitch) => !this.#toldLate.has(pitch))) {
      this.#toldLate.add(pitch)
      void this.give({ do: 'report-late', pitch, ...attemptOf(box, pitch) })
    }
  }

  /** What came too late goes again by itself once the host has given the scorecard back, unless the judge has gone on. */
  #takeUpAgain(view: JudgeView, fresh: boolean) {
    for (const [pitch, { refusal, given }] of Object.entries(this.box.refused)) {
      const open = view.reopened[pitch] !== undefined || (fresh && view.open.includes(pitch))
      if (!given || refusal.code !== 'window-closed' || !open) continue
      if (!outbox.sameCard(outbox.current(this.box, view, pitch), given)) continue
      this.#change(outbox.give(this.box, view, pitch, commandId()))
      this.#send()
    }
    const answered = this.box.asks.filter((pitch) => view.reopened[pitch] !== undefined)
    if (answered.length > 0)
      this.#change({ ...this.box, asks: this.box.asks.filter((pitch) => !answered.includes(pitch)) })
  }

  #lineIs(line: Line) {
    this.#set({ line })
    if (line === 'open') return
    this.#ready = false
    this.#commands.lost()
  }

  #send() {
    if (!this.#ready) return
    for (const { id, command } of outbox.onTheWay(this.box)) {
      if (!this.#said.has(id) && this.#socket?.say({ kind: 'submit', id, run: this.box.run, command }))
        this.#said.add(id)
    }
  }

  #draftSoon() {
    this.#drafting ??= setTimeout(() => {
      this.#drafting = undefined
      this.#draft()
    }, this.settings.rest ?? REST)
  }

  #draft() {
    if (!this.#ready) return
    for (const pitch of outbox.unsynced(this.box)) {
      const { base, rev, ...draft } = this.box.drafts[pitch]!
      const said = this.#socket?.say({
        kind: 'draft',
        pitch,
        ...outbox.sendable(draft),
        ...attemptOf(this.box, pitch),
        base,
        rev,
        run: this.box.run,
        tablet: this.#tablet,
      })
      if (said) this.#change(outbox.sending(this.box, pitch))
    }
  }

  #reportSoon() {
    this.#reporting ??= setTimeout(() => {
      this.#reporting = undefined
      this.#report()
    }, this.settings.rest ?? REST)
  }

  #report() {
    if (!this.#ready || !this.settings.device) return
    const { clock } = this.#socket!
    const device: DeviceInfo = {
      ...this.settings.device(),
      unsent: this.waiting,
      rtt_ms: Math.round(clock.trip()),
      offset_ms: Math.round(clock.offset()),
      help: this.snapshot.help,
      asks: this.box.asks,
    }
    this.#socket?.say({ kind: 'device', device })
  }

  #answered(id: string, refusal: Refusal | undefined, seq: number) {
    if (refusal && outbox.TRY_AGAIN.includes(refusal.code)) {
      this.#said.delete(id)
      setTimeout(() => this.#send(), (this.settings.rest ?? REST) * 2)
      return
    }
    this.#change(refusal ? outbox.refuse(this.box, id, refusal) : outbox.received(this.box, id, seq))
    // The view that this was decided on may still be on its way: only a scorecard given back is believed to be open.
    if (this.view && refusal) this.#takeUpAgain(this.view, false)
    this.#tellLate()
    // The next one of the same pitch may go now.
    this.#send()
    this.#reportSoon()
  }

  #change(box: Outbox) {
    if (box === this.box) return
    this.#set({ box })
    this.#persist()
  }

  /** One write at a time; what changes meanwhile goes with the next. */
  #persist() {
    if (!this.snapshot.keeping) this.#set({ safe: this.box })
    if (this.#writing || !this.#keep || this.#closed) return
    this.#writing = true
    const { box, view } = this
    const slow = setTimeout(() => this.#kept(this.box, false), SLOW)
    const done = (keeping: boolean) => {
      clearTimeout(slow)
      this.#writing = false
      this.#kept(box, keeping)
      if (keeping && (box !== this.box || view !== this.view)) this.#persist()
    }
    this.#keep.write({ box, tablet: this.#tablet, ...(view ? { view, protocol: PROTOCOL } : {}) }).then(
      () => done(true),
      () => done(false),
    )
  }

  #kept(box: Outbox, keeping: boolean) {
    this.#set({ safe: keeping ? box : this.box, keeping })
  }
}

/** What says no run belongs to the contest itself. */
const runOf = (draft: KeptDraft) => draft.run ?? 0

/** The server's draft without what belongs to the frame. */
function plain({ pitch, marks, comment, note, base, rev, tablet }: KeptDraft): outbox.ServerDraft {
  return { pitch, marks: marks as Record<string, string>, comment, note: note ?? '', base, rev, tablet: tablet ?? '' }
}
