import { describe, expect, test } from 'vitest'
import type { JudgeView } from '../wire/types'
import { TEXT_MAX, inFragment, link, otherOrigin, pack, size, take, unpack, type Parcel } from './handover'
import { arrived, conflict, declare, empty, give, kept, onTheWay, sending, waiting, write, type Outbox } from './outbox'

const view = {
  criteria: [{ id: 'c1', name: '', scale: '', max: '30', weight: 30 }],
  cards: {},
  phases: { 'R1-P1': 'scoring', 'R1-P2': 'pitching', 'R1-P3': 'queued' },
  recused: {},
  reopened: {},
} as unknown as JudgeView
const id = (n: number) => n.toString(16).padStart(32, '0')
const of = { contest: '7k2m9x', seat: 'J2', tablet: id(9), run: 2 }
const draft = (mark: string, note = '') => ({ marks: { c1: mark }, comment: '评语 ✓', note })

/** A scorecard on its way, a draft that the server does not have, a declaration. */
function full(): Outbox {
  let box = write(empty, view, 'R1-P1', draft('27.5', '私下'))
  box = give(box, view, 'R1-P1', id(1))
  box = write(box, view, 'R1-P2', draft('20.'))
  return declare(box, 'R1-P3', id(2), { do: 'declare-recusal', pitch: 'R1-P3', judge: 'J2', reason: '同单位' })
}

test('what is unsent goes through a link and is the same there, ids and all', () => {
  const box = full()
  const text = pack(box, of)!
  expect(text).toMatch(/^[A-Za-z0-9_-]+$/)
  const parcel = unpack(inFragment(new URL(link('http://192.168.1.9:7300', text)).hash)!)!
  expect([parcel.contest, parcel.seat, parcel.tablet, parcel.run, size(parcel)]).toEqual(['7k2m9x', 'J2', id(9), 2, 4])
  const there = take(empty, parcel)
  expect(onTheWay(there)).toEqual(onTheWay(box))
  expect(waiting(there)).toBe(waiting(box))
  expect(there.drafts['R1-P1']).toMatchObject({ marks: { c1: '27.5' }, note: '私下', comment: '评语 ✓', synced: false })
  expect(take(there, parcel), 'twice is once').toEqual(there)
})

test('what the server has stays behind', () => {
  let box = sending(write(empty, view, 'R1-P1', draft('27')), 'R1-P1')
  box = kept(box, 'R1-P1', 1)
  expect(size(unpack(pack(box, of)!)!)).toBe(0)
})

test('a draft that another page kept meanwhile is not overwritten: the judge chooses', () => {
  const parcel = unpack(pack(write(empty, view, 'R1-P1', draft('27')), of)!)!
  const here = write(empty, view, 'R1-P1', draft('12'))
  const both = take(here, parcel)
  expect(both.drafts['R1-P1']).toMatchObject({ marks: { c1: '12' }, other: { marks: { c1: '27' }, tablet: id(9) } })
  expect(conflict(both, view, 'R1-P1')?.what).toBe('draft')
  // The server's word of a moment ago is this tablet's own, and does not stand against what it wrote since.
  const fresh = take(empty, parcel)
  const old = { pitch: 'R1-P1', rev: 4, base: 0, tablet: id(9), ...draft('2') }
  expect(arrived(fresh, view, old, id(9)).drafts['R1-P1']).toMatchObject({ marks: { c1: '27' }, rev: 4, synced: false })
})

test('a scorecard given here already waits before the one that comes', () => {
  const here = give(write(empty, view, 'R1-P1', draft('12')), view, 'R1-P1', id(7))
  const there = take(here, unpack(pack(full(), of)!)!)
  expect(there.given['R1-P1']!.map((one) => one.id)).toEqual([id(7), id(1)])
})

test('too much for a link is said, not cut', () => {
  let box = empty
  for (let n = 1; n <= 40; n += 1)
    box = write(box, view, `R1-P${n}`, { marks: { c1: '1' }, comment: '长'.repeat(500), note: '' })
  expect(pack(box, of)).toBeUndefined()
})

