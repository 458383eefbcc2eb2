// Before the doors open, in real Chromium on plain http: a device checks itself and the host sees it; marks go along when the
// server's address changes.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { Api, Seat, Server, browse, device, mark, until } from './hall.mjs'
import { Journal } from './journal.mjs'
import { Proxy } from './proxy.mjs'
import { MARKS, holds, markAll, seated, submit } from './tour.mjs'

const level = (page) => page.locator('.verdict').getAttribute('data-level')
const checked = (page) => until('the check is through', async () => (await level(page)) !== 'running')
const reported = (page) => until('it is reported', async () => (await page.locator('.sent').getAttribute('data-sent')) === 'sent')
const result = async (page, name) => page.locator(`[data-test=${name}]`).getAttribute('data-level')

describe('before the doors open', () => {
  let server, browser, api, code, cards

  before(async () => {
    server = await Server.serve()
    browser = await browse(['--host-resolver-rules=MAP podium.local 127.0.0.1'])
    api = new Api(server)
    ;({ code, cards } = await api.contest())
    await api.call('POST', '/api/pair', { token: cards.host.token })
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  /** The console on a laptop, with the pre-flight open. */
  async function preflight(options = {}, query = '') {
    const page = await device(browser, 'laptop', options)
    const held = api.cookie.split('; ').map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)])
    await page.context().addCookies(held.map(([name, value]) => ({ name, value, url: server.url })))
    page.open = async () => {
      await page.goto(`${server.url}/c/${code}/host${query}`)
      await page.locator('.console').waitFor()
      await page.getByRole('button', { name: /^(开场检查|Pre-flight)$/ }).click()
      await page.locator('.preflight .verdict').waitFor()
      return page
    }
    return page
  }
  const row = (page, group, text) => page.locator(`[aria-labelledby=group-${group}] li`, { hasText: text })

  test('a tablet on plain http is fit, says so, and the host sees it by its name', async () => {
    const page = await device(browser, 'tablet')
    await page.goto(`http://podium.local:${server.port}/check`)
    assert.equal(await page.evaluate(() => isSecureContext), false)
    await checked(page)
    await reported(page)
    assert.equal(await level(page), 'green', await page.locator('main').innerText())
    assert.match(await page.locator('[data-test=socket]').innerText(), /往返 \d+ 毫秒/)
    for (const name of ['server', 'socket', 'clock', 'keep', 'browser', 'screen', 'touch', 'awake']) assert.equal(await result(page, name), 'green', name)
    const host = await (await preflight()).open()
    await row(host, 'checks', '未命名设备').waitFor()
    await page.locator('input').fill('3 号<b>平板')
    await page.locator('form .primary').tap()
    await reported(page)
    // The panel is open, and looks again by itself.
    await row(host, 'checks', '3 号<b>平板').waitFor()
    assert.equal(await row(host, 'checks', '未命名设备').count(), 0, 'the newer report of the same browser stands')
    assert.match(await row(host, 'checks', '3 号<b>平板').innerText(), /1180 × 820\s· 127\.0\.0\.1\s· \w+ Chrome \d+/)
    assert.deepEqual(page.complaints, [])
    assert.deepEqual(host.complaints, [])
    for (const one of [page, host]) await one.context().close()
  })

  test('without a keep and without a socket a device is told to stay away, and why', async () => {
    const page = await device(browser, 'tablet')
    await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { get: () => undefined }))
    await page.routeWebSocket(/\/ws\/public/, (line) => line.close())
    await page.goto(`http://podium.local:${server.port}/c/${code}/check`)
    await checked(page)
    await reported(page)
    assert.equal(await level(page), 'red')
    for (const words of ['请先不要用这台设备', '本机保存', '实时连接']) assert.ok((await page.locator('.verdict').innerText()).includes(words), words)
    assert.match(await page.locator('[data-test=keep]').innerText(), /不能保存[\s\S]*无痕/)
    assert.match(await page.locator('[data-test=socket]').innerText(), /打不开，而网页可以访问[\s\S]*WebSocket/)
    const host = await (await preflight()).open()
    const told = await row(host, 'checks', '本机保存').innerText()
    for (const words of ['本机保存 · 不能保存', '实时连接 · 打不开']) assert.ok(told.includes(words), told)
    assert.equal(await host.locator('.verdict').getAttribute('data-level'), 'red')
    for (const one of [page, host]) await one.context().close()
  })

  test('a line that lets nothing through, a sign-in page in the way, a contest that is not there', async () => {
    const page = await device(browser, 'tablet')
    await page.routeWebSocket(/\/ws\/public/, () => {})
    await page.goto(`http://podium.local:${server.port}/c/${code}/check`)
    await until('it is given up', async () => (await result(page, 'socket')) === 'red', 30_000)
    assert.match(await page.locator('[data-test=socket]').innerText(), /没有回答/)
    await page.route('**/healthz', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>登录 Wi-Fi</h1>' }))
    await page.getByRole('button', { name: '重新检查' }).tap()
    await until('the sign-in page is known', async () => (await result(page, 'server')) === 'red', 30_000)
    assert.match(await page.locator('[data-test=server]').innerText(), /登录页/)
    await page.context().close()
    const bare = await Server.serve()
    const lost = await device(browser, 'tablet')
    await lost.goto(`http://podium.local:${bare.port}/check`)
    await checked(lost)
    assert.match(await lost.locator('[data-test=socket]').innerText(), /还没有大赛/)
    assert.match(await lost.locator('.sent').innerText(), /结果不发送/)
    await lost.context().close()
    await bare.end()
  })

  test("a judge's own tablet is called by its seat; the panel knows how it is", async () => {
    const page = await seated(browser, server, cards.J2, 'tablet')
    const twice = await page.context().newPage()
    await twice.goto(`http://podium.local:${server.port}/check`)
    await checked(twice)
    await reported(twice)
    assert.equal(await twice.locator('input').inputValue(), '2 号评委')
    await twice.close()
    const host = await (await preflight()).open()
    await row(host, 'checks', '2 号评委').waitFor()
    await until('the tablet has told how it is', async () => /屏幕会自己熄灭/.test(await row(host, 'judges', '评委2').innerText()))
    assert.match(await row(host, 'judges', '评委2').innerText(), /往返 \d+ 毫秒[\s\S]*时钟差/)
    assert.match(await row(host, 'judges', '评委3').innerText(), /席位上没有设备[\s\S]*请评委扫描评委卡/)
    await page.bringToFront()
    await page.locator('header').tap()
    await until('the film keeps it on', async () => !/屏幕会自己熄灭/.test(await row(host, 'judges', '评委2').innerText()), 30_000)
    const again = await page.context().newPage()
    await again.goto(page.url())
    await until('two pages at one seat', async () => /同一席位打开了 2 个页面/.test(await row(host, 'judges', '评委2').innerText()))
    assert.match(await row(host, 'server', '磁盘').innerText(), /剩余 [\d.]+ GB\s· 写入一条记录 [\d.]+ 毫秒/)
    assert.match(await row(host, 'contest', '其余设置').innerText(), /7 位评委[\s\S]*权重合计 100/)
    for (const one of [page, host]) await one.context().close()
  })

  test('an address that has moved is on the console at once', async () => {
    const page = await preflight()
    await page.routeWebSocket(/\/ws\/host/, (line) => {
      const up = line.connectToServer()
      up.onMessage((text) => line.send(String(text).replace('"person_hosts":', '"address_moved":true,"person_hosts":')))
    })
    await page.open()
    await page.keyboard.press('Escape')
    await page.locator('.moved').waitFor()
    assert.match(await page.locator('.moved').innerText(), /地址变了[\s\S]*移交未送达的分数/)
    assert.deepEqual(await problems(page, { target: 32 }), [])
    await page.context().close()
  })

  for (const [kind, lang, theme] of [['tablet', 'zh', 'tech'], ['tablet-tall', 'en', 'gold'], ['phone', 'zh', 'light']]) {
    test(`/check on a ${kind} (${lang}, ${theme}) and the panel: nothing for axe at AA, large targets, nothing cut off`, async () => {
      const locale = lang === 'en' ? 'en-GB' : 'zh-CN'
      const page = await device(browser, kind, { locale })
      await page.goto(`http://podium.local:${server.port}/c/${code}/check?theme=${theme}`)
      await checked(page)
      await reported(page)
      assert.deepEqual(await problems(page), [])
      const host = await (await preflight({ locale }, `?theme=${theme}`)).open()
      assert.deepEqual(await problems(host, { target: 44 }), [])
      await host.emulateMedia({ media: 'print' })
      const picture = host.locator('.miniature').first()
      assert.deepEqual([await picture.count(), await picture.isVisible()], [1, false], 'only the panel goes on paper')
      assert.equal(await host.locator('.preflight .verdict').isVisible(), true)
      const pages = (await host.pdf({ format: 'A4' })).toString('latin1').match(/\/Count (\d+)/)[1]
      assert.ok(Number(pages) >= 2, 'all of it, not one sheet of it')
      assert.equal(await host.locator('dialog.preflight:modal').count(), 1, 'and it lies over the page again')
      for (const one of [page, host]) await one.context().close()
    })
  }

  test('the address changes: unsent marks go along to the new one, and count once', async (t) => {
    const journal = new Journal(server.data, code)
    const host = await Seat.of(api, code)
    t.after(() => host.close())
    const proxy = await Proxy.to(server.port, () => undefined)
    t.after(() => proxy.end())
    const page = await seated(browser, { port: proxy.port }, cards.J3, 'tablet')
    await host.open('R1-P1')
    await page.locator('.entry').waitFor()
    proxy.plan = () => ({ kind: 'refuse' })
    proxy.cut()
    await markAll(page)
    await submit(page)
    await holds(page, 'sending')
    // A scorecard, and a draft that changes it.
    await page.locator('.row').first().tap()
    await mark(page, '26')
    const menu = page.locator('dialog[open]')
    await page.locator('.more').tap()
    assert.equal(await menu.getByRole('button', { name: '移交未送达的分数' }).count(), 0, 'a line just lost may come back')
    await page.keyboard.press('Escape')
    await until('it is offered once the line has been gone for a while', async () => {
      await page.locator('.more').tap()
      const there = await menu.getByRole('button', { name: '移交未送达的分数' }).count()
      if (!there) await page.keyboard.press('Escape')
      return there
    }, 30_000, 500)
    await menu.getByRole('button', { name: '移交未送达的分数' }).tap()
    await page.getByRole('textbox', { name: '新地址' }).fill(`127.0.0.1:${server.port}`)
    assert.deepEqual(await problems(page), [])
    const address = await menu.locator('textarea').inputValue()
    assert.equal(new URL(address).origin, server.url)

    // There the seat is taken first: by number and PIN, since the printed card leads to the old address.
    await api.call('POST', `/api/contests/${code}/pairing`, { open: true })
    await menu.getByRole('link', { name: '带到新地址' }).tap()
    await page.locator('.came').waitFor()
    assert.equal(await page.evaluate(() => location.hash), '', 'the marks are erased from the address')
    assert.match(await page.locator('.came').innerText(), new RegExp(`3 号评委入座（大赛代码 ${code}）`))
    await page.reload()
    await page.locator('.came').waitFor()
    await page.locator('summary').tap()
    for (const [at, value] of [code, '3', cards.J3.pin].entries()) await page.locator('form input').nth(at).fill(value)
    await page.locator('form .btn.primary').tap()
    await page.getByRole('heading', { name: '把未送达的分数带过来？' }).waitFor()
    assert.match(await page.locator('main li').first().innerText(), /1 号[\s\S]*27\.5 · 20 · 16 · 12\.5 · 8/)
    assert.deepEqual(await problems(page), [])
    assert.equal(journal.of('R1-P1', 'J3').length, 0, 'nothing is sent before the judge agrees')
    await page.getByRole('button', { name: '核对无误，带过来' }).tap()
    await until('the scorecard stands', () => journal.of('R1-P1', 'J3').length === 1)
    assert.deepEqual(Object.values(journal.of('R1-P1', 'J3')[0].marks).map(String), MARKS)
    // The change that was not submitted came along as the draft it was.
    await holds(page, 'drafted')
    assert.equal(await page.locator('.row .mark').first().textContent(), '26')

    // The same link again: the same command, counted once.
    await page.goto('about:blank')
    await page.goto(address)
    await page.getByRole('button', { name: '核对无误，带过来' }).tap()
    await holds(page, 'drafted')
    await submit(page)
    await holds(page, 'received')
    assert.deepEqual(journal.of('R1-P1', 'J3').map((one) => Object.values(one.marks).map(String)[0]), ['27.5', '26'], 'two versions, neither of them twice')
    // And one that was not copied whole.
    await page.goto('about:blank')
    await page.goto(address.slice(0, -9))
    assert.match(await page.getByRole('alert').innerText(), /链接不完整/)
    await page.locator('main .btn').tap()
    await page.locator('.entry').waitFor()
    await page.context().close()
  })
})
