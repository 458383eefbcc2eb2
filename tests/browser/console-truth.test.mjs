// What the console says is what there is: of the plates step by step, of a line that is gone, and in every size without overlap.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { join } from 'node:path'
import { contest, hosts, seat } from './evening.mjs'
import { Server, browse, until } from './hall.mjs'

const MARKS = [
  ['27.5', '20', '16', '12.5', '8'],
  ['26', '20', '16', '12', '8'],
  ['29', '22', '18', '13', '9'],
]

describe('the console tells the truth', () => {
  let server, browser
  before(async () => {
    server = await Server.serve()
    browser = await browse()
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  const skip = ['S1', 'S2', 'S3'].map((segment) => ({ do: 'skip-segment', segment }))

  for (const lang of ['zh', 'en']) {
    test(`the plates in words, step by step (${lang})`, async () => {
      const evening = await contest(browser, server, lang)
      const { page } = evening
      const seats = ['J1', 'J2', 'J3']
      await seat(evening, seats)
      const pitch = 'R1-P1'
      const said = page.locator('.now [data-plates]')
      const says = (is) => until(`it says ${is}`, async () => (await said.count()) === 1 && (await said.getAttribute('data-plates')) === is)
      const { window } = await evening.api.call('GET', `/api/contests/${evening.code}`)
      await evening.api.call('PUT', `/api/contests/${evening.code}/window`, { ...window, plates: 'one-by-one' })
      await hosts(evening, ...skip, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
      for (const [at, one] of seats.entries()) await evening.judges.get(one).card(pitch, MARKS[at])
      await hosts(evening, { do: 'close-window', pitch })
      await until('closed', async () => (await page.locator('.now .phase').count()) === 1)
      assert.equal(await said.count(), 0, 'nothing is up')
      await hosts(evening, { do: 'begin-announcement', pitch })
      await says('down')
      const words = new Set([await said.textContent()])
      const step = (step) => hosts(evening, { do: 'show-plates', pitch, step })
      for (const [what, is] of [[{ turned: 1 }, 'some'], [{ turned: 2 }, 'some'], [{ turned: 3 }, 'turned'], ['struck', 'struck'], ['scored', 'scored']]) {
        if (what === 'struck' && !(await hosts(evening)).cues.some((cue) => cue.step === 'struck')) continue
        await step(what)
        await says(is)
        if (is === 'some') await until('the number', async () => (await said.textContent()).includes(String(what.turned)))
        words.add(await said.textContent())
      }
      assert.ok(words.size >= 5, [...words].join(' | '))
      await hosts(evening, { do: 'show-scene', scene: 'black' })
      await says('hidden')
      await hosts(evening, { do: 'show-scene', scene: 'pitch' })
      await says('scored')
      await hosts(evening, { do: 'reveal-pitch', pitch })
      await until('nothing is said of plates', async () => (await said.count()) === 0)
      for (const one of evening.judges.values()) one.close()
      assert.deepEqual(page.complaints, [])
      await page.context().close()
    })
  }

  test('a server that is gone: known within 6 s, said, and nothing that was pressed happens later', async () => {
    const evening = await contest(browser, server)
    const { page } = evening
    await seat(evening, ['J1', 'J2'])
    await until('J1 is here', async () => (await page.locator('ul.strip .dot.here').count()) === 2)
    await hosts(evening, ...skip)
    await until('the key can be pressed', () => page.locator('.key:not([aria-disabled])').count())
    const actions = (await hosts(evening)).history.length
    await until('nobody else drives', () => page.locator('.key:not([aria-disabled])').count())
    // Frozen: every line stays open, and nobody answers.
    server.process.kill('SIGSTOP')
    const began = Date.now()
    try {
      await gone(page, began)
    } finally {
      server.process.kill('SIGCONT')
    }
    await until('the line is back', async () => (await page.locator('.key.dead').count()) === 0)
    await until('the key can be pressed', () => page.locator('.key:not([aria-disabled])').count())
    for (const one of ['J1', 'J2']) evening.judges.get(one).close()
    evening.judges.clear()
    await seat(evening, ['J1', 'J2'])
    await until('the lights', async () => (await page.locator('ul.strip .dot.here').count()) === 2)
    const now = await hosts(evening)
    assert.deepEqual([now.history.length, now.hall.scene === 'black'], [actions, false], 'nothing was done later')
    for (const one of evening.judges.values()) one.close()
    await page.context().close()
  })

  async function gone(page, began) {
    await page.locator('.key.dead').waitFor({ timeout: 8_000 })
    assert.ok(Date.now() - began < 6_500, `${Date.now() - began} ms`)
    assert.match(await page.locator('.key').textContent(), /没有连接：按键不起作用/)
    assert.equal(await page.locator('ul.strip .dot.here').count(), 0, 'no light is green')
    assert.equal(await page.locator('.armed.on').count(), 0, 'nor is the lamp of the keys')
    assert.equal(await page.locator('ul.strip .unknown').count(), 7)
    assert.match(await page.locator('ul.strip').textContent(), /状态未知/)
    for (const press of [() => page.locator('.key').click({ force: true }), () => page.keyboard.press(' '), () => page.keyboard.press('b'), () => page.locator('[data-scene=black]').click()]) {
      await press()
      await until('why', async () => /没有连接/.test(await page.locator('.toasts [role=alert]').textContent()))
    }
  }

  for (const lang of ['zh', 'en']) {
    test(`no number over a name, nothing cut (${lang})`, async () => {
      const evening = await contest(browser, server, lang)
      const { page, api, code } = evening
      await seat(evening, ['J1', 'J2', 'J3'])
      const long = lang === 'zh' ? '面向西部丘陵地区的低成本智慧灌溉与土壤墒情监测一体化系统及其规模化示范推广应用项目暨全国青年创业孵化计划二期联合' : 'Low-cost smart irrigation and soil moisture for hilly regions'
      assert.ok([...long].length >= 56)
      const form = new FormData()
      const numbers = [1, 12, 128]
      form.append('file', new Blob([['编号,项目名称', ...[12, 128].map((n) => `${n},${long} ${n}`)].join('\n')]), 'more.csv')
      await api.call('POST', `/api/contests/${code}/import`, form)
      const { projects, pitches } = await api.call('GET', `/api/contests/${code}`)
      await hosts(evening, ...skip)
      const bad = []
      for (const n of numbers) {
        const project = projects.find((one) => one.number === n)
        const pitch = project && pitches.find((one) => one.endsWith(`-${project.id}`))
        if (!pitch) throw new Error(`no project ${n}`)
        await hosts(evening, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
        await until(`number ${n}`, async () => (await page.locator('.now .number').textContent()) === String(n))
        for (const [width, height] of [[1366, 768], [1440, 900], [1280, 800]]) {
          await page.setViewportSize({ width, height })
          await page.waitForTimeout(150)
          if (process.env.PODIUM_PICTURES) await page.screenshot({ path: join(process.env.PODIUM_PICTURES, `console-${lang}-${n}-${width}.png`) })
          bad.push(...(await page.evaluate(overlaps)).map((one) => `${n} at ${width}×${height}: ${one}`))
        }
        await hosts(evening, { do: 'close-window', pitch })
      }
      assert.deepEqual(bad, [])
      for (const one of evening.judges.values()) one.close()
      await page.context().close()
    })
  }

  test('a judge who calls: a press on the judge leads to the answer', async () => {
    const evening = await contest(browser, server)
    const { page } = evening
    await page.setViewportSize({ width: 1366, height: 768 })
    await seat(evening)
    for (const one of ['J1', 'J4', 'J7']) {
      evening.judges.get(one).say({ kind: 'device', device: { unsent: 0, rtt_ms: 20, offset_ms: 0, battery: 90, awake: 'film', page: 't', help: true } })
    }
    await until('three calls', async () => (await page.locator('.chip.call').count()) === 3)
    for (const n of [7, 1, 4]) {
      await page.locator('.chip').nth(n - 1).click()
      const answer = page.locator(`.call[data-call=J${n}] .btn`)
      await answer.waitFor()
      const seen = () =>
        answer.evaluate((one) => {
          const [box, room] = [one.getBoundingClientRect(), one.closest('.judges').getBoundingClientRect()]
          return box.top >= room.top - 1 && box.bottom <= room.bottom + 1
        })
      await until(`the answer to J${n} is in sight`, seen, 3_000)
    }
    for (const one of evening.judges.values()) one.close()
    await page.context().close()
  })
})

/** In the page: what stands over something else, and what is cut off, of what is on. */
function overlaps() {
  const found = []
  const box = (one) => one.getBoundingClientRect()
  const [number, name, on] = ['.now .number', '.now .name', '.now .on'].map((one) => document.querySelector(one))
  const range = document.createRange()
  range.selectNodeContents(number)
  const [text, beside] = [range.getBoundingClientRect(), box(name)]
  if (text.right > beside.left) found.push(`the number ends at ${text.right}, the name begins at ${beside.left}`)
  if (text.width > box(number).width + 1) found.push(`the number is ${text.width} wide in ${box(number).width}`)
  for (const one of document.querySelectorAll('.now .btn, .now .name, .now .missing, ul.strip .chip')) {
    if (one.scrollWidth > one.clientWidth + 1) found.push(`${one.className} is cut: ${one.textContent.trim().slice(0, 20)}`)
  }
  const room = box(on)
  for (const one of on.querySelectorAll('.btn, .name, .missing')) {
    if (box(one).bottom > room.bottom + 1) found.push(`out of sight: ${one.className} ${one.textContent.trim().slice(0, 20)}`)
  }
  if (document.documentElement.scrollHeight > innerHeight + 1) found.push('the page scrolls')
  return found
}
