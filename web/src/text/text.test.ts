import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { REASONS } from '../model/check'
import { fill } from './fill'

const PARTS = [
  'hall',
  'staff',
  'judge',
  'host',
  'organise',
  'timer',
  'check',
  'preflight',
  'mc',
  'draw',
  'vote',
  'interest',
  'panel',
  'papers',
  'print',
  'result',
] as const
const read = (part: string, language: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, part, `${language}.json`), 'utf8')) as Record<string, string>
const all = (language: string) =>
  Object.assign({}, ...PARTS.map((part) => read(part, language))) as Record<string, string>
const zh = all('zh')
const en = all('en')

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)[:}]/g)].map((match) => match[1]).sort()

test('both languages have the same keys in the same order', () => {
  for (const part of PARTS) expect(Object.keys(read(part, 'en')), part).toEqual(Object.keys(read(part, 'zh')))
  // A key stands in one part only.
  const count = PARTS.reduce((sum, part) => sum + Object.keys(read(part, 'zh')).length, 0)
  expect(Object.keys(zh).length).toBe(count)
})

const AT_ONCE = /(?:from|import) '(\.[^']+)'/g
const EVER = /(?:from |import |import\()'(\.[^']+)'/g

/** A module and everything it imports. */
function closure(path: string, imports: RegExp, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const [, from] of readFileSync(path, 'utf8').matchAll(imports)) {
    const at = join(path, '..', from!)
    const file = [at, `${at}.ts`, `${at}.svelte`].find((one) => /\.(ts|svelte)$/.test(one) && existsSync(one))
    if (file) closure(file, imports, seen)
  }
  return seen
}

