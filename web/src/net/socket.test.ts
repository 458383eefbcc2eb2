import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PROTOCOL } from '../wire/types'
import { PACE, connect, delay, type Line } from './socket'

/** A line as a browser would have it, in the test's hands. */
class FakeSocket {
  static all: FakeSocket[] = []
  readyState = 0
  sent: { kind: string; t?: number }[] = []
  /** What it answers by itself: the beats alone, or every question. */
  alive: false | 'beats' | 'all' = false
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  constructor() {
    FakeSocket.all.push(this)
  }
  send(text: string) {
    const frame = JSON.parse(text) as { kind: string; t?: number }
    this.sent.push(frame)
    if (frame.kind === 'ping' && (this.alive === 'all' || (this.alive && frame.t === 0)))
      this.says({ kind: 'pong', t: frame.t, now: Date.now() })
  }
  close() {
    this.readyState = 3
  }
  opens() {
    this.readyState = 1
    this.onopen?.()
    this.says({ kind: 'hello', protocol: PROTOCOL, feed: 'f', now: Date.now() })
  }
  says(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
  /** Answers the newest ping. */
  pongs() {
    const ping = this.sent.filter((frame) => frame.kind === 'ping' && frame.t !== 0).at(-1)
    this.says({ kind: 'pong', t: ping?.t, now: Date.now() })
  }
  closes(code: number) {
    this.readyState = 3
    this.onclose?.({ code })
  }
}

const newest = () => FakeSocket.all.at(-1)!
let lines: Line[] = []
let ended: string[] = []
let ready = 0
const start = (random = () => 0.5, patient = false) =>
  connect(
    { url: 'ws://x', patient, random, open: () => new FakeSocket() as unknown as WebSocket },
    {
      view: () => {},
      line: (line) => lines.push(line),
      ended: (refusal) => ended.push(refusal.code),
      ready: () => (ready += 1),
    },
  )

beforeEach(() => {
  vi.useFakeTimers({ now: 1_790_000_000_000 })
  // A page has been there for a moment before it connects.
  vi.advanceTimersByTime(10)
  FakeSocket.all = []
  lines = []
  ended = []
  ready = 0
})
afterEach(() => vi.useRealTimers())

test('a half-open line is found within 6 s by judges and hosts, within 25 s by spectators, whenever it dies', () => {
  for (const [patient, most] of [
    [false, 6_000],
    [true, 25_000],
  ] as const) {
    for (let at = 0; at < 8_000; at += 500) {
      FakeSocket.all = []
      lines = []
      const socket = start(() => 0.5, patient)
      newest().alive = 'all'
      newest().opens()
      vi.advanceTimersByTime(8_000 + at)
      expect(lines.at(-1)).toBe('open')
      newest().alive = false
      const dead = Date.now()
      while (lines.at(-1) === 'open') vi.advanceTimersByTime(100)
      expect(Date.now() - dead).toBeLessThanOrEqual(most)
      socket.close()
    }
  }
})

test('no false alarm: a slow line, a long greeting, a page that was held up', () => {
  const socket = start()
  const line = newest()
  line.opens()
  // The whole view takes ten seconds.
  vi.advanceTimersByTime(10_000)
  expect(lines.at(-1)).toBe('open')
  line.pongs()
  // Every answer takes two and a half seconds, for a minute.
  const say = line.send.bind(line)
  line.send = (text: string) => {
    say(text)
    const { kind, t } = JSON.parse(text) as { kind: string; t?: number }
    if (kind === 'ping') setTimeout(() => line.says({ kind: 'pong', t, now: Date.now() }), 2_500)
  }
  vi.advanceTimersByTime(60_000)
  expect([lines.at(-1), FakeSocket.all.length]).toEqual(['open', 1])
  // Nothing ran for a minute: what has come meanwhile is not heard yet.
  vi.setSystemTime(Date.now() + 60_000)
  vi.advanceTimersByTime(1_600)
  expect([lines.at(-1), FakeSocket.all.length]).toEqual(['open', 1])
  socket.close()
})

test('a view that is large for its line gets more time with each try, and the next line the usual one', () => {
  const socket = start(() => 0)
  const waits = [16_000, 32_000, 64_000]
  for (const wait of waits) {
    newest().opens()
    const tries = FakeSocket.all.length
    vi.advanceTimersByTime(wait - 1_600)
    expect(FakeSocket.all.length).toBe(tries)
    vi.advanceTimersByTime(3_300)
    expect(FakeSocket.all.length).toBe(tries + 1)
  }
  newest().opens()
  vi.advanceTimersByTime(60_000)
  newest().pongs()
  expect(lines.at(-1)).toBe('open')
  socket.close()
})

test('beats are few: no more than ten in ten seconds, and the time is asked for no more often than before', () => {
  const socket = start()
  newest().alive = 'all'
  newest().opens()
  vi.advanceTimersByTime(20_000)
  newest().sent = []
  vi.advanceTimersByTime(40_000)
  const asked = newest().sent.filter((frame) => frame.t !== 0).length
  expect(newest().sent.length).toBeLessThanOrEqual(40)
  expect(asked).toBeGreaterThanOrEqual(4)
  expect(asked).toBeLessThanOrEqual(6)
  socket.close()
})

test('a connection that does not come is given up after 5 s, and the next try is not far', () => {
  const socket = start(() => 0.999)
  vi.advanceTimersByTime(4_900)
  expect(lines).toEqual(['connecting'])
  vi.advanceTimersByTime(200)
  expect(lines.at(-1)).toBe('waiting')
  vi.advanceTimersByTime(1_000)
  expect(FakeSocket.all.length).toBe(2)
  socket.close()
})

test('an ended session is not knocked at again, by close code or by word', () => {
  for (const code of [4401, 4403, 4409]) {
    const socket = start()
    newest().opens()
    const count = FakeSocket.all.length
    newest().closes(code)
    vi.advanceTimersByTime(60_000)
    socket.retryNow()
    expect([FakeSocket.all.length, lines.at(-1)]).toEqual([count, 'ended'])
  }
  start()
  newest().opens()
  newest().says({ kind: 'ended', refusal: { code: 'seat-taken-over' } })
  const count = FakeSocket.all.length
  vi.advanceTimersByTime(60_000)
  expect([ended, FakeSocket.all.length]).toEqual([['seat-taken-over'], count])
})

test('a server that restarts ends nothing: the page comes back', () => {
  const socket = start()
  newest().opens()
  newest().says({ kind: 'ended', refusal: { code: 'restarting' } })
  newest().closes(1012)
  vi.advanceTimersByTime(5_000)
  expect([ended, FakeSocket.all.length]).toEqual([[], 2])
  socket.close()
})

test('after waking up a line that does not answer is replaced at once', () => {
  const socket = start()
  newest().opens()
  newest().pongs()
  vi.advanceTimersByTime(1_000)
  socket.retryNow()
  vi.advanceTimersByTime(PACE.wake + 10)
  expect(FakeSocket.all.length).toBe(2)
  socket.close()
})

test('what is sent waits for the greeting to be complete, once a line', () => {
  const socket = start()
  newest().opens()
  expect(ready).toBe(0)
  newest().pongs()
  newest().pongs()
  expect(ready).toBe(1)
  socket.close()
})

/** Questions for the time. */
const pings = () => newest().sent.filter((frame) => frame.kind === 'ping' && frame.t !== 0).length

test("the server's time is known before the first view", () => {
  const seen: number[] = []
  const socket = connect(
    { url: 'ws://x', patient: true, open: () => new FakeSocket() as unknown as WebSocket },
    { view: () => seen.push(socket.clock.now() - Date.now()), line: () => {} },
  )
  newest().readyState = 1
  newest().onopen?.()
  newest().says({ kind: 'hello', protocol: PROTOCOL, feed: 'f', now: Date.now() + 300_000 })
  newest().says({ kind: 'snapshot', n: 1, view: {} })
  expect(seen).toHaveLength(1)
  expect(Math.abs(seen[0]! - 300_000)).toBeLessThanOrEqual(2)
  socket.close()
})

test('a fresh line is asked for the time again and again until it is known well', () => {
  const quick = start()
  newest().alive = 'beats'
  newest().opens()
  newest().pongs()
  vi.advanceTimersByTime(4_000)
  expect(pings()).toBe(2)
  quick.close()
  const slow = start()
  newest().alive = 'beats'
  newest().readyState = 1
  newest().onopen?.()
  vi.advanceTimersByTime(100)
  newest().says({ kind: 'hello', protocol: PROTOCOL, feed: 'f', now: Date.now() })
  for (let at = 0; at < 40; at += 1) {
    const asked = pings()
    vi.advanceTimersByTime(100)
    if (pings() === asked && asked > 0) newest().pongs()
  }
  expect(pings()).toBe(5)
  slow.close()
})

test('a clock that was set or slept asks the server at once, and replaces a line that does not answer', () => {
  const socket = start()
  newest().alive = 'beats'
  newest().opens()
  newest().pongs()
  vi.advanceTimersByTime(5_000)
  newest().alive = false
  const asked = pings()
  vi.setSystemTime(Date.now() + 300_000)
  socket.clock.now()
  vi.advanceTimersByTime(1)
  expect(pings()).toBe(asked + 1)
  vi.advanceTimersByTime(PACE.wake + 10)
  expect(FakeSocket.all.length).toBe(2)
  socket.close()
})

test('full jitter: any delay from nothing to a doubling bound; spectators are more patient', () => {
  const bound = (tries: number, patient: boolean) => delay(tries, patient, () => 1)
  expect([0, 1, 2, 3, 9].map((tries) => bound(tries, false))).toEqual([1_000, 2_000, 4_000, 5_000, 5_000])
  expect([0, 1, 2, 9].map((tries) => bound(tries, true))).toEqual([5_000, 10_000, 15_000, 15_000])
  expect(delay(3, false, () => 0)).toBe(0)
})

test('a console hears its own number, and what is no frame of the line itself is left to the page', () => {
  const numbers: unknown[] = []
  const told: string[] = []
  const socket = connect(
    { url: 'ws://x', patient: false, open: () => new FakeSocket() as unknown as WebSocket },
    {
      view: () => {},
      line: () => {},
      greeted: ({ console }) => numbers.push(console),
      frame: (frame) => told.push(frame.kind),
    },
  )
  newest().readyState = 1
  newest().says({ kind: 'hello', protocol: PROTOCOL, feed: 'f', now: Date.now(), console: 7 })
  expect(numbers).toEqual([7])
  for (const kind of ['receipt', 'refused', 'draft', 'draft-kept', 'display', 'bad-frame']) newest().says({ kind })
  expect(told).toEqual(['receipt', 'refused', 'draft', 'draft-kept', 'display', 'bad-frame'])
  expect(numbers).toHaveLength(1)
  socket.close()
})
