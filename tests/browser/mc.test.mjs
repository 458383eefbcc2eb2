// The MC's page and the phones: the right sentence at the right moment in both languages, ready and heard, the programme, the
// draw computed again by the device and by the lines that it shows.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { problems } from './access.mjs'
import { Api, Seat, Server, browse, device, devices, until, withSeats } from './hall.mjs'

const SEGMENTS = [
  { id: 'S1', kind: 'draw', title: '抽签', names: [], secs: 0, after: 0 },
  { id: 'S2', kind: 'signing', title: '项目签约', names: ['甲公司', '乙大学'], secs: 0, after: 1 },
  { id: 'S3', kind: 'break', title: '茶歇', names: [], secs: 900, after: 1 },
]
const MARKS = { J1: '27', J2: '24', J3: '28', J4: '26', J5: '29', J6: '25', J7: '20' }

devices.upright = { viewport: { width: 820, height: 1180 }, hasTouch: true }

/** A contest with a programme; the host's hand, and judges without pages. */
async function evening(server) {
  const api = new Api(server)
  if (server.claimed) await api.call('POST', '/api/login', { password: server.claimed })
  const { code, cards } = await api.contest()
  server.claimed = 'correct horse 亮分'
  Object.assign(cards, await api.cards(code, ['mc']))
  await api.call('PUT', `/api/contests/${code}/programme`, { segments: SEGMENTS })
  const { projects } = await api.call('GET', `/api/contests/${code}`)
  const { id, number: _, ...first } = projects[0]
  await api.call('PUT', `/api/contests/${code}/projects/${id}`, { ...first, say: '“锂”读 lǐ' })
  for (const seat of ['host', ...Object.keys(MARKS)]) await api.call('POST', '/api/pair', { token: cards[seat].token })
  const host = await Seat.of(api, code)
  const judges = Object.fromEntries(await Promise.all(Object.keys(MARKS).map(async (seat) => [seat, await Seat.of(api, code, seat)])))
  const close = () => [host, ...Object.values(judges)].forEach((seat) => seat.close())
  return { api, code, cards, host, judges, close }
}

/** The host's next press. */
const press = async (host, secret) => {
  const [cue] = host.view.cues
  await host.give(cue.command ?? { do: 'commit-draw', round: host.view.round, secret })
  await until('the next cue', () => JSON.stringify(host.view.cues[0]) !== JSON.stringify(cue))
  return cue.say
}
const cueIs = (host, say) => until(`the cue ${say}`, () => host.view.cues[0]?.say === say)

