import { expect, test } from 'vitest'
import type { CheckResult } from '../wire/types'
import { LIMITS, REASONS, TESTS, figures, judge, measures, spread, verdict, type Tried } from './check'

const says = (results: CheckResult[]) => results.map(({ test, level, reason }) => `${test} ${level} ${reason}`)
const line = (trips: (number | undefined)[], offset = 0) => says(judge('socket', { opened: true, trips, offset }))
const ten = (trip: number) => Array.from({ length: 10 }, () => trip)

test('pings: median, worst, lost', () => {
  expect(spread([5, 1, undefined, 3])).toEqual({ median: 3, worst: 5, lost: 1 })
  expect(spread([4, 2])).toEqual({ median: 3, worst: 4, lost: 0 })
  expect(spread([undefined])).toBeUndefined()
})

test('a line is as good as its worst trait', () => {
  expect(line(ten(12))).toEqual(['socket green ok', 'clock green ok'])
  expect(line(ten(LIMITS.slow))[0]).toBe('socket green ok')
  expect(line(ten(LIMITS.slow + 1))[0]).toBe('socket amber slow')
  expect(line(ten(LIMITS.crawls + 1))[0]).toBe('socket red crawls')
  expect(line([...ten(10), LIMITS.spiky + 1])[0]).toBe('socket amber spiky')
  expect(line([...ten(10), undefined])[0]).toBe('socket amber lossy')
  expect(line([...ten(10), undefined, undefined, undefined])[0]).toBe('socket red lossy')
  expect(line([undefined, undefined])[0]).toBe('socket red silent')
  expect(says(judge('socket', { opened: false, trips: [] }))).toEqual(['socket red blocked', 'clock info unknown'])
  expect(says(judge('socket', 'no-contest'))).toEqual(['socket amber no-contest', 'clock info unknown'])
})

test('a clock that is off by more than a minute either way is said', () => {
  expect(line(ten(1), -LIMITS.clock)[1]).toBe('clock green ok')
  expect(line(ten(1), -LIMITS.clock - 1)[1]).toBe('clock amber off')
  expect(line(ten(1), LIMITS.clock + 1)[1]).toBe('clock amber off')
})

test('what is kept must come back, and soon', () => {
  expect(says(judge('keep', { kept: false, back: false, ms: 1 }))).toEqual(['keep red refused'])
  expect(says(judge('keep', { kept: true, back: false, ms: 1 }))).toEqual(['keep red forgot'])
  expect(says(judge('keep', { kept: true, back: true, ms: LIMITS.keep + 1 }))).toEqual(['keep amber slow'])
})

test('a charging device is not empty', () => {
  const battery = (percent: number, charging: boolean) => says(judge('battery', { percent, charging }))[0]
  expect(battery(14, false)).toBe('battery red empty')
  expect(battery(15, false)).toBe('battery amber low')
  expect(battery(30, false)).toBe('battery green ok')
  expect(battery(3, true)).toBe('battery green charging')
  expect(says(judge('battery', undefined))).toEqual(['battery info unknown'])
})

const tablet: Tried = {
  server: 'ok',
  socket: { opened: true, trips: ten(9), offset: 40 },
  keep: { kept: true, back: true, ms: 20 },
  browser: { must: [], nice: [] },
  screen: { width: 1180, height: 820 },
  touch: 5,
  awake: 'film',
  battery: undefined,
  secure: false,
}
const all = (tried: Tried) =>
  (Object.keys(tried) as (keyof Tried)[]).flatMap((name) => judge(name, tried[name] as never))

test('a tablet on plain http is green; the verdict names what makes it worse', () => {
  expect(verdict(all(tablet))).toEqual({ level: 'green', because: [] })
  expect(
    all(tablet)
      .map((one) => one.test)
      .sort(),
  ).toEqual([...TESTS].sort())
  const worse = verdict(
    all({ ...tablet, screen: { width: 390, height: 844 }, browser: { must: ['dialog'], nice: [] } }),
  )
  expect(worse.level).toBe('red')
  expect(says(worse.because)).toEqual(['browser red too-old'])
  expect(verdict([{ test: 'secure', level: 'info', reason: 'plain' }]).level).toBe('green')
})

test('every reason that can be given is listed, and every listed one can be given', () => {
  const variants: Partial<Tried>[] = [
    { server: 'portal' },
    { server: 'unreachable', socket: 'no-server' },
    { socket: 'no-contest' },
    ...[ten(300), ten(1_500), [...ten(1), 3_000], [1, undefined], [undefined]].map((trips) => ({
      socket: { opened: true, trips, offset: 90_000 },
    })),
    { socket: { opened: false, trips: [] } },
    { keep: { kept: false, back: false, ms: 0 } },
    { keep: { kept: true, back: false, ms: 0 } },
    { keep: { kept: true, back: true, ms: 9_000 } },
    { browser: { must: [], nice: ['has'] } },
    { browser: { must: ['dialog'], nice: [] } },
    { screen: { width: 300, height: 800 }, touch: 0 },
    { awake: 'lock', secure: true },
    { awake: 'nothing' },
    ...[
      { percent: 90, charging: false },
      { percent: 20, charging: false },
      { percent: 2, charging: false },
    ].map((battery) => ({ battery })),
    { battery: { percent: 2, charging: true } },
  ]
  const given = new Map<string, Set<string>>(TESTS.map((name) => [name, new Set()]))
  for (const variant of [{}, ...variants])
    for (const { test, reason } of all({ ...tablet, ...variant })) given.get(test)!.add(reason)
  for (const name of TESTS) expect([...given.get(name)!].sort(), name).toEqual([...REASONS[name]].sort())
})

test('figures are within what the server takes', () => {
  expect(measures(tablet)).toEqual({ rtt_ms: 9, worst_ms: 9, lost: 0, offset_ms: 40, width: 1180, height: 820 })
  const odd = measures({ screen: { width: 99_999.6, height: -3 }, battery: { percent: 101, charging: false } })
  expect(odd).toEqual({ width: 65_535, height: 0, battery: 100 })
  expect(figures(measures(tablet))).toMatchObject({ median: 9, off: 0, percent: '–' })
})
