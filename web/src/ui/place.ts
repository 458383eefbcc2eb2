// A row's place in words: "so far" until the result stands.
import { stands } from '../model/stands'
import { t } from '../state/language.svelte'
import type { CorrectionInfo, PhaseName, PublicView, StandingRow } from '../wire/types'

export function placeWords(hall: Pick<PublicView, 'standings' | 'result'>, { place, track }: StandingRow): string {
  if (place === undefined) return t('screen.unranked')
  if (stands(hall.result)) return inTrack(track, t('correction.place', { n: place }))
  const of = hall.standings.filter((row) => row.track === track).length
  return inTrack(track, t('screen.place', { n: place, of }))
}

/** Why there are no rows: nothing was told yet, or nobody of whom it was has a place. */
export function noRows(hall: Pick<PublicView, 'unranked' | 'projects'>, track?: string): string {
  const told = (hall.unranked ?? []).some((pitch) => track === undefined || hall.projects[pitch]?.track === track)
  return t(told ? 'screen.none-ranked' : 'screen.none-yet')
}

/** What a correction says beside its numbers, where somebody stands again. */
export const backWords = (back: PhaseName | undefined) =>
  back && t(back === 'disqualified' ? 'correction.back.disqualified' : 'correction.back')

/** Words about a place, where it is one within a track. */
export const inTrack = (track: unknown, words: string) => (track ? t('screen.in-track', { words }) : words)

/** A place before a correction, or after it. */
export const standWords = ({ by_track }: CorrectionInfo, place: number | undefined) =>
  place === undefined ? t('screen.unranked') : inTrack(by_track, t('correction.place', { n: place }))

/** From one place to another. */
export const moveWords = ({ by_track }: CorrectionInfo, from: number, to: number) =>
  inTrack(by_track, t('correction.moved', { from, to }))
