// What the browser tells of the device, and what keeps its screen on: a wake lock where there is one, else a silent film.
import type { Awake, DeviceInfo } from '../wire/types'

interface Battery extends EventTarget {
  level: number
  charging: boolean
}

let percent: number | undefined
let charging = false
let lock: WakeLockSentinel | undefined
let film: HTMLVideoElement | undefined

const navigatorWithBattery = navigator as Navigator & { getBattery?: () => Promise<Battery> }
navigatorWithBattery.getBattery?.().then(
  (battery) => {
    const read = () => {
      percent = Math.round(battery.level * 100)
      charging = battery.charging
    }
    battery.addEventListener('levelchange', read)
    battery.addEventListener('chargingchange', read)
    read()
  },
  () => undefined,
)

/** Which build of the page runs: the name of its own script, not of a part that several pages share. */
const own = document.querySelector<HTMLScriptElement>('script[type="module"][src]')
const page = /([^/]+?)\.js$/.exec(own?.src ?? '')?.[1]?.slice(0, 64) ?? 'development'

function awake(): Awake {
  if (lock && !lock.released) return 'wake-lock'
  return film && !film.paused ? 'film' : 'nothing'
}

export function device(): Pick<DeviceInfo, 'battery' | 'charging' | 'awake' | 'page'> {
  return { awake: awake(), page, ...(percent === undefined ? {} : { battery: percent, charging }) }
}

/** Keeps the screen on from the first touch on; asks again whenever the page comes back. */
export function stayAwake(source: string) {
  const ask = () => {
    if (document.visibilityState !== 'visible' || awake() !== 'nothing') return
    if ('wakeLock' in navigator) {
      navigator.wakeLock.request('screen').then(
        (sentinel) => (lock = sentinel),
        () => play(source),
      )
    } else play(source)
  }
  addEventListener('pointerup', ask)
  addEventListener('keyup', ask)
  document.addEventListener('visibilitychange', ask)
}

function play(source: string) {
  film ??= make(source)
  film.play().catch(() => undefined)
}

function make(source: string): HTMLVideoElement {
  const video = document.createElement('video')
  video.src = source
  video.muted = video.loop = video.playsInline = true
  video.setAttribute('aria-hidden', 'true')
  // In the page and in sight, or the browser lets the screen sleep all the same.
  video.className = 'film'
  document.body.append(video)
  return video
}
