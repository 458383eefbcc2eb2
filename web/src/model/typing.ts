// What somebody types where a number is asked for, read as what it means. Pure.
//
// Digits of any width are digits; a comma and a full stop of any width are the decimal point. No symbol is dropped: what cannot
// be a mark stands as it was typed, is said to be none, and the mark stays as it was.
import { canonical, ticks } from './marks'

/** The same in plain digits: `８。５` and `8,5` are `8.5`. */
export function plain(text: string): string {
  const narrow = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  return narrow.replace(/[,，.．。｡]/g, '.')
}

/** A whole number; nothing where the text is none. */
export function whole(text: string): number | undefined {
  const digits = plain(text).trim()
  return /^\d{1,6}$/.test(digits) ? Number(digits) : undefined
}

/** One criterion while somebody types. */
export interface Typing {
  /** What stands in the field. */
  text: string
  /** The mark as it was when this began. */
  before: string
  /** What is typed next begins anew. */
  fresh: boolean
}

export const begun = (mark = ''): Typing => ({ text: mark, before: mark, fresh: true })

/** It cannot be a mark. */
export const refused = ({ text }: Typing): boolean => text !== '' && ticks(text) === undefined

/** The mark that holds: what is typed, where it can be one. */
export const holds = (typing: Typing): string => (refused(typing) ? typing.before : typing.text)

/** What was typed of a mark, unless the mark has become another one since. */
export function standing(typing: Typing | undefined, mark = ''): Typing {
  const same = typing && (canonical(holds(typing)) ?? '') === (canonical(mark) ?? '')
  return same ? typing : begun(mark)
}

/** The field's whole text anew: `.5` is `0.5`, `08` is `8`. */
export function retype(typing: Typing, raw: string): Typing {
  const text = plain(raw)
    .replace(/^(?=\.\d*$)/, '0')
    .replace(/^0+(?=\d)/, '')
  return { text, before: typing.fresh ? holds(typing) : typing.before, fresh: false }
}

/** A key, or what was pasted, after what stands there. */
export const add = (typing: Typing, what: string): Typing => retype(typing, (typing.fresh ? '' : typing.text) + what)

/** Without its last symbol. */
export const back = (typing: Typing): Typing => retype(typing, typing.text.slice(0, -1))
