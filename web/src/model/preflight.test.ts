import { describe, expect, test } from 'vitest'
import type { CheckLine, DeviceInfo, HostView, Preflight, SeatPresence } from '../wire/types'
import { LIMITS, rows, verdict, type Group, type Seen } from './preflight'
import { unsentSince } from './unsent'

const NOW = 1_790_000_000_000
const device: DeviceInfo = { unsent: 0, rtt_ms: 12, offset_ms: 300, awake: 'film', page: 'judge-a1' }
const seat = (more: Partial<DeviceInfo> = {}, of: Partial<SeatPresence> = {}): SeatPresence => ({
  sockets: 1,
  robot: false,
  device: { ...device, ...more },
  seen: NOW - 3_000,
  ...of,
})
const view = (judges: Record<string, SeatPresence>, more: Partial<HostView['presence']> = {}): HostView =>
  ({
    hall: { contest: { zone: 'Asia/Shanghai' } },
    panel: ['J1', 'J2'],
    judges: { J1: { number: 1, name: '李老师' }, J2: { number: 2, name: '王老师' } },
    presence: { judges, screens: 1, phones: 0, hosts: 1, person_hosts: true, ...more },
  }) as unknown as HostView
const answer: Preflight = {
  now: NOW,
  clock_behind: false,
  disk: { free_bytes: 40 * 2 ** 30, sync_us: 2_400 },
  address: { shown: 'http://192.168.1.5:7300', here: ['http://192.168.1.5:7300'], fixed: false, moved: false },
  cards: ['host', 'J1', 'J2'].map((one) => ({ seat: one, name: '', issued: true, taken: true })),
  builds: ['judge-a1', 'host-b2'],
  findings: [{ code: 'panel', level: 'green', params: { n: '2' } }],
  checks: [],
}
const good: Seen = { view: view({ J1: seat(), J2: seat() }), answer, now: NOW, unsent: {}, offset: 0 }
const see = (more: Partial<Seen>): Seen => ({ ...good, ...more })
const of = (seen: Seen, group: Group) => rows(seen).filter((one) => one.group === group)
/** Level and reasons of each row of a group. */
const said = (seen: Seen, group: Group) =>
  of(seen, group).map((one) => [one.id, one.level, ...one.reasons.map((why) => why.key)].join(' '))
const first = (more: Partial<DeviceInfo>, other: Partial<SeatPresence> = {}, seen: Partial<Seen> = {}) =>
  said(see({ view: view({ J1: seat(more, other), J2: seat() }), ...seen }), 'judges').find((one) =>
    one.startsWith('J1'),
  )

test('a hall where all is well is green', () => {
  expect(verdict(rows(good))).toEqual({ level: 'green', red: 0, amber: 0 })
  expect(said(good, 'judges')).toEqual(['J1 green', 'J2 green'])
  expect(of(good, 'contest').map((one) => one.facts.map((fact) => fact.key))).toEqual([['fact.panel']])
})

describe("a judge's device", () => {
  test('nobody there, nobody could be there, two there', () => {
    const empty = see({ view: view({ J2: seat() }) })
    expect(said(empty, 'judges')[0]).toBe('J1 red why.seat-empty')
    const cards = answer.cards.map((card) => ({ ...card, issued: card.seat !== 'J1' }))
    expect(said(see({ view: view({}), answer: { ...answer, cards } }), 'judges')).toEqual([
      'J1 red why.card-missing',
      'J2 red why.seat-empty',
    ])
    expect(first({ unsent: 2 }, { sockets: 0 })).toBe('J1 red why.seat-empty why.unsent-away')
    expect(first({}, { sockets: 2 })).toBe('J1 red why.seat-twice')
  })

  test('limits are where the table says', () => {
    expect(first({ rtt_ms: LIMITS.trip.amber })).toBe('J1 green')
    expect(first({ rtt_ms: LIMITS.trip.amber + 1 })).toBe('J1 amber why.slow')
    expect(first({ rtt_ms: LIMITS.trip.red + 1 })).toBe('J1 red why.slow')
    expect(first({ offset_ms: -LIMITS.clock })).toBe('J1 green')
    expect(first({ offset_ms: -LIMITS.clock - 1 })).toBe('J1 amber why.clock-off')
    expect(first({ battery: 30 })).toBe('J1 green')
    expect(first({ battery: 29 })).toBe('J1 amber why.battery')
    expect(first({ battery: 14 })).toBe('J1 red why.battery')
    expect(first({ battery: 29, charging: true })).toBe('J1 green')
    expect(first({ battery: 14, charging: true })).toBe('J1 amber why.battery')
    expect(first({ awake: 'nothing' })).toBe('J1 amber why.sleepy')
    expect(first({ page: 'judge-old' })).toBe('J1 amber why.page-old')
    expect(first({ page: 'judge-old' }, {}, { answer: { ...answer, builds: [] } })).toBe('J1 green')
    expect(first({}, { seen: NOW - LIMITS.silence })).toBe('J1 green')
    expect(first({}, { seen: NOW - LIMITS.silence - 1 })).toBe('J1 red why.silent')
  })

  test('a robot and a device that has told nothing are looked at', () => {
    expect(first({}, { robot: true })).toBe('J1 amber why.robot')
    const untold = see({ view: view({ J1: { sockets: 1, robot: false }, J2: seat() }) })
    expect(said(untold, 'judges')[0]).toBe('J1 amber why.untold')
  })

  test('what is unsent for a minute is red, and a moment without forgets it', () => {
    const waits = view({ J1: seat({ unsent: 1 }), J2: seat() })
    let since = unsentSince({}, waits, NOW - 61_000)
    expect(since).toEqual({ J1: NOW - 61_000 })
    since = unsentSince(since, waits, NOW)
    expect(first({ unsent: 1 }, {}, { unsent: since })).toBe('J1 red why.unsent-long')
    expect(unsentSince(since, view({ J1: seat(), J2: seat() }), NOW)).toEqual({})
    expect(first({ unsent: 1 }, {}, { unsent: { J1: NOW - 60_000 } })).toBe('J1 amber why.unsent')
    expect(first({ unsent: 1 })).toBe('J1 amber why.unsent')
  })

  test('the worst reason comes first, and the worst row', () => {
    expect(first({ awake: 'nothing', battery: 3, rtt_ms: 800 })).toBe('J1 red why.battery why.slow why.sleepy')
    const both = see({ view: view({ J1: seat({ awake: 'nothing' }), J2: seat({ battery: 3 }) }) })
    expect(said(both, 'judges').map((one) => one.slice(0, 2))).toEqual(['J2', 'J1'])
  })
})

