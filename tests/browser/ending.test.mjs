// What was announced and what counts, in real Chromium with the clicker's key alone: a correction is confirmed before the standings
// are shown again, and the end says what is missing.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { contest, hosts, seat } from './evening.mjs'
import { Seat, Server, browse, until, withSeats } from './hall.mjs'

const HIGH = ['30', '25', '20', '15', '10']
const LOW = ['3', '2', '2', '1', '1']
const key = (page) => page.locator('.key')
/** And the seat that looks on, which has a line of its own, has seen as much as the page. */
const offers = (page, say) => until(`the key offers ${say}`, async () => (await key(page).getAttribute('data-cue')) === say && page.truth.view.cues[0]?.say === say)
const settled = (page) => until('the key can be pressed', () => page.locator('.key:not([aria-disabled])').count())

describe('the end of an evening by the key alone', () => {
  let server, browser
  const complaints = []

  before(async () => {
    server = await Server.serve()
    browser = await browse()
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  /** Seven judges, two pitches that are announced, and nothing more to come. */
  async function evening() {
    const all = await contest(browser, server)
    await seat(all)
    const truth = await Seat.of(all.api, all.code)
    all.page.truth = truth
    const [first, second, ...others] = truth.view.hall.order
    await hosts(all, ...['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => ({ do: 'skip-segment', segment })))
    for (const [pitch, marks] of [
      [first, HIGH],
      [second, HIGH.with(4, '8')],
    ]) {
      await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
      for (const one of all.judges.values()) await one.card(pitch, marks)
      await hosts(all, { do: 'close-window', pitch }, { do: 'reveal-pitch', pitch })
    }
    await hosts(all, ...others.map((pitch) => ({ do: 'mark-absent', pitch })))
    const end = async () => {
      truth.close()
      for (const one of all.judges.values()) one.close()
      complaints.push(...all.page.complaints)
      await all.page.context().close()
    }
    return { ...all, truth, first, second, end }
  }

  test('a correction of an announced score comes before the leaderboard, and says what it changes', async () => {
    const { page, truth, first, second, end, ...all } = await evening()
    await offers(page, 'show-leaderboard')
    // The lowest one is left out: the second correction moves the score.
    for (const judge of ['J1', 'J2']) {
      await hosts(all, { do: 'reopen-scorecard', pitch: first, judge, reason: '看错' })
      await all.judges.get(judge).card(first, LOW, 1)
      await offers(page, 'confirm-correction')
    }
    await until('its new place', async () => (await key(page).textContent()).includes('第 2 名'))
    const [old] = truth.view.hall.standings
    const now = truth.view.provisional.find((row) => row.pitch === first)
    const words = await key(page).textContent()
    for (const part of [`原 ${old.score} 分`, `现 ${now.score} 分`, '第 1 名', '第 2 名']) assert.ok(words.includes(part), `${part} in ${words}`)
    // The leaderboard is refused, with the reason.
    await settled(page)
    await page.keyboard.press('s')
    await until('the reason', async () => (await page.locator('.toasts [role=alert]').textContent()).includes('更正'))
    assert.equal(truth.view.hall.standings[0].pitch, first)
    await settled(page)
    await page.keyboard.press('PageDown')
    await page.locator('.key.again').waitFor()
    await page.keyboard.press('PageDown')
    await until('the hall has it', () => truth.view.hall.standings[0].pitch === second)
    await offers(page, 'show-leaderboard')
    await settled(page)
    await page.keyboard.press('PageDown')
    await offers(page, 'step-podium')
    assert.deepEqual(
      truth.view.hall.standings.map((row) => [row.pitch, row.score]),
      truth.view.provisional.map((row) => [row.pitch, row.score]),
    )
    await end()
  })

  test('the end names what is missing, takes a held key, and judges sign after it', async () => {
    const { page, truth, first, end, ...all } = await evening()
    await hosts(all, { do: 'show-scene', scene: 'leaderboard' }, { do: 'reopen-scorecard', pitch: first, judge: 'J2', reason: '看错' })
    // The key goes no further than the scorecard that is with its judge, and names it.
    await offers(page, 'withdraw-reopening')
    assert.ok((await key(page).textContent()).includes('1 号'))
    const list = await page.locator('.unsettled').textContent()
    for (const part of ['退回后没有重交', '没有签名：']) assert.ok(list.includes(part), `${part} in ${list}`)
    await page.locator('.unsettled button').click()
    await page.locator('dialog [data-matter=given-back] button', { hasText: '按原分计' }).waitFor()
    await page.keyboard.press('Escape')
    await until('the list is closed', async () => (await page.locator('dialog').count()) === 0)
    await settled(page)
    await page.keyboard.down('PageDown')
    await offers(page, 'step-podium')
    await page.keyboard.up('PageDown')
    await hosts(all, { do: 'show-scene', scene: 'podium' })
    await offers(page, 'finish-despite')
    await settled(page)
    await page.keyboard.press('PageDown')
    await page.locator('.key.tapped').waitFor()
    await page.keyboard.press('PageDown')
    await page.waitForTimeout(500)
    assert.equal(truth.view.hall.contest.finished, false, 'two taps end nothing')
    await page.keyboard.down('PageDown')
    await until('the end', () => truth.view.hall.contest.finished)
    await page.keyboard.up('PageDown')
    const tablet = await withSeats(browser, server, all.api, 'tablet', { locale: 'zh-CN' })
    await tablet.goto(`${server.url}/c/${all.code}/judge?lang=zh`)
    await tablet.locator('main.sign button', { hasText: '以一条横线代替签名' }).click()
    await tablet.locator('main.sign .good').waitFor()
    await until('one signature less is missing', () => truth.view.open.filter(({ matter }) => matter.what === 'signature').length === 6)
    complaints.push(...tablet.complaints)
    await tablet.context().close()
    await end()
  })

  test('nothing complained', () => assert.deepEqual(complaints, []))
})
