// What the hall sees, and what it would see after the next cue, from the console's view. Pure.
import type { HostView, PublicView, ScreenView, StageInfo } from '../wire/types'

/** The hall's picture now. */
export const hall = (view: HostView): ScreenView => picture(view, view.hall)

/** The hall's picture after the next cue; nothing where the server does not know it. */
export function preview(view: HostView): ScreenView | undefined {
  if (!view.preview) return undefined
  const next: PublicView = { ...view.hall, ...view.preview.parts }
  for (const part of view.preview.gone) delete (next as Partial<PublicView>)[part]
  return picture(view, next.stage ? { ...next, stage: begun(next.stage) } : next)
}

/** A phase that would begin with the cue has no times yet. */
function begun(stage: StageInfo): StageInfo {
  if (stage.since > 0) return stage
  const { planned_secs: _planned, closes_at: _closes, ...rest } = stage
  return rest
}

function picture({ join }: HostView, hall: PublicView): ScreenView {
  return { hall, ...(join ? { join } : {}) }
}
