// What makes a screen a display: a key of its own, made once and kept by the browser. It is said to the server's socket and
// nowhere else, not in the page's address either: a hall could read it there.
import type { Viewport } from '../wire/types'
import { commandId } from './socket'

const STORED = 'podium-display'

function stored(): string | undefined {
  try {
    const key = localStorage.getItem(STORED)
    return key && /^[0-9a-f]{32}$/.test(key) ? key : undefined
  } catch {
    return undefined
  }
}

let key = stored()

/** This browser's key; all its windows are one display. */
export function displayKey(): string {
  if (!key) {
    key = commandId()
    try {
      localStorage.setItem(STORED, key)
    } catch {
      // Private mode: it is the same display as long as the page is open.
    }
  }
  return key
}

export function viewport(): Viewport {
  const side = (pixels: number) => Math.min(65_535, Math.max(0, Math.round(pixels)))
  const fullscreen = document.fullscreenElement !== null || matchMedia('(display-mode: fullscreen)').matches
  const seen = document.visibilityState === 'visible' ? {} : { hidden: true }
  return { width: side(innerWidth), height: side(innerHeight), fullscreen, ...seen }
}

/** Calls when the window may have changed, not more often than twice a second. */
export function onViewport(changed: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      changed()
    }, 500)
  }
  addEventListener('resize', soon)
  document.addEventListener('fullscreenchange', soon)
  document.addEventListener('visibilitychange', soon)
}

/** Calls once the server answers for this page; until then the screen keeps its picture, for an error page is none. Returns
 * how to stop. */
export function whenThere(path: string, go: () => void): () => void {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  async function look() {
    const there = await fetch(path, { method: 'HEAD', cache: 'no-store' }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (stopped) return
    if (there) go()
    else timer = setTimeout(look, 5_000)
  }
  void look()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
