// This phone's ballot: what is chosen, what was sent, what is on disk. It is sent until the server has it or says no; a ballot
// that the server has not acknowledged is never shown as received.
import { call, refusal } from '../net/api'
import { same } from '../model/vote'
import { read, scanned, write } from './scanned'
import type { CastBallot, Refusal, VoteInfo } from '../wire/types'

/** Milliseconds between tries, the last for all that follow. */
const PAUSES = [1_000, 2_000, 4_000, 8_000]
/** Answers after which it is worth trying again: no line, too much at once, starting again. */
const PASSING = [0, 429, 502, 503, 504]

interface Kept {
  /** When the vote was opened: a ballot of a rehearsal is none of the evening's. */
  opened: number
  choices: string[]
}

const random = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export class Ballot {
  readonly code: string | undefined
  readonly #contest: string
  readonly #device: string
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #sending: string[] = []
  chosen = $state.raw<string[]>([])
  received = $state.raw<Kept>()
  state = $state<'idle' | 'sending' | 'waiting'>('idle')
  refused = $state.raw<Refusal>()

  constructor(contest: string) {
    this.#contest = contest
    this.code = scanned(contest)
    this.#device = read('podium-device') ?? random()
    write('podium-device', this.#device)
    this.received = JSON.parse(read(this.#key()) ?? 'null') ?? undefined
    this.chosen = this.received?.choices ?? []
  }

  #key = () => `podium-ballot-${this.#contest}-${this.code?.slice(0, 8) ?? ''}`

  /** What the server has of this vote. */
  of(vote: VoteInfo): string[] {
    return this.received?.opened === vote.opened ? this.received!.choices : []
  }

  choose(choices: string[]) {
    this.chosen = choices
    this.refused = undefined
  }

  cast(vote: VoteInfo) {
    this.#sending = this.chosen
    this.#tries = 0
    void this.#send(vote.opened ?? 0)
  }

  async #send(opened: number) {
    clearTimeout(this.#timer)
    const choices = this.#sending
    this.state = this.#tries === 0 ? 'sending' : 'waiting'
    const body: CastBallot = { device: this.#device, choices, opened, ...(this.code ? { code: this.code } : {}) }
    const answer = await call('POST', `/api/contests/${this.#contest}/ballots`, body)
    // Another choice was sent meanwhile; its answer counts.
    if (!same(choices, this.#sending)) return
    if (!answer.ok && PASSING.includes(answer.problem.status)) {
      this.state = 'waiting'
      const pause = PAUSES[Math.min(this.#tries, PAUSES.length - 1)]
      this.#tries += 1
      this.#timer = setTimeout(() => void this.#send(opened), pause)
      return
    }
    this.state = 'idle'
    if (!answer.ok) {
      const refused = refusal(answer.problem)
      // It was meant for a vote that is over, a rehearsal's perhaps: for this one nothing is chosen yet.
      if (refused.code === 'other-run') this.chosen = []
      else this.refused = refused
      return
    }
    this.refused = undefined
    this.received = { opened, choices }
    write(this.#key(), JSON.stringify(this.received))
  }

  /** Nothing is sent any more. */
  end() {
    clearTimeout(this.#timer)
    this.#sending = []
    if (this.state !== 'idle') this.state = 'idle'
  }
}