describe('the server', () => {
  const server = (more: Partial<Preflight>, seen: Partial<Seen> = {}) =>
    said(see({ answer: { ...answer, ...more }, ...seen }), 'server').filter((one) => !one.endsWith('green'))

  test('disk', () => {
    expect(server({ disk: { free_bytes: 2 ** 30 - 1, sync_us: 1_000 } })).toEqual(['disk amber why.room-low'])
    expect(server({ disk: { free_bytes: 10 * 2 ** 20, sync_us: 1_000 } })).toEqual(['disk red why.room-none'])
    expect(server({ disk: { free_bytes: 2 ** 40 } })).toEqual(['disk red why.disk-silent'])
    expect(server({ disk: { sync_us: 100_001 } })).toEqual(['disk amber why.disk-slow'])
    expect(server({ disk: { sync_us: 1_000_001 } })).toEqual(['disk red why.disk-slow'])
  })

  test('clocks: whose is wrong', () => {
    expect(server({ clock_behind: true })).toEqual(['clock red why.clock-behind'])
    expect(server({}, { offset: -61_000 })).toEqual(['clock amber why.clock-console'])
    const agree = view({ J1: seat({ offset_ms: 90_000 }), J2: seat({ offset_ms: 91_000 }) })
    expect(server({}, { view: agree, offset: 90_500 })).toEqual(['clock amber why.clock-alone'])
    const one = view({ J1: seat({ offset_ms: 90_000 }), J2: seat({ offset_ms: 100 }, { sockets: 0 }) })
    expect(server({}, { view: one })).toEqual([])
  })

  test('address', () => {
    const address = (more: Partial<Preflight['address']>) => server({ address: { ...answer.address, ...more } })
    const { shown: _gone, ...none } = answer.address
    expect(server({ address: none })).toEqual(['address red why.address-none'])
    expect(address({ shown: 'http://127.0.0.1:7300' })).toEqual(['address red why.address-loopback'])
    expect(address({ shown: 'http://169.254.3.4:7300' })).toEqual(['address red why.address-odd'])
    expect(address({ moved: true, was: 'http://192.168.1.4:7300' })).toEqual(['address red why.address-moved'])
    expect(address({ shown: 'https://podium.example', fixed: true })).toEqual([])
  })
})

test('findings of the set-up are rows where somebody should look, and facts where not', () => {
  const findings: Preflight['findings'] = [
    { code: 'rubric-missing', level: 'red' },
    { code: 'panel-of-one', level: 'amber' },
    { code: 'chair-none', level: 'info' },
  ]
  const seen = see({ answer: { ...answer, findings } })
  expect(of(seen, 'contest').map((one) => one.reasons.map((why) => `${why.key} ${why.advice}`))).toEqual([
    ['why.rubric-missing do.rubric-missing'],
    ['why.panel-of-one do.panel-of-one'],
    [],
  ])
  expect(verdict(rows(seen))).toEqual({ level: 'red', red: 1, amber: 1 })
})

test('without the server its part is missing, and devices are judged all the same', () => {
  const alone = see({ answer: undefined, view: view({ J1: seat() }, { screens: 0 }) })
  expect(said(alone, 'server')).toEqual([])
  expect(said(alone, 'displays')[0]).toBe('screens amber why.screen-none')
  expect(verdict(rows(alone)).level).toBe('red')
})

test("a device's own check: its reasons in its own words, a strange one by its test", () => {
  const check: CheckLine = {
    label: '',
    agent: 'Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X) AppleWebKit/605 Version/16.5 Mobile Safari/604.1',
    address: '192.168.1.40',
    at: NOW - 65_000,
    level: 'red',
    results: [
      { test: 'screen', level: 'amber', reason: 'small' },
      { test: 'keep', level: 'red', reason: 'refused' },
      { test: 'socket', level: 'red', reason: 'of-tomorrow' },
      { test: 'touch', level: 'green', reason: 'ok' },
    ],
    measured: { width: 390, height: 844, rtt_ms: 7 },
  }
  const [row] = of(see({ answer: { ...answer, checks: [check] } }), 'checks')
  expect(row!.reasons.map((why) => [why.level, why.about, why.key])).toEqual([
    ['red', 'check.name.keep', 'check.keep.refused'],
    ['red', undefined, 'check.name.socket'],
    ['amber', 'check.name.screen', 'check.screen.small'],
  ])
  expect(row!.reasons[2]!.values).toMatchObject({ width: 390, height: 844 })
  expect(row!.who).toEqual({ key: 'preflight.nameless', values: {} })
  expect(row!.facts.map((fact) => fact.key)).toEqual(['fact.ago', 'fact.trip', 'fact.size', 'fact.from'])
  expect(row!.facts.at(-1)!.values).toEqual({ address: '192.168.1.40', agent: 'iPad Safari 16' })
})
