// A row's place in words: "so far" until the result stands.
import { stands } from '../model/stands'
import { t } from '../state/language.svelte'
import type { PublicView, StandingRow } from '../wire/types'

export function placeWords(hall: Pick<PublicView, 'standings' | 'result'>, { place }: StandingRow): string {
  if (place === undefined) return t('screen.unranked')
  if (stands(hall.result)) return t('correction.place', { n: place })
  return t('screen.place', { n: place, of: hall.standings.length })
}
