// Displays in real Chromium: screens show their codes, the host names and points them on the console, and the list says who is there.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, describe, test } from 'node:test'
import { Api, Seat, Server, browse, device, hold, until } from './hall.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe('displays', () => {
  let server, browser, api, code, host, hall, screen, second
  const codes = {}

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    api = new Api(server)
    const set = await api.contest()
    code = set.code
    host = await device(browser, 'laptop')
    await host.goto(`${server.url}/host#${set.cards.host.token}`)
    await host.locator('[data-desk=displays]').click()
    await host.locator('.displays').waitFor()
    // The host's seat is a page's now; the organiser drives the stage.
    hall = await Seat.of(api, code)
  })
  after(async () => {
    hall?.close()
    await browser?.close()
    await server?.end()
  })

  const card = (of) => host.locator(`.displays li[data-display="${of}"]`)
  const role = (page) => page.locator('main').getAttribute('data-role')
  const shows = (page, wanted) => until(`the role ${wanted}`, async () => (await role(page)) === wanted)
  const point = (of, label) => card(of).locator('select').selectOption({ label })
  const listed = () => host.locator('.displays li').evaluateAll((all) => all.map((one) => one.dataset.display))
  const press = (of, name) => card(of).getByRole('button', { name, exact: true }).click()

  async function named(of, name) {
    await card(of).locator('input').fill(name)
    await press(of, '命名')
    await until(`${of} is named`, async () => (await card(of).getByRole('button', { name: '命名' }).count()) === 0)
  }

  test('a screen shows its code, and the console lists it', async () => {
    assert.deepEqual(await listed(), [])
    screen = await device(browser, 'screen')
    await screen.goto(`${server.url}/screen`)
    second = await device(browser, 'screen', { viewport: { width: 1280, height: 720 } })
    await second.goto(`${server.url}/c/${code}/screen`)
    for (const [which, page, size] of [['first', screen, '1920 × 1080'], ['second', second, '1280 × 720']]) {
      codes[which] = (await page.locator('.tag .code').textContent()).trim()
      assert.match(codes[which], /^[0-9A-HJKMNP-TV-Z]{4}$/)
      await until('its size on the console', async () => (await card(codes[which]).innerText()).includes(size))
      assert.match(await card(codes[which]).innerText(), /在线/)
    }
    assert.notEqual(codes.first, codes.second)
    const address = await host.locator('.displays .address strong').textContent()
    assert.match(address, /^[\d.]+:\d+\/screen$/, 'the short address of the current contest')
    // The key is in no address that a hall could read, and in no page.
    const key = await screen.evaluate(() => localStorage.getItem('podium-display'))
    assert.match(key, /^[0-9a-f]{32}$/)
    assert.ok(!screen.url().includes(key) && !(await screen.content()).includes(key))
    assert.ok(!JSON.stringify(hall.view).includes(key))
  })

  test('the list can be used by everybody: nothing for axe at AA, targets of 44 px', async () => {
    await host.evaluate(axe)
    const violations = await host.evaluate(async () => {
      const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }
      const { violations } = await window.axe.run('.displays', rules)
      return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
    })
    assert.deepEqual(violations, [])
    const heights = await host.locator('.displays :is(button, input, select)').evaluateAll((all) => all.map((one) => one.offsetHeight))
    assert.ok(heights.length >= 8 && heights.every((height) => height >= 44), heights.join(' '))
  })

  test('it is named and pointed without loading again', async () => {
    await screen.evaluate(() => (window.sameLoad = true))
    await named(codes.first, '主屏')
    await until('no tag', async () => (await screen.locator('.tag').count()) === 0)
    assert.equal(await second.locator('.tag').count(), 1, 'the other one is still new')
    await point(codes.first, '排行榜')
    await screen.locator('.picture[data-scene=leaderboard]').waitFor()
    assert.equal(await second.locator('.picture[data-scene=cover]').count(), 1, 'the hall sees what it saw')
    await hall.give({ do: 'start-pitch', pitch: 'R1-P1' })
    await second.locator('.picture[data-scene=stage]').waitFor()
    assert.equal(await screen.locator('.picture[data-scene=leaderboard]').count(), 1, 'pinned')
    await point(codes.first, '演讲计时')
    await shows(screen, 'timer')
    assert.match(await screen.locator('.digits .text').innerText(), /^\d+:\d\d$/)
    await point(codes.first, '字幕条（透明底）')
    await screen.locator('.third').waitFor()
    // Reduced motion makes every change of a colour a transition of one frame: asked again until it holds.
    const grounds = () => screen.evaluate(() => ['body', ':root'].map((one) => getComputedStyle(document.querySelector(one)).backgroundColor))
    const clear = 'rgba(0, 0, 0, 0)'
    await until('nothing behind the lower third', async () => (await grounds()).every((ground) => ground === clear))
    await point(codes.first, '现场画面')
    await screen.locator('.picture[data-scene=stage]').waitFor()
    await until('its ground again', async () => !(await grounds()).includes(clear))
    await card(codes.first).locator('input').fill('大屏幕')
    await card(codes.first).locator('input').press('Tab')
    await until('the new name', () => Object.values(hall.view.presence.displays).some((one) => one.name === '大屏幕'))
    assert.equal(await screen.evaluate(() => window.sameLoad), true)
  })

  test('it says who it is when the host asks, and loads again when it is told to', async () => {
    await press(codes.first, '识别')
    const tag = screen.locator('.tag.large')
    await tag.waitFor()
    assert.match(await tag.innerText(), new RegExp(`大屏幕\\s+${codes.first}`))
    assert.equal(await second.locator('.tag.large').count(), 0)
    await press(codes.first, '刷新')
    await until('it has loaded again', async () => (await screen.evaluate(() => window.sameLoad)) === undefined)
    await shows(screen, 'program')
    await screen.locator('.picture').waitFor()
    assert.equal(await screen.locator('.tag').count(), 0, 'it is known')
    await until('it is listed once', async () => (await listed()).filter((one) => one === codes.first).length === 1)
  })

  test('a clone follows, and is offered only what it can follow', async () => {
    await named(codes.second, '侧屏')
    await point(codes.second, '同“大屏幕”')
    await point(codes.first, '排行榜')
    await second.locator('.picture[data-scene=leaderboard]').waitFor()
    await point(codes.first, '演讲计时')
    await shows(second, 'timer')
    const offered = (of) => card(of).locator('optgroup option').allTextContents()
    assert.deepEqual(await offered(codes.first), [], 'it is followed itself')
    assert.deepEqual(await offered(codes.second), ['同“大屏幕”'])
    const [main] = Object.entries(hall.view.presence.displays).find(([, one]) => one.code === codes.first)
    const itself = api.call('PUT', `/api/contests/${code}/displays/${main}`, { name: 'x', role: 'clone', of: main })
    await assert.rejects(itself, /409 .*cannot-follow/)
  })

  test('the list says who is there', async () => {
    // A second window of the same browser is the same display.
    const twin = await second.context().newPage()
    await twin.goto(`${server.url}/screen`)
    await until('two pages', async () => (await card(codes.second).innerText()).includes('同时打开了 2 个页面'))
    await shows(twin, 'timer')
    await twin.close()
    await until('one page', async () => !(await card(codes.second).innerText()).includes('同时打开了'))
    // An overlay for a video mixer has no key: it is counted, not listed.
    const mixer = await device(browser, 'screen')
    await mixer.goto(`${server.url}/c/${code}/overlay`)
    await mixer.locator('.third').waitFor()
    await until('one more screen', async () => (await host.locator('.displays').innerText()).includes('另有 1 个没有代码的屏幕'))
    // Nothing behind the lower third: the picture's corner is clear.
    const png = await mixer.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: 8, height: 8 } })
    const alpha = await screen.evaluate(async (data) => {
      const picture = new Image()
      picture.src = `data:image/png;base64,${data}`
      await picture.decode()
      const draw = document.createElement('canvas').getContext('2d')
      draw.drawImage(picture, 0, 0)
      return draw.getImageData(2, 2, 1, 1).data[3]
    }, png.toString('base64'))
    assert.equal(alpha, 0)
    await mixer.context().close()

    const third = await device(browser, 'screen')
    await third.goto(`${server.url}/screen`)
    const stranger = (await third.locator('.tag .code').textContent()).trim()
    await card(stranger).waitFor()
    assert.equal((await listed())[0], stranger, 'new ones first')
    // Killed, as a browser that crashes is: without a word from the page.
    await third.goto('chrome://crash').catch(() => {})
    await until('the stranger is gone', async () => !(await listed()).includes(stranger))
    await second.context().close()
    await until('the named one is away', async () => (await card(codes.second).innerText()).includes('不在线'))
    assert.equal(await card(codes.second).getByRole('button', { name: '识别' }).isDisabled(), true)
    await hold(card(codes.second).getByRole('button', { name: '移除' }))
    await until('it is forgotten', async () => !(await listed()).includes(codes.second))
  })

  test('the server starts again: the picture stays, then the name is there', async () => {
    await point(codes.first, '排行榜')
    await screen.locator('.picture[data-scene=leaderboard]').waitFor()
    await screen.evaluate(() => (window.sameLoad = true))
    await server.kill()
    await screen.locator('.dot').waitFor()
    assert.equal(await screen.locator('.picture[data-scene=leaderboard]').count(), 1)
    await server.restart()
    await until('it is back', async () => (await screen.locator('.dot').count()) === 0, 30_000)
    assert.equal(await role(screen), 'leaderboard')
    assert.equal(await screen.locator('.tag').count(), 0)
    await until('the console lists it', async () => (await card(codes.first).innerText()).includes('在线'), 30_000)
    assert.equal(await card(codes.first).locator('input').inputValue(), '大屏幕')
    assert.equal(await screen.evaluate(() => window.sameLoad), true)
    assert.deepEqual([...screen.complaints, ...host.complaints], [])
  })

  test('a screen has neither cursor nor scroll bar', async () => {
    const look = await screen.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement
      return [getComputedStyle(document.querySelector('main')).cursor, scrollHeight > clientHeight, scrollWidth > clientWidth]
    })
    assert.deepEqual(look, ['none', false, false])
  })
})
