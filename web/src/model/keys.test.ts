import { expect, test } from 'vitest'
import { intent, type Intent, type Place, type Press } from './keys'

const on = { armed: true, letters: true }
const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  place: 'page',
  repeat: false,
  ctrl: false,
  alt: false,
  ...more,
})

test('every key of the console, and both spellings of its letters', () => {
  const means: [string, Intent][] = [
    [' ', 'next'],
    ['PageDown', 'next'],
    ['ArrowRight', 'next'],
    ['PageUp', 'back'],
    ['ArrowLeft', 'back'],
    ['.', 'black'],
    ['b', 'black'],
    ['B', 'black'],
    ['t', 'timer'],
    ['+', 'more'],
    ['=', 'more'],
    ['-', 'less'],
    ['_', 'less'],
    ['l', 'close'],
    ['R', 'reveal'],
    ['u', 'undo'],
    ['s', 'board'],
    ['?', 'help'],
  ]
  for (const [key, meant] of means) expect(intent(press(key), on), key).toBe(meant)
  for (const key of ['x', 'Enter', 'Tab', 'Escape', 'ArrowDown', 'F11'])
    expect(intent(press(key), on), key).toBeUndefined()
})

test('a held key means nothing again, and does not scroll either', () => {
  for (const key of [' ', 'PageDown', '+', 'u', '.']) expect(intent(press(key, { repeat: true }), on)).toBe('nothing')
  expect(intent(press('z', { ctrl: true, repeat: true }), on)).toBe('nothing')
  expect(intent(press('x', { repeat: true }), on)).toBeUndefined()
})

test('nothing is meant where somebody types or answers a dialog', () => {
  for (const place of ['input', 'dialog'] as Place[])
    for (const key of [' ', 'PageDown', 'u', '?', '.']) expect(intent(press(key, { place }), on)).toBeUndefined()
  expect(intent(press('z', { place: 'input', ctrl: true }), on)).toBeUndefined()
})

test('Space on a button is that button; a clicker still leads on', () => {
  expect(intent(press(' ', { place: 'button' }), on)).toBeUndefined()
  expect(intent(press('PageDown', { place: 'button' }), on)).toBe('next')
})

test('disarmed, only the help and the moves of a row are left', () => {
  const safe = { armed: false, letters: true }
  for (const key of [' ', 'PageDown', 'PageUp', '.', 'b', 'u', 'F5'])
    expect(intent(press(key), safe), key).toBeUndefined()
  expect(intent(press('z', { ctrl: true }), safe)).toBeUndefined()
  expect(intent(press('?'), safe)).toBe('help')
  expect(intent(press('ArrowUp', { alt: true }), safe)).toBe('up')
})

test('letters off: what prints means nothing, clicker and undo stay', () => {
  const quiet = { armed: true, letters: false }
  for (const key of ['b', 't', '+', '-', 'l', 'r', 'u', 's', '?'])
    expect(intent(press(key), quiet), key).toBeUndefined()
  for (const key of [' ', 'PageDown']) expect(intent(press(key), quiet)).toBe('next')
  expect(intent(press('.'), quiet)).toBe('black')
  expect(intent(press('z', { ctrl: true }), quiet)).toBe('undo')
})

test("a clicker's F5 does no harm anywhere; a reload that is asked for happens", () => {
  for (const place of ['page', 'button', 'input', 'dialog'] as Place[])
    expect(intent(press('F5', { place }), on)).toBe('nothing')
  expect(intent(press('F5', { ctrl: true }), on)).toBeUndefined()
  expect(intent(press('r', { ctrl: true }), on)).toBeUndefined()
})

test('rows move with Alt and the arrows; other keys with Alt are the browser’s', () => {
  expect(intent(press('ArrowDown', { alt: true }), on)).toBe('down')
  for (const key of ['ArrowLeft', ' ', 'u']) expect(intent(press(key, { alt: true }), on)).toBeUndefined()
})
