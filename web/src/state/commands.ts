// Commands that are given now or not at all: each is said under a number of its own and answered once, in whatever way.
import { commandId } from '../net/socket'
import type { ClientCommand, ClientFrame, Refusal, ServerFrame } from '../wire/types'

/** An answer that takes longer is none, milliseconds. */
const PATIENCE = 10_000

export class Commands {
  #waiting = new Map<string, (refusal: Refusal | undefined) => void>()

  /** `say` is false where there is no line. */
  constructor(readonly say: (frame: ClientFrame) => boolean) {}

  /** Gives a command, meant for this run of the contest; resolves with its refusal, or with nothing once it is durable. */
  give(command: ClientCommand, run?: number): Promise<Refusal | undefined> {
    const id = commandId()
    if (!this.say({ kind: 'submit', id, ...(run === undefined ? {} : { run }), command }))
      return Promise.resolve({ code: 'no-connection' })
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#answer(id, { code: 'no-answer' }), PATIENCE)
      this.#waiting.set(id, (refusal) => {
        clearTimeout(late)
        resolve(refusal)
      })
    })
  }

  /** Hears an answer; false where it is none to these commands. */
  hear(frame: ServerFrame): boolean {
    if (frame.kind === 'receipt') return this.#answer(frame.id, undefined)
    return frame.kind === 'refused' && this.#answer(frame.id, frame.refusal)
  }

  /** The line is gone: what was on its way may have arrived or not. */
  lost() {
    for (const id of [...this.#waiting.keys()]) this.#answer(id, { code: 'no-answer' })
  }

  #answer(id: string, refusal: Refusal | undefined): boolean {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    waiting?.(refusal)
    return waiting !== undefined
  }
}
