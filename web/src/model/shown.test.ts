import { describe, expect, test } from 'vitest'
import type { JudgeView } from '../wire/types'
import { arrived, empty, give, received, refuse, write, type Content, type Outbox } from './outbox'
import { shown } from './shown'

const marks = (mark: string) => ({ innovation: mark })
const content = (mark: string): Content => ({ marks: marks(mark), comment: '', note: 'for me' })
const view = (version = 0, mark = '85') =>
  ({
    run: 0,
    criteria: [{ id: 'innovation', name: '创新', scale: '', weight: 1, max: '100' }],
    cards: version > 0 ? { P1: { version, marks: marks(mark), comment: '', total: mark, seq: 9 } } : {},
    hall: { phases: { P1: 'closed' }, attempts: {} },
  }) as unknown as JudgeView

/** 85 is on the server's disk; then 95 was written, and not sent. */
function changedTooLate(): Outbox {
  const first = give(write(empty, view(), 'P1', content('85')), view(), 'P1', 'a')
  return write(received(first, 'a', 9), view(1), 'P1', content('95'))
}

describe('what a judge sees of a pitch', () => {
  test('while it is taken: what is written', () => {
    expect(shown(changedTooLate(), view(1), 'P1', true)).toEqual({ content: content('95') })
  })

  test('then: what counts, and beside it what does not', () => {
    expect(shown(changedTooLate(), view(1), 'P1', false)).toEqual({ content: content('85'), uncounted: content('95') })
  })

  test('the same where it was sent and came too late', () => {
    const sent = give(changedTooLate(), view(1), 'P1', 'b')
    expect(shown(sent, view(1), 'P1', false)).toEqual({ content: content('95') })
    const late = refuse(sent, 'b', { code: 'window-closed' })
    expect(shown(late, view(1), 'P1', false)).toEqual({ content: content('85'), uncounted: content('95') })
  })

  test('nothing changed, or nothing counts: one thing', () => {
    const only = write(empty, view(), 'P1', content('95'))
    expect(shown(only, view(), 'P1', false)).toEqual({ content: content('95') })
    const same = write(changedTooLate(), view(1), 'P1', content('85'))
    expect(shown(same, view(1), 'P1', false)).toEqual({ content: content('85') })
  })

  test('two tablets differ: the judge chooses first', () => {
    const theirs = { pitch: 'P1', ...content('70'), base: 1, rev: 7, tablet: 'other' }
    const box = arrived(changedTooLate(), view(1), theirs, 'mine')
    expect(shown(box, view(1), 'P1', false).uncounted).toBeUndefined()
  })
})
