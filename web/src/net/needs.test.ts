import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NEEDS } from './needs'

/** A file under `src`, and the words in it that need this. */
const USED: Record<string, [file: string, words: string]> = {
  WebSocket: ['net/socket.ts', 'new WebSocket'],
  IndexedDB: ['net/keep.ts', 'openDB'],
  getRandomValues: ['net/socket.ts', 'crypto.getRandomValues'],
  '<dialog>': ['ui/Dialog.svelte', 'showModal'],
  'Array.at': ['model/outbox.ts', '.at(-1)'],
  'pointer events': ['pages/judge/Pad.svelte', 'onpointerdown'],
  inert: ['pages/host/Hall.svelte', 'inert'],
  dvh: ['styles/base.css', '100dvh'],
  ':has()': ['pages/judge/Entry.svelte', ':has('],
  'container units': ['ui/scenes/Scene.svelte', 'cqw'],
}

test('nothing is asked of a browser that no page uses', () => {
  expect(NEEDS.map((need) => need.name).sort()).toEqual(Object.keys(USED).sort())
  for (const [name, [file, words]] of Object.entries(USED))
    expect(readFileSync(join(import.meta.dirname, '..', file), 'utf8'), `${name} in ${file}`).toContain(words)
})
