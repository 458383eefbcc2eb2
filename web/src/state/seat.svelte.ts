// Getting a seat: the card's token in the address's fragment, the PIN where the seat is taken, the seats held already.
import { call, refusal } from '../net/api'
import type { Me, Refusal, Seat } from '../wire/types'

export type Door =
  | { step: 'looking' }
  | { step: 'pin'; token: string; refusal?: Refusal }
  | { step: 'none'; refusal?: Refusal }
  | { step: 'in'; seat: Seat }

/** Takes the token out of the address, so that it stays in no history. */
export function tokenInFragment(): string | undefined {
  const fragment = location.hash.slice(1)
  if (!fragment) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  return fragment
}

export class Entrance {
  door = $state.raw<Door>({ step: 'looking' })

  /** `fits` tells which of the seats that this browser holds belong to this page. */
  constructor(readonly fits: (seat: Seat) => boolean) {
    const token = tokenInFragment()
    if (token) void this.pair(token)
    else void this.#look()
  }

  async pair(token: string, pin?: string) {
    const answer = await call<Seat>('POST', '/api/pair', pin ? { token, pin } : { token })
    if (answer.ok) return this.#enter(answer.value)
    if (answer.problem.code === 'seat-taken' || (pin && answer.problem.code !== 'wrong-card')) {
      this.door = { step: 'pin', token, ...(pin ? { refusal: refusal(answer.problem) } : {}) }
    } else this.door = { step: 'none', refusal: refusal(answer.problem) }
  }

  async typed(contest: string, seat: string, pin: string) {
    const answer = await call<Seat>('POST', '/api/pair/typed', { contest, seat, pin })
    if (answer.ok) this.#enter(answer.value)
    else this.door = { step: 'none', refusal: refusal(answer.problem) }
  }

  #enter(seat: Seat) {
    if (seat.page !== location.pathname + location.search) history.replaceState(null, '', seat.page)
    this.door = { step: 'in', seat }
    remember(seat)
  }

  async #look() {
    const answer = await call<Me>('GET', '/api/me')
    // Without a line, the seat that this browser held last: its page opens with what it kept.
    const offline = !answer.ok && answer.problem.code === 'no-connection'
    const held = answer.ok ? answer.value.seats : offline ? remembered() : []
    const seat = held.find(this.fits)
    if (seat) this.#enter(seat)
    else this.door = answer.ok ? { step: 'none' } : { step: 'none', refusal: refusal(answer.problem) }
  }
}

const STORED = 'podium-seat'

function remember(seat: Seat) {
  try {
    localStorage.setItem(STORED, JSON.stringify(seat))
  } catch {
    // Private mode: such a tablet does not open without a line.
  }
}

function remembered(): Seat[] {
  try {
    const stored = localStorage.getItem(STORED)
    return stored ? [JSON.parse(stored) as Seat] : []
  } catch {
    return []
  }
}