describe('a text from anybody', () => {
  const raw = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const card = [id(1), 'R1-P1', 0, { c1: '27.5' }, '']
  const sound = [1, '7k2m9x', 'J2', id(9), 2, [card], [], []]
  const odd = (change: (value: any[]) => void) => {
    const value = structuredClone(sound)
    change(value)
    return unpack(raw(value))
  }

  test('is read when it is sound', () => {
    expect(unpack(raw(sound))?.given).toEqual([
      { id: id(1), pitch: 'R1-P1', base: 0, marks: { c1: '27.5' }, comment: '' },
    ])
  })

  test.each<[string, (value: any[]) => void]>([
    ['of another version', (value) => (value[0] = 2)],
    ['with more', (value) => value.push([], [])],
    ['without a seat', (value) => (value[2] = 'host')],
    ['with a code that is a path', (value) => (value[1] = '../judge')],
    ['with a run of a pitch that is none', (value) => value.push([['R1-P1', 'x']])],
    ['with a run that is none', (value) => (value[4] = '2')],
    ['with an id that is none', (value) => (value[5][0][0] = 'x')],
    ['with a pitch that is a key of objects', (value) => (value[5][0][1] = '__proto__')],
    ['with a base below zero', (value) => (value[5][0][2] = -1)],
    ['with a base that is no whole number', (value) => (value[5][0][2] = 0.5)],
    ['with a mark that is a number', (value) => (value[5][0][3] = { c1: 27 })],
    ['with a mark that is markup', (value) => (value[5][0][3] = { c1: '<b>' })],
    ['with marks that are a list', (value) => (value[5][0][3] = ['27'])],
    [
      'with too many marks',
      (value) => (value[5][0][3] = Object.fromEntries(Array.from({ length: 41 }, (_, n) => [`c${n}`, '1']))),
    ],
    ['with a comment that is a book', (value) => (value[5][0][4] = 'x'.repeat(2_001))],
    ['with a card that is short of something', (value) => value[5][0].pop()],
    ['with too many cards', (value) => (value[5] = Array.from({ length: 201 }, () => card))],
    ['with a command of the host', (value) => value[7].push([id(3), 'R1-P1', 'finish-contest', ''])],
  ])('is refused %s', (_name, change) => {
    expect(odd(change)).toBeUndefined()
  })

  test('is refused when it is no text of ours at all', () => {
    for (const text of [
      '',
      'A',
      '%%%',
      'bnVsbA',
      raw(null),
      raw({}),
      raw('x'),
      '////',
      '-_-_',
      'x'.repeat(TEXT_MAX + 1),
    ])
      expect(unpack(text), text.slice(0, 20)).toBeUndefined()
    expect(unpack(Buffer.from([0x5b, 0xff, 0x5d]).toString('base64url')), 'no UTF-8').toBeUndefined()
  })

  test('names no judge but the one of its seat', () => {
    const parcel = odd((value) => value[7].push([id(3), 'R1-P1', 'declare-abstention', '不熟悉'])) as Parcel
    expect(parcel.declared[0]!.command).toEqual({
      do: 'declare-abstention',
      pitch: 'R1-P1',
      judge: 'J2',
      reason: '不熟悉',
    })
  })
})

test('an address as people type it', () => {
  const here = { origin: 'http://192.168.1.5:7300', port: '7300' }
  const means = (typed: string) => otherOrigin(typed, here)
  expect(means('192.168.1.9')).toBe('http://192.168.1.9:7300')
  expect(means(' 192.168.1.9：7301 ')).toBe('http://192.168.1.9:7301')
  expect(means('http://192.168.1.9:7300/c/7k2m9x/judge?seat=J2#x')).toBe('http://192.168.1.9:7300')
  expect(means('http://192.168.1.9')).toBe('http://192.168.1.9')
  expect(means('https://podium.example')).toBe('https://podium.example')
  expect(means('podium.local:7300')).toBe('http://podium.local:7300')
  for (const no of [
    '',
    'http://',
    '192.168.1.5',
    'javascript:alert(1)',
    'file:///x',
    'a b',
    'http://a@b',
    'ftp://x',
    '1:2:3',
  ])
    expect(means(no), no).toBeUndefined()
})
