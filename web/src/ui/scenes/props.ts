// What a group of scenes gets.
import type { Box } from '../../model/fit'
import type { ScreenView } from '../../wire/types'

export interface SceneProps {
  view: ScreenView
  kind: string
  room: Box
  /** What happens from now on moves; who has just come sees what there is. */
  live: boolean
  now: () => number
}
