import { expect, test } from 'vitest'
import type { Parcel } from '../model/handover'
import { empty } from '../model/outbox'
import type { ClientFrame, JudgeView, ServerFrame } from '../wire/types'
import { PROTOCOL } from '../wire/types'
import { Courier, type Kept } from './courier'

const id = (n: number) => n.toString(16).padStart(32, '0')
const parcel: Parcel = {
  contest: '7k2m9x',
  seat: 'J2',
  tablet: id(9),
  run: 4,
  given: [{ id: id(1), pitch: 'R1-P1', base: 0, marks: { c1: '27.5' }, comment: '' }],
  drafts: [{ pitch: 'R1-P2', base: 0, rev: 3, marks: { c1: '20' }, comment: '', note: '' }],
  declared: [],
}

/** What the server has kept of this tablet under its old address. */
const older: ServerFrame = {
  kind: 'draft',
  pitch: 'R1-P2',
  marks: { c1: '2' },
  comment: '',
  base: 0,
  rev: 5,
  run: 4,
  tablet: id(9),
}

/** A server that greets with this run and a draft of this tablet's, and notes what it hears. */
async function meeting(run: number, handed: Parcel | null = parcel, draft: ServerFrame = older) {
  const view = { hall: { phases: {} }, run, criteria: [{ id: 'c1' }], cards: {}, reopened: {} } as unknown as JudgeView
  const heard: ClientFrame[] = []
  const line = { readyState: 1, close() {} } as unknown as WebSocket
  const say = (frame: ServerFrame) =>
    queueMicrotask(() => line.onmessage?.({ data: JSON.stringify(frame) } as MessageEvent))
  line.send = (text) => {
    const frame = JSON.parse(String(text)) as ClientFrame
    heard.push(frame)
    if (frame.kind === 'hello') {
      say({ kind: 'hello', protocol: PROTOCOL, feed: 'f', now: 1 } as ServerFrame)
      say(draft)
      say({ kind: 'snapshot', n: 1, view } as ServerFrame)
    }
    if (frame.kind === 'ping') say({ kind: 'pong', t: frame.t, now: 1 })
    // Later than the rest between two drafts: nothing but the answer itself makes the tablet say it again.
    if (frame.kind === 'draft')
      setTimeout(() => say(frame.rev === 5 ? { kind: 'draft-kept', pitch: 'R1-P2', rev: 6 } : older), 10)
  }
  const keep = { read: () => Promise.resolve(undefined), write: (_: Kept) => Promise.resolve() }
  const open = () => {
    queueMicrotask(() => line.onopen?.({} as Event))
    return line
  }
  const socket = { url: 'ws://x', patient: false, open }
  const courier = new Courier(
    { socket, keep: Promise.resolve(keep), ...(handed ? { handed } : {}), rest: 1 },
    () => undefined,
  )
  for (let tries = 0; tries < 200 && !(handed ? courier.snapshot.handed : courier.view); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 5))
  await new Promise((resolve) => setTimeout(resolve, 60))
  courier.close()
  return { courier, heard: heard.filter((frame) => frame.kind === 'submit' || frame.kind === 'draft') }
}

test('marks of another address go with the first line, under their ids, over this tablet’s older draft', async () => {
  const { courier, heard } = await meeting(4)
  expect(courier.snapshot.handed).toBe('taken')
  const said = heard.map((frame) => (frame.kind === 'submit' ? frame.id : frame.kind === 'draft' ? frame.rev : ''))
  // The draft follows the number that it came with, and then the server's.
  expect(said).toEqual([id(1), 3, 5])
  expect(heard[2]).toMatchObject({ pitch: 'R1-P2', marks: { c1: '20' }, tablet: id(9) })
  expect(courier.box.drafts['R1-P2']).toMatchObject({ marks: { c1: '20' }, rev: 6, synced: true })
})

test('what was meant for another run stays out', async () => {
  const { courier, heard } = await meeting(5)
  expect(courier.snapshot.handed).toBe('other-run')
  expect(heard).toEqual([])
  expect(courier.waiting).toBe(0)
})

test('in a rehearsal what belongs to the contest waits: marks of another address, and the draft that the server tells of', async () => {
  const { courier, heard } = await meeting(4, { ...parcel, run: 0 }, { ...older, run: 0 })
  expect([courier.snapshot.handed, heard]).toEqual(['taken', []])
  expect(courier.box).toMatchObject({ run: 4, given: {}, drafts: {} })
  expect(courier.box.aside).toMatchObject({ given: { 'R1-P1': [{ id: id(1) }] }, drafts: { 'R1-P2': { rev: 3 } } })
  const { courier: other } = await meeting(4, null, { ...older, run: 0 })
  expect(other.box.aside).toMatchObject({ run: 0, drafts: { 'R1-P2': { marks: { c1: '2' }, synced: true } } })
})

test('a draft comes before the view: it waits for the view of its run, and one that says none belongs to the first', async () => {
  const { run: _, ...first } = older as Extract<ServerFrame, { kind: 'draft' }>
  const contest = await meeting(0, null, first)
  expect(contest.courier.box.drafts['R1-P2']).toMatchObject({ marks: { c1: '2' }, rev: 5, synced: true })
  const rehearsal = await meeting(4, null)
  expect(rehearsal.courier.box).toMatchObject({ run: 4, drafts: { 'R1-P2': { marks: { c1: '2' } } } })
  const other = await meeting(5, null)
  expect(other.courier.box).toEqual({ ...empty, run: 5 })
})

test('a picture of another protocol is not opened; what the judge has written is', async () => {
  const kept = { box: { ...empty, drafts: {} }, tablet: id(7), view: { cards: {} } as unknown as JudgeView }
  for (const [protocol, opens] of [
    [undefined, false],
    [PROTOCOL - 1, false],
    [PROTOCOL, true],
  ] as const) {
    const keep = { read: () => Promise.resolve({ ...kept, protocol } as Kept), write: () => Promise.resolve() }
    const open = () => ({ readyState: 0, close() {} }) as unknown as WebSocket
    const socket = { url: 'ws://x', patient: false, open }
    const courier = new Courier({ socket, keep: Promise.resolve(keep) }, () => undefined)
    await new Promise((resolve) => setTimeout(resolve, 5))
    courier.close()
    expect([courier.view !== undefined, courier.tablet]).toEqual([opens, id(7)])
  }
})
