// Between which of its parts a text may break: between words, in any script. Where the browser knows no words, between characters
// of the scripts that have none. Pure.

/** Scripts that write without spaces. */
const SOLID =
  /[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/
/** Neither begins a line nor may be parted from what is before it. */
const CLOSING = /^[，。、；：！？》」』】）”’…,.;:!?)\]%—-]/
/** Does not end a line. */
const OPENING = /[《「『【（“‘([]$/
/** One Han character that no dictionary knows with its neighbours: it goes with the word before it, 大赛, 研究院. */
const SINGLE = /^\p{Script=Han}$/u
/** But these go with the word after them. */
const FORWARD = /(^|[^\p{Script=Han}])[与和及向对在以将把从由暨第]$/u
const LONGEST = 4
const MARKS = /^\p{M}/u

const words = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('zh-CN', { granularity: 'word' }) : undefined
const graphemes =
  typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('zh-CN', { granularity: 'grapheme' }) : undefined

const pieces = (by: Intl.Segmenter | undefined, text: string) =>
  by ? Array.from(by.segment(text), ({ segment }) => segment) : [...text]

/** What a reader takes for one character. */
export const letters = (text: string) => pieces(graphemes, text)

/** Another character of a text that has no word boundary of its own. */
const solid = (char: string | undefined) => char !== undefined && (char.codePointAt(0)! > 0x2fff || SOLID.test(char))

function split(text: string): string[] {
  const found: string[] = []
  for (const piece of pieces(words, text)) {
    const last = found.at(-1)
    const between = last !== undefined && (solid([...piece][0]) || solid([...last].at(-1)))
    const joins =
      last !== undefined &&
      (/^\s/.test(piece) ||
        CLOSING.test(piece) ||
        MARKS.test(piece) ||
        OPENING.test(last) ||
        FORWARD.test(last) ||
        (SINGLE.test(piece) && !FORWARD.test(piece) && /\p{Script=Han}$/u.test(last) && [...last].length < LONGEST) ||
        (!between && !/\s$/.test(last)) ||
        // 2026 | 年
        (/\d$/.test(last) && [...piece].length === 1))
    if (joins) found[found.length - 1] = last + piece
    else found.push(piece)
  }
  return found
}

const KEPT = 2_000
const known = new Map<string, string[]>()

/** The parts of a text, with the spaces behind them; the same ones where it is asked for again. */
export function parts(text: string): string[] {
  const found = known.get(text)
  if (found) return found
  if (known.size >= KEPT) known.clear()
  const made = split(text)
  known.set(text, made)
  return made
}
