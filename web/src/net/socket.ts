// One socket that stays: connects, says hello, resumes where it left off, finds dead lines, comes back.
//
// It knows frames and their numbers, no page. Judges and hosts come back quickly, spectators patiently; each delay is
// drawn at random so that a hall does not come back at once.
import { decode, merge } from '../wire/decode'
import { PROTOCOL, type ClientFrame, type Refusal, type ServerFrame } from '../wire/types'
import { clock, type Clock } from './clock'

export type Line = 'connecting' | 'open' | 'waiting' | 'ended'

export type Frame<Kind extends ServerFrame['kind']> = Extract<ServerFrame, { kind: Kind }>
/** Frames that the socket itself lives on. */
type Own = 'hello' | 'snapshot' | 'delta' | 'pong' | 'ended'
/** A frame that says something to the page. */
export type Told = Exclude<ServerFrame, { kind: Own }>

export interface Handlers<View> {
  view(view: View): void
  line(line: Line): void
  greeted?(hello: Frame<'hello'>): void
  /** The greeting is complete: what is sent now is heard by a server that has said what it has. */
  ready?(): void
  frame?(frame: Told): void
  ended?(refusal: Refusal): void
}

export interface Options {
  url: string
  /** Spectators wait longer before they come back. */
  patient: boolean
  random?: () => number
  open?: (url: string) => WebSocket
  pace?: Pace
}

/** Milliseconds. A line without a word for `dead` is given up, looked at with every `beat`: a half-open one is found within 6 s by
 * judges and hosts, and within 24 s by spectators, of whom there are thousands. */
export interface Pace {
  /** Between two questions for the server's time. */
  ping: number
  beat: number
  dead: number
  /** As `dead`, until the greeting is complete: the whole view may take its time on a slow line. */
  greet: number
  connect: number
  /** The answer to a ping after waking up. */
  wake: number
  /** Rests between the further pings of a fresh line, asked while the server's time is not known well. */
  settle: readonly number[]
  /** Of judges and hosts; spectators wait five and three times as long. */
  first: number
  cap: number
}

export const PACE: Pace = {
  ping: 8_000,
  beat: 1_500,
  dead: 4_000,
  greet: 16_000,
  connect: 5_000,
  wake: 2_000,
  settle: [300, 600, 900, 1_200],
  first: 1_000,
  cap: 5_000,
}
const PATIENT: Pace = { ...PACE, beat: 8_000, dead: 16_000 }
/** Milliseconds of doubt with which the server's time is known well: a quick line is asked once more, a slow one four times. */
const SURE = 10
/** A greeting gets at most eight times its time: the server gives up before. */
const SLOW_MAX = 3
/** Do not come back: no session, not allowed, seat taken. */
const FINAL = [4401, 4403, 4409]
const FINAL_REFUSALS = ['signed-out', 'forbidden', 'seat-taken-over', 'protocol-differs', 'display-elsewhere']

export interface Socket {
  /** Lost, and false, when there is no line. */
  say(frame: ClientFrame): boolean
  retryNow(): void
  close(): void
  clock: Clock
}

/** The delay before try number `tries` (0 is the first): full jitter, doubling up to a cap. */
export function delay(tries: number, patient: boolean, random: () => number, pace = PACE): number {
  const [first, cap] = patient ? [pace.first * 5, pace.cap * 3] : [pace.first, pace.cap]
  return random() * Math.min(cap, first * 2 ** tries)
}

