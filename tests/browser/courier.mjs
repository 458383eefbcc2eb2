// The judge's page without a page: the very outbox, socket and keep of `web/src`, under Node.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { WebSocket } from 'ws'

const web = join(import.meta.dirname, '..', '..', 'web')
const from = (path) => import(pathToFileURL(join(web, 'node_modules', path)).href)
await from('fake-indexeddb/auto/index.mjs')

/** Builds one module of the pages for Node and loads it. */
async function built(path) {
  const { build } = await from('vite/dist/node/index.js')
  const outDir = mkdtempSync(join(tmpdir(), 'podium-courier-'))
  await build({
    root: web,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(web, 'src', path), outDir, emptyOutDir: true, rollupOptions: { output: { entryFileNames: 'built.mjs' } } },
  })
  const module = await import(pathToFileURL(join(outDir, 'built.mjs')).href)
  rmSync(outDir, { recursive: true, force: true })
  return module
}

const { Courier } = await built('state/courier.ts')
const { keeper } = await built('net/keep.ts')

/** Waiting times a tenth and less of the page's: a test has no twenty seconds for every line that dies. */
export const HASTE = { ping: 250, beat: 250, dead: 500, greet: 500, connect: 250, wake: 100, settle: [], first: 30, cap: 150 }

/** A tablet of a judge: what it keeps lives under `tablet`, a session under `cookie`. */
export function courier({ url, cookie, code, judge, tablet, random, changed = () => {}, pace = HASTE }) {
  const origin = url.replace('ws:', 'http:')
  const open = (address) => {
    const line = new WebSocket(address, { headers: { cookie, origin } })
    // A browser's socket tells of an error by closing; so does this one.
    line.addEventListener('error', () => {})
    return line
  }
  const socket = { url: `${url}/c/${code}/ws/judge/${judge}`, patient: false, random, open, pace }
  return new Courier({ socket, keep: keeper(`${code}/${judge}/${tablet}`), rest: 20 }, changed)
}
