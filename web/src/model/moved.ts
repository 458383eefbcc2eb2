// The others whom a correction moves: as many as have their place, their names whole where they can be. Pure.
import { LEADING, SMALLEST, fitting, height, named, width, type Box } from './fit'

export interface MovedRow {
  pitch: string
  name: string
  /** From which place to which, in words. */
  places: string
}

type Project = { name: string; short: string }

/** Between two that stand beside each other. */
export const GAP = 5
/** A row of one line, and what is between two rows. */
const LINE = SMALLEST * LEADING
const BETWEEN = 0.8
/** Between a name and its places. */
const SPACE = SMALLEST

/** The room that is left of a row for a name. */
export const besides = (places: string, w: number) => w - width(places) * SMALLEST - SPACE

/** Two that are short stand beside each other, any other has a row of at most two lines; how many have none is said on a line, too. */
export function movedRows(
  moved: { pitch: string; places: string }[],
  projects: Record<string, Project | undefined>,
  room: Box,
): MovedRow[] {
  const rows = Math.floor((room.h + BETWEEN) / (LINE + BETWEEN))
  const whole = packed(moved, projects, room.w, rows, false)
  return whole.length === moved.length ? whole : packed(moved, projects, room.w, rows, true)
}

/** `brief`: the organiser's short name rather than two lines. */
function packed(
  moved: { pitch: string; places: string }[],
  projects: Record<string, Project | undefined>,
  w: number,
  rows: number,
  brief: boolean,
): MovedRow[] {
  const shown: MovedRow[] = []
  let [used, beside] = [0, false]
  for (const { pitch, places } of moved) {
    const left = besides(places, w)
    const one = { w: left, h: LINE }
    const project = projects[pitch]
    const single = brief && project && fitting(project, one)
    const name = named(project, single ? one : { w: left, h: 2 * LINE }, SMALLEST).text
    const half = width(name) * SMALLEST <= besides(places, (w - GAP) / 2)
    const lines = Math.round(height(name, left, SMALLEST) / LINE)
    used += half && beside ? 0 : lines
    beside = half && !beside
    const last = shown.length + 1 === moved.length
    if (used + (last || beside ? 0 : 1) > rows) break
    shown.push({ pitch, name, places })
  }
  return shown
}
