// What the hall sees, and what it would see after the next cue, from the console's view. Pure.
import type { HostView, PublicView, ScreenView, StageInfo } from '../wire/types'

/** The hall's picture now, from what the hall may see. */
export function hall(view: HostView): ScreenView {
  const {
    contest,
    projects,
    order,
    standings,
    segments,
    items,
    stage,
    timer,
    rehearsal,
    segment,
    draw,
    plates,
    frozen,
    board,
    vote,
    message,
    signings,
    turned,
  } = view
  const phases = Object.fromEntries(Object.entries(view.pitches).map(([pitch, state]) => [pitch, state.phase]))
  const show: PublicView = {
    contest,
    projects,
    order,
    phases,
    standings,
    segments,
    items,
    ...(stage ? { stage } : {}),
    ...(timer ? { timer } : {}),
    ...(rehearsal ? { rehearsal } : {}),
    ...(segment ? { segment } : {}),
    ...(draw ? { draw } : {}),
    ...(plates ? { plates } : {}),
    ...(frozen ? { frozen } : {}),
    ...(board ? { board } : {}),
    ...(vote ? { vote: vote.vote } : {}),
    ...(message ? { message } : {}),
    ...(signings ? { signings } : {}),
    ...(turned ? { turned } : {}),
  }
  return picture(view, view.scene, show)
}

/** The hall's picture after the next cue; nothing where the server does not know it. */
export function preview(view: HostView): ScreenView | undefined {
  const next = view.preview
  if (!next) return undefined
  const { phases, standings, stage, timer, segment, plates, frozen, board, vote, turned } = next
  const {
    stage: _stage,
    timer: _timer,
    segment: _segment,
    plates: _plates,
    frozen: _frozen,
    board: _board,
    vote: _vote,
    turned: _turned,
    ...rest
  } = hall(view).show
  const show: PublicView = {
    ...rest,
    phases,
    standings,
    ...(stage ? { stage: begun(stage) } : {}),
    ...(timer ? { timer } : {}),
    ...(segment ? { segment } : {}),
    ...(plates ? { plates } : {}),
    ...(frozen ? { frozen } : {}),
    ...(board ? { board } : {}),
    ...(vote ? { vote } : {}),
    ...(turned ? { turned } : {}),
  }
  return picture(view, next.scene, show)
}

/** A phase that would begin with the cue has no times yet. */
function begun(stage: StageInfo): StageInfo {
  if (stage.since > 0) return stage
  const { planned_secs: _planned, closes_at: _closes, ...rest } = stage
  return rest
}

function picture(view: HostView, scene: ScreenView['scene'], show: PublicView): ScreenView {
  return { scene, show, ...(view.join ? { join: view.join } : {}) }
}
