// What a device's own check means: each try becomes a level and a reason, all of them one verdict. Pure.
import type { CheckName, CheckResult, LevelName, Measures } from '../wire/types'

/** In the order in which they are shown. */
export const TESTS = [
  'server',
  'socket',
  'clock',
  'keep',
  'browser',
  'screen',
  'touch',
  'awake',
  'battery',
  'secure',
] as const satisfies readonly CheckName[]

/** Every reason there is; pages have a sentence for each. */
export const REASONS: Record<CheckName, readonly string[]> = {
  server: ['ok', 'portal', 'unreachable'],
  socket: ['ok', 'slow', 'crawls', 'spiky', 'lossy', 'blocked', 'silent', 'no-server', 'no-contest'],
  clock: ['ok', 'off', 'unknown'],
  keep: ['ok', 'slow', 'refused', 'forgot'],
  browser: ['ok', 'dated', 'too-old'],
  screen: ['ok', 'small'],
  touch: ['ok', 'none'],
  awake: ['lock', 'film', 'nothing'],
  battery: ['ok', 'charging', 'low', 'empty', 'unknown'],
  secure: ['secure', 'plain'],
}

/** Where amber and red begin. */
export const LIMITS = {
  /** Median of the pings, milliseconds. */
  slow: 200,
  crawls: 1_000,
  /** The worst ping. */
  spiky: 2_000,
  /** Lost of ten: from one on amber, from three on red. */
  lost: 1,
  lossy: 3,
  /** The device's clock against the server's, milliseconds. */
  clock: 60_000,
  /** Keeping something on the device, milliseconds. */
  keep: 3_000,
  /** The window's shorter side, CSS pixels: below, it is a phone. */
  side: 600,
  /** Percent, on battery. */
  low: 30,
  empty: 15,
} as const

/** How the pings went; nothing for one that was lost. */
export type Trips = (number | undefined)[]

export interface Tried {
  server: 'ok' | 'portal' | 'unreachable'
  socket: { opened: boolean; trips: Trips; offset?: number } | 'no-contest' | 'no-server'
  keep: { kept: boolean; back: boolean; ms: number }
  /** What the pages need and the browser lacks. */
  browser: { must: string[]; nice: string[] }
  screen: { width: number; height: number }
  /** Fingers that the screen tells apart. */
  touch: number
  awake: 'lock' | 'film' | 'nothing'
  battery: { percent: number; charging: boolean } | undefined
  secure: boolean
}

const result = (test: CheckName, level: LevelName, reason: string): CheckResult => ({ test, level, reason })

/** Median and worst of the answers, and how many were lost. */
export function spread(trips: Trips): { median: number; worst: number; lost: number } | undefined {
  const heard = trips.filter((trip) => trip !== undefined).sort((a, b) => a - b)
  if (heard.length === 0) return undefined
  const middle = heard.length >> 1
  const median = heard.length % 2 ? heard[middle]! : (heard[middle - 1]! + heard[middle]!) / 2
  return { median: Math.round(median), worst: Math.round(heard.at(-1)!), lost: trips.length - heard.length }
}

/** What one try comes to; the socket's says something of the clock as well. */
export function judge<Name extends keyof Tried>(test: Name, tried: Tried[Name]): CheckResult[] {
  return [JUDGES[test](tried)].flat()
}

