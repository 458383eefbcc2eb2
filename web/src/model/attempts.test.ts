import { expect, test } from 'vitest'
import type { JudgeView } from '../wire/types'
import { again, isNow, turnedTo } from './attempts'
import { pack, take, unpack } from './handover'
import { current, declare, empty, give, onTheWay, received, state, write, type Outbox } from './outbox'

const [P, Q] = ['R1-P1', 'R1-P2']
const view = (attempts?: Record<string, number>): JudgeView =>
  ({
    hall: { phases: { [P]: 'scoring', [Q]: 'closed' }, ...(attempts ? { attempts } : {}) },
    cards: {},
    criteria: [{ id: 'c1' }],
    reopened: {},
    run: 0,
  }) as unknown as JudgeView
const marks = (c1: string) => ({ marks: { c1 }, comment: '', note: '' })
const id = (n: number) => n.toString(16).padStart(32, '0')
const first = () => give(write(empty, view(), P, marks('20')), view(), P, id(1))

test('a second run begins empty, and what was unsent of the first goes nowhere', () => {
  const before = write(first(), view(), Q, marks('9'))
  const now = again(before, { [P]: 2 })
  expect(onTheWay(now)).toEqual([])
  expect(current(now, view({ [P]: 2 }), P).marks).toEqual({})
  expect(now.cleared).toBe('again')
  expect(now.drafts[Q]?.marks, 'another pitch keeps its own').toEqual({ c1: '9' })
  expect(again(now, { [P]: 2 }), 'once').toBe(now)
})

test('what was received of the first run says nothing of the second, and nothing was lost', () => {
  const before = received(first(), id(1), 7)
  expect(state(before, view(), P, true)).toBe('received')
  const now = again({ ...before, drafts: {} }, { [P]: 2 })
  expect(now.cleared).toBeUndefined()
  expect(state(now, view({ [P]: 2 }), P, true)).toBe('empty')
  // What is safe on the disk may still be of the run before.
  expect(isNow(before, view({ [P]: 2 }), P)).toBe(false)
  expect(state(before, view({ [P]: 2 }), P, true)).toBe('empty')
})

test('what is given in the second run says so, and an answer to the first changes nothing', () => {
  const now = again(first(), { [P]: 2 })
  const given = give(write(now, view({ [P]: 2 }), P, marks('11')), view({ [P]: 2 }), P, id(2))
  expect(onTheWay(given)).toEqual([
    { id: id(2), command: { do: 'submit-scorecard', pitch: P, attempt: 2, base: 0, marks: { c1: '11' }, comment: '' } },
  ])
  expect(received(given, id(1), 7)).toBe(given)
})

test('a conflict of interest is with the project, whichever run it is; an abstention is of its run', () => {
  const aside = (box: Outbox, what: 'declare-recusal' | 'declare-abstention', n: number) =>
    declare(box, P, id(n), { do: what, pitch: P, judge: 'J1', reason: '原因' })
  const now = again(aside(aside(empty, 'declare-recusal', 1), 'declare-abstention', 2), { [P]: 2 })
  expect(now.declared.map((one) => one.command.do)).toEqual(['declare-recusal'])
})

test('a draft that comes for a run shows which one it is', () => {
  const now = again(empty, { [P]: 2 })
  expect(turnedTo(now, P, 1), 'it is over').toBeUndefined()
  expect(turnedTo(now, P, 2)).toBe(now)
  expect(turnedTo(now, P, 3)?.attempts).toEqual({ [P]: 3 })
})

test('an undone run is none: the first one goes on', () => {
  expect(again(again(empty, { [P]: 2 })).attempts).toEqual({})
})

test('a parcel keeps to its run', () => {
  const of = { contest: '7k2m9x', seat: 'J2', tablet: id(9), run: 0 }
  const second = view({ [P]: 2 })
  const box = give(write(again(empty, { [P]: 2 }), second, P, marks('11')), second, P, id(2))
  const parcel = unpack(pack(box, of)!)!
  expect(parcel.attempts).toEqual({ [P]: 2 })
  expect(onTheWay(take(again(empty, { [P]: 2 }), parcel))).toEqual(onTheWay(box))
  expect(onTheWay(take(again(empty, { [P]: 3 }), parcel)), 'a run that is over').toEqual([])
  expect(onTheWay(take(again(empty, { [P]: 2 }), unpack(pack(first(), of)!)!))).toEqual([])
})
