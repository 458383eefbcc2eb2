// An office's own workbook, with every oddity that one has, becomes a contest that is ready: by mouse and by keyboard, in both
// languages; what is in Podium is what the file says. The list changes, and is imported again.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Api, Server, browse, device, out, until } from './hall.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const password = 'correct horse 亮分'
const fixture = (name) => join(import.meta.dirname, '..', 'fixtures', 'lists', name)
const sizes = [
  [1440, 900],
  [1366, 768],
  [820, 1180],
  [390, 844],
  [320, 568],
]

/** What is wrong with the page as it stands: axe at AA, targets under 44 px, wider than the device. */
async function problems(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(async () => {
    const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
    const { violations } = await window.axe.run(document, rules)
    const wrong = violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? ''})`).join(', ')}`)
    for (const one of document.querySelectorAll('section button, section select, section summary, section label.ask')) {
      if (one.offsetHeight > 0 && one.offsetHeight < 44) wrong.push(`${one.offsetHeight} px high: ${one.outerHTML.slice(0, 60)}`)
    }
    if (document.documentElement.scrollWidth > innerWidth + 1) wrong.push(`wider than the device: ${document.documentElement.scrollWidth}`)
    return wrong
  })
}

describe("the office's list", () => {
  let server, browser, api

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    api = new Api(server)
    const token = (await server.claim()).split('#claim=')[1]
    await api.call('POST', '/api/claim', { token, password })
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  async function open(lang, title) {
    const { code } = await api.call('POST', '/api/contests', { title, zone: 'Asia/Shanghai' })
    const page = await device(browser, 'laptop', { locale: lang === 'en' ? 'en-GB' : 'zh-CN' })
    await page.goto(`${server.url}/organise?contest=${code}&lang=${lang}`)
    await page.locator('input[type=password]').fill(password)
    await page.locator('form .btn.primary').click()
    await page.locator('input[type=file]').waitFor({ state: 'attached' })
    return { page, code }
  }
  const detail = (code) => api.call('GET', `/api/contests/${code}`)

  /** What every-oddity says, as tests/fixtures/lists/make.py wrote it. */
  async function isWhatTheFileSays(code) {
    const found = await detail(code)
    const projects = found.projects.map(({ number, code: own, name, track, unit }) => [number, own, name, track, unit].join(' '))
    assert.deepEqual(projects, ['1 A01 柔性电池 新能源 甲公司', '2 A02 星载天线 新能源 乙大学', '3 B01 视觉芯片 电子信息 丙研究院'])
    const judges = found.judges.map(({ number, name, unit, chair }) => [number, name, unit, chair].join(' '))
    assert.deepEqual(judges, ['1 评委1 乙大学 true', '2 评委2 丙院 false', '3 评委3 丁院 false'])
    assert.deepEqual(found.criteria.map(({ name, max, weight }) => [name, max, weight].join(' ')), ['创新性 100 25', '成熟度 100 35', '前景 100 40'])
    assert.deepEqual([found.rule.method, found.rule.drop, found.rule.decimals, found.rule.pitch_secs], ['trimmed_mean', 1, 2, 480])
    assert.deepEqual(found.segments.map(({ kind, title, secs }) => [kind, title, secs].join(' ')), ['opening 致辞 150'])
  }

  test('by mouse, in Chinese: an old workbook with every oddity is understood, shown and taken whole', async () => {
    const { page, code } = await open('zh', '表格一')
    await page.locator('input[type=file]').setInputFiles(fixture('every-oddity.xls'))
    await page.locator('.found').waitFor()
    assert.match(await page.locator('.found strong').first().textContent(), /^找到 3 个项目、3 位评委、3 个评分项、议程 1 个环节$/)
    const text = await page.locator('.found').innerText()
    for (const said of ['隐藏的工作表，没有读取', '隐藏的行，没有读取', '按 2:30（分:秒）读取', '每项按满分 100 打分', '“性别”这一列用不到', '项目 · 第 2 行']) {
      assert.ok(text.includes(said), `${said} in\n${text}`)
    }
    assert.equal((await detail(code)).projects.length, 0, 'looked at, and nothing taken')
    mkdirSync(out, { recursive: true })
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height })
      assert.deepEqual(await problems(page), [], `${width}×${height}`)
      await page.screenshot({ path: join(out, `lists-zh-${width}.png`), fullPage: true })
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    // What is hidden is asked for, shown, and left out again.
    await page.getByRole('checkbox', { name: '隐藏的行、列和工作表也读取' }).check()
    await until('the hidden row is there', async () => (await page.locator('[data-line]', { hasText: '看不见的项目' }).count()) === 1)
    await page.getByRole('checkbox', { name: '隐藏的行、列和工作表也读取' }).uncheck()
    await until('and gone', async () => (await page.locator('[data-line]', { hasText: '看不见的项目' }).count()) === 0)
    await page.locator('.found .btn.primary').click()
    await page.locator('section[aria-labelledby=programme-title]').waitFor()
    await isWhatTheFileSays(code)
    assert.deepEqual(page.complaints, [])
    await page.close()
  })

  test('by keyboard, in English: another program’s workbook says the same', async () => {
    const { page, code } = await open('en', 'Sheet two')
    // Signed in a moment ago, the page may still put the focus somewhere.
    const chooser = await until('the field for a file has the focus, and opens', async () => {
      await page.locator('input[type=file]').focus()
      const opens = page.waitForEvent('filechooser', { timeout: 3_000 })
      await page.keyboard.press('Enter')
      return opens
    })
    await chooser.setFiles(fixture('every-oddity.ods'))
    await page.locator('.found').waitFor()
    const go = page.locator('.found .btn.primary')
    const reached = () => go.evaluate((one) => one === document.activeElement)
    for (let presses = 0; presses < 200 && !(await reached()); presses += 1) await page.keyboard.press('Tab')
    assert.ok(await reached(), 'the button is reached by the Tab key')
    assert.match(await go.textContent(), /^Take \d+ changes?$/)
    await page.screenshot({ path: join(out, 'lists-en-1440.png'), fullPage: true })
    await page.keyboard.press('Enter')
    await page.locator('section[aria-labelledby=programme-title]').waitFor()
    await isWhatTheFileSays(code)
    assert.deepEqual(page.complaints, [])
    await page.close()
  })

  test('rows are pasted, a column is told what it means, and the browser remembers it', async () => {
    const { page, code } = await open('zh', '粘贴')
    const paste = (rows) =>
      page.evaluate((text) => {
        const data = new DataTransfer()
        data.setData('text/plain', text)
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
      }, rows)
    const rows = '序号\t课题\t项目名称\n1\t新能源\t甲\n2\t电子\t乙\n'
    await paste(rows)
    await page.locator('.found').waitFor()
    await page.getByLabel('课题 的含义').selectOption('track')
    await until('the track is understood', async () => (await page.locator('[data-line=P1]').innerText()).includes('新能源'))
    await page.locator('.found .btn.primary').click()
    await page.locator('section[aria-labelledby=programme-title]').waitFor()
    assert.deepEqual((await detail(code)).projects.map((one) => `${one.name} ${one.track}`), ['甲 新能源', '乙 电子'])
    // Again, with a corrected name, one more, one gone: the column is known by now.
    await page.locator('nav .step').first().click()
    await paste('序号\t课题\t项目名称\n1\t新能源\t甲一\n3\t新材料\t丙\n2\t电子\t乙\n')
    await page.locator('.found').waitFor()
    const tags = await page.locator('[data-line]').evaluateAll((all) => all.map((one) => `${one.dataset.line} ${one.querySelector('.tag').textContent}`))
    assert.deepEqual(tags, ['P1 有变化', 'P3 新增', 'P2 无变化'])
    assert.match(await page.locator('[data-line=P1] .diff').innerText(), /名称.*甲.*甲一/)
    await page.locator('[data-line=P3] input').uncheck()
    await until('one change is left', async () => (await page.locator('.found .btn.primary').textContent()) === '导入 1 项')
    await page.locator('.found .btn.primary').click()
    await until('the name is corrected', async () => (await detail(code)).projects.map((one) => one.name).join() === '甲一,乙')
    await page.locator('nav .step').first().click()
    await paste('序号\t项目名称\n1\t甲一\n')
    await page.getByRole('checkbox', { name: '删除 乙' }).check()
    await page.locator('.found .btn.primary:enabled').click()
    await until('the other is gone', async () => (await detail(code)).projects.map((one) => one.name).join() === '甲一')
    assert.deepEqual(page.complaints, [])
    await page.close()
  })
})
