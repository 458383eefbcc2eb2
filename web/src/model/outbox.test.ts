import { expect, test } from 'vitest'
import type { JudgeView, MyCard } from '../wire/types'
import {
  arrived,
  aside,
  changed,
  choose,
  conflict,
  current,
  declare,
  empty,
  give,
  kept,
  lost,
  noted,
  onTheWay,
  received,
  refuse,
  sending,
  state,
  turn,
  unsynced,
  waiting,
  write,
  type Outbox,
} from './outbox'

const P = 'R1-P1'
const criteria = [{ id: 'c1' }, { id: 'c2' }]
const view = (cards: JudgeView['cards'] = {}, phase = 'scoring'): JudgeView =>
  ({ hall: { phases: { [P]: phase } }, cards, criteria, reopened: {}, run: 0 }) as unknown as JudgeView
const card = (version: number, c1: string): MyCard => ({
  version,
  marks: { c1 },
  comment: '',
  total: '20.00',
  locked: false,
  seq: 9,
})
const marks = (c1: string, note = '') => ({ marks: { c1 }, comment: '', note })
const written = (c1: string, box: Outbox = empty, seen = view()) => write(box, seen, P, marks(c1))
const synced = (box: Outbox, rev: number) => kept(sending(box, P), P, rev)

test('kept, drafted, sending, received, counted: in that order', () => {
  let box = written('20')
  expect(state(box, view(), P, true)).toBe('kept')
  box = synced(box, 1)
  expect(state(box, view(), P, true)).toBe('drafted')
  box = give(box, view(), P, 'id')
  expect(state(box, view(), P, true)).toBe('sending')
  expect(onTheWay(box).map(({ id }) => id)).toEqual(['id'])
  box = received(box, 'id', 9)
  // The receipt may come before the view that shows the card.
  expect(state(box, view(), P, true)).toBe('received')
  expect(state(box, view({ [P]: card(1, '20') }), P, true)).toBe('received')
  expect(state(box, view({ [P]: card(1, '20') }, 'closed'), P, false)).toBe('counted')
  expect(waiting(box)).toBe(0)
})

test('27.50 is 27.5, and a comment is one line: nothing looks changed that is not', () => {
  const box = received(
    give(write(empty, view(), P, { marks: { c1: '27.50' }, comment: 'gut\n', note: '' }), view(), P, 'id'),
    'id',
    9,
  )
  const seen = view({ [P]: { ...card(1, '27.5'), comment: 'gut' } })
  expect(changed(box, seen, P)).toBe(false)
  expect(state(box, seen, P, true)).toBe('received')
})

test('an amendment while the scorecard is on its way goes after it, as the next version', () => {
  let box = give(written('20'), view(), P, 'first')
  box = give(written('21', box), view(), P, 'second')
  expect(onTheWay(box).map(({ id }) => id)).toEqual(['first'])
  box = received(box, 'first', 9)
  expect(onTheWay(box)[0]).toMatchObject({ id: 'second', command: { base: 1, marks: { c1: '21' } } })
  box = received(box, 'second', 10)
  expect(box.accepted[P]).toMatchObject({ version: 2, marks: { c1: '21' } })
  // The same answer once more changes nothing.
  expect(received(box, 'second', 10)).toBe(box)
})

test('the view may show a scorecard before its receipt: what is written since is not lost', () => {
  let box = give(written('20'), view(), P, 'first')
  box = written('21', box)
  const seen = view({ [P]: card(1, '20') })
  expect(current(box, seen, P).marks).toEqual({ c1: '21' })
  expect(onTheWay(received(give(box, seen, P, 'second'), 'first', 9))[0]).toMatchObject({
    command: { base: 1, marks: { c1: '21' } },
  })
})

test('a scorecard that stands there already lets the next one build on it', () => {
  let box = give(written('20'), view({ [P]: card(1, '20') }), P, 'same')
  box = give(written('21', box, view({ [P]: card(1, '20') })), view({ [P]: card(1, '20') }), P, 'next')
  box = refuse(box, 'same', { code: 'nothing-changes' })
  expect(onTheWay(box)[0]).toMatchObject({ id: 'next', command: { base: 1 } })
})

