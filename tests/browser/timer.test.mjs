// One time on every page: the stage timer on the big screen, a phone and the speaker's monitor, on devices whose clocks are
// minutes off and drift, before and after a reload and a restart of the server.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, describe, test } from 'node:test'
import { Api, FULL, Seat, Server, browse, device, until } from './hall.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** A drift of 0.3 % is 100 ms after half a minute. */
const WATCHED = FULL ? 30 : 10
const RULES = ['项,值', '路演时间,1', '答辩时间,10'].join('\n')

/** Runs before the page: both of its clocks are off and drift. The true time stays with the test, which notes every `data-left`. */
function offTime({ anchor, skew, drift }) {
  const RealDate = Date
  const [wall, steady] = [Date.now.bind(Date), performance.now.bind(performance)]
  const mine = () => Math.floor(anchor + skew + (wall() - anchor) * (1 + drift))
  window.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(mine())
      else super(...given)
    }
    static now() {
      return mine()
    }
  }
  performance.now = () => steady() * (1 + drift)
  window.seen = []
  new MutationObserver(() => {
    const timer = document.querySelector('[role=timer][data-left]')
    const text = timer?.innerText.split('\n')[0].trim()
    // A device may wake a moment early: it says what is left, and turns the second only when it is over.
    if (!timer || text === window.seen.at(-1)?.text) return
    const { width, right } = timer.getBoundingClientRect()
    window.seen.push({ left: Number(timer.dataset.left), text, at: wall(), width, right })
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-left'] })
  window.rung = 0
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...when) {
    window.rung += 1
    return start.apply(this, when)
  }
}

