// The organiser's look: a theme, an accent colour that can be read, a logo from any picture; on the screen and the phones at once.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { Api, Server, browse, device, until } from './hall.mjs'
import { faults } from './stage.mjs'

const password = 'correct horse 亮分'
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><script>alert(1)</script><rect width="300" height="100" fill="#e33"/></svg>'

describe("the organiser's look", () => {
  let server, browser, api, code

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    api = new Api(server)
    ;({ code } = await api.contest(0, password))
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  const theme = (page) => page.evaluate(() => document.documentElement.dataset.theme)
  const accent = (page) => page.evaluate(() => getComputedStyle(document.querySelector('.picture, main')).getPropertyValue('--accent').trim())

  test('set in the browser, seen by everybody who has not chosen otherwise; refused where it cannot be read', async () => {
    const screen = await device(browser, 'screen')
    await screen.goto(`${server.url}/c/${code}/screen`)
    const own = await device(browser, 'screen')
    await own.goto(`${server.url}/c/${code}/screen?theme=tech`)
    const dark = await device(browser, 'phone', { colorScheme: 'dark' })
    await dark.goto(`${server.url}/c/${code}/`)
    const light = await device(browser, 'phone', { colorScheme: 'light' })
    await light.goto(`${server.url}/c/${code}/`)
    await until('the phones are there', async () => (await theme(light)) === 'light' && (await theme(dark)) === 'tech')

    const page = await device(browser, 'laptop', { locale: 'zh-CN' })
    await page.goto(`${server.url}/organise?contest=${code}&lang=zh`)
    await page.locator('input[type=password]').fill(password)
    await page.locator('form .btn.primary').click()
    await page.locator('nav .step').nth(1).click()
    const section = page.locator('section[aria-labelledby=about-title]')
    await section.locator('select').selectOption('gold')
    await section.locator('input').nth(0).fill('太湖青年创业大赛')
    await section.locator('input[type=color]').fill('#401010')
    await section.locator('.btn.primary').click()
    await section.locator('.no').waitFor()
    assert.match(await section.locator('.no').textContent(), /看不清/)
    await section.locator('input[type=color]').fill('#ffe9c0')
    await section.locator('.btn.primary').click()
    await until('the screen is gold', async () => (await theme(screen)) === 'gold' && (await accent(screen)) === '#ffe9c0')
    assert.match(await screen.locator('.picture').textContent(), /太湖青年创业大赛/)
    assert.deepEqual([await theme(own), await theme(light)], ['tech', 'light'])
    await until('a dark phone follows', async () => (await theme(dark)) === 'gold')

    // Whatever the picture was, the server keeps a PNG.
    await section.locator('input[type=file]').setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(SVG) })
    await section.locator('img').waitFor()
    const logo = screen.locator('.cover img.logo')
    await logo.waitFor()
    await until('it is drawn', () => logo.evaluate((one) => one.complete && one.naturalWidth > 0))
    const answer = await fetch(server.url + (await logo.getAttribute('src')))
    assert.equal(answer.headers.get('content-type'), 'image/png')
    assert.deepEqual([...new Uint8Array(await answer.arrayBuffer()).slice(1, 4)], [0x50, 0x4e, 0x47])
    await light.locator('header img.logo').waitFor()
    assert.deepEqual(await faults(screen), [])
    assert.deepEqual(await problems(light, { target: 24 }), [])
    await section.locator('.btn', { hasText: '去掉标志' }).click()
    await until('it is gone', async () => (await screen.locator('.cover img.logo').count()) === 0)
    for (const one of [screen, own, dark, light]) assert.deepEqual(one.complaints, [])
    // The colour that was refused is in the browser's own log.
    assert.deepEqual(page.complaints.filter((one) => !one.includes('409')), [])
  })
})
