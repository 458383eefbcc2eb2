// What the server gives to be printed, and how a page reads its tables: by the names of their columns. Pure; nothing is computed here.

/** A table as the exports have it. */
export interface Table {
  table: string
  columns: { key: string; name: string }[]
  rows: (string | null)[][]
  /** Row and column of what was left out. */
  struck: [number, number][]
}

export type SheetName = 'result' | 'judge' | 'project' | 'announcement' | 'blank' | 'order' | 'script'

export interface Draw {
  hash: string
  committed: string
  called: string[]
  secret: string | null
}

export interface Round {
  name: string
  state: string
  said: string
  published: string | null
  until: string | null
  rule: string[]
  draw: Draw | null
  /** Who has no place, and why, as far as the hall was told. */
  unplaced: { number: string; project: string; why: string }[]
}

export interface Printed {
  contest: string
  title: string
  subtitle: string
  venue: string
  state: string
  said: string
  rehearsal: string | null
  head: string
  records: number
  written: string
  /** The word that stands in a cell for yes. */
  yes: string
  sheets: { sheet: SheetName; ready: boolean; can: boolean; why: string | null }[]
  /** What the kinds of the programme's parts are called → as programs call them. */
  kinds: Record<string, string>
  rounds: Round[]
  tables: Record<string, Table>
}

/** A line of a table, by the keys of its columns. */
export type Line = Record<string, { text: string; struck: boolean }>

export function lines(table: Table | undefined): Line[] {
  if (!table) return []
  const struck = new Set(table.struck.map(([row, column]) => `${row} ${column}`))
  return table.rows.map((row, at) =>
    Object.fromEntries(
      table.columns.map(({ key }, of) => [key, { text: row[of] ?? '', struck: struck.has(`${at} ${of}`) }]),
    ),
  )
}

export const text = (line: Line | undefined, key: string): string => line?.[key]?.text ?? ''

/** What a column is called. */
export function called(table: Table | undefined, key: string): string {
  return table?.columns.find((column) => column.key === key)?.name ?? ''
}

/** Lines with the same words in these columns, together, in the order in which they come. */
export function grouped(all: Line[], ...keys: string[]): Line[][] {
  const groups = new Map<string, Line[]>()
  for (const line of all) {
    const of = JSON.stringify(keys.map((key) => text(line, key)))
    const group = groups.get(of)
    if (group) group.push(line)
    else groups.set(of, [line])
  }
  return [...groups.values()]
}

/** `2026-12-05T19:30:00+08:00` as it is read: the contest's own time. */
export const moment = (at: string): string => at.slice(0, 16).replace('T', ' ')
