// What a judge's page shows of a pitch. Where nothing is taken any more, what counts stands first, and beside it what does not.
import type { JudgeView } from '../wire/types'
import { changed, conflict, current, newest, type Content, type Marks, type Outbox } from './outbox'

export interface Shown {
  content: Content
  /** Written after the version that counts, and too late. */
  uncounted?: Content
}

/** `open`: a scorecard is taken now, or will be. */
export function shown(box: Outbox, view: JudgeView, pitch: string, open: boolean): Shown {
  const [content, card] = [current(box, view, pitch), newest(box, view, pitch)]
  if (open || !card || box.given[pitch] || conflict(box, view, pitch) || !changed(box, view, pitch)) return { content }
  const counts = { marks: card.marks as Marks, comment: card.comment, note: content.note }
  return { content: counts, uncounted: content }
}
