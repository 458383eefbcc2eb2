import { expect, test } from 'vitest'
import { LEADING, SMALLEST, height } from './fit'
import { besides, movedRows } from './moved'

const places = 'In its track: Place 12 → 11'
const long =
  '面向长三角城市群的低空物流无人机集群协同调度与空域安全监管一体化平台关键技术研发及其在应急医疗物资运输中的规模化示范应用'
const many = (count: number, name: string, short = name) => ({
  moved: Array.from({ length: count }, (_, at) => ({ pitch: `R1-P${at}`, places })),
  projects: Object.fromEntries(Array.from({ length: count }, (_, at) => [`R1-P${at}`, { name, short }])),
})
/** Of 16 to 9, and of 4 to 3. */
const WIDE = 167.8
const NARROW = 120

test('a short name stands whole beside its places, however long these are', () => {
  for (const w of [WIDE, NARROW]) {
    const { moved, projects } = many(3, '项目B')
    expect(movedRows(moved, projects, { w, h: 18 }).map(({ name }) => name)).toEqual(['项目B', '项目B', '项目B'])
  }
})

test('a long one has two lines where all have their place so, else its short name where that has one', () => {
  const { moved, projects } = many(2, long.slice(0, 30), '低空物流')
  expect(movedRows(moved, projects, { w: WIDE, h: 24 }).map(({ name }) => name)).toEqual(
    Array(2).fill(long.slice(0, 30)),
  )
  expect(movedRows(moved, projects, { w: WIDE, h: 12 }).map(({ name }) => name)).toEqual(['低空物流', '低空物流'])
})

test('no more than there is room for, at most two lines each, and a line for how many have none', () => {
  for (const w of [WIDE, NARROW]) {
    for (const h of [0, 5, 6, 11.2, 17.2, 24]) {
      for (const name of [long, '项目B']) {
        const { moved, projects } = many(9, name)
        const shown = movedRows(moved, projects, { w, h })
        const line = SMALLEST * LEADING
        const high = shown.map(({ name }) => height(name, besides(places, w), SMALLEST))
        expect(Math.max(0, ...high)).toBeLessThanOrEqual(2 * line + 0.01)
        if (name === long) expect(high.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(Math.max(0, h - line))
      }
    }
  }
  expect(movedRows([], {}, { w: WIDE, h: 20 })).toEqual([])
})
