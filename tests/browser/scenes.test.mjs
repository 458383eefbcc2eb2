// The big screen's pictures in real Chromium at every shape of a screen: nothing cut off, nothing on top of anything, nothing too
// small or too pale to be read across a hall; and what moves.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { FULL, Server, browse, until } from './hall.mjs'
import { SCRIPTS, SIZES, draw, faults, pale, plates, scenes, screen, scripts, standings, view, written } from './stage.mjs'

/** Every scene at 16 to 9; the other shapes and the themes share them, and have all of them in a full run. */
const share = (all, at, of) => (FULL ? all : all.filter((_, n) => n % of === at))

describe('the big screen', () => {
  let server, browser

  before(async () => {
    server = await Server.serve()
    browser = await browse()
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  for (const [at, [shape, size]] of Object.entries(SIZES).entries()) {
    test(`${shape}: short and long names, 3 and 40 projects, 1, 7 and 12 judges: all of it in its place, 4 % high, plates 30 %, scores 25 %, names whole in every script, no word broken`, async (t) => {
      const page = await screen(browser, server, size, { lang: shape === '4x3' ? 'en' : 'zh' })
      const found = []
      const known = await written(page)
      const all = [...scenes(server.url), ...scripts(known)]
      if (known.length < Object.keys(SCRIPTS).length) t.diagnostic(`no letters here but for ${known}`)
      const wanted = at === 0 ? all : share(all, at - 1, 4)
      assert.ok(wanted.length > (FULL || at === 0 ? 80 : 20), `${wanted.length} pictures`)
      for (const [name, view] of wanted) {
        await page.shows(view)
        found.push(...(await faults(page)).map((one) => `${name}: ${one}`))
      }
      assert.deepEqual(found, [])
      assert.deepEqual(page.complaints, [])
      await page.context().close()
    })
  }

  for (const [at, theme] of ['tech', 'gold', 'light'].entries()) {
    test(`${theme}: every text has a contrast of 7 to 1 with what is behind it`, async () => {
      const page = await screen(browser, server, [1280, 720], { theme })
      const found = []
      for (const [name, view] of share(scenes(server.url).filter(([name]) => name.endsWith('short')), at, 3)) {
        await page.shows(view)
        // The picture is measured once it is painted.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
        found.push(...(await pale(page)).map((one) => `${name}: ${one}`))
      }
      assert.deepEqual(found, [])
      await page.context().close()
    })
  }

  test('a rehearsal is said on every picture but the black one', async () => {
    const page = await screen(browser, server, SIZES['16x9'])
    for (const scene of ['cover', 'pitch', 'on-deck', 'segment', 'timer', 'draw', 'leaderboard', 'podium', 'black']) {
      await page.shows(view(scene, { rehearsal: true }))
      assert.equal(await page.locator('.ribbon').count(), scene === 'black' ? 0 : 1, scene)
    }
    await page.shows(view('cover'))
    assert.equal(await page.locator('.ribbon').count(), 0)
    await page.context().close()
  })

  test('every picture that tells places says how far the result is', async () => {
    const page = await screen(browser, server, SIZES['16x9'])
    const ten = { count: 10, standings: standings(10), result: { life: 'official' } }
    for (const [scene, more] of [
      ['leaderboard', {}],
      ['podium', {}],
      ['podium', { podium_told: 1 }],
      ['podium', { podium_told: 2 }],
    ]) {
      await page.shows(view(scene, { ...ten, ...more }))
      await page.locator('.life[data-life=official]').waitFor()
    }
    const row = (n) => ({ pitch: `R1-P${n}`, place: n, score: `${90 - n}.00`, k: 7 })
    for (const steps of [[{ is: 'places', track: '', rows: [row(3)] }], [{ is: 'places', track: '', rows: [row(1), row(2)] }]]) {
      await page.shows(view('reveal', { count: 10, standings_frozen: true, reveal: { mode: 'last-to-first', steps } }))
      await page.locator('.life[data-life=provisional]').waitFor()
    }
    await page.context().close()
  })

  const rows = '.order li'
  const moving = (page, what) =>
    page.evaluate((what) => document.getAnimations().filter((one) => one.effect.target.matches?.(what)).length, what)

  test('the draw: numbers appear as they are called, the order row after row; who comes later sees it as it is', async () => {
    const page = await screen(browser, server, SIZES['16x9'], { motion: 'on' })
    await page.shows(view('draw', { draw: draw(12, 'hash') }))
    assert.equal((await page.locator('.hash .digits').textContent()).replace(/\s/g, ''), draw(12, 'hash').hash)
    await page.shows(view('draw', { draw: draw(12, 'called') }))
    assert.deepEqual(await page.locator('.called li').allTextContents(), draw(12, 'called').called)
    await page.shows(view('draw', { draw: draw(12, 'told') }), { settle: false })
    assert.equal(await moving(page, rows), 10, 'ten rows of the first page move')
    const first = page.locator(rows).first()
    assert.equal(Number(await first.evaluate((one) => getComputedStyle(one).opacity)), 0, 'the first row waits for its turn')
    await until('the first row stands', async () => Number(await first.evaluate((one) => getComputedStyle(one).opacity)) === 1)
    assert.match(await first.textContent(), /12 号/)
    await until('the second page turns up by itself', async () => (await page.locator(rows).count()) === 2)
    await page.context().close()

    const late = await screen(browser, server, SIZES['16x9'], { motion: 'on' })
    await late.shows(view('draw', { draw: draw(12, 'told') }), { settle: false })
    assert.equal(await moving(late, rows), 0)
    await late.context().close()
  })

  test('rows of the leaderboard re-order by transform and opacity alone, at once where nothing may move; who comes later sees them as they are', async () => {
    const keys = (page) =>
      page.evaluate(() => [...new Set(document.getAnimations().flatMap((one) => one.effect.getKeyframes().flatMap((frame) => Object.keys(frame))))])
    const turned = standings(10).map((row, at) => ({ ...row, pitch: `R1-P${((at + 3) % 10) + 1}` }))
    for (const motion of ['on', 'off']) {
      const page = await screen(browser, server, SIZES['16x9'], { motion })
      await page.shows(view('leaderboard', { standings: standings(10) }), { settle: false })
      assert.equal(await moving(page, '.board li'), 0)
      await page.shows(view('leaderboard', { standings: turned }), { settle: false })
      const found = (await keys(page)).filter((key) => !['offset', 'easing', 'composite', 'computedOffset'].includes(key))
      assert.deepEqual(found.filter((key) => !['transform', 'opacity'].includes(key)), [])
      assert.equal(found.includes('transform') && (await moving(page, '.board li')) === 10, motion === 'on')
      await page.context().close()
    }
  })

  test('a score that was just told: the others where they were, then they make way; who comes later sees them there, with the moves', async () => {
    const told = { stage: { pitch: 'R1-P3', phase: 'revealed', since: 0 }, standings: standings(7) }
    const places = (page) => page.locator('.board li').evaluateAll((rows) => rows.map((row) => `${row.querySelector('.place').textContent} ${row.querySelector('.score').textContent}`))
    const arrows = (page) => page.locator('.board li .move:visible [aria-hidden]').allTextContents()
    // Noted by the page itself, the moment there are rows and in every frame after it: a second later they have made way.
    const noted = (page) =>
      page.evaluate(() => {
        window.most = 0
        const look = () => {
          window.most = Math.max(window.most, document.getAnimations().filter((one) => one.effect.target.matches?.('.board li')).length)
          requestAnimationFrame(look)
        }
        look()
        const seen = (one) => getComputedStyle(one).visibility !== 'hidden' && one.getClientRects().length > 0
        new MutationObserver((_, observer) => {
          const rows = [...document.querySelectorAll('.board li')]
          if (rows.length === 0) return
          observer.disconnect()
          const places = rows.map((row) => `${row.querySelector('.place').textContent} ${row.querySelector('.score').textContent}`)
          const arrows = [...document.querySelectorAll('.board li .move [aria-hidden]')].filter(seen)
          window.first = { places, arrows: arrows.length }
        }).observe(document, { subtree: true, childList: true })
      })
    const now = standings(7).map((row) => `${row.place} ${row.score}`)
    const was = standings(7).filter((row) => row.was).sort((one, other) => one.was - other.was)
    for (const motion of ['on', 'off']) {
      const page = await screen(browser, server, SIZES['16x9'], { motion })
      await page.shows(view('pitch', told))
      await noted(page)
      await page.shows(view('leaderboard', told), { settle: false })
      if (motion === 'on') {
        const began = await page.evaluate(() => window.first)
        // It stands below the others, and has no place yet.
        const newest = standings(7).filter((row) => !row.was)
        assert.deepEqual(began, { places: [...was.map((row) => `${row.was} ${row.score}`), ...newest.map((row) => `– ${row.score}`)], arrows: 0 })
        await until('they make way', () => page.evaluate(() => window.most >= 5))
      }
      await until('it stands', async () => JSON.stringify(await places(page)) === JSON.stringify(now))
      assert.deepEqual(await arrows(page), ['▼1', '▲2', '▼1', '▼1'])
      await page.context().close()
    }
    const late = await screen(browser, server, SIZES['16x9'], { motion: 'on' })
    await late.shows(view('leaderboard', told), { settle: false })
    assert.deepEqual(await places(late), now)
    assert.deepEqual(await arrows(late), ['▼1', '▲2', '▼1', '▼1'])
    await late.context().close()
  })

  const revealed = (motion) => async () => {
    const page = await screen(browser, server, SIZES['16x9'], { motion })
    const score = { stage: { pitch: 'R1-P2', phase: 'revealed', since: 0 }, standings: [{ pitch: 'R1-P2', place: 1, score: '84.13', k: 7 }] }
    await page.shows(view('pitch', { stage: { pitch: 'R1-P2', phase: 'closed', since: 0, progress: { k: 7, n: 7 }, announcing: true } }))
    assert.equal(await page.locator('.plates li').count(), 7)
    assert.doesNotMatch(await page.locator('.plates').textContent(), /\d/)
    await page.shows(view('pitch', score), { settle: false })
    const value = page.locator('.verdict .value')
    const first = (await value.textContent()).trim()
    await until('the score has landed', async () => (await value.textContent()).trim() === '84.13')
    await page.context().close()
    const late = await screen(browser, server, SIZES['16x9'], { motion })
    await late.shows(view('pitch', score), { settle: false })
    assert.equal((await late.locator('.verdict .value').textContent()).trim(), '84.13', 'who comes later sees the score at once')
    await late.context().close()
    return first
  }

  test('a score counts up where things may move', async () => assert.notEqual(await revealed('on')(), '84.13'))
  test('and is a cut where they may not', async () => assert.equal(await revealed('off')(), '84.13'))

  test('plates turn and are struck by transform and opacity alone; face down they say nothing; who comes later sees them as they are', async () => {
    const up = { pitch: 'R1-P2', phase: 'closed', since: 0, announcing: true }
    const page = await screen(browser, server, SIZES['16x9'], { motion: 'on' })
    await page.shows(view('cover'))
    await page.shows(view('pitch', { stage: up, plates: plates(7, 0) }))
    assert.doesNotMatch(await page.locator('.plates .face').allTextContents().then((all) => all.join('')), /\d/)
    const keys = () =>
      page.evaluate(() => [...new Set(document.getAnimations().flatMap((one) => one.effect.getKeyframes().flatMap((frame) => Object.keys(frame))))])
    const rest = ['offset', 'easing', 'composite', 'computedOffset']
    const allowed = (found) => found.filter((key) => ![...rest, 'transform', 'opacity'].includes(key))
    for (const step of [7, 'struck', 'scored']) {
      await page.shows(view('pitch', { stage: up, plates: plates(7, step) }), { settle: false })
      const found = await keys()
      assert.deepEqual(allowed(found), [], `${step} moves nothing else`)
      if (step !== 'scored') assert.ok(found.includes('transform'), `${step} moves`)
    }
    await until('the score has landed', async () => (await page.locator('.verdict .value').textContent()).trim() === '87.61')
    assert.equal(await page.locator('.plates .out').count(), 2)
    await page.context().close()
    const late = await screen(browser, server, SIZES['16x9'], { motion: 'on' })
    await late.shows(view('pitch', { stage: up, plates: plates(7, 'scored') }), { settle: false })
    assert.equal((await late.locator('.verdict .value').textContent()).trim(), '87.61')
    await late.context().close()
  })

  test('names that are too many for one picture take turns', async () => {
    const page = await screen(browser, server, SIZES['4x3'])
    const many = scenes(server.url).find(([name]) => name === 'signing of forty long')[1]
    await page.shows(many)
    const shown = () => page.locator('.body li').allTextContents()
    const seen = new Set(await shown())
    const pages = Number((await page.locator('.pages').textContent()).split('/')[1])
    assert.ok(pages > 1)
    await until('another page', async () => (await page.locator('.pages').textContent()).startsWith('2'))
    for (const name of await shown()) seen.add(name)
    assert.ok(seen.size > 1)
    await page.context().close()
  })
})
