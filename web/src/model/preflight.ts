// The pre-flight: what the console sees of every device and what the server says of itself, as rows with a level and its
// reasons. Pure: sentences are named by their keys, the time is handed in.
import type { CheckLine, HostView, LevelName, Preflight, SeatPresence } from '../wire/types'
import { REASONS, figures, worseFirst, type Verdict } from './check'
import { minutes } from './time'

/** Where amber and red begin. */
export const LIMITS = {
  /** Round trip, milliseconds. */
  trip: { amber: 500, red: 2_000 },
  /** A device's clock, the console's, and most devices together against the server's, milliseconds. */
  clock: 60_000,
  /** Percent; a device on its cable is at most amber. */
  battery: { amber: 30, red: 15 },
  /** Something unsent for longer than this, milliseconds. */
  unsent: 60_000,
  /** A device that has not told how it is for longer than this, milliseconds. */
  silence: 30_000,
  /** Room on the server's disk, bytes. */
  room: { amber: 2 ** 30, red: 200 * 2 ** 20 },
  /** How long a record takes to reach the disk, microseconds. */
  sync: { amber: 100_000, red: 1_000_000 },
} as const

export const GROUPS = ['contest', 'server', 'judges', 'displays', 'checks'] as const
export type Group = (typeof GROUPS)[number]

/** A sentence by its key. */
export interface Say {
  key: string
  values: Record<string, string | number>
}

export interface Reason extends Say {
  level: 'amber' | 'red'
  /** Key of what it is about, where the sentence does not say. */
  about?: string
  /** Key of what to do about it. */
  advice: string
}

export interface Row {
  group: Group
  id: string
  /** A name as it stands, or a sentence. */
  who: string | Say
  facts: Say[]
  reasons: Reason[]
  level: LevelName
}

export interface Seen {
  view: HostView
  /** The server's answer, once it is there. */
  answer?: Preflight | undefined
  /** The server's time. */
  now: number
  /** Judge → since when something has been unsent (`model/unsent`). */
  unsent: Record<string, number>
  /** Server's clock minus the console's, milliseconds. */
  offset: number
}

const say = (key: string, values: Say['values'] = {}): Say => ({ key, values })
const why = (level: Reason['level'], code: string, values: Say['values'] = {}): Reason => ({
  level,
  key: `why.${code}`,
  advice: `do.${code}`,
  values,
})

function row(
  group: Group,
  id: string,
  who: Row['who'],
  facts: Say[],
  reasons: Reason[],
  calm: LevelName = 'green',
): Row {
  const level = reasons.map((one) => one.level as LevelName).sort(worseFirst)[0] ?? calm
  return { group, id, who, facts, reasons: [...reasons].sort((a, b) => worseFirst(a.level, b.level)), level }
}

/** All rows, each group's worst first. */
export function rows(seen: Seen): Row[] {
  const all = [contest, server, judges, displays, checks].map((group) => group(seen))
  return all.flatMap((group) => group.sort((a, b) => worseFirst(a.level, b.level)))
}

/** One glance: the worst level, and how much of it there is. */
export function verdict(all: Row[]): { level: Verdict; red: number; amber: number } {
  const count = (level: LevelName) => all.filter((one) => one.level === level).length
  const [red, amber] = [count('red'), count('amber')]
  return { level: red > 0 ? 'red' : amber > 0 ? 'amber' : 'green', red, amber }
}

function contest({ answer }: Seen): Row[] {
  const found = answer?.findings ?? []
  const calm = found.filter((one) => one.level === 'green' || one.level === 'info')
  const values = (params: (typeof found)[number]['params']) => (params ?? {}) as Say['values']
  const facts = calm.map((one) => say(`fact.${one.code}`, values(one.params)))
  const rows = found
    .filter((one) => one.level === 'amber' || one.level === 'red')
    .map((one, at) =>
      row('contest', `${one.code} ${at}`, '', [], [why(one.level as 'red', one.code, values(one.params))]),
    )
  return answer ? [...rows, row('contest', 'sound', say('fact.sound'), facts, [])] : []
}

function server(seen: Seen): Row[] {
  if (!seen.answer) return []
  return [disk(seen.answer), clock(seen, seen.answer), address(seen.answer)]
}

