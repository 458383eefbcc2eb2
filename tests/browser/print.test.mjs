// Printed sheets, in real Chromium: every sheet as a PDF and page by page, in both languages, of a published result, of a large hall and
// of the smallest one. What is printed is what the exports say. Pictures are written where PODIUM_PICTURES names a folder.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { contest, hosts, seat } from './evening.mjs'
import { Api, Seat, Server, browse, until, withSeats } from './hall.mjs'

const pictures = process.env.PODIUM_PICTURES
const MARKS = ['27', '22', '18', '13', '9']
const LIVES = {
  zh: { provisional: '暂定', published: '已公布' },
  en: { provisional: 'Provisional', published: 'Published' },
}
const ZH60 = '面向城市轨道交通的低空无人机智能巡检与桥隧结构健康监测一体化平台关键技术研发及其在粤港澳大湾区的示范应用与产业化推广项目'
const EN60 = 'Autonomous inspection of bridges and tunnels by small drones'

describe('printed sheets', () => {
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

  /** The page, on the sheet that is asked for, once its pages are set. */
  async function sheet(page, name) {
    await page.locator(`[data-sheet-of=${name}]`).click()
    await set(page)
  }
  const set = (page) => page.locator('main[data-set]').waitFor()

  /** A table as the exports have it: its lines by the keys of its columns. */
  async function table(api, code, key, lang) {
    const { columns, rows } = await api.call('GET', `/api/contests/${code}/export/${key}.json?lang=${lang}`)
    return rows.map((row) => Object.fromEntries(columns.map(({ key }, at) => [key, row[at] ?? ''])))
  }

  /** A printed table: the cells of every row, without the brackets of what was left out. */
  const printed = (page, name) =>
    page.locator(`.leaf table[data-table=${name}] tbody`).evaluateAll((rows) =>
      rows.map((row) => ({
        of: row.dataset.of,
        struck: [...row.querySelectorAll('s')].map((one) => one.parentElement.dataset.key),
        ...Object.fromEntries([...row.querySelectorAll('td[data-key]')].map((cell) => [cell.dataset.key, cell.textContent.trim().replace(/^\((.*)\)$/, '$1')])),
      })),
    )

  /** Pages, and what stands on each: all of it on the paper, nothing over anything else, state and head, numbers from 1. */
  async function proved(page, api, code, { said, name }) {
    const { head } = await api.call('GET', `/api/contests/${code}/export/contest.json`)
    await page.emulateMedia({ media: 'print' })
    const pages = await page.locator('.leaf').evaluateAll((leaves) =>
      leaves.map((leaf) => {
        const [paper, foot] = [leaf.getBoundingClientRect(), leaf.querySelector('.foot').getBoundingClientRect()]
        const wrong = []
        for (const one of leaf.querySelectorAll('.body *')) {
          const box = one.getBoundingClientRect()
          if (box.width === 0 || box.height === 0) continue
          if (box.bottom > foot.top + 0.5) wrong.push(`over the foot: ${one.textContent.slice(0, 30)}`)
          if (box.right > paper.right - 20 || box.left < paper.left + 20) wrong.push(`beyond the margin: ${one.textContent.slice(0, 30)}`)
          if (one.matches('td, th') && one.scrollWidth > one.clientWidth + 1) wrong.push(`cut off: ${one.textContent.slice(0, 30)}`)
        }
        const above = leaf.querySelector('.above')
        if (above.scrollHeight > above.clientHeight + 1 || above.scrollWidth > above.clientWidth + 1) wrong.push(`above: ${above.textContent.slice(0, 60)}`)
        // A table that goes on has its heading again.
        for (const one of leaf.querySelectorAll('table')) if (!one.tHead || !one.tBodies.length) wrong.push('a table without heading or rows')
        const text = (of) => leaf.querySelector(of).textContent.trim()
        return { sheet: leaf.dataset.sheet, wrong, said: text('[data-said]'), head: text('[data-head]'), page: text('[data-page]'), filled: leaf.querySelectorAll('.body *').length > 0 }
      }),
    )
    assert.ok(pages.length > 0, name)
    for (const of of new Set(pages.map((one) => one.sheet))) {
      const one = pages.filter(({ sheet }) => sheet === of)
      one.forEach(({ wrong, said: state, head: hash, page, filled }, at) => {
        assert.deepEqual(wrong, [], `${name}, page ${at + 1}`)
        assert.ok(filled, 'no page is empty')
        assert.equal(hash, head)
        assert.ok(state.includes(said), `${state} says ${said}`)
        assert.deepEqual(page.match(/\d+/g), [String(at + 1), String(one.length)])
      })
    }
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, wide, high]) => [Math.round(wide), Math.round(high)])
    assert.equal(boxes.length, pages.length, `${name}: as many pages in the PDF`)
    for (const box of boxes) assert.ok(`${box}` === '595,842' || `${box}` === '842,595', `${name}: A4, not ${box}`)
    if (pictures) {
      for (const at of [0, 1, pages.length - 1].filter((at, n, all) => at < pages.length && all.indexOf(at) === n)) {
        await page.locator('.leaf').nth(at).screenshot({ path: join(pictures, `print-${name}-${at + 1}.png`) })
      }
    }
    await page.emulateMedia({ media: 'screen' })
    return pages
  }

  /** Three pitches are scored, one of them by six and with points off, one is disqualified; signed, confirmed, official, published. */
  async function evening(lang) {
    const all = await contest(browser, server, lang)
    // One of them with lists of its tracks.
    if (lang === 'en') await all.api.call('PUT', `/api/contests/${all.code}/ranking`, { ranking: 'both' })
    await seat(all)
    const host = await Seat.of(all.api, all.code)
    const [first, second, third, ...others] = host.view.hall.order
    host.close()
    await hosts(all, ...['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => ({ do: 'skip-segment', segment })))
    await hosts(all, { do: 'declare-recusal', pitch: second, judge: 'J3', reason: lang === 'zh' ? '同一单位' : 'same employer' })
    for (const [at, pitch] of [first, second, third].entries()) {
      await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
      for (const [n, one] of [...all.judges.values()].entries()) {
        if (pitch === second && n === 2) continue
        await one.card(pitch, MARKS.with(4, String(3 + ((n + at) % 6))))
      }
      await hosts(all, { do: 'close-window', pitch })
      if (pitch === second) await hosts(all, { do: 'deduct', pitch, points: '1.5', reason: lang === 'zh' ? '走出<b>指定</b>区域' : 'left the <b>marked</b> stage' })
      await hosts(all, { do: 'reveal-pitch', pitch })
    }
    await hosts(all, { do: 'disqualify', pitch: third, reason: lang === 'zh' ? '材料不实' : 'false papers' }, { do: 'reveal-pitch', pitch: third })
    await hosts(all, ...others.map((pitch) => ({ do: 'mark-absent', pitch })))
    const cards = await all.api.cards(all.code, ['auditor'])
    const auditing = new Api(server)
    await auditing.call('POST', '/api/pair', { token: cards.auditor.token })
    return { ...all, auditing, first, second, third }
  }

  async function published({ api, code, judges, auditing, ...all }) {
    for (const one of judges.values()) {
      await until('the list to sign', () => one.view.summary)
      await one.give({ do: 'sign-scorecards', round: one.view.summary.round, digest: one.view.summary.digest, strokes: [[[10, 10], [90, 40]]] })
    }
    await hosts({ api, code, ...all }, { do: 'show-scene', scene: 'podium' }, { do: 'finish-contest', despite: true })
    const auditor = await Seat.of(auditing, code, 'auditor')
    const round = 'R1'
    const { digest } = await until('a result', () => auditor.view.outcome)
    await auditor.give({ do: 'confirm-result', round, digest })
    await judges.get('J1').give({ do: 'make-official', round, digest })
    await hosts({ api, code, ...all }, { do: 'publish-result', round, digest, until: '2027-01-05' })
    for (const one of [auditor, ...judges.values()]) one.close()
  }

  for (const lang of ['zh', 'en']) {
    test(`${lang}: every sheet of a published result says what the exports say`, async () => {
      const all = await evening(lang)
      const { api, code, page: console_, first, second, third } = all
      const locale = lang === 'zh' ? 'zh-CN' : 'en-GB'
      const organiser = await withSeats(browser, server, api, 'laptop', { locale })
      await organiser.goto(`${server.url}/organise?contest=${code}&lang=${lang}`)
      await organiser.locator('[data-do=papers]').click()
      const opened = organiser.context().waitForEvent('page')
      await organiser.locator('dialog[open] [data-do=print]').click()
      const page = await opened
      await set(page)
      // Before the end it says so, and an announcement waits.
      const waits = (name) => page.locator('li', { has: page.locator(`[data-sheet-of=${name}]`) }).locator('[data-ready]')
      assert.equal(await waits('announcement').getAttribute('data-ready'), 'false')
      assert.ok(await page.locator('[data-sheet-of=announcement]').isDisabled())
      await proved(page, api, code, { said: LIVES[lang].provisional, name: `${lang}-provisional` })
      await published(all)
      await page.locator('[data-do=read]').click()
      await page.locator('[data-sheet-of=announcement]:enabled').waitFor()
      await set(page)
      assert.equal(await waits('announcement').getAttribute('data-ready'), 'true')
      assert.deepEqual(await problems(page, { target: 24 }), [])
      const said = LIVES[lang].published
      const prove = (name) => proved(page, api, code, { said, name: `${lang}-${name}` })
      if (pictures) await page.screenshot({ path: join(pictures, `print-${lang}-page.png`) })

      // Result sheet: standings beside the matrix, cell by cell.
      await sheet(page, 'result')
      await prove('result')
      const standings = await table(api, code, 'standings', lang)
      const matrix = await table(api, code, 'matrix', lang)
      const rows = await printed(page, 'standings')
      assert.equal(rows.length, standings.length)
      const lists = new Set(standings.map((line) => line.list))
      assert.equal(await page.locator('.leaf table[data-table=standings]').count(), lists.size, 'a table for each list')
      assert.equal(lists.size > 1, lang === 'en')
      for (const [at, row] of rows.entries()) {
        const line = standings[at]
        for (const key of ['place', 'number', 'score', 'deducted']) assert.equal(row[key], line[key], `${key} of ${line.project}`)
        const given = matrix.find((one) => one.project === line.project)
        for (const judge of Object.keys(given).filter((key) => /^J\d+$/.test(key))) assert.equal(row[judge], given[judge])
        assert.ok(row.remark.includes(line.remark) && row.remark.includes(line.tie), row.remark)
      }
      assert.ok(rows.some((row) => row.struck.length === 2), 'what the rule left out is struck')
      const text = await page.locator('.leaf .body').allInnerTexts()
      assert.ok(text.join().includes(lang === 'zh' ? '走出<b>指定</b>区域' : 'left the <b>marked</b> stage'), 'text is text')

      // Score sheets: every mark of every scorecard that counts, once by judge and once by project.
      const cards = (await table(api, code, 'scorecards', lang)).filter((line) => line.record !== '')
      for (const [name, count] of [['judge', 7], ['project', 5]]) {
        await sheet(page, name)
        await prove(name)
        const sheets = new Set(await page.locator('.leaf').evaluateAll((all) => all.map((one) => one.dataset.sheet)))
        assert.ok(sheets.size === count, `${sheets.size} sheets`)
        const rows = (await printed(page, 'scorecards')).filter((row) => row.of)
        assert.equal(rows.length, cards.length)
        for (const row of rows) {
          const line = cards.find((one) => one.record === row.of)
          for (const key of Object.keys(line).filter((key) => key.startsWith('mark.') || key === 'total')) assert.equal(row[key], line[key])
        }
      }
      await page.locator('[data-ask=seats]').check()
      await page.locator('[data-ask=project]').selectOption(first)
      await set(page)
      assert.equal((await prove('project-seats')).length, 1)
      assert.ok(!(await page.locator('.leaf').innerText()).includes(all.judges.get('J1').view.name ?? '—'))

      // The announcement: places as published, dates, a contact; no reason of who is out.
      await sheet(page, 'announcement')
      await page.locator('[data-ask=contact]').fill(lang === 'zh' ? '大赛办公室' : 'Contest office')
      await set(page)
      await prove('announcement')
      const announced = await printed(page, 'standings')
      const ranked = standings.filter((line) => line.place !== '')
      assert.deepEqual(announced.map(({ place, number, project, score }) => [place, number, project, score]), ranked.map((line) => [line.place, line.number, line.project, line.score]))
      const sheetText = await page.locator('.leaf').first().innerText()
      assert.match(sheetText, lang === 'zh' ? /2027 年 1 月 5 日/ : /2027-1-5/)
      assert.ok(sheetText.includes(lang === 'zh' ? '大赛办公室' : 'Contest office'))
      const whole = (await page.locator('.leaf').allInnerTexts()).join()
      assert.ok(!whole.includes(lang === 'zh' ? '材料不实' : 'false papers'))
      assert.equal((await printed(page, 'out')).length, new Set(standings.filter((line) => line.place === '').map((line) => line.project)).size)
      await page.locator('[data-ask=scores]').uncheck()
      await set(page)
      assert.equal(await page.locator('.leaf td[data-key=score]').count(), 0)

      // Blank scorecards: one judge's at first, each with its code.
      await sheet(page, 'blank')
      assert.equal(await page.locator('.leaf .slip').count(), 5)
      await page.locator('[data-ask=judge]').selectOption('')
      await set(page)
      assert.equal(await page.locator('.leaf .slip').count(), 35)
      await page.locator('[data-ask=judge]').selectOption('J2')
      await page.locator('[data-ask=project]').selectOption(second)
      await set(page)
      assert.equal(await page.locator('.leaf figcaption').innerText(), `${second} · J2`)
      assert.ok(await page.locator('.leaf img').evaluate(async (one) => (await one.decode(), one.naturalWidth > 0)))
      const criteria = await table(api, code, 'criteria', lang)
      const boxes = (await printed(page, 'criteria')).filter((row) => row.of)
      assert.deepEqual(boxes.map(({ max, step }) => [max, step]), criteria.map((line) => [line.max, line.step]))
      for (const [at, { name }] of boxes.entries()) assert.ok(name.startsWith(criteria[at].name) && name.includes(criteria[at].scale), name)
      await page.locator('[data-ask=project]').selectOption('')
      await set(page)
      await prove('blank')

      await sheet(page, 'order')
      await prove('order')
      const programme = await table(api, code, 'programme', lang)
      assert.deepEqual((await printed(page, 'programme')).map((row) => [row.of, row.position]), programme.map((line) => [line.item, line.position]))
      await sheet(page, 'script')
      await prove('script')
      assert.ok((await page.locator('.leaf').allInnerTexts()).join().includes(programme.find((line) => line.item === third).title))

      for (const one of [console_, organiser]) {
        assert.deepEqual(one.complaints, [])
        await one.context().close()
      }
    })
  }

  /** A contest of so many projects and judges, with names as long as they come. */
  async function large(projects, judges) {
    const api = new Api(server)
    if (server.claimed) await api.call('POST', '/api/login', { password: server.claimed })
    else await api.call('POST', '/api/claim', { token: (await server.claim()).split('#claim=')[1], password: (server.claimed = 'correct horse 亮分') })
    const { code } = await api.call('POST', '/api/contests', { title: ZH60, zone: 'Asia/Shanghai' })
    const upload = (name, lines) => {
      const form = new FormData()
      form.append('file', new Blob([lines.join('\n')]), name)
      return api.call('POST', `/api/contests/${code}/import`, form)
    }
    const name = (at) => (at % 2 ? `${at} ${EN60}` : `${at} ${ZH60}`)
    await upload('项目.csv', ['编号,项目名称,单位,路演人', ...Array.from({ length: projects }, (_, at) => `${at + 1},${name(at + 1)},${ZH60.slice(0, 40)},评委${at}`)])
    await upload('评委.csv', ['评委姓名,单位', ...Array.from({ length: judges }, (_, at) => `评委${at + 1}${at % 4 ? '' : ZH60.slice(0, 50)},某大学`)])
    // The smallest contest has the longest texts that are taken.
    const long = judges === 1
    const named = long ? Array.from({ length: 40 }, (_, at) => `${at} ${ZH60.repeat(2)}`.slice(0, 120)) : ['创新性', '商业模式', '团队', '社会效益与带动就业', '现场表现']
    const criteria = named.map((name, at) => ({ id: `c${at + 1}`, name, max: '20', weight: 1, step: '0.5', scale: long ? ZH60.repeat(40).slice(0, 2_000) : '' }))
    await api.call('PUT', `/api/contests/${code}/rubric`, { criteria })
    const seats = Array.from({ length: judges }, (_, at) => `J${at + 1}`)
    const cards = await api.cards(code, ['host', ...seats])
    for (const one of ['host', ...seats]) await api.call('POST', '/api/pair', { token: cards[one].token })
    const all = { api, code, judges: new Map() }
    await seat(all, seats)
    const { order } = (await hosts(all)).hall
    for (const [at, pitch] of order.entries()) {
      // A socket of its own: what one socket may say in a minute is limited.
      await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
      const given = [...all.judges.values()].map((one, n) => {
        const marks = Object.fromEntries(criteria.map(({ id, max }) => [id, String(Math.floor(Number(max) * 0.7) + ((at + n) % 3))]))
        return one.give({ do: 'submit-scorecard', pitch, base: 0, marks, comment: long ? '字\n'.repeat(1_000).slice(0, 1_999) : n % 5 ? '' : `${ZH60}。`.repeat(5) })
      })
      await Promise.all(given)
      await hosts(all, { do: 'close-window', pitch }, { do: 'reveal-pitch', pitch })
      const reason = ZH60.repeat(40).slice(0, 2_000)
      if (long) await hosts(all, { do: 'deduct', pitch, points: '1', reason }, { do: 'disqualify', pitch, reason })
    }
    for (const one of all.judges.values()) one.close()
    return all
  }

  for (const [projects, judges] of [[1, 1], [40, 15]]) {
    test(`${projects} and ${judges}: pages break between rows, and nothing is cut off`, async () => {
      const { api, code } = await large(projects, judges)
      const page = await withSeats(browser, server, api, 'laptop')
      await page.goto(`${server.url}/c/${code}/print?sheet=result&lang=zh`)
      await set(page)
      const names = ['result', 'judge', 'project', 'blank', 'order', 'script']
      for (const name of names) {
        await sheet(page, name)
        const pages = await proved(page, api, code, { said: '暂定', name: `${projects}x${judges}-${name}` })
        if (name === 'result' && projects > 1) {
          assert.ok(pages.length > 2)
          const matrix = await table(api, code, 'matrix', 'zh')
          const given = await printed(page, 'matrix')
          // Every judge of every project once, in blocks of judges.
          const cells = given.flatMap((row) => Object.entries(row).filter(([key]) => /^J\d+$/.test(key)).map(([key, said]) => [row.of, key, said]))
          assert.equal(cells.length, projects * judges)
          for (const [project, judge, said] of cells) assert.equal(said, matrix.find((line) => line.project === project)[judge])
        }
      }
      assert.deepEqual(page.complaints, [])
      await page.context().close()
    })
  }

  test('host and MC have the sheets that tell no more than their pages; judges and strangers none', async () => {
    const { api, code, page: console_ } = await contest(browser, server, 'zh')
    const cards = await api.cards(code, ['host', 'mc', 'J1'])
    for (const [one, sheets] of [['host', ['blank', 'order', 'script']], ['mc', ['order', 'script']], ['J1', []], ['', []]]) {
      const own = new Api(server)
      if (one) await own.call('POST', '/api/pair', { token: cards[one].token })
      const page = one ? await withSeats(browser, server, own, 'laptop') : await (await browser.newContext({ locale: 'zh-CN' })).newPage()
      await page.goto(`${server.url}/c/${code}/print?lang=zh`)
      if (sheets.length === 0) {
        await page.locator('[role=alert]').waitFor()
        assert.equal(await page.locator('.leaf').count(), 0)
        await assert.rejects(own.call('GET', `/api/contests/${code}/export/print.json`), /401/)
      } else {
        await set(page)
        const there = await page.locator('[data-sheet-of]').evaluateAll((all) => all.map((one) => one.dataset.sheetOf))
        assert.deepEqual(there, sheets)
        const given = await own.call('GET', `/api/contests/${code}/export/print.json`)
        assert.ok(!['standings', 'matrix', 'scorecards', 'deductions', 'recusals'].some((key) => key in given.tables))
        await assert.rejects(own.call('GET', `/api/contests/${code}/export/programme.json`), /401/)
        // From their own pages it is a press away.
        const at = await withSeats(browser, server, own, 'laptop')
        await at.goto(`${server.url}/c/${code}/${one}?lang=zh`)
        if (one === 'host') await at.locator('[data-desk=programme]').click()
        const opened = at.context().waitForEvent('page')
        await at.locator('[data-do=print]').click()
        const paper = await opened
        await set(paper)
        assert.equal(await paper.locator('[aria-pressed=true]').getAttribute('data-sheet-of'), one === 'host' ? 'order' : 'script')
        await at.context().close()
      }
      await page.context().close()
    }
    assert.deepEqual(console_.complaints, [])
    await console_.context().close()
  })
})
