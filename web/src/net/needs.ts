// What the pages need of a browser beyond what they are built for; the test names a file that uses each.

export interface Need {
  name: string
  /** Without it a judge cannot work; else something merely looks plainer. */
  must: boolean
  there: () => boolean
}

const css = (property: string, value: string) => typeof CSS !== 'undefined' && CSS.supports(property, value)

export const NEEDS: Need[] = [
  { name: 'WebSocket', must: true, there: () => 'WebSocket' in window },
  { name: 'IndexedDB', must: true, there: () => 'indexedDB' in window },
  {
    name: 'getRandomValues',
    must: true,
    there: () => typeof crypto?.getRandomValues === 'function',
  },
  {
    name: '<dialog>',
    must: true,
    there: () => typeof HTMLDialogElement === 'function' && 'showModal' in HTMLDialogElement.prototype,
  },
  {
    name: 'Array.at',
    must: true,
    there: () => typeof Array.prototype.at === 'function',
  },
  {
    name: 'pointer events',
    must: true,
    there: () => 'onpointerdown' in window,
  },
  {
    name: 'inert',
    must: false,
    there: () => 'inert' in HTMLElement.prototype,
  },
  { name: 'dvh', must: false, there: () => css('height', '100dvh') },
  {
    name: ':has()',
    must: false,
    there: () => typeof CSS !== 'undefined' && CSS.supports('selector(:has(a))'),
  },
  {
    name: 'container units',
    must: false,
    there: () => css('width', '1cqw'),
  },
]

/** Names of what is not there. */
export function lacking(): { must: string[]; nice: string[] } {
  const gone = NEEDS.filter((need) => !need.there())
  const names = (must: boolean) => gone.filter((need) => need.must === must).map((need) => need.name)
  return { must: names(true), nice: names(false) }
}