export function connect<View>(options: Options, handlers: Handlers<View>): Socket {
  const random = options.random ?? Math.random
  const pace = options.pace ?? (options.patient ? PATIENT : PACE)
  const time = clock(undefined, () => setTimeout(retryNow))
  let socket: WebSocket | undefined
  let view: unknown
  let feed = ''
  let n = 0
  let tries = 0
  /** By the steady clock, like every time here: the wall clock may be set meanwhile. */
  let heard = 0
  let asked = 0
  let looked = 0
  let ended = false
  /** When the hello was said that the server's hello answers. */
  let said: number | undefined
  /** Time of the ping that follows the hello; its answer ends the greeting. */
  let greeting: number | undefined
  /** Greetings in a row that took too long. A view that is large for its line gets twice the time with each. */
  let slow = 0
  let asking: ReturnType<typeof setTimeout> | undefined
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

  function ping(): number {
    asked = time.own()
    const t = Math.max(1, Math.floor(asked))
    say({ kind: 'ping', t })
    return t
  }

  /** Asks a few more times, until the server's time is known well. */
  function settle(at = 0) {
    clearTimeout(asking)
    const rest = pace.settle[at]
    if (rest === undefined) return
    asking = setTimeout(() => {
      if (time.uncertainty() > SURE) ping()
      settle(at + 1)
    }, rest)
  }

  function take(frame: ServerFrame) {
    switch (frame.kind) {
      case 'hello':
        if (frame.protocol !== PROTOCOL) return location.reload()
        if (frame.feed !== feed) n = 0
        feed = frame.feed
        // Before the first view, which may hold a timer.
        if (said !== undefined) time.heard(said, frame.now, time.own())
        said = undefined
        handlers.greeted?.(frame)
        handlers.line('open')
        greeting = ping()
        settle()
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
        // A word and no more.
        if (frame.t === 0) return
        time.heard(frame.t, frame.now, time.own())
        if (greeting !== undefined && frame.t >= greeting) {
          greeting = undefined
          tries = slow = 0
          handlers.ready?.()
        }
        return
      case 'ended':
        return ends(frame.refusal)
      default:
        return handlers.frame?.(frame)
    }
  }

  /** Told that it is over before the close code comes, or without one where the line is cut in between. A server that
   * restarts is none of that. */
  function ends(refusal: Refusal) {
    if (!FINAL_REFUSALS.includes(refusal.code)) return
    stop('ended')
    handlers.ended?.(refusal)
  }

  function open() {
    clearTimeout(timer)
    drop()
    handlers.line('connecting')
    const mine = (options.open ?? ((url) => new WebSocket(url)))(options.url)
    socket = mine
    heard = time.own()
    said = greeting = undefined
    // A connection that takes too long is given up like a dead one.
    timer = setTimeout(() => mine === socket && mine.readyState !== 1 && again(), pace.connect)
    mine.onopen = () => {
      if (mine !== socket) return
      heard = said = time.own()
      hello(true)
    }
    mine.onmessage = (event) => {
      if (mine !== socket) return
      heard = time.own()
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
    clearTimeout(asking)
    if (!old) return
    old.onopen = old.onmessage = old.onclose = null
    old.close()
  }

  function again() {
    if (ended) return
    drop()
    handlers.line('waiting')
    clearTimeout(timer)
    timer = setTimeout(open, delay(tries++, options.patient, random, pace))
  }

  function stop(line: Line) {
    ended = true
    drop()
    clearTimeout(timer)
    clearInterval(beat)
    listening()
    handlers.line(line)
  }

  function retryNow() {
    if (ended) return
    // After sleep a socket may look open and be dead: ask, and give up soon if nothing comes.
    if (socket?.readyState === 1 && time.own() - heard < pace.dead) {
      const asked = time.own()
      ping()
      settle()
      setTimeout(() => socket?.readyState === 1 && heard < asked && open(), pace.wake)
    } else {
      tries = 0
      open()
    }
  }

  /** Looks whether the line lives, and asks: for the time where that is due, else only for a word. */
  function look() {
    const now = time.own()
    // A page that could not look, asleep or held up, has heard nothing either: it asks before it judges.
    const late = now - looked > 2 * pace.beat + 1_000
    looked = now
    if (socket?.readyState !== 1) return
    if (late) heard = now
    const greets = greeting !== undefined
    const silent = now - heard >= (greets ? pace.greet * 2 ** Math.min(slow, SLOW_MAX) : pace.dead)
    if (silent && greets) slow += 1
    if (silent) again()
    else if (now - asked >= pace.ping - pace.beat / 2) ping()
    else say({ kind: 'ping', t: 0 })
  }

  looked = time.own()
  beat = setInterval(look, pace.beat)
  const listening = listen(retryNow)
  open()

  return {
    say,
    retryNow,
    close: () => stop('ended'),
    clock: time,
  }
}

/** Calls when the page wakes up or the network is back; returns how to stop. */
function listen(wake: () => void): () => void {
  if (typeof window === 'undefined') return () => {}
  const shown = (event: PageTransitionEvent) => event.persisted && wake()
  const visible = () => document.visibilityState === 'visible' && wake()
  window.addEventListener('online', wake)
  window.addEventListener('pageshow', shown)
  document.addEventListener('visibilitychange', visible)
  return () => {
    window.removeEventListener('online', wake)
    window.removeEventListener('pageshow', shown)
    document.removeEventListener('visibilitychange', visible)
  }
}

/** The socket's address of this page's server. */
export function socketUrl(path: string): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`
}

/** 128 random bits as 32 hex digits. */
export const commandId = () => randomHex(16)

/** So many random bytes as hex digits; works without a secure context. */
export function randomHex(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
