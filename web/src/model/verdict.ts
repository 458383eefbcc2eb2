// How the final score stands: what was taken off beside it where there is room at both sides, else below it. Pure.
import { height, width, type Box } from './fit'

/** The score is no smaller. */
export const LOWEST = 25
/** What each side has at least where something stands beside it. */
export const SIDE = 30

export interface Around {
  beside: boolean
  /** What the label above and the note below take of the height; nothing where they stand beside it. */
  label: number
  under: number
}

export function around(score: string, note: string, box: Box): Around {
  const beside = box.h <= box.w && box.w - 2 * SIDE >= LOWEST * width(score)
  if (beside) return { beside, label: 0, under: 0 }
  return { beside, label: 6, under: note ? Math.min(height(note, box.w, 4, 1.2), 9.8) : 0 }
}
