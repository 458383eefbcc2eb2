/** What the columns of each kind of table can mean, in the order in which a person looks for it. */
const FIELDS = {
  projects: ['nothing', 'number', 'code', 'name', 'short', 'track', 'unit', 'presenter', 'say'],
  judges: ['nothing', 'number', 'name', 'unit', 'chair'],
  rubric: ['nothing', 'group', 'name', 'max', 'step', 'weight', 'scale'],
  rules: ['nothing', 'key', 'value'],
  programme: ['nothing', 'segment', 'name', 'names', 'minutes', 'position'],
} as const

export type Kind = keyof typeof FIELDS
export type Field = (typeof FIELDS)[Kind][number]

export const KINDS = Object.keys(FIELDS) as Kind[]

export const meanings = (kind: string): readonly Field[] => FIELDS[kind as Kind] ?? []

/** Encodings that offices' text files have. */
export const ENCODINGS = [
  'utf-8',
  'gb18030',
  'big5',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-kr',
  'windows-1252',
] as const

const KEPT = 'podium.columns'
export interface Kept {
  kind: string
  heading: string
  means: string
}

/** What columns were told to mean on this machine, by their heading. */
export function kept(): Kept[] {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]')
    return Array.isArray(all) ? (all as Kept[]) : []
  } catch {
    return []
  }
}

export function keep(one: Kept) {
  if (!one.heading) return
  const others = kept().filter((other) => other.kind !== one.kind || other.heading !== one.heading)
  try {
    localStorage.setItem(KEPT, JSON.stringify([...others, one].slice(-200)))
  } catch {
    // A browser that keeps nothing asks again.
  }
}
