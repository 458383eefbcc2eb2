// What a sheet is made of, whatever it says: parts that a page lays out and parts between their rows.
import { t } from '../../state/language.svelte'
import { lines, text, type Line, type Printed, type Round } from '../../model/printed'

export interface Cell {
  text: string
  /** It was left out by the rule. */
  struck?: boolean
  /** A word where there are numbers else. */
  word?: boolean
}

export interface Column {
  key: string
  name: string
  /** Its width; 0: what the others leave. */
  mm: number
  side?: 'end' | 'middle'
}

export interface Row {
  /** Where there are fewer than columns the first one is wider. */
  cells: Cell[]
  /** Written below it, over its whole width. */
  below?: string[]
  /** There is room to write in it. */
  tall?: boolean
  /** Which line of the exports it is. */
  of?: string
}

export type Part =
  | { is: 'title'; text: string; under: string }
  | { is: 'heading'; text: string }
  | { is: 'text'; text: string; size?: 'large' | 'small'; leads?: boolean }
  | { is: 'facts'; facts: [string, string][] }
  /** `whole`: it is not parted, and stays with what comes next. */
  | { is: 'table'; name: string; columns: Column[]; rows: Row[]; whole?: boolean; roomy?: boolean }
  /** `across`: so many beside each other. */
  | { is: 'sign'; names: string[]; across: number }
  /** Who says it, and when: at the right of the end. */
  | { is: 'stamp'; text: string }
  | { is: 'pen'; labels: string[] }
  | { is: 'slip'; title: string; project: string; judge: string; code: string; qr: string }

export interface Sheet {
  key: string
  name: string
  /** How far the result is that it speaks of. */
  said: string
  /** What it is called on its later pages, without long names. */
  short: string
  wide: boolean
  parts: Part[]
}

/** What is chosen beside a sheet. */
export interface Choice {
  judge: string
  project: string
  comments: boolean
  seats: boolean
  scores: boolean
  contact: string
  phone: string
  office: string
}

/** Rows that a part comes to on a page. */
export function rowsOf(part: Part): number {
  if (part.is === 'table') return part.rows.length
  return part.is === 'sign' ? Math.ceil(part.names.length / part.across) : 1
}

/** Whether this row stays with what comes after it. */
export function leads(part: Part, row: number): boolean {
  switch (part.is) {
    case 'title':
    case 'heading':
    case 'slip':
      return true
    case 'text':
      return part.leads === true
    case 'table':
      return part.whole === true || row === 0
    case 'sign':
      return row + 1 < rowsOf(part)
    case 'facts':
    case 'stamp':
    case 'pen':
      return false
  }
}

/** The lines of a table that belong to this round. */
export function linesOf(printed: Printed, table: string, round: Round): Line[] {
  return lines(printed.tables[table]).filter((line) => text(line, 'round') === round.name)
}

/** The contest and its round, where there are several. */
export function titleOf(printed: Printed, round: Round, name: string): Part {
  const under = [printed.title, printed.subtitle, printed.rounds.length > 1 ? round.name : ''].filter(Boolean)
  return { is: 'title', text: name, under: under.join(' · ') }
}

export interface Seat {
  seat: string
  name: string
  unit: string
  chair: boolean
}

/** The panel in seat order. */
export function panel(printed: Printed, round: Round): Seat[] {
  return linesOf(printed, 'judges', round).map((line) => ({
    seat: text(line, 'seat'),
    name: text(line, 'judge'),
    unit: text(line, 'unit'),
    chair: text(line, 'chair') === printed.yes,
  }))
}

/** Columns that say something in one of these lines at least. */
export const filled = (columns: Column[], lines: Line[]): Column[] =>
  columns.filter(({ key, mm }) => mm === 0 || lines.some((line) => text(line, key) !== ''))

/** A page holds so much in one row; the whole text stands in the exports. */
export const brief = (said: string, most: number): string => (said.length > most ? `${said.slice(0, most - 1)}…` : said)

export const cell = (line: Line, key: string): Cell => line[key] ?? { text: '' }
export const plain = (said: string): Cell => ({ text: said })

/** `2026-12-05T…` or `2026-12-05` as a day in words. */
export function day(at: string): string {
  const [y, m, d] = at.slice(0, 10).split('-').map(Number)
  return t('print.day', { y: y ?? 0, m: m ?? 0, d: d ?? 0 })
}

/** Headings that are too long for a column are numbers, and are named above the table. */
export function heads(names: string[], most: number): { short: string[]; legend: string[] } {
  if (names.every((name) => name.length <= most)) return { short: names, legend: [] }
  return { short: names.map((_, at) => String(at + 1)), legend: names.map((name, at) => `${at + 1} ${name}`) }
}
