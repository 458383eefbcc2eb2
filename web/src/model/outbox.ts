// The delivery contract of a judge's marks: *kept* on this tablet, *received* by the server, *counted*. Pure.
//
// Drafts are numbered by the server, so that a tablet that comes back does not overwrite what another one has kept since.
// A scorecard on its way keeps its command id until the server answers, so that sending it again is harmless.
import type { ClientCommand, JudgeView, MyCard, Refusal } from '../wire/types'
import { attemptOf, isNow } from './attempts'
import { clean, content, same, sameCard, type Content, type Marks } from './content'
import { canonical } from './marks'

export { sameCard, type Content, type Marks } from './content'

/** A draft as the server has it. */
export interface ServerDraft extends Content {
  pitch: string
  base: number
  rev: number
  /** The tablet that it came from. */
  tablet: string
}

export interface Draft extends Content {
  /** The version of the scorecard that these marks change; 0 before the first. */
  base: number
  /** The server's number of the draft that this one follows. */
  rev: number
  /** The server has exactly this. */
  synced: boolean
  /** On its way to the server. */
  sent?: Content
  /** What another tablet has kept meanwhile. */
  other?: ServerDraft
}

/** A scorecard that was given and is not answered yet. */
export interface Given {
  id: string
  pitch: string
  base: number
  marks: Marks
  comment: string
}

/** A version that the server has on disk; the view may be a moment behind. */
export interface Accepted {
  version: number
  marks: Marks
  comment: string
  seq: number
}

/** A declaration (recusal, abstention) on its way. */
export interface Declared {
  id: string
  pitch: string
  command: ClientCommand
}

export interface Outbox {
  /** The run that all of this was made in, 0 the contest itself: what belongs to a rehearsal counts nowhere else, nor the other way. */
  run: number
  /** Pitch → which of its runs all of this is of, where it is not the first. */
  attempts?: Record<string, number>
  drafts: Record<string, Draft>
  /** Pitch → scorecards in the order they were given; only the first is on its way. */
  given: Record<string, Given[]>
  accepted: Record<string, Accepted>
  /** Pitch → why the last thing did not count, and what it was. */
  refused: Record<string, { refusal: Refusal; given?: Given }>
  declared: Declared[]
  /** Pitches whose scorecard the judge asks to have back. */
  asks: string[]
  /** What was made in a rehearsal, or for an earlier run of a pitch, was dropped with it; until the judge has taken note. */
  cleared?: 'over' | 'again'
  /** The contest's own, while a rehearsal is on: it waits for the end of it, and goes then. */
  aside?: Outbox
}

export const empty: Outbox = { run: 0, drafts: {}, given: {}, accepted: {}, refused: {}, declared: [], asks: [] }
export const nothing: Content = { marks: {}, comment: '', note: '' }

/** A busy server is asked again, not believed; one that is in another run shows that with its next view. */
export const TRY_AGAIN = ['overloaded', 'unavailable', 'other-run']

/** The contest is in this run now. Its own things are put aside for a rehearsal and taken up again; a rehearsal's are dropped when
 * it is over, and the judge is told where there was something. */
export function turn(box: Outbox, run: number): Outbox {
  if (box.run === run) return box
  const own = noted(contests(box))
  const over = (box.run !== 0 && held(box)) || box.cleared
  const now = run === 0 ? lost(own) : { ...empty, run, ...(held(own) ? { aside: lost(own) } : {}) }
  return { ...now, ...(over ? { cleared: 'over' as const } : {}) }
}

/** The part that belongs to the contest itself. */
export function contests(box: Outbox): Outbox {
  return box.run === 0 ? box : (box.aside ?? empty)
}

/** Changes that part, whichever run is on. */
export function inContest(box: Outbox, change: (own: Outbox) => Outbox): Outbox {
  if (box.run === 0) return change(box)
  const [own, now] = [contests(box), change(contests(box))]
  return now === own ? box : { ...box, aside: now }
}

function held(box: Outbox): boolean {
  const parts = [box.drafts, box.given, box.accepted, box.refused]
  return parts.some((part) => Object.keys(part).length > 0) || box.declared.length + box.asks.length > 0
}

/** The judge knows that something was dropped. */
export function noted({ cleared: _, ...box }: Outbox): Outbox {
  return box
}

