// Frame times of the big screen while rows of the leaderboard re-order, in real Chromium that renders in software:
// `node tests/browser/bench-frames.mjs [rounds]`. Each round all rows change places; frames are measured while they move.
import { Server, browse } from './hall.mjs'
import { screen, standings, view } from './stage.mjs'

/** What is asked of it: p95 in milliseconds. */
const CASES = [
  { name: '40 projects at 1920×1080', size: [1920, 1080], count: 40, p95: 20 },
  { name: '10 projects at 3840×2160', size: [3840, 2160], count: 10, p95: 35 },
]
/** Milliseconds: rows move for 520. */
const MOVING = 600
const rounds = Number(process.argv[2] ?? 20)

/** Standings in which every row has another place. */
function turned(count, round) {
  const rows = standings(count)
  return rows.map((row, at) => ({ ...row, pitch: `R1-P${((at + 3 * (round + 1)) % count) + 1}` }))
}

const server = await Server.serve()
const browser = await browse()
let over = 0
for (const { name, size, count, p95 } of CASES) {
  const page = await screen(browser, server, size, { motion: 'on' })
  await page.shows(view('leaderboard', { count, standings: standings(count) }))
  const times = []
  for (let round = 0; round < rounds; round += 1) {
    await page.evaluate((moving) => {
      window.frames_ = new Promise((done) => {
        const found = []
        let last
        let end
        const frame = (now) => {
          // From the first frame in which something moves.
          if (document.getAnimations().length > 0) end ??= now + moving
          if (last !== undefined && end !== undefined) found.push(now - last)
          last = now
          if (end !== undefined && now >= end) done(found)
          else requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      })
    }, MOVING)
    await page.shows(view('leaderboard', { count, standings: turned(count, round) }), { settle: false })
    times.push(...(await page.evaluate(() => window.frames_)))
  }
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)].toFixed(1)
  if (Number(at(0.95)) > p95) over += 1
  console.log(`${name}: ${times.length} frames, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms (asked: p95 at most ${p95} ms)`)
  await page.context().close()
}
await browser.close()
await server.end()
process.exit(over > 0 ? 1 : 0)
