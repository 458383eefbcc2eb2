import { expect, test } from 'vitest'
import { clock } from './clock'

/** The n-th of a seed's numbers in [0, 1). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const START = 1_790_000_000_000
/** Milliseconds after the hello: the hello itself, its ping, four more, then the heartbeat. */
const ASKS = [0, 40, 340, 940, 1_840, 3_040]
const BEAT = 8_000

/** A device of the hall: its clocks, its line, and the truth beside them. */
class Hall {
  /** Milliseconds since the start, as they really pass. */
  true = 0
  asleep = 0
  set = 0
  doubts = 0
  serverSet = 0
  #events: { at: number; act: () => void }[] = []
  readonly clock

  constructor(
    readonly skew: number,
    readonly rate: number,
    /** Draws how long a frame takes to the server, and back. */
    readonly ways: { up: () => number; down: () => number },
  ) {
    this.clock = clock({ steady: () => this.steady(), wall: () => this.wall() }, () => {
      this.doubts += 1
      this.at(this.true, () => this.ask())
    })
  }

  steady() {
    return 70_000 + (this.true - this.asleep) * (1 + this.rate)
  }
  wall() {
    return Math.floor(START + this.skew + this.set + this.true * (1 + this.rate))
  }
  server() {
    return START + this.serverSet + this.true
  }
  off() {
    return this.clock.now() - this.server()
  }

  at(when: number, act: () => void) {
    this.#events.push({ at: when, act })
  }
  ask() {
    const sent = Math.floor(this.clock.own())
    let said = 0
    const there = this.true + this.ways.up()
    this.at(there, () => (said = Math.floor(this.server())))
    this.at(there + this.ways.down(), () => this.clock.heard(sent, said, this.clock.own()))
  }
  /** As `net/socket` does. */
  connect(until: number) {
    const from = this.true
    for (const at of ASKS) this.at(from + at, () => this.clock.uncertainty() > 10 && this.ask())
    for (let at = from + BEAT; at < until; at += BEAT) this.at(at, () => this.ask())
  }
  /** Lets time pass until then, and looks every 50 ms or so. */
  run(until: number, look: () => void = () => {}) {
    while (this.true < until) {
      this.#events.sort((a, b) => a.at - b.at)
      const next = this.#events[0]
      const step = Math.min(until, this.true + 50)
      if (next && next.at <= step) {
        this.#events.shift()
        this.true = Math.max(this.true, next.at)
        next.act()
      } else {
        this.true = step
        look()
      }
    }
  }
}

const between = (low: number, high: number, draw: () => number) => () => low + (high - low) * draw()
/** Up and down alike, 5 to 80 ms there and back. */
const jittery = (seed: number) => {
  const draw = random(seed)
  return { up: between(2.5, 40, draw), down: between(2.5, 40, draw) }
}
const SKEWS = [-300_000, 0, 300_000]
const RATES = [-0.003, -0.0003, 0, 0.0003, 0.003]

/** Runs until then; what was seen since `settled`: how far `now` was off, further than it said, and back behind itself. */
function seen(hall: Hall, settled: number, until: number) {
  let [off, beyond, back, before] = [0, 0, 0, -Infinity]
  hall.run(until, () => {
    if (hall.true < settled) return
    const now = hall.clock.now()
    const mine = Math.abs(now - hall.server())
    off = Math.max(off, mine)
    beyond = Math.max(beyond, mine - hall.clock.uncertainty())
    back = Math.max(back, before - now)
    before = now
  })
  return { off, beyond, back }
}

function expectRight({ off, beyond, back }: ReturnType<typeof seen>, within: number) {
  expect(off).toBeLessThanOrEqual(within)
  expect(beyond).toBeLessThanOrEqual(1)
  expect(back).toBeLessThanOrEqual(0)
}

test('within 50 ms after five answers, 25 ms after a minute, never backwards: skewed, drifting, on a jittery line', () => {
  for (const skew of SKEWS)
    for (const rate of RATES)
      for (let seed = 1; seed <= 20; seed += 1) {
        const hall = new Hall(skew, rate, jittery(seed))
        hall.connect(240_000)
        expectRight(seen(hall, 3_200, 60_000), 50)
        expectRight(seen(hall, 60_000, 240_000), 25)
        expect(hall.doubts).toBe(0)
      }
})

