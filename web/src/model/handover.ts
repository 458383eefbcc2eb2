// Unsent marks on their way to another address of the same server: what is kept in a browser belongs to the address it was
// opened under. Packed into a link, unpacked with suspicion, taken into the outbox there. Commands keep their ids, so that
// the server counts them once however often they come. Pure.
import type { ClientCommand } from '../wire/types'
import { attemptOf, turnedTo } from './attempts'
import type { Content, Declared, Draft, Given, Marks, Outbox } from './outbox'

/** Longest packed text, in characters. */
export const TEXT_MAX = 64 * 1024
/** Most scorecards, drafts and declarations each, and marks of one. */
const [ENTRIES_MAX, MARKS_MAX, WORDS_MAX] = [200, 40, 2_000]
const VERSION = 1

export interface Unsent extends Content {
  pitch: string
  base: number
  rev: number
}

export interface Parcel {
  contest: string
  seat: string
  /** The tablet's name for itself, by which the server knows its drafts. */
  tablet: string
  /** The contest's run that all of it was meant for: a rehearsal's marks count in no other. */
  run: number
  given: Given[]
  drafts: Unsent[]
  declared: Declared[]
  /** Pitch → which of its runs it is of, where it is not the first. */
  attempts?: Record<string, number>
}

/** What the server does not have yet, as text for a link; nothing where it is too much. */
export function pack(box: Outbox, of: Pick<Parcel, 'contest' | 'seat' | 'tablet' | 'run'>): string | undefined {
  const given = Object.values(box.given).flat()
  const drafts = Object.entries(box.drafts).filter(([, draft]) => !draft.synced)
  const value = [
    VERSION,
    of.contest,
    of.seat,
    of.tablet,
    of.run,
    given.map(({ id, pitch, base, marks, comment }) => [id, pitch, base, marks, comment]),
    drafts.map(([pitch, { base, rev, marks, comment, note }]) => [pitch, base, rev, marks, comment, note]),
    box.declared.map(({ id, pitch, command }) => [id, pitch, command.do, 'reason' in command ? command.reason : '']),
    Object.entries(box.attempts ?? {}),
  ]
  const text = encode(JSON.stringify(value))
  return text.length <= TEXT_MAX && unpack(text) ? text : undefined
}

/** The parcel, or nothing: the text may come from anybody. */
export function unpack(text: string): Parcel | undefined {
  if (text.length > TEXT_MAX) return undefined
  try {
    const value: unknown = JSON.parse(decode(text))
    if (!Array.isArray(value) || value[0] !== VERSION || value.length < 8 || value.length > 9) return undefined
    const [, contest, seat, tablet, run] = value
    const runs = list(value[8] ?? [], 2, ([pitch, attempt]) => [matching(pitch, PITCH), count(attempt)] as const)
    const attempts: Record<string, number> = Object.fromEntries(runs)
    return {
      contest: matching(contest, /^[0-9a-z]{4,12}$/),
      seat: matching(seat, /^J[1-9]\d{0,4}$/),
      tablet: matching(tablet, ID),
      run: count(run),
      given: list(value[5], 5, ([id, pitch, base, marks, comment]) => ({
        id: matching(id, ID),
        pitch: matching(pitch, PITCH),
        base: count(base),
        marks: marking(marks),
        comment: words(comment),
      })),
      drafts: list(value[6], 6, ([pitch, base, rev, marks, comment, note]) => ({
        pitch: matching(pitch, PITCH),
        base: count(base),
        rev: count(rev),
        marks: marking(marks),
        comment: words(comment),
        note: words(note),
      })),
      declared: list(value[7], 4, ([id, pitch, what, reason]) => {
        const on = matching(pitch, PITCH)
        return { id: matching(id, ID), pitch: on, command: declaring(what, on, String(seat), words(reason), attempts) }
      }),
      attempts,
    }
  } catch {
    return undefined
  }
}

/** Takes the parcel in: what is here already stays, what is new goes with the next line. */
export function take(here: Outbox, parcel: Parcel): Outbox {
  const of = (pitch: string) => parcel.attempts?.[pitch] ?? 1
  const pitches = [...parcel.given, ...parcel.drafts, ...parcel.declared].map((one) => one.pitch)
  const box = pitches.reduce((box, pitch) => turnedTo(box, pitch, of(pitch)) ?? box, here)
  // What is of a run that is over here stays out.
  const goesOn = ({ pitch }: { pitch: string }) => turnedTo(box, pitch, of(pitch)) !== undefined
  return taken(box, {
    ...parcel,
    given: parcel.given.filter(goesOn),
    drafts: parcel.drafts.filter(goesOn),
    declared: parcel.declared.filter(goesOn),
  })
}

