import { expect, test } from 'vitest'
import { LEADING, SMALLEST, arrange, fit, flow, height, lines, named, slabs, width } from './fit'
import { parts } from './words'

test('a Chinese character is an em, a Latin letter about six tenths of one', () => {
  expect(width('青年创业')).toBe(4)
  expect(width('Podium')).toBeGreaterThan(3)
  expect(width('Podium')).toBeLessThan(5)
})

test('lines: between characters and between words, not before a full stop, a long word is broken', () => {
  expect(lines('', 10)).toBe(1)
  expect(lines('十二三四五六七八九十', 10)).toBe(1)
  expect(lines('十二三四五六七八九十一', 10)).toBe(2)
  // The full stop takes the last character with it.
  expect(lines('十二三四五六七八九十。一二三四五六七八九', 10)).toBe(3)
  expect(lines('green hydrogen storage', 6)).toBe(3)
  expect(lines('green hydrogen storage', 30)).toBe(1)
  expect(lines('Donaudampfschifffahrtsgesellschaft', 8)).toBeGreaterThan(2)
})

test('as large as there is room for, and never smaller than can be read', () => {
  expect(fit('氢能', { w: 100, h: 50 }, 13)).toBe(13)
  const size = fit('面向山区老人的居家康复机器人与远程诊疗平台', { w: 60, h: 30 }, 13)
  expect(size).toBeLessThan(13)
  expect(height('面向山区老人的居家康复机器人与远程诊疗平台', 60, size)).toBeLessThanOrEqual(30)
  expect(fit('字'.repeat(500), { w: 20, h: 10 }, 13)).toBe(SMALLEST)
})

const people = (count: number, name = '王小明') => Array.from({ length: count }, (_, at) => `${name}${at}`)
const hall = { w: 160, h: 62 }

test('a few names stand large in one column, forty short ones all at once in several', () => {
  expect(arrange(people(3), hall)).toMatchObject({ columns: 1, size: 8, pages: [people(3)] })
  const many = arrange(people(40, '王小明 高新区'), hall)
  expect(many.pages).toHaveLength(1)
  expect(many.columns).toBeGreaterThan(1)
  expect(many.size).toBeGreaterThanOrEqual(SMALLEST)
})

test('names go on to a second line before they go on to a second page', () => {
  const long = arrange(people(8, '江苏省产业技术研究院智能制造装备研究所首席科学家张建国教授'), hall)
  expect(long.pages).toHaveLength(1)
  expect(long.size).toBeGreaterThanOrEqual(SMALLEST)
})

test('what does not fit is turned over: every name once, in order, none too high for a page', () => {
  const names = people(40, '字'.repeat(60))
  const { pages, columns, size } = arrange(names, hall)
  expect(pages.length).toBeGreaterThan(1)
  expect(pages.flat()).toEqual(names)
  const room = (hall.w - 6 * (columns - 1)) / columns / size
  for (const page of pages) {
    const rows = Math.ceil(page.length / columns)
    const all = Array.from({ length: rows }, (_, at) => page.slice(at * columns, (at + 1) * columns))
    const high = all.reduce((sum, row) => sum + Math.max(...row.map((name) => lines(name, room))) * size * LEADING, 0)
    expect(high).toBeLessThanOrEqual(hall.h)
  }
  // The pages are evenly filled.
  const counts = pages.map((page) => page.length)
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(columns * pages.length)
})

test('a fixed number of columns stays: parties that sign stand beside each other', () => {
  const pairs = arrange(people(10), hall, { columns: [2] })
  expect([pairs.columns, pairs.pages.length]).toEqual([2, 1])
  expect(
    arrange(people(40, '字'.repeat(50)), hall, { columns: [2] }).pages.every((page) => page.length % 2 === 0),
  ).toBe(true)
})

test('plates fill three tenths of the picture: one row while there are few, two from eight on', () => {
  const shapes = {
    '16:9': { w: 177.8, h: 100 },
    '4:3': { w: 133.3, h: 100 },
    '32:9': { w: 355, h: 100 },
    '9:16': { w: 133.3, h: 237 },
  }
  for (const [shape, picture] of Object.entries(shapes)) {
    const box = { w: picture.w - Math.max(10, picture.w * 0.1), h: picture.h - 10 - 22 }
    for (let count = 1; count <= 12; count += 1) {
      const { columns, w, h } = slabs(count, box, 2.4, picture)
      const rows = Math.ceil(count / columns)
      expect(columns * w + (columns - 1) * 2.4).toBeLessThanOrEqual(box.w + 0.01)
      expect(rows * h + (rows - 1) * 2.4).toBeLessThanOrEqual(box.h + 0.01)
      expect(count * w * h, `${shape} ${count}`).toBeGreaterThan(0.3 * picture.w * picture.h)
      if (shape === '16:9') expect(rows).toBe(count < 8 ? 1 : 2)
    }
  }
})

const LONG = '基于多模态大模型的城市低空物流无人机集群协同调度与安全监管一体化平台'

test('a name stands whole while it has its place at 4 %, then comes the organiser’s short one, then an ellipsis', () => {
  const cutByCount = { name: LONG, short: `${LONG.slice(0, 19)}…` }
  expect(named(cutByCount, { w: 100, h: 12 }, 6, 1.1).text).toBe(LONG)
  expect(named({ name: LONG, short: '低空物流' }, { w: 40, h: 6 }, 6, 1.1)).toMatchObject({ text: '低空物流' })
  const cut = named(cutByCount, { w: 40, h: 6 }, 6, 1.1)
  expect(cut.text).toMatch(/^基于.*…$/)
  expect(height(cut.text, 40, cut.size, 1.1)).toBeLessThanOrEqual(6)
})

test('words stay whole: in Chinese, in Thai, in English; a text is made smaller before a word is broken', () => {
  expect(parts('青年创业大赛').join('|')).toBe('青年|创业大赛')
  expect(parts('平台与示范应用').join('|')).toBe('平台|与示范|应用')
  expect(parts('Autonomous Underwater Vehicle')).toEqual(['Autonomous ', 'Underwater ', 'Vehicle'])
  expect(parts('โครงการพลังงานสะอาด').length).toBeGreaterThan(1)
  expect(parts('《绿氢》项目，2026年')).toEqual(expect.arrayContaining(['《绿氢》']))
  for (const text of [LONG, 'مشروع الطاقة النظيفة', '👩‍🚀 Rocket', '2026 年太湖之滨'])
    expect(parts(text).join('')).toBe(text)
  expect(width('👩‍🚀')).toBeLessThan(1.5)
  expect(fit('Underwater', { w: 40, h: 60 }, 12)).toBeLessThan(7)
})

test('numbers that were called stand large while they are few; of too many the last ones are seen', () => {
  const box = { w: 160, h: 40 }
  expect(flow(['7', '42'], box, 11, 5, 2)).toEqual({ size: 11, from: 0 })
  expect(flow([], box, 11, 5, 2)).toEqual({ size: 11, from: 0 })
  const some = flow(people(24, '数'), box, 11, 5, 2)
  expect(some.from).toBe(0)
  expect(some.size).toBeLessThan(11)
  const many = flow(people(30, '二十个字的一个词二十个字的一个词'), box, 11, 5, 2)
  expect(many.size).toBe(SMALLEST)
  expect(many.from).toBeGreaterThan(0)
  expect(flow(people(3), { w: 10, h: 1 }, 11, 5, 2).from).toBe(2)
})