function disk({ disk: { free_bytes, sync_us } }: Preflight): Row {
  const [facts, reasons]: [Say[], Reason[]] = [[], []]
  if (free_bytes !== undefined) {
    const gb = (free_bytes / 2 ** 30).toFixed(1)
    facts.push(say('fact.room', { gb }))
    if (free_bytes < LIMITS.room.red) reasons.push(why('red', 'room-none', { gb }))
    else if (free_bytes < LIMITS.room.amber) reasons.push(why('amber', 'room-low', { gb }))
  }
  if (sync_us === undefined) reasons.push(why('red', 'disk-silent'))
  else {
    const ms = sync_us < 10_000 ? (sync_us / 1_000).toFixed(1) : Math.round(sync_us / 1_000)
    facts.push(say('fact.sync', { ms }))
    if (sync_us > LIMITS.sync.amber) reasons.push(why(sync_us > LIMITS.sync.red ? 'red' : 'amber', 'disk-slow', { ms }))
  }
  return row('server', 'disk', say('preflight.disk'), facts, reasons)
}

function clock({ view, offset }: Seen, answer: Preflight): Row {
  const reasons: Reason[] = []
  if (answer.clock_behind) reasons.push(why('red', 'clock-behind'))
  const told = Object.values(view.presence.judges).flatMap((seat) =>
    seat?.device && seat.sockets > 0 && !seat.robot ? [seat.device.offset_ms] : [],
  )
  const middle = told.sort((a, b) => a - b)[told.length >> 1] ?? 0
  const secs = (ms: number) => Math.round(Math.abs(ms) / 1000)
  // Two devices or more that agree against the server: it is the server that is wrong.
  if (told.length > 1 && Math.abs(middle) > LIMITS.clock)
    reasons.push(why('amber', 'clock-alone', { secs: secs(middle) }))
  else if (Math.abs(offset) > LIMITS.clock) reasons.push(why('amber', 'clock-console', { secs: secs(offset) }))
  const time = new Date(answer.now).toLocaleString('sv-SE', { timeZone: zone(view.hall.contest.zone) })
  return row(
    'server',
    'clock',
    say('preflight.clock'),
    [say('fact.time', { time, zone: view.hall.contest.zone })],
    reasons,
  )
}

function zone(name: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name
  } catch {
    return 'UTC'
  }
}

