// Whether this device rings for the stage timer, how loudly, and whether the browser lets it.
//
// A browser is silent until somebody has touched the page. That is said, and every touch asks it again.
import { listen, type Heard, type Sound } from '../model/timer'
import type { TimerInfo } from '../wire/types'
import { follow } from './ticking.svelte'
import { ring } from './tones'

/** `blocked`: the browser waits for a touch. `unable`: it has no sound. */
export type SoundState = 'off' | 'ready' | 'blocked' | 'unable'

const STORED = 'podium-sounds'
const before = stored()
let on = $state(before.on)
let volume = $state(before.volume)
let running = $state(false)
let context: AudioContext | undefined

function stored(): { on: boolean; volume: number } {
  try {
    const [on, volume] = (localStorage.getItem(STORED) ?? '').split(' ')
    const loud = Number(volume)
    return { on: on === 'on', volume: volume && loud >= 0 && loud <= 100 ? loud : 70 }
  } catch {
    return { on: false, volume: 70 }
  }
}

function keep() {
  try {
    localStorage.setItem(STORED, `${on ? 'on' : 'off'} ${volume}`)
  } catch {
    // Private mode: the choice lasts as long as the page.
  }
}

const able = typeof AudioContext !== 'undefined'

/** The way to the loudspeaker, asked to be open. */
function open(): AudioContext | undefined {
  if (!able) return undefined
  if (!context) {
    context = new AudioContext()
    context.onstatechange = look
  }
  // Before the first touch the promise waits, and is refused where the page goes meanwhile.
  if (context.state !== 'running') context.resume().then(look, look)
  look()
  return context
}

function look() {
  running = context?.state === 'running'
}

/** Only what can be heard now is rung: a waiting loudspeaker would ring it at the first touch, minutes later. */
function play(sounds: Sound[]) {
  const way = open()
  if (!way || way.state !== 'running') return
  let at = way.currentTime + 0.03
  for (const sound of sounds) at += ring(way.destination, sound, at, (volume / 100) ** 2)
}

if (on) open()
for (const touch of ['pointerup', 'click', 'keydown']) addEventListener(touch, () => on && !running && open())

export const sounds = {
  get on() {
    return on
  },
  set on(wanted: boolean) {
    on = wanted
    keep()
    if (on) open()
  },
  get volume() {
    return volume
  },
  set volume(wanted: number) {
    volume = wanted
    keep()
  },
  get state(): SoundState {
    if (!able) return 'unable'
    if (!on) return 'off'
    return running ? 'ready' : 'blocked'
  },
  /** All three one after another, whether it is on or not: whoever asks wants to hear them. */
  async test() {
    const way = open()
    await way?.resume().catch(() => undefined)
    look()
    play(['first', 'second', 'end'])
  },
}

/** Rings what becomes due while the component that calls it is there. */
export function ringing(timer: () => TimerInfo | undefined, now: () => number) {
  let heard: Heard | undefined
  $effect(() => {
    const info = timer()
    if (!info) return
    const hear = () => {
      const answer = listen(heard, info, now())
      heard = answer.heard
      if (answer.sound && on) play([answer.sound])
    }
    hear()
    return follow(info, now, hear)
  })
}
