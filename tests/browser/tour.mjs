// Every state of a judge's tablet, one after another, on one contest: for the checks of access and for pictures.
import { Api, Seat, device, key, mark, until } from './hall.mjs'

export const MARKS = ['27.5', '20', '16', '12.5', '8']
/** Marks of a whole scorecard by project and judge, so that totals differ and one judge stands alone. */
const given = (project, judge) => (judge === 5 && project === 1 ? ['15', '12', '9', '6', '4'] : ['26', '21', '16', '12', '8'].map((one) => String(Number(one) - ((judge * project) % 3))))

/** A tablet that has taken its seat by card. */
export async function seated(browser, server, card, kind, { lang = 'zh', host = 'podium.local', pin, ...options } = {}) {
  const page = await device(browser, kind, { locale: lang === 'en' ? 'en-GB' : 'zh-CN', ...options })
  await page.goto(`http://${host}:${server.port}/judge?lang=${lang}#${card.token}`)
  if (pin) {
    await page.locator('input.pin').fill(card.pin)
    await page.locator('form .btn.primary').tap()
  }
  await page.locator('.wait, .desk, .away, main.sign').first().waitFor()
  return page
}

export const holds = (page, state) =>
  until(`the page says ${state}`, async () => (await page.locator('.state').first().getAttribute('data-state')) === state)

/** Marks the whole rubric by touch. */
export async function markAll(page, marks = MARKS) {
  for (const one of marks) await mark(page, one)
}

export async function submit(page) {
  await page.locator('.go .primary').tap()
  await page.locator('dialog[open] .primary').tap()
}

const dismiss = async (page) => {
  await page.keyboard.press('Escape')
  await until('no dialog', async () => (await page.locator('dialog[open]').count()) === 0)
}

/**
 * Visits every state; `visit(page, name)` looks at it. The judge of the tour is 评委2; the workbook's chair, 评委1, has an own
 * tablet for the chair's states.
 */
