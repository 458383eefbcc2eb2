// Interest in projects: left on a phone, left at a desk that forgets, read by the organiser and by a team; signed today on the screen.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { Api, Seat, Server, browse, device, until } from './hall.mjs'
import { faults } from './stage.mjs'

const password = 'correct horse 亮分'

describe('interest in projects', () => {
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

  const list = () => api.call('GET', `/api/contests/${code}/interests`)
  async function fill(page, name, projects = [0]) {
    for (const at of projects) await page.locator('.projects label').nth(at).tap()
    await page.locator('.fields input').nth(0).fill(name)
    await page.locator('.fields input').nth(1).fill('太湖产业基金')
    await page.locator('.fields input').nth(2).fill('wx: 来访')
    await page.locator('.consent').tap()
  }

  test('a phone: from the audience page; nothing without consent; a lost line sends it once', async () => {
    const page = await device(browser, 'phone')
    await page.goto(`${server.url}/c/${code}/`)
    await page.locator('a[href=interest]').tap()
    await page.locator('form h1').waitFor()
    assert.deepEqual(await problems(page, { target: 24 }), [])
    await page.locator('.primary').tap()
    await page.locator('.state .no').waitFor()
    assert.equal((await list()).lines.length, 0)
    await fill(page, '来访者甲', [0, 1])
    // The first try reaches the server, its answer is lost; the second is no second entry.
    let tries = 0
    await page.route('**/interests', async (route) => {
      tries += 1
      if (tries > 1) return route.continue()
      await route.fetch()
      await route.abort()
    })
    await page.locator('.primary').tap()
    await page.locator('.done').waitFor()
    assert.equal(tries, 2)
    const { lines } = await list()
    assert.deepEqual(lines.map((one) => [one.name, one.projects, one.state]), [['来访者甲', ['P1', 'P2'], 'new']])
    assert.deepEqual(page.complaints.filter((one) => !one.includes('ERR_FAILED')), [])
    await page.context().close()
  })

  test('a desk (en): begins anew, and nothing of the entry is left on the device', async () => {
    const page = await device(browser, 'tablet', { locale: 'en-GB' })
    await page.goto(`${server.url}/c/${code}/interest?desk=1&lang=en`)
    await page.locator('form h1').waitFor()
    assert.deepEqual(await problems(page, { target: 24 }), [])
    await fill(page, 'Guest B', [2])
    await page.locator('.primary').tap()
    await page.locator('.done').waitFor()
    await until('the next guest finds it empty', async () => (await page.locator('.fields input').nth(0).inputValue()) === '', 20_000)
    assert.equal(await page.locator('.projects .chosen').count(), 0)
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.body.innerText)
    assert.ok(!kept.includes('Guest B') && !kept.includes('来访'))
    assert.equal((await list()).lines.length, 2)
    await page.context().close()
  })

  test('the organiser: filters, status, note, a link for a team, which reads its own; deleted is gone', async () => {
    const page = await device(browser, 'laptop', { locale: 'zh-CN' })
    await page.goto(`${server.url}/organise?contest=${code}&lang=zh`)
    await page.locator('input[type=password]').fill(password)
    await page.locator('form .btn.primary').click()
    await page.locator('nav .step').nth(3).click()
    const section = page.locator('section[aria-labelledby=interests-title]')
    await section.locator('li').nth(1).waitFor()
    assert.deepEqual(await problems(page, { target: 24 }), [])
    await section.locator('li select').first().selectOption('meeting')
    await section.locator('li input').first().fill('周三下午')
    await section.locator('li input').first().blur()
    await until('it is kept', async () => (await list()).lines[0].note === '周三下午')
    assert.equal((await list()).lines[0].state, 'meeting')
    await section.locator('.tools select').nth(0).selectOption('P2')
    assert.equal(await section.locator('ul > li').count(), 1)
    await section.locator('.tools .btn', { hasText: '生成团队链接' }).click()
    const url = await section.locator('code').textContent()
    const team = await device(browser, 'phone')
    await team.goto(`${server.url}/c/${code}/interest${new URL(url).hash}`)
    await team.locator('li .contact').first().waitFor()
    assert.deepEqual(await team.locator('li b').allTextContents(), ['来访者甲'])
    assert.doesNotMatch(await team.content(), /周三下午/)
    assert.deepEqual(await problems(team, { target: 24 }), [])
    await section.locator('.tools .btn', { hasText: '停用团队链接' }).click()
    await until('the link has ended', async () => (await list()).linked.length === 0)
    await team.locator('.btn', { hasText: '刷新' }).tap()
    await team.locator('[role=alert]').waitFor()
    await section.locator('.tools select').nth(0).selectOption('')
    await section.locator('header .btn', { hasText: '全部删除' }).click()
    await section.locator('.ask .primary').click()
    await until('all are gone', async () => (await list()).lines.length === 0)
    for (const file of readdirSync(join(server.data, 'journal'))) assert.doesNotMatch(readFileSync(join(server.data, 'journal', file), 'utf8'), /来访|Guest B|周三/)
    assert.deepEqual(page.complaints, [])
    for (const one of [page, team]) await one.context().close()
  })

  test('signed today: typed by the host, on the screen without a person', async () => {
    const screen = await device(browser, 'screen')
    await screen.goto(`${server.url}/c/${code}/screen`)
    await host.give({ do: 'announce-signing', project: 'P1', partner: '太湖产业基金' })
    await host.give({ do: 'show-scene', scene: 'signed' })
    await screen.locator('.signed li').waitFor()
    assert.match(await screen.locator('.signed').textContent(), /今日签约.*太湖产业基金/)
    assert.deepEqual(await faults(screen), [])
    await host.give({ do: 'withdraw-signing', project: 'P1', partner: '太湖产业基金' })
    await until('nothing is signed', async () => (await screen.locator('.signed').count()) === 0)
    assert.deepEqual(screen.complaints, [])
    await screen.context().close()
  })
})
