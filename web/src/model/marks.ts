// Marks as exact decimals: strings outside, integer ticks of 1/10000 inside. No float touches a mark.
import type { CriterionInfo } from '../wire/types'

const TICKS = 10_000n

/** Ticks of a decimal string; nothing when it is none or has more than four decimals. */
export function ticks(text: string): bigint | undefined {
  const match = /^(\d{1,6})(?:\.(\d{0,4}))?$/.exec(text)
  if (!match) return undefined
  return BigInt(match[1]!) * TICKS + BigInt((match[2] ?? '').padEnd(4, '0'))
}

/** The shortest decimal string of ticks. */
export function decimal(value: bigint): string {
  const part = (value % TICKS).toString().padStart(4, '0').replace(/0+$/, '')
  return part ? `${value / TICKS}.${part}` : `${value / TICKS}`
}

/** The one spelling of a mark: `27.50` and `27.` are `27.5` and `27`. */
export function canonical(mark: string): string | undefined {
  const value = ticks(mark)
  return value === undefined ? undefined : decimal(value)
}

export type MarkProblem = 'missing' | 'no-number' | 'too-long' | 'out-of-range' | 'off-step'

/** What is wrong with a mark for this criterion, if anything. */
export function problem(criterion: CriterionInfo, mark: string | undefined): MarkProblem | undefined {
  if (mark === undefined || mark === '') return 'missing'
  const value = ticks(mark)
  if (value === undefined) return /^\d+\.?\d*$/.test(mark) ? 'too-long' : 'no-number'
  if (value > ticks(criterion.max)!) return 'out-of-range'
  const step = criterion.step === undefined ? undefined : ticks(criterion.step)
  if (step && value % step !== 0n) return 'off-step'
  return undefined
}

/** Nothing that could still be typed would make another mark: the next criterion may come. */
export function complete(criterion: CriterionInfo, mark: string): boolean {
  if (problem(criterion, mark)) return false
  const decimals = criterion.step === undefined ? 2 : (criterion.step.split('.')[1] ?? '').length
  const typed = mark.split('.')[1]
  if (typed !== undefined) return typed.length >= decimals
  const [value, max] = [ticks(mark)!, ticks(criterion.max)!]
  return value * 10n > max && (decimals === 0 || value === max)
}

/** Every mark that is possible, when there are few enough for one button each. */
export function choices(criterion: CriterionInfo, most = 11): string[] | undefined {
  const step = criterion.step === undefined ? undefined : ticks(criterion.step)
  const max = ticks(criterion.max)!
  if (!step || max % step !== 0n || max / step + 1n > BigInt(most)) return undefined
  return Array.from({ length: Number(max / step) + 1 }, (_, at) => decimal(BigInt(at) * step))
}

/** A mark moved by some steps, kept within its range and on its grid. */
export function nudge(criterion: CriterionInfo, mark: string | undefined, steps: number): string {
  const step = (criterion.step && ticks(criterion.step)) || TICKS / 10n
  const max = ticks(criterion.max)!
  const from = (mark && ticks(mark)) || 0n
  const on = steps > 0 ? (from / step) * step : ((from + step - 1n) / step) * step
  const moved = on + BigInt(steps) * step
  return decimal(moved < 0n ? 0n : moved > max ? max : moved)
}

/** Quick marks: shares of the maximum, on the grid. */
export function quick(criterion: CriterionInfo, shares = [60, 70, 80, 90, 100]): string[] {
  const step = (criterion.step && ticks(criterion.step)) || TICKS / 10n
  const max = ticks(criterion.max)!
  const marks = shares.map((share) => decimal((max * BigInt(share)) / 100n - (((max * BigInt(share)) / 100n) % step)))
  return [...new Set(marks)]
}

/** 100 · Σ w·x/max / Σ w of the marks given so far, half up to two decimals. */
export function total(criteria: CriterionInfo[], marks: Record<string, string>): string {
  let numerator = 0n
  let denominator = 1n
  let weights = 0n
  for (const criterion of criteria) {
    const max = ticks(criterion.max)!
    const weight = BigInt(criterion.weight)
    weights += weight
    const value = ticks(marks[criterion.id] ?? '') ?? 0n
    numerator = numerator * max + weight * value * denominator
    denominator *= max
  }
  if (weights === 0n) return '0.00'
  const scaled = numerator * 10_000n
  const divisor = denominator * weights
  const hundredths = (2n * scaled + divisor) / (2n * divisor)
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}`
}
