// Theme and motion: `?theme=` and `?motion=off`, remembered.
export type Theme = 'tech' | 'gold' | 'light'
const STORED = 'podium-theme'
const THEMES: readonly string[] = ['tech', 'gold', 'light']

function stored(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}

const query = new URLSearchParams(location.search)
const asked = query.get('theme') ?? stored()
let current = $state<Theme>(asked && THEMES.includes(asked) ? (asked as Theme) : 'tech')
show()
if (query.get('motion') === 'off') document.documentElement.dataset['motion'] = 'off'

function show() {
  document.documentElement.dataset['theme'] = current
}

export const theme = {
  get now() {
    return current
  },
  next() {
    current = current === 'tech' ? 'gold' : current === 'gold' ? 'light' : 'tech'
    show()
    try {
      localStorage.setItem(STORED, current)
    } catch {
      // Private mode: the choice lasts as long as the page.
    }
  },
}

/** Moves are cuts: asked for by the address or the system. */
export function still(): boolean {
  return document.documentElement.dataset['motion'] === 'off' || matchMedia('(prefers-reduced-motion: reduce)').matches
}
