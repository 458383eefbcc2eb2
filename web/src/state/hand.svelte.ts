// Which hand holds the pen: the pad stands on its side. Remembered on the tablet.
const STORED = 'podium-hand'

function stored(): boolean {
  try {
    return localStorage.getItem(STORED) === 'left'
  } catch {
    return false
  }
}

let left = $state(stored())

export const hand = {
  get left() {
    return left
  },
  change() {
    left = !left
    try {
      localStorage.setItem(STORED, left ? 'left' : 'right')
    } catch {
      // Private mode: the choice lasts as long as the page.
    }
  },
}
