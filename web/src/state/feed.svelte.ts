// A feed of views, as runes: the newest view, the line, the refusals of commands.
import { commandId, connect, socketUrl, type Line, type Socket } from '../net/socket'
import type { ClientCommand, NudgeName, Refusal } from '../wire/types'

export class Feed<View> {
  view = $state.raw<View>()
  line = $state<Line>('connecting')
  ended = $state.raw<Refusal>()
  /** A console's own number in `presence.consoles`. */
  number = $state<number>()
  /** The journal's number of the last command that was taken. */
  taken = 0
  #answers = new Map<string, (refusal: Refusal | undefined) => void>()
  #socket: Socket

  constructor(path: string, patient: boolean) {
    this.#socket = connect<View>(
      { url: socketUrl(path), patient },
      {
        view: (view) => (this.view = view),
        line: (line) => {
          this.line = line
          // What was on its way when the line went may have arrived or not.
          if (line !== 'open') for (const id of [...this.#answers.keys()]) this.#answer(id, { code: 'no-answer' })
        },
        ended: (refusal) => (this.ended = refusal),
        receipt: (id, seq) => {
          this.taken = Math.max(this.taken, seq)
          this.#answer(id, undefined)
        },
        refused: (id, refusal) => this.#answer(id, refusal),
        console: (number) => (this.number = number),
      },
    )
  }

  /** The server's clock. */
  now(): number {
    return this.#socket.clock.now()
  }

  /** Gives a command, meant for this run of the contest; resolves with its refusal, or with nothing once it is durable. */
  give(command: ClientCommand, run?: number): Promise<Refusal | undefined> {
    const id = commandId()
    return new Promise((resolve) => {
      this.#answers.set(id, resolve)
      if (this.line !== 'open' || !this.#socket.send(id, command, run)) this.#answer(id, { code: 'no-connection' })
      setTimeout(() => this.#answer(id, { code: 'no-answer' }), 10_000)
    })
  }

  /** The host's word to a judge; nothing is kept of it. */
  nudge(judge: string, what: NudgeName) {
    this.#socket.say({ kind: 'nudge', judge, what })
  }

  /** From now on this console drives. */
  takeWheel() {
    this.#socket.say({ kind: 'take-wheel' })
  }

  /** The MC waits for the next cue, or no longer. */
  ready(ready: boolean) {
    this.#socket.say({ kind: 'ready', ready })
  }

  #answer(id: string, refusal: Refusal | undefined) {
    this.#answers.get(id)?.(refusal)
    this.#answers.delete(id)
  }
}