test('the first answer is believed at once, half its round trip at most beside the truth', () => {
  const hall = new Hall(300_000, 0, { up: () => 10, down: () => 30 })
  expect(hall.off()).toBeCloseTo(300_000, -1)
  expect(hall.clock.uncertainty()).toBe(Infinity)
  hall.ask()
  hall.run(50)
  expect(Math.abs(hall.off())).toBeLessThanOrEqual(20)
  expect(hall.clock.trip()).toBeGreaterThanOrEqual(40)
  expect(hall.clock.trip()).toBeLessThan(41)
  expect(hall.clock.offset()).toBeCloseTo(-300_000, -2)
})

test('a line that is slower one way costs half the difference, and says so', () => {
  for (const [up, down] of [
    [60, 5],
    [5, 60],
  ] as const) {
    const draw = random(up)
    const hall = new Hall(0, 0, { up: between(up, up + 20, draw), down: between(down, down + 20, draw) })
    hall.connect(120_000)
    const { off, beyond } = seen(hall, 60_000, 120_000)
    expect(off).toBeGreaterThan(20)
    expect(off).toBeLessThanOrEqual((60 - 5) / 2 + 10)
    expect(beyond).toBeLessThanOrEqual(1)
  }
})

test('a slow answer spoils nothing that quick ones have shown', () => {
  let slow = false
  const hall = new Hall(0, 0.0003, { up: () => (slow ? 4_000 : 5), down: () => 5 })
  hall.connect(120_000)
  hall.run(60_000)
  slow = true
  expectRight(seen(hall, 60_000, 120_000), 25)
})

test("the device's clock is set by five minutes, either way: nothing is seen of it", () => {
  for (const by of [-300_000, 300_000])
    for (let seed = 1; seed <= 20; seed += 1) {
      const hall = new Hall(0, 0.003, jittery(seed))
      hall.connect(120_000)
      hall.run(61_000)
      hall.set = by
      expectRight(seen(hall, 61_000, 120_000), 50)
      expect(hall.doubts).toBe(1)
    }
})

test('the device sleeps and its steady clock with it: right again with the first answer', () => {
  const hall = new Hall(-300_000, 0.0003, jittery(1))
  hall.connect(400_000)
  hall.run(61_000)
  // The answer to this one lies in the device's buffers until it wakes: it says nothing about now.
  hall.ask()
  hall.true += 200_000
  hall.asleep = 200_000
  hall.run(261_080)
  expect(hall.doubts).toBe(1)
  expectRight(seen(hall, 261_081, 400_000), 50)
})

test('the device sleeps and wakes without a line: the wall clock is believed after a moment', () => {
  const hall = new Hall(300_000, 0, { up: () => 5, down: () => 5 })
  hall.connect(60_000)
  hall.run(61_000)
  hall.true += 200_000
  hall.asleep = 200_000
  hall.clock.now()
  // Nobody answers any more.
  hall.ways.up = () => Infinity
  hall.run(261_400)
  expectRight(seen(hall, 261_400, 300_000), 50)
  expect(hall.clock.uncertainty()).toBeGreaterThan(100_000)
})

test("the server's clock is set: the next answer is followed", () => {
  for (const by of [-120_000, 120_000]) {
    const hall = new Hall(0, 0, jittery(3))
    hall.connect(120_000)
    hall.run(60_500)
    hall.serverSet = by
    hall.run(64_200)
    expectRight(seen(hall, 64_200, 120_000), 50)
  }
})

test('a correction backwards that is small stands still instead; a large one is made', () => {
  const device = { steady: () => at, wall: () => START + at }
  let at = 1_000
  const mine = clock(device)
  mine.heard(900, START + 1_000, 1_000)
  const before = mine.now()
  mine.heard(999, START + 949, 1_000)
  expect(mine.now()).toBe(before)
  at += 111
  expect(mine.now()).toBeGreaterThan(before)
  expect(mine.now()).toBeLessThan(before + 15)
  mine.heard(at, START, at)
  expect(mine.now()).toBeLessThan(START + 1)
})
