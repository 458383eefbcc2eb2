// How long from a judge's tap to *received*, seven judges at once, through the page's own outbox and socket: percentiles, beside
// what one fdatasync of the same folder takes. `PODIUM_BIN=target/release/podium node tests/browser/bench-receipt.mjs [rounds]`
import { closeSync, fdatasync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { courier } from './courier.mjs'
import { Api, Seat, Server, until } from './hall.mjs'

const ROUNDS = Number(process.argv[2] ?? 200)
const JUDGES = [1, 2, 3, 4, 5, 6, 7].map((n) => `J${n}`)
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]

function told(name, times) {
  const sorted = [...times].sort((a, b) => a - b)
  const [p50, p99] = [at(sorted, 0.5), at(sorted, 0.99)]
  console.log(`${name}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, most ${sorted.at(-1).toFixed(1)} ms of ${times.length}`)
  return { p50, p99 }
}

/** One write of a record's size and its fdatasync, again and again, in the server's own folder. */
async function disk(folder) {
  const file = openSync(join(folder, 'bench'), 'w')
  const sync = promisify(fdatasync)
  const times = []
  for (let n = 0; n < ROUNDS; n += 1) {
    const began = performance.now()
    writeSync(file, 'x'.repeat(700))
    await sync(file)
    times.push(performance.now() - began)
    await pause(5)
  }
  closeSync(file)
  return times
}

const server = await Server.serve()
try {
  const api = new Api(server)
  const { code, cards } = await api.contest()
  for (const seat of ['host', ...JUDGES]) await api.call('POST', '/api/pair', { token: cards[seat].token })
  const host = await Seat.of(api, code)
  const pitch = 'R1-P1'
  await host.open(pitch)
  const url = server.url.replace('http', 'ws')
  const heard = new Map()
  const pages = JUDGES.map((judge) => {
    const changed = () => {
      const wait = heard.get(judge)
      if (wait && page.waiting === 0 && page.state(pitch, true) === 'received') {
        heard.delete(judge)
        wait()
      }
    }
    const page = courier({ url, cookie: api.cookie, code, judge, tablet: 'bench', random: Math.random, changed })
    return page
  })
  await until('seven views', () => pages.every((page) => page.view?.hall.phases[pitch] === 'scoring'))
  await pause(500)
  const times = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const marks = Object.fromEntries(pages[0].view.criteria.map(({ id, max }, n) => [id, String((round + n) % (Number(max) + 1))]))
    await Promise.all(
      pages.map(async (page, n) => {
        const answered = new Promise((resolve) => heard.set(JUDGES[n], resolve))
        page.write(pitch, { marks, comment: '', note: '' })
        const began = performance.now()
        page.submit(pitch)
        await until('received', () => page.box.given[pitch] === undefined, 20_000, 0)
        times.push(performance.now() - began)
        await answered
      }),
    )
  }
  for (const page of pages) page.close()
  host.close()
  const tap = told('tap to received, 7 judges at once', times)
  const sync = told('write and fdatasync in the same folder', await disk(server.data))
  const good = tap.p50 <= 15 && tap.p99 <= sync.p99 + 40
  console.log(`${good ? 'within' : 'OVER'} the bar: p50 ≤ 15 ms, p99 ≤ ${(sync.p99 + 40).toFixed(1)} ms`)
} finally {
  await server.end()
}
process.exit(0)
