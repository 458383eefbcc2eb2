// All that a judge's page shows of its courier, at one moment.
import type { Line } from '../net/socket'
import * as outbox from '../model/outbox'
import type { Content, Outbox } from '../model/outbox'
import type { JudgeView, Refusal } from '../wire/types'

export interface Snapshot {
  readonly view?: JudgeView
  readonly line: Line
  readonly ended?: Refusal
  readonly box: Outbox
  /** The newest of the box that has reached this tablet's disk: what may be said to be kept. */
  readonly safe: Outbox
  /** False where this tablet cannot keep anything (private mode, full disk): the judge is told. */
  readonly keeping: boolean
  readonly help: boolean
  /** What became of the marks that came from another address. */
  readonly handed?: 'taken' | 'other-run'
}

export const nothingYet: Snapshot = {
  line: 'connecting',
  box: outbox.empty,
  safe: outbox.empty,
  keeping: true,
  help: false,
}

export function content({ box, view }: Snapshot, pitch: string): Content {
  return view ? outbox.current(box, view, pitch) : outbox.nothing
}

/** What holds for this pitch; never more than what is on a disk. */
export function state({ safe, view }: Snapshot, pitch: string, open: boolean): outbox.State {
  return view ? outbox.state(safe, view, pitch, open) : 'empty'
}
