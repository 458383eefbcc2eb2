// 取消资格 in real Chromium: the project that was announced first is disqualified at the console, held and with a reason; the key
// alone tells the hall, and the next standings are without it. Screen and phone are looked at, in both languages.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { join } from 'node:path'
import { contest, hosts, seat } from './evening.mjs'
import { Seat, Server, browse, until } from './hall.mjs'

const HIGH = ['30', '25', '20', '15', '10']
const MIDDLE = ['27', '22', '18', '13', '9']
const LOW = ['20', '18', '15', '10', '5']
const OUT = { zh: '取消资格', en: 'Disqualified' }
const BACK = { zh: '恢复资格', en: 'Reinstated' }
const BACK_SAID = { zh: '恢复资格，最后得分', en: 'is reinstated' }
const NONE = { zh: '已揭晓的项目目前都没有名次', en: 'None of the projects revealed has a place' }
const key = (page) => page.locator('.key')
const offers = (page, say) => until(`the key offers ${say}`, async () => (await key(page).getAttribute('data-cue')) === say && page.truth.view.cues[0]?.say === say)
const settled = (page) => until('the key can be pressed', () => page.locator('.key:not([aria-disabled])').count())
/** What is firm is held. */
async function press(page) {
  await settled(page)
  await key(page).hover()
  await page.mouse.down()
  await new Promise((done) => setTimeout(done, 1_700))
  await page.mouse.up()
}

