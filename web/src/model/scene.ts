// Which picture the hall's view comes to, and what it is about: another subject is another picture. Pure.
import type { PublicView } from '../wire/types'

/** Who comes next: the first in running order that still waits. */
export const nextUp = (show: PublicView) => show.order.find((pitch) => show.phases[pitch] === 'queued')

/** The segment that is on. */
export const segmentOf = (show: PublicView) => show.segments.find((one) => one.id === show.segment)

/** The scene, and what stands in its place while it has nothing to show. */
export function kindOf(show: PublicView): string {
  const { scene, stage } = show
  if (scene === 'on-deck') return nextUp(show) ? 'on-deck' : 'cover'
  if (scene === 'segment') {
    const segment = segmentOf(show)
    return segment ? (segment.kind === 'draw' ? 'draw' : 'segment') : 'cover'
  }
  if (scene === 'reveal') return show.reveal ? 'reveal' : 'leaderboard'
  if (scene === 'vote') return show.vote ? 'vote' : 'cover'
  if (scene === 'signed') return show.signings ? 'signed' : 'cover'
  if (scene === 'correction')
    return show.correction && show.projects[show.correction.pitch] ? 'correction' : 'leaderboard'
  if (scene === 'message') return show.message ? 'message' : 'cover'
  if (scene !== 'pitch') return scene
  if (!stage || !show.projects[stage.pitch]) return 'cover'
  const told = stage.phase === 'revealed' && show.standings.some((row) => row.pitch === stage.pitch)
  if (show.plates?.pitch === stage.pitch || stage.announcing || told) return 'ceremony'
  if (stage.phase === 'scoring' || stage.phase === 'closed') return 'scoring'
  if (stage.phase === 'queued' && show.attempts?.[stage.pitch]) return 'again'
  return stage.phase === 'pitching' || stage.phase === 'qa' ? 'stage' : 'cover'
}

const OF_A_PITCH = ['stage', 'scoring', 'ceremony', 'again']

/** What a picture is about. */
export function subjectOf(show: PublicView, kind: string): string {
  if (kind === 'segment') return show.segment ?? ''
  if (kind === 'on-deck') return nextUp(show) ?? ''
  if (kind === 'vote') return show.vote?.state ?? ''
  if (kind === 'message') return show.message?.join() ?? ''
  if (kind === 'correction') return JSON.stringify(show.correction)
  return OF_A_PITCH.includes(kind) ? (show.stage?.pitch ?? '') : ''
}
