import { expect, test } from 'vitest'
import { decode, merge } from './decode'

test('a patch adds, changes and takes away', () => {
  const before = { a: 1, b: { c: [1, 2], d: 'x' }, e: { f: 1 } }
  const patch = { b: { c: [1], g: { h: 2 } }, e: null, i: 'new' }
  expect(merge(before, patch)).toEqual({ a: 1, b: { c: [1], d: 'x', g: { h: 2 } }, i: 'new' })
  expect(before.b.c).toEqual([1, 2])
})

test('what is no frame is nothing', () => {
  expect(decode('nonsense')).toBeUndefined()
  expect(decode('"pong"')).toBeUndefined()
  expect(decode('{"kind":"pong","t":1,"now":2}')).toEqual({ kind: 'pong', t: 1, now: 2 })
})
