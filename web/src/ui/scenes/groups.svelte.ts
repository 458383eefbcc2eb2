// Scenes come in groups, each loaded once: the first picture with the page, the others right after it, so that no press waits.
import type { Component } from 'svelte'
import type { SceneProps } from './props'

type Group = Component<SceneProps>

const loaders = {
  pitch: () => import('./PitchScenes.svelte'),
  board: () => import('./BoardScenes.svelte'),
  programme: () => import('./ProgrammeScenes.svelte'),
}
type Name = keyof typeof loaders

const groups: Record<string, Name> = {
  'on-deck': 'pitch',
  again: 'pitch',
  stage: 'pitch',
  scoring: 'pitch',
  ceremony: 'pitch',
  correction: 'pitch',
  leaderboard: 'board',
  podium: 'board',
  reveal: 'board',
  vote: 'board',
}
/** Of a scene; the cover and the black one are with the page. */
const groupOf = (kind: string): Name | undefined =>
  kind === 'cover' || kind === 'black' ? undefined : (groups[kind] ?? 'programme')

let here = $state.raw<Partial<Record<Name, Group>>>({})
const asked = new Set<Name>()
const AGAIN = 2_000

function load(name: Name) {
  if (asked.has(name)) return
  asked.add(name)
  loaders[name]().then(
    (part) => (here = { ...here, [name]: part.default }),
    // The line is down: the old picture stays, and this one is asked for again.
    () => {
      asked.delete(name)
      setTimeout(() => load(name), AGAIN)
    },
  )
}

/** A scene can be drawn; asks for what it needs. */
export function ready(kind: string): boolean {
  const name = groupOf(kind)
  if (!name || here[name]) return true
  load(name)
  return false
}

/** The group that draws a scene; nothing for those with the page. */
export function drawn(kind: string): Group | undefined {
  const name = groupOf(kind)
  return name && here[name]
}

/** Everything that is not here yet. */
export function preload() {
  for (const name of Object.keys(loaders) as Name[]) load(name)
}
