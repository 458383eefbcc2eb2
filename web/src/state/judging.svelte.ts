// A judge's page: the socket, the outbox that survives everything, and what both say together.
import { keeper } from '../net/keep'
import { commandId, connect, socketUrl, type Line, type Socket } from '../net/socket'
import * as outbox from '../model/outbox'
import type { Outbox } from '../model/outbox'
import type { ClientCommand, JudgeView, Refusal } from '../wire/types'

export class Judging {
  view = $state.raw<JudgeView>()
  line = $state<Line>('connecting')
  ended = $state.raw<Refusal>()
  box = $state.raw<Outbox>(outbox.empty)
  /** Nothing can be kept on this tablet (private mode, full disk): the judge is told. */
  keeping = $state(true)
  #socket: Socket | undefined
  #keep: Awaited<ReturnType<typeof keeper<Outbox>>> | undefined
  #answers = new Map<string, (refusal: Refusal | undefined) => void>()
  #drafting: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly code: string,
    readonly seat: string,
  ) {
    void this.#start()
  }

  async #start() {
    try {
      this.#keep = await keeper<Outbox>(`${this.code}/${this.seat}`)
      this.box = (await this.#keep.read()) ?? outbox.empty
    } catch {
      this.keeping = false
    }
    this.#socket = connect<JudgeView>(
      { url: socketUrl(`/c/${this.code}/ws/judge/${this.seat}`), patient: false },
      {
        view: (view) => (this.view = view),
        line: (line) => {
          this.line = line
          if (line === 'open') this.#resend()
        },
        ended: (refusal) => (this.ended = refusal),
        receipt: (id) => this.#answered(id, undefined),
        refused: (id, refusal) => this.#answered(id, refusal),
        draft: (pitch, marks, comment) => {
          if (!this.box.drafts[pitch] && !this.box.pending[pitch])
            this.#change(outbox.write(this.box, pitch, { marks, comment }))
        },
      },
    )
  }

  now(): number {
    return this.#socket?.clock.now() ?? Date.now()
  }

  draft(pitch: string): outbox.Draft {
    return this.view ? outbox.current(this.box, this.view, pitch) : { marks: {}, comment: '' }
  }

  state(pitch: string): outbox.State {
    return this.view ? outbox.state(this.box, this.view, pitch) : 'empty'
  }

  get waiting(): number {
    return Object.keys(this.box.pending).length
  }

  write(pitch: string, draft: outbox.Draft) {
    this.#change(outbox.write(this.box, pitch, draft))
    clearTimeout(this.#drafting)
    this.#drafting = setTimeout(() => this.#socket?.draft(pitch, draft.marks, draft.comment), 400)
  }

  /** Gives the scorecard: kept first, sent as soon as there is a line. */
  submit(pitch: string) {
    const draft = this.draft(pitch)
    const base = this.view?.cards[pitch]?.version ?? 0
    const kept = outbox.write(this.box, pitch, draft)
    this.#change(outbox.give(kept, pitch, commandId(), base))
    this.#resend()
  }

  /** A command that is not kept: it is given now or not at all. */
  give(command: ClientCommand): Promise<Refusal | undefined> {
    const id = commandId()
    return new Promise((resolve) => {
      this.#answers.set(id, resolve)
      if (!this.#socket?.send(id, command)) this.#answered(id, { code: 'no-connection' })
    })
  }

  #resend() {
    for (const { id, pitch, base, marks, comment } of Object.values(this.box.pending)) {
      this.#socket?.send(id, { do: 'submit-scorecard', pitch, base, marks, comment })
    }
  }

  #answered(id: string, refusal: Refusal | undefined) {
    const waiting = this.#answers.get(id)
    this.#answers.delete(id)
    if (waiting) return waiting(refusal)
    if (refusal && outbox.TRY_AGAIN.includes(refusal.code)) setTimeout(() => this.#resend(), 1_000)
    this.#change(refusal ? outbox.refuse(this.box, id, refusal) : outbox.received(this.box, id))
  }

  #change(box: Outbox) {
    if (box === this.box) return
    this.box = box
    this.#keep?.write(box).then(
      () => (this.keeping = true),
      () => (this.keeping = false),
    )
  }
}
