// Pages of a picture that is too much for one: turned by themselves, because nothing on a big screen scrolls.

/** Milliseconds that a page stands. */
export const PAGE_STANDS = 8_000

/** The number of the page to show, from 0. Call it while a component is made. */
export function turning(count: () => number, stands: () => number = () => PAGE_STANDS): { readonly at: number } {
  let at = $state(0)
  $effect(() => {
    if (count() < 2) return
    const timer = setInterval(() => (at += 1), stands())
    return () => clearInterval(timer)
  })
  return {
    get at() {
      return count() > 0 ? at % count() : 0
    },
  }
}
