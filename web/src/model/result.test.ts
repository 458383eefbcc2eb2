import { expect, test } from 'vitest'
import type { ClientCommand, LifeName, StandingRow } from '../wire/types'
import { AUDIENCES, LIVES, afterEnd, dayIn, wordOf, type Audience, type Word } from './result'
import { stands } from './stands'

const rows: StandingRow[] = [{ pitch: 'R1-P1', place: 1, score: '88.00', k: 3 }]
const until = '2026-12-05'

/** Every state before every audience: the words come from the one state, whoever looks. */
const TABLE: Record<LifeName, Record<Audience, Word>> = {
  provisional: all({ life: 'provisional' }),
  confirmed: all({ life: 'confirmed' }),
  official: all({ life: 'official' }),
  published: { ...all({ life: 'published', until }), overlay: { life: 'published' } },
}
function all(word: Word): Record<Audience, Word> {
  return Object.fromEntries(AUDIENCES.map((one) => [one, word])) as Record<Audience, Word>
}

test('every audience says the word of the one state', () => {
  for (const life of LIVES)
    for (const audience of AUDIENCES) {
      const result = life === 'published' ? { life, until } : { life }
      const hall = { standings: rows, ...(life === 'provisional' ? {} : { result }) }
      expect(wordOf(hall, audience), `${life} ${audience}`).toEqual(TABLE[life][audience])
      // Where nothing is told there is nothing to say of it.
      expect(wordOf({ ...hall, standings: [] }, audience)).toBeUndefined()
    }
  expect(LIVES.map((life) => stands({ life }))).toEqual([false, false, true, true])
  expect(stands(undefined)).toBe(false)
})

test('what takes two persons after the end is proposed with its own reason', () => {
  const why = { rule: 'as the rule says', unchanged: 'as it was' }
  const given = (command: ClientCommand) => afterEnd(command, why)
  expect(given({ do: 'deduct', pitch: 'R1-P1', points: '5', reason: 'x' })).toEqual({
    do: 'propose',
    correction: { do: 'deduct', pitch: 'R1-P1', points: '5' },
    reason: 'x',
  })
  expect(given({ do: 'confirm-overtime', pitch: 'R1-P1' })).toMatchObject({ do: 'propose', reason: why.rule })
  const back: ClientCommand = { do: 'withdraw-reopening', pitch: 'R1-P1', judge: 'J1' }
  expect(given(back)).toEqual({ do: 'propose', correction: back, reason: why.unchanged })
  const shown: ClientCommand = { do: 'reveal-pitch', pitch: 'R1-P1' }
  expect(given(shown)).toBe(shown)
})

test('a day is one of the contest’s calendar', () => {
  const late = Date.UTC(2026, 10, 30, 23, 30)
  expect([dayIn(0, late, 'Asia/Shanghai'), dayIn(5, late, 'UTC')]).toEqual(['2026-12-01', '2026-12-05'])
})
