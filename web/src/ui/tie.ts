// What is said of equal scores.
import { says, t, type Key } from '../state/language.svelte'
import type { TieStep } from '../wire/types'

/** The criteria that a tie-break names. */
type Criteria = Record<string, string> | undefined

/** A step of the tie-break chain. */
export function stepName({ step, criterion }: TieStep, criteria: Criteria): string {
  if (criterion !== undefined) return criteria?.[criterion] ?? criterion
  return says(`tie.${step}`) ? t(`tie.${step}` as Key) : step
}

/** What a row says: nothing where there is no tie, in one word where the reason is not known. */
export function tieWords(tie: TieStep | undefined, criteria: Criteria): string {
  if (!tie) return ''
  if (tie.step === 'share' || tie.step === 'same') return t(`tie.${tie.step}`)
  return t('tie.of', { step: stepName(tie, criteria) })
}

/** The same in one word. */
export function tieWord(tie: TieStep | undefined): string {
  return tie ? t(tie.step === 'share' ? 'tie.share' : 'tie.same') : ''
}
