// What is typed and not saved yet: whoever leaves it is asked first.
import { SvelteSet } from 'svelte/reactivity'

const held = new SvelteSet<string>()
let going = $state.raw<() => void>()

export const unsaved = {
  /** Something is not saved. */
  get any(): boolean {
    return held.size > 0
  },
  /** It has asked whether to leave. */
  get asking(): boolean {
    return going !== undefined
  },
  /** Says of a part of the page whether it holds changes. */
  hold(part: string, changed: boolean) {
    if (changed) held.add(part)
    else held.delete(part)
  },
  /** Goes, or asks first. */
  leave(go: () => void) {
    if (held.size === 0) return go()
    going = go
  },
  stay() {
    going = undefined
  },
  /** Goes, and lets go of what was typed. */
  discard() {
    const go = going
    held.clear()
    going = undefined
    go?.()
  },
}
