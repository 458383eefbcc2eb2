import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import en from './en.json'
import zh from './zh.json'

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

test('both languages have the same keys in the same order', () => {
  expect(Object.keys(en)).toEqual(Object.keys(zh))
})

test('both sentences of a key take the same values', () => {
  for (const [key, sentence] of Object.entries(zh)) {
    // A place count reads differently in the two languages; a value may stand in one of them twice, never be missing.
    expect(new Set(placeholders(en[key as keyof typeof en])), key).toEqual(new Set(placeholders(sentence)))
  }
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
  const source = all(folder)
    .map((path) => readFileSync(path, 'utf8').split('#[cfg(test)]')[0]!)
    .join('\n')
  // Codes are the kebab-case literals of that layer; `formula` has one word.
  const codes = new Set([...source.matchAll(/"([a-z]+(?:-[a-z]+)+|formula)"/g)].map((match) => match[1]!))
  expect(codes.size).toBeGreaterThan(35)
  expect([...codes].filter((code) => !(`place.${code}` in zh))).toEqual([])
})
