// Equal scores in real Chromium: four projects with 85.00 in places 1 to 4, and what decided wherever a row is; a rule that cannot
// leave out what it asks for. Pictures are written where PODIUM_PICTURES names a folder.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { contest, hosts, press, seat } from './evening.mjs'
import { problems } from './access.mjs'
import { Seat, Server, browse, device, until, withSeats } from './hall.mjs'
import { faults } from './stage.mjs'

/** 85 points each; the first criterion is less from one to the next. */
const EQUAL = [
  ['29', '21', '16', '12', '7'],
  ['28', '22', '16', '12', '7'],
  ['27', '22', '17', '12', '7'],
  ['26', '22', '17', '12', '8'],
]
const pictures = process.env.PODIUM_PICTURES

describe('equal scores', () => {
  let server, browser

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    if (pictures) mkdirSync(pictures, { recursive: true })
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  const shot = (page, name) => pictures && page.screenshot({ path: join(pictures, `ties-${name}.png`) })

  for (const lang of ['zh', 'en']) {
    test(`${lang}: four times 85.00 in places 1 to 4: what decided is part of every row`, async () => {
      const all = await contest(browser, server, lang)
      await seat(all)
      const truth = await Seat.of(all.api, all.code)
      await hosts(all, ...['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => ({ do: 'skip-segment', segment })))
      const pitches = truth.view.hall.order.slice(0, 4)
      const [name] = Object.values(truth.view.hall.tie_criteria)
      const words = lang === 'zh' ? `同分 · ${name}` : `Tie · ${name}`
      const open = async (kind, path) => {
        const page = await device(browser, kind, { locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
        await page.goto(`${server.url}/c/${all.code}/${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
        return page
      }
      const [screen, phone, overlay, top] = [await open('screen', 'screen'), await open('phone', ''), await open('screen', 'overlay?kind=score'), await open('screen', 'overlay?kind=top')]
      const mc = await withSeats(browser, server, all.api, 'phone', { locale: lang === 'zh' ? 'zh-CN' : 'en-GB' })
      await mc.goto(`${server.url}/c/${all.code}/mc?lang=${lang}`)
      for (const [at, pitch] of pitches.entries()) {
        await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
        for (const one of all.judges.values()) await one.card(pitch, EQUAL[at])
        await hosts(all, { do: 'close-window', pitch })
        // Nothing is said of a tie with a score that was not told.
        const told = truth.view.hall.standings
        assert.equal(told.filter((row) => row.tie).length, at < 2 ? 0 : at)
        await hosts(all, { do: 'reveal-pitch', pitch })
        await until('the hall has it', () => truth.view.hall.standings.length === at + 1)
      }
      assert.deepEqual(
        truth.view.hall.standings.map(({ place, score, tie }) => [place, score, tie.step]),
        [1, 2, 3, 4].map((place) => [place, '85.00', 'criterion']),
      )
      const count = (page, selector) => page.locator(selector).filter({ hasText: words }).count()
      // The reveal card, the overlays, the phone, the MC.
      await until('the card says it', () => count(screen, '.picture[data-scene=ceremony] .place'))
      assert.deepEqual(await faults(screen), [])
      await shot(screen, `${lang}-card`)
      await until('the overlay says it', () => count(overlay, '.overlay .phase'))
      const word = lang === 'zh' ? '同分' : 'Tie'
      await until('every row of the overlay', async () => (await top.locator('.overlay li').filter({ hasText: word }).count()) === 4)
      assert.deepEqual(await faults(top, '.overlay'), [])
      await shot(top, `${lang}-overlay`)
      await until('every row of the phone', async () => (await count(phone, '.rows li')) === 4)
      await shot(phone, `${lang}-phone`)
      assert.deepEqual(await problems(phone), [])
      await until('the MC says it', async () => (await mc.locator('.said').first().textContent()).includes(name))
      await shot(mc, `${lang}-mc`)
      // The leaderboard and the podium, by the key.
      await press(all.page, truth)
      await until('every row of the leaderboard', async () => (await count(screen, '.board li')) === 4)
      assert.deepEqual(await faults(screen), [])
      await shot(screen, `${lang}-leaderboard`)
      await hosts(all, { do: 'show-scene', scene: 'podium' })
      await until('three steps and one below', async () => (await count(screen, '.podium section')) === 3 && (await count(screen, '.podium ol li')) === 1)
      assert.deepEqual(await faults(screen), [])
      await shot(screen, `${lang}-podium`)
      // The console, and why.
      await all.page.locator('[data-desk=standings]').click()
      await until('every row of the console', async () => (await count(all.page, '.standings tbody tr')) === 4)
      await all.page.locator('.standings tbody tr').nth(1).locator('.unfold').click()
      await all.page.locator('dialog[open] dl').waitFor()
      const why = await all.page.locator('dialog[open] dl').textContent()
      for (const part of lang === 'zh' ? ['与第 1 名', '相对强项', '相对弱项', name] : ['To place 1', 'Strongest against the field', 'Weakest', name]) assert.ok(why.includes(part), `${part} in ${why}`)
      await shot(all.page, `${lang}-explained`)
      assert.deepEqual(await problems(all.page), [])
      await all.page.keyboard.press('Escape')
      for (const one of [all.page, screen, phone, overlay, top, mc]) {
        assert.deepEqual(one.complaints, [])
        await one.context().close()
      }
      truth.close()
      for (const one of all.judges.values()) one.close()
    })
  }

  for (const lang of ['zh', 'en']) {
    test(`${lang}: a tie decided, and a conflict found, once the places are known: the key tells the hall, and nothing does before`, async () => {
      const all = await contest(browser, server, lang)
      await all.api.call('POST', `/api/contests/${all.code}/preset`, { preset: 'national' })
      await seat(all)
      const truth = await Seat.of(all.api, all.code)
      await hosts(all, ...['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => ({ do: 'skip-segment', segment })))
      const pitches = truth.view.hall.order.slice(0, 2)
      const at = { locale: lang === 'zh' ? 'zh-CN' : 'en-GB' }
      const [screen, phone] = [await device(browser, 'screen', at), await device(browser, 'phone', at)]
      await screen.goto(`${server.url}/c/${all.code}/screen?lang=${lang}`)
      await phone.goto(`${server.url}/c/${all.code}/?lang=${lang}`)
      for (const pitch of pitches) {
        await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
        for (const one of all.judges.values()) await one.card(pitch, EQUAL[2])
        await hosts(all, { do: 'close-window', pitch }, { do: 'reveal-pitch', pitch })
        await until('the hall has it', () => truth.view.hall.standings.some((row) => row.pitch === pitch))
      }
      const places = () => truth.view.hall.standings.map(({ place, pitch }) => `${place} ${pitch}`)
      const [one, two] = pitches
      assert.deepEqual(places(), [`1 ${one}`, `1 ${two}`])
      const complaints = []
      /** The other way round, by the press and its dialog. */
      const decides = async (press) => {
        await press.click()
        const dialog = press.page().locator('dialog[open]')
        await dialog.locator('li button').last().click()
        await dialog.locator('input').fill('y')
        await dialog.locator('button.primary').click()
        await dialog.waitFor({ state: 'detached' })
      }
      const order = [two, one].map((pitch) => pitch.split('-')[1])
      await hosts(all, { do: 'decide-tie', round: 'R1', order, reason: 'x' })
      await until('the key tells it next', () => truth.view.cues[0]?.say === 'tell-decisions')
      assert.deepEqual(places(), [`1 ${one}`, `1 ${two}`], 'nothing is told by itself')
      await all.page.locator('.key').filter({ hasText: lang === 'zh' ? '公布同分裁定' : 'Tell how the tie was decided' }).waitFor()
      await shot(all.page, `${lang}-decided-console`)
      assert.deepEqual(await problems(all.page, { target: 24 }), [])
      // The desk of standings has the hall's rows: it is decided, the hall is not told; and it can be decided anew, there and back.
      const says = lang === 'zh' ? ['裁定待公布', '重新裁定'] : ['Decided, not told yet', 'Decide again']
      await all.page.locator('[data-desk=standings]').click()
      const anew = all.page.locator('.standings [data-do=decide-tie]')
      await until('it is not told yet', async () => (await all.page.locator('.standings tbody .note').allTextContents()).join() === says[0])
      assert.deepEqual(await anew.allTextContents(), [says[1]], 'one tie, one button')
      await shot(all.page, `${lang}-decided-standings`)
      assert.deepEqual(await problems(all.page, { target: 24 }), [])
      const counts = () => truth.view.provisional.map(({ place, pitch }) => `${place} ${pitch}`).join()
      for (const wanted of [`1 ${one},2 ${two}`, `1 ${two},2 ${one}`]) {
        await decides(anew)
        await until('it counts otherwise', () => counts() === wanted)
        assert.deepEqual(places(), [`1 ${one}`, `1 ${two}`], 'nothing is told by itself')
      }
      await press(all.page, truth)
      await until('the hall knows', () => places().join() === `1 ${two},2 ${one}`)
      await until('the screen shows it', () => screen.locator('.picture[data-scene=leaderboard]').count())
      await until('the phone says it', async () => (await phone.locator('.rows li .tie, .rows li').filter({ hasText: lang === 'zh' ? '裁定' : 'ruling' }).count()) > 0)
      assert.deepEqual(await faults(screen), [])
      await shot(screen, `${lang}-decided-screen`)
      // A conflict of the second judge at the project on the stage, said by the host on the judge's card.
      await all.page.locator('ul.strip button').nth(1).click()
      await all.page.locator('[data-judge=J2] [data-do=recuse]').click()
      await shot(all.page, `${lang}-conflict-asked`)
      await all.page.locator('dialog[open] input, dialog[open] textarea').last().fill(lang === 'zh' ? '师生' : 'A teacher')
      await all.page.locator('dialog[open] button.primary').click()
      await until('it counts no more', () => truth.view.pitches[two].recused.includes('J2'))
      await until('the hall knows the same score: the key tells the scorecards', () => truth.view.cues[0]?.say === 'confirm-correction')
      await press(all.page, truth)
      await until('it is settled', () => !truth.view.open?.some((matter) => matter.what === 'corrected'))
      await shot(screen, `${lang}-conflict-screen`)
      // Once the round is over the chair decides anew on the tablet.
      const others = truth.view.hall.order.filter((pitch) => !pitches.includes(pitch))
      await hosts(all, ...others.map((pitch) => ({ do: 'mark-absent', pitch })))
      const chair = await withSeats(browser, server, all.api, 'tablet', at)
      await chair.goto(`${server.url}/c/${all.code}/judge?lang=${lang}&seat=J1`)
      const again = chair.locator('.chair [data-do=decide-tie]')
      await until('it can be decided anew', async () => (await again.allTextContents()).join() === [says[1], says[1]].join())
      await shot(chair, `${lang}-decided-chair`)
      await decides(again.first())
      await until('it counts otherwise', () => counts().startsWith(`1 ${one},2 ${two}`))
      complaints.push(...chair.complaints)
      await chair.context().close()
      assert.deepEqual(complaints, [])
      for (const page of [all.page, screen, phone]) {
        assert.deepEqual(page.complaints, [])
        await page.context().close()
      }
      truth.close()
      for (const judge of all.judges.values()) judge.close()
    })
  }

  test('four scorecards: nothing is struck, and it is said before the press that closes', async () => {
    const all = await contest(browser, server)
    const truth = await Seat.of(all.api, all.code)
    await seat(all, ['J1', 'J2', 'J3', 'J4'])
    await hosts(all, ...['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => ({ do: 'skip-segment', segment })))
    const [pitch] = truth.view.hall.order
    await hosts(all, { do: 'start-pitch', pitch }, { do: 'open-window', pitch })
    for (const [at, one] of [...all.judges.values()].entries()) await one.card(pitch, EQUAL[0].with(4, `${at + 3}`))
    const said = '只有 4 份评分表：不去最高最低分'
    await until('the key says it', async () => (await all.page.locator('.key').textContent()).includes(said))
    await shot(all.page, 'fallback-console')
    await hosts(all, { do: 'close-window', pitch }, { do: 'reveal-pitch', pitch })
    await all.page.locator('[data-desk=standings]').click()
    await all.page.locator('.standings .head [aria-pressed]').click()
    await until('the staff is told', async () => (await all.page.locator('.standings ul').textContent()).includes(said))
    await all.page.locator('.standings tbody .unfold').first().click()
    await until('the explanation says it', async () => (await all.page.locator('dialog[open] dl').textContent()).includes(said))
    await shot(all.page, 'fallback-explained')
    assert.deepEqual(all.page.complaints, [])
    truth.close()
    for (const one of all.judges.values()) one.close()
  })
})
