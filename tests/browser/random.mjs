// Chance that can be had again: a seed gives the same run.

/** The same seed gives the same runs; told by every test that draws. With 4 the first ten waves of `delivery` are of every kind. */
export const SEED = Number(process.env.PODIUM_SEED ?? 4)

/** A generator of numbers from 0 to under 1 (mulberry32). */
export function random(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    below: (n) => Math.floor(next() * n),
    pick: (list) => list[Math.floor(next() * list.length)],
  }
}
