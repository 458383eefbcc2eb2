// Windows and rehearsals on a judge's tablet, by touch: what can be handed in now is what the server says, whatever the stage does.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { Api, Seat, Server, browse, mark, until } from './hall.mjs'
import { Journal } from './journal.mjs'
import { holds, markAll, seated, submit } from './tour.mjs'

const POLICY = { opens: 'by-hand', closes: 'by-hand', late: 'refused', warm_up: 0, announce_after: 0 }

describe('windows and rehearsals on the tablet', () => {
  let server, browser

  before(async () => {
    server = await Server.serve()
    browser = await browse(['--host-resolver-rules=MAP podium.local 127.0.0.1'])
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  /** A contest with this policy, its host, and the tablet of judge 2. */
  async function evening(policy, lang = 'zh', kind = 'tablet') {
    const api = new Api(server)
    if (server.claimed) await api.call('POST', '/api/login', { password: server.claimed })
    const { code, cards } = await api.contest()
    server.claimed = 'correct horse 亮分'
    if (policy) await api.call('PUT', `/api/contests/${code}/window`, { ...POLICY, ...policy })
    await api.call('POST', '/api/pair', { token: cards.host.token })
    const host = await Seat.of(api, code)
    const page = await seated(browser, server, cards.J2, kind, { lang })
    return { host, page, journal: new Journal(server.data, code), end: () => (host.close(), page.context().close()) }
  }
  const number = (page, n) => until(`project ${n}`, async () => (await page.locator('header .number').textContent())?.trim() === String(n))
  const found = async (page, name) => (await problems(page)).map((one) => `${name}: ${one}`)

  test('a window that opens with the pitch: the scorecard goes in while the team is on the stage, and can be amended', async () => {
    const { host, page, journal, end } = await evening({ opens: 'with-pitch' })
    await host.give({ do: 'start-pitch', pitch: 'R1-P1' })
    await number(page, 1)
    await markAll(page)
    await submit(page)
    await holds(page, 'received')
    assert.equal(host.view.hall.stage.phase, 'pitching')
    await host.give({ do: 'start-qa', pitch: 'R1-P1' })
    await page.locator('.row').first().tap()
    await mark(page, '28')
    await submit(page)
    await until('two versions', () => journal.of('R1-P1', 'J2').length === 2)
    assert.deepEqual(await found(page, 'early'), [])
    await end()
  })

  test('without that, marks are kept and wait for the window', async () => {
    const { host, page, end } = await evening()
    await host.give({ do: 'start-pitch', pitch: 'R1-P1' })
    await number(page, 1)
    await markAll(page)
    await holds(page, 'drafted')
    assert.ok(await page.locator('.go .primary').isDisabled())
    await host.give({ do: 'open-early', pitch: 'R1-P1' })
    await until('it opens early by hand', () => page.locator('.go .primary').isEnabled())
    await end()
  })

  for (const [lang, kind] of [['zh', 'tablet'], ['en', 'tablet-tall']]) {
    test(`the warm-up group (${lang}): an earlier pitch is not locked, is reached from the earlier marks, and is changed`, async () => {
      const { host, page, journal, end } = await evening({ warm_up: 2 }, lang, kind)
      const wrong = []
      await host.open('R1-P1')
      await number(page, 1)
      await markAll(page)
      await submit(page)
      await holds(page, 'received')
      await host.give({ do: 'close-window', pitch: 'R1-P1' })
      await page.locator('.status .open').waitFor()
      assert.match(await page.locator('.status .open').innerText(), lang === 'zh' ? /预热组，未锁定/ : /Warm-up group, not locked/)
      await holds(page, 'received')
      wrong.push(...(await found(page, 'closed, not locked')))
      await host.open('R1-P2')
      await number(page, 2)
      const earlier = page.locator('[aria-labelledby=still-open] .btn')
      assert.match(await earlier.innerText(), lang === 'zh' ? /预热组，未锁定/ : /Warm-up group, not locked/)
      wrong.push(...(await found(page, 'the earlier marks')))
      await earlier.tap()
      await number(page, 1)
      assert.match(await page.locator('.picked').innerText(), /1/)
      await markAll(page, ['29', '20', '16', '12.5', '8'])
      await submit(page)
      await until('version 2', () => journal.of('R1-P1', 'J2').length === 2)
      wrong.push(...(await found(page, 'picked')))
      await page.locator('.picked .btn').tap()
      await number(page, 2)
      await markAll(page)
      await submit(page)
      await holds(page, 'received')
      await earlier.tap()
      await number(page, 1)
      await host.give({ do: 'close-window', pitch: 'R1-P2' })
      await number(page, 2)
      await holds(page, 'counted')
      assert.equal(await earlier.count(), 0, 'the whole group is locked')
      assert.deepEqual(wrong, [])
      assert.deepEqual(page.complaints, [])
      await end()
    })
  }

  test('a first scorecard is still taken after closing where the policy says so, and then counts as it is', async () => {
    const { host, page, journal, end } = await evening({ late: 'until-announced' })
    await host.open('R1-P1')
    await host.give({ do: 'close-window', pitch: 'R1-P1' })
    await host.give({ do: 'start-pitch', pitch: 'R1-P2' })
    await number(page, 2)
    const late = page.locator('[aria-labelledby=still-open] .btn')
    assert.match(await late.innerText(), /未提交，仍可提交/)
    await late.tap()
    await number(page, 1)
    await markAll(page)
    await submit(page)
    await until('it is in', () => journal.of('R1-P1', 'J2').length === 1)
    await number(page, 2)
    assert.equal(await late.count(), 0)
    await end()
  })

  test('a window that closes by itself: the tablet counts down, and then the card is counted', async () => {
    const { host, page, end } = await evening({ closes: { after: 12 } })
    await host.open('R1-P1')
    await number(page, 1)
    const left = page.locator('.line .left')
    await until('the countdown', async () => /0:(0|1)\d/.test(await left.innerText()))
    await markAll(page)
    await submit(page)
    assert.deepEqual(await found(page, 'countdown'), [])
    await holds(page, 'counted')
    assert.equal(await left.count(), 0)
    await end()
  })

  test('a rehearsal is said, and leaves nothing behind', async () => {
    const { host, page, journal, end } = await evening()
    await host.give({ do: 'start-pitch', pitch: 'R1-P1' })
    await number(page, 1)
    await markAll(page, ['27.5', '20'])
    await holds(page, 'drafted')
    // It did not begin: brought back after a withdrawal it would be another run, which begins empty.
    await host.give({ do: 'undo', action: host.view.history[0].action })
    await host.give({ do: 'begin-rehearsal' })
    await page.locator('.stripe', { hasText: '彩排 · REHEARSAL' }).waitFor()
    assert.deepEqual(await found(page, 'rehearsal'), [])
    await host.open('R1-P1')
    await number(page, 1)
    assert.deepEqual(new Set(await page.locator('.row .mark').allTextContents()), new Set(['–']), 'nothing of the contest')
    await markAll(page)
    await submit(page)
    await holds(page, 'received')
    await host.give({ do: 'end-rehearsal' })
    await page.locator('.banner.word', { hasText: '彩排已结束，彩排中的评分已清除' }).waitFor()
    assert.equal(await page.locator('.stripe').count(), 0)
    await page.reload()
    await page.locator('.banner.word', { hasText: '彩排已结束' }).waitFor()
    await page.locator('.banner.word .btn').tap()
    await host.open('R1-P1')
    await number(page, 1)
    const own = await page.locator('.row .mark').allTextContents()
    assert.deepEqual(own, ['27.5', '20', '–', '–', '–'], 'what was written for the contest is there again, and nothing else')
    await holds(page, 'drafted')
    assert.deepEqual(journal.of('R1-P1', 'J2'), [])
    await end()
  })
})
