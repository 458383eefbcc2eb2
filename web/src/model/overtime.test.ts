import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { OvertimeBody, TimingBody } from '../wire/types'
import { another, cost, problem, spelled } from './overtime'

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../tests/fixtures/scoring', name), 'utf8'))

const units = (grace: number, unit: number, per: string, cap?: string): OvertimeBody => ({
  kind: 'units',
  grace_secs: grace,
  unit_secs: unit,
  per_unit: per,
  ...(cap === undefined ? {} : { cap }),
})
const steps = (...steps: [number, string][]): OvertimeBody => ({
  kind: 'steps',
  steps: steps.map(([over_secs, points]) => ({ over_secs, points })),
})

test('the page says what the server proposes: the same reference cases', () => {
  for (const one of fixture('overtime_tables.json').cases) {
    const table: OvertimeBody = { kind: one.overtime.steps ? 'steps' : 'units', ...one.overtime }
    for (const [ms, due] of Object.entries(one.over_ms)) {
      // Beyond a day nobody asks a page.
      if (Number(ms) > 86_400_000) continue
      expect(cost(table, Math.floor(Number(ms) / 1000)), `${ms} ms: ${JSON.stringify(table)}`).toBe(due ?? '0')
    }
  }
  const cases = fixture('deductions_public.json').cases
  expect(cases.length).toBeGreaterThan(3)
  for (const one of cases) {
    const table = units(one.grace_s, one.unit_s, one.per_unit, one.cap)
    expect(Number(cost(table, one.seconds_over))).toBe(Number(one.deduction))
  }
})

test('a table that is half typed costs nothing that could be said', () => {
  for (const table of [
    units(10, 0, '1'),
    units(10, 30, ''),
    units(10, 30, 'x'),
    units(10, 30, '1', ''),
    steps([10, '']),
    units(NaN, 30, '1'),
    units(10, NaN, '1'),
    steps([10, '1'], [NaN, '1']),
  ]) {
    expect(cost(table, 47), JSON.stringify(table)).toBeUndefined()
  }
})

test('what the server would refuse is said before it is asked', () => {
  const timing = (part: Partial<TimingBody>): TimingBody => ({
    pitch_secs: 480,
    qa_secs: 420,
    first_warning_secs: 60,
    second_warning_secs: 30,
    by_hand: false,
    ...part,
  })
  const many: [number, string][] = Array.from({ length: 21 }, (_, at) => [at, '1'])
  const fine: Partial<TimingBody>[] = [
    {},
    { pitch_secs: 1, qa_secs: 7200 },
    { first_warning_secs: 0, second_warning_secs: 60 },
    { first_warning_secs: 30, second_warning_secs: 0 },
    { overtime: units(0, 1, '0.0001', '0.0001') },
    { overtime: units(10, 30, '0.5') },
    { overtime: steps([0, '0.2'], [30, '0.2'], [60, '100']) },
    { overtime: steps(...many.slice(0, 20)) },
  ]
  for (const part of fine) expect(problem(timing(part)), JSON.stringify(part)).toBeUndefined()
  const wrong: [Partial<TimingBody>, string][] = [
    [{ pitch_secs: 0 }, 'planned'],
    [{ qa_secs: 7201 }, 'planned'],
    [{ pitch_secs: NaN }, 'planned'],
    [{ first_warning_secs: 7201 }, 'warning'],
    [{ first_warning_secs: 30 }, 'order'],
    [{ overtime: units(7201, 30, '1') }, 'grace'],
    [{ overtime: units(NaN, 30, '1') }, 'grace'],
    [{ overtime: units(10, 0, '1') }, 'unit'],
    [{ overtime: units(10, 30, '0') }, 'points'],
    [{ overtime: units(10, 30, '100.1') }, 'points'],
    [{ overtime: units(10, 30, '1', '0.5') }, 'cap'],
    [{ overtime: units(10, 30, '1', '101') }, 'cap'],
    [{ overtime: units(10, 30, '1', '') }, 'cap'],
    [{ overtime: steps() }, 'no-steps'],
    [{ overtime: steps(...many) }, 'no-steps'],
    [{ overtime: steps([10, '1'], [10, '1']) }, 'step-secs'],
    [{ overtime: steps([10, '1'], [7201, '1']) }, 'step-secs'],
    [{ overtime: steps([10, '1'], [NaN, '1']) }, 'step-secs'],
    [{ overtime: steps([10, '']) }, 'step-points'],
    [{ overtime: steps([10, '0.5'], [30, '0.2']) }, 'step-points'],
  ]
  for (const [part, code] of wrong) expect(problem(timing(part)), JSON.stringify(part)).toBe(code)
})

test('another step makes a table that still is one', () => {
  let table = steps()
  for (let n = 0; n < 20; n += 1) table = another(table as OvertimeBody & { kind: 'steps' })
  const timing = {
    pitch_secs: 480,
    qa_secs: 420,
    first_warning_secs: 60,
    second_warning_secs: 30,
    by_hand: false,
    overtime: table,
  }
  expect(problem(timing)).toBeUndefined()
  expect(table).toMatchObject({
    steps: expect.arrayContaining([
      { over_secs: 10, points: '0.2' },
      { over_secs: 40, points: '0.4' },
    ]),
  })
})

test('points are sent as the server reads them', () => {
  expect(spelled(units(10, 30, '0.50', '2.'))).toEqual(units(10, 30, '0.5', '2'))
  expect(spelled(units(10, 30, '1'))).toEqual(units(10, 30, '1'))
  expect(spelled(steps([10, '0.20']))).toEqual(steps([10, '0.2']))
})
