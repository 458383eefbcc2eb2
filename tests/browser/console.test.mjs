// The host's console in real Chromium: a whole pitch with keys alone, what keys must not do, drag and keyboard moves, undo, two
// consoles, the draw, the rehearsal. Access is checked in every situation of an evening, in both languages.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, describe, test } from 'node:test'
import { contest, hosts, seat, tour } from './evening.mjs'
import { Seat, Server, browse, hold, until } from './hall.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The cue that the big key offers. */
const cue = (page) => page.locator('.key').getAttribute('data-cue')
/** And the seat that looks on, which has a line of its own, has seen as much as the page. */
const offers = (page, say) => until(`the key offers ${say}`, async () => (await cue(page)) === say && page.truth.view.cues[0]?.say === say)
const toast = (page, text) => until(`the toast says ${text}`, async () => (await page.locator('.toast').textContent()).includes(text))
/** Past the moment in which a changed cue is not pressed. */
const settled = (page) => until('the key can be pressed', () => page.locator('.key:not([aria-disabled])').count())

/** Presses a key once the big key is at rest. */
async function press(page, key) {
  await settled(page)
  await page.keyboard.press(key)
}

describe("the host's console", () => {
  let server, browser
  const complaints = []

  before(async () => {
    server = await Server.serve()
    browser = await browse()
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  /** A contest with its console, and a seat that only looks on: the truth of the server. */
  async function evening(lang = 'zh', kind = 'laptop') {
    const all = await contest(browser, server, lang, kind)
    const truth = await Seat.of(all.api, all.code)
    all.page.truth = truth
    const end = async () => {
      truth.close()
      for (const one of all.judges.values()) one.close()
      complaints.push(...all.page.complaints)
      await all.page.context().close()
    }
    return { ...all, truth, end, pitch: (n) => `R1-P${n}` }
  }

  for (const [kind, lang] of [['laptop', 'zh'], ['tablet', 'en']]) {
    test(`every situation on a ${kind} (${lang}): nothing for axe at AA, targets for fingers, no page scrolling`, async () => {
      const found = []
      const names = []
      const { complaints } = await tour(browser, server, lang, kind, async (page, name) => {
        names.push(name)
        found.push(...(await problems(page, kind === 'tablet' ? 48 : 44)).map((one) => `${name}: ${one}`))
      })
      assert.deepEqual(found, [])
      assert.deepEqual(complaints, [])
      assert.ok(names.length >= 12, `${names.length} situations`)
    })
  }

  test('a pitch from start to reveal with Space and PageDown alone', async () => {
    const { page, truth, end, pitch, ...rest } = await evening()
    await seat({ ...rest, judges: rest.judges }, ['J1', 'J2'])
    await hosts(rest, ...['S1', 'S2', 'S3'].map((segment) => ({ do: 'skip-segment', segment })))
    await offers(page, 'start-pitch')
    await press(page, ' ')
    await offers(page, 'start-qa')
    await press(page, 'PageDown')
    await offers(page, 'open-window')
    await press(page, 'ArrowRight')
    await offers(page, 'close-window')
    for (const one of ['J1', 'J2']) await rest.judges.get(one).card(pitch(1), ['27.5', '20', '16', '12.5', '8'])
    await until('2 of 7', async () => (await page.locator('.missing b').textContent()).startsWith('2'))
    // Five are missing: held. Taps say so, as often as they come, and close nothing.
    for (const key of [' ', 'PageDown', 'PageDown', 'l']) {
      await press(page, key)
      await page.locator('.key.tapped').waitFor()
    }
    assert.match(await page.locator('.key small').textContent(), /点一下不算/)
    await until('it says so no longer', async () => (await page.locator('.key.tapped').count()) === 0, 6_000)
    assert.equal(truth.view.hall.stage.phase, 'scoring')
    await settled(page)
    await page.keyboard.down('PageDown')
    await page.locator('.key.held').waitFor()
    await page.waitForTimeout(500)
    await page.keyboard.up('PageDown')
    await page.waitForTimeout(1_000)
    assert.equal(truth.view.hall.stage.phase, 'scoring', 'half a hold closes nothing')
    await page.keyboard.down('PageDown')
    await offers(page, 'begin-announcement')
    await page.keyboard.up('PageDown')
    // Closed too early: it is opened again beside the names of those who are missing, and closed with the key.
    await page.locator('.window [data-do=open-again]').click()
    await offers(page, 'close-window')
    assert.equal(truth.view.hall.stage.phase, 'scoring')
    await settled(page)
    await page.keyboard.down(' ')
    await offers(page, 'begin-announcement')
    await page.keyboard.up(' ')
    // The first number that the hall sees is firm. The first press asks, and asks no longer than four seconds.
    await press(page, 'r')
    await offers(page, 'show-plates')
    await press(page, 'r')
    await page.locator('.key.again').waitFor()
    assert.equal(truth.view.hall.plates.plates.filter((plate) => plate.total).length, 0, 'one press turns nothing')
    await until('it asks no longer', async () => (await page.locator('.key.again').count()) === 0, 6_000)
    await press(page, 'r')
    await page.locator('.key.again').waitFor()
    await page.keyboard.press('r')
    await until('the plates are turned', () => truth.view.hall.plates.plates.filter((plate) => plate.total).length === 2)
    await press(page, 'PageUp')
    await until('they are face down again', () => truth.view.hall.plates.plates.every((plate) => !plate.total))
    await until('and the page says so', async () => (await page.locator('.now').innerText()).includes('未翻开'))
    await press(page, 'r')
    await until('and turned', () => truth.view.hall.plates.plates.filter((plate) => plate.total).length === 2)
    await press(page, 'r')
    await until('the score stands', () => truth.view.hall.plates.score !== undefined)
    assert.equal(truth.view.hall.standings.length, 0, 'and is in no standings yet')
    await offers(page, 'reveal-pitch')
    await press(page, 'r')
    await offers(page, 'show-leaderboard')
    assert.equal(truth.view.hall.standings.length, 1)
    // What the hall has seen cannot be undone, and the page says so.
    await press(page, 'u')
    await until('the reason', async () => (await page.locator('.toasts [role=alert]').textContent()).includes('现场已经看到'))
    assert.equal(truth.view.hall.phases[pitch(1)], 'revealed')
    await end()
  })

  test('what keys must not do: disarmed, in a field, held down, F5, letters off', async () => {
    const { page, truth, end } = await evening()
    await offers(page, 'start-segment')
    const lamp = page.locator('.armed')
    await lamp.click()
    assert.equal(await lamp.getAttribute('aria-pressed'), 'false')
    for (const key of [' ', 'PageDown', 'ArrowRight', 'b', '.']) await page.keyboard.press(key)
    await lamp.click()
    // A held key: the browser says it again and again.
    await settled(page)
    await page.keyboard.down('PageDown')
    await page.keyboard.down('PageDown')
    await page.keyboard.down('PageDown')
    await page.keyboard.up('PageDown')
    await until('the opening', () => truth.view.hall.segment === 'S1')
    await settled(page)
    await page.keyboard.down('PageDown')
    await until('the appointment', () => truth.view.hall.segment === 'S2')
    await settled(page)
    await page.keyboard.down('PageDown')
    await page.keyboard.up('PageDown')
    assert.equal(truth.view.hall.segment, 'S2', 'a key that stays down leads on once')
    await page.evaluate(() => (window.stayed = true))
    await page.keyboard.press('F5')
    assert.equal(await page.evaluate(() => window.stayed), true, 'F5 reloads nothing')
    // Typing is typing; an open dialog has the keys.
    await page.locator('[data-id="R1-P3"] .row').click()
    const field = page.locator('.tools input')
    await field.fill('')
    await field.press('b')
    await field.press('PageDown')
    assert.equal(await field.inputValue(), 'b')
    await page.locator('.tools button', { hasText: '弃赛' }).click()
    await page.locator('dialog[open] input').fill('u')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Escape')
    await until('no dialog', async () => (await page.locator('dialog[open]').count()) === 0)
    await page.keyboard.press('Escape')
    assert.equal(truth.view.hall.scene, 'segment')
    // Letters are switched off on this device, clickers go on.
    await page.keyboard.press('?')
    await page.locator('dialog[open] input[type=checkbox]').uncheck()
    await page.keyboard.press('Escape')
    await page.reload()
    await offers(page, 'start-segment')
    await press(page, 'b')
    await press(page, 'u')
    await press(page, '.')
    await until('black', () => truth.view.hall.scene === 'black')
    await page.keyboard.press('.')
    await until('back', () => truth.view.hall.scene === 'segment')
    assert.equal(truth.view.hall.segment, 'S2')
    await end()
  })

  test('a pointer holds what is firm, a double press does one thing, and Space after a click is the next cue', async () => {
    const { page, truth, end, pitch, ...rest } = await evening()
    await hosts(rest, ...['S1', 'S2', 'S3'].map((segment) => ({ do: 'skip-segment', segment })))
    await offers(page, 'start-pitch')
    await settled(page)
    await page.locator('.key').dblclick()
    await until('on stage', () => truth.view.hall.stage?.phase === 'pitching')
    await settled(page)
    assert.equal(truth.view.hall.stage.phase, 'pitching', 'one press')
    await page.locator('[data-scene=black]').click()
    await until('black', () => truth.view.hall.scene === 'black')
    await press(page, ' ')
    await until('questions', () => truth.view.hall.stage.phase === 'qa')
    await page.locator('.key').click()
    await offers(page, 'close-window')
    await settled(page)
    await page.locator('.key').click()
    await page.waitForTimeout(300)
    assert.equal(truth.view.hall.stage.phase, 'scoring', 'a tap closes nothing early')
    await hold(page.locator('.key'))
    await until('closed', () => truth.view.hall.stage.phase === 'closed')
    // By keyboard on the button itself: Enter, held down.
    await hosts(rest, { do: 'open-window', pitch: pitch(1) })
    await offers(page, 'close-window')
    await settled(page)
    await page.locator('.key').focus()
    await page.keyboard.down('Enter')
    await until('closed', () => truth.view.hall.stage.phase === 'closed')
    await page.keyboard.up('Enter')
    assert.ok(await page.locator('.key').evaluate((key) => key === document.activeElement), 'the focus stays on the key')
    await end()
  })

  test('the timer, the countdown, overtime and deductions', async () => {
    const { page, truth, end, pitch, ...rest } = await evening()
    await hosts(rest, ...['S1', 'S2', 'S3'].map((segment) => ({ do: 'skip-segment', segment })), { do: 'start-pitch', pitch: pitch(1) })
    await offers(page, 'start-qa')
    await press(page, 't')
    await until('paused', () => truth.view.hall.timer.since === undefined)
    await press(page, '+')
    await until('half a minute more', () => truth.view.hall.timer.planned_ms === 510_000)
    await press(page, '_')
    await until('and less', () => truth.view.hall.timer.planned_ms === 480_000)
    await page.locator('.hands .btn').nth(4).click()
    await page.locator('dialog[open] .btn', { hasText: '1:00' }).click()
    await page.locator('dialog[open] .primary').click()
    await until('a minute left', () => truth.view.hall.timer.planned_ms - truth.view.hall.timer.spent_ms === 60_000)
    await hosts(rest, { do: 'set-timer', left_secs: 0 }, { do: 'run-timer' })
    await page.waitForTimeout(2_200)
    await page.locator('.more .btn').first().click()
    await until('open early', () => truth.view.hall.stage.open)
    await press(page, ' ')
    await offers(page, 'open-window')
    const notice = page.locator('.notice.overtime')
    assert.match(await notice.locator('strong').textContent(), /1 号超时 0:0\d：按规则扣 0\.5 分/)
    await notice.locator('.btn').first().click()
    await until('taken off', () => truth.view.pitches[pitch(1)].deductions.length === 1)
    await toast(page, '1 号扣分')
    await page.locator('.undo').click()
    await until('given back', () => truth.view.pitches[pitch(1)].deductions.length === 0)
    await notice.locator('.btn').nth(1).click()
    await page.locator('dialog[open] input').fill('设备故障')
    await page.locator('dialog[open] .primary').click()
    await until('waived', () => truth.view.pitches[pitch(1)].dismissed === '设备故障')
    await page.locator('.more .btn').last().click()
    await page.locator('dialog[open] input').first().fill('0,501')
    await page.locator('dialog[open] input').nth(1).fill('提前离场')
    assert.ok(await page.locator('dialog[open] .primary').isDisabled(), 'two decimals at most')
    await page.locator('dialog[open] input').first().fill('0.75')
    await page.locator('dialog[open] .primary').click()
    await until('by hand', () => truth.view.pitches[pitch(1)].deductions[0]?.points === '0.75')
    await press(page, ' ')
    await offers(page, 'close-window')
    await page.locator('.window .btn').first().click()
    await page.locator('.now .closes').waitFor()
    await page.locator('.window .btn').click()
    await until('no countdown', () => truth.view.hall.stage.closes_at === undefined)
    await end()
  })

  test('rows move by drag, by Alt and arrows, by number; segments, too; each is undone', async () => {
    const { page, truth, end, pitch } = await evening()
    const order = () => truth.view.hall.order.map((one) => one.split('P')[1]).join('')
    await until('five pitches', () => order() === '12345')
    await drag(page, pitch(1), pitch(3))
    await until('dragged', () => order() === '23145')
    await toast(page, '调整出场顺序')
    await page.keyboard.press('u')
    await until('undone', () => order() === '12345')
    await toast(page, '已撤销')
    await page.locator(`[data-id="${pitch(4)}"] .row`).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await until('one up', () => order() === '12435')
    await page.keyboard.press('Alt+ArrowUp')
    await until('two up', () => order() === '14235')
    assert.equal(await page.evaluate(() => document.activeElement.closest('[data-id]').dataset.id), pitch(4), 'the focus goes along')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await until('both undone', () => order() === '12345')
    const shown = () => page.locator('.rows [data-id^="R1"]').evaluateAll((all) => all.map((one) => one.dataset.id.split('P')[1]).join(''))
    await until('on the page, too', async () => (await shown()) === '12345')
    await page.keyboard.press('Alt+ArrowUp')
    await until('one up again', () => order() === '12435')
    await page.locator(`[data-id="${pitch(5)}"] .row`).click()
    await page.locator('.tools input').fill('2')
    await page.locator('.tools input').press('Enter')
    await until('the second', () => order() === '15243')
    await page.locator('.tools .btn', { hasText: '下一个' }).click()
    await until('the next', () => order() === '51243')
    // Once, escaped from: nothing moves.
    await drag(page, pitch(5), pitch(3), { escape: true })
    await page.waitForTimeout(300)
    assert.equal(order(), '51243')
    // The break goes before the second pitch, and back.
    await page.locator('[data-id="S4"] .row').click()
    const breaks = () => truth.view.hall.segments.find((one) => one.id === 'S4').after
    assert.equal(breaks(), 3)
    await page.keyboard.press('Alt+ArrowUp')
    await until('earlier', () => breaks() === 2)
    await toast(page, '议程已调整')
    await page.locator('.undo').click()
    await until('back', () => breaks() === 3)
    await page.locator(`[data-id="${pitch(3)}"] .row`).click()
    await page.locator('.tools .btn', { hasText: '缺席' }).click()
    await until('absent', () => truth.view.hall.phases[pitch(3)] === 'absent')
    await page.locator('.tools .btn', { hasText: '恢复' }).click()
    await until('queued', () => truth.view.hall.phases[pitch(3)] === 'queued')
    await page.locator('[data-id="S1"] .row').click()
    await page.locator('.tools .btn', { hasText: '跳过' }).click()
    await until('skipped', () => truth.view.hall.segments[0].past)
    await end()
  })

  test('undo: at once with one press, later with two, in the history by its button; why not is said', async () => {
    const { page, truth, end } = await evening('en')
    await page.locator('[data-scene=leaderboard]').click()
    await until('the leaderboard', () => truth.view.hall.scene === 'leaderboard')
    await toast(page, 'Leaderboard')
    await page.waitForTimeout(10_200)
    assert.equal((await page.locator('.toast').textContent()).trim(), '', 'told for ten seconds')
    await page.keyboard.press('u')
    await until('it asks', async () => /again/.test(await page.locator('.undo').textContent()))
    assert.equal(truth.view.hall.scene, 'leaderboard')
    await page.keyboard.press('u')
    await until('undone', () => truth.view.hall.scene === 'cover')
    for (const scene of ['podium', 'black']) {
      await page.locator(`[data-scene=${scene}]`).click()
      await until(scene, () => truth.view.hall.scene === scene)
    }
    await page.locator('[data-desk=history]').click()
    const rows = page.locator('.history li')
    await until('both', async () => (await rows.count()) === 3)
    assert.equal(await page.locator('.history .btn').count(), 1, 'only the newest')
    await page.locator('.history .btn').click()
    await until('podium', () => truth.view.hall.scene === 'podium')
    await until('undone stays in the list', async () => (await rows.first().getAttribute('class')).includes('undone'))
    await page.keyboard.press('PageUp')
    await until('PageUp leads back', () => truth.view.hall.scene === 'cover')
    // Nothing to go back to: refused, in words.
    await page.keyboard.press('PageUp')
    await until('a sentence', async () => (await page.locator('.toasts [role=alert]').textContent()).length > 10)
    assert.ok(!(await page.locator('.toasts').textContent()).includes('no-scene-before'))
    await end()
  })

  test('two consoles: one drives, the other looks on and takes over', async () => {
    const { page, truth, end, open } = await evening()
    await press(page, ' ')
    await until('the opening', () => truth.view.hall.segment === 'S1')
    const other = await open('tablet')
    other.truth = truth
    await other.locator('.watching').waitFor()
    assert.match(await other.locator('.watching').textContent(), /最后操作/)
    await other.keyboard.press(' ')
    await other.locator('[data-scene=black]').click()
    await until('why not', async () => (await other.locator('.toasts [role=alert]').textContent()).includes('接管'))
    assert.equal(truth.view.hall.segment, 'S1')
    assert.equal(truth.view.hall.scene, 'segment')
    await other.locator('.take').click()
    await offers(other, 'start-segment')
    await page.locator('.watching').waitFor()
    await press(other, ' ')
    await until('the appointment', () => truth.view.hall.segment === 'S2')
    await page.keyboard.press(' ')
    await page.waitForTimeout(300)
    assert.equal(truth.view.hall.segment, 'S2')
    // Who drives has left: whoever acts next drives.
    await other.context().close()
    await offers(page, 'start-segment')
    await press(page, ' ')
    await until('the draw', () => truth.view.hall.segment === 'S3')
    complaints.push(...other.complaints)
    await end()
  })

  test('the draw: the secret leaves this device once and is seen by nobody before the reveal', async () => {
    const { page, truth, end, pitch, ...rest } = await evening()
    const secrets = []
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const { command } = JSON.parse(payload)
        if (command?.do === 'commit-draw') secrets.push(command.secret)
      }),
    )
    await page.reload()
    await hosts(rest, { do: 'start-segment', segment: 'S3' })
    await offers(page, 'commit-draw')
    await press(page, ' ')
    await offers(page, 'reveal-draw')
    assert.equal(secrets.length, 1)
    assert.match(secrets[0], /^[0-9a-f]{64}$/)
    for (const number of ['17', '4', '4']) {
      await page.locator('.draw input').fill(number)
      await page.locator('.draw input').press('Enter')
      await until('it is cleared', async () => (await page.locator('.draw input').inputValue()) === '')
    }
    await until('three numbers', () => truth.view.hall.draw.called.length === 3)
    await page.locator('.undo').click()
    await until('two numbers', () => truth.view.hall.draw.called.join() === '17,4')
    const everywhere = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }))
    assert.ok(!everywhere.replace(/\s/g, '').includes(secrets[0]))
    assert.ok(!JSON.stringify(truth.view).includes(secrets[0]))
    await page.locator('body').click({ position: { x: 5, y: 5 } })
    await press(page, ' ')
    await page.locator('.key.again').waitFor()
    await page.keyboard.press(' ')
    await page.locator('.draw ol li').nth(4).waitFor()
    const shown = (await page.locator('.draw .hex').last().textContent()).replace(/\s/g, '')
    assert.equal(shown, secrets[0], 'told at the end')
    await until('the order', () => truth.view.hall.draw.order?.length === 5)
    await end()
  })

  test('a rehearsal says what it is, and its end is typed', async () => {
    const { page, truth, end, title } = await evening()
    await page.locator('[data-desk=rehearsal]').click()
    await page.locator('.begin').click()
    await page.locator('header .rehearsal').waitFor()
    await press(page, ' ')
    await until('the opening', () => truth.view.hall.segment === 'S1')
    await page.locator('.end').click()
    const wipe = page.locator('dialog[open] .primary')
    await page.locator('dialog[open] input').fill('青年创业大赛')
    assert.ok(await wipe.isDisabled())
    await page.locator('dialog[open] input').fill(title)
    await wipe.click()
    await until('wiped', () => !truth.view.hall.rehearsal && truth.view.hall.segment === undefined)
    await until('no lamp', async () => (await page.locator('header .rehearsal').count()) === 0)
    await offers(page, 'start-segment')
    await end()
  })

  test('once something counts, a rehearsal asks before it begins', async () => {
    const { page, truth, end, pitch, ...rest } = await evening()
    const segments = ['S1', 'S2', 'S3'].map((segment) => ({ do: 'skip-segment', segment }))
    const on = (act) => ({ do: act, pitch: pitch(1) })
    await hosts(rest, ...segments, on('start-pitch'), on('open-window'), on('close-window'))
    await page.locator('[data-desk=rehearsal]').click()
    await page.locator('.begin').click()
    await page.locator('dialog[open] .despite').waitFor()
    assert.deepEqual(await problems(page), [])
    await page.locator('dialog[open] .btn').first().click()
    await page.locator('dialog[open]').waitFor({ state: 'detached' })
    assert.ok(!truth.view.hall.rehearsal)
    await page.locator('.begin').click()
    await page.locator('dialog[open] .despite').click()
    await until('the rehearsal', () => truth.view.hall.rehearsal)
    await end()
  })

  test('the judges in one line: a card is opened, a judge is absent, the organiser gives a new card', async () => {
    const { page, truth, end, pitch, ...rest } = await evening()
    await seat({ ...rest, judges: rest.judges }, ['J1', 'J2'])
    await until('two here', async () => (await page.locator('ul.strip .dot.here').count()) === 2)
    rest.judges.get('J2').say({ kind: 'device', device: { unsent: 3, rtt_ms: 1, offset_ms: 0, awake: 'film', page: 't', help: true } })
    await until('the call', async () => (await page.locator('ul.strip li').nth(1).textContent()).includes('请求协助'))
    await page.locator('ul.strip button').nth(1).click()
    await page.locator('.judges .call .btn').click()
    await until('the word', () => truth.view.presence.judges.J2.nudge?.what === 'coming')
    rest.judges.get('J2').say({ kind: 'device', device: { unsent: 3, rtt_ms: 1, offset_ms: 0, awake: 'film', page: 't' } })
    await until('unsent', async () => (await page.locator('ul.strip li').nth(1).textContent()).includes('待送 3'))
    await hosts(rest, ...['S1', 'S2', 'S3'].map((segment) => ({ do: 'skip-segment', segment })), { do: 'start-pitch', pitch: pitch(1) })
    await page.locator('ul.strip button').nth(2).click()
    const card = page.locator('[data-judge=J3]')
    await card.getByRole('button', { name: '缺席' }).click()
    await page.locator('dialog[open] input').fill('路上堵车')
    await page.locator('dialog[open] .primary').click()
    await until('abstains', () => truth.view.pitches[pitch(1)].abstained.includes('J3'))
    await until('in the line, too', async () => (await page.locator('ul.strip li').nth(2).textContent()).includes('弃权'))
    await page.locator('.undo').click()
    await until('takes part again', () => truth.view.pitches[pitch(1)].abstained.length === 0)
    await card.getByRole('button', { name: '换新卡' }).click()
    await page.locator('dialog[open] .primary').click()
    const picture = page.locator('dialog[open] img')
    await picture.waitFor()
    assert.ok(await until('the code', () => picture.evaluate((img) => img.naturalWidth > 0)))
    await end()
  })

  test('the consoles complained about nothing', () => {
    // Cards are the organiser's; a QR code of this server's loopback address is the browser's own to refuse.
    assert.deepEqual(complaints, [])
  })
})