describe('a project is disqualified', () => {
  let server, browser
  before(async () => {
    server = await Server.serve()
    browser = await browse()
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  for (const lang of ['zh', 'en']) {
    test(`announced, then out: the hall is told, and the others move up (${lang})`, async () => {
      const all = await contest(browser, server, lang)
      const { page } = all
      await seat(all)
      const truth = await Seat.of(all.api, all.code)
      page.truth = truth
      const [first, second, third, ...others] = truth.view.hall.order
      await hosts(all, ...['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => ({ do: 'skip-segment', segment })))
      for (const [pitch, marks] of [
        [first, HIGH],
        [second, MIDDLE],
        [third, LOW],
      ]) {
        await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
        for (const one of all.judges.values()) await one.card(pitch, marks)
        await hosts(all, { do: 'close-window', pitch }, { do: 'reveal-pitch', pitch })
      }
      await hosts(all, ...others.map((pitch) => ({ do: 'mark-absent', pitch })), { do: 'show-scene', scene: 'leaderboard' })
      assert.deepEqual(truth.view.hall.standings.map((row) => row.pitch), [first, second, third])

      // At the console: the row, the reason, held.
      const row = page.locator(`[data-id="${first}"] .row`)
      const decides = async (act) => {
        if (!(await page.locator(`[data-do=${act}]`).count())) await row.click()
        await page.locator(`[data-do=${act}]`).click()
        const dialog = page.getByRole('dialog')
        await dialog.locator('.likely button').first().click()
        await dialog.locator('.primary').hover()
        await page.mouse.down()
        await new Promise((done) => setTimeout(done, 1_200))
        await page.mouse.up()
      }
      await decides('disqualify')
      await offers(page, 'confirm-correction')
      assert.match(await key(page).textContent(), new RegExp(OUT[lang]))
      // Until the hall is told nothing of it is in what the hall has.
      assert.equal(truth.view.hall.phases[first], 'revealed')
      assert.deepEqual(truth.view.hall.standings.map((row) => row.pitch), [first, second, third])

      const screen = await all.page.context().browser().newContext({ viewport: { width: 1920, height: 1080 }, locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
      const big = await screen.newPage()
      await big.goto(`${server.url}/c/${all.code}/screen${lang === 'en' ? '?lang=en' : ''}`)
      const phone = await screen.newPage()
      await phone.setViewportSize({ width: 390, height: 844 })
      await phone.goto(`${server.url}/c/${all.code}/${lang === 'en' ? '?lang=en' : ''}`)
      await press(page)
      await until('the hall is told', () => truth.view.hall.scene === 'correction')
      assert.equal(truth.view.hall.phases[first], 'disqualified')
      assert.deepEqual(truth.view.hall.standings.map((row) => [row.pitch, row.place, row.was]), [
        [second, 1, 2],
        [third, 2, 3],
      ])
      await big.locator('.correction .out').waitFor()
      await phone.locator('.now .score').waitFor()
      assert.match(await big.locator('.correction .out').textContent(), new RegExp(OUT[lang]))
      assert.match(await phone.locator('.now .score').textContent(), new RegExp(OUT[lang]))
      if (process.env.PODIUM_PICTURES) {
        await new Promise((done) => setTimeout(done, 1_500))
        await big.screenshot({ path: join(process.env.PODIUM_PICTURES, `out-screen-${lang}.png`) })
        await phone.screenshot({ path: join(process.env.PODIUM_PICTURES, `out-phone-${lang}.png`) })
        await page.screenshot({ path: join(process.env.PODIUM_PICTURES, `out-console-${lang}.png`) })
      }
      await offers(page, 'show-leaderboard')
      await press(page)
      await until('the leaderboard', () => truth.view.hall.scene === 'leaderboard')
      // Taken back it stands as it stood, and the console says that the hall does not know it.
      await decides('reinstate')
      await offers(page, 'confirm-correction')
      await until('the row says so', async () => (await row.textContent()).includes(lang === 'zh' ? '已揭晓 · 待告知现场' : 'Revealed · hall not told'))
      assert.equal(truth.view.hall.phases[first], 'disqualified')
      assert.match(await key(page).textContent(), new RegExp(OUT[lang]), 'the key says what it was')
      const speaks = await screen.newPage()
      const { mc } = await all.api.cards(all.code, ['mc'])
      await speaks.goto(`${server.url}/c/${all.code}/mc?lang=${lang}#${mc.token}`)
      await speaks.locator('.sentence', { hasText: BACK_SAID[lang] }).first().waitFor()
      await press(page)
      await big.locator('.correction .label', { hasText: BACK[lang] }).waitFor()
      assert.match(await big.locator('.correction .old').textContent(), new RegExp(OUT[lang]))
      await speaks.locator('.shown .sentence', { hasText: BACK_SAID[lang] }).first().waitFor()
      await phone.locator('.now .back', { hasText: BACK[lang] }).waitFor()
      if (process.env.PODIUM_PICTURES) {
        await new Promise((done) => setTimeout(done, 1_500))
        await big.screenshot({ path: join(process.env.PODIUM_PICTURES, `back-screen-${lang}.png`) })
        await phone.screenshot({ path: join(process.env.PODIUM_PICTURES, `back-phone-${lang}.png`) })
        await speaks.screenshot({ path: join(process.env.PODIUM_PICTURES, `back-mc-${lang}.png`) })
      }
      await until('the hall has it again', () => truth.view.hall.phases[first] === 'revealed')
      await until('nothing is untold', async () => !(await row.textContent()).includes(lang === 'zh' ? '待告知' : 'not told'))
      assert.deepEqual(truth.view.hall.standings.map((row) => row.pitch), [first, second, third])

      // All of them out: nobody says that no score was told.
      for (const pitch of [first, second, third]) {
        await hosts(all, { do: 'disqualify', pitch, reason: '抄袭' }, { do: 'reveal-pitch', pitch })
      }
      await hosts(all, { do: 'show-scene', scene: 'leaderboard' })
      await big.locator('.board .none', { hasText: NONE[lang] }).waitFor()
      await phone.locator('main p', { hasText: NONE[lang] }).waitFor()
      if (process.env.PODIUM_PICTURES) {
        await big.screenshot({ path: join(process.env.PODIUM_PICTURES, `none-screen-${lang}.png`) })
        await phone.screenshot({ path: join(process.env.PODIUM_PICTURES, `none-phone-${lang}.png`), fullPage: true })
      }
      truth.close()
      for (const one of all.judges.values()) one.close()
      assert.deepEqual(page.complaints, [])
      await screen.close()
      await page.context().close()
    })
  }
})
