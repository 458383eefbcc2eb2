import { expect, test } from 'vitest'
import { blocks, leaves, runs, type Piece } from './leaves'

const row = (part: number, row: number, height = 10, head = 0, leads = false): Piece => ({
  part,
  row,
  height,
  head,
  leads,
})
const rows = (part: number, count: number, height = 10, head = 0) =>
  Array.from({ length: count }, (_, at) => row(part, at, height, head))

test('rows fill a page, and its heading is counted on every page', () => {
  const pages = leaves(rows(0, 40, 10, 20), 100)
  expect(pages.map((page) => page.length)).toEqual([8, 8, 8, 8, 8])
  expect(pages.flat().map((piece) => piece.row)).toEqual(rows(0, 40).map((piece) => piece.row))
})

test('a title stays with the row that it is about', () => {
  const pages = leaves([...rows(0, 9), row(1, 0, 10, 0, true), row(2, 0, 5, 10, true), ...rows(3, 2, 20)], 110)
  expect(pages.map((page) => page.map((piece) => piece.part))).toEqual([
    [0, 0, 0, 0, 0, 0, 0, 0, 0],
    [1, 2, 3, 3],
  ])
})

test('what is larger than a page has one of its own, and nothing is lost or repeated', () => {
  expect(leaves([row(0, 0), row(1, 0, 500), row(2, 0)], 100).map((page) => page.length)).toEqual([1, 1, 1])
  expect(leaves([row(0, 0, 60, 0, true), row(1, 0, 60)], 100).map((page) => page.length)).toEqual([1, 1])
  expect(leaves([], 100)).toEqual([])
  expect(leaves([row(0, 0)], 100)).toEqual([[row(0, 0)]])
})

test('no page is fuller than it may be', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const pieces = Array.from({ length: 1 + (seed % 50) }, (_, at) =>
      row(Math.floor(at / 7), at % 7, 1 + ((seed * 7 + at * 13) % 30), at % 3 === 0 ? 8 : 0, (seed + at) % 9 === 0),
    )
    const pages = leaves(pieces, 100)
    expect(pages.flat()).toEqual(pieces)
    for (const page of pages) {
      const heads = page.map((piece, at) => (page[at - 1]?.part === piece.part ? 0 : piece.head))
      expect(page.reduce((sum, piece, at) => sum + piece.height + heads[at]!, 0)).toBeLessThanOrEqual(100)
    }
  }
})

test('the rows of a page by their parts', () => {
  expect(runs([row(0, 0), row(2, 3), row(2, 4), row(3, 0)])).toEqual([
    { part: 0, from: 0, to: 1 },
    { part: 2, from: 3, to: 5 },
    { part: 3, from: 0, to: 1 },
  ])
})

test('many judges stand in blocks of about the same width', () => {
  const of = (count: number) =>
    blocks(
      Array.from({ length: count }, (_, at) => at),
      10,
    ).map((block) => block.length)
  expect([of(0), of(1), of(7), of(10), of(15), of(21)]).toEqual([[], [1], [7], [10], [8, 7], [7, 7, 7]])
})
