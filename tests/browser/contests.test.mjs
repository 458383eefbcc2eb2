// A second contest beside one that is running: the hall goes on seeing the first until the organiser says otherwise, and the
// page says which one it sees.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Api, Seat, Server, browse, device } from './hall.mjs'

const password = 'correct horse 亮分'

describe('several contests', () => {
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

  const shown = async () => (await (await fetch(`${server.url}/api/current`)).json()).code
  const enter = async (path) => {
    const page = await device(browser, 'laptop', { locale: 'en-GB' })
    await page.goto(`${server.url}${path}`)
    await page.locator('input[type=password]').fill(password)
    await page.locator('form .btn.primary').click()
    return page
  }

  test('a new contest leaves the hall as it is, and the switch asks while one is running', async () => {
    const page = await enter('/organise?lang=en')
    await page.locator('.brand').click()
    await page.locator('form .field.wide input').fill('Second')
    await page.locator('form .btn.primary').click()
    const other = page.locator('.other')
    await other.waitFor()
    assert.match(await other.textContent(), /The hall is shown “/)
    assert.equal(await shown(), code)

    await host.give({ do: 'start-pitch', pitch: 'R1-P1' })
    await other.getByRole('button', { name: 'Show this one to the hall' }).click()
    const dialog = page.locator('dialog[open]')
    assert.match(await dialog.locator('h2').textContent(), /is running$/)
    await dialog.getByRole('button', { name: 'Leave it as it is' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await shown(), code, 'only asked')
    await other.getByRole('button', { name: 'Show this one to the hall' }).click()
    await dialog.getByRole('button', { name: 'Switch all the same' }).click()
    await other.waitFor({ state: 'detached' })
    assert.equal(await shown(), new URL(page.url()).searchParams.get('contest'))
    assert.deepEqual(page.complaints.filter((one) => !one.includes('409')), [])
    await page.close()
  })
})
