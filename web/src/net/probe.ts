// Tries what a judge's page will need of this device: the server, a socket, the keep, a screen that stays on, the battery.
import { decode } from '../wire/decode'
import { PROTOCOL, type ClientFrame } from '../wire/types'
import { clock } from './clock'
import { keeper } from './keep'
import { commandId, socketUrl } from './socket'

const PINGS = 10
/** Milliseconds: to open, for a ping, between two pings, for the keep. */
const PATIENCE = { open: 5_000, ping: 3_000, rest: 60, keep: 10_000 }

const soon = <T>(promise: Promise<T>, ms: number): Promise<T | undefined> =>
  Promise.race([promise, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms))])

/** A network that wants a sign-in answers in the server's place. */
export async function server(): Promise<'ok' | 'portal' | 'unreachable'> {
  try {
    const response = await soon(fetch('/healthz', { cache: 'no-store', redirect: 'manual' }), PATIENCE.open)
    if (!response) return 'unreachable'
    if (!response.ok) return 'portal'
    const said = (await response.json().catch(() => undefined)) as { status?: string } | undefined
    return said?.status === 'ok' ? 'ok' : 'portal'
  } catch {
    return 'unreachable'
  }
}

export interface Heard {
  opened: boolean
  trips: (number | undefined)[]
  offset?: number
}

/** Opens the contest's public socket and pings it, one after another; `each` hears how many are through. */
export async function socket(code: string, each: (n: number, of: number) => void): Promise<Heard> {
  let line: WebSocket
  try {
    line = new WebSocket(socketUrl(`/c/${code}/ws/public`))
  } catch {
    return { opened: false, trips: [] }
  }
  try {
    const opening = new Promise<boolean>((resolve) => {
      line.onopen = () => resolve(true)
      line.onerror = line.onclose = () => resolve(false)
    })
    if (!(await soon(opening, PATIENCE.open))) return { opened: false, trips: [] }
    return await ping(line, each)
  } finally {
    line.onopen = line.onmessage = line.onerror = line.onclose = null
    line.close()
  }
}

async function ping(line: WebSocket, each: (n: number, of: number) => void): Promise<Heard> {
  const time = clock()
  const sent: number[] = []
  let answered = (_at: number) => {}
  const say = (frame: ClientFrame) => line.readyState === 1 && line.send(JSON.stringify(frame))
  let told = false
  line.onmessage = (event) => {
    const frame = typeof event.data === 'string' ? decode(event.data) : undefined
    // A ping is named by its number; an answer that comes too late still tells the time.
    const asked = frame?.kind === 'pong' ? sent[frame.t] : undefined
    if (frame?.kind !== 'pong' || asked === undefined) return
    const at = time.own()
    told = true
    time.heard(asked, frame.now, at)
    if (frame.t === sent.length - 1) answered(at)
  }
  say({ kind: 'hello', protocol: PROTOCOL })
  const trips: Heard['trips'] = []
  for (let n = 0; n < PINGS; n += 1) {
    const answer = new Promise<number>((resolve) => (answered = resolve))
    const began = time.own()
    sent.push(began)
    say({ kind: 'ping', t: n })
    const at = await soon(answer, PATIENCE.ping)
    trips.push(at === undefined ? undefined : at - began)
    each(n + 1, PINGS)
    if (n >= 2 && trips.every((trip) => trip === undefined)) break
    await new Promise((resolve) => setTimeout(resolve, PATIENCE.rest))
  }
  return { opened: true, trips, ...(told ? { offset: time.offset() } : {}) }
}

/** Keeps a word on this device as marks are kept, and looks whether it is there. */
export async function keep(): Promise<{ kept: boolean; back: boolean; ms: number }> {
  const began = performance.now()
  const word = commandId()
  const trying = async () => {
    const kept = await keeper<string>('check')
    await kept.write(word)
    return (await kept.read()) === word
  }
  const back = await soon(trying(), PATIENCE.keep).catch(() => undefined)
  return { kept: back !== undefined, back: back === true, ms: performance.now() - began }
}

/** What can keep the screen on here: the lock of secure pages, else a silent film that plays. */
export async function awake(film: string): Promise<'lock' | 'film' | 'nothing'> {
  if ('wakeLock' in navigator) {
    const lock = await navigator.wakeLock.request('screen').catch(() => undefined)
    void lock?.release()
    if (lock) return 'lock'
  }
  const video = document.createElement('video')
  video.muted = video.playsInline = true
  video.setAttribute('aria-hidden', 'true')
  video.className = 'film'
  video.src = film
  document.body.append(video)
  const plays = await soon(
    video.play().then(
      () => true,
      () => false,
    ),
    PATIENCE.open,
  )
  video.remove()
  return plays ? 'film' : 'nothing'
}

interface Battery {
  level: number
  charging: boolean
}

/** Where the browser tells. */
export async function battery(): Promise<{ percent: number; charging: boolean } | undefined> {
  const told = navigator as Navigator & { getBattery?: () => Promise<Battery> }
  const found = await soon(told.getBattery?.() ?? Promise.resolve(undefined), 1_000).catch(() => undefined)
  return found && { percent: Math.round(found.level * 100), charging: found.charging }
}