const JUDGES: { [Name in keyof Tried]: (tried: Tried[Name]) => CheckResult | CheckResult[] } = {
  server: (state) => result('server', state === 'ok' ? 'green' : 'red', state),
  socket: (tried) => {
    if (tried === 'no-contest') return [result('socket', 'amber', tried), result('clock', 'info', 'unknown')]
    if (tried === 'no-server') return [result('socket', 'red', tried), result('clock', 'info', 'unknown')]
    return [socket(tried), time(tried.offset)]
  },
  keep: ({ kept, back, ms }) => {
    if (!kept) return result('keep', 'red', 'refused')
    if (!back) return result('keep', 'red', 'forgot')
    return ms > LIMITS.keep ? result('keep', 'amber', 'slow') : result('keep', 'green', 'ok')
  },
  browser: ({ must, nice }) => {
    if (must.length > 0) return result('browser', 'red', 'too-old')
    return nice.length > 0 ? result('browser', 'amber', 'dated') : result('browser', 'green', 'ok')
  },
  screen: ({ width, height }) =>
    Math.min(width, height) < LIMITS.side ? result('screen', 'amber', 'small') : result('screen', 'green', 'ok'),
  touch: (fingers) => (fingers > 0 ? result('touch', 'green', 'ok') : result('touch', 'info', 'none')),
  awake: (how) => result('awake', how === 'nothing' ? 'amber' : 'green', how),
  battery: (battery) => {
    if (!battery) return result('battery', 'info', 'unknown')
    const { percent, charging } = battery
    if (charging) return result('battery', 'green', 'charging')
    if (percent < LIMITS.empty) return result('battery', 'red', 'empty')
    return percent < LIMITS.low ? result('battery', 'amber', 'low') : result('battery', 'green', 'ok')
  },
  secure: (secure) => (secure ? result('secure', 'green', 'secure') : result('secure', 'info', 'plain')),
}

function socket({ opened, trips }: { opened: boolean; trips: Trips }): CheckResult {
  if (!opened) return result('socket', 'red', 'blocked')
  const went = spread(trips)
  if (!went) return result('socket', 'red', 'silent')
  if (went.lost >= LIMITS.lossy) return result('socket', 'red', 'lossy')
  if (went.median > LIMITS.crawls) return result('socket', 'red', 'crawls')
  if (went.lost >= LIMITS.lost) return result('socket', 'amber', 'lossy')
  if (went.median > LIMITS.slow) return result('socket', 'amber', 'slow')
  if (went.worst > LIMITS.spiky) return result('socket', 'amber', 'spiky')
  return result('socket', 'green', 'ok')
}

function time(offset: number | undefined): CheckResult {
  if (offset === undefined) return result('clock', 'info', 'unknown')
  return Math.abs(offset) > LIMITS.clock ? result('clock', 'amber', 'off') : result('clock', 'green', 'ok')
}

const RANK: Record<LevelName, number> = { info: 0, green: 1, amber: 2, red: 3 }

/** Worse comes first. */
export function worseFirst(a: LevelName, b: LevelName): number {
  return RANK[b] - RANK[a]
}

export type Verdict = Exclude<LevelName, 'info'>

/** The device's verdict, and the results that make it so. */
export function verdict(results: CheckResult[]): { level: Verdict; because: CheckResult[] } {
  const worst = results.map((one) => one.level).sort(worseFirst)[0]
  if (worst !== 'amber' && worst !== 'red') return { level: 'green', because: [] }
  return { level: worst, because: results.filter((one) => one.level === worst) }
}

/** The figures of a check, within what the server takes. */
export function measures(tried: Partial<Tried>): Measures {
  const whole = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value)))
  const told: Measures = {}
  if (typeof tried.socket === 'object') {
    const went = spread(tried.socket.trips)
    if (went) {
      told.rtt_ms = whole(went.median, 0xffff_ffff)
      told.worst_ms = whole(went.worst, 0xffff_ffff)
      told.lost = whole(went.lost, 255)
    }
    if (tried.socket.offset !== undefined) told.offset_ms = Math.round(tried.socket.offset)
  }
  if (tried.screen) {
    told.width = whole(tried.screen.width, 65_535)
    told.height = whole(tried.screen.height, 65_535)
  }
  if (tried.battery) told.battery = whole(tried.battery.percent, 100)
  return told
}

/** What the sentences of results say in figures. */
export function figures(measured: Measures): Record<string, string | number> {
  const { rtt_ms, worst_ms, lost, offset_ms, width, height, battery } = measured
  return {
    median: rtt_ms ?? '–',
    worst: worst_ms ?? '–',
    lost: lost ?? 0,
    off: offset_ms === undefined ? '–' : Math.round(Math.abs(offset_ms) / 1000),
    width: width ?? '–',
    height: height ?? '–',
    percent: battery ?? '–',
  }
}
