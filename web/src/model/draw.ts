// The draw of the running order, as anybody can compute it again (docs/scoring.md): by this page, and by three lines of shell. Pure.
import { sha256 as digest } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { DrawInfo } from '../wire/types'

const DOMAIN = 'roadshow-lot-v1'

/** In hex. Not the browser's own, which is not there on a plain http page of a hall's network. */
const sha256 = (text: string) => bytesToHex(digest(utf8ToBytes(text)))

/** What a project is called in the draw: `P3` of `R1-P3`. */
const project = (pitch: string) => pitch.slice(pitch.indexOf('-') + 1)

/** The secret, joined with what the hall has called. */
function seed(secret: string, called: string[]): string {
  return [secret, ...called].join('|')
}

/** Those that are drawn among each other: of each track its own where places are counted by track, else all. */
export function among({ pitches, tracks }: DrawInfo): string[][] {
  if (!tracks) return [pitches]
  const of = (track: string | null) => pitches.filter((_, at) => tracks[at] === track)
  return [...new Set(tracks)].map(of)
}

/** The hash of the secret and the order of the pitches; nothing before the secret was told. */
export function recomputed(draw: DrawInfo): { hash: string; order: string[] } | undefined {
  if (draw.secret === undefined) return undefined
  const from = seed(draw.secret, draw.called)
  const track = (at: number) => draw.tracks?.[at]
  const lots = draw.pitches.map((pitch, at) => {
    return { pitch, track: track(at), lot: sha256([DOMAIN, from, project(pitch)].join('\0')) }
  })
  lots.sort((a, b) => (a.lot < b.lot ? -1 : 1))
  // A place of a track stays one of that track.
  const next = (at: number) =>
    lots.splice(
      lots.findIndex((one) => one.track === track(at)),
      1,
    )[0]!.pitch
  return { hash: sha256(draw.secret), order: draw.pitches.map((_, at) => next(at)) }
}

/** Hash and order are what was shown. */
export function holds(draw: DrawInfo): boolean | undefined {
  const again = recomputed(draw)
  return again && again.hash === draw.hash && again.order.join() === draw.order.join()
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** Lines for a shell: the first prints the hash that was shown, the last ones the projects in their order, of each track apart. */
export function shell(draw: DrawInfo): string[] {
  if (draw.secret === undefined) return []
  return [
    `printf %s ${quoted(draw.secret)} | sha256sum`,
    `seed=${quoted(seed(draw.secret, draw.called))}`,
    ...among(draw).map(
      (group) =>
        `for p in ${group.map(project).join(' ')}; do echo "$(printf '${DOMAIN}\\000%s\\000%s' "$seed" $p | sha256sum) $p"; done | sort`,
    ),
  ]
}
