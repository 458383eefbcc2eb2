// An organiser plans the evening in the browser: the programme typed with the keyboard alone, windows, times, how names are
// said; what was typed is what the console has. What is not saved is not lost without a question. A workbook brings the same.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Api, Seat, Server, browse, device, until } from './hall.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const password = 'correct horse 亮分'

/** What is wrong with the page as it stands: axe at AA, targets under 44 px, wider than the device. */
async function problems(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(async () => {
    const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
    const { violations } = await window.axe.run(document, rules)
    const wrong = violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? ''})`).join(', ')}`)
    for (const one of document.querySelectorAll('section button, section select, section input:not([type=radio], [type=checkbox], [type=range], [type=file]), section label:has(> [type=checkbox]), .choice')) {
      if (one.offsetHeight < 44) wrong.push(`${one.offsetHeight} px high: ${one.outerHTML.slice(0, 60)}`)
    }
    if (document.documentElement.scrollWidth > innerWidth + 1) wrong.push(`wider than the device: ${document.documentElement.scrollWidth}`)
    return wrong
  })
}

describe('set-up of the evening', () => {
  let server, browser, api, code, host

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    api = new Api(server)
    const set = await api.contest(0, password)
    code = set.code
    await api.call('POST', '/api/pair', { token: set.cards.host.token })
    host = await Seat.of(api, code)
  })
  after(async () => {
    host?.close()
    await browser?.close()
    await server?.end()
  })

  const detail = () => api.call('GET', `/api/contests/${code}`)
  const plan = async (segments) => api.call('PUT', `/api/contests/${code}/programme`, { segments })

  async function look(lang, contest = code, kind = 'laptop') {
    const page = await device(browser, kind, { locale: lang === 'en' ? 'en-GB' : 'zh-CN' })
    await page.goto(`${server.url}/organise?contest=${contest}&lang=${lang}`)
    await page.locator('input[type=password]').fill(password)
    await page.locator('form .btn.primary').click()
    await page.locator('nav .step').nth(1).click()
    const programme = page.locator('section[aria-labelledby=programme-title]')
    const window = page.locator('section[aria-labelledby=window-title]')
    await programme.waitFor()
    return { page, programme, window }
  }
  /** The evening as the page lists it: titles, and the pitches between them. */
  const listed = (programme) =>
    programme.locator('ol > li').evaluateAll((all) =>
      all.map((one) => (one.dataset.segment ? one.querySelector('.name').firstChild.textContent : one.querySelector('b, span').textContent)),
    )

  test('the programme is typed with the keyboard alone, and the console has it', async () => {
    const { page, programme } = await look('zh')
    const key = async (...keys) => {
      for (const one of keys) await page.keyboard.press(one)
    }
    const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim())
    await programme.getByRole('button', { name: '套用典型的一天' }).focus()
    await key('Enter')
    assert.deepEqual(await listed(programme), ['开场', '抽签', '第 1–3 场路演', '茶歇', '第 4–5 场路演', '颁奖'])
    // A new one: chosen, added, its title under the hand at once.
    await programme.locator('.actions select').focus()
    await key('ArrowDown', 'ArrowDown', 'ArrowDown', 'Tab', 'Enter')
    await until('its title has the hand', () => page.evaluate(() => document.activeElement.closest('.title') !== null))
    await key('Control+a')
    await page.keyboard.type('战略签约')
    await key('Tab', 'Tab')
    await page.keyboard.type('10')
    await key('Tab', 'Tab')
    await page.keyboard.type('甲方集团\n\n 乙方大学 ')
    // Down past the pitches, by its own button and by Alt and the arrows; the hand stays on it.
    await programme.locator('[data-segment=S5] .what').focus()
    await key('Alt+ArrowDown', 'Alt+ArrowDown')
    assert.deepEqual(await listed(programme), ['开场', '抽签', '第 1–2 场路演', '战略签约', '第 3 场路演', '茶歇', '第 4–5 场路演', '颁奖'])
    assert.match(await programme.locator('[role=status].hidden-text').textContent(), /^战略签约 · 第 3 场之前/)
    await key('Shift+Tab')
    assert.equal(await focused(), '下移 战略签约')
    await key('Enter', 'Enter')
    assert.equal(await focused(), '下移 战略签约')
    assert.deepEqual((await listed(programme)).slice(2, 5), ['第 1–3 场路演', '茶歇', '战略签约'])
    // Out, and back: the way back has the hand.
    await programme.locator('[data-segment=S2]').getByRole('button', { name: '删除 抽签' }).focus()
    await key('Enter')
    assert.equal((await listed(programme)).includes('抽签'), false)
    assert.equal(await focused(), '恢复')
    await key('Enter')
    assert.deepEqual((await listed(programme)).slice(0, 2), ['开场', '抽签'])
    await programme.locator('[data-segment=S2]').getByRole('button', { name: '删除 抽签' }).focus()
    await key('Enter')
    await programme.getByRole('button', { name: '保存议程' }).focus()
    await key('Enter')
    await until('it is saved', async () => (await programme.locator('.mark').count()) === 0)
    assert.deepEqual((await detail()).segments, [
      { id: 'S1', kind: 'opening', title: '开场', names: [], secs: 300, after: 0 },
      { id: 'S3', kind: 'break', title: '茶歇', names: [], secs: 900, after: 3 },
      { id: 'S5', kind: 'signing', title: '战略签约', names: ['甲方集团', '乙方大学'], secs: 600, after: 3 },
      { id: 'S4', kind: 'awards', title: '颁奖', names: [], secs: 0 },
    ])
    const evening = ['S1', 'R1-P1', 'R1-P2', 'R1-P3', 'S3', 'S5', 'R1-P4', 'R1-P5', 'S4']
    await until('the console has the evening', () => JSON.stringify(host.view.hall.items) === JSON.stringify(evening))
    assert.equal(host.view.cues[0].segment, 'S1')
    assert.deepEqual(page.complaints, [])
    await page.close()
  })

  test('a place is chosen, a kind changes its title, what makes no sense is named', async () => {
    const { page, programme } = await look('en')
    await programme.locator('[data-segment=S1] .what').click()
    const form = programme.locator('[data-segment=S1] .form')
    await form.getByLabel('Place').selectOption('5')
    assert.deepEqual(await listed(programme), ['Pitches 1–3', '茶歇', '战略签约', 'Pitches 4–5', '颁奖', '开场'])
    await form.getByLabel('Place').selectOption('0')
    // A title of its own stays; one that was proposed goes with the kind.
    await form.getByLabel('Segment').selectOption('unveiling')
    assert.equal(await form.getByLabel('Title').inputValue(), '开场')
    await form.getByLabel('Title').fill('')
    assert.equal(await form.locator('.no').textContent(), 'A segment needs a title.')
    assert.equal(await programme.getByRole('button', { name: 'Save the programme' }).isDisabled(), true)
    await form.getByLabel('Segment').selectOption('presentation')
    assert.equal(await form.getByLabel('Title').inputValue(), 'Presentation')
    await form.getByLabel('Segment').selectOption('other')
    assert.equal(await form.getByLabel('Title').inputValue(), '')
    await form.getByLabel('Title').fill('Dinner')
    await form.getByLabel('Names').fill(Array(41).fill('N').join('\n'))
    assert.equal(await form.locator('.no').textContent(), 'There are at most 40 names.')
    await form.getByLabel('Names').fill('')
    const time = form.getByRole('group', { name: 'Planned time' }).locator('input')
    await time.nth(0).fill('601')
    await time.nth(0).blur()
    assert.equal(await form.locator('p.no').textContent(), 'A segment takes at most 10 hours.')
    await programme.getByRole('button', { name: 'Cancel' }).click()
    assert.deepEqual((await listed(programme))[0], '开场', 'as it was')
    assert.deepEqual(page.complaints, [])
    await page.close()
  })

  test('what is not saved is marked, and leaving it asks first', async () => {
    const { page, programme } = await look('zh')
    const dialog = page.locator('dialog[open]')
    await programme.locator('[data-segment=S3]').getByRole('button', { name: '上移 茶歇' }).click()
    assert.equal(await programme.locator('.mark').textContent(), '有未保存的更改')
    await page.locator('nav .step').nth(2).click()
    await dialog.getByRole('button', { name: '留在这里' }).click()
    await until('it stays', async () => (await dialog.count()) === 0)
    assert.equal(await programme.locator('.mark').count(), 1)
    await page.locator('nav .step').nth(2).click()
    await page.keyboard.press('Escape')
    await until('Escape stays', async () => (await dialog.count()) === 0)
    // The browser's own question, for a reload and for a link elsewhere.
    const asked = page.waitForEvent('dialog')
    await page.evaluate(() => setTimeout(() => location.reload()))
    const question = await asked
    assert.equal(question.type(), 'beforeunload')
    await question.dismiss()
    assert.equal(await programme.locator('.mark').count(), 1)
    await page.locator('header .brand').click()
    await dialog.getByRole('button', { name: '丢弃并离开' }).click()
    await programme.waitFor({ state: 'detached' })
    assert.equal((await detail()).segments[1].after, 3, 'nothing was saved')
    await page.reload()
    assert.deepEqual(page.complaints, [])
    await page.close()
  })

  test('windows, times and how a name is said', async () => {
    const { page, window } = await look('en')
    const times = page.locator('section', { has: page.locator('.times') })
    const minutes = times.getByRole('group', { name: 'Pitch' }).locator('input').nth(0)
    await minutes.fill('6')
    await minutes.blur()
    await times.getByRole('button', { name: 'Save times and overtime' }).click()
    await window.getByLabel('With the questions').check()
    await window.getByRole('radio', { name: 'After a countdown' }).check()
    const secs = window.locator('.secs input')
    await secs.fill('0')
    assert.equal(await window.locator('.actions .no').textContent(), 'The countdown is 1 to 3,600 seconds.')
    assert.equal(await window.getByRole('button', { name: 'Save the windows' }).isDisabled(), true)
    await window.getByLabel('When all are in').check()
    await window.getByRole('radio', { name: 'After a countdown' }).check()
    assert.equal(await secs.inputValue(), '60', 'a countdown that made sense comes back')
    await secs.fill('90')
    await window.getByLabel('Taken until announced').check()
    const counts = window.locator('.counts input')
    await counts.nth(0).fill('3')
    assert.match(await window.locator('.counts small').nth(0).textContent(), /^The first 3 are compared/)
    await counts.nth(1).fill('1')
    await window.getByRole('button', { name: 'Save the windows' }).click()
    await until('it is saved', async () => (await window.locator('.mark').count()) === 0)
    const policy = { opens: 'at-qa', closes: { after: 90 }, late: 'until-announced', warm_up: 3, announce_after: 1, plates: 'together', freeze: 0, reveal: 'last-to-first' }
    const held = await detail()
    assert.deepEqual(held.window, policy)
    assert.equal(held.timing.pitch_secs, 360)
    await until('the console has them', () => host.view.window.opens === 'at-qa')
    assert.deepEqual(host.view.window, policy)
    // How it is said stays when the short name changes, and the other way round.
    const field = async (name, value) => {
      await page.getByLabel(name, { exact: true }).fill(value)
      await page.getByLabel(name, { exact: true }).blur()
    }
    const third = async () => (await detail()).projects.find((one) => one.number === 3)
    await field('How it is said 3', 'jīng bǎ cái')
    await until('how it is said', async () => (await third()).say === 'jīng bǎ cái')
    await field('Short name 3', '纳米晶靶材')
    await until('the short name', async () => (await third()).short === '纳米晶靶材')
    assert.equal((await third()).say, 'jīng bǎ cái')
    assert.deepEqual(page.complaints, [])
    await page.close()
  })

  for (const lang of ['zh', 'en']) {
    test(`nothing for axe, targets of 44 px, in every theme and narrower (${lang})`, async () => {
      const { page, programme, window } = await look(lang)
      await programme.locator('[data-segment=S5] .what').click()
      await programme.locator('[data-segment=S3] .tool').last().click()
      await window.locator('input[value=with-pitch]').check()
      for (const theme of ['tech', 'gold', 'light']) {
        await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme)
        // A colour goes down the page a level a frame.
        await until('every colour has changed', () => page.evaluate(() => document.getAnimations().length === 0))
        assert.deepEqual(await problems(page), [], theme)
      }
      await page.setViewportSize({ width: 820, height: 1180 })
      assert.deepEqual(await problems(page), [], 'on a tablet')
      await page.locator('nav .step').nth(3).click()
      await page.locator('dialog[open]').waitFor()
      assert.deepEqual(await problems(page), [], 'while it asks')
      assert.deepEqual(page.complaints, [])
      await page.close()
    })
  }

  test('a segment that is on cannot be taken out, and the page says so by its title', async () => {
    await plan([{ id: 'S1', kind: 'opening', title: '开场', names: [], secs: 0, after: 0 }])
    await host.give({ do: 'start-segment', segment: 'S1' })
    const { page, programme } = await look('zh')
    await programme.locator('[data-segment=S1]').getByRole('button', { name: '删除 开场' }).click()
    await programme.getByRole('button', { name: '保存议程' }).click()
    await until('the refusal', async () => (await programme.locator('[role=alert]').textContent()) === '“开场”正在进行，不能删除。')
    assert.deepEqual((await detail()).segments.map((one) => one.id), ['S1'])
    await programme.getByRole('button', { name: '取消' }).click()
    assert.deepEqual(await listed(programme), ['开场', '第 1–5 场路演'])
    assert.deepEqual(page.complaints.filter((one) => !one.includes('409')), [])
    await page.close()
  })

  test('the template brings a programme once, and overwrites none', async () => {
    const { code: empty } = await api.call('POST', '/api/contests', { title: '表格', zone: 'Asia/Shanghai' })
    const bytes = Buffer.from(await (await fetch(`${server.url}/api/template.xlsx?lang=en`)).arrayBuffer())
    const page = await device(browser, 'laptop', { locale: 'en-GB' })
    await page.goto(`${server.url}/organise?contest=${empty}&lang=en`)
    await page.locator('input[type=password]').fill(password)
    await page.locator('form .btn.primary').click()
    const file = { name: 'template.xlsx', mimeType: 'application/octet-stream', buffer: bytes }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.locator('.found').waitFor()
    assert.match(await page.locator('.found strong').first().textContent(), /3 segments of the programme$/)
    const evening = await page.locator('.found ol.evening li').evaluateAll((all) => all.map((one) => one.innerText.replace(/\s+/g, ' ').trim()))
    assert.deepEqual(evening, ['Opening Opening address 5:00', 'Pitch 1', 'Break Break 15:00', 'Awards Awards'])
    assert.deepEqual(await problems(page), [])
    await page.locator('.found .btn.primary').click()
    const programme = page.locator('section[aria-labelledby=programme-title]')
    await programme.waitFor()
    assert.deepEqual(await listed(programme), ['Opening address', 'Pitch 1', 'Break', 'Awards'])
    assert.equal((await api.call('GET', `/api/contests/${empty}`)).segments[1].after, 6, 'as the sheet says, for more projects to come')
    const form = new FormData()
    form.append('file', new Blob([bytes]), 'again.xlsx')
    const again = await api.call('POST', `/api/contests/${empty}/import?dry_run=true`, form)
    assert.deepEqual([again.refused.code, again.parts.filter((one) => !one.same)], ['nothing-changes', []])
    assert.deepEqual(page.complaints, [])
    await page.close()
  })
})
