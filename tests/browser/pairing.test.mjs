// Somebody guesses PINs while pairing is open: the console names real seats alone, and their rows can be dismissed.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Api, Server, browse, until, withSeats } from './hall.mjs'

describe('who asks for a seat', () => {
  let server, browser, api, code

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    api = new Api(server)
    const set = await api.contest(0)
    code = set.code
    await api.call('POST', '/api/pair', { token: set.cards.host.token })
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  test('guessing at invented seats fills no console, and the row of a real one can be dismissed', async () => {
    await api.call('POST', `/api/contests/${code}/pairing`, { open: true })
    const guess = (seat) =>
      fetch(`${server.url}/api/pair/typed`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url },
        body: JSON.stringify({ contest: code, seat, pin: 'no PIN' }),
      })
    for (let n = 0; n < 70; n += 1) await guess(`J${900 + n}`)
    assert.equal((await guess('J1')).status, 403)
    const page = await withSeats(browser, server, api, 'laptop', { locale: 'en-GB' })
    await page.goto(`${server.url}/c/${code}/host?lang=en`)
    await page.locator('[data-desk=judges]').click()
    const rows = page.locator('.ask').filter({ hasText: 'asks for the seat' })
    await until('one row', async () => (await rows.count()) === 1)
    await rows.getByRole('button', { name: 'Dismiss' }).click()
    await until('no row', async () => (await rows.count()) === 0)
    await page.close()
  })
})