/** The newest version that counts, as far as this tablet knows. */
export function newest(box: Outbox, view: JudgeView, pitch: string): Accepted | MyCard | undefined {
  const [card, accepted] = [view.cards[pitch], box.accepted[pitch]]
  return accepted && accepted.version > (card?.version ?? 0) ? accepted : card
}

function version(box: Outbox, view: JudgeView, pitch: string): number {
  return newest(box, view, pitch)?.version ?? 0
}

/** What the page shows: what is being written, else the scorecard that counts. */
export function current(box: Outbox, view: JudgeView, pitch: string): Content {
  const [draft, card] = [box.drafts[pitch], newest(box, view, pitch)]
  if (draft && (!card || follows(box, draft, pitch) >= card.version || conflict(box, view, pitch)))
    return { ...content(draft), marks: fitting(view, draft.marks) }
  if (!card) return nothing
  return { marks: card.marks as Marks, comment: card.comment, note: draft?.note ?? '' }
}

/** The version that the draft builds on. The view may show the one on its way before its receipt comes: it is its own. */
function follows(box: Outbox, draft: Draft, pitch: string): number {
  const first = box.given[pitch]?.[0]
  return first ? Math.max(draft.base, first.base + 1) : draft.base
}

/** Marks of criteria that there are: the rubric may have changed since. */
function fitting(view: JudgeView, marks: Marks): Marks {
  const known = view.criteria.map((criterion) => criterion.id)
  return Object.fromEntries(Object.entries(marks).filter(([id]) => known.includes(id)))
}

/** The judge changes something. */
export function write(box: Outbox, view: JudgeView, pitch: string, what: Content): Outbox {
  const before = box.drafts[pitch]
  const base = Math.max(before?.base ?? 0, version(box, view, pitch))
  const draft: Draft = { ...before, ...what, base, rev: before?.rev ?? 0, synced: false }
  return { ...put(box, pitch, draft), refused: without(box.refused, pitch) }
}

/** The judge gives the scorecard as it stands. */
export function give(box: Outbox, view: JudgeView, pitch: string, id: string): Outbox {
  const now = current(box, view, pitch)
  const [marks, comment] = [now.marks, clean(now.comment)]
  const queue = box.given[pitch] ?? []
  const last = queue.at(-1)
  const base = last ? last.base + 1 : version(box, view, pitch)
  const given = { ...box.given, [pitch]: [...queue, { id, pitch, base, marks, comment }] }
  return { ...box, given, refused: without(box.refused, pitch), asks: box.asks.filter((one) => one !== pitch) }
}

export function declare(box: Outbox, pitch: string, id: string, command: ClientCommand): Outbox {
  return { ...box, declared: [...box.declared, { id, pitch, command }], refused: without(box.refused, pitch) }
}

/** What is to be sent now: the oldest scorecard of each pitch, and every declaration. */
export function onTheWay(box: Outbox): { id: string; command: ClientCommand }[] {
  const first = Object.values(box.given).flatMap((queue) => queue.slice(0, 1))
  const cards = first.map(({ id, pitch, base, marks, comment }) => {
    const command: ClientCommand = { do: 'submit-scorecard', pitch, ...attemptOf(box, pitch), base, marks, comment }
    return { id, command }
  })
  return [...cards, ...box.declared.map(({ id, command }) => ({ id, command }))]
}

/** The server has it on disk. */
export function received(box: Outbox, id: string, seq: number): Outbox {
  if (box.declared.some((one) => one.id === id))
    return { ...box, declared: box.declared.filter((one) => one.id !== id) }
  const given = find(box, id)
  if (!given) return box.aside ? inContest(box, (own) => received(own, id, seq)) : box
  const { pitch, marks, comment } = given
  const accepted = { ...box.accepted, [pitch]: { version: given.base + 1, marks, comment, seq } }
  return rebased({ ...box, accepted, given: rest(box, given) }, pitch, given.base + 1)
}

