// What a judge writes about a pitch, and when two of them are the same. Pure.
import { canonical } from './marks'

export type Marks = Record<string, string>

/** What a judge writes about one pitch. The note is for the judge alone. */
export interface Content {
  marks: Marks
  comment: string
  note: string
}

export function content({ marks, comment, note }: Content): Content {
  return { marks, comment, note }
}

/** As scorecards they are the same: `27.50` is `27.5`, and a comment is one line. */
export function sameCard(a: Omit<Content, 'note'>, b: Omit<Content, 'note'>): boolean {
  return clean(a.comment) === clean(b.comment) && equal(a.marks, b.marks)
}

export function same(a: Content, b: Content): boolean {
  return a.comment === b.comment && a.note === b.note && equal(a.marks, b.marks)
}

function equal(a: Marks, b: Marks): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => number(a[key]) === number(b[key]))
}

const number = (mark = '') => canonical(mark) ?? mark

/** A comment as the server keeps it: one line, trimmed. */
export function clean(comment: string): string {
  return comment.replace(/[\n\r]/g, ' ').trim()
}
