// What the console says of the plates: what the hall sees of them at this moment. Pure.
import type { PublicView } from '../wire/types'

export type PlatesSeen =
  { is: 'down' | 'turned' | 'struck' | 'scored' } | { is: 'some'; k: number; n: number } | { is: 'hidden' }

/** Of the pitch on stage, until its score is announced; nothing where no plates are up. */
export function platesSeen({
  scene,
  stage,
  plates,
}: Pick<PublicView, 'scene' | 'stage' | 'plates'>): PlatesSeen | undefined {
  if (!stage || stage.phase === 'revealed') return undefined
  const up = plates?.pitch === stage.pitch ? plates : undefined
  if (!up && !stage.announcing) return undefined
  if (scene !== 'pitch') return { is: 'hidden' }
  if (!up) return { is: 'down' }
  if (typeof up.step === 'string') return { is: up.step }
  const n = up.plates.filter((plate) => plate.without === undefined).length
  const k = up.step.turned
  if (k === 0) return { is: 'down' }
  return k < n ? { is: 'some', k, n } : { is: 'turned' }
}
