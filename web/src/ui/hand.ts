// What two pictures share goes from its place in the old one to its place in the new one: `data-hand` names it.
import { still } from '../state/theme.svelte'

export type Places = Map<string, DOMRect>

const all = (of: Element) => of.querySelectorAll<HTMLElement>('[data-hand]')

/** Where everything is that can be handed over. */
export function places(of: Element | null | undefined): Places {
  return new Map(Array.from(of ? all(of) : [], (one) => [one.dataset['hand']!, one.getBoundingClientRect()]))
}

/** It comes from where it was. */
export function handOver(to: Element | null | undefined, from: Places, duration = 620) {
  if (!to || from.size === 0 || still()) return
  for (const one of all(to)) {
    const was = from.get(one.dataset['hand']!)
    const now = one.getBoundingClientRect()
    if (!was || now.width === 0 || now.height === 0) continue
    const x = was.left + was.width / 2 - now.left - now.width / 2
    const y = was.top + was.height / 2 - now.top - now.height / 2
    const scale = `scale(${was.width / now.width}, ${was.height / now.height})`
    if (Math.abs(x) + Math.abs(y) < 1 && Math.abs(was.width - now.width) < 1) continue
    one.animate([{ transform: `translate(${x}px, ${y}px) ${scale}` }, { transform: 'none' }], {
      duration,
      easing: 'cubic-bezier(0.3, 0.7, 0.2, 1)',
    })
  }
}
