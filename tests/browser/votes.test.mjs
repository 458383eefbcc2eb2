// The audience votes: the organiser asks and prints seat codes, phones choose and are told when their ballot is on disk, the big
// screen shows the question, the countdown and the counts, each when the host says so.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { Api, Seat, Server, browse, device, until } from './hall.mjs'
import { faults } from './stage.mjs'

const password = 'correct horse 亮分'

describe("the audience's vote", () => {
  let server, browser, api, code, host, screen, phones, urls, truth

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    api = new Api(server)
    ;({ code } = await api.contest(4, password))
    const { rule } = await api.call('GET', `/api/contests/${code}`)
    assert.equal(rule.audience, '0')
    await api.call('POST', `/api/contests/${code}/preset`, { preset: 'audience-80-20' })
    const cards = await api.cards(code, ['host', 'J1', 'J2', 'J3'])
    for (const seat of ['host', 'J1', 'J2', 'J3']) await api.call('POST', '/api/pair', { token: cards[seat].token })
    host = await Seat.of(api, code)
    screen = await device(browser, 'screen')
    await screen.goto(`${server.url}/c/${code}/screen`)
    // Two projects are scored and told before the vote, with plates left out.
    await api.call('PUT', `/api/contests/${code}/window`, { opens: 'by-hand', closes: 'by-hand', late: 'refused', warm_up: 0, announce_after: 0, plates: 'none', freeze: 0, reveal: 'last-to-first' })
    const judges = await Promise.all(['J1', 'J2', 'J3'].map((seat) => Seat.of(api, code, seat)))
    const { order } = host.view.hall
    for (const [at, pitch] of order.entries()) {
      if (at > 1) await host.give({ do: 'mark-absent', pitch })
      else {
        await host.open(pitch)
        for (const judge of judges) {
          await until('the window is open', () => judge.view.open.includes(pitch))
          await judge.card(pitch, at === 0 ? ['28', '22', '18', '12', '8'] : ['26', '20', '16', '12', '8'])
        }
        await host.give({ do: 'close-window', pitch })
        await host.give({ do: 'begin-announcement', pitch })
        await host.give({ do: 'reveal-pitch', pitch })
      }
    }
    for (const judge of judges) judge.close()
    truth = { first: order[0], second: order[1] }
  })
  after(async () => {
    host?.close()
    await browser?.close()
    await server?.end()
  })

  const scene = (name) => until(`the screen shows ${name}`, async () => (await screen.locator('.picture').getAttribute('data-scene')) === name)
  const ballots = (count) => until(`${count} ballots are in`, () => host.view.ballots?.ballots === count)
  const short = (pitch) => host.view.hall.projects[pitch].name
  const state = (page) => page.locator('.vote .state').getAttribute('data-ballot')
  const whole = async (page, what) => {
    assert.deepEqual(await problems(page, { target: 24 }), [], what)
    for (const input of await page.locator('.vote label').all()) assert.ok((await input.boundingBox()).height >= 56, what)
  }

  test('the organiser asks in the browser, and prints codes that are shown once', async () => {
    const page = await device(browser, 'laptop', { locale: 'zh-CN' })
    await page.goto(`${server.url}/organise?contest=${code}&lang=zh`)
    await page.locator('input[type=password]').fill(password)
    await page.locator('form .btn.primary').click()
    await page.locator('nav .step').nth(1).click()
    const ask = page.locator('section[aria-labelledby=ask-title]')
    await ask.waitFor()
    assert.match(await ask.textContent(), /20%/)
    // Where the vote is part of the score, one a device is not enough: a sentence says so, and nothing was saved.
    await ask.locator('.wide input').fill('最受欢迎项目')
    await ask.locator('.choice input').nth(1).check()
    await ask.locator('.btn.primary').click()
    await ask.locator('.no').waitFor()
    assert.equal((await api.call('GET', `/api/contests/${code}`)).vote, undefined)
    await ask.locator('.choice input').nth(0).check()
    await ask.locator('.numbers input').nth(0).fill('2')
    await ask.locator('.btn.primary').click()
    await until('it is saved', async () => (await ask.locator('.mark').count()) === 0)
    const saved = (await api.call('GET', `/api/contests/${code}`)).vote
    assert.deepEqual([saved.title, saved.most, saved.admission, saved.secs, saved.choices.length], ['最受欢迎项目', 2, 'codes', 120, host.view.hall.order.length])

    await page.locator('nav .step').nth(2).click()
    await page.locator('.field input[inputmode=numeric]').fill('5')
    const make = page.locator('section', { hasText: '投票座位码' }).locator('.btn').first()
    await make.click()
    const cards = page.locator('.seats article img')
    await cards.nth(4).waitFor()
    urls = await cards.evaluateAll((all) => all.map((one) => new URL(one.src).searchParams.get('d')))
    assert.equal(new Set(urls).size, 5)
    for (const url of urls) assert.match(url, /#vote=[0-9a-f]{32}$/)
    await cards.nth(0).scrollIntoViewIfNeeded()
    await until('a QR code is drawn', () => cards.nth(0).evaluate((one) => one.complete && one.naturalWidth > 0))
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('.screen-only').first().isVisible(), false)
    // The refusal above is in the browser's own log.
    assert.deepEqual(page.complaints.filter((one) => !one.includes('409')), [])
    await page.context().close()
    // The address of the card is this server's, as its guests reach it; here they come by loopback.
    urls = urls.map((url) => `${server.url}/c/${code}/${new URL(url).hash}`)
    await until('the console knows the codes', () => host.view.ballots?.issued === 5)
  })

  test('open: the screen and the phones have the question; a ballot is received when it is on disk', async () => {
    phones = []
    for (const [at, lang] of ['zh', 'en', 'zh'].entries()) {
      const page = await device(browser, 'phone', { locale: lang === 'en' ? 'en-GB' : 'zh-CN', ...(at === 2 ? { colorScheme: 'light' } : {}) })
      await page.goto(`${server.url}/c/${code}/?lang=${lang}${at < 2 ? new URL(urls[at]).hash : ''}`)
      phones.push(page)
    }
    const [first, second, third] = phones
    await until('the code has left the address', async () => (await first.evaluate(() => location.hash)) === '')
    // Who has scanned is told that it begins soon; who has not sees nothing of it yet.
    await until('it begins soon', async () => (await first.locator('.vote').getAttribute('data-state')) === 'ready')
    assert.equal(await third.locator('.vote').count(), 0)
    await host.give({ do: 'open-vote' })
    await scene('vote')
    assert.deepEqual(await faults(screen), [])
    await screen.locator('.vote .left').waitFor()
    await third.locator('.vote .note').waitFor()
    assert.equal(await third.locator('.vote input').count(), 0, 'without a code there is nothing to press')
    await first.locator('.vote label').nth(1).tap()
    await whole(first, 'choosing, zh')
    assert.equal(await state(first), 'changed')
    await first.locator('.vote .send .btn').tap()
    await until('it is received', async () => (await state(first)) === 'received')
    await ballots(1)
    await first.reload()
    await until('it is still received', async () => (await state(first)) === 'received')

    // More than two are not taken; another choice takes the place of the first.
    await second.locator('.vote label').nth(0).tap()
    await second.locator('.vote label').nth(1).tap()
    assert.equal(await second.locator('.vote label input').nth(2).isDisabled(), true)
    await whole(second, 'choosing, en')
    await second.locator('.vote .send .btn').tap()
    await until('it is received', async () => (await state(second)) === 'received')
    await ballots(2)
    await first.locator('.vote label').nth(0).tap()
    await first.locator('.vote .send .btn').tap()
    await until('it is received', async () => (await state(first)) === 'received')
    assert.equal(host.view.ballots.ballots, 2, 'a changed ballot is no second one')
  })

  test('a lost line: never received before it is, and then by itself; a code on another phone is refused with a sentence', async () => {
    const page = await device(browser, 'phone')
    await page.goto(urls[2])
    await page.locator('.vote label').nth(1).tap()
    await page.route('**/ballots', (route) => route.abort())
    await page.locator('.vote .send .btn').tap()
    await until('it says that it waits', async () => /重试/.test(await page.locator('.vote .state').textContent()))
    assert.equal(await state(page), 'changed')
    assert.equal(host.view.ballots.ballots, 2)
    await page.unroute('**/ballots')
    await until('it is received by itself', async () => (await state(page)) === 'received')
    await ballots(3)

    const copy = await device(browser, 'phone')
    await copy.goto(urls[2])
    await copy.locator('.vote label').nth(0).tap()
    await copy.locator('.vote .send .btn').tap()
    await copy.locator('.vote .no').waitFor()
    assert.match(await copy.locator('.vote .no').textContent(), /另一台手机/)
    assert.equal(host.view.ballots.ballots, 3)
    for (const one of [page, copy]) await one.context().close()
  })

  test('closed: no count anywhere; told: the counts are on the screen and the phones, and in the standings', async () => {
    await host.give({ do: 'close-vote' })
    await until('the phone says so', async () => (await phones[0].locator('.vote').getAttribute('data-state')) === 'closed')
    await until('the screen says so', async () => (await screen.locator('.vote').getAttribute('data-state')) === 'closed')
    assert.deepEqual(await faults(screen), [])
    const before = await (await fetch(`${server.url}/api/contests/${code}/public`)).json()
    assert.equal(before.vote.result, undefined)
    await host.give({ do: 'reveal-vote' })
    await screen.locator('.vote .votes').first().waitFor()
    const rows = await screen.locator('.vote li').evaluateAll((all) => all.slice(0, 2).map((row) => [row.querySelector('.name').textContent, row.querySelector('.votes').textContent]))
    assert.deepEqual(rows, [[short(truth.second), '3 票'], [short(truth.first), '2 票']])
    assert.deepEqual(await faults(screen), [])
    for (const phone of phones) await phone.locator('.vote ol').waitFor()
    assert.match(await phones[0].locator('.vote .own').first().textContent(), new RegExp(short(truth.second).slice(0, 4)))
    await whole(phones[1], 'told, en')
    // 0.8 of the judges' score and 0.2 of the share of most votes: 88 and 66.67, 82 and 100.
    const { standings } = await (await fetch(`${server.url}/api/contests/${code}/public`)).json()
    assert.deepEqual(standings.map((row) => [row.pitch, row.score]), [[truth.second, '85.60'], [truth.first, '83.73']])
    for (const page of [...phones, screen]) assert.deepEqual(page.complaints, [])
  })
})
