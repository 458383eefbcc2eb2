// Tracks that rank, in real Chromium: places within each track and of all, told on the screen and the phones by the one key, podium
// after podium. Pictures are written where PODIUM_PICTURES names a folder.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { contest, hosts, press, seat } from './evening.mjs'
import { Seat, Server, browse, device, until } from './hall.mjs'
import { faults } from './stage.mjs'

const MARKS = ['27', '22', '17', '12', '8']
const pictures = process.env.PODIUM_PICTURES

describe('tracks that rank', () => {
  let server, browser

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    if (pictures) mkdirSync(pictures, { recursive: true })
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  const shot = (page, name) => pictures && page.screenshot({ path: join(pictures, `tracks-${name}.png`) })
  /** `甲 1 R1-P3` */
  const line = ({ track, place, pitch }) => `${track ?? ''} ${place} ${pitch}`.trim()

  for (const [lang, ranking] of [
    ['zh', 'by_track'],
    ['en', 'both'],
  ]) {
    test(`${ranking} (${lang}): from the first pitch to the last podium, the screen and the phones tell each list`, async () => {
      const all = await contest(browser, server, lang)
      await all.api.call('PUT', `/api/contests/${all.code}/ranking`, { ranking })
      await seat(all)
      const truth = await Seat.of(all.api, all.code)
      await hosts(all, ...['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => ({ do: 'skip-segment', segment })))
      const { projects, order } = truth.view.hall
      const tracks = [...new Set(order.map((pitch) => projects[pitch].track))]
      assert.ok(tracks.length > 1 && tracks.every(Boolean), 'the demo has tracks')
      const open = async (kind, path) => {
        const page = await device(browser, kind, { locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
        await page.goto(`${server.url}/c/${all.code}/${path}?lang=${lang}`)
        return page
      }
      const [screen, phone] = [await open('screen', 'screen'), await open('phone', '')]
      for (const [at, pitch] of order.entries()) {
        await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
        for (const one of all.judges.values()) await one.card(pitch, MARKS.with(4, `${8 - (at % 4)}`))
        await hosts(all, { do: 'close-window', pitch }, { do: 'reveal-pitch', pitch })
        await until('the hall has it', () => truth.view.hall.standings.some((row) => row.pitch === pitch))
        if (at === 0) {
          const place = screen.locator('.picture[data-scene=ceremony] .place')
          await until('the card tells the place', () => place.count())
          if (ranking === 'by_track') assert.match(await place.first().textContent(), lang === 'zh' ? /赛道/ : /track/i)
          await shot(screen, `${lang}-card`)
        }
      }
      // Each list counts from 1, and the lists are those of the rule.
      const lists = () => [...truth.view.hall.standings, ...(truth.view.hall.track_standings ?? [])]
      const named = [...new Set(lists().map((row) => row.track ?? ''))]
      assert.deepEqual(new Set(named), new Set(ranking === 'both' ? ['', ...tracks] : tracks))
      for (const name of named) assert.equal(lists().find((row) => (row.track ?? '') === name).place, 1, `${name} has a first place`)
      assert.equal(lists().length, order.length * (ranking === 'both' ? 2 : 1))
      assert.equal(new Set(lists().map(line)).size, lists().length)
      await until('the phone has every list', async () => (await phone.locator('.rows li').count()) === lists().length)
      for (const track of tracks) assert.equal(await phone.locator('h3', { hasText: track }).count(), 1, track)
      assert.deepEqual(await problems(phone), [])
      await shot(phone, `${lang}-phone`)
      for (const one of all.judges.values()) {
        await until('the list to sign', () => one.view.summary)
        await one.give({ do: 'sign-scorecards', round: one.view.summary.round, digest: one.view.summary.digest, strokes: [[[10, 10], [90, 40]]] })
      }
      // By the key alone: leaderboard, every podium place by place, the end.
      const [told, boards] = [[], []]
      for (let at = 0; at < 40 && truth.view.cues[0] && !['finish', 'finish-despite'].includes(truth.view.cues[0].say); at++) {
        const before = JSON.stringify(truth.view.cues)
        await press(all.page, truth)
        await until('it was taken', () => JSON.stringify(truth.view.cues) !== before)
        const { scene, podium_track, podium_told, leaderboard } = truth.view.hall
        if (scene === 'leaderboard') boards.push(leaderboard?.track ?? '')
        await until('the screen shows it', () => screen.locator(`.picture[data-scene=${scene}]`).count())
        if (scene === 'podium') told.push(podium_track ?? '')
        await screen.waitForTimeout(pictures ? 2_500 : 0)
        await shot(screen, `${lang}-${at}-${scene}-${podium_told ?? 'all'}`)
        assert.deepEqual(await faults(screen), [], `${scene} ${podium_track}`)
      }
      const once = told.filter((name, at) => name !== told[at - 1])
      assert.deepEqual(once, ranking === 'both' ? [...once.slice(0, -1), ''] : once)
      assert.deepEqual(new Set(once), new Set(named), 'a podium for each list')
      assert.deepEqual(boards, once, 'a leaderboard for each list, in the order of the podiums')
      assert.equal(once.length, named.length, 'one podium after another')
      await shot(all.page, `${lang}-console`)
      await all.page.locator('[data-desk=standings]').click()
      await shot(all.page, `${lang}-console-standings`)
      assert.deepEqual(await problems(all.page, { target: 24 }), [])
      for (const one of [all.page, screen, phone]) {
        assert.deepEqual(one.complaints, [])
        await one.context().close()
      }
      truth.close()
      for (const one of all.judges.values()) one.close()
    })
  }
})
