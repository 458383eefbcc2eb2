// Marks that came with the address, from this tablet's page under another one: kept until the judge has said what becomes of
// them, through signing in and reloads.
import { inFragment, unpack, type Parcel } from '../model/handover'

const STORED = 'podium-handed'

/** The parcel, or that there was one and it cannot be read. Takes it out of the address, so that it stays in no history. */
export function handed(): Parcel | 'damaged' | undefined {
  const came = inFragment(location.hash)
  if (came !== undefined) {
    history.replaceState(null, '', location.pathname + location.search)
    const parcel = unpack(came)
    if (!parcel) return 'damaged'
    try {
      localStorage.setItem(STORED, came)
    } catch {
      // Private mode: it lasts as long as the page.
    }
    return parcel
  }
  try {
    return unpack(localStorage.getItem(STORED) ?? '')
  } catch {
    return undefined
  }
}

export function forgetHanded() {
  try {
    localStorage.removeItem(STORED)
  } catch {
    // Private mode: there is nothing to forget.
  }
}
