// A judge's page: the courier's state as runes.
import { device } from '../net/device'
import { keeper } from '../net/keep'
import { socketUrl } from '../net/socket'
import * as outbox from '../model/outbox'
import type { Parcel } from '../model/handover'
import type { ClientCommand, Refusal } from '../wire/types'
import { Courier, type Kept } from './courier'
import { content, nothingYet, state, type Snapshot } from './snapshot'

export class Judging {
  snapshot = $state.raw<Snapshot>(nothingYet)
  readonly waiting = $derived(outbox.waiting(this.snapshot.box))
  /** Those of them that wait for the end of a rehearsal. */
  readonly aside = $derived(outbox.aside(this.snapshot.box))
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
    this.snapshot = this.courier.snapshot
    this.#left = this.snapshot.line === 'open' ? undefined : (this.#left ?? Date.now())
  }

  now(): number {
    return this.courier.now()
  }

  content(pitch: string): outbox.Content {
    return content(this.snapshot, pitch)
  }

  state(pitch: string, open: boolean): outbox.State {
    return state(this.snapshot, pitch, open)
  }

  give(command: ClientCommand): Promise<Refusal | undefined> {
    return this.courier.give(command)
  }
}