function address({ address: { shown, was, here, moved, fixed } }: Preflight): Row {
  const reasons: Reason[] = []
  const host = shown?.replace(/^https?:\/\//, '').replace(/[:/].*$/, '') ?? ''
  if (moved) reasons.push(why('red', 'address-moved', { was: was ?? '', shown: shown ?? here[0] ?? '–' }))
  if (!shown) reasons.push(why('red', 'address-none'))
  else if (host === 'localhost' || /^127\./.test(host)) reasons.push(why('red', 'address-loopback', { shown }))
  else if (/^169\.254\./.test(host)) reasons.push(why('red', 'address-odd', { shown }))
  const facts = shown ? [say(fixed ? 'fact.address-fixed' : 'fact.address', { shown })] : []
  return row('server', 'address', say('preflight.address'), facts, reasons)
}

function judges(seen: Seen): Row[] {
  return seen.view.panel.map((judge) => {
    const info = seen.view.judges[judge]
    const name = info ? `${info.number} · ${info.name}` : judge
    const seat = seen.view.presence.judges[judge]
    const card = seen.answer?.cards.find((one) => one.seat === judge)
    return row('judges', judge, name, seat ? told(seat, seen.now) : [], seatReasons(judge, seat, card, seen))
  })
}

function told({ device, seen, sockets }: SeatPresence, now: number): Say[] {
  if (!device) return []
  const facts = [
    say('fact.trip', { ms: device.rtt_ms }),
    say('fact.offset', { secs: (device.offset_ms / 1000).toFixed(1) }),
  ]
  if (device.battery !== undefined)
    facts.push(say(device.charging ? 'fact.charging' : 'fact.battery', { percent: device.battery }))
  if (device.awake !== 'nothing') facts.push(say(`fact.${device.awake}`))
  if (seen !== undefined && sockets > 0) facts.push(say('fact.ago', { ago: ago(now - seen) }))
  return facts
}

function seatReasons(
  judge: string,
  seat: SeatPresence | undefined,
  card: Preflight['cards'][number] | undefined,
  { answer, now, unsent }: Seen,
): Reason[] {
  if (!seat || seat.sockets === 0) {
    const reasons = [why('red', card && !card.issued ? 'card-missing' : 'seat-empty')]
    const left = seat?.device?.unsent ?? 0
    return left > 0 ? [...reasons, why('red', 'unsent-away', { n: left })] : reasons
  }
  const reasons: Reason[] = []
  if (seat.sockets > 1) reasons.push(why('red', 'seat-twice', { n: seat.sockets }))
  if (seat.robot) return [...reasons, why('amber', 'robot')]
  const { device } = seat
  if (!device || seat.seen === undefined) return [...reasons, why('amber', 'untold')]
  const silence = now - seat.seen
  if (silence > LIMITS.silence) reasons.push(why('red', 'silent', { ago: ago(silence) }))
  if (device.rtt_ms > LIMITS.trip.amber)
    reasons.push(why(device.rtt_ms > LIMITS.trip.red ? 'red' : 'amber', 'slow', { ms: device.rtt_ms }))
  if (Math.abs(device.offset_ms) > LIMITS.clock)
    reasons.push(why('amber', 'clock-off', { secs: Math.round(Math.abs(device.offset_ms) / 1000) }))
  if (device.battery !== undefined && device.battery < LIMITS.battery.amber) {
    const empty = device.battery < LIMITS.battery.red
    const level = device.charging ? (empty ? 'amber' : undefined) : empty ? 'red' : 'amber'
    if (level) reasons.push(why(level, 'battery', { percent: device.battery }))
  }
  if (device.unsent > 0) {
    const waits = now - (unsent[judge] ?? now)
    const long = waits > LIMITS.unsent
    reasons.push(why(long ? 'red' : 'amber', long ? 'unsent-long' : 'unsent', { n: device.unsent, ago: ago(waits) }))
  }
  if (device.awake === 'nothing') reasons.push(why('amber', 'sleepy'))
  if (answer && answer.builds.length > 0 && !answer.builds.includes(device.page)) reasons.push(why('amber', 'page-old'))
  return reasons
}

function displays({ view: { presence } }: Seen): Row[] {
  const { screens, phones, hosts } = presence
  return [
    row(
      'displays',
      'screens',
      say('preflight.screens'),
      [say('fact.count', { n: screens })],
      screens > 0 ? [] : [why('amber', 'screen-none')],
    ),
    row('displays', 'hosts', say('preflight.hosts'), [say('fact.count', { n: hosts })], [], 'info'),
    row('displays', 'phones', say('preflight.phones'), [say('fact.count', { n: phones })], [], 'info'),
  ]
}

function checks({ answer, now }: Seen): Row[] {
  return (answer?.checks ?? []).map((line, at) => {
    const who = line.label || say('preflight.nameless')
    const { width, height, rtt_ms } = line.measured
    const facts = [say('fact.ago', { ago: ago(now - line.at) })]
    if (rtt_ms !== undefined) facts.push(say('fact.trip', { ms: rtt_ms }))
    if (width !== undefined && height !== undefined) facts.push(say('fact.size', { width, height }))
    facts.push(say('fact.from', { address: line.address, agent: browser(line.agent) }))
    return row('checks', `${line.at} ${line.label} ${at}`, who, facts, checkReasons(line))
  })
}

function checkReasons({ results, measured }: CheckLine): Reason[] {
  return results
    .filter((one) => one.level === 'amber' || one.level === 'red')
    .map(({ test, level, reason }) => {
      const named = { level: level as Reason['level'], values: figures(measured) }
      // A reason that this page does not know is named by its test alone.
      if (!REASONS[test]?.includes(reason)) return { ...named, key: `check.name.${test}`, advice: '' }
      return {
        ...named,
        about: `check.name.${test}`,
        key: `check.${test}.${reason}`,
        advice: `advice.${test}.${reason}`,
      }
    })
}

/** Of a user agent, what tells two devices apart. */
function browser(agent: string): string {
  const system = /iPad|iPhone|Android|HarmonyOS|Windows|Macintosh|CrOS|Linux/.exec(agent)?.[0]
  const engine = /(Edg|Firefox|Chrome|CriOS|Version)\/(\d+)/.exec(agent)
  const name = engine?.[1] === 'Version' ? 'Safari' : engine?.[1]
  return [system, name && `${name} ${engine![2]}`].filter(Boolean).join(' ') || agent.slice(0, 30)
}

const ago = (ms: number) => minutes(Math.max(0, Math.round(ms / 1000)))
