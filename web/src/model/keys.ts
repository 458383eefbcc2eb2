// What a key on the console means. Pure: an event as far as it matters, and the two switches; nothing of the show.
//
// Clickers send PageUp and PageDown, F5 and Escape, "." or "b". A key that is held down never means anything twice.

/** Where the key fell: on the page, on a button that has the focus, where text is typed, in a dialog. */
export type Place = 'page' | 'button' | 'input' | 'dialog'

export interface Press {
  key: string
  place: Place
  repeat: boolean
  /** Ctrl, or Cmd on a Mac. */
  ctrl: boolean
  alt: boolean
}

export interface Switches {
  armed: boolean
  /** Keys that print something count; without them Space, arrows, clicker keys and Ctrl+Z do. */
  letters: boolean
}

export type Intent =
  | 'next'
  | 'back'
  | 'black'
  | 'timer'
  | 'more'
  | 'less'
  | 'close'
  | 'reveal'
  | 'undo'
  | 'board'
  | 'up'
  | 'down'
  | 'help'
  /** Nothing, and the browser is to do nothing either. */
  | 'nothing'

const CLICKER: Record<string, Intent> = {
  PageDown: 'next',
  ArrowRight: 'next',
  PageUp: 'back',
  ArrowLeft: 'back',
  '.': 'black',
}

const LETTERS: Record<string, Intent> = {
  b: 'black',
  t: 'timer',
  '+': 'more',
  '=': 'more',
  '-': 'less',
  _: 'less',
  l: 'close',
  r: 'reveal',
  u: 'undo',
  s: 'board',
}

const ROWS: Record<string, Intent> = { ArrowUp: 'up', ArrowDown: 'down' }

/** What the press means; `undefined` leaves it to the browser. */
export function intent({ key, place, repeat, ctrl, alt }: Press, { armed, letters }: Switches): Intent | undefined {
  // A clicker's "start the slides" would reload the console.
  if (key === 'F5' && armed && !ctrl && !alt) return 'nothing'
  if (place === 'input' || place === 'dialog') return undefined
  const meant = means(key, place, ctrl, alt, armed, letters)
  return meant && repeat ? 'nothing' : meant
}

function means(key: string, place: Place, ctrl: boolean, alt: boolean, armed: boolean, letters: boolean) {
  if (alt) return ctrl ? undefined : ROWS[key]
  if (ctrl) return armed && key.toLowerCase() === 'z' ? 'undo' : undefined
  if (key === '?') return letters ? 'help' : undefined
  if (!armed) return undefined
  // Space on a button presses that button.
  if (key === ' ') return place === 'page' ? 'next' : undefined
  return CLICKER[key] ?? (letters ? LETTERS[key.toLowerCase()] : undefined)
}
