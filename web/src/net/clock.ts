// The server's clock as this device knows it: its own clock plus the offset of the quickest answer so far.

export interface Clock {
  /** The server's time now, UTC milliseconds. */
  now(): number
  /** An answer: asked at `sent`, answered with `server`, heard at `heard` (own clock). */
  heard(sent: number, server: number, heard: number): void
  /** Half the best round trip: how far off `now` can be. */
  uncertainty(): number
  /** Round trip of the last answer, milliseconds. */
  trip(): number
  /** Server's clock minus the device's, milliseconds. */
  offset(): number
}

export function clock(own: () => number = Date.now): Clock {
  let offset = 0
  let best = Infinity
  let last = 0
  return {
    now: () => own() + offset,
    heard: (sent, server, heard) => {
      const trip = heard - sent
      last = trip
      // A slow answer says little; a quick one is believed, and an old one fades so that drift is followed.
      best *= 1.05
      if (trip > best) return
      best = trip
      offset = server + trip / 2 - heard
    },
    uncertainty: () => best / 2,
    trip: () => last,
    offset: () => offset,
  }
}
