// How large a text may be in its place on the big screen. Estimated, not measured: the picture is the same on every screen and
// in the console's miniature, and no text jumps once a font has arrived. Sizes and places in the unit of the picture. Pure.

/** Width and height. */
export interface Box {
  w: number
  h: number
}

/** No text of the big screen is smaller: 4 % of its height. */
export const SMALLEST = 4
/** Line height of running text on the big screen. */
export const LEADING = 1.3
const STEP = 0.2

const CJK = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/
const NARROW = /[iljtfrI.,:;'!|()[\] ·]/
const WIDE = /[mwMW@%—…]/
/** Neither begins a line nor may be parted from what is before it. */
const CLOSING = /[，。、；：！？》」』】）”’…,.;:!?)\]%]/
/** Does not end a line. */
const OPENING = /[《「『【（“‘([]/

/** Width of a character in em: of a bold and rather wide typeface. */
function em(char: string): number {
  if (char.codePointAt(0)! > 0x2fff || CJK.test(char)) return 1
  if (NARROW.test(char)) return 0.36
  if (WIDE.test(char)) return 1
  return /[A-Z]/.test(char) ? 0.74 : 0.62
}

/** Width of a text on one line, in em. */
export function width(text: string): number {
  return [...text].reduce((sum, char) => sum + em(char), 0)
}

/** The parts between which a line may break. */
function parts(text: string): string[] {
  const found: string[] = []
  let open = false
  for (const char of text) {
    const last = found.at(-1)
    const alone = CJK.test(char) && !CLOSING.test(char)
    const joins = last !== undefined && (open || CLOSING.test(char) || (!alone && !/\s$/.test(last) && !ends(last)))
    if (joins) found[found.length - 1] = last + char
    else found.push(char)
    open = OPENING.test(char)
  }
  return found
}

const ends = (part: string) => CJK.test([...part].at(-1)!)

/** Lines that a text takes where a line has so many em. A word that is longer than a line is broken. */
export function lines(text: string, room: number): number {
  let [count, used] = [1, 0]
  for (const part of parts(text)) {
    const wide = width(part)
    const bare = width(part.trimEnd())
    if (used > 0 && used + bare > room) {
      count += 1
      used = 0
    }
    if (bare > room) {
      const over = Math.ceil(bare / Math.max(1, room - 1))
      count += over - 1
      used = room
    } else used += wide
  }
  return count
}

/** The height of a text of this size in so much width. */
export function height(text: string, w: number, size: number, leading = LEADING): number {
  return lines(text, w / size) * size * leading
}

/** The largest size, from `most` down to `least`, at which the text has its place. */
export function fit(text: string, box: Box, most: number, least = SMALLEST, leading = LEADING): number {
  for (let size = most; size > least; size -= STEP) {
    if (height(text, box.w, size, leading) <= box.h) return size
  }
  return least
}

export interface Arranged {
  columns: number
  size: number
  pages: string[][]
}

interface Grid {
  /** Between columns. */
  gap: number
  /** Between rows, as a part of the size. */
  row: number
  most: number
  columns: readonly number[]
}

/** Names in columns, whole names, as large as they can be; where there are too many for the smallest size, on several pages. */
export function arrange(
  names: string[],
  box: Box,
  { gap = 5, row = 0.25, most = 8, columns = [1, 2, 3, 4, 5] }: Partial<Grid> = {},
): Arranged {
  const grid = { gap, row, most, columns }
  const whole = (longest: number) => {
    for (let size = most; size >= SMALLEST - STEP / 2; size -= STEP) {
      const count = columns.find((count) => taken(names, box, size, count, grid, longest) <= box.h)
      if (count) return { columns: count, size: Math.max(size, SMALLEST), pages: [names] }
    }
    return undefined
  }
  // A name on one line reads best; where that is not to be had, names go on, and then over the page.
  return whole(1) ?? whole(2) ?? whole(3) ?? paged(names, box, grid)
}

/** The height that these names take; none where one of them needs more lines than are wanted. */
function taken(names: string[], box: Box, size: number, count: number, grid: Grid, longest: number): number {
  const room = (box.w - grid.gap * (count - 1)) / count / size
  let sum = 0
  for (let at = 0; at < names.length; at += count) {
    const tallest = Math.max(...names.slice(at, at + count).map((name) => lines(name, room)))
    if (tallest > longest) return Infinity
    sum += size * (tallest * LEADING + (at > 0 ? grid.row : 0))
  }
  return sum
}

function paged(names: string[], box: Box, grid: Grid): Arranged {
  const fits = (page: string[], count: number) => taken(page, box, SMALLEST, count, grid, Infinity) <= box.h
  const filled = (count: number) => {
    const pages: string[][] = [[]]
    for (let at = 0; at < names.length; at += count) {
      const row = names.slice(at, at + count)
      const page = pages.at(-1)!
      if (page.length === 0 || fits([...page, ...row], count)) page.push(...row)
      else pages.push(row)
    }
    return { columns: count, size: SMALLEST, pages }
  }
  // No name is a column of three letters a line, unless the place is no wider.
  const wide = grid.columns.filter((count) => taken(names, box, SMALLEST, count, grid, 3) < Infinity)
  const ways = (wide.length > 0 ? wide : grid.columns.slice(0, 1)).map(filled)
  const best = ways.reduce((best, way) => (way.pages.length < best.pages.length ? way : best))
  // A last page with two names looks like a mistake: the same number of pages, evenly filled, where that fits.
  const { columns, pages } = best
  const each = Math.ceil(names.length / columns / pages.length) * columns
  const even = pages.map((_, at) => names.slice(at * each, (at + 1) * each)).filter((page) => page.length > 0)
  return even.every((page) => fits(page, columns)) ? { ...best, pages: even } : best
}

/** Cards of this width to height, as large as `count` of them can be: how many in a row, and how wide. */
export function tiles(
  count: number,
  box: Box,
  shape: number,
  gap: number,
  most: number,
): { columns: number; w: number } {
  let best = { columns: 1, w: 0 }
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(count / columns)
    const w = Math.min((box.w - gap * (columns - 1)) / columns, ((box.h - gap * (rows - 1)) / rows) * shape, most)
    if (w > best.w + 0.01) best = { columns, w }
  }
  return best
}

/** Short texts in rows one after another, as large as they can be; where the smallest is too large, the last ones only. */
export function flow(
  texts: string[],
  box: Box,
  most: number,
  /** Around each, on both sides together; and between them. */
  pad: number,
  gap: number,
): { size: number; from: number } {
  const high = (from: number, size: number) => {
    let [rows, used] = [1, 0]
    for (const text of texts.slice(from)) {
      const w = width(text) * size + pad
      if (used > 0 && used + gap + w > box.w) {
        rows += 1
        used = 0
      }
      used += (used > 0 ? gap : 0) + w
    }
    return rows * size * LEADING + (rows - 1) * gap
  }
  for (let size = most; size >= SMALLEST; size -= STEP) if (high(0, size) <= box.h) return { size, from: 0 }
  let from = 1
  while (from < texts.length && high(from, SMALLEST) > box.h) from += 1
  return { size: SMALLEST, from: Math.min(from, Math.max(0, texts.length - 1)) }
}
