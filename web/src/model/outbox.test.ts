import { expect, test } from 'vitest'
import type { JudgeView } from '../wire/types'
import { current, empty, give, received, refuse, state, write } from './outbox'

const view = (cards: JudgeView['cards'] = {}): JudgeView => ({ cards }) as JudgeView
const marks = { c1: '20' }

test('kept, sending, received: in that order, and the draft goes with the receipt', () => {
  let box = write(empty, 'R1-P1', { marks, comment: '' })
  expect(state(box, view(), 'R1-P1')).toBe('kept')
  box = give(box, 'R1-P1', 'id', 0)
  expect(state(box, view(), 'R1-P1')).toBe('sending')
  box = received(box, 'id')
  expect(box).toEqual(empty)
  const card = { version: 1, marks, comment: '', total: '20.00', locked: false }
  expect(state(box, view({ 'R1-P1': card }), 'R1-P1')).toBe('received')
  expect(state(box, view({ 'R1-P1': { ...card, locked: true } }), 'R1-P1')).toBe('locked')
})

test('a mark changed while the scorecard was on its way is not lost by the receipt', () => {
  let box = give(write(empty, 'p', { marks, comment: '' }), 'p', 'id', 0)
  box = write(box, 'p', { marks: { c1: '21' }, comment: '' })
  box = received(box, 'id')
  expect(box.drafts['p']?.marks).toEqual({ c1: '21' })
  expect(state(box, view(), 'p')).toBe('kept')
})

test('a refused scorecard stays as a draft with its reason', () => {
  const box = refuse(give(write(empty, 'p', { marks, comment: '' }), 'p', 'id', 0), 'id', { code: 'window-closed' })
  expect(state(box, view(), 'p')).toBe('refused')
  expect(current(box, view(), 'p').marks).toEqual(marks)
  expect(box.refused['p']).toEqual({ code: 'window-closed' })
})

test('a busy server is asked again', () => {
  const given = give(write(empty, 'p', { marks, comment: '' }), 'p', 'id', 0)
  expect(refuse(given, 'id', { code: 'overloaded' })).toBe(given)
})

test('an answer to a command of somebody else changes nothing', () => {
  const given = give(write(empty, 'p', { marks, comment: '' }), 'p', 'id', 0)
  expect(received(given, 'other')).toBe(given)
})
