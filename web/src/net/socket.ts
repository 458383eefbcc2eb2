// One socket that stays: connects, says hello, resumes where it left off, finds dead lines, comes back.
//
// It knows frames and their numbers, no page. Judges and hosts come back quickly, spectators patiently; each delay is
// drawn at random so that a hall does not come back at once.
import { decode, merge } from '../wire/decode'
import { PROTOCOL, type ClientCommand, type ClientFrame, type Refusal, type ServerFrame } from '../wire/types'
import { clock, type Clock } from './clock'

export type Line = 'connecting' | 'open' | 'waiting' | 'ended'

export interface Handlers<View> {
  view(view: View): void
  line(line: Line): void
  ended?(refusal: Refusal): void
  receipt?(id: string, seq: number): void
  refused?(id: string, refusal: Refusal): void
  draft?(pitch: string, marks: Record<string, string>, comment: string): void
  badFrame?(refusal: Refusal): void
}

export interface Options {
  url: string
  /** Spectators wait longer before they come back. */
  patient: boolean
  random?: () => number
  open?: (url: string) => WebSocket
}

const PING_EVERY = 10_000
const DEAD_AFTER = 25_000
const CONNECT_WITHIN = 5_000
/** Do not come back: no session, not allowed, seat taken. */
const FINAL = [4401, 4403, 4409]

export interface Socket {
  send(id: string, command: ClientCommand): boolean
  draft(pitch: string, marks: Record<string, string>, comment: string): void
  retryNow(): void
  close(): void
  clock: Clock
}

/** The delay before try number `tries` (0 is the first): full jitter, doubling up to a cap. */
export function delay(tries: number, patient: boolean, random: () => number): number {
  const [first, cap] = patient ? [5_000, 15_000] : [1_000, 5_000]
  return random() * Math.min(cap, first * 2 ** tries)
}

export function connect<View>(options: Options, handlers: Handlers<View>): Socket {
  const random = options.random ?? Math.random
  const time = clock()
  let socket: WebSocket | undefined
  let view: unknown
  let feed = ''
  let n = 0
  let tries = 0
  let heard = 0
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let beat: ReturnType<typeof setInterval> | undefined

  function say(frame: ClientFrame): boolean {
    if (socket?.readyState !== 1) return false
    socket.send(JSON.stringify(frame))
    return true
  }

  function hello(resume: boolean) {
    const since = resume && feed && n > 0 ? { since: { feed, n } } : {}
    say({ kind: 'hello', protocol: PROTOCOL, ...since })
  }

  function take(frame: ServerFrame) {
    switch (frame.kind) {
      case 'hello':
        if (frame.protocol !== PROTOCOL) return location.reload()
        if (frame.feed !== feed) n = 0
        feed = frame.feed
        handlers.line('open')
        say({ kind: 'ping', t: Date.now() })
        return
      case 'snapshot':
        n = frame.n
        view = frame.view
        return handlers.view(view as View)
      case 'delta':
        if (frame.n <= n) return
        if (frame.n !== n + 1 || view === undefined) return hello(false)
        n = frame.n
        view = merge(view, frame.patch)
        return handlers.view(view as View)
      case 'pong':
        return time.heard(frame.t, frame.now, Date.now())
      case 'receipt':
        return handlers.receipt?.(frame.id, frame.seq)
      case 'refused':
        return handlers.refused?.(frame.id, frame.refusal)
      case 'bad-frame':
        return handlers.badFrame?.(frame.refusal)
      case 'draft':
        return handlers.draft?.(frame.pitch, frame.marks as Record<string, string>, frame.comment)
      case 'ended':
        return handlers.ended?.(frame.refusal)
    }
  }

  function open() {
    clearTimeout(timer)
    drop()
    handlers.line('connecting')
    const mine = (options.open ?? ((url) => new WebSocket(url)))(options.url)
    socket = mine
    heard = Date.now()
    // A connection that takes too long is given up like a dead one.
    timer = setTimeout(() => mine === socket && mine.readyState !== 1 && again(), CONNECT_WITHIN)
    mine.onopen = () => {
      if (mine !== socket) return
      heard = Date.now()
      tries = 0
      hello(true)
    }
    mine.onmessage = (event) => {
      if (mine !== socket) return
      heard = Date.now()
      const frame = typeof event.data === 'string' ? decode(event.data) : undefined
      if (frame) take(frame)
    }
    mine.onclose = (event) => {
      if (mine !== socket) return
      if (FINAL.includes(event.code)) return stop('ended')
      again()
    }
  }

  /** Lets go of the current socket for good: nothing it still says is heard. */
  function drop() {
    const old = socket
    socket = undefined
    if (!old) return
    old.onopen = old.onmessage = old.onclose = null
    old.close()
  }

  function again() {
    if (ended) return
    drop()
    handlers.line('waiting')
    clearTimeout(timer)
    timer = setTimeout(open, delay(tries++, options.patient, random))
  }

  function stop(line: Line) {
    ended = true
    drop()
    clearTimeout(timer)
    clearInterval(beat)
    handlers.line(line)
  }

  function retryNow() {
    if (ended) return
    // After sleep a socket may look open and be dead: ask, and give up soon if nothing comes.
    if (socket?.readyState === 1 && Date.now() - heard < DEAD_AFTER) {
      say({ kind: 'ping', t: Date.now() })
      const asked = Date.now()
      setTimeout(() => socket?.readyState === 1 && heard < asked && open(), 2_000)
    } else {
      tries = 0
      open()
    }
  }

  beat = setInterval(() => {
    if (socket?.readyState !== 1) return
    if (Date.now() - heard > DEAD_AFTER) again()
    else say({ kind: 'ping', t: Date.now() })
  }, PING_EVERY)
  if (typeof window !== 'undefined') {
    window.addEventListener('online', retryNow)
    window.addEventListener('pageshow', (event) => event.persisted && retryNow())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && retryNow())
  }
  open()

  return {
    send: (id, command) => say({ kind: 'submit', id, command }),
    draft: (pitch, marks, comment) => void say({ kind: 'draft', pitch, marks, comment }),
    retryNow,
    close: () => stop('ended'),
    clock: time,
  }
}

/** The socket's address of this page's server. */
export function socketUrl(path: string): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`
}

/** 128 random bits as 32 hex digits; works without a secure context. */
export function commandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
