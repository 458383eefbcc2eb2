// Pictures of what the hall, the MC and the phones see: `node tests/browser/pictures-hall.mjs [zh|en] [pattern]` writes every scene
// in every shape, and the MC's page, a phone and the draw's page through an evening, to tests/browser/out/hall.
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Api, Seat, Server, browse, device, devices, out, until, withSeats } from './hall.mjs'
import { SIZES, scenes, screen } from './stage.mjs'

const folder = join(out, 'hall')
mkdirSync(folder, { recursive: true })
const [lang = 'zh', pattern = '.'] = process.argv.slice(2)
const wanted = new RegExp(pattern)
devices.upright = { viewport: { width: 820, height: 1180 }, hasTouch: true }

async function picture(page, name, options = {}) {
  if (!wanted.test(name)) return
  const path = join(folder, `${lang}-${name.replaceAll(' ', '-')}.png`)
  await page.screenshot({ path, ...options })
  console.log(path)
}

async function big(browser, server) {
  for (const [shape, size] of Object.entries(SIZES)) {
    const page = await screen(browser, server, size, { lang })
    for (const [name, view] of scenes(server.url)) {
      if (!wanted.test(`${shape} ${name}`)) continue
      await page.shows(view)
      await picture(page, `${shape} ${name}`)
    }
    await page.context().close()
  }
}

/** One pitch from the draw to its score, with the MC's three devices and a phone. */
async function evening(browser, server) {
  const api = new Api(server)
  const { code, cards } = await api.contest()
  const segments = [
    { id: 'S1', kind: 'draw', title: lang === 'zh' ? '抽签' : 'Draw', names: [], secs: 0, after: 0 },
    { id: 'S2', kind: 'break', title: lang === 'zh' ? '茶歇' : 'Coffee', names: [], secs: 900, after: 1 },
  ]
  await api.call('PUT', `/api/contests/${code}/programme`, { segments })
  const { projects } = await api.call('GET', `/api/contests/${code}`)
  for (const { id, number: _, ...project } of projects) {
    await api.call('PUT', `/api/contests/${code}/projects/${id}`, { ...project, say: '“锂”读 lǐ' })
  }
  const judges = ['J1', 'J2', 'J3', 'J4', 'J5', 'J6', 'J7']
  for (const seat of ['host', ...judges]) await api.call('POST', '/api/pair', { token: cards[seat].token })
  const host = await Seat.of(api, code)
  const locale = { locale: lang === 'zh' ? 'zh-CN' : 'en-GB' }
  await api.call('POST', '/api/pair', { token: (await api.cards(code, ['mc'])).mc.token })
  const shown = []
  for (const kind of ['phone', 'upright', 'tablet']) {
    const page = await withSeats(browser, server, api, kind, locale)
    await page.goto(`${server.url}/c/${code}/mc?lang=${lang}`)
    await page.locator('.said').waitFor()
    shown.push([`mc ${kind}`, page])
  }
  for (const [name, path] of [['phone', ''], ['draw', 'draw']]) {
    const page = await device(browser, 'phone', locale)
    await page.goto(`${server.url}/c/${code}/${path}?lang=${lang}`)
    await page.locator('main').waitFor()
    shown.push([name, page])
  }
  const look = async (what) => {
    await shown[0][1].waitForTimeout(700)
    for (const [name, page] of shown) await picture(page, `${name} ${what}`, { fullPage: ['phone', 'draw'].includes(name) })
  }
  const press = async () => {
    const [cue] = host.view.cues
    await host.give(cue.command ?? { do: 'commit-draw', round: host.view.round, secret: randomBytes(32).toString('hex') })
    await until('the next cue', () => JSON.stringify(host.view.cues[0]) !== JSON.stringify(cue))
  }
  await look('begins')
  await press()
  await press()
  for (const number of ['7', '42', '108']) await host.give({ do: 'call-number', round: host.view.round, number })
  await look('calls')
  await press()
  await look('drawn')
  const [{ pitch }] = host.view.cues
  await press()
  await look('pitching')
  await press()
  await press()
  for (const [at, seat] of judges.entries()) {
    const judge = await Seat.of(api, code, seat)
    await judge.card(pitch, judge.view.criteria.map((_, n) => (n === 0 ? `${21 + at}` : '8')))
    judge.close()
  }
  await look('scoring')
  await press()
  await look('closed')
  await press()
  await look('announcing')
  await shown[0][1].locator('.ready').tap()
  await look('ready')
  for (const step of ['turned', 'struck', 'scored']) {
    await press()
    await look(step)
  }
  await press()
  await look('revealed')
  await press()
  await press()
  await look('break')
  host.close()
}

const server = await Server.serve()
const browser = await browse()
try {
  await evening(browser, server)
  await big(browser, server)
} finally {
  await browser.close()
  await server.end()
}
