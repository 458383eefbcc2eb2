import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ClientFrame, Refusal } from '../wire/types'
import { Commands } from './commands'

let said: Extract<ClientFrame, { kind: 'submit' }>[] = []
let line = true
const commands = () =>
  new Commands((frame) => {
    if (line && frame.kind === 'submit') said.push(frame)
    return line
  })
const start = { do: 'run-timer' } as const

beforeEach(() => {
  vi.useFakeTimers()
  said = []
  line = true
})
afterEach(() => vi.useRealTimers())

test('a command says which run it is meant for, and has one answer, whatever comes after it', async () => {
  const all = commands()
  const [first, second] = [all.give(start, 3), all.give(start)]
  expect(said.map(({ run, command }) => [run, command])).toEqual([
    [3, start],
    [undefined, start],
  ])
  expect(said[0]!.id).not.toBe(said[1]!.id)
  const refusal: Refusal = { code: 'not-driving' }
  expect(all.hear({ kind: 'refused', id: said[1]!.id, refusal })).toBe(true)
  expect(all.hear({ kind: 'receipt', id: said[0]!.id, seq: 4, at: 1 })).toBe(true)
  expect([await first, await second]).toEqual([undefined, refusal])
  // An answer to somebody else's, or a second one.
  expect(all.hear({ kind: 'receipt', id: said[0]!.id, seq: 4, at: 1 })).toBe(false)
  expect(all.hear({ kind: 'bad-frame', refusal })).toBe(false)
})

test('into a dead line nothing is said, and that is the answer; what a line takes with it is not known', async () => {
  const all = commands()
  line = false
  expect(await all.give(start)).toEqual({ code: 'no-connection' })
  expect(said).toEqual([])
  line = true
  const lost = all.give(start)
  all.lost()
  expect(await lost).toEqual({ code: 'no-answer' })
})

test('who does not answer in ten seconds has not answered', async () => {
  const late = commands().give(start)
  vi.advanceTimersByTime(9_999)
  expect(await Promise.race([late, Promise.resolve('waits')])).toBe('waits')
  vi.advanceTimersByTime(1)
  expect(await late).toEqual({ code: 'no-answer' })
})
