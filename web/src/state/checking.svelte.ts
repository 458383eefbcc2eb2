// A device's own check: tries one thing after another, and tells the server what came out.
import { call } from '../net/api'
import { lacking } from '../net/needs'
import * as probe from '../net/probe'
import { commandId } from '../net/socket'
import { figures, judge, measures, verdict, type Tried } from '../model/check'
import type { CheckBody, CheckName, CheckResult, Me } from '../wire/types'
import { contestCode } from './contest'

const STORED = 'podium-check'

export class Checking {
  results = $state.raw<Partial<Record<CheckName, CheckResult>>>({})
  /** What the browser lacks, by name. */
  lacks = $state.raw<string[]>([])
  running = $state(true)
  /** Pings that are through. */
  pings = $state(0)
  label = $state('')
  sent = $state<'no' | 'sending' | 'sent' | 'failed'>('no')
  readonly verdict = $derived(verdict(Object.values(this.results)))
  #tried = $state.raw<Partial<Tried>>({})
  readonly figures = $derived(figures(measures(this.#tried)))
  code: string | undefined
  #typed = false

  /** `seat` names a judge's seat in words. */
  constructor(readonly seat: (number: number) => string) {
    void this.run()
  }

  async run() {
    this.running = true
    this.results = {}
    this.pings = 0
    this.sent = 'no'
    this.#tried = {}
    this.#take('secure', isSecureContext)
    this.#take('touch', navigator.maxTouchPoints)
    this.#take('screen', { width: innerWidth, height: innerHeight })
    const browser = lacking()
    this.lacks = [...browser.must, ...browser.nice]
    this.#take('browser', browser)
    await Promise.all([
      this.#line(),
      probe.keep().then((kept) => this.#take('keep', kept)),
      probe.awake('/awake.mp4').then((how) => this.#take('awake', how)),
      probe.battery().then((battery) => this.#take('battery', battery)),
    ])
    this.running = false
    await this.send()
  }

  async #line() {
    const server = await probe.server()
    this.#take('server', server)
    if (server !== 'ok') return this.#take('socket', 'no-server')
    this.code = await contestCode()
    await this.#sitting()
    if (!this.code) return this.#take('socket', 'no-contest')
    this.#take('socket', await probe.socket(this.code, (n) => (this.pings = n)))
  }

  /** A browser that holds a judge's seat is called by it, unless the tester has another name. */
  async #sitting() {
    const me = await call<Me>('GET', '/api/me')
    if (!me.ok || this.#typed) return
    const seat = me.value.seats.find((one) => one.contest === this.code && /^J\d+$/.test(one.seat))
    this.label = seat ? this.seat(Number(seat.seat.slice(1))) : remembered().label
  }

  name(label: string) {
    this.#typed = true
    this.label = label
    if (this.sent === 'sent') this.sent = 'no'
  }

  async send() {
    if (!this.code) return
    this.sent = 'sending'
    const kept = remembered()
    // The server counts characters, not halves of them.
    const label = [...this.label].slice(0, 40).join('')
    remember({ ...kept, label })
    const results = Object.values(this.results)
    const body: CheckBody = { device: kept.device, label, results, measured: measures(this.#tried) }
    const answer = await call('POST', `/api/contests/${this.code}/checks`, body)
    this.sent = answer.ok ? 'sent' : 'failed'
  }

  #take<Name extends keyof Tried>(name: Name, tried: Tried[Name]) {
    this.#tried = { ...this.#tried, [name]: tried }
    const found = judge(name, tried).map((one) => [one.test, one])
    this.results = { ...this.results, ...(Object.fromEntries(found) as typeof this.results) }
  }
}

interface Remembered {
  device: string
  label: string
}

let own: Remembered | undefined

/** By this name the server knows this browser's report again. */
function remembered(): Remembered {
  if (own) return own
  try {
    own = JSON.parse(localStorage.getItem(STORED) ?? 'null') as Remembered | undefined
  } catch {
    // Private mode: every load is another device.
  }
  own = own && /^[0-9a-f]{32}$/.test(own.device) ? own : { device: commandId(), label: '' }
  return own
}

function remember(next: Remembered) {
  own = next
  try {
    localStorage.setItem(STORED, JSON.stringify(next))
  } catch {
    // Private mode, as above.
  }
}
