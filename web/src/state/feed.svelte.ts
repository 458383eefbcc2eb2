// A feed of views, as runes: the newest view, the line, the refusals of commands.
import { connect, socketUrl, type Line, type Socket } from '../net/socket'
import type { ClientCommand, ClientFrame, Refusal } from '../wire/types'
import { Commands } from './commands'

/** Words that are no commands: nothing is kept of them. */
type Word = Extract<ClientFrame, { kind: 'nudge' | 'take-wheel' | 'ready' }>

export class Feed<View> {
  view = $state.raw<View>()
  line = $state<Line>('connecting')
  ended = $state.raw<Refusal>()
  /** A console's own number in `presence.consoles`. */
  number = $state<number>()
  /** The journal's number of the last command that was taken. */
  taken = 0
  #socket: Socket
  #commands = new Commands((frame) => this.#say(frame))

  constructor(path: string, patient: boolean) {
    this.#socket = connect<View>(
      { url: socketUrl(path), patient },
      {
        view: (view) => (this.view = view),
        line: (line) => {
          this.line = line
          if (line !== 'open') this.#commands.lost()
        },
        greeted: ({ console }) => (this.number = console),
        ended: (refusal) => (this.ended = refusal),
        frame: (frame) => {
          if (frame.kind === 'receipt') this.taken = Math.max(this.taken, frame.seq)
          this.#commands.hear(frame)
        },
      },
    )
  }

  /** The server's clock. */
  now(): number {
    return this.#socket.clock.now()
  }

  /** Gives a command, meant for this run of the contest; resolves with its refusal, or with nothing once it is durable. */
  give(command: ClientCommand, run?: number): Promise<Refusal | undefined> {
    return this.#commands.give(command, run)
  }

  /** False where there is no line to say it to. */
  say(word: Word): boolean {
    return this.#say(word)
  }

  /** A line is one once the server has greeted. */
  #say(frame: ClientFrame): boolean {
    return this.line === 'open' && this.#socket.say(frame)
  }
}
