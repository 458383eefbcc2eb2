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

/** The hash of the secret and the order of the pitches; nothing before the secret was told. */
export function recomputed(draw: DrawInfo): { hash: string; order: string[] } | undefined {
  if (draw.secret === undefined) return undefined
  const from = seed(draw.secret, draw.called)
  const lots = draw.pitches.map((pitch) => ({ pitch, lot: sha256([DOMAIN, from, project(pitch)].join('\0')) }))
  lots.sort((a, b) => (a.lot < b.lot ? -1 : 1))
  return { hash: sha256(draw.secret), order: lots.map(({ pitch }) => pitch) }
}

/** Hash and order are what was shown. */
export function holds(draw: DrawInfo): boolean | undefined {
  const again = recomputed(draw)
  return again && again.hash === draw.hash && again.order.join() === draw.order.join()
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** Lines for a shell: the first prints the hash that was shown, the last the projects in their order. */
export function shell(draw: DrawInfo): string[] {
  if (draw.secret === undefined) return []
  return [
    `printf %s ${quoted(draw.secret)} | sha256sum`,
    `seed=${quoted(seed(draw.secret, draw.called))}`,
    `for p in ${draw.pitches.map(project).join(' ')}; do echo "$(printf '${DOMAIN}\\000%s\\000%s' "$seed" $p | sha256sum) $p"; done | sort`,
  ]
}
