// What the hall sees in one evening, driven by the console's one key and its scene buttons through the real server: a screen at
// 1080p and one at 4K, three phones, an overlay. At every press all of them agree, nothing is cut off, and nothing is told early.
// Pictures of every scene are written where PODIUM_PICTURES names a folder.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { press } from './evening.mjs'
import { Api, Seat, Server, browse, device, until, withSeats } from './hall.mjs'
import { faults } from './stage.mjs'

const JUDGES = ['J1', 'J2', 'J3', 'J4', 'J5', 'J6', 'J7']
/** Names as they come: in mixed scripts, of sixty characters, of two. */
const MORE = ['面向山区老人的 AI+ 居家康复机器人与远程诊疗平台（Rehab-Bot 2.0）——Carbon-Fibre 外骨骼产业化及示范', 'GreenFlow 绿氢 — Электролиз', '氢舟']
const SEGMENTS = [
  ['S1', 'opening', '开场：Opening of the Grand Final', ['王建国 江苏省产业技术研究院', 'Anna Maria Konstantinopoulos'], 0, 0],
  ['S2', 'draw', '抽签', [], 0, 0],
  ['S3', 'break', '茶歇', [], 900, 2],
  ['S4', 'awards', '颁奖典礼', [], 0, undefined],
]
const pictures = process.env.PODIUM_PICTURES

