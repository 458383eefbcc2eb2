// What a phone remembers of this hall: the seat code that it scanned.

export function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function write(key: string, value: string) {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A page without a memory works, and forgets when it is left.
  }
}

/** The seat code of a scanned card; it leaves the address at once. */
export function scanned(contest: string): string | undefined {
  const key = `podium-seat-${contest}`
  const found = /^#vote=([0-9a-f]{32})$/.exec(location.hash)?.[1]
  if (found) {
    write(key, found)
    history.replaceState(null, '', location.pathname + location.search)
  }
  return found ?? read(key) ?? undefined
}
