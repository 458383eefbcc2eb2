// What an overlay shows: three kinds, from the page's address or from the display's role. Pure.
import type { DisplayRole, PublicView, StandingRow } from '../wire/types'

export type OverlayKind = 'third' | 'score' | 'top'

/** The kind in an address's query; the lower third where it says none that there is. */
export function kindOf(query: string): OverlayKind {
  const kind = new URLSearchParams(query).get('kind')
  return kind === 'score' || kind === 'top' ? kind : 'third'
}

/** The kind a display is pointed to. */
export function kindFor(role: DisplayRole): OverlayKind | undefined {
  const kinds: Partial<Record<DisplayRole, OverlayKind>> = {
    overlay: 'third',
    'overlay-score': 'score',
    'overlay-top': 'top',
  }
  return kinds[role]
}

/** The score that was revealed last, until the next pitch begins. */
export function newest(show: PublicView): StandingRow | undefined {
  const { stage } = show
  return stage?.phase === 'revealed' ? show.standings.find((row) => row.pitch === stage.pitch) : undefined
}

const TOP = 5

/** The first five; who shares the fifth place but does not fit is left out with everybody who shares it. */
export function top(rows: StandingRow[]): StandingRow[] {
  const ranked = rows.filter((row) => row.place !== undefined)
  const cut = ranked[TOP]?.place
  const first = ranked.slice(0, TOP)
  const whole = first.filter((row) => row.place !== cut)
  return whole.length > 0 ? whole : first
}
