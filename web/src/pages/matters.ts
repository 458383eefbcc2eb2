// Open matters in words, for every page of the staff.
import '../state/speech/result'
import { t, type Key } from '../state/language.svelte'
import type { CorrectionInfo, MatterInfo, OpenInfo, StandInfo } from '../wire/types'

/** How a page calls pitches and judges. */
export interface Names {
  number: (pitch: string) => number
  judge: (judge: string) => string
  track?: (track: string) => string
}

/** What is open, in one line. */
export function matterWords(matter: MatterInfo, names: Names): string {
  const { track } = matter
  return t(`matter.${matter.what}${track ? '.track' : ''}` as Key, {
    track: track ? (names.track?.(track) ?? track) : '',
    n: matter.pitch ? names.number(matter.pitch) : 0,
    name: matter.judge ? names.judge(matter.judge) : '',
    place: matter.place ?? 0,
  })
}

/** A line for each, the judges who have not signed in one. */
export function matterLines(open: OpenInfo[], names: Names): string[] {
  const unsigned = open.filter(({ matter }) => matter.what === 'signature')
  const others = open.filter(({ matter }) => matter.what !== 'signature')
  const lines = others.map(({ matter, left }) =>
    [matterWords(matter, names), left && t('matter.left', { reason: left })].filter(Boolean).join(' · '),
  )
  if (unsigned.length === 0) return lines
  const who = unsigned.map(({ matter }) => names.judge(matter.judge ?? '')).join(t('list.comma'))
  return [...lines, t('matter.unsigned', { names: who })]
}

/** What was announced, and what counts now; where both are the same, something else was corrected. */
export function correctionWords({ old, new: now, out, back, by_track }: CorrectionInfo): string {
  const stand = ({ score, place }: StandInfo) => {
    if (score === undefined) return t('correction.none')
    return place === undefined
      ? t('correction.unranked', { score })
      : t(by_track ? 'correction.stand.track' : 'correction.stand', { score, place })
  }
  if (out) return t('correction.change', { old: stand(old), new: t(`phase.${out}`) })
  if (back) return t('correction.change', { old: t(`phase.${back}`), new: stand(now) })
  const same = old.score === now.score && old.place === now.place
  return same
    ? t('correction.same', { stand: stand(now) })
    : t('correction.change', { old: stand(old), new: stand(now) })
}
