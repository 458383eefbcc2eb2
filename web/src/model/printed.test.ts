import { expect, test } from 'vitest'
import { called, grouped, lines, moment, text, type Table } from './printed'

const table: Table = {
  table: 'matrix',
  columns: [
    { key: 'list', name: '榜单' },
    { key: 'J1', name: '评委1' },
  ],
  rows: [
    ['甲', '90.00'],
    ['乙', null],
    ['甲', '80.00'],
  ],
  struck: [[2, 1]],
}

test('a line is read by the keys of its columns', () => {
  const [first, second, third] = lines(table)
  expect([text(first, 'J1'), text(second, 'J1'), text(third, 'J1'), text(first, 'none')]).toEqual([
    '90.00',
    '',
    '80.00',
    '',
  ])
  expect([first!.J1!.struck, third!.J1!.struck]).toEqual([false, true])
  expect([called(table, 'J1'), called(table, 'none'), called(undefined, 'J1')]).toEqual(['评委1', '', ''])
  expect(lines(undefined)).toEqual([])
})

test('lines are grouped in the order in which they come', () => {
  const groups = grouped(lines(table), 'list').map((group) => group.map((line) => text(line, 'J1')))
  expect(groups).toEqual([['90.00', '80.00'], ['']])
})

test('a time is read as it is written', () => {
  expect(moment('2026-12-05T19:30:00+08:00')).toBe('2026-12-05 19:30')
})