describe('what the hall sees', () => {
  let server, browser, api, code, console_, truth, wide, sharp, overlay
  const phones = []
  const judges = new Map()
  const seen = new Set()
  /** Scores that the hall has been told. */
  const told = new Set()

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    api = new Api(server)
    ;({ code } = await api.contest())
    const form = new FormData()
    form.append('file', new Blob([['编号,项目名称', ...MORE.map((name, at) => `${201 + at},${name}`)].join('\n')]), 'more.csv')
    await api.call('POST', `/api/contests/${code}/import`, form)
    const lines = SEGMENTS.map(([id, kind, title, names, secs, after]) => ({ id, kind, title, names, secs, ...(after === undefined ? {} : { after }) }))
    await api.call('PUT', `/api/contests/${code}/programme`, { segments: lines })
    const { pitches } = await api.call('GET', `/api/contests/${code}`)
    await api.call('PUT', `/api/contests/${code}/vote`, { title: '最受观众欢迎项目', choices: pitches, most: 1, admission: 'devices', secs: 0 })
    await plates('one-by-one')
    const cards = await api.cards(code, ['host', ...JUDGES])
    for (const seat of ['host', ...JUDGES]) await api.call('POST', '/api/pair', { token: cards[seat].token })
    for (const seat of JUDGES) judges.set(seat, await Seat.of(api, code, seat))
    truth = await Seat.of(api, code)
    console_ = await withSeats(browser, server, api, 'laptop', { locale: 'zh-CN' })
    await console_.goto(`${server.url}/c/${code}/host?lang=zh`)
    await console_.locator('.console').waitFor()
    wide = await device(browser, 'screen')
    await wide.goto(`${server.url}/c/${code}/screen?lang=zh`)
    sharp = await device(browser, 'screen-4k')
    await sharp.goto(`${server.url}/c/${code}/screen?lang=zh&theme=gold`)
    overlay = await device(browser, 'screen')
    await overlay.goto(`${server.url}/c/${code}/overlay?kind=third&lang=zh`)
    for (const [lang, options] of [['zh', {}], ['en', { locale: 'en-GB' }], ['zh', { viewport: { width: 360, height: 640 } }]]) {
      const page = await device(browser, 'phone', options)
      await page.goto(`${server.url}/c/${code}/?lang=${lang}`)
      phones.push(page)
    }
  })
  after(async () => {
    truth?.close()
    for (const one of judges.values()) one.close()
    await browser?.close()
    await server?.end()
  })

  const plates = (how) =>
    api.call('PUT', `/api/contests/${code}/window`, { opens: 'by-hand', closes: 'when-all-in', late: 'refused', warm_up: 0, announce_after: 0, plates: how, freeze: 2, reveal: 'last-to-first' })
  const picture = (page) => page.locator('.picture')
  const kind = (page) => picture(page).getAttribute('data-scene')
  const text = (page) => picture(page).evaluate((one) => one.textContent.replace(/\s+/g, ' '))

  /** Everybody looks: the screens have come to this scene and agree, nothing is out of its place, and no number is there that was not told. */
  async function looked(what, expected) {
    await until(`${what}: both screens show the same${expected ? `, ${expected}` : ''}`, async () => {
      if (expected && (await kind(wide)) !== expected) return false
      const rest = (page) => page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))))
      await Promise.all([rest(wide), rest(sharp)])
      // A clock ticks between two looks.
      const words = (all) => all.replace(/-?\d+:\d\d/g, '')
      return (await kind(wide)) === (await kind(sharp)) && words(await text(wide)) === words(await text(sharp))
    })
    const scene = await kind(wide)
    seen.add(scene)
    for (const [name, page] of [['1080p', wide], ['4K', sharp]]) assert.deepEqual(await faults(page), [], `${what}: ${scene} at ${name}`)
    assert.deepEqual(await faults(overlay, '.overlay'), [], `${what}: the overlay`)
    for (const page of phones) {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(over <= 0, `${what}: a phone scrolls sideways by ${over}`)
    }
    const rest = await (await fetch(`${server.url}/api/contests/${code}/public`)).text()
    const surfaces = [rest]
    for (const page of [wide, sharp, overlay, ...phones]) surfaces.push(await page.locator('body').evaluate((one) => one.textContent))
    for (const { pitch, score } of truth.view.provisional) {
      if (told.has(score)) continue
      for (const one of surfaces) assert.ok(!one.includes(score), `${what}: ${pitch} has ${score} before it was told`)
    }
    if (pictures) {
      mkdirSync(pictures, { recursive: true })
      const name = `${String(++shot).padStart(2, '0')}-${what}`.replaceAll(' ', '-')
      await wide.screenshot({ path: join(pictures, `${name}-screen.png`) })
      await phones[0].screenshot({ path: join(pictures, `${name}-phone.png`) })
    }
  }
  let shot = 0

  /** The next press must be this; what it tells is known from then on. */
  async function go(say, scene) {
    await cue(say)
    const [next] = truth.view.cues
    const score = truth.view.provisional.find((row) => row.pitch === next.pitch)?.score
    if ((say === 'show-plates' && next.step === 'scored') || say === 'reveal-pitch') told.add(score)
    for (const row of (say === 'step-reveal' && truth.view.reveal_progress.next.rows) || []) told.add(row.score)
    const before = await text(wide)
    await press(console_, truth)
    // Every step of a reveal is another picture in the same scene.
    if (say === 'step-reveal') await until('the step is shown', async () => (await text(wide)) !== before)
    await looked(say, scene)
  }
  const cue = (say) => until(`the cue ${say}`, () => truth.view.cues[0]?.say === say)

  /** A pitch up to its closed window; every total of every judge is another number. */
  async function pitched(n) {
    const { pitch } = truth.view.cues[0]
    await go('start-pitch', 'stage')
    await go('start-qa')
    await go('open-window', 'scoring')
    for (const [at, seat] of JUDGES.entries()) {
      await until('the window is open', () => judges.get(seat).view.open.includes(pitch))
      await judges.get(seat).card(pitch, [8 + 2 * n + at / 2, 11 + n, 10 + at / 2, 8, 5 + (at === 3 ? 0.5 : 0)].map(String))
      if (at === 3) await looked('four scorecards')
    }
    await until('closed by itself', () => truth.view.hall.phases[pitch] === 'closed')
    return pitch
  }

  test('the cover, the opening, a draw', async () => {
    await looked('before', 'cover')
    await go('start-segment', 'segment')
    await go('start-segment', 'draw')
    await go('commit-draw')
    await console_.locator('.draw input').fill('17')
    await console_.locator('.draw input').press('Enter')
    await until('17 is called', () => truth.view.hall.draw.called.length === 1)
    await console_.locator('.draw input').blur()
    await go('reveal-draw', 'draw')
  })

  test('the first pitch: plates turn one by one, are struck, give the score', async () => {
    await pitched(1)
    await go('begin-announcement', 'ceremony')
    for (let turned = 1; turned <= 7; turned += 1) await go('show-plates', 'ceremony')
    assert.equal(truth.view.cues[0].step, 'struck')
    await go('show-plates')
    await go('show-plates')
    await go('reveal-pitch', 'ceremony')
    await go('show-leaderboard', 'leaderboard')
  })

  /** Who was overtaken by the newest score: on both screens, on phones, on a screen that comes only now. */
  async function moved(expected) {
    const late = await device(browser, 'screen')
    await late.goto(`${server.url}/c/${code}/screen?lang=zh`)
    await late.locator('.board li').first().waitFor()
    for (const [name, page] of [['1080p', wide], ['4K', sharp], ['late', late], ['phone', phones[0]], ['phone (en)', phones[1]]]) {
      const found = () => page.locator('li .move [aria-hidden]').allTextContents()
      assert.deepEqual(await found(), expected, name)
    }
    await late.context().close()
  }

  test('every other scene by its button', async () => {
    for (const [button, scene] of [['cover', 'cover'], ['on-deck', 'on-deck'], ['timer', 'timer'], ['logo', 'logo'], ['podium', 'podium'], ['black', 'black'], ['vote', 'vote'], ['leaderboard', 'leaderboard']]) {
      await console_.locator(`[data-scene=${button}]`).click()
      await until(`${button} is on`, () => truth.view.hall.scene === button)
      await looked(`the button ${button}`, scene)
    }
  })

  test('what was signed today, and a page of the leaderboard that the host turns to', async () => {
    await console_.locator('[data-desk=board]').click()
    const form = console_.locator('section[aria-label="今日签约"]')
    await form.locator('select').selectOption({ index: 1 })
    await form.locator('input').fill('太湖产业基金')
    await form.locator('input').press('Enter')
    await until('it is known', () => truth.view.hall.signings?.length === 1)
    await console_.locator('[data-scene=signed]').click()
    await until('it is on', () => truth.view.hall.scene === 'signed')
    await looked('signed today', 'signed')
    await console_.locator('section[aria-label="排行榜"] .btn', { hasText: '第 1 页' }).click()
    await until('the page is turned', () => truth.view.hall.leaderboard?.page === 1)
    await looked('the first page', 'leaderboard')
    await console_.locator('[data-desk=programme]').click()
  })

  test('a message that the host types, and one that was used before', async () => {
    await console_.locator('[data-desk=board]').click()
    const form = console_.locator('section', { hasText: '大屏留言' }).last()
    const fields = form.locator('input')
    await fields.nth(0).fill('休息十分钟')
    await fields.nth(1).fill('Back at 15:40')
    await fields.nth(1).press('Enter')
    await until('it is on', () => truth.view.hall.scene === 'message')
    await looked('a message', 'message')
    await until('both lines', async () => /休息十分钟.*Back at 15:40/.test(await text(wide)))
    await console_.locator('[data-scene=black]').click()
    await until('black', () => truth.view.hall.scene === 'black')
    assert.doesNotMatch(await (await fetch(`${server.url}/api/contests/${code}/public`)).text(), /休息十分钟/)
    await form.locator('.recent').click()
    await until('it is on again', () => truth.view.hall.scene === 'message')
    await console_.locator('[data-scene=leaderboard]').click()
    await until('the leaderboard', () => truth.view.hall.scene === 'leaderboard')
    await console_.locator('[data-desk=programme]').click()
  })

  test('the second without plates, a break, and then the board is frozen', async () => {
    await plates('none')
    await until('the console knows', () => truth.view.window.plates === 'none')
    await pitched(2)
    await go('begin-announcement', 'ceremony')
    await go('reveal-pitch', 'ceremony')
    await go('show-leaderboard')
    await moved(['▼1'])
    await go('start-segment', 'segment')
    const left = truth.view.hall.order.filter((pitch) => truth.view.hall.phases[pitch] === 'queued')
    for (let n = 3; n < 3 + left.length - 2; n += 1) {
      await pitched(n)
      await go('begin-announcement')
      await go('reveal-pitch')
      await go('show-leaderboard')
    }
    await go('freeze-board')
    await pitched(8)
    await pitched(9)
    assert.ok(truth.view.hall.standings_frozen)
    for (const page of phones.slice(0, 1)) assert.equal(await page.locator('.frozen').count(), 1)
  })

  test('the audience votes, and is told', async () => {
    await cue('open-vote')
    await go('open-vote', 'vote')
    for (const [at, page] of phones.entries()) {
      await page.locator('.vote label').nth(at < 2 ? 0 : 1).tap()
      await page.locator('.vote .send .btn').tap()
      await until('it is received', async () => (await page.locator('.vote .state').getAttribute('data-ballot')) === 'received')
    }
    assert.deepEqual(await problems(phones[1], { target: 24 }), [])
    await go('close-vote')
    await go('reveal-vote', 'vote')
    await until('the counts are shown', async () => /2 票/.test(await text(wide)))
  })

  test('the reveal from last to first, one step back and on, up to the official standings', async () => {
    await cue('begin-reveal')
    const official = truth.view.provisional
    await go('begin-reveal', 'reveal')
    const steps = []
    while (truth.view.cues[0].say === 'step-reveal') {
      await go('step-reveal')
      steps.push(await text(wide))
      if (steps.length === 3) {
        await console_.keyboard.press('PageUp')
          await until('a step back', () => truth.view.reveal_progress.at === 2)
          await until('back is what was there', async () => (await text(wide)) === steps[1])
        await looked('a step back')
        await go('step-reveal')
        assert.equal(await text(wide), steps[2])
      }
    }
    assert.ok(steps.at(-1).includes(official[0].score) && steps.at(-1).includes(official[1].score), 'the last two come together')
    assert.deepEqual(await problems(phones[0], { target: 24 }), [])
    await go('publish-board', 'leaderboard')
    // Names stand whole, so that it may have pages; they turn by themselves.
    const rows = []
    await until('every row', async () => {
      const shown = await wide.locator('.board li').evaluateAll((all) => all.map((row) => row.querySelector('.score').textContent.trim()))
      for (const score of shown) if (!rows.includes(score)) rows.push(score)
      return rows.length >= official.length
    })
    assert.deepEqual([...rows].sort((one, other) => other - one), official.map((row) => row.score))
    const onPhone = await phones[1].locator('.rows li strong').allTextContents()
    assert.deepEqual(onPhone, official.map((row) => row.score))
  })

  test('the podium, the awards, the end: the phones keep the results; every scene was seen', async () => {
    // Place by place, the champion at the end.
    while (truth.view.cues[0].say === 'step-podium') await go('step-podium', 'podium')
    await wide.locator('.champion').waitFor()
    await go('start-segment', 'segment')
    await go('finish-despite')
    for (const page of phones) await page.locator('.rows .unfold').first().waitFor()
    await phones[0].locator('.rows .unfold').first().tap()
    await phones[0].locator('dialog[open] table, dialog[open] ol, dialog[open] li').first().waitFor()
    const expected = ['cover', 'segment', 'draw', 'stage', 'scoring', 'ceremony', 'leaderboard', 'on-deck', 'timer', 'podium', 'black', 'vote', 'reveal', 'message', 'logo', 'signed']
    assert.deepEqual([...seen].sort(), expected.sort())
    for (const page of [wide, sharp, overlay, console_, ...phones]) assert.deepEqual(page.complaints, [])
  })
})
