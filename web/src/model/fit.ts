// How large a text may be in its place on the big screen. Estimated, not measured: the picture is the same on every screen and
// in the console's miniature, and no text jumps once a font has arrived. Sizes and places in the unit of the picture. Pure.

import { letters, parts } from './words'

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
const NOTHING = /[\p{M}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f]|\p{Emoji_Modifier}/u
const PICTURE = /\p{Extended_Pictographic}/u

/** Width of a character in em: of a bold and rather wide typeface. */
function em(char: string): number {
  if (NOTHING.test(char)) return 0
  if (PICTURE.test(char)) return 1.3
  if (char.codePointAt(0)! > 0x2fff || CJK.test(char)) return 1
  if (NARROW.test(char)) return 0.36
  if (WIDE.test(char)) return 1
  return /[A-Z]/.test(char) ? 0.74 : 0.62
}

const measured = new Map<string, number>()

/** Width of a text on one line, in em. */
export function width(text: string): number {
  const found = measured.get(text)
  if (found !== undefined) return found
  if (measured.size > 4_000) measured.clear()
  // Characters that are joined into one picture take its room.
  const wide = [...text].reduce(
    ([sum, joined], char): [number, boolean] => [joined ? sum : sum + em(char), char === '\u200d'],
    [0, false] as [number, boolean],
  )[0]
  measured.set(text, wide)
  return wide
}

/** What a browser's rounding may take of a line, in em. */
const ROUNDING = 0.02

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
  return lines(text, w / size - ROUNDING) * size * leading
}

/** Every word has its place on a line of so many em. */
const whole = (text: string, room: number) => parts(text).every((part) => width(part.trimEnd()) <= room)

/** The text has its place at this size, its words whole. */
export const holds = (text: string, box: Box, size: number, leading = LEADING) =>
  whole(text, box.w / size) && height(text, box.w, size, leading) <= box.h + 0.001

/** The largest size, from `most` down to `least`, at which the text has its place; words stay whole as long as they can. */
export function fit(text: string, box: Box, most: number, least = SMALLEST, leading = LEADING): number {
  for (let size = most; size > least; size -= STEP) if (holds(text, box, size, leading)) return size
  return least
}

export interface Named {
  text: string
  size: number
}

/** The organiser's own short name; nothing where it is only the beginning of the whole one. */
const own = ({ name, short }: { name: string; short: string }) =>
  short !== name && !short.endsWith('…') ? short : undefined

/** A name in its place: whole, as large as it can be; else the organiser's short one; at last as much of it as there is room for. */
export function named(
  project: { name: string; short: string } | undefined,
  box: Box,
  most: number,
  leading = LEADING,
  least = SMALLEST,
): Named {
  if (!project) return { text: '', size: most }
  for (const text of [project.name, own(project)]) {
    const size = text === undefined ? least : fit(text, box, most, least, leading)
    if (text !== undefined && holds(text, box, size, leading)) return { text, size }
  }
  return { text: cut(own(project) ?? project.name, box, least, leading), size: least }
}

/** As much of a text as has its place, and an ellipsis. */
export function cut(text: string, box: Box, size: number, leading = LEADING): string {
  if (height(text, box.w, size, leading) <= box.h + 0.001) return text
  const all = letters(text)
  let [low, high] = [0, all.length]
  const of = (n: number) => `${all.slice(0, n).join('').trimEnd()}…`
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (height(of(middle), box.w, size, leading) <= box.h + 0.001) low = middle
    else high = middle - 1
  }
  return of(low)
}

/**
 * The most rows, from `most` down, with which every name stands whole; where only few rows would do, the organiser's short names
 * have their say.
 */
export function rowsFor(
  projects: { name: string; short: string }[],
  [most, fewest, by = 1]: [number, number, number?],
  box: (count: number, at: number) => Box,
  leading = LEADING,
): number {
  const find = (least: number, fits: (project: { name: string; short: string }, box: Box) => boolean) => {
    for (let count = most; count >= least; count -= by) {
      if (projects.every((project, at) => fits(project, box(count, at)))) return count
    }
    return undefined
  }
  const whole = find(Math.ceil(most * 0.6), ({ name }, box) => holds(name, box, SMALLEST, leading))
  return whole ?? find(fewest, (project, box) => fitting(project, box, leading)) ?? fewest
}

/** Whether the whole name, or the organiser's short one, has its place at the smallest size. */
export const fitting = (project: { name: string; short: string }, box: Box, leading = LEADING) =>
  [project.name, own(project)].some((text) => text !== undefined && holds(text, box, SMALLEST, leading))

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
  const within = (longest: number) => {
    for (let size = most; size >= SMALLEST - STEP / 2; size -= STEP) {
      const count = columns.find((count) => taken(names, box, size, count, grid, longest) <= box.h)
      if (count) return { columns: count, size: Math.max(size, SMALLEST), pages: [names] }
    }
    return undefined
  }
  // A name on one line reads best; where that is not to be had, names go on, and then over the page.
  return within(1) ?? within(2) ?? within(3) ?? paged(names, box, grid)
}

/** The height that these names take; none where one of them needs more lines than are wanted. */
function taken(names: string[], box: Box, size: number, count: number, grid: Grid, longest: number): number {
  const room = (box.w - grid.gap * (count - 1)) / count / size
  let sum = 0
  for (let at = 0; at < names.length; at += count) {
    const row = names.slice(at, at + count)
    const tallest = Math.max(...row.map((name) => lines(name, room)))
    if (tallest > longest || (longest < Infinity && !row.every((name) => whole(name, room)))) return Infinity
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
  const chosen = even.every((page) => fits(page, columns)) ? { ...best, pages: even } : best
  // As large as the fullest page can be.
  let size = SMALLEST
  const holds = (size: number) => chosen.pages.every((page) => taken(page, box, size, chosen.columns, grid, 3) <= box.h)
  while (size + STEP <= grid.most && holds(size + STEP)) size += STEP
  return { ...chosen, size }
}

/** How much higher than wide a plate may be, and how much wider than high where the picture is full. */
const [TALLEST, WIDEST] = [1.9, 1.25]
/** Plates fill so much of the picture. */
const FILLS = 0.32

/** Plates that fill a box: in one row while there are few, else in as few as fill the picture. */
export function slabs(count: number, box: Box, gap: number, picture: Box): { columns: number; w: number; h: number } {
  const need = FILLS * picture.w * picture.h
  const ways = Array.from({ length: Math.max(1, count) }, (_, at) => {
    const rows = at + 1
    const columns = Math.ceil(Math.max(1, count) / rows)
    const wide = (box.w - gap * (columns - 1)) / columns
    const high = (box.h - gap * (rows - 1)) / rows
    const h = Math.min(high, wide * TALLEST)
    // Wider than looks best only where the picture would be empty.
    const w = Math.min(wide, Math.max(h * WIDEST, need / count / h))
    return { columns, w, h, all: count * w * h }
  })
  const full = ways.find(({ all }, at) => all >= need && (at > 0 || count < 8))
  return full ?? ways.reduce((best, way) => (way.all > best.all ? way : best))
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