/** Drags a row by its handle to where another one is. */
async function drag(page, from, to, { escape = false } = {}) {
  await page.locator(`[data-id="${from}"]`).scrollIntoViewIfNeeded()
  const grip = await page.locator(`[data-id="${from}"] .grip`).boundingBox()
  const target = await page.locator(`[data-id="${to}"]`).boundingBox()
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2)
  await page.mouse.down()
  await page.mouse.move(grip.x + 10, target.y + target.height / 2, { steps: 6 })
  if (escape) await page.keyboard.press('Escape')
  else assert.equal(await page.locator('.lifted').count(), 1)
  await page.mouse.up()
}

/** What is wrong with the page as it stands: axe at AA, targets too small, the page wider or longer than its window. */
async function problems(page, target) {
  const known = await page.evaluate(() => 'axe' in window)
  if (!known) await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }
    const { violations } = await window.axe.run(document, rules)
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
  })
  const shape = await page.evaluate((target) => {
    const wrong = []
    const top = document.querySelector('dialog[open]') ?? document
    for (const one of top.querySelectorAll('button, a, select, textarea, summary, input:not([type=checkbox])')) {
      // Names in a table are text with a dotted line.
      if (one.closest('[inert]') || one.classList.contains('unfold')) continue
      const [width, height] = [one.offsetWidth, one.offsetHeight]
      if (width === 0 && height === 0) continue
      const name = (one.textContent || one.getAttribute('aria-label') || one.tagName).trim().slice(0, 30)
      if (height < target || width < target) wrong.push(`target ${width}×${height}: ${name}`)
    }
    const page = document.documentElement
    if (page.scrollWidth > innerWidth + 1) wrong.push(`wider than the window: ${page.scrollWidth}`)
    if (page.scrollHeight > innerHeight + 1) wrong.push(`longer than the window: ${page.scrollHeight}`)
    return [...new Set(wrong)]
  }, target)
  return [...violations, ...shape]
}