describe('the stage timer', () => {
  let server, browser, api, code, pitch, host
  /** When the timer's time is up, by the server's clock: this machine's. */
  let end
  const pages = {}
  const anchor = Date.now()

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    api = new Api(server)
    ;({ code } = await api.contest())
    const form = new FormData()
    form.append('file', new Blob([RULES]), 'rules')
    await api.call('POST', `/api/contests/${code}/import`, form)
    host = await Seat.of(api, code)
    pitch = host.view.hall.order[0]
    const open = async (kind, path, off) => {
      const page = await device(browser, kind)
      await page.addInitScript(offTime, { anchor, ...off })
      await page.goto(server.url + path)
      return page
    }
    pages.screen = await open('screen', '/screen', { skew: 300_000, drift: 0.003 })
    pages.phone = await open('phone', '/', { skew: -300_000, drift: -0.003 })
    pages.timer = await open('laptop', '/timer', { skew: 300_000, drift: -0.003 })
  })
  after(async () => {
    host?.close()
    await browser?.close()
    await server?.end()
  })

  const each = (ask) => Promise.all(Object.entries(pages).map(([name, page]) => ask(page, name)))
  const seen = (page) => page.evaluate(() => window.seen)
  /** Waits until every page has shown `count` further seconds, and returns them by page. */
  async function seconds(count) {
    const from = await each(async (page) => (await seen(page)).length)
    await until(`${count} more seconds on every page`, async () => {
      const lengths = await each(async (page) => (await seen(page)).length)
      return lengths.every((length, at) => length >= from[at] + count)
    }, count * 1_000 + 20_000, 250)
    // What a page shows first stands there from when it came, not from a second's turn.
    return (await each(seen)).map((all, at) => all.slice(Math.max(1, from[at])))
  }

  /** What the pages had left, brought to one instant, lies within 100 ms; the same second stood on all of them at once. */
  function together(shown) {
    const ends = shown.map((all) => all.map(({ left, at }) => at + left))
    const spread = Math.max(...ends.flat()) - Math.min(...ends.flat())
    assert.ok(spread <= 100, `${spread} ms between the pages`)
    const off = Math.max(...ends.flat().map((one) => Math.abs(one - end)))
    assert.ok(off <= 100, `${off} ms from the server`)
    const [first, ...others] = shown.map((all) => new Map(all.map(({ text, at }) => [text, at])))
    const common = [...first.keys()].filter((text) => others.every((one) => one.has(text)))
    assert.ok(common.length >= Math.min(...shown.map((all) => all.length)) - 1, 'the same seconds on every page')
    const apart = common.map((text) => {
      const times = [first, ...others].map((one) => one.get(text))
      return Math.max(...times) - Math.min(...times)
    })
    // A page that is drawing something may be late for one second, not for the next.
    const late = apart.filter((one) => one > 100).length
    assert.ok(late <= common.length / 10, `${late} of ${common.length} seconds turned more than 100 ms apart: ${apart}`)
    return { spread, off, apart: Math.max(...apart) }
  }

  test(`${WATCHED} seconds on three devices, ±5 min off, drifting by 0.3 % either way: within 100 ms`, async (t) => {
    const sound = pages.timer.locator('.sound')
    await sound.locator('button').first().click()
    await until('sound', async () => (await sound.getAttribute('data-sound')) === 'ready')
    await host.give({ do: 'start-pitch', pitch })
    const { stage } = await until('it is on stage', async () => {
      const view = await api.call('GET', `/api/contests/${code}/public`)
      return view.stage?.phase === 'pitching' && view
    })
    assert.equal(stage.planned_secs, 60)
    // The first warning, half a minute before the end, comes while the pages are watched.
    if (!FULL) await host.give({ do: 'set-timer', left_secs: 35 })
    const { timer } = await api.call('GET', `/api/contests/${code}/public`)
    end = timer.since + timer.planned_ms - timer.spent_ms
    const shown = await seconds(WATCHED + 1)
    for (const all of shown) assert.ok(all.length >= WATCHED)
    t.diagnostic(`running: ${JSON.stringify(together(shown))}`)
    assert.equal(await pages.timer.evaluate(() => window.rung), 3, 'one chime for the first warning')
  })

  test('the same after a reload', async (t) => {
    await Promise.all([pages.phone.reload(), pages.timer.reload()])
    await each((page) => page.locator('[role=timer][data-left]').first().waitFor())
    t.diagnostic(`reloaded: ${JSON.stringify(together(await seconds(5)))}`)
    assert.equal(await pages.timer.evaluate(() => window.rung), 0, 'no old sound')
  })

  test('the same while the server is away and after it is back', async (t) => {
    await server.kill()
    host.close()
    t.diagnostic(`away: ${JSON.stringify(together(await seconds(3)))}`)
    await server.restart()
    await until('the speaker is in line again', async () => (await pages.timer.locator('main').getAttribute('data-line')) === 'open')
    await until('the screen is in line again', async () => (await pages.screen.locator('.dot').count()) === 0)
    t.diagnostic(`back: ${JSON.stringify(together(await seconds(5)))}`)
  })

  test('time runs out at the same moment, and is counted over', async () => {
    await until('overtime on every page', async () =>
      (await each(async (page) => (await seen(page)).at(-1).left <= -2_000)).every(Boolean), 40_000)
    const shown = await each(seen)
    for (const all of shown) {
      const texts = all.map(({ text }) => text)
      assert.deepEqual(texts.slice(texts.indexOf('0:02'), texts.indexOf('+0:02') + 1), ['0:02', '0:01', '0:00', '+0:01', '+0:02'])
      const zero = all.find(({ text }) => text === '0:00')
      assert.ok(Math.abs(zero.at - end) <= 100, `0:00 stood there ${zero.at - end} ms after the end`)
    }
    for (const page of [pages.screen, pages.phone]) assert.match(await page.locator('[role=timer]').innerText(), /超时/)
    assert.equal(await pages.timer.locator('.word').innerText(), '超时')
    assert.equal(await pages.timer.locator('.clock').getAttribute('data-level'), 'over')
  })

  test('nothing moves when the digits become fewer', async () => {
    host = await Seat.of(api, code)
    await host.give({ do: 'start-qa', pitch })
    await until('from ten minutes down', async () =>
      (await each(async (page) => (await seen(page)).some(({ text }) => text === '9:58'))).every(Boolean))
    for (const page of [pages.screen, pages.phone]) {
      const boxes = (await seen(page)).filter(({ text }) => ['10:00', '9:59', '9:58'].includes(text))
      assert.equal(boxes.length, 3)
      for (const { width, right } of boxes) {
        assert.equal(width, boxes[0].width)
        assert.equal(right, boxes[0].right)
      }
    }
  })

  test("the speaker's page becomes the clock alone, fills the screen at a tap, and says when it may not ring", async () => {
    const page = await device(browser, 'laptop')
    await page.addInitScript(() => localStorage.setItem('podium-sounds', 'on 40'))
    await page.goto(`${server.url}/c/${code}/timer`)
    const sound = page.locator('.sound')
    await page.locator('[role=timer][data-left]').waitFor()
    assert.equal(await sound.getAttribute('data-sound'), 'blocked')
    assert.match(await sound.locator('[role=status]').innerText(), /点一下/)
    await page.evaluate(axe)
    const violations = await page.evaluate(async () => {
      const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
      return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
    })
    assert.deepEqual(violations, [])
    const heights = await page.locator('.tools button, .tools input').evaluateAll((all) => all.map((one) => one.offsetHeight))
    assert.ok(heights.every((height) => height >= 44), heights.join())
    const cursor = () => page.locator('main').evaluate((main) => getComputedStyle(main).cursor)
    await until('no cursor, no tools', async () => (await cursor()) === 'none')
    assert.match(await page.locator('.note').innerText(), /点一下/)
    await page.mouse.click(700, 300)
    assert.notEqual(await cursor(), 'none')
    await until('full screen', () => page.evaluate(() => document.fullscreenElement !== null))
    await until('sound', async () => (await sound.getAttribute('data-sound')) === 'ready')
    await sound.locator('button').last().click()
    const tools = () => page.locator('.tools').evaluate((one) => getComputedStyle(one).opacity)
    assert.equal(await tools(), '1')
    await until('the tools go although one was pressed', async () => (await tools()) === '0')
    await page.keyboard.press('Tab')
    await until('the tools come by key and stay', async () => (await tools()) === '1')
    await until('the page rests', () => page.locator('main.bare').count())
    assert.equal(await tools(), '1')
    assert.deepEqual(page.complaints, [])
  })

  test('the pages complained about nothing', async () => {
    assert.deepEqual((await each((page, name) => page.complaints.map((one) => `${name}: ${one}`))).flat(), [])
  })
})
