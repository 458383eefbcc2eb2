// The main line in real Chromium: from the claim link and the workbook to the score on the big screen and the phone.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Server, browse, device, drive, key, mark, press, setUp, until } from './hall.mjs'

/** Marks by project and judge; criteria of 30, 25, 20, 15 and 10 in steps of 0.5, weights as the maxima. */
const given = {
  1: { 1: ['27.5', '20', '16', '12.5', '8'], 2: ['24', '21.5', '17', '11', '9'], 3: ['28', '19', '15.5', '13', '7.5'] },
  2: { 1: ['29', '23', '18', '14', '9.5'], 2: ['26.5', '22', '19', '12', '8.5'], 3: ['30', '21', '17.5', '13.5', '9'] },
}

/** The mean of three totals in hundredths, half up: independent of the server's arithmetic. */
function score(project) {
  const cents = Object.values(given[project]).map((marks) => marks.reduce((sum, one) => sum + Math.round(Number(one) * 100), 0))
  const sum = cents.reduce((a, b) => a + b)
  const rounded = Math.floor((2 * sum + cents.length) / (2 * cents.length))
  return `${Math.floor(rounded / 100)}.${String(rounded % 100).padStart(2, '0')}`
}

describe('the main line', () => {
  let server, browser, organiser, host, screen, phone, code
  const judges = []

  before(async () => {
    server = await Server.serve()
    browser = await browse([`--host-resolver-rules=MAP podium.local 127.0.0.1`])
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  test('the organiser sets up from the workbook, in the browser alone', async () => {
    organiser = await device(browser, 'laptop')
    const set = await setUp(organiser, await server.claim())
    code = set.code
    assert.equal(set.cards.length, 10, 'seven judges, the host, the MC and the auditor')
    assert.ok(set.cards.every((card) => /^\d{6}$/.test(card.pin)))
    const url = (card) => card.url.replace(/^http:\/\/[^/]+/, server.url)
    const seat = (name) => url(set.cards.find((card) => card.name.includes(name)))
    host = await device(browser, 'laptop')
    await host.goto(seat('场控'))
    await host.locator('.console').waitFor()
    screen = await device(browser, 'screen')
    await screen.goto(`${server.url}/screen`)
    phone = await device(browser, 'phone')
    await phone.goto(`${server.url}/`)
    for (const n of [1, 2, 3]) {
      // One tablet comes by a name: what only secure contexts have must not be needed.
      const link = n === 1 ? seat('评委1').replace('127.0.0.1', 'podium.local') : seat(`评委${n}`)
      const page = await device(browser, n === 2 ? 'tablet-tall' : 'tablet')
      await page.goto(link)
      await page.locator('.wait, .desk').first().waitFor()
      judges.push(page)
    }
    assert.equal(await judges[0].evaluate(() => isSecureContext), false)
    assert.equal(await judges[0].evaluate(() => location.hash), '', 'the card is erased from the address')
  })

  for (const project of [1, 2]) {
    test(`project ${project}: three judges mark by touch, the host closes and reveals`, async () => {
      await drive(host, '路演中')
      await screen.locator('.stage').waitFor()
      await drive(host, '答辩中')
      await drive(host, '评分中')
      for (const [at, page] of judges.entries()) {
        let taps = 0
        await until('the window is open on the tablet', async () => (await page.locator('.entry').count()) === 1)
        await until('its own project', async () => (await page.locator('header .number').textContent())?.trim() === String(project))
        for (const value of given[project][at + 1]) taps += await mark(page, value)
        const total = given[project][at + 1].reduce((sum, one) => sum + Number(one), 0).toFixed(2)
        assert.equal(await page.locator('.sum output').first().textContent(), total, 'the sum is visible')
        await page.locator('.go .primary.wide').tap()
        await page.locator('dialog[open] .primary').tap()
        taps += 2
        await until('the mark is received', async () => (await page.locator('.side .state').getAttribute('data-state')) === 'received')
        assert.ok(taps <= 25, `${taps} taps`)
        await until(`${at + 1} of 7 on the screen`, async () => (await screen.locator('.count b').textContent()) === String(at + 1))
      }
      assert.equal(await screen.locator('.lights i').count(), 7)
      const shown = await screen.content()
      assert.ok(!shown.includes(score(project)), 'no score before the reveal')
      await drive(host, '评分结束')
      assert.equal(await screen.locator('.value').count(), 0)
      await drive(host, '已揭晓')
      await until('the score on the screen', async () => (await screen.locator('.verdict .value').getAttribute('aria-label')) === score(project))
      await until('the score on the phone', async () => (await phone.content()).includes(score(project)))
    })
  }

  test('ranks and scores are right on the screen and the phone, Chinese names render', async () => {
    const board = host.locator('.scenes button', { hasText: '排行榜' })
    if ((await board.getAttribute('aria-pressed')) !== 'true') await board.click()
    await screen.locator('.board li').nth(1).waitFor()
    const rows = await screen.locator('.board li').evaluateAll((all) =>
      all.map((row) => [row.querySelector('.place').textContent.trim(), row.querySelector('.score').textContent.trim()]),
    )
    const expected = [2, 1].map(score)
    assert.ok(Number(expected[0]) > Number(expected[1]))
    assert.deepEqual(rows, [['1', expected[0]], ['2', expected[1]]])
    const names = await screen.locator('.board .name').allTextContents()
    assert.match(names[0], /全自主无人机飞控机及系统/)
    const onPhone = await phone.locator('body').innerText()
    assert.ok(onPhone.indexOf(expected[0]) < onPhone.indexOf(expected[1]), 'best first on the phone')
    // A glyph that is missing would be as wide as the missing-glyph box: Chinese must have a face of its own.
    const widths = await screen.evaluate(() => {
      const draw = document.createElement('canvas').getContext('2d')
      draw.font = `100px ${getComputedStyle(document.body).fontFamily}`
      const ink = (text) => {
        draw.canvas.width = draw.canvas.height = 120
        draw.font = `100px ${getComputedStyle(document.body).fontFamily}`
        draw.fillText(text, 0, 100)
        return draw.getImageData(0, 0, 120, 120).data.join()
      }
      return [ink('亮'), ink('分'), ink('\u{F8FF}')]
    })
    assert.notEqual(widths[0], widths[1])
    assert.notEqual(widths[0], widths[2])
  })

  test('the console unfolds a score down to the marks', async () => {
    await host.locator('[data-desk=standings]').click()
    const row = host.locator('section table tbody tr').first()
    await row.locator('.unfold').click()
    const dialog = host.locator('dialog[open] .explain')
    await dialog.waitFor()
    const cells = (at) => dialog.locator('tbody tr').nth(at).locator('td.num').allTextContents()
    const marks = given[2][1].map((mark) => String(Number(mark)))
    const total = given[2][1].reduce((sum, one) => sum + Number(one), 0).toFixed(2)
    assert.deepEqual((await cells(0)).map((cell) => cell.trim()), [...marks, total])
    assert.equal((await dialog.locator('.score').textContent()).trim(), score(2))
    await host.keyboard.press('Escape')
    await until('the dialog is gone', async () => (await host.locator('dialog[open]').count()) === 0)
  })

  test('refusals are sentences: a mark out of range, off the step, after closing', async () => {
    const page = judges[2]
    for (const phase of ['路演中', '答辩中', '评分中']) await drive(host, phase)
    await until('project 3', async () => (await page.locator('header .number').textContent())?.trim() === '3')
    for (const symbol of '31') await key(page, symbol).tap()
    assert.match(await page.locator('.entry [role=alert]').textContent(), /30/)
    assert.ok(await page.locator('.entry .next').isDisabled(), 'an impossible mark goes nowhere')
    for (let at = 0; at < 2; at += 1) await key(page, '⌫').tap()
    for (const symbol of '7.3') await key(page, symbol).tap()
    assert.match(await page.locator('.entry [role=alert]').textContent(), /0\.5/)
    for (let at = 0; at < 3; at += 1) await key(page, '⌫').tap()
    for (const value of ['20', '20', '15', '10', '8']) await mark(page, value)
    // The window closes while the judge still looks at the review sheet.
    await page.locator('.go .primary.wide').tap()
    const cut = page.context()
    await cut.setOffline(true)
    await page.locator('dialog[open] .primary').tap()
    await drive(host, '评分结束')
    await cut.setOffline(false)
    await until('the judge is told what did not count', async () => (await page.locator('.side .state').getAttribute('data-state')) === 'refused')
    assert.match(await page.locator('.side .state').textContent(), /没有计入/)
  })

  test('kill -9 in the middle of a window: every page comes back by itself and shows every mark', async () => {
    // Project 3 has no scorecard that counts, so there is nothing to reveal and the next one starts.
    for (const phase of ['路演中', '答辩中', '评分中']) await drive(host, phase)
    for (const page of judges.slice(0, 2)) {
      await until('project 4', async () => (await page.locator('header .number').textContent())?.trim() === '4')
      for (const value of ['20', '20', '15', '10', '8']) await mark(page, value)
      await page.locator('.go .primary.wide').tap()
      await page.locator('dialog[open] .primary').tap()
      await until('received', async () => (await page.locator('.side .state').getAttribute('data-state')) === 'received')
    }
    await server.kill()
    // A mark made while the server is down is kept on the tablet and says so.
    const late = judges[2]
    for (const value of ['21', '20', '15', '10', '8']) await mark(late, value)
    await late.locator('.go .primary.wide').tap()
    await late.locator('dialog[open] .primary').tap()
    await until('it is on its way', async () => (await late.locator('.side .state').getAttribute('data-state')) === 'sending')
    assert.equal(await screen.locator('.count b').textContent(), '2', 'the screen keeps its picture')
    await server.restart()
    await until('the third mark arrives without a tap', async () => (await late.locator('.side .state').getAttribute('data-state')) === 'received')
    await until('3 of 7 on the screen', async () => (await screen.locator('.count b').textContent()) === '3')
    await until('3 of 7 on the console', async () => (await host.locator('.missing b').textContent())?.startsWith('3'))
    for (const page of judges) {
      await until('back in line', async () => (await page.locator('.line').getAttribute('data-line')) === 'open')
      assert.equal(await page.locator('.side .state').getAttribute('data-state'), 'received')
    }
  })

  test('the pages complained about nothing', () => {
    const all = Object.entries({ organiser, host, screen, phone, judge1: judges[0], judge2: judges[1], judge3: judges[2] })
    assert.deepEqual(all.flatMap(([name, page]) => page.complaints.map((one) => `${name}: ${one}`)), [])
  })

  test('a language switch needs no reload', async () => {
    await phone.evaluate(() => (window.stayed = true))
    await press(phone, phone.getByRole('button', { name: 'English' }))
    await until('English', async () => /Leaderboard/.test(await phone.locator('body').innerText()))
    assert.equal(await phone.evaluate(() => window.stayed), true)
    assert.equal(await phone.evaluate(() => document.documentElement.lang), 'en')
  })
})
