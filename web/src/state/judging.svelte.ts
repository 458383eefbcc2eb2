// A judge's page: the courier's state as runes.
import { device } from '../net/device'
import { keeper } from '../net/keep'
import { socketUrl, type Line } from '../net/socket'
import { empty, nothing, type Content, type Outbox, type State } from '../model/outbox'
import * as outbox from '../model/outbox'
import type { Parcel } from '../model/handover'
import type { ClientCommand, JudgeView, Refusal } from '../wire/types'
import { Courier, type Kept } from './courier'

export class Judging {
  view = $state.raw<JudgeView>()
  line = $state<Line>('connecting')
  ended = $state.raw<Refusal>()
  box = $state.raw<Outbox>(empty)
  /** Nothing can be kept on this tablet (private mode, full disk): the judge is told. */
  keeping = $state(true)
  /** What of the box has reached this tablet's disk. */
  safe = $state.raw<Outbox>(empty)
  help = $state(false)
  /** What became of the marks that came from another address. */
  handed = $state<'taken' | 'other-run'>()
  readonly waiting = $derived(outbox.waiting(this.box))
  /** Those of them that wait for the end of a rehearsal. */
  readonly aside = $derived(outbox.aside(this.box))
  readonly courier: Courier

  constructor(
    readonly code: string,
    readonly seat: string,
    handed?: Parcel,
  ) {
    const socket = { url: socketUrl(`/c/${code}/ws/judge/${seat}`), patient: false }
    const keep = keeper<Kept>(`${code}/${seat}`)
    this.courier = new Courier({ socket, keep, device, ...(handed ? { handed } : {}) }, () => this.#sync())
  }

  /** The line has been gone for so long, milliseconds. */
  away(): number {
    return this.#left === undefined ? 0 : Date.now() - this.#left
  }

  #left: number | undefined

  #sync() {
    this.#left = this.courier.line === 'open' ? undefined : (this.#left ?? Date.now())
    const { view, line, ended, box, keeping, safe, help, handed } = this.courier
    this.view = view
    this.line = line
    this.ended = ended
    this.box = box
    this.keeping = keeping
    this.safe = safe
    this.help = help
    this.handed = handed
  }

  now(): number {
    return this.courier.now()
  }

  content(pitch: string): Content {
    return this.view ? outbox.current(this.box, this.view, pitch) : nothing
  }

  state(pitch: string, open: boolean): State {
    return this.view ? outbox.state(this.safe, this.view, pitch, open) : 'empty'
  }

  give(command: ClientCommand): Promise<Refusal | undefined> {
    return this.courier.give(command)
  }
}
