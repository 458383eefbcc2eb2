// A result on its way, in real Chromium: the evening ends with a signature missing, it is signed after a restart, confirmed by the
// auditor, made official by the chair, published; then corrected by two, which makes it provisional again.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { contest, hosts, seat } from './evening.mjs'
import { Api, Seat, Server, browse, device, hold, until, withSeats } from './hall.mjs'

const MARKS = ['27', '22', '18', '13', '9']
/** What a page says of how far the result is. */
const step = (page) => page.locator('.outcome .steps [aria-current]').getAttribute('data-step')
const reaches = (page, life) => until(`the page says ${life}`, async () => (await step(page)) === life)

describe('the life of a result', () => {
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

  /** Two announced pitches, the others absent, six of seven signatures, and the end. */
  async function evening(lang) {
    const all = await contest(browser, server, lang)
    await seat(all)
    const host = await Seat.of(all.api, all.code)
    const [first, second, ...others] = host.view.hall.order
    host.close()
    await hosts(all, ...['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => ({ do: 'skip-segment', segment })))
    for (const [pitch, last] of [[first, '9'], [second, '5']]) {
      await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
      for (const one of all.judges.values()) await one.card(pitch, MARKS.with(4, last))
      await hosts(all, { do: 'close-window', pitch }, { do: 'reveal-pitch', pitch })
    }
    await hosts(all, ...others.map((pitch) => ({ do: 'mark-absent', pitch })), { do: 'show-scene', scene: 'leaderboard' })
    for (const [name, one] of all.judges) {
      if (name === 'J7') continue
      await until('the list to sign', () => one.view.summary)
      await one.give({ do: 'sign-scorecards', round: one.view.summary.round, digest: one.view.summary.digest, strokes: [[[10, 10], [90, 40]]] })
    }
    await hosts(all, { do: 'show-scene', scene: 'podium' }, { do: 'finish-contest', despite: true })
    const cards = await all.api.cards(all.code, ['auditor'])
    const second_ = new Api(server)
    await second_.call('POST', '/api/pair', { token: cards.auditor.token })
    return { ...all, first, second, auditing: second_ }
  }

  /** Asks for a reason, and gives it. */
  async function reason(page, text) {
    await page.locator('dialog[open] input').fill(text)
    await page.locator('dialog[open] .primary').click()
    await until('the dialog is closed', async () => (await page.locator('dialog[open]').count()) === 0)
  }

  for (const lang of ['zh', 'en']) {
    test(`${lang}: signed the day after, confirmed, official, published; corrected by two, and provisional again`, async () => {
      const { page, api, code, auditing, first, second, ...all } = await evening(lang)
      const words = lang === 'zh' ? { provisional: '暂', official: '正式' } : { provisional: 'rovisional', official: 'fficial' }
      const screen = await device(browser, 'screen')
      await screen.goto(`${server.url}/c/${code}/screen?lang=${lang}`)
      const auditor = await withSeats(browser, server, auditing, 'laptop', { locale: lang === 'en' ? 'en-GB' : 'zh-CN' })
      await auditor.goto(`${server.url}/c/${code}/auditor?lang=${lang}`)
      await reaches(auditor, 'provisional')
      assert.equal(await auditor.locator('.rows li').count(), 2)
      // The scorecards stand under the criteria's names, as on the paper they are compared with.
      await auditor.locator('select').selectOption(first)
      await auditor.locator('thead').waitFor()
      const names = all.judges.get('J1').view.criteria.map(({ name }) => name)
      assert.deepEqual((await auditor.locator('thead th').allInnerTexts()).slice(1, -1), names)
      assert.deepEqual((await auditor.locator('tbody tr').first().locator('td').allInnerTexts()).slice(0, -1), MARKS.with(4, '9'))
      assert.deepEqual(await problems(auditor, { target: 24 }), [])

      // The day after: the server has been started again.
      for (const one of all.judges.values()) one.close()
      await server.kill()
      await server.restart()
      await until('the auditor has a line', async () => (await auditor.locator('header [role=status]').textContent()) === '')
      const judging = await Seat.of(api, code, 'J7')
      await judging.give({ do: 'sign-scorecards', round: judging.view.summary.round, digest: judging.view.summary.digest, strokes: [[[10, 10], [90, 40]]] })
      judging.close()

      // The host cannot confirm, and sees for whom it waits.
      await page.locator('[data-desk=result]').click()
      await reaches(page, 'provisional')
      assert.equal(await page.locator('[data-do=confirm-result]').count(), 0)
      await hold(auditor.locator('[data-do=confirm-result]'))
      await reaches(auditor, 'confirmed')
      await reaches(page, 'confirmed')

      const chair = await withSeats(browser, server, api, 'tablet', { locale: lang === 'en' ? 'en-GB' : 'zh-CN' })
      await chair.goto(`${server.url}/c/${code}/judge?lang=${lang}&seat=J1`)
      await reaches(chair, 'confirmed')
      assert.deepEqual(await problems(chair), [])
      await hold(chair.locator('[data-do=make-official]'))
      for (const one of [chair, auditor, page]) await reaches(one, 'official')
      await until('the hall says so', async () => (await screen.locator('main, body').first().innerText()).includes(words.official))
      assert.ok(!(await screen.locator('body').innerText()).includes(words.provisional), 'and says provisional no more')

      await hold(page.locator('[data-do=publish-result]'))
      for (const one of [chair, auditor, page]) await reaches(one, 'published')
      assert.deepEqual(await problems(page, { target: 24 }), [])

      // Five points off for the first: proposed by the host, agreed to by the auditor.
      await hosts({ api, code }, { do: 'propose', correction: { do: 'deduct', pitch: first, points: '5' }, reason: lang === 'zh' ? '材料不实' : 'false papers' })
      await auditor.locator('[data-proposal=waiting]').waitFor()
      await reaches(auditor, 'published')
      await hold(auditor.locator('[data-do=agree]'))
      for (const one of [auditor, chair, page]) await reaches(one, 'provisional')
      assert.equal(await auditor.locator('[data-proposal=agreed]').count(), 1)
      assert.ok((await auditor.locator('.outcome .warn').first().innerText()).length > 4, 'it says why')
      // Both are disqualified: their record and the reason stay to be read, and no result of nobody is confirmed.
      for (const pitch of [first, second]) {
        await hosts({ api, code }, { do: 'propose', correction: { do: 'disqualify', pitch }, reason: lang === 'zh' ? '材料造假' : 'forged papers' })
        await hold(auditor.locator('[data-do=agree]'))
        await until('it is agreed to', async () => (await auditor.locator('[data-do=agree]').count()) === 0)
        await hosts({ api, code }, { do: 'reveal-pitch', pitch })
      }
      await auditor.locator('[data-why=unranked]').waitFor()
      assert.equal(await auditor.locator('[data-do=confirm-result][aria-disabled]').count(), 1, 'the press is not offered')
      await until('who is out, and why', async () => (await auditor.locator('[data-list=out] li').count()) === 2)
      assert.match(await auditor.locator('[data-list=out]').innerText(), lang === 'zh' ? /取消资格\s+材料造假/ : /Disqualified\s+forged papers/)
      await auditor.locator('select').selectOption(second)
      await auditor.locator('tbody tr').first().waitFor()
      if (process.env.PODIUM_PICTURES) await auditor.screenshot({ path: `${process.env.PODIUM_PICTURES}/audit-${lang}.png`, fullPage: true })
      for (const one of [auditor, chair, screen, page]) {
        complaints.push(...one.complaints)
        await one.context().close()
      }
    })
  }

  test('taken back with a reason, which stays to be seen; the host’s browser gets no auditor’s seat', async () => {
    const { page, api, code, auditing } = await evening('zh')
    const cards = await api.cards(code, ['auditor'])
    await assert.rejects(api.call('POST', '/api/pair', { token: cards.auditor.token }), /40\d/)
    await auditing.call('POST', '/api/pair', { token: cards.auditor.token })
    const auditor = await withSeats(browser, server, auditing, 'laptop')
    await auditor.goto(`${server.url}/c/${code}/auditor?lang=zh`)
    await reaches(auditor, 'provisional')
    await hold(auditor.locator('[data-do=confirm-result]'))
    await reaches(auditor, 'confirmed')
    await auditor.locator('[data-do=take-back-confirmed]').click()
    await reason(auditor, '再核一遍')
    await reaches(auditor, 'provisional')
    assert.ok((await auditor.locator('.outcome').innerText()).includes('再核一遍'))
    for (const one of [auditor, page]) {
      complaints.push(...one.complaints)
      await one.context().close()
    }
  })

  test('the chair’s browser that is the host’s too does not agree: each page says why beside the press', async () => {
    const { page, api, code, first, auditing, judges } = await evening('zh')
    // Beside the press: the whole sentence can be read where the press is.
    const says = async (one, press, words) => {
      const line = one.locator('.outcome .no[role=alert]')
      await until(`it says ${words}`, async () => (await line.count()) === 1 && words.test(await line.innerText()))
      const [at, of, size] = [await line.boundingBox(), await press.boundingBox(), one.viewportSize()]
      assert.ok(at.y >= 0 && at.y + at.height <= size.height, `in view: ${JSON.stringify(at)}`)
      assert.ok(Math.abs(at.y - of.y) < 200, `beside the press: ${JSON.stringify([at, of])}`)
    }
    await hosts({ api, code }, { do: 'propose', correction: { do: 'deduct', pitch: first, points: '5' }, reason: '材料不实' })
    const chair = await withSeats(browser, server, api, 'tablet')
    await chair.goto(`${server.url}/c/${code}/judge?lang=zh&seat=J1`)
    const agree = chair.locator('[data-do=agree]')
    await agree.waitFor()
    await hold(agree)
    await says(chair, agree, /另一台设备上复核或同意/)
    assert.equal(await chair.locator('[data-proposal=waiting]').count(), 1, 'and it waits still')
    assert.deepEqual(await problems(chair), [])
    if (process.env.PODIUM_PICTURES) await chair.screenshot({ path: `${process.env.PODIUM_PICTURES}/chair-refused.png` })

    // Without a line nothing is given, and the auditor’s and the host’s pages say so where it was pressed.
    const auditor = await withSeats(browser, server, auditing, 'laptop')
    await auditor.goto(`${server.url}/c/${code}/auditor?lang=zh`)
    const confirm = auditor.locator('[data-do=confirm-result]')
    await confirm.waitFor()
    await page.locator('[data-desk=result]').click()
    const withdraw = page.locator('[data-proposal=waiting] button')
    await withdraw.waitFor()
    for (const one of judges.values()) one.close()
    await server.kill()
    await until('the auditor knows', async () => (await auditor.locator('header [role=status]').textContent()) !== '')
    await hold(auditor.locator('[data-do=agree]'))
    await says(auditor, auditor.locator('[data-do=agree]'), /./)
    await withdraw.click()
    await says(page, withdraw, /./)
    if (process.env.PODIUM_PICTURES) await page.screenshot({ path: `${process.env.PODIUM_PICTURES}/host-refused.png` })
    await server.restart()
    complaints.push(...chair.complaints)
    for (const one of [chair, auditor, page]) await one.context().close()
  })

  test('nothing complained', () => assert.deepEqual(complaints, []))
})
