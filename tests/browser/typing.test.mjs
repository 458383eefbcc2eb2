// Numbers typed on a real keyboard: what a judge and a host see, what is handed in and what stands in the journal is the same
// number, or a sentence says that it is none.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Api, Seat, Server, browse, device, until, withSeats } from './hall.mjs'
import { Journal } from './journal.mjs'
import { holds, seated } from './tour.mjs'

describe('numbers by keyboard', () => {
  let server, browser, api

  before(async () => {
    server = await Server.serve()
    browser = await browse(['--host-resolver-rules=MAP podium.local 127.0.0.1'])
    api = new Api(server)
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  /** A judge with a keyboard, the first project's window open. */
  async function desk() {
    const { code, cards } = await api.contest()
    await api.call('POST', '/api/pair', { token: cards.host.token })
    const host = await Seat.of(api, code)
    const page = await seated(browser, server, cards.J1, 'tablet', { hasTouch: false })
    await host.open('R1-P1')
    await until('the window', async () => (await page.locator('.go .primary').count()) === 1)
    const row = (at) => page.locator('.row .mark').nth(at - 1)
    return {
      page,
      host,
      journal: new Journal(server.data, code),
      shown: async (at) => (await row(at).textContent()).trim(),
      choose: (at) => page.locator('.row').nth(at - 1).click(),
      type: (text) => page.keyboard.type(text),
      /** What an input method leaves: the whole text at once. */
      insert: (text) => page.keyboard.insertText(text),
      async paste(text) {
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
        await page.evaluate((text) => {
          const data = new DataTransfer()
          data.setData('text/plain', text)
          const at = document.activeElement ?? document.body
          const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          // As the browser does where nobody takes it: into the field.
          if (at.dispatchEvent(event) && at.matches('input')) document.execCommand('insertText', false, text)
        }, text)
      },
      says: async () => (await page.locator('#entry-no').textContent()).trim(),
      async end() {
        host.close()
        await page.context().close()
      },
    }
  }

  test('a comma and a full stop of any width are the decimal point: shown, handed in and recorded', async () => {
    const { page, journal, shown, choose, type, insert, paste, end } = await desk()
    for (const way of [type, insert, paste]) {
      for (const text of ['8,5', '8。5', '8．5', '８．５', '8，5', '8.5']) {
        await choose(1)
        await way('3')
        await choose(1)
        await way(text)
        assert.equal(await shown(1), '8.5', `${text} by ${way.name}`)
      }
    }
    for (const [at, text] of ['8,5', '8。5', '8．5', '８．５', '７'].entries()) {
      await choose(at + 1)
      await type(text)
    }
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(shown)), ['8.5', '8.5', '8.5', '8.5', '7'])
    await page.locator('.go .primary').click()
    const review = (await page.locator('dialog[open] dd').allTextContents()).map((one) => one.split('/')[0].trim())
    assert.deepEqual(review.slice(0, 5), ['8.5', '8.5', '8.5', '8.5', '7'])
    // What is typed behind an open sheet is meant for nothing there.
    await page.keyboard.press('9')
    await page.locator('dialog[open] .primary').click()
    await holds(page, 'received')
    assert.deepEqual(Object.values(journal.of('R1-P1', 'J1')[0].marks).map(String), ['8.5', '8.5', '8.5', '8.5', '7'])
    await end()
  })

  test('what is no mark is refused in a sentence, and the mark stays', async () => {
    const { page, journal, shown, choose, type, insert, paste, says, end } = await desk()
    for (const [at, mark] of ['20', '19', '18', '12', '8'].entries()) {
      await choose(at + 1)
      await type(mark)
    }
    await until('it can be handed in', () => page.locator('.go .primary').isEnabled())
    for (const [way, texts] of [
      [type, ['-5', '1e1', '+5', '8.5.', '1,000.5', 'abc', '1234567', '8.12345']],
      [insert, ['-5', '1e1', '－５', '8。5。', '八']],
      [paste, ['-5', '1e1', '8 5']],
    ]) {
      for (const text of texts) {
        await choose(1)
        await way(text)
        assert.match(await says(), /没有改动/, `${text} by ${way.name}`)
        assert.notEqual(await shown(1), '20')
        assert.equal(await page.locator('.go .primary').isEnabled(), false, `${text} cannot be handed in`)
        // Taken away, the mark of before is there.
        await choose(1)
        await type('2')
        await type('0')
        assert.equal(await says(), '')
      }
    }
    for (const [text, sentence] of [['31', /最高 30 分/], ['8,25', /0\.5/], ['1,000', /^$/], ['1,250', /0\.5/]]) {
      await choose(1)
      await type(text)
      assert.match(await says(), sentence, text)
    }
    await choose(1)
    await type('-5')
    await page.reload()
    await page.locator('.entry').waitFor()
    assert.equal(await shown(1), '1.250', 'what was refused was kept nowhere')
    assert.equal(journal.of('R1-P1', 'J1').length, 0)
    await end()
  })

  test('Enter leads on, and what is typed after the last is meant for no mark', async () => {
    const { page, shown, choose, type, says, end } = await desk()
    for (const mark of ['27,5', '20', '1e1', '12.5', '8']) {
      await type(mark)
      await page.keyboard.press('Enter')
    }
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(shown)), ['27.5', '20', '1e1', '12.5', '8'])
    // Back at the one that is none.
    await type('16')
    for (let at = 3; at <= 5; at += 1) await page.keyboard.press('Enter')
    await type('9')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('ArrowUp')
    assert.match(await says(), /各项都已打分/)
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(shown)), ['27.5', '20', '16', '12.5', '8'])
    await choose(2)
    await type('21')
    assert.equal(await shown(2), '21')
    await end()
  })

  test('the host takes points off and sets the timer with the same reader', async () => {
    const { code, cards } = await api.contest()
    await api.call('POST', '/api/pair', { token: cards.host.token })
    const other = await Seat.of(api, code)
    await other.give({ do: 'start-pitch', pitch: 'R1-P1' })
    await other.give({ do: 'pause-timer' })
    other.close()
    const truth = await Seat.of(api, code)
    const page = await withSeats(browser, server, api)
    await page.goto(`${server.url}/c/${code}/host?lang=zh`)
    await page.locator('.hands .btn').nth(4).click()
    const [minutes, seconds] = [0, 1].map((at) => page.locator('dialog[open] .two input').nth(at))
    const confirm = page.locator('dialog[open] .primary')
    for (const text of ['1e1', '-5', '1,5', '1234', '1.5']) {
      await minutes.fill(text)
      assert.match(await page.locator('dialog[open] .bad').textContent(), /请输入整数的分和秒/, text)
      assert.equal(await confirm.isDisabled(), true)
    }
    await minutes.fill('１')
    await seconds.fill('３０')
    await confirm.click()
    await until('a minute and a half', () => truth.view.hall.timer.planned_ms - truth.view.hall.timer.spent_ms === 90_000)
    await page.locator('.more .btn', { hasText: '扣分' }).click()
    const points = page.locator('dialog[open] input').first()
    await page.locator('dialog[open] input').nth(1).fill('走出指定区域')
    for (const text of ['-5', '1e1', '0,005', '100.005', '1,000.5']) {
      await points.fill(text)
      assert.notEqual(await page.locator('#deduct-bad').textContent(), '', text)
      assert.equal(await confirm.isDisabled(), true, text)
    }
    await points.fill('０。５')
    assert.equal(await page.locator('#deduct-bad').textContent(), '')
    await confirm.click()
    await until('taken off', () => truth.view.pitches['R1-P1'].deductions[0]?.points === '0.5')
    truth.close()
    await page.context().close()
  })

  test('the organiser types times and points with the same reader; nothing is rounded', async () => {
    const { code } = await api.contest()
    const page = await device(browser, 'laptop')
    await page.goto(`${server.url}/organise?contest=${code}&lang=zh`)
    await page.locator('input[type=password]').fill('correct horse 亮分')
    await page.locator('form .btn.primary').click()
    await page.locator('nav .step').nth(1).click()
    const section = page.locator('section', { has: page.locator('.times') })
    const warning = section.locator('.times > label input').first()
    const save = section.locator('.actions .primary')
    for (const text of ['-5', '1e1', '1.5', '1,5', '7201', 'x']) {
      await warning.fill(text)
      await warning.blur()
      assert.equal(await warning.inputValue(), text, 'it stands as it was typed')
      assert.match(await section.locator('.times .no').textContent(), /请输入 0 到 7200 之间的整数/)
      assert.equal(await save.isDisabled(), true)
    }
    await warning.fill('４５')
    await section.getByLabel('按单位').check()
    await section.getByLabel('每单位扣').fill('0，5')
    await save.click()
    await until('it is saved', async () => (await save.count()) === 0)
    const { timing } = await api.call('GET', `/api/contests/${code}`)
    assert.deepEqual([timing.first_warning_secs, timing.overtime.per_unit], [45, '0.5'])
    await page.context().close()
  })
})
