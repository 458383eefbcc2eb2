// What the pages need of a browser beyond what they are built for. Each entry names a file that uses it; a test reads it there.

export interface Need {
  name: string
  /** Without it a judge cannot work; else something merely looks plainer. */
  must: boolean
  /** A file under `src` and the words in it that need this. */
  used: [file: string, words: string]
  there: () => boolean
}

const css = (property: string, value: string) => typeof CSS !== 'undefined' && CSS.supports(property, value)

export const NEEDS: Need[] = [
  { name: 'WebSocket', must: true, used: ['net/socket.ts', 'new WebSocket'], there: () => 'WebSocket' in window },
  { name: 'IndexedDB', must: true, used: ['net/keep.ts', 'openDB'], there: () => 'indexedDB' in window },
  {
    name: 'getRandomValues',
    must: true,
    used: ['net/socket.ts', 'crypto.getRandomValues'],
    there: () => typeof crypto?.getRandomValues === 'function',
  },
  {
    name: '<dialog>',
    must: true,
    used: ['pages/judge/Review.svelte', 'showModal'],
    there: () => typeof HTMLDialogElement === 'function' && 'showModal' in HTMLDialogElement.prototype,
  },
  {
    name: 'Array.at',
    must: true,
    used: ['model/outbox.ts', '.at(-1)'],
    there: () => typeof Array.prototype.at === 'function',
  },
  {
    name: 'pointer events',
    must: true,
    used: ['pages/judge/Pad.svelte', 'onpointerdown'],
    there: () => 'onpointerdown' in window,
  },
  {
    name: 'inert',
    must: false,
    used: ['pages/host/Console.svelte', 'inert'],
    there: () => 'inert' in HTMLElement.prototype,
  },
  { name: 'dvh', must: false, used: ['styles/base.css', '100dvh'], there: () => css('height', '100dvh') },
  {
    name: ':has()',
    must: false,
    used: ['pages/judge/Entry.svelte', ':has('],
    there: () => typeof CSS !== 'undefined' && CSS.supports('selector(:has(a))'),
  },
  {
    name: 'container units',
    must: false,
    used: ['ui/scenes/Scene.svelte', 'cqw'],
    there: () => css('width', '1cqw'),
  },
]

/** Names of what is not there. */
export function lacking(): { must: string[]; nice: string[] } {
  const gone = NEEDS.filter((need) => !need.there())
  const names = (must: boolean) => gone.filter((need) => need.must === must).map((need) => need.name)
  return { must: names(true), nice: names(false) }
}