test('a refused scorecard stays as a draft with its reason', () => {
  const box = refuse(give(written('20'), view(), P, 'id'), 'id', { code: 'window-closed' })
  expect(state(box, view({}, 'closed'), P, false)).toBe('refused')
  expect(current(box, view(), P).marks).toEqual({ c1: '20' })
})

test('a busy server is asked again', () => {
  const given = give(written('20'), view(), P, 'id')
  expect(refuse(given, 'id', { code: 'overloaded' })).toBe(given)
})

test('an answer to somebody else changes nothing', () => {
  const given = give(written('20'), view(), P, 'id')
  expect(received(given, 'other', 1)).toBe(given)
})

test('marks that were never given did not count once the window is closed', () => {
  expect(state(written('20'), view({}, 'closed'), P, false)).toBe('missed')
})

const theirs = (c1: string, rev: number, tablet: string, base = 0) => ({ pitch: P, ...marks(c1), base, rev, tablet })

test('a draft that was lost on the way is sent again; one that arrived is not', () => {
  let box = sending(written('20'), P)
  expect(unsynced(box)).toEqual([])
  expect(unsynced(lost(box))).toEqual([P])
  // Its answer was lost: the server says by itself that it has it.
  box = arrived(box, view(), theirs('20', 4, 'me'), 'me')
  expect(box.drafts[P]).toMatchObject({ rev: 4, synced: true })
  // Changed since, and the old words came ever so late: they are its own, and the change follows them.
  box = arrived(written('21', lost(box)), view(), theirs('19', 5, 'me'), 'me')
  expect(box.drafts[P]).toMatchObject({ rev: 5, synced: false, marks: { c1: '21' } })
  expect(conflict(box, view(), P)).toBeUndefined()
  expect(unsynced(box)).toEqual([P])
})

test('what another tablet kept before the scorecard was given has nothing to say after', () => {
  let box = give(arrived(written('20'), view(), theirs('30', 7, 'it'), 'me'), view(), P, 'id')
  box = received(box, 'id', 9)
  expect(conflict(box, view(), P)).toBeUndefined()
  expect([unsynced(box), box.drafts[P]?.rev]).toEqual([[P], 7])
  expect(conflict(arrived(written('21', box), view(), theirs('31', 8, 'it'), 'me'), view(), P)).toBeUndefined()
})

test('a half-typed number is no reason to send for ever', () => {
  const box = synced(written('27.'), 1)
  expect(box.drafts[P]!.synced).toBe(true)
  expect(current(box, view(), P).marks).toEqual({ c1: '27.' })
})

test('another tablet has kept something else: the judge chooses', () => {
  const other = theirs('30', 7, 'it')
  const box = arrived(written('20'), view(), other, 'me')
  expect(state(box, view(), P, true)).toBe('conflict')
  expect(conflict(box, view(), P)).toMatchObject({ what: 'draft', theirs: marks('30'), mine: marks('20') })
  expect(choose(box, view(), P, false).drafts[P]).toMatchObject({ marks: { c1: '30' }, rev: 7 })
  const mine = choose(box, view(), P, true)
  expect(mine.drafts[P]).toMatchObject({ marks: { c1: '20' }, rev: 7 })
  expect(conflict(mine, view(), P)).toBeUndefined()
  // A tablet that had nothing of its own takes what is there.
  expect(arrived(synced(written('20'), 1), view(), other, 'me').drafts[P]).toMatchObject({ marks: { c1: '30' } })
})

test('another tablet has submitted: side by side, and the choice builds on what counts', () => {
  const seen = view({ [P]: card(1, '30') })
  let box = refuse(give(written('20'), view(), P, 'id'), 'id', { code: 'stale-version' })
  expect(state(box, seen, P, true)).toBe('conflict')
  box = choose(box, seen, P, true)
  expect(onTheWay(give(box, seen, P, 'again'))[0]).toMatchObject({ command: { base: 1, marks: { c1: '20' } } })
  // A draft that nobody gave is no better; one that the server knows gives way to the scorecard.
  expect(state(written('20'), seen, P, true)).toBe('conflict')
  expect(state(synced(written('20'), 1), seen, P, true)).toBe('received')
  expect(current(synced(written('20'), 1), seen, P).marks).toEqual({ c1: '30' })
})

