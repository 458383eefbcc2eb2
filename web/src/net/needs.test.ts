import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NEEDS } from './needs'

test('nothing is asked of a browser that no page uses', () => {
  for (const { name, used } of NEEDS) {
    const [file, words] = used
    expect(readFileSync(join(import.meta.dirname, '..', file), 'utf8'), `${name} in ${file}`).toContain(words)
  }
  expect(new Set(NEEDS.map((need) => need.name)).size).toBe(NEEDS.length)
})
