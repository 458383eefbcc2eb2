// A judge's tablet in real Chromium, by touch, on plain http under a name of the network: what only secure contexts have is
// not there. Access is checked in every state.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { Api, FULL, Seat, Server, browse, device, mark, until, withSeats } from './hall.mjs'
import { Journal } from './journal.mjs'
import { Proxy, trouble } from './proxy.mjs'
import { SEED, random } from './random.mjs'
import { MARKS, draw, holds, markAll, seated, submit, tour } from './tour.mjs'

const number = async (page) => (await page.locator('header .number').textContent())?.trim()

/** A contest with its host; judges take their seats by card. */
async function evening(server) {
  const api = new Api(server)
  if (server.claimed) await api.call('POST', '/api/login', { password: server.claimed })
  const { code, cards } = await api.contest()
  server.claimed = 'correct horse 亮分'
  await api.call('POST', '/api/pair', { token: cards.host.token })
  const journal = new Journal(server.data, code)
  return { api, code, cards, journal, host: await Seat.of(api, code) }
}

describe("the judge's tablet", () => {
  let server, browser

  before(async () => {
    server = await Server.serve()
    browser = await browse(['--host-resolver-rules=MAP podium.local 127.0.0.1'])
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  for (const [kind, lang] of [['tablet', 'zh'], ['tablet-tall', 'en']]) {
    test(`every state on a ${kind} (${lang}): nothing for axe at AA, targets of 48 px, nothing cut off, no motion`, async () => {
      const found = []
      const states = []
      const complaints = await tour(browser, server, kind, lang, async (page, name) => {
        states.push(name)
        found.push(...(await problems(page)).map((one) => `${name}: ${one}`))
      })
      assert.deepEqual(found, [])
      assert.deepEqual(complaints, [])
      assert.ok(states.length >= 23, `${states.length} states`)
    })
  }

  test('a whole scorecard by keyboard alone', async () => {
    const { cards, host, journal } = await evening(server)
    const page = await seated(browser, server, cards.J1, 'tablet')
    await host.open('R1-P1')
    await page.locator('.entry').waitFor()
    for (const one of MARKS) {
      await page.keyboard.type(one)
      // A keyboard leads on by Enter alone: a digit too many is no other criterion's.
      await page.keyboard.press('Enter')
    }
    const go = page.locator('.go .primary')
    for (let tabs = 0; tabs < 60 && !(await go.evaluate((one) => one === document.activeElement)); tabs += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('dialog[open]').waitFor()
    for (let tabs = 0; tabs < 10; tabs += 1) {
      const last = await page.evaluate(() => document.activeElement?.matches('dialog .primary'))
      if (last) break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await holds(page, 'received')
    assert.deepEqual(Object.values(journal.of('R1-P1', 'J1')[0].marks).map(String), MARKS)
    host.close()
    await page.context().close()
  })

  test('reload and a killed tab: what was written is there, and says so', async () => {
    const { cards, host } = await evening(server)
    const page = await seated(browser, server, cards.J1, 'tablet')
    await host.open('R1-P1')
    await page.locator('.entry').waitFor()
    await page.context().setOffline(true)
    await mark(page, '27.5')
    await mark(page, '20')
    await holds(page, 'kept')
    await page.context().setOffline(false)
    await page.reload()
    await holds(page, 'drafted')
    const shown = async (one) => (await one.locator('.row .mark').allTextContents()).slice(0, 2)
    assert.deepEqual(await shown(page), ['27.5', '20'])
    const url = page.url()
    const context = page.context()
    await page.close({ runBeforeUnload: false })
    const again = await context.newPage()
    await again.goto(url)
    await holds(again, 'drafted')
    assert.deepEqual(await shown(again), ['27.5', '20'])
    host.close()
    await context.close()
  })

  test('a dead tablet is replaced: card, PIN, and every draft is there; the old one is told and stays silent', async () => {
    const { cards, host } = await evening(server)
    const page = await seated(browser, server, cards.J1, 'tablet')
    await host.open('R1-P1')
    await page.locator('.entry').waitFor()
    await mark(page, '27.5')
    await page.locator('textarea').nth(1).fill('问成本')
    await holds(page, 'drafted')
    const began = Date.now()
    const other = await seated(browser, server, cards.J1, 'tablet', { pin: true })
    await holds(other, 'drafted')
    assert.ok(Date.now() - began < 30_000)
    assert.equal(await other.locator('.row .mark').first().textContent(), '27.5')
    assert.equal(await other.locator('textarea').nth(1).inputValue(), '问成本', 'the private note, too')
    await page.locator('.over h1').waitFor()
    assert.match(await page.locator('.over').textContent(), /另一台设备/)
    const sockets = []
    page.on('websocket', (socket) => sockets.push(socket.url()))
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await page.waitForTimeout(1_500)
    assert.deepEqual(sockets, [], 'an ended session does not come back')
    host.close()
    for (const one of [page, other]) await one.context().close()
  })

  test('a card issued again ends the session at once, and its PIN opens nothing', async () => {
    const { api, code, cards, host } = await evening(server)
    const page = await seated(browser, server, cards.J1, 'tablet')
    const fresh = await api.cards(code, ['J1'])
    await page.locator('.over h1').waitFor()
    assert.match(await page.locator('.over').textContent(), /登录已失效/)
    const old = await device(browser, 'tablet')
    await old.goto(`http://podium.local:${server.port}/judge#${cards.J1.token}`)
    await old.locator('[role=alert]').waitFor()
    assert.match(await old.locator('[role=alert]').textContent(), /卡片无效/)
    const again = await seated(browser, server, fresh.J1, 'tablet')
    assert.equal(await again.locator('.me').textContent(), '评委1组长')
    host.close()
    for (const one of [page, old, again]) await one.context().close()
  })

  test('the rubric changes before the first scorecard: the judge is told, what still fits stays', async () => {
    const { api, code, cards, host, journal } = await evening(server)
    const page = await seated(browser, server, cards.J2, 'tablet')
    await host.open('R1-P1')
    await page.locator('.entry').waitFor()
    await mark(page, '27.5')
    await mark(page, '20')
    const organiser = await asOrganiser(browser, server, api, code)
    const rubric = organiser.locator('section', { hasText: '保存评分标准' }).or(organiser.locator('section', { hasText: '添加评分项' })).first()
    await rubric.locator('li').nth(1).locator('input').nth(1).fill('15')
    for (let gone = 0; gone < 3; gone += 1) await rubric.locator('li').nth(2).locator('button').click()
    await rubric.getByRole('button', { name: '添加评分项' }).click()
    await rubric.locator('li').nth(2).locator('input').nth(0).fill('社会价值')
    await rubric.locator('li').nth(2).locator('input').nth(2).fill('1')
    await rubric.getByRole('button', { name: '保存评分标准' }).click()
    await page.locator('.banner.word').waitFor()
    assert.match(await page.locator('.banner.word').textContent(), /评分标准已更新/)
    assert.deepEqual(await page.locator('.row .mark').allTextContents(), ['27.5', '20', '–'])
    assert.equal(await page.locator('.row .mark.wrong').count(), 1, 'a mark over the new maximum is pointed out')
    await page.locator('.row').nth(1).tap()
    await mark(page, '15')
    await page.locator('.row').nth(2).tap()
    await mark(page, '9')
    await submit(page)
    await holds(page, 'received')
    assert.deepEqual(journal.of('R1-P1', 'J2').map((one) => one.marks), [{ c1: '27.5', c2: '15', c3: '9' }])
    host.close()
    for (const one of [page, organiser]) await one.context().close()
  })

  test('a window that closes while the scorecard waits: told what did not count; the host takes it, and it goes by itself', async () => {
    const { api, code, cards, host, journal } = await evening(server)
    const console_ = await withSeats(browser, server, api)
    await console_.goto(`${server.url}/c/${code}/host`)
    const page = await seated(browser, server, cards.J2, 'tablet')
    await host.open('R1-P1')
    await page.locator('.entry').waitFor()
    await markAll(page)
    await page.context().setOffline(true)
    await submit(page)
    await holds(page, 'sending')
    await host.give({ do: 'close-window', pitch: 'R1-P1' })
    await page.context().setOffline(false)
    await holds(page, 'refused')
    assert.match(await page.locator('.state').textContent(), /没有计入/)
    // The seat without a page has driven until now.
    await console_.locator('.take').click()
    await console_.locator('[data-desk=judges]').click()
    const call = console_.locator('.call', { hasText: '评委2' })
    await call.locator('.btn').click()
    await holds(page, 'counted')
    await until('the scorecard stands once', () => journal.of('R1-P1', 'J2').length === 1)
    assert.deepEqual(Object.values(journal.of('R1-P1', 'J2')[0].marks).map(String), MARKS)
    // What counts may be wrong, too: the judge asks, the host gives it back with a reason.
    await page.locator('.late .btn').tap()
    await console_.locator('.call', { hasText: '请求退回 1 号' }).locator('.btn').click()
    await console_.locator('dialog[open] input').fill('评委要求更正')
    await console_.locator('dialog[open] .primary').click()
    await page.locator('.entry').waitFor()
    await page.locator('.row').first().tap()
    await mark(page, '26.5')
    await submit(page)
    await until('the second version stands', () => journal.of('R1-P1', 'J2').length === 2)
    host.close()
    for (const one of [page, console_]) await one.context().close()
  })

  test('changed and not sent when the window closes: what counts stands first, the change beside it', async () => {
    const { cards, host, journal } = await evening(server)
    const page = await seated(browser, server, cards.J2, 'tablet')
    await host.open('R1-P1')
    await page.locator('.entry').waitFor()
    await markAll(page)
    await submit(page)
    await holds(page, 'received')
    const sum = () => page.locator('.sum output').textContent()
    const counted = await sum()
    await page.locator('.row').first().tap()
    await mark(page, '10')
    await holds(page, 'drafted')
    const changed = await sum()
    assert.notEqual(changed, counted)
    const state = await page.locator('.state').textContent()
    assert.ok(state.includes(`第 1 版（${counted} 分）仍然有效`), state)
    await host.give({ do: 'close-window', pitch: 'R1-P1' })
    await holds(page, 'counted')
    assert.equal(await sum(), counted, 'the sum of what counts')
    assert.equal(await page.locator('.row .mark').first().textContent(), MARKS[0])
    const beside = await page.locator('.uncounted').textContent()
    for (const part of [changed, '10', MARKS[0]]) assert.ok(beside.includes(part), `${part} in ${beside}`)
    assert.equal(journal.of('R1-P1', 'J2').length, 1)
    // Given back, it goes on from the change.
    await host.give({ do: 'reopen-scorecard', pitch: 'R1-P1', judge: 'J2', reason: '评委申请' })
    await page.locator('.entry').waitFor()
    assert.equal(await sum(), changed)
    assert.equal(await page.locator('.uncounted').count(), 0)
    host.close()
    await page.context().close()
  })

  test('k of n, and the reason: recusal and abstention in the browser', async () => {
    const { api, code, cards, host } = await evening(server)
    const page = await seated(browser, server, cards.J2, 'tablet')
    const screen = await device(browser, 'screen')
    await screen.goto(`${server.url}/c/${code}/screen`)
    // The organiser knows of a conflict beforehand.
    const organiser = await asOrganiser(browser, server, api, code)
    await organiser.getByLabel('评委组长').selectOption('J4')
    await until('another chair', () => host.view.judges.J4.chair && !host.view.judges.J1.chair)
    const form = organiser.locator('section', { hasText: '事先声明的回避' }).locator('form')
    await form.locator('select').nth(0).selectOption('J3')
    await form.locator('select').nth(1).selectOption('R1-P2')
    await form.locator('input').fill('同单位')
    await form.locator('button').click()
    await until('the conflict is listed', async () => /评委3.*同单位/s.test(await organiser.locator('body').innerText()))
    await until('the console knows it', () => host.view.pitches['R1-P2'].recused?.join() === 'J3')
    await organiser.context().close()
    await host.open('R1-P1')
    await until('seven judges', async () => (await screen.locator('.lights i').count()) === 7)
    await page.locator('.aside .btn').nth(1).tap()
    await page.locator('dialog[open] .chips .btn').first().tap()
    await page.locator('dialog[open] .primary').tap()
    await until('six judges', async () => (await screen.locator('.lights i').count()) === 6)
    assert.match(await page.locator('.away').textContent(), /弃权不是 0 分/)
    await page.locator('.away .btn').tap()
    await until('seven again', async () => (await screen.locator('.lights i').count()) === 7)
    host.close()
    for (const one of [page, screen]) await one.context().close()
  })

  test('in the hall the film keeps the screen on; where the browser allows it, a wake lock, and the page opens without a line', async () => {
    const { cards, host } = await evening(server)
    const device = (seat) => host.view.presence.judges[seat]?.device
    const plain = await seated(browser, server, cards.J1, 'tablet')
    assert.equal(await plain.evaluate(() => 'serviceWorker' in navigator || 'wakeLock' in navigator), false)
    await plain.locator('header').tap()
    await until('the film is told of', () => device('J1')?.awake === 'film', 30_000)
    assert.match(device('J1').page, /^judge-/)
    const safe = await seated(browser, server, cards.J2, 'tablet', { host: '127.0.0.1', permissions: ['screen-wake-lock'] })
    await safe.evaluate(() => navigator.serviceWorker.ready)
    await safe.locator('header').tap()
    await until('the wake lock is told of', () => device('J2')?.awake === 'wake-lock', 30_000)
    await host.open('R1-P1')
    await safe.locator('.entry').waitFor()
    await mark(safe, '27.5')
    await holds(safe, 'drafted')
    // Once more under the worker's eyes, so that every part is kept.
    await safe.reload()
    await safe.locator('.entry').waitFor()
    await safe.context().setOffline(true)
    await safe.reload()
    await safe.locator('.entry').waitFor()
    assert.equal(await safe.locator('.row .mark').first().textContent(), '27.5', 'the page opens without a line')
    assert.equal(await number(safe), '1')
    host.close()
    for (const one of [plain, safe]) await one.context().close()
  })

  const RUNS = FULL ? 20 : 7
  test(`${RUNS} runs through failing lines in the browser itself: nothing lost, nothing doubled`, async (t) => {
    t.diagnostic(`PODIUM_SEED=${SEED}`)
    const { api, cards, host, journal, code } = await evening(server)
    const { projects } = await api.call('GET', `/api/contests/${code}`)
    const seats = Object.keys(cards).filter((seat) => seat !== 'host')
    const tablets = []
    let [runs, faults] = [0, 0]
    for (const { id } of projects) {
      if (runs >= RUNS) break
      const pitch = `R1-${id}`
      await host.open(pitch)
      const wave = seats.slice(0, RUNS - runs)
      await Promise.all(
        wave.map(async (seat, n) => {
          const chance = random(7_000 * SEED + runs + n)
          tablets[n] ??= await throughProxy(browser, server, cards[seat])
          const { page, proxy } = tablets[n]
          await until(`${pitch} on ${seat}'s tablet`, async () => (await number(page)) === id.slice(1), 60_000)
          const marks = [String(10 + chance.below(20)), String(chance.below(26)), String(chance.below(21)), String(chance.below(16)), String(chance.below(11))]
          proxy.plan = trouble(chance, 1 + chance.below(3), { ms: 2_000 })
          proxy.cut()
          for (const [at, one] of marks.entries()) {
            await page.locator('.row').nth(at).tap()
            for (const symbol of one) await page.locator('.entry .pad button').filter({ hasText: new RegExp(`^${symbol}$`) }).tap()
          }
          await submit(page)
          await until(`${seat} is told that it is received`, async () => (await page.locator('.state').getAttribute('data-state')) === 'received', 120_000)
          const stands = journal.of(pitch, seat)
          assert.deepEqual(stands.map((one) => Object.values(one.marks).map(String)), [marks], `${seat} of ${pitch}`)
        }),
      )
      faults += tablets.reduce((sum, { proxy }) => sum + proxy.faults, 0)
      runs += wave.length
      for (const { proxy } of tablets) proxy.faults = 0
      await host.give({ do: 'close-window', pitch })
    }
    assert.equal(runs, RUNS)
    assert.ok(faults >= RUNS, `only ${faults} lines failed`)
    host.close()
    for (const { page, proxy } of tablets) {
      await page.context().close()
      await proxy.end()
    }
  })
})

/** The organiser's laptop, at the step where the set-up is looked over. */
async function asOrganiser(browser, server, api, code) {
  const page = await withSeats(browser, server, api)
  await page.goto(`${server.url}/organise?contest=${code}`)
  await page.locator('nav .step').nth(1).click()
  return page
}

/** A tablet whose every line goes through a proxy. */
async function throughProxy(browser, server, card) {
  const proxy = await Proxy.to(server.port, () => undefined)
  const page = await seated(browser, { port: proxy.port }, card, 'tablet')
  return { page, proxy }
}