test('the note stays when the scorecard is given, and never goes with it', () => {
  let box = write(empty, view(), P, marks('20', 'nur für mich'))
  box = received(give(box, view(), P, 'id'), 'id', 9)
  expect(JSON.stringify(onTheWay(give(box, view(), P, 'next')))).not.toContain('nur für mich')
  expect(current(box, view({ [P]: card(1, '20') }), P).note).toBe('nur für mich')
})

test('marks of criteria that are gone are left out', () => {
  const box = write(empty, view(), P, { marks: { c1: '20', old: '9' }, comment: '', note: '' })
  expect(onTheWay(give(box, view(), P, 'id'))[0]).toMatchObject({ command: { marks: { c1: '20' } } })
})

test('a declaration waits like a scorecard, and its refusal has a place', () => {
  const command = { do: 'withdraw-recusal', pitch: P, judge: 'J1' } as const
  const box = declare(empty, P, 'id', command)
  expect([waiting(box), onTheWay(box)]).toEqual([1, [{ id: 'id', command }]])
  expect(received(box, 'id', 3).declared).toEqual([])
  expect(refuse(box, 'id', { code: 'wrong-phase' }).refused[P]).toEqual({ refusal: { code: 'wrong-phase' } })
})

test('a rehearsal takes nothing over and leaves nothing behind; the contest’s own waits for its end', () => {
  const inContest = give(written('20'), view(), P, 'contest')
  const rehearsing = { ...view(), run: 1 }
  let box = turn(lost(inContest), 1)
  expect(box).toEqual({ ...empty, run: 1, aside: lost(inContest) })
  expect([onTheWay(box), unsynced(box), waiting(box), aside(box)]).toEqual([[], [], 1, 1])
  expect(state(box, rehearsing, P, true)).toBe('empty')
  box = received(give(write(box, rehearsing, P, marks('24')), rehearsing, P, 'rehearsed'), 'rehearsed', 40)
  box = give(write(box, rehearsing, P, marks('25')), rehearsing, P, 'cut off')
  expect(turn(box, 1)).toBe(box)
  expect([waiting(box), aside(box)]).toEqual([2, 1])
  // Another rehearsal follows, unseen by this tablet.
  expect(turn(box, 3)).toEqual({ ...empty, run: 3, cleared: 'over', aside: lost(inContest) })
  box = turn(box, 0)
  expect(box).toEqual({ ...lost(inContest), cleared: 'over' })
  expect(onTheWay(box).map(({ id }) => id)).toEqual(['contest'])
  expect(current(box, view(), P)).toEqual({ ...marks('20'), note: '' })
  // Answers that come late belong to nothing any more.
  expect(received(box, 'cut off', 41)).toBe(box)
  box = noted(box)
  expect('cleared' in box).toBe(false)
  expect(state(received(box, 'contest', 42), view(), P, true)).toBe('received')
})

test('an answer to what waits comes while the rehearsal is on', () => {
  const box = turn(give(synced(written('20'), 1), view(), P, 'contest'), 1)
  const there = received(box, 'contest', 9)
  expect([waiting(there), state(there, { ...view(), run: 1 }, P, true)]).toEqual([0, 'empty'])
  expect(state(turn(there, 0), view(), P, true)).toBe('received')
  const late = refuse(box, 'contest', { code: 'window-closed' })
  expect(turn(late, 0).refused[P]?.refusal.code).toBe('window-closed')
})

test('who had nothing is told nothing, in a rehearsal and after it', () => {
  expect(turn(empty, 1)).toEqual({ ...empty, run: 1 })
  expect(turn(turn(empty, 1), 0)).toEqual(empty)
  const own = written('20')
  expect(turn(turn(own, 1), 0)).toEqual(lost(own))
})

test('what is safe on the disk but of another run says nothing', () => {
  const safe = received(give(written('20'), view(), P, 'id'), 'id', 9)
  expect(state(safe, view(), P, true)).toBe('received')
  expect(state(safe, { ...view(), run: 1 }, P, true)).toBe('empty')
})

test('a scorecard that finds another run is not refused: the view of that run says what becomes of it', () => {
  const box = give(written('20'), view(), P, 'id')
  expect(refuse(box, 'id', { code: 'other-run' })).toBe(box)
})
