// Pictures of the real pages: `node tests/browser/pictures.mjs` shows them at every device's size in tests/browser/out;
// with `--readme` it makes those of the README, docs/pictures.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Server, browse, device, devices, drive, mark, out, setUp, until } from './hall.mjs'

const readme = process.argv.includes('--readme')
const folder = readme ? join(import.meta.dirname, '..', '..', 'docs', 'pictures') : out
mkdirSync(folder, { recursive: true })

async function picture(page, name) {
  // Fonts and the last frame of a movement.
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(300)
  const type = readme ? 'jpeg' : 'png'
  const path = join(folder, `${name}.${readme ? 'jpg' : 'png'}`)
  await page.screenshot({ path, type, ...(readme ? { quality: 82 } : {}) })
  console.log(path)
}

/** The same page at other sizes, languages and themes. */
async function everywhere(page, name, kinds) {
  if (readme) return picture(page, name)
  const own = page.viewportSize()
  for (const kind of kinds) {
    await page.setViewportSize(devices[kind].viewport)
    await picture(page, `${name}-${kind}`)
  }
  await page.setViewportSize(own)
}

const judgeKinds = ['tablet', 'tablet-tall']
const screenKinds = readme ? ['screen'] : ['screen', 'screen-4k']

async function evening(browser, lang) {
  const server = await Server.serve()
  const open = (kind, options = {}) => device(browser, kind, { locale: lang === 'en' ? 'en-GB' : 'zh-CN', ...options })
  const name = (what) => (readme ? what : `${lang}-${what}`)
  try {
    // Set-up and the drive read the console's Chinese words.
    const organiser = await device(browser, 'laptop')
    const { cards } = await setUp(organiser, await server.claim(), { title: '青年创业大赛 · 总决赛' })
    const seat = (who) => cards.find((card) => card.name.includes(who)).url.replace(/^http:\/\/[^/]+/, server.url)
    const host = await device(browser, 'laptop')
    await host.goto(seat('场控'))
    const screen = await open('screen')
    await screen.goto(`${server.url}/screen?lang=${lang}`)
    const phone = await open('phone')
    await phone.goto(`${server.url}/?lang=${lang}`)
    const tablets = []
    for (let n = 1; n <= 7; n += 1) {
      const tablet = await open('tablet')
      await tablet.goto(seat(`评委${n}`).replace('#', `?lang=${lang}#`))
      await tablet.locator('.wait, .desk').first().waitFor()
      tablets.push(tablet)
    }
    const before = async (what) => {
      if (readme) return
      await everywhere(screen, name(`screen-${what}`), screenKinds)
      await picture(phone, name(`phone-${what}`))
      await picture(host, name(`host-${what}`))
    }
    if (!readme) {
      for (const [at, step] of (await organiser.locator('nav .step').all()).entries()) {
        await step.click()
        await picture(organiser, name(`organise-${at + 1}`))
      }
    }
    await before('cover')
    if (!readme) await everywhere(tablets[0], name('judge-waiting'), judgeKinds)
    const given = [
      ['27.5', '20', '16', '12.5', '8'],
      ['24', '21.5', '17', '11', '9'],
      ['28', '19', '15.5', '13', '7.5'],
      ['26', '22', '18', '12', '8.5'],
      ['29', '23', '17.5', '14', '9'],
    ]
    for (let project = 1; project <= 4; project += 1) {
      await drive(host, '路演中')
      if (project === 1) await before('pitching')
      await drive(host, '答辩中')
      await drive(host, '评分中')
      for (const [at, tablet] of tablets.entries()) {
        await until('its project', async () => (await tablet.locator('header .number').textContent())?.trim() === String(project))
        const marks = given[(at * 2 + project) % given.length]
        for (const [which, value] of marks.entries()) {
          if (project === 2 && at === 3 && which === 3) {
            await everywhere(tablet, name('judge-marking'), judgeKinds)
            await before('scoring')
            if (readme) await picture(screen, 'scoring')
          }
          await mark(tablet, value)
        }
        await tablet.locator('.go .primary.wide').tap()
        if (project === 2 && at === 3 && !readme) await everywhere(tablet, name('judge-review'), judgeKinds)
        await tablet.locator('dialog[open] .primary').tap()
        await until('received', async () => (await tablet.locator('.side .state').getAttribute('data-state')) === 'received')
      }
      if (project === 2 && !readme) await everywhere(tablets[3], name('judge-received'), judgeKinds)
      await drive(host, '评分结束')
      if (project === 2) await before('closed')
      await drive(host, '已揭晓')
      await screen.locator('.score .value, .verdict .value').first().waitFor()
      if (project === 2) await before('revealed')
    }
    if (readme) await picture(host, 'host')
    else {
      await host.locator('[data-desk=standings]').click()
      await host.locator('section table .unfold').first().click()
      await host.locator('dialog[open] .explain').waitFor()
      await picture(host, name('host-explain'))
      await host.keyboard.press('Escape')
      await host.locator('[data-desk=programme]').click()
    }
    await host.locator('.scenes button', { hasText: '排行榜' }).click()
    await screen.locator('.board li').nth(3).waitFor()
    await before('leaderboard')
    if (readme) {
      await picture(screen, 'leaderboard')
      await picture(phone, 'phone')
    }
    await host.locator('.scenes button', { hasText: '领奖台' }).click()
    await screen.locator('.podium').waitFor()
    // The steps come up one after another.
    await screen.waitForTimeout(6000)
    await before('podium')
    if (readme) await picture(screen, 'podium')
    for (const theme of readme ? [] : ['gold', 'light']) {
      await screen.goto(`${server.url}/screen?lang=${lang}&theme=${theme}`)
      await screen.locator('.podium').waitFor()
      await screen.waitForTimeout(6000)
      await picture(screen, name(`screen-podium-${theme}`))
    }
  } finally {
    await server.end()
  }
}

const browser = await browse()
try {
  for (const lang of readme ? ['zh'] : ['zh', 'en']) await evening(browser, lang)
} finally {
  await browser.close()
}