export async function tour(browser, server, kind, lang, visit) {
  const api = new Api(server)
  if (server.claimed) await api.call('POST', '/api/login', { password: server.claimed })
  const { code, cards } = await api.contest()
  server.claimed = 'correct horse 亮分'
  for (const seat of ['host', 'J3', 'J4', 'J5', 'J6', 'J7']) await api.call('POST', '/api/pair', { token: cards[seat].token })
  const host = await Seat.of(api, code)
  const others = await Promise.all(['J3', 'J4', 'J5', 'J6', 'J7'].map((seat) => Seat.of(api, code, seat)))
  const pitch = (n) => `R1-P${n}`
  const panel = async (n) => {
    for (const [at, seat] of others.entries()) await seat.card(pitch(n), given(n, at + 3))
  }
  const door = await device(browser, kind, { locale: lang === 'en' ? 'en-GB' : 'zh-CN' })
  await door.goto(`http://podium.local:${server.port}/judge?lang=${lang}`)
  await door.locator('form').waitFor()
  await visit(door, 'door')
  const page = await seated(browser, server, cards.J2, kind, { lang })
  const first = await seated(browser, server, cards.J1, kind, { lang })
  await door.goto('about:blank')
  await door.goto(`http://podium.local:${server.port}/judge?lang=${lang}#${cards.J2.token}`)
  await door.locator('input.pin').waitFor()
  await visit(door, 'door-pin')
  await door.context().close()
  await visit(page, 'waiting')
  await page.locator('.wait .btn').first().tap()
  await mark(page, '27.5')
  await visit(page, 'practice')
  await page.locator('header .primary').tap()

  await host.give({ do: 'start-pitch', pitch: pitch(1) })
  await page.locator('.desk').waitFor()
  await visit(page, 'pitching')
  for (const symbol of '31') await key(page, symbol).tap()
  await visit(page, 'out-of-range')
  for (let at = 0; at < 2; at += 1) await key(page, '⌫').tap()
  await mark(page, '27.5')
  await mark(page, '20')
  await holds(page, 'drafted')
  await visit(page, 'drafted')
  await page.locator('.aside .btn').first().tap()
  await visit(page, 'recuse')
  await dismiss(page)
  await page.locator('.more').tap()
  await visit(page, 'menu')
  await page.locator('dialog[open] .btn').first().tap()
  host.say({ kind: 'nudge', judge: 'J2', what: 'submit' })
  await page.locator('.banner.word').waitFor()
  await visit(page, 'nudged')
  await page.locator('.banner.word .btn').tap()
  host.say({ kind: 'nudge', judge: 'J2', what: 'coming' })
  await page.locator('.banner.word').waitFor()
  await page.locator('.banner.word .btn').tap()
  await host.give({ do: 'open-window', pitch: pitch(1) })
  await until('the window', async () => (await page.locator('.go .primary').count()) === 1)
  await markAll(page, ['16', '12.5', '8'])
  await page.locator('.go .primary').tap()
  await visit(page, 'review')
  await dismiss(page)
  await page.context().setOffline(true)
  await submit(page)
  await holds(page, 'sending')
  await until('the line is missed', async () => (await page.locator('.line').getAttribute('data-line')) !== 'open', 40_000)
  await visit(page, 'offline')
  await page.context().setOffline(false)
  await holds(page, 'received')
  await visit(page, 'received')
  await markAll(first, given(1, 1))
  await submit(first)
  await holds(first, 'received')
  await panel(1)
  await host.give({ do: 'close-window', pitch: pitch(1) })
  await holds(page, 'counted')
  await visit(page, 'counted')
  await first.locator('details.chair').waitFor()
  await first.locator('.figures').scrollIntoViewIfNeeded()
  await visit(first, 'chair-pitch')
  await host.give({ do: 'reopen-scorecard', pitch: pitch(1), judge: 'J2', reason: '加错了' })
  await page.locator('.page > .banner').first().waitFor()
  await visit(page, 'given-back')
  await host.give({ do: 'withdraw-reopening', pitch: pitch(1), judge: 'J2' })

  // Another device has the seat and submits; the first comes back with marks of its own.
  await host.open(pitch(2))
  await until('project 2', async () => (await page.locator('header .number').textContent())?.trim() === '2')
  await page.context().setOffline(true)
  await mark(page, '29')
  const second = await seated(browser, server, cards.J2, kind, { lang, pin: true })
  await until('project 2', async () => (await second.locator('header .number').textContent())?.trim() === '2')
  await markAll(second)
  await submit(second)
  await holds(second, 'received')
  await page.context().setOffline(false)
  await page.locator('.over h1').waitFor({ timeout: 40_000 })
  await visit(page, 'ended')
  await page.goto(`http://podium.local:${server.port}/judge?lang=${lang}#${cards.J2.token}`)
  await page.locator('input.pin').fill(cards.J2.pin)
  await page.locator('form .btn.primary').tap()
  await holds(page, 'conflict')
  await visit(page, 'conflict')
  await page.locator('.choice .btn').nth(1).tap()
  await holds(page, 'received')
  await second.context().close()
  await panel(2)
  await host.give({ do: 'close-window', pitch: pitch(2) })

  // Standing aside, and a scorecard that nobody gave.
  await host.give({ do: 'start-pitch', pitch: pitch(3) })
  await page.locator('.aside .btn').first().tap()
  await page.locator('dialog[open] .chips .btn').first().tap()
  await page.locator('dialog[open] .primary').tap()
  await page.locator('.away').waitFor()
  await visit(page, 'recused')
  await page.locator('.away .btn').tap()
  await page.locator('.aside .btn').nth(1).tap()
  await page.locator('dialog[open] .chips .btn').first().tap()
  await page.locator('dialog[open] .primary').tap()
  await page.locator('.away').waitFor()
  await visit(page, 'abstained')
  await page.locator('.away .btn').tap()
  await page.locator('.desk').waitFor()
  await host.give({ do: 'open-window', pitch: pitch(3) })
  await markAll(page)
  await holds(page, 'drafted')
  await panel(3)
  await host.give({ do: 'close-window', pitch: pitch(3) })
  await holds(page, 'missed')
  await page.locator('.late .btn').tap()
  await visit(page, 'missed')

  const { projects } = await api.call('GET', `/api/contests/${code}`)
  for (const { id } of projects.slice(3)) await host.give({ do: 'mark-absent', pitch: `R1-${id}` })
  await page.locator('main.sign').waitFor()
  await visit(page, 'sign')
  await draw(page)
  await page.locator('.signing .primary').tap()
  await page.locator('.signed').waitFor()
  await visit(page, 'signed')
  await host.give({ do: 'reopen-scorecard', pitch: pitch(1), judge: 'J2', reason: '加错了' })
  await page.locator('.desk').waitFor()
  await mark(page, '26.5')
  await submit(page)
  await page.locator('.signing [role=alert]').waitFor()
  await visit(page, 'signature-void')
  await first.locator('.chair h3').first().scrollIntoViewIfNeeded()
  await visit(first, 'chair-standings')
  for (const seat of [host, ...others]) seat.close()
  for (const one of [page, first]) await one.context().close()
  // A seat that is taken asks for the PIN: that answer is a 409.
  return [...page.complaints, ...first.complaints].filter((one) => !one.includes('409 (Conflict)'))
}

/** Writes something with a finger into the field. */
export async function draw(page) {
  const box = await page.locator('.signing svg').boundingBox()
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y]
  for (const line of [
    [0.12, 0.3, 0.2, 0.75, 0.3, 0.35],
    [0.36, 0.7, 0.44, 0.3, 0.52, 0.72, 0.62, 0.3],
    [0.66, 0.5, 0.88, 0.42],
  ]) {
    await page.mouse.move(...at(line[0], line[1]))
    await page.mouse.down()
    for (let n = 2; n < line.length; n += 2) await page.mouse.move(...at(line[n], line[n + 1]), { steps: 8 })
    await page.mouse.up()
  }
}
