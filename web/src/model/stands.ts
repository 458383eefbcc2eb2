// Whether a result stands. By itself: phones and screens load this and not the rest of `result.ts`. Pure.
import type { ResultInfo } from '../wire/types'

/** Places stand: nobody says "so far" of them any more. */
export const stands = (result: ResultInfo | undefined): boolean =>
  result?.life === 'official' || result?.life === 'published'
