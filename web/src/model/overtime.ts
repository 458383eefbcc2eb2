// What time over costs by a contest's table, and what is wrong with times as they are typed. The server decides; this
// is the same arithmetic, in whole seconds and exact ticks, for a sentence while somebody types.
import type { OvertimeBody, TimingBody } from '../wire/types'
import { canonical, decimal, ticks } from './marks'

const SECS_MAX = 7200
const STEPS_MAX = 20
const POINTS_MAX = ticks('100')!

/** Points for so many whole seconds over, `0` when nothing is due; nothing where the table is none. */
export function cost(table: OvertimeBody, over: number): string | undefined {
  if (!tableSecs(table).every(Number.isInteger)) return undefined
  if (table.kind === 'steps') {
    const passed = table.steps.findLast((step) => over > step.over_secs)
    const points = passed ? ticks(passed.points) : 0n
    return points === undefined ? undefined : decimal(points)
  }
  const [per, cap] = [ticks(table.per_unit), table.cap === undefined ? undefined : ticks(table.cap)]
  if (per === undefined || table.unit_secs < 1 || (table.cap !== undefined && cap === undefined)) return undefined
  const units = Math.ceil(Math.max(0, over - table.grace_secs) / table.unit_secs)
  const points = per * BigInt(units)
  return decimal(cap !== undefined && points > cap ? cap : points)
}

/** Every number of seconds in the table; `NaN` where a field was emptied. */
const tableSecs = (table: OvertimeBody) =>
  table.kind === 'steps' ? table.steps.map((step) => step.over_secs) : [table.grace_secs, table.unit_secs]

export type TimingProblem =
  'planned' | 'warning' | 'order' | 'grace' | 'unit' | 'points' | 'cap' | 'no-steps' | 'step-secs' | 'step-points'

const whole = (secs: number, least: number) => Number.isInteger(secs) && secs >= least && secs <= SECS_MAX

/** What is wrong with the times, if anything; the table for overtime after them. */
export function problem(timing: TimingBody): TimingProblem | undefined {
  const [first, second] = [timing.first_warning_secs, timing.second_warning_secs]
  if (!whole(timing.pitch_secs, 1) || !whole(timing.qa_secs, 1)) return 'planned'
  if (!whole(first, 0) || !whole(second, 0)) return 'warning'
  if (first > 0 && second >= first) return 'order'
  return timing.overtime && tableProblem(timing.overtime)
}

/** What is wrong with a table, if anything. */
export function tableProblem(table: OvertimeBody): TimingProblem | undefined {
  const points = (text: string) => {
    const value = ticks(text)
    return value !== undefined && value > 0n && value <= POINTS_MAX ? value : undefined
  }
  if (table.kind === 'units') {
    const per = points(table.per_unit)
    if (!whole(table.grace_secs, 0)) return 'grace'
    if (!whole(table.unit_secs, 1)) return 'unit'
    if (per === undefined) return 'points'
    return table.cap === undefined || (points(table.cap) ?? -1n) >= per ? undefined : 'cap'
  }
  if (table.steps.length < 1 || table.steps.length > STEPS_MAX) return 'no-steps'
  for (const [at, step] of table.steps.entries()) {
    const [before, value] = [table.steps[at - 1], points(step.points)]
    if (!whole(step.over_secs, 0) || (before && before.over_secs >= step.over_secs)) return 'step-secs'
    if (value === undefined || (before && ticks(before.points)! > value)) return 'step-points'
  }
  return undefined
}

/** One step more, likely to be meant: half a minute later, for as much again. */
export function another(table: OvertimeBody & { kind: 'steps' }): OvertimeBody {
  const last = table.steps.at(-1)
  const points = ticks(last?.points ?? '') ?? 0n
  const doubled = points > 0n && points * 2n <= POINTS_MAX ? decimal(points * 2n) : (last?.points ?? '0.2')
  return {
    kind: 'steps',
    steps: [...table.steps, { over_secs: last ? Math.min(last.over_secs + 30, SECS_MAX) : 10, points: doubled }],
  }
}

/** The table with its points spelled as the server reads them: `0.50` and `1.` are `0.5` and `1`. */
export function spelled(table: OvertimeBody): OvertimeBody {
  const plain = (points: string) => canonical(points) ?? points
  if (table.kind === 'steps')
    return { kind: 'steps', steps: table.steps.map((step) => ({ ...step, points: plain(step.points) })) }
  const { cap, ...rest } = table
  return { ...rest, per_unit: plain(table.per_unit), ...(cap === undefined ? {} : { cap: plain(cap) }) }
}