function taken(box: Outbox, parcel: Parcel): Outbox {
  const known = new Set([...Object.values(box.given).flat(), ...box.declared].map((one) => one.id))
  const given = { ...box.given }
  for (const one of parcel.given) if (!known.has(one.id)) given[one.pitch] = [...(given[one.pitch] ?? []), one]
  const drafts = { ...box.drafts }
  for (const one of parcel.drafts) drafts[one.pitch] = joined(drafts[one.pitch], one, parcel.tablet)
  const declared = [...box.declared, ...parcel.declared.filter((one) => !known.has(one.id))]
  const touched = [...parcel.given, ...parcel.drafts].map((one) => one.pitch)
  const refused = Object.fromEntries(Object.entries(box.refused).filter(([pitch]) => !touched.includes(pitch)))
  return { ...box, given, drafts, declared, refused }
}

/** Two drafts that the server has neither of: the judge will say which. */
function joined(here: Draft | undefined, { pitch, ...theirs }: Unsent, tablet: string): Draft {
  const same =
    here &&
    JSON.stringify([here.marks, here.comment, here.note]) ===
      JSON.stringify([theirs.marks, theirs.comment, theirs.note])
  if (!here || here.synced || same) return { ...theirs, synced: false }
  return { ...here, other: { ...theirs, pitch, tablet } }
}

/** How much a parcel holds. */
export function size({ given, drafts, declared }: Parcel): number {
  return given.length + drafts.length + declared.length
}

/** The origin that a person means: `192.168.1.9`, `192.168.1.9:7300/judge`, `https://podium.example`; not this one. */
export function otherOrigin(typed: string, here: { origin: string; port: string }): string | undefined {
  const text = typed.trim().replace(/：/g, ':')
  const named = /^https?:\/\//i.test(text)
  if (!text || /[\s@\\]/.test(text) || (!named && text.includes('://'))) return undefined
  try {
    const url = new URL(named ? text : `http://${text}`)
    // Who leaves the port out means the one that pages have here.
    if (!named && !url.port && here.port) url.port = here.port
    return url.origin === here.origin || !url.hostname ? undefined : url.origin
  } catch {
    return undefined
  }
}

/** Opens the judge's page there with the parcel; browsers do not send what follows the `#`. */
export const link = (origin: string, packed: string) => `${origin}/judge#hand=${packed}`

/** The packed text in an address's fragment. */
export function inFragment(hash: string): string | undefined {
  return hash.startsWith('#hand=') ? hash.slice('#hand='.length) : undefined
}

const ID = /^[0-9a-f]{32}$/
const PITCH = /^R[1-9]\d{0,4}-P[1-9]\d{0,4}$/

/** Not what it should be; `unpack` answers with nothing. */
class Odd extends Error {}

function matching(value: unknown, shape: RegExp): string {
  if (typeof value !== 'string' || !shape.test(value)) throw new Odd()
  return value
}

function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 1_000_000) throw new Odd()
  return value
}

function words(value: unknown): string {
  if (typeof value !== 'string' || [...value].length > WORDS_MAX) throw new Odd()
  return value
}

function marking(value: unknown): Marks {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Odd()
  const pairs = Object.entries(value)
  if (pairs.length > MARKS_MAX) throw new Odd()
  // As they are typed: a number may be half there.
  return Object.fromEntries(
    pairs.map(([id, mark]) => [matching(id, /^\S.{0,31}$/), matching(mark, /^\d{0,6}(\.\d{0,4})?$/)]),
  )
}

function list<T>(value: unknown, width: number, read: (entry: unknown[]) => T): T[] {
  if (!Array.isArray(value) || value.length > ENTRIES_MAX) throw new Odd()
  return value.map((entry: unknown) => {
    if (!Array.isArray(entry) || entry.length !== width) throw new Odd()
    return read(entry)
  })
}

function declaring(
  what: unknown,
  pitch: string,
  judge: string,
  reason: string,
  attempts: Record<string, number>,
): ClientCommand {
  switch (what) {
    case 'declare-recusal':
      return { do: what, pitch, judge, reason }
    case 'declare-abstention':
      return { do: what, pitch, ...attemptOf({ attempts }, pitch), judge, reason }
    case 'withdraw-recusal':
    case 'withdraw-abstention':
      return { do: what, pitch, judge }
    default:
      throw new Odd()
  }
}

function encode(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

function decode(text: string): string {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Odd()
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)))
}