describe("the MC's page, the phones, the draw", () => {
  let server, browser

  before(async () => {
    server = await Server.serve()
    browser = await browse(['--host-resolver-rules=MAP podium.local 127.0.0.1'])
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  for (const [kind, lang] of [['phone', 'zh'], ['upright', 'en'], ['tablet', 'zh']]) {
    test(`an evening on ${kind} (${lang}): what to say, whether the hall sees it, nothing for axe`, async () => {
      const { code, cards, host, judges, close } = await evening(server)
      const options = { locale: lang === 'en' ? 'en-GB' : 'zh-CN' }
      const mc = await device(browser, kind, options)
      const phone = await device(browser, 'phone', options)
      const base = `http://podium.local:${server.port}`
      await mc.goto(`${base}/mc?lang=${lang}#${cards.mc.token}`)
      await mc.locator('.said').waitFor()
      await phone.goto(`${base}/c/${code}/?lang=${lang}`)
      await phone.locator('.programme li').first().waitFor()
      const found = []
      const look = async (name) => {
        found.push(...(await problems(mc)).map((one) => `mc ${name}: ${one}`))
        found.push(...(await problems(phone, { target: 44 })).map((one) => `phone ${name}: ${one}`))
      }
      /** The large one, in both languages, and its mark. */
      const says = async (what, pattern, other, shown) => {
        const card = mc.locator('.said .first')
        await until(what, async () => pattern.test(await card.innerText()))
        const text = await card.innerText()
        assert.match(text, other, what)
        assert.equal(await card.evaluate((one) => one.classList.contains('shown')), shown, `${what}: ${text}`)
      }
      const number = (cue) => host.view.hall.projects[cue.pitch].number

      // The programme on a phone: two segments around the first pitch, nothing on yet.
      assert.equal(await phone.locator('.programme li').count(), host.view.hall.order.length + 3)
      assert.match(await phone.locator('.programme li').first().innerText(), /抽签/)
      await says('the draw is called', /下面进行抽签/, /And now: 抽签/, false)
      await look('begins')

      const secret = randomBytes(32).toString('hex')
      await press(host)
      await says('the fingerprint comes', /指纹/, /fingerprint/, false)
      await press(host, secret)
      await says('the hall calls', /请现场来宾/, /call out/, true)
      assert.match(await mc.locator('.said section').nth(1).innerText(), /公布密钥/)
      for (const number of ['7', "it's 3"]) await host.give({ do: 'call-number', round: host.view.round, number })
      await press(host)
      await says('it is drawn', /出场顺序已经产生/, /order is drawn/, true)
      await look('drawn')
      await until('the phone knows what is on', async () => (await phone.locator('.programme [data-state=on]').count()) === 1)

      // The pitch, with the names as they are said.
      await cueIs(host, 'start-pitch')
      const [cue] = host.view.cues
      await press(host)
      await says('questions come', /请评委提问/, /questions, please/, false)
      assert.match(await mc.locator('.stage .number').innerText(), new RegExp(`^${number(cue)}$`))
      await mc.locator('[role=timer]').waitFor()
      await look('pitching')
      await phone.locator('.now [role=timer]').waitFor()
      await press(host)
      await press(host)
      await says('the judges score', /7 位评委中已有 0 位/, /0 of 7/, true)
      for (const [seat, mark] of Object.entries(MARKS)) {
        const view = judges[seat].view
        await until('it is open', () => judges[seat].view.open.includes(cue.pitch))
        await judges[seat].card(cue.pitch, view.criteria.map((one, at) => (at === 0 ? mark : '8')))
      }
      await says('all are in', /已有 7 位/, /7 of 7/, true)
      await press(host)
      await says('plates come', /下面公布/, /now the score/, false)
      const numbers = async () => (await mc.locator('.said').innerText()).match(/\d+\.\d+/g)
      const row = host.view.provisional.find((one) => one.pitch === cue.pitch)
      assert.ok((await numbers()).includes(row.score), 'the numbers can be read beforehand')
      assert.doesNotMatch(await phone.locator('main').innerText(), new RegExp(row.score.replace('.', '\\.')))
      await press(host)
      await says('the judges turn their plates', /请各位评委亮分/, /Judges, your scores/, false)
      const rows = { zh: /去掉一个最高分 [\d.]+ 分，去掉一个最低分 [\d.]+ 分，\d+ 号项目最后得分/, en: /Dropping one highest score [\d.]+ and one lowest [\d.]+, the final score of project \d+ is/ }
      assert.ok((await numbers()).includes(row.score), 'and still be read')
      await look('announcing')
      await until('the phone waits for it, too', async () => /即将亮分|score comes next/.test(await phone.locator('.now .phase').innerText()))

      // Ready, and heard.
      const ready = mc.locator('.ready')
      await ready.tap()
      await until('the host sees it', () => host.view.presence.mc_ready)
      await until('the button says so', async () => (await ready.getAttribute('aria-pressed')) === 'true')
      await look('ready')
      await press(host)
      await until('the cue has taken it back', async () => (await ready.getAttribute('aria-pressed')) === 'false')
      await says('what is struck', /去掉一个最高分 [\d.]+ 分，去掉一个最低分 [\d.]+ 分。/, /Dropping one highest score [\d.]+ and one lowest [\d.]+\./, false)
      await press(host)
      await says('the score', /\d+ 号项目最后得分 [\d.]+ 分。/, /inal score of project \d+ is/, false)
      await press(host)
      await until('the phone has the score', async () => (await phone.locator('.now .final b').innerText()) === row.score)
      await press(host)
      await says('the announcement, on the screen', rows.zh, rows.en, true)
      assert.ok((await numbers()).includes(row.score))
      await until('the phone has it', async () => (await phone.locator('.now .score').innerText()) === row.score)
      await look('revealed')

      await press(host)
      await says('the signing comes', /下面进行项目签约。有请甲公司与乙大学/, /And now: 项目签约/, false)
      await press(host)
      await says('the signing is on', /项目签约/, /And now/, true)
      await press(host)
      await says('the break', /15 分钟后继续/, /We go on in 15 minutes/, true)
      await phone.locator('.now [role=timer]').waitFor()
      await look('break')
      assert.deepEqual(found, [])
      assert.deepEqual([...mc.complaints, ...phone.complaints], [])
      for (const page of [mc, phone]) await page.context().close()
      close()
    })
  }

  test('the names are shown as they are said, before the pitch', async () => {
    const { cards, host, close } = await evening(server)
    const mc = await device(browser, 'tablet')
    await mc.goto(`http://podium.local:${server.port}/mc#${cards.mc.token}`)
    await host.give({ do: 'skip-segment', segment: 'S1' })
    await until('the first is introduced', async () => /上台路演/.test(await mc.locator('.said .first').innerText()))
    assert.match(await mc.locator('.said .first .names').innerText(), /“锂”读 lǐ/)
    await mc.context().close()
    close()
  })

  test("the host's side may look, without the button", async () => {
    const { api, code, close } = await evening(server)
    const page = await withSeats(browser, server, api)
    await page.goto(`${server.url}/c/${code}/mc`)
    await page.locator('.said').waitFor()
    assert.equal(await page.locator('.ready').count(), 0, "it is the MC's word")
    await page.context().close()
    close()
  })

  test('a display that is pointed here shows it without a button, and is a screen again when it is pointed elsewhere', async () => {
    const { api, code, host, close } = await evening(server)
    const screen = await device(browser, 'screen')
    await screen.goto(`${server.url}/c/${code}/screen`)
    const shown = (await screen.locator('.tag .code').textContent()).trim()
    const [id] = await until('it is listed', () => Object.entries(host.view.presence.displays).find(([, one]) => one.code === shown))
    const point = (role) => api.call('PUT', `/api/contests/${code}/displays/${id}`, { name: '提词屏', role })
    await point('mc')
    await screen.waitForURL(`**/c/${code}/mc?display`)
    await screen.locator('.said').waitFor()
    assert.equal(await screen.locator('.ready').count(), 0)
    assert.ok(!screen.url().includes(await screen.evaluate(() => localStorage.getItem('podium-display'))))
    await point('program')
    await screen.waitForURL(`**/c/${code}/screen`)
    await screen.locator('.picture').waitFor()
    // Its old address, typed again, leads to what it shows now.
    await screen.goto(`${server.url}/c/${code}/mc?display`)
    await screen.waitForURL(`**/c/${code}/screen`)
    assert.deepEqual(screen.complaints, [])
    await screen.context().close()
    close()
  })

  test('a rehearsal is said on both pages', async () => {
    const { code, cards, host, close } = await evening(server)
    const mc = await device(browser, 'tablet')
    await mc.goto(`http://podium.local:${server.port}/mc#${cards.mc.token}`)
    const phone = await device(browser, 'phone')
    await phone.goto(`http://podium.local:${server.port}/c/${code}/`)
    await phone.locator('.programme').waitFor()
    for (const page of [mc, phone]) assert.equal(await page.locator('.stripe').count(), 0)
    await host.give({ do: 'begin-rehearsal' })
    for (const page of [mc, phone]) await page.locator('.stripe', { hasText: 'REHEARSAL' }).waitFor()
    assert.deepEqual([...(await problems(mc)), ...(await problems(phone, { target: 44 }))], [])
    for (const page of [mc, phone]) await page.context().close()
    close()
  })

  test('the draw: the device computes it, bash says the same from the lines that are shown, and nothing is told too early', async () => {
    const { code, host, close } = await evening(server)
    const page = await device(browser, 'phone')
    await page.goto(`http://podium.local:${server.port}/c/${code}/draw`)
    await page.locator('main [role=status]').waitFor()
    const secret = randomBytes(32).toString('hex')
    await press(host)
    await press(host, secret)
    await page.locator('.digits').first().waitFor()
    const hash = createHash('sha256').update(secret).digest('hex')
    assert.equal((await page.locator('.digits').first().textContent()).replace(/\s/g, ''), hash)
    for (const number of ['7', '八十八', "it's 3"]) await host.give({ do: 'call-number', round: host.view.round, number })
    await until('what was called', async () => (await page.locator('.called li').count()) === 3)
    assert.ok(!(await page.content()).includes(secret.slice(0, 8)), 'the secret is a secret')
    assert.equal(await page.locator('pre').count(), 0)
    assert.deepEqual(await problems(page, { target: 44 }), [])
    await press(host)
    await page.locator('.verdict').waitFor()
    assert.equal(await page.locator('.verdict.wrong').count(), 0)
    const order = await page.locator('.order li > span.num').allTextContents()
    await until('the order', () => host.view.hall.draw.order?.length > 0)
    assert.deepEqual(order.map((id) => `R1-${id}`), host.view.hall.draw.order)
    assert.deepEqual(host.view.hall.order, host.view.hall.draw.order, 'and it is the running order')
    const lines = await page.locator('pre').innerText()
    const said = execFileSync('bash', ['-c', lines], { encoding: 'utf8' }).trim().split('\n')
    assert.equal(said[0], `${hash}  -`)
    assert.deepEqual(said.slice(1).map((line) => line.split(' ').at(-1)), order)
    for (const lang of ['zh', 'en']) {
      await page.goto(`http://podium.local:${server.port}/c/${code}/draw?lang=${lang}`)
      await page.locator('.verdict').waitFor()
      assert.deepEqual(await problems(page, { target: 44 }), [])
    }
    assert.deepEqual(page.complaints, [])
    await page.context().close()
    close()
  })
})
