// A line between a page and the server that fails on purpose: each connection by the plan it is given, bytes untouched.
import { connect, createServer } from 'node:net'
import { once } from 'node:events'

/**
 * What a connection does:
 * - `clean`; `refuse`: no connection at all
 * - `cut`: both ends are cut after `after` bytes of `side` (`up`: from the page, `down`: to the page)
 * - `deaf`: what goes down is swallowed after `after` bytes, what goes up arrives; cut after `ms`
 * - `stall`: after `after` bytes of `side` nothing passes in either direction, and nobody is told
 * - `late`: as `stall`, but what the page had said reaches the server once the next connection is there
 */
export class Proxy {
  constructor(target, plan) {
    this.target = target
    this.plan = plan
    this.faults = 0
    this.open = new Set()
    this.held = []
    this.server = createServer((page) => this.join(page))
  }

  static async to(port, plan) {
    const proxy = new Proxy(port, plan)
    proxy.server.listen(0, '127.0.0.1')
    await once(proxy.server, 'listening')
    return proxy
  }

  get port() {
    return this.server.address().port
  }

  join(page) {
    const fault = this.plan() ?? { kind: 'clean' }
    if (fault.kind !== 'clean') this.faults += 1
    if (fault.kind === 'refuse') return page.destroy()
    const up = connect(this.target, '127.0.0.1')
    for (const socket of [page, up]) {
      socket.setNoDelay(true)
      this.open.add(socket)
      socket.on('close', () => this.open.delete(socket))
      socket.on('error', () => {})
    }
    const bytes = { up: 0, down: 0 }
    const kept = []
    let stalled = false
    const cut = () => (page.destroy(), up.destroy())
    const carry = (side, chunk, to) => {
      const before = bytes[side]
      bytes[side] += chunk.length
      const reached = fault.side === side && bytes[side] > fault.after
      if (stalled) return side === 'up' && fault.kind === 'late' ? kept.push(chunk) : undefined
      if (!reached || fault.kind === 'clean') return to.write(chunk)
      const part = chunk.subarray(0, Math.max(0, fault.after - before))
      if (fault.kind === 'deaf') {
        to.write(part)
        if (before <= fault.after) setTimeout(cut, fault.ms)
        return undefined
      }
      to.write(part)
      if (fault.kind === 'cut') return cut()
      stalled = true
      if (fault.kind === 'late') {
        if (side === 'up') kept.push(chunk.subarray(part.length))
        this.held.push({ up, kept })
      }
      return undefined
    }
    page.on('data', (chunk) => carry('up', chunk, up))
    up.on('data', (chunk) => carry('down', chunk, page))
    // The end of one is the end of the other, unless nobody is to be told.
    page.on('close', () => (stalled && fault.kind === 'late' ? undefined : up.destroy()))
    up.on('close', () => (stalled ? undefined : page.destroy()))
    this.release()
  }

  /** What dead lines had still to say arrives now, behind the page's back. */
  release() {
    for (const { up, kept } of this.held.splice(0)) {
      for (const chunk of kept) up.write(chunk)
      setTimeout(() => up.destroy(), 200)
    }
  }

  /** Cuts every line there is. */
  cut() {
    for (const socket of this.open) socket.destroy()
  }

  async end() {
    this.cut()
    this.server.close()
    await once(this.server, 'close')
  }
}

/** A plan of so many faults, then clean lines; drawn from `chance`. */
export function trouble(chance, faults, { stall = true, ms = 120 } = {}) {
  let left = faults
  return () => {
    if (left <= 0) return undefined
    left -= 1
    const kinds = ['refuse', 'cut', 'cut', 'cut', 'deaf', 'deaf', ...(stall ? ['stall', 'late'] : [])]
    const kind = chance.pick(kinds)
    // A handshake is about 400 bytes up and 200 down, the greeting and the view some thousand down, a scorecard 250 up.
    const side = kind === 'deaf' ? 'down' : chance.pick(['up', 'down'])
    return { kind, side, after: chance.below(side === 'up' ? 1_600 : 6_000), ms: chance.below(ms) }
  }
}
