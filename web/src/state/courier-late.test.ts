import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PROTOCOL, type JudgeView } from '../wire/types'
import { Courier } from './courier'

/** The server's end of a line. */
class Line {
  readyState = 1
  sent: { kind: string; t?: number; rev?: number }[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  send(text: string) {
    this.sent.push(JSON.parse(text) as { kind: string })
  }
  close() {}
  says(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
  drafts() {
    return this.sent.filter((frame) => frame.kind === 'draft').map((frame) => frame.rev)
  }
}

beforeEach(() => void vi.useFakeTimers({ now: 1_790_000_000_000 }))
afterEach(() => vi.useRealTimers())

test('a draft that the server answers with another number goes again, following that number', async () => {
  const line = new Line()
  const socket = { url: 'ws://x', patient: false, open: () => line as unknown as WebSocket }
  const keep = Promise.resolve({ read: () => Promise.resolve(undefined), write: () => Promise.resolve() })
  const page = new Courier({ socket, keep, rest: 1 }, () => {})
  await vi.advanceTimersByTimeAsync(1)
  line.onopen?.()
  line.says({ kind: 'hello', protocol: PROTOCOL, feed: 'f', now: Date.now() })
  line.says({
    kind: 'snapshot',
    n: 1,
    view: { hall: { phases: {} }, run: 0, cards: {}, reopened: {} } as unknown as JudgeView,
  })
  line.says({ kind: 'pong', t: line.sent.at(-1)!.t, now: Date.now() })
  page.write('R1-P1', { marks: { c1: '7' }, comment: '', note: '' })
  await vi.advanceTimersByTimeAsync(2)
  expect(line.drafts()).toEqual([0])
  // A word of an earlier line reached the server behind this page's back.
  const late = { kind: 'draft', pitch: 'R1-P1', marks: { c1: '6' }, comment: '', base: 0, rev: 3 }
  const mine = line.sent.find((frame) => frame.kind === 'draft') as { tablet?: string }
  line.says({ ...late, tablet: mine.tablet })
  await vi.advanceTimersByTimeAsync(2)
  expect(line.drafts()).toEqual([0, 3])
  line.says({ kind: 'draft-kept', pitch: 'R1-P1', rev: 4 })
  expect(page.waiting).toBe(0)
  page.close()
})

test('a scorecard that finds a rehearsal on goes again under its id once that is over', async () => {
  const line = new Line()
  const socket = { url: 'ws://x', patient: false, open: () => line as unknown as WebSocket }
  const keep = Promise.resolve({ read: () => Promise.resolve(undefined), write: () => Promise.resolve() })
  const page = new Courier({ socket, keep, rest: 1 }, () => {})
  const view = (run: number) =>
    ({ hall: { phases: {} }, run, criteria: [{ id: 'c1' }], cards: {}, reopened: {}, open: [] }) as unknown as JudgeView
  const submits = () => line.sent.filter((frame) => frame.kind === 'submit') as unknown as { id: string; run: number }[]
  await vi.advanceTimersByTimeAsync(1)
  line.onopen?.()
  line.says({ kind: 'hello', protocol: PROTOCOL, feed: 'f', now: Date.now() })
  line.says({ kind: 'snapshot', n: 1, view: view(0) })
  line.says({ kind: 'pong', t: line.sent.at(-1)!.t, now: Date.now() })
  page.write('R1-P1', { marks: { c1: '7' }, comment: '', note: '' })
  page.submit('R1-P1')
  const [first] = submits()
  line.says({ kind: 'refused', id: first!.id, refusal: { code: 'other-run' } })
  line.says({ kind: 'snapshot', n: 2, view: view(1) })
  await vi.advanceTimersByTimeAsync(50)
  expect([submits().length, page.waiting, page.state('R1-P1', true)]).toEqual([1, 1, 'empty'])
  line.says({ kind: 'snapshot', n: 3, view: view(0) })
  await vi.advanceTimersByTimeAsync(50)
  expect(submits().map(({ id, run }) => ({ id, run }))).toEqual([0, 0].map((run) => ({ id: first!.id, run })))
  line.says({ kind: 'receipt', id: first!.id, seq: 9, at: 1 })
  await vi.advanceTimersByTimeAsync(5)
  expect(page.state('R1-P1', true)).toBe('received')
  page.close()
})
