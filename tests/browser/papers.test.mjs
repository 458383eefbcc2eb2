// What leaves the hall, in real Chromium: after the end the organiser downloads the workbook and each table, and reads who did what;
// the auditor does so, too. Pictures are written where PODIUM_PICTURES names a folder.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { contest, hosts, seat } from './evening.mjs'
import { Api, Seat, Server, browse, until, withSeats } from './hall.mjs'

const pictures = process.env.PODIUM_PICTURES
const MARKS = ['27', '22', '18', '13', '9']
const WORDS = {
  zh: { button: '导出与审计日志', state: '暂定', disqualified: '取消资格', first: '提交', reason: '<b>材料</b>不实' },
  en: { button: 'Export and audit log', state: 'Provisional', disqualified: 'disqualified', first: 'submitted', reason: '<b>not</b> true' },
}

describe('papers', () => {
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

  /** Two announced pitches, one of them disqualified, the others absent, and the end. */
  async function evening(lang) {
    const all = await contest(browser, server, lang)
    await seat(all)
    const host = await Seat.of(all.api, all.code)
    const [first, second, ...others] = host.view.hall.order
    host.close()
    await hosts(all, ...['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => ({ do: 'skip-segment', segment })))
    for (const pitch of [first, second]) {
      await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
      for (const one of all.judges.values()) await one.card(pitch, MARKS)
      await hosts(all, { do: 'close-window', pitch }, { do: 'reveal-pitch', pitch })
    }
    await hosts(all, { do: 'disqualify', pitch: second, reason: WORDS[lang].reason }, { do: 'reveal-pitch', pitch: second })
    await hosts(all, ...others.map((pitch) => ({ do: 'mark-absent', pitch })), { do: 'finish-contest', despite: true })
    for (const one of all.judges.values()) one.close()
    return { ...all, first, second }
  }

  /** What a link gives, as a file. */
  async function downloaded(page, link) {
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
  }

  async function looked(page, name) {
    assert.deepEqual(await problems(page, { target: 24 }), [], name)
    if (!pictures) return
    await page.screenshot({ path: join(pictures, `papers-${name}.png`) })
    await page.locator('dialog[open]').evaluate((one) => one.scrollTo(0, one.scrollHeight))
    await page.screenshot({ path: join(pictures, `papers-${name}-below.png`) })
  }

  for (const lang of ['zh', 'en']) {
    test(`${lang}: after the end the organiser and the auditor have the files and read the log`, async () => {
      const { api, code, page: console_, second } = await evening(lang)
      const words = WORDS[lang]
      const locale = lang === 'zh' ? 'zh-CN' : 'en-GB'
      const organiser = await withSeats(browser, server, api, 'laptop', { locale })
      await organiser.goto(`${server.url}/organise?contest=${code}&lang=${lang}`)
      await organiser.locator('[data-do=papers]', { hasText: words.button }).click()
      const dialog = organiser.locator('dialog[open]')
      await dialog.locator('[data-state=provisional]', { hasText: words.state }).waitFor()
      await dialog.locator('ol li').first().waitFor()
      await looked(organiser, `${lang}-organiser`)

      const book = await downloaded(organiser, dialog.locator('[data-do=workbook]'))
      assert.equal(book.name, `${code}-workbook.xlsx`)
      assert.equal(book.bytes.subarray(0, 2).toString(), 'PK')
      const csv = await downloaded(organiser, dialog.locator('a[href*="standings.csv"]'))
      const standings = csv.bytes.toString('utf8')
      assert.ok(standings.startsWith('\ufeff') && standings.includes(words.state), standings)
      assert.ok(standings.includes(words.disqualified) && standings.includes(words.reason), standings)
      const tally = JSON.parse((await downloaded(organiser, dialog.locator('[data-do=tally]'))).bytes.toString('utf8'))
      assert.equal(tally.scorecards.length, 7)
      assert.equal(tally.out.filter((one) => one.as === 'disqualified').length, 1)

      // The log: pages from the newest back, and what is looked for.
      const lines = dialog.locator('ol li')
      assert.equal(await lines.count(), 50)
      await dialog.locator('[data-do=older]').click()
      await until('earlier records', async () => (await lines.count()) > 50)
      await dialog.locator('[data-log=project]').selectOption(second.split('-')[1])
      await until('those of one project', async () => (await lines.count()) < 20 && (await lines.count()) > 8)
      const said = await lines.allInnerTexts()
      assert.ok(said.some((line) => line.includes(words.reason)), 'text is text')
      assert.equal(await dialog.locator('ol b b').count(), 0)
      await dialog.locator('[data-log=person]').selectOption('judge:J3')
      await until('those of one judge', async () => (await lines.count()) === 1)
      assert.match(await lines.first().innerText(), new RegExp(words.first))
      await looked(organiser, `${lang}-log`)

      const cards = await api.cards(code, ['auditor'])
      const auditing = new Api(server)
      await auditing.call('POST', '/api/pair', { token: cards.auditor.token })
      const auditor = await withSeats(browser, server, auditing, 'laptop', { locale })
      await auditor.goto(`${server.url}/c/${code}/auditor?lang=${lang}`)
      await auditor.locator('[data-do=papers]').click()
      await auditor.locator('dialog[open] ol li').first().waitFor()
      await looked(auditor, `${lang}-auditor`)
      assert.ok((await downloaded(auditor, auditor.locator('dialog[open] [data-do=workbook]'))).bytes.length > 5000)
      for (const one of [console_, organiser, auditor]) {
        assert.deepEqual(one.complaints, [])
        await one.context().close()
      }
    })
  }
})
