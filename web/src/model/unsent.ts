// Since when a judge's tablet has had something that the server does not have. Pure.
import type { HostView } from '../wire/types'

/** Since when each judge's device has had something unsent; carried from one view to the next. */
export function unsentSince(before: Record<string, number>, view: HostView, now: number): Record<string, number> {
  const waits = view.panel.filter((judge) => (view.presence.judges[judge]?.device?.unsent ?? 0) > 0)
  return Object.fromEntries(waits.map((judge) => [judge, before[judge] ?? now]))
}
