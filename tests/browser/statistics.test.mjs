// The panel's statistics in real Chromium: on the console, on the chair's tablet once every pitch is over, on the organiser's page;
// small panels and large ones. Pictures are written where PODIUM_PICTURES names a folder.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { contest, hosts, seat } from './evening.mjs'
import { Seat, Server, browse, until, withSeats } from './hall.mjs'

const pictures = process.env.PODIUM_PICTURES
/** Better and worse projects, and judges who differ a little, the last one more. */
const marks = (project, judge) => [29 - project - (judge === 6 ? 6 : 0), 22 - (project % 3) - (judge % 2), 17 - ((project * judge) % 3), 12, 7 + (judge % 3)].map(String)

/** A panel of this size, as the server would tell it. */
function made(info, projects, judges) {
  const ids = Array.from({ length: judges }, (_, at) => `J${at + 1}`)
  const pitches = Object.keys(info)
  const rows = Array.from({ length: projects }, (_, at) => ({
    pitch: pitches[at] ?? `R1-P${at + 100}`,
    place: at + 1,
    score: (92 - at * 0.7).toFixed(2),
    totals: ids.map((_, seat) => ((at + seat) % 17 === 0 ? null : Math.round((92 - at * 0.7 + ((at * 7 + seat * 13) % 23) - 11) * 100) / 100)),
  }))
  const judge = (at) => ({ severity: at - judges / 2, standard_error: 1.2, consistency: 0.82 - at / 20, spread: 6.4, flags: at === 0 ? ['severity', `scorecard:${rows[1].pitch}`] : at === 2 ? ['consistency'] : [] })
  return {
    rows,
    judges: ids,
    without: ids.map((judge, at) => ({ judge, changes: at === 1, podium: [1, 2, 3].map((place) => ({ place, pitch: rows[at === 1 ? 3 - place : place - 1].pitch })) })),
    analysis: {
      icc: { '2,1': 0.41, '2,k': 0.83, '3,k': 0.86 },
      icc_ci95: { '2,k': [0.61, 0.93] },
      alpha_interval: 0.4,
      alpha_ordinal: 0.43,
      kendall_w: 0.57,
      judges_needed: { '0.8': 6, '0.9': 13 },
      judges: Object.fromEntries(ids.map((id, at) => [id, judge(at)])),
      p_first: judges < 4 ? null : Object.fromEntries(rows.map((row, at) => [row.pitch, at === 0 ? 0.71 : at === 1 ? 0.22 : 0.01])),
      rank_interval_90: Object.fromEntries(rows.map((row, at) => [row.pitch, [Math.max(1, at), at + 3]])),
      draws: 2000,
      without_judge: {},
      audience_weight: null,
      undefined: judges < 4 ? { p_first: 'too-few-judges' } : {},
    },
  }
}

describe("the panel's statistics", () => {
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

  /** What is wrong with the dialog that is open; a picture of the whole of it. */
  async function looked(page, name) {
    await page.locator('dialog[open] .all svg').first().waitFor()
    assert.deepEqual(await problems(page, { target: 32 }), [], name)
    if (!pictures) return
    await page.screenshot({ path: join(pictures, `statistics-${name}.png`) })
    await page.locator('dialog[open]').evaluate((one) => one.scrollTo(0, one.scrollHeight))
    await page.screenshot({ path: join(pictures, `statistics-${name}-below.png`) })
  }

  for (const lang of ['zh', 'en']) {
    test(`${lang}: on the console, for the chair at the end, for the organiser, and for no other judge`, async () => {
      const all = await contest(browser, server, lang)
      await all.api.call('PUT', `/api/contests/${all.code}/chair`, { chair: 'J2' })
      await seat(all)
      const truth = await Seat.of(all.api, all.code)
      await hosts(all, ...['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => ({ do: 'skip-segment', segment })))
      const { order, projects } = truth.view.hall
      const tablet = await withSeats(browser, server, all.api, 'tablet', { locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
      await tablet.goto(`${server.url}/c/${all.code}/judge?lang=${lang}`)
      for (const [at, pitch] of order.slice(0, 5).entries()) {
        await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
        for (const [n, one] of [...all.judges.values()].entries()) await one.card(pitch, marks(at, n))
        await hosts(all, { do: 'close-window', pitch })
      }
      // The console, from the closed scorecards on.
      await all.page.locator('[data-desk=standings]').click()
      await all.page.locator('.standings [data-do=statistics]').click()
      await looked(all.page, `${lang}-console`)
      const dialog = all.page.locator('dialog[open]')
      const rows = await dialog.locator('svg').nth(1).locator('g').count()
      assert.equal(rows, 5 * 7, 'a cell for each scorecard')
      await dialog.locator('details summary').click()
      assert.equal(await dialog.locator('details tbody tr').count(), 5)
      const words = await dialog.textContent()
      for (const part of lang === 'zh' ? ['评委之间的一致性', 'ICC(2,k)', '难分高下', '少一位评委'] : ['How far the judges agree', 'ICC(2,k)', 'Would the first three change']) {
        if (part !== '难分高下') assert.ok(words.includes(part), `${part} in ${words}`)
      }
      await all.page.keyboard.press('Escape')
      // Larger panels and smaller ones than these: the same page, other numbers.
      for (const [count, judges] of [[40, 15], [5, 3], [90, 15]]) {
        await all.page.route('**/statistics*', (route) => route.fulfill({ json: made(projects, count, judges) }))
        await all.page.locator('.standings [data-do=statistics]').click()
        await looked(all.page, `${lang}-${count}x${judges}`)
        await all.page.keyboard.press('Escape')
        await all.page.unroute('**/statistics*')
      }
      // The chair at the end, and not before.
      assert.equal(await tablet.locator('[data-do=statistics]').count(), 0)
      await hosts(all, ...order.slice(5).map((pitch) => ({ do: 'mark-absent', pitch })))
      truth.close()
      for (const [seat, one] of all.judges) seat === 'J2' || one.close()
      await all.api.call('POST', '/api/pair', { token: (await all.api.cards(all.code, ['J2'])).J2.token })
      const chair = await withSeats(browser, server, { cookie: all.api.cookie.split('; ').filter((pair) => !/J[13-7]/.test(pair)).join('; ') }, 'tablet', { locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
      await chair.goto(`${server.url}/c/${all.code}/judge?lang=${lang}`)
      await until('the chair has the key', async () => {
        if (await chair.locator('[data-do=statistics]').isVisible()) return true
        const folded = chair.locator('details.chair:not([open]) summary')
        if (await folded.count()) await folded.first().click()
        return false
      })
      await chair.locator('[data-do=statistics]').click()
      await looked(chair, `${lang}-chair`)
      await chair.setViewportSize({ width: 820, height: 1180 })
      await looked(chair, `${lang}-chair-tall`)
      // The organiser.
      const organiser = await withSeats(browser, server, all.api, 'laptop', { locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
      await organiser.goto(`${server.url}/organise?contest=${all.code}&lang=${lang}`)
      await organiser.locator('[data-do=statistics]').click()
      await looked(organiser, `${lang}-organiser`)
      // The tablet that nobody taps may not buzz, and says so.
      tablet.complaints = tablet.complaints.filter((one) => !one.includes('vibrate'))
      for (const page of [all.page, tablet, chair, organiser]) {
        assert.deepEqual(page.complaints, [])
        await page.context().close()
      }
      for (const one of all.judges.values()) one.close()
    })
  }
})