/** It did not count; the marks stay as a draft. */
export function refuse(box: Outbox, id: string, refusal: Refusal): Outbox {
  if (TRY_AGAIN.includes(refusal.code)) return box
  const declared = box.declared.find((one) => one.id === id)
  if (declared) {
    const others = box.declared.filter((one) => one.id !== id)
    if (refusal.code === 'nothing-changes') return { ...box, declared: others }
    return { ...box, declared: others, refused: { ...box.refused, [declared.pitch]: { refusal } } }
  }
  const given = find(box, id)
  if (!given) return box.aside ? inContest(box, (own) => refuse(own, id, refusal)) : box
  const { pitch } = given
  if (refusal.code === 'nothing-changes') {
    // It stands there already: those that follow build on what is there.
    const queue = rest(box, given)[pitch] ?? []
    const shifted = queue.map((one) => ({ ...one, base: one.base - 1 }))
    const all = shifted.length > 0 ? { ...box.given, [pitch]: shifted } : without(box.given, pitch)
    return rebased({ ...box, given: all }, pitch, given.base)
  }
  const last = box.given[pitch]!.at(-1)!
  const refused = { ...box.refused, [pitch]: { refusal, given: last } }
  return { ...box, given: without(box.given, pitch), refused }
}

/** Drafts that the server does not have, and that are not on their way. */
export function unsynced(box: Outbox): string[] {
  return Object.keys(box.drafts).filter((pitch) => {
    const draft = box.drafts[pitch]!
    return !draft.synced && !draft.sent && !draft.other
  })
}

/** What goes to the server: a half-typed number stays here. */
export function sendable(draft: Content): Content {
  const whole = Object.entries(draft.marks).filter(([, mark]) => canonical(mark) !== undefined && !mark.endsWith('.'))
  return { ...content(draft), marks: Object.fromEntries(whole) }
}

export function sending(box: Outbox, pitch: string): Outbox {
  const draft = box.drafts[pitch]
  return draft ? put(box, pitch, { ...draft, sent: sendable(draft) }) : box
}

/** The line is lost, or the server could not keep it: nothing is on its way. */
export function lost(box: Outbox): Outbox {
  const drafts = Object.entries(box.drafts).map(([pitch, draft]) => [pitch, { ...draft, sent: undefined }])
  return { ...box, drafts: Object.fromEntries(drafts) as Outbox['drafts'] }
}

/** The server keeps what was sent under this number. */
export function kept(box: Outbox, pitch: string, rev: number): Outbox {
  const draft = box.drafts[pitch]
  if (!draft?.sent) return box
  const synced = same(sendable(draft), draft.sent)
  return put(box, pitch, { ...draft, rev, synced, sent: undefined })
}

/** The server says what it has kept. */
export function arrived(box: Outbox, view: JudgeView | undefined, theirs: ServerDraft, tablet: string): Outbox {
  const { pitch, rev, base } = theirs
  const draft = box.drafts[pitch]
  const adopted: Draft = { ...content(theirs), base, rev, synced: true }
  if (!draft) return put(box, pitch, adopted)
  if (same(sendable(draft), theirs))
    return put(box, pitch, { ...draft, ...agreed(rev), base: Math.max(base, draft.base), synced: true })
  // Its own words of a moment ago, however late they came: what is written here now follows them.
  if (draft.rev === rev || theirs.tablet === tablet) return put(box, pitch, { ...draft, ...agreed(rev) })
  if (draft.synced) return put(box, pitch, adopted)
  // Marks of a scorecard that is no longer the newest have nothing to say any more.
  const past = base < Math.max(draft.base, view ? version(box, view, pitch) : 0)
  return put(box, pitch, past ? { ...draft, ...agreed(rev) } : { ...draft, sent: undefined, other: theirs })
}

/** Follows the server's draft of this number, and nothing stands against it. */
const agreed = (rev: number) => ({ rev, sent: undefined, other: undefined })

export interface Conflict {
  mine: Content
  theirs: Content
  /** A scorecard that counts, or another tablet's draft. */
  what: 'card' | 'draft'
}

