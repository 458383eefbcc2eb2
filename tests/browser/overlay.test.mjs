// What a video mixer lays over the camera: nothing behind it, all of it in its place, nothing before the hall has it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Server, browse } from './hall.mjs'
import { faults, screen, stage, standings, timer, view } from './stage.mjs'

const SIZES = { '1080p': [1920, 1080], '4k': [3840, 2160], '720p': [1280, 720] }

describe('the overlay', () => {
  let server, browser

  before(async () => {
    server = await Server.serve()
    browser = await browse()
  })
  after(async () => {
    await browser?.close()
    await server?.end()
  })

  const overlay = (size, kind, how = {}) => screen(browser, server, size, { path: `overlay?kind=${kind}&`, ...how })
  const scored = (long) => view('pitch', { long, stage: stage('revealed'), standings: standings(9) })
  const full = { pitch: 'R1-P2', place: 1, score: '100.00', k: 7 }
  const change = (pitch, old, now, more) => ({ correction: { pitch, change: { old, new: now, ...more } } })
  const corrected = (long) => [
    view('correction', { long, standings: standings(9), ...change('R1-P2', { score: '82.83', place: 2 }, { score: '84.50', place: 1 }) }),
    view('correction', { long, standings: standings(9), ...change('R1-P2', {}, { score: '100.00', place: 1 }, { back: 'disqualified' }) }),
    view('correction', { long, standings: standings(9).filter((row) => row.pitch !== 'R1-P2'), ...change('R1-P2', { score: '82.83', place: 2 }, {}, { out: 'disqualified' }) }),
  ]
  const cases = {
    third: (long) => [
      view('pitch', { long, stage: stage('pitching'), timer: timer('pitch', 371) }),
      view('pitch', { long, rehearsal: true, stage: stage('qa'), timer: timer('qa', -65) }),
      view('pitch', { long, stage: stage('scoring', { progress: { k: 11, n: 12 } }) }),
      scored(long),
    ],
    score: (long) => [scored(long), view('leaderboard', { long, rehearsal: true, count: 40, stage: stage('revealed'), standings: [full, ...standings(40).slice(2)] }), ...corrected(long)],
    top: (long) => [scored(long), view('black', { long, rehearsal: true, count: 40, standings: standings(40) }), view('cover', { long, standings: [full] })],
  }

  for (const [name, size] of Object.entries(SIZES)) {
    test(`${name}: three kinds, short and long names, in its place and 4 % high`, async () => {
      const found = []
      for (const [kind, views] of Object.entries(cases)) {
        const page = await overlay(size, kind, { lang: name === '720p' ? 'en' : 'zh', theme: name === '4k' ? 'gold' : 'tech' })
        for (const [at, view] of [...views(false), ...views(true)].entries()) {
          await page.shows(view)
          assert.equal(await page.locator(kind === 'top' ? '.top' : '.third').count(), 1, `${kind} ${at} shows something`)
          found.push(...(await faults(page, '.overlay')).map((one) => `${kind} ${at}: ${one}`))
        }
        assert.deepEqual(page.complaints, [])
        await page.context().close()
      }
      assert.deepEqual(found, [])
    })
  }

  test('a correction is said as what it is: what was, who is out, who stands again', async () => {
    const page = await overlay(SIZES['1080p'], 'score')
    const said = []
    for (const view of corrected(false)) {
      await page.shows(view)
      said.push((await page.locator('.third .side').innerText()).replace(/\s+/g, ' '))
    }
    const row = standings(9).find((one) => one.pitch === 'R1-P2')
    const [first, again, out] = said
    assert.match(first, /成绩更正 82\.83 → 84\.50 · .*第 \d+ 名/)
    assert.match(again, new RegExp(`成绩更正 恢复资格 · .*第 ${row.place} 名.* ${row.score}$`))
    assert.equal(out, '成绩更正 82.83 取消资格')
    await page.context().close()
  })

  test('nothing behind it, and nothing at all while there is nothing to show', async () => {
    for (const kind of Object.keys(cases)) {
      const page = await overlay(SIZES['1080p'], kind)
      for (const [what, given, clear] of [
        ['an empty evening', view('cover'), true],
        ['a pitch without a score', view('black', { stage: stage('closed') }), true],
        ['something to show', scored(false), false],
      ]) {
        await page.shows(given)
        const share = await clearShare(page)
        if (clear) assert.equal(share, 1, `${kind}: ${what}: nothing but the camera`)
        else assert.ok(share > 0.55 && share < 0.95, `${kind}: ${what}: ${share} of the picture is the camera's`)
      }
      await page.context().close()
    }
  })

  test('who comes later sees it as it is; then rows move, and nothing but transform and opacity moves', async () => {
    const page = await overlay(SIZES['1080p'], 'top', { motion: 'on' })
    await page.shows(view('cover', { standings: standings(5) }), { settle: false })
    const moving = () => page.evaluate(() => document.getAnimations().map((one) => one.effect.getKeyframes().flatMap((frame) => Object.keys(frame))))
    assert.deepEqual(await moving(), [], 'no motion at first sight')
    const turned = standings(5).toReversed().map((row, at) => ({ ...row, place: at + 1 }))
    await page.shows(view('cover', { standings: turned }), { settle: false })
    const keys = (await moving()).flat().filter((key) => !['offset', 'easing', 'composite', 'computedOffset'].includes(key))
    assert.ok(keys.length > 0, 'rows move')
    assert.deepEqual([...new Set(keys)].filter((key) => !['transform', 'opacity'].includes(key)), [])
    await page.context().close()
  })
})

/** How much of the page has nothing on it. */
async function clearShare(page) {
  const png = await page.screenshot({ omitBackground: true })
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const pen = canvas.getContext('2d')
    pen.drawImage(image, 0, 0)
    const { data } = pen.getImageData(0, 0, image.width, image.height)
    let clear = 0
    for (let at = 3; at < data.length; at += 4) clear += data[at] === 0 ? 1 : 0
    return clear / (data.length / 4)
  }, png.toString('base64'))
}
