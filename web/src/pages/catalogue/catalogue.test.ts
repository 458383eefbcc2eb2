import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
// @ts-expect-error: plain JavaScript
import { scenes } from '../../../../tests/browser/stage.mjs'

const src = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(src, path), 'utf8')

/** A component and every one that it shows. */
function shown(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const [, from] of read(path).matchAll(/(?:from |import\()'([^']+\/[A-Z][A-Za-z]+\.svelte|\.\/groups\.svelte)'/g))
    shown(join(path, '..', from!.endsWith('groups.svelte') ? `${from}.ts` : from!), seen)
  return seen
}

test('every part and every piece of a scene is in the catalogue', () => {
  const all = readdirSync(join(src, 'ui'), { recursive: true }).map(String)
  const parts = all.filter((name) => name.endsWith('.svelte')).map((name) => join('ui', name))
  expect(parts.length).toBeGreaterThan(30)
  const there = shown('pages/catalogue/Page.svelte')
  expect(parts.filter((part) => !there.has(part))).toEqual([])
})

test('every scene that the server names is among its views', () => {
  const union = /export type SceneName = ([^;]+);/.exec(read('wire/types.ts'))![1]!
  const names = [...union.matchAll(/"([a-z-]+)"/g)].map((match) => match[1]!)
  expect(names.length).toBeGreaterThan(12)
  const views = scenes('http://x') as [string, { hall: { scene: string } }][]
  // The black one has nothing to show; the catalogue adds it.
  const there = new Set([...views.map(([, view]) => view.hall.scene), 'black'])
  expect(names.filter((name) => !there.has(name))).toEqual([])
})
