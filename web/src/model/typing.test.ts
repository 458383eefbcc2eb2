import { describe, expect, test } from 'vitest'
import type { CriterionInfo } from '../wire/types'
import { canonical, problem, ticks } from './marks'
import { add, back, begun, holds, plain, refused, retype, standing, whole, type Typing } from './typing'

const typed = (text: string, from = begun()): Typing => [...text].reduce(add, from)

describe('a number is read as what it means, key by key and whole', () => {
  test.each([
    ['8.5', '8.5'],
    ['8,5', '8.5'],
    ['8，5', '8.5'],
    ['8。5', '8.5'],
    ['8．5', '8.5'],
    ['8｡5', '8.5'],
    ['８．５', '8.5'],
    ['８，５', '8.5'],
    ['２７', '27'],
    [',5', '0.5'],
    ['08', '8'],
    ['00', '0'],
    ['27.50', '27.50'],
    ['1,000', '1.000'],
  ])('%s is %s', (text, mark) => {
    expect(holds(typed(text))).toBe(mark)
    expect(typed(text).text).toBe(mark)
    expect(holds(retype(begun('20'), text))).toBe(mark)
    expect(refused(typed(text))).toBe(false)
  })

  test.each([
    '-5',
    '+5',
    '1e1',
    '1E1',
    '8.5.',
    '8,,5',
    '8..5',
    '1,000.5',
    '5a',
    'abc',
    '－５',
    '8 5',
    '٣',
    '八',
    '1234567',
    '1.23456',
  ])('%s is none: it stands as it is, and the mark stays', (text) => {
    for (const now of [typed(text, begun('20')), retype(begun('20'), text)]) {
      expect([refused(now), holds(now), now.text]).toEqual([true, '20', plain(text)])
    }
    expect(holds(typed(text))).toBe('')
  })
})

test('what was refused can be taken back, or begun anew', () => {
  const now = typed('1e', begun('20'))
  expect(holds(now)).toBe('20')
  expect([back(now).text, holds(back(now))]).toEqual(['1', '1'])
  expect(holds(add({ ...now, fresh: true }, '9'))).toBe('9')
  expect(add({ ...now, fresh: true }, 'x').before).toBe('20')
})

test('a mark that has become another one since wins over what was typed of it', () => {
  expect(standing(typed('8.'), '8').text).toBe('8.')
  expect(standing(typed('8.'), '9')).toEqual(begun('9'))
  expect(standing(typed('-5'), undefined).text).toBe('-5')
  expect(standing(typed('-5', begun('20')), '19').text).toBe('19')
  expect(standing(undefined, '7')).toEqual(begun('7'))
})

test('a mark that is too long is none and says so', () => {
  const criterion: CriterionInfo = { id: 'c', name: 'c', scale: '', max: '30', step: '0.5', weight: 30 }
  expect(['1234567', '1.23456', '1,', '-1'].map((text) => problem(criterion, plain(text)))).toEqual([
    'too-long',
    'too-long',
    undefined,
    'no-number',
  ])
})

test('whole numbers', () => {
  expect(['5', '０５', ' 120 ', '-5', '1.5', '1,5', '1e1', '', '1234567', '5x'].map(whole)).toEqual([
    5,
    5,
    120,
    ...Array(7).fill(undefined),
  ])
})

/** So many random sequences; the same each time. */
test('whatever keys are pressed: shown, given and kept are the same number, or it is refused and nothing has changed', () => {
  let seed = 7
  const below = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n
  const keys = [...'0123456789012345678901234567890123456789０５９.,，。．｡-+e a', '⌫', '8,5', '１２。５', '⏎']
  let kept: string | undefined
  for (let run = 0; run < 800; run += 1) {
    let now = standing(undefined, kept)
    let all = ''
    let before = kept ?? ''
    for (let n = below(8) + 1; n > 0; n -= 1) {
      const key = keys[below(keys.length)]!
      if (key === '⏎') {
        now = { ...now, fresh: true }
        continue
      }
      if (now.fresh) before = holds(now)
      all = key === '⌫' ? now.text.slice(0, -1) : (now.fresh ? '' : now.text) + key
      now = key === '⌫' ? back(now) : add(now, key)
      kept = holds(now)
      // The reader by itself: all that stands there is one number, or none.
      const value = ticks(
        plain(all)
          .replace(/^\./, '0.')
          .replace(/^0+(?=\d)/, ''),
      )
      if (all === '') expect(kept).toBe('')
      else if (value === undefined) expect([refused(now), kept]).toEqual([true, before])
      else expect([refused(now), ticks(kept), canonical(now.text)]).toEqual([false, value, canonical(kept)])
      expect(standing(now, kept)).toBe(now)
    }
  }
})
