// Parts of the console that are loaded after it. All of them, as soon as it stands: later there may be no line to load one.
export const later = {
  judges: () => import('./Judges.svelte'),
  standings: () => import('./Standings.svelte'),
  result: () => import('../Outcome.svelte'),
  ending: () => import('./Ending.svelte'),
  history: () => import('./History.svelte'),
  rehearsal: () => import('./Rehearsal.svelte'),
  displays: () => import('./Displays.svelte'),
  keys: () => import('./Keys.svelte'),
  findings: () => import('./Findings.svelte'),
}

export async function loadAll() {
  // One that fails is asked for again when it is needed.
  for (const load of Object.values(later)) await load().catch(() => undefined)
}
