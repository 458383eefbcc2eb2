// Theme and motion: `?theme=` and `?motion=off`, remembered; else as the contest looks, on a phone that is light as light.
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
let asked = query.get('theme') ?? stored()
let current = $state<Theme>(asked && THEMES.includes(asked) ? (asked as Theme) : 'tech')
if (query.get('motion') === 'off') document.documentElement.dataset['motion'] = 'off'

/** The accent that the organiser has chosen for one theme. */
let own: { theme: Theme; accent?: string } | undefined

function show() {
  const { dataset, style } = document.documentElement
  dataset['theme'] = current
  const accent = own?.theme === current ? own.accent : undefined
  for (const [name, value] of [
    ['--own-accent', accent],
    ['--accent', accent],
    ['--accent-soft', accent && `${accent}24`],
  ] as const) {
    if (value) style.setProperty(name, value)
    else style.removeProperty(name)
  }
}

show()

export const theme = {
  get now() {
    return current
  },
  /** The contest's look, where nobody has chosen another. */
  offer(look: { theme: Theme; accent?: string }, phone = false) {
    own = look
    const light = phone && matchMedia('(prefers-color-scheme: light)').matches
    if (!asked) current = light ? 'light' : look.theme
    show()
  },
  next() {
    current = current === 'tech' ? 'gold' : current === 'gold' ? 'light' : 'tech'
    asked = current
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