/** Two different things stand there, and only the judge can say which one holds. */
export function conflict(box: Outbox, view: JudgeView, pitch: string): Conflict | undefined {
  const [draft, card] = [box.drafts[pitch], newest(box, view, pitch)]
  const refused = box.refused[pitch]
  const mine = draft ? content(draft) : refused?.given ? { ...nothing, ...only(refused.given) } : undefined
  if (!mine) return undefined
  if (card && !box.given[pitch]) {
    const theirs = { marks: card.marks as Marks, comment: card.comment, note: mine.note }
    const stale = refused?.refusal.code === 'stale-version' || (draft && draft.base < card.version && !draft.synced)
    if (stale && !sameCard(mine, theirs)) return { mine, theirs, what: 'card' }
  }
  const other = draft?.other
  if (!other || other.base < (card?.version ?? 0)) return undefined
  return { mine, theirs: content(other), what: 'draft' }
}

/** The judge has chosen. */
export function choose(box: Outbox, view: JudgeView, pitch: string, mine: boolean): Outbox {
  const found = conflict(box, view, pitch)
  if (!found) return box
  const before = box.drafts[pitch]
  const taken = mine ? found.mine : { ...found.theirs, note: found.mine.note || found.theirs.note }
  const rev = before?.other?.rev ?? before?.rev ?? 0
  const draft: Draft = { ...taken, base: version(box, view, pitch), rev, synced: false }
  return { ...put(box, pitch, draft), refused: without(box.refused, pitch) }
}

export type State =
  'empty' | 'kept' | 'drafted' | 'sending' | 'received' | 'counted' | 'refused' | 'conflict' | 'missed'

/** What holds for this pitch, in one word. `open`: a scorecard is taken now. */
export function state(kept: Outbox, view: JudgeView, pitch: string, open: boolean): State {
  // What is safe may be a moment behind the view: of another run, of the contest or of the pitch, it says nothing.
  const box = kept.run === view.run && isNow(kept, view, pitch) ? kept : empty
  if (box.given[pitch]) return 'sending'
  if (conflict(box, view, pitch)) return 'conflict'
  if (box.refused[pitch]?.given) return 'refused'
  const card = newest(box, view, pitch)
  if (card && (!open || !changed(box, view, pitch))) return open ? 'received' : 'counted'
  const draft = box.drafts[pitch]
  if (!draft || (Object.keys(draft.marks).length === 0 && !draft.comment)) return 'empty'
  if (view.hall.phases[pitch] === 'closed' || view.hall.phases[pitch] === 'revealed')
    return open ? written(draft) : 'missed'
  return written(draft)
}

/** Marks or comment differ from the scorecard that counts. */
export function changed(box: Outbox, view: JudgeView, pitch: string): boolean {
  const card = newest(box, view, pitch)
  if (!card) return false
  return !sameCard(current(box, view, pitch), { marks: card.marks as Marks, comment: card.comment })
}

const written = (draft: Draft): State => (draft.synced ? 'drafted' : 'kept')

/** Things that the server does not have yet; a draft whose scorecard is on its way is not counted twice. */
export function waiting(box: Outbox): number {
  const cards = Object.values(box.given).reduce((sum, queue) => sum + queue.length, 0)
  const drafts = Object.keys(box.drafts).filter((pitch) => !box.drafts[pitch]!.synced && !box.given[pitch])
  return cards + drafts.length + box.declared.length + aside(box)
}

/** Those of them that wait for the end of a rehearsal. */
export function aside(box: Outbox): number {
  return box.aside ? waiting(box.aside) : 0
}

const only = ({ marks, comment }: Given) => ({ marks, comment })

function find(box: Outbox, id: string): Given | undefined {
  return Object.values(box.given)
    .flat()
    .find((one) => one.id === id)
}

/** The queues without this scorecard. */
function rest(box: Outbox, given: Given): Outbox['given'] {
  const queue = box.given[given.pitch]!.filter((one) => one.id !== given.id)
  return queue.length > 0 ? { ...box.given, [given.pitch]: queue } : without(box.given, given.pitch)
}

/** The draft builds on this version now. */
function rebased(box: Outbox, pitch: string, base: number): Outbox {
  const draft = box.drafts[pitch]
  if (!draft) return box
  // What another tablet kept of an older version has nothing to say any more.
  const past = draft.other && draft.other.base < base ? agreed(draft.other.rev) : {}
  return put(box, pitch, { ...draft, ...past, base: Math.max(base, draft.base) })
}

function put(box: Outbox, pitch: string, draft: Draft): Outbox {
  return { ...box, drafts: { ...box.drafts, [pitch]: draft } }
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record
  return rest
}
