// Timers on a page: awake exactly when what is shown changes, never in between.
import { face, type Face } from '../model/timer'
import type { TimerInfo } from '../wire/types'

/** Milliseconds: sooner than the next change only because the page's clock may be put right meanwhile. */
const LONGEST = 1_000

/** Calls `wake` whenever the timer shows something else; returns how to stop. */
export function follow(timer: TimerInfo, now: () => number, wake: () => void): () => void {
  let sleep: ReturnType<typeof setTimeout> | undefined
  const plan = () => {
    const { next } = face(timer, now())
    if (next !== undefined) sleep = setTimeout(woken, Math.min(Math.ceil(next), LONGEST))
  }
  const woken = () => {
    wake()
    plan()
  }
  plan()
  return () => clearTimeout(sleep)
}

/** The face of a timer, always of this moment. Call it while a component is made. */
export function ticking(timer: () => TimerInfo | undefined, now: () => number): { readonly face: Face | undefined } {
  let tick = $state(0)
  const shown = $derived.by(() => {
    void tick
    const info = timer()
    return info && face(info, now())
  })
  $effect(() => {
    const info = timer()
    return info && follow(info, now, () => (tick += 1))
  })
  return {
    get face() {
      return shown
    },
  }
}

/** The time of day by the server's clock, `19:05`. Call it while a component is made. */
export function timeOfDay(now: () => number, zone: () => string | undefined): { readonly text: string } {
  const MINUTE = 60_000
  let tick = $state(0)
  const text = $derived.by(() => {
    void tick
    const timeZone = zone()
    const told = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(timeZone ? { timeZone } : {}) } as const
    return new Intl.DateTimeFormat('en-GB', told).format(now())
  })
  $effect(() => {
    let sleep: ReturnType<typeof setTimeout>
    const plan = () => (sleep = setTimeout(woken, Math.min(MINUTE - (now() % MINUTE) + 1, 10 * LONGEST)))
    const woken = () => {
      tick += 1
      plan()
    }
    plan()
    return () => clearTimeout(sleep)
  })
  return {
    get text() {
      return text
    },
  }
}

/** Whole seconds until a moment, 0 when it is past; nothing without one. Call it while a component is made. */
export function seconds(now: () => number, until: () => number | undefined): { readonly secs: number | undefined } {
  let tick = $state(0)
  const secs = $derived.by(() => {
    void tick
    const end = until()
    return end === undefined ? undefined : Math.max(0, Math.ceil((end - now()) / 1_000))
  })
  $effect(() => {
    if (until() === undefined) return
    const beat = setInterval(() => (tick += 1), 200)
    return () => clearInterval(beat)
  })
  return {
    get secs() {
      return secs
    },
  }
}

/** Whole seconds since a moment, counted every five; nothing without one. Call it while a component is made. */
export function ago(now: () => number, since: () => number | undefined): { readonly secs: number | undefined } {
  let tick = $state(0)
  const secs = $derived.by(() => {
    void tick
    const began = since()
    return began === undefined ? undefined : Math.max(0, Math.floor((now() - began) / 1_000))
  })
  $effect(() => {
    const beat = setInterval(() => (tick += 1), 5_000)
    return () => clearInterval(beat)
  })
  return {
    get secs() {
      return secs
    },
  }
}
