// The server's clock as this device knows it.
//
// Every answer fences the truth in: the server wrote its time down after the question had left and before the answer was
// here, however long either way took. The last answers together leave a narrow gap, and because a device's clock runs a
// little fast or slow, also a narrow range for its rate; the middle of both is what is believed. What no number of answers
// can tell is a line that is always slower in one direction than in the other: half of that difference remains.
//
// Time passes by the steady clock, which nobody sets. On some systems it stands still while the device sleeps, so the wall
// clock is its witness: when the two suddenly disagree, either of them may be wrong, and the server is asked at once.

export interface Clock {
  /** The server's time now, UTC milliseconds. */
  now(): number
  /** This device's steady time, milliseconds since whenever: what `heard` is told in. */
  own(): number
  /** An answer: asked at `sent`, answered with `server`, heard at `heard` (own clock). */
  heard(sent: number, server: number, heard: number): void
  /** How far off `now` can be. */
  uncertainty(): number
  /** Round trip of the last answer, milliseconds. */
  trip(): number
  /** Server's clock minus the device's wall clock, milliseconds. */
  offset(): number
}

/** What a device tells of time. */
export interface Device {
  /** Milliseconds that have passed; may stand still in sleep. */
  steady(): number
  /** UTC milliseconds; may be set. */
  wall(): number
}

const browser: Device = { steady: () => performance.now(), wall: () => Date.now() }

/** Believed of the worst device's rate: half a percent, fifty times what a crystal does. */
const RATE = 0.005
/** Answers kept: two minutes at the heartbeat's pace. */
const KEPT = 16
/** The two clocks of a device may part by this many milliseconds, and by a share of the time that passed. */
const JUMP = 250
const PARTING = 0.01
/** How long the server is given to say which of them is wrong before the wall clock is believed. */
const GRACE = 300
/** A correction backwards up to this long is waited out, so that no second is shown twice. */
const HOLD = 150

interface Answer {
  sent: number
  heard: number
  server: number
}

/** Server's time minus own time: `offset` ± `half` at `at`, changing by `rate` ± `rateHalf`. */
interface Fit {
  at: number
  offset: number
  half: number
  rate: number
  rateHalf: number
}

/** `doubtful` is called when the device has slept or its clock was set: what is known of the time may be wrong. */
export function clock(device: Device = browser, doubtful: () => void = () => {}): Clock {
  let answers: Answer[] = []
  let fit: Fit | undefined
  let last = 0
  /** Wall clock minus steady clock, and when it was looked at. */
  let gap = device.wall() - device.steady()
  let looked = device.steady()
  /** The wall clock has run ahead by so much, or the steady one stood still so long. */
  let doubt: { since: number; by: number } | undefined
  let shown = -Infinity

  function own(): number {
    const steady = device.steady()
    const parted = device.wall() - steady - gap
    gap += parted
    if (Math.abs(parted) > JUMP + PARTING * (steady - looked)) {
      // Set back, the wall clock is the one to blame; run ahead, nobody knows. Answers of before say nothing any more.
      if (parted > 0) {
        doubt = { since: Math.floor(steady), by: parted + (doubt?.by ?? 0) }
        answers = []
      }
      doubtful()
    }
    looked = steady
    return steady
  }

  function heard(sent: number, server: number, heard: number) {
    if (doubt && sent < doubt.since) return
    doubt = undefined
    last = heard - sent
    answers = [...answers.slice(1 - KEPT), { sent, heard, server }]
    // Answers that exclude each other: the server's clock was set, or the rate has changed. The newest are right.
    while (!(fit = fence(answers))) answers.shift()
  }

  function estimate(at: number): number {
    if (!fit) return device.wall()
    const slept = doubt && at - doubt.since > GRACE ? doubt.by : 0
    return at + slept + fit.offset + fit.rate * (at - fit.at)
  }

  function now(): number {
    const now = estimate(own())
    if (now >= shown || shown - now > HOLD) shown = now
    return shown
  }

  return {
    now,
    own,
    heard,
    uncertainty: () => {
      if (!fit) return Infinity
      const at = own()
      const held = now() - estimate(at)
      return fit.half + fit.rateHalf * (at - fit.at) + held + (doubt?.by ?? 0)
    },
    trip: () => last,
    offset: () => estimate(own()) - device.wall(),
  }
}

/** What all these answers agree on, for the time after the newest; nothing when they exclude each other. */
function fence(answers: Answer[]): Fit | undefined {
  // The server tells whole milliseconds, rounded down.
  const low = (one: Answer) => one.server - one.heard
  const high = (one: Answer) => one.server + 1 - one.sent
  let [slow, fast] = [-RATE, RATE]
  for (const [at, later] of answers.entries()) {
    for (const before of answers.slice(0, at)) {
      if (later.sent <= before.heard) continue
      slow = Math.max(slow, (low(later) - high(before)) / (later.heard - before.sent))
      fast = Math.min(fast, (high(later) - low(before)) / (later.sent - before.heard))
    }
  }
  const at = Math.max(...answers.map((one) => one.heard))
  const from = Math.max(...answers.map((one) => low(one) + slow * (at - one.heard)))
  const to = Math.min(...answers.map((one) => high(one) + fast * (at - one.sent)))
  // A single answer is believed whatever it says.
  if (answers.length > 1 && (slow > fast || from > to)) return undefined
  return {
    at,
    offset: (from + to) / 2,
    half: Math.abs(to - from) / 2,
    rate: (slow + fast) / 2,
    rateHalf: (fast - slow) / 2,
  }
}
