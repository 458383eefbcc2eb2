// The delivery contract of a scorecard: *kept* on this tablet, then *received* by the server. Pure.
//
// A scorecard on its way keeps its command id until the server answers, so that sending it again is harmless.
import type { JudgeView, Refusal } from '../wire/types'

export interface Draft {
  marks: Record<string, string>
  comment: string
}

export interface Pending extends Draft {
  id: string
  pitch: string
  base: number
}

export interface Outbox {
  /** Pitch → marks being entered. */
  drafts: Record<string, Draft>
  /** Pitch → scorecard given and not yet answered. */
  pending: Record<string, Pending>
  /** Pitch → why the last one did not count. */
  refused: Record<string, Refusal>
}

export const empty: Outbox = { drafts: {}, pending: {}, refused: {} }

export function write(box: Outbox, pitch: string, draft: Draft): Outbox {
  return { ...box, drafts: { ...box.drafts, [pitch]: draft }, refused: without(box.refused, pitch) }
}

export function give(box: Outbox, pitch: string, id: string, base: number): Outbox {
  const draft = box.drafts[pitch]
  if (!draft) return box
  const pending = { ...box.pending, [pitch]: { id, pitch, base, ...draft } }
  return { ...box, pending, refused: without(box.refused, pitch) }
}

/** The server has it on disk. A draft that was changed meanwhile stays. */
export function received(box: Outbox, id: string): Outbox {
  const pending = Object.values(box.pending).find((one) => one.id === id)
  if (!pending) return box
  const draft = box.drafts[pending.pitch]
  const same = draft && draft.comment === pending.comment && equal(draft.marks, pending.marks)
  return {
    drafts: same ? without(box.drafts, pending.pitch) : box.drafts,
    pending: without(box.pending, pending.pitch),
    refused: without(box.refused, pending.pitch),
  }
}

/** It did not count; the marks stay as a draft. A busy server is asked again, not believed. */
export function refuse(box: Outbox, id: string, refusal: Refusal): Outbox {
  const pending = Object.values(box.pending).find((one) => one.id === id)
  if (!pending || TRY_AGAIN.includes(refusal.code)) return box
  if (refusal.code === 'nothing-changes') return received(box, id)
  return { ...box, pending: without(box.pending, pending.pitch), refused: { ...box.refused, [pending.pitch]: refusal } }
}

export const TRY_AGAIN = ['overloaded', 'unavailable']

/** What a draft begins with: what is being entered, else what is on its way, else the scorecard that counts. */
export function current(box: Outbox, view: JudgeView, pitch: string): Draft {
  const card = view.cards[pitch]
  return (
    box.drafts[pitch] ??
    box.pending[pitch] ??
    (card ? { marks: card.marks as Record<string, string>, comment: card.comment } : { marks: {}, comment: '' })
  )
}

export type State = 'empty' | 'kept' | 'sending' | 'received' | 'locked' | 'refused'

/** What holds for the scorecard of this pitch, in one word. */
export function state(box: Outbox, view: JudgeView, pitch: string): State {
  const card = view.cards[pitch]
  if (box.pending[pitch]) return 'sending'
  if (box.refused[pitch]) return 'refused'
  if (box.drafts[pitch] && Object.keys(box.drafts[pitch].marks).length > 0) {
    const same = card && equal(card.marks as Record<string, string>, box.drafts[pitch].marks)
    if (!same || card.comment !== box.drafts[pitch].comment) return 'kept'
  }
  if (!card) return 'empty'
  return card.locked ? 'locked' : 'received'
}

function equal(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record
  return rest
}