test('every page has loaded the sentences it says', () => {
  const pages = readdirSync(join(import.meta.dirname, '../pages')).filter((name) => !name.includes('.'))
  expect(pages.length).toBeGreaterThan(9)
  // Of what a page brings along at once, and of what it loads later, too.
  for (const [page, imports] of pages.flatMap((page) => [AT_ONCE, EVER].map((imports) => [page, imports] as const))) {
    const files = closure(join(import.meta.dirname, '../pages', page, 'main.ts'), imports)
    expect(files.size, page).toBeGreaterThan(8)
    const code = [...files].map((path) => readFileSync(path, 'utf8')).join('\n')
    const parts = [...code.matchAll(/from '[./]+text\/([a-z]+)\/en\.json'/g)].map((match) => match[1]!)
    const loaded = new Set(parts.flatMap((part) => Object.keys(read(part, 'zh'))))
    const said = Object.keys(zh).filter((key) => code.includes(`'${key}'`))
    // Keys that are put together: all of that beginning that stand in any part but those of refusals and places.
    const beginnings = [...code.matchAll(/`([a-z-]+(?:\.[a-z-]+)*\.)\$\{/g)].map((match) => match[1]!)
    const composed = beginnings.filter((one) => !['refusal.', 'place.'].includes(one))
    said.push(...Object.keys(zh).filter((key) => composed.some((beginning) => key.startsWith(beginning))))
    expect(
      said.filter((key) => !loaded.has(key)),
      page,
    ).toEqual([])
  }
})

test('both sentences of a key take the same values', () => {
  for (const [key, sentence] of Object.entries(zh)) {
    // A place count reads differently in the two languages; a value may stand in one of them twice, never be missing.
    expect(new Set(placeholders(en[key] ?? '')), key).toEqual(new Set(placeholders(sentence)))
  }
})

test('a word goes with its number', () => {
  const text = '{n} {n:card is|cards are} left'
  expect([0, 1, 2, '1', '1.5', '—'].map((n) => fill(text, { n }, 'en'))).toEqual([
    '0 cards are left',
    '1 card is left',
    '2 cards are left',
    '1 card is left',
    '1.5 cards are left',
    '— cards are left',
  ])
  // Chinese knows one form, and a value that is missing is seen.
  expect([fill('{n:a|b}', { n: 1 }, 'zh'), fill('{k} of {n}', { n: 1 }, 'en')]).toEqual(['b', '{k} of 1'])
})

test('no English sentence says "1 phones", and none says "2 phone"', () => {
  // Whose name stands there, or what it is called: "Ada asks", "No. 1 begins", "run 2 counts".
  const named =
    /^(name|judge|pitch|segment|project|criterion|title|device|time|ago|what|code|was|shown|over|points|heading)$/
  const said = (key: string, n: number) =>
    fill(
      en[key]!,
      Object.fromEntries(placeholders(en[key]!).map((one) => [one!, named.test(one!) ? 'X' : n])),
      'en',
    ).replaceAll(/(No\.|[Rr]un) \d+/g, '$1 X')
  const more = /\b1 (?:(?!m?s\b)[a-z]+ )?(?!(?:ms|s|is|was|has)\b)(?:[a-z]+s|criteria|people|entries)\b/
  expect(Object.keys(en).flatMap((key) => more.exec(said(key, 1))?.[0] ?? [])).toEqual([])
  const forms = Object.keys(en).filter((key) => /\{\w+:/.test(en[key]!))
  expect(forms.length).toBeGreaterThan(40)
  for (const key of forms) expect(said(key, 2).replaceAll('2', '1'), key).not.toBe(said(key, 1))
  // What is no form, but was meant to be one.
  for (const key of Object.keys({ ...zh, ...en })) expect(said(key, 1) + zh[key]!, key).not.toMatch(/\{\w*:/)
})

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.(svelte|ts)$/.test(name) && !name.endsWith('.test.ts') ? [path] : []
  })
}

test('no sentence stands there unused', () => {
  const code = sources(join(import.meta.dirname, '..'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  // Keys that are put together, `phase.${…}`, count as used when their beginning is.
  const composed = [...code.matchAll(/`([a-z-]+(?:\.[a-z-]+)*\.)\$\{/g)].map((match) => match[1]!)
  const unused = Object.keys(zh).filter(
    (key) => !code.includes(`'${key}'`) && !composed.some((beginning) => key.startsWith(beginning)),
  )
  expect(unused).toEqual([])
})

test('every refusal of the rules has its sentence', () => {
  const rejections = readFileSync(join(import.meta.dirname, '../../../src/domain/rejection.rs'), 'utf8')
  const codes = [...rejections.matchAll(/=> "([a-z-]+)"/g)].map((match) => match[1]!)
  expect(codes.length).toBeGreaterThan(30)
  expect(codes.filter((code) => !(`refusal.${code}` in zh))).toEqual([])
})

test('everything a workbook can have wrong has its sentence, with the values it is given', () => {
  const folder = join(import.meta.dirname, '../../../src/sheets')
  const all = (at: string): string[] =>
    readdirSync(at).flatMap((name) => (statSync(join(at, name)).isDirectory() ? all(join(at, name)) : [join(at, name)]))
  // What a file format calls its own parts is no code of ours.
  const source = all(folder)
    .filter((path) => !path.endsWith('ods.rs'))
    .map((path) => readFileSync(path, 'utf8').split('#[cfg(test)]')[0]!)
    .join('\n')
  // Codes are the kebab-case literals of that layer but for one heading's; `formula` has one word.
  const codes = new Set([...source.matchAll(/"([a-z]+(?:-[a-z]+)+|formula)"/g)].map((match) => match[1]!))
  codes.delete('sub-criterion')
  expect(codes.size).toBeGreaterThan(35)
  expect([...codes].filter((code) => !(`place.${code}` in zh))).toEqual([])
})

test('everything that is found before the doors open has its sentence, and what is wrong has what to do', () => {
  const source = readFileSync(join(import.meta.dirname, '../../../src/domain/preflight.rs'), 'utf8')
  const list = /CODES[^=]*= \[([^\]]*)\]/.exec(source)![1]!
  const codes = [...list.matchAll(/"([a-z-]+)"/g)].map((match) => match[1]!)
  expect(codes.length).toBeGreaterThan(20)
  expect(codes.filter((code) => !(`fact.${code}` in zh) && !(`why.${code}` in zh))).toEqual([])
  const model = readFileSync(join(import.meta.dirname, '../model/preflight.ts'), 'utf8')
  const whys = [...model.matchAll(/why\((?:'(?:amber|red)'|[^,()]+), (?:[^,()]+ \? )?'([a-z-]+)'/g)].map(
    (match) => match[1]!,
  )
  expect(whys.length).toBeGreaterThan(20)
  expect(whys.filter((code) => !(`why.${code}` in zh))).toEqual([])
  const facts = [...model.matchAll(/'(fact\.[a-z-]+)'/g)].map((match) => match[1]!)
  expect(facts.filter((key) => !(key in zh))).toEqual([])
  const whysOf = Object.keys(zh).filter((key) => key.startsWith('why.'))
  expect(whysOf.map((key) => key.replace('why.', 'do.')).filter((key) => !(key in zh))).toEqual([])
  // And no sentence of a code that nobody gives: what is not the model's own is the set-up's.
  const known = new Set([...codes, ...[...model.matchAll(/'([a-z-]+)'/g)].map((match) => match[1]!)])
  expect(whysOf.filter((key) => !known.has(key.slice(4)))).toEqual([])
})

test("every reason of a device's check has its sentence, and what is not good has advice", () => {
  for (const [name, reasons] of Object.entries(REASONS)) {
    expect(`check.name.${name}` in zh, name).toBe(true)
    for (const reason of reasons) expect(`check.${name}.${reason}` in zh, `${name} ${reason}`).toBe(true)
  }
  const keys = Object.keys(zh).filter((key) => key.startsWith('advice.'))
  const given = Object.entries(REASONS).flatMap(([name, all]) => all.map((reason) => `advice.${name}.${reason}`))
  expect(keys.filter((key) => !given.includes(key))).toEqual([])
  const calm = /\.(ok|lock|film|none|unknown|charging|secure|plain)$/
  expect(given.filter((key) => !calm.test(key) && !keys.includes(key))).toEqual([])
})
