// Situations of an evening as the host's console meets them, one after another on one contest: for the checks of access and for
// pictures. What happens is done by seats without pages; the console that is looked at drives nothing meanwhile.
import { Api, Seat, until, withSeats } from './hall.mjs'

const JUDGES = ['J1', 'J2', 'J3', 'J4', 'J5', 'J6', 'J7']
const IPAD = 'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1'

const segments = {
  zh: [
    ['opening', '主持人开场，介绍嘉宾与评委', [], 300, 0],
    ['appointment', '颁发评委聘书', ['王建国', '李文静', '陈晓东'], 0, 0],
    ['draw', '抽签决定出场顺序', [], 0, 0],
    ['break', '茶歇', [], 900, 3],
    ['awards', '颁奖典礼', [], 0, undefined],
  ],
  en: [
    ['opening', 'Opening: the guests and the judges', [], 300, 0],
    ['appointment', 'Appointment of the judges', ['Ada King', 'Grace Murray', 'Alan Kay'], 0, 0],
    ['draw', 'Draw of the running order', [], 0, 0],
    ['break', 'Tea break', [], 900, 3],
    ['awards', 'Award ceremony', [], 0, undefined],
  ],
}

/** A contest with a programme, a table for overtime, seven judges' seats, an MC; the console's page for it. */
export async function contest(browser, server, lang = 'zh', kind = 'laptop') {
  const api = new Api(server)
  if (server.claimed) await api.call('POST', '/api/login', { password: server.claimed })
  const { code } = await api.contest()
  server.claimed = 'correct horse 亮分'
  const { about, timing } = await api.call('GET', `/api/contests/${code}`)
  const title = lang === 'en' ? 'Young Founders · Final' : '青年创业大赛 · 总决赛'
  await api.call('PUT', `/api/contests/${code}/about`, { ...about, title })
  const overtime = { kind: 'units', grace_secs: 1, unit_secs: 5, per_unit: '0.5', cap: '3' }
  await api.call('PUT', `/api/contests/${code}/timing`, { ...timing, overtime })
  const lines = segments[lang].map(([kind, title, names, secs, after], at) => ({ id: `S${at + 1}`, kind, title, names, secs, ...(after === undefined ? {} : { after }) }))
  await api.call('PUT', `/api/contests/${code}/programme`, { segments: lines })
  const cards = await api.cards(code, ['host', 'mc', ...JUDGES])
  for (const seat of ['host', 'mc', ...JUDGES]) await api.call('POST', '/api/pair', { token: cards[seat].token })
  const open = async (kind, options = {}) => {
    const page = await withSeats(browser, server, api, kind, { locale: lang === 'en' ? 'en-GB' : 'zh-CN', ...options })
    await page.goto(`${server.url}/c/${code}/host?lang=${lang}`)
    await page.locator('.console').waitFor()
    return page
  }
  return { api, code, cards, title, open, page: await open(kind), judges: new Map() }
}

/** Seats of these judges, as tablets that say how they are. */
export async function seat(evening, seats = JUDGES) {
  for (const one of seats) {
    const judge = await Seat.of(evening.api, evening.code, one)
    judge.say({ kind: 'device', device: { unsent: 0, rtt_ms: 20 + 3 * seats.length, offset_ms: 0, battery: 90 - 7 * evening.judges.size, awake: 'film', page: 't' } })
    evening.judges.set(one, judge)
  }
}

/** Commands of a host without a page, who takes the wheel and lets it go at once. */
export async function hosts(evening, ...commands) {
  const host = await Seat.of(evening.api, evening.code)
  host.say({ kind: 'take-wheel' })
  for (const command of commands) await host.give(command)
  const view = host.view
  host.close()
  return view
}

const MARKS = ['27.5', '20', '16', '12.5', '8']

/** Everything once; `visit(page, name)` looks at each situation. */
export async function tour(browser, server, lang, kind, visit) {
  const evening = await contest(browser, server, lang, kind)
  const { page, title } = evening
  const cue = (say) => until(`the cue ${say}`, async () => (await page.locator('[data-cue]').getAttribute('data-cue')) === say)
  await visit(page, 'before')
  await seat(evening, JUDGES.slice(0, 6))
  const mc = await Seat.of(evening.api, evening.code, 'mc')

  await hosts(evening, { do: 'start-segment', segment: 'S1' })
  await cue('start-segment')
  await visit(page, 'segment')

  const draw = await hosts(evening, { do: 'start-segment', segment: 'S3' })
  await hosts(evening, { do: 'commit-draw', round: draw.round, secret: '5e'.repeat(32) }, ...['17', '4', '88'].map((number) => ({ do: 'call-number', round: draw.round, number })))
  await cue('reveal-draw')
  await visit(page, 'draw')
  await hosts(evening, { do: 'reveal-draw', round: draw.round })
  const { order } = (await hosts(evening)).hall

  const [first, second] = order
  await hosts(evening, { do: 'skip-segment', segment: 'S2' }, { do: 'start-pitch', pitch: first })
  await cue('start-qa')
  await visit(page, 'pitching')

  // Over time, then questions, with scorecards taken early.
  await hosts(evening, { do: 'set-timer', left_secs: 0 })
  await page.waitForTimeout(3_200)
  await hosts(evening, { do: 'start-qa', pitch: first }, { do: 'open-early', pitch: first })
  await cue('open-window')
  for (const one of ['J1', 'J2', 'J3']) await evening.judges.get(one).card(first, MARKS)
  mc.say({ kind: 'ready', ready: true })
  await page.locator('.mc.ready').waitFor()
  await visit(page, 'qa-early')

  await hosts(evening, { do: 'open-window', pitch: first }, { do: 'set-countdown', pitch: first, secs: 600 })
  await evening.judges.get('J4').card(first, MARKS)
  await cue('close-window')
  await visit(page, 'scoring')

  await hosts(evening, { do: 'close-window', pitch: first }, { do: 'deduct', pitch: first, points: '1', reason: lang === 'en' ? 'left the marked stage' : '走出指定区域' }, { do: 'begin-announcement', pitch: first })
  // Overtime is decided before the score is told.
  await cue('confirm-overtime')
  await visit(page, 'overtime')
  await hosts(evening, { do: 'dismiss-overtime', pitch: first, reason: lang === 'en' ? 'the line was down' : '线路中断' })
  await cue('show-plates')
  await visit(page, 'announcing')

  for (const desk of ['judges', 'standings', 'history', 'rehearsal']) {
    await page.locator(`[data-desk=${desk}]`).click()
    await visit(page, `desk-${desk}`)
  }
  await page.locator('[data-desk=programme]').click()
  await page.locator(`[data-id="${second}"] .row`).click()
  await visit(page, 'desk-row')
  await page.keyboard.press('?')
  await page.locator('dialog[open] dl').waitFor()
  await visit(page, 'keys')
  await page.keyboard.press('Escape')

  // A rehearsal, driven by another console.
  const other = new Api(server, IPAD)
  await other.call('POST', '/api/login', { password: server.claimed })
  const driver = await Seat.of(other, evening.code)
  // Between two things: the decision about the overtime and the plates that are up, face down, are taken back.
  const newest = driver.view.history.filter((one) => !one.undone).slice(0, 2)
  for (const { action } of newest) await driver.give({ do: 'undo', action })
  await driver.give({ do: 'begin-rehearsal', despite: true })
  await driver.give({ do: 'start-pitch', pitch: second })
  await page.locator('.watching').waitFor()
  await visit(page, 'watching')
  for (const one of [driver, mc, ...evening.judges.values()]) one.close()
  await page.context().close()
  return { complaints: page.complaints, title }
}

/** The key held down until what it says has happened. */
async function holdKey(console, truth, cue, before) {
  await console.keyboard.down('PageDown')
  await until(`${cue.say} has happened`, () => truth.view.history[0]?.action > before)
  await console.keyboard.up('PageDown')
  return cue
}

/** The console's one key as a clicker sends it; `truth` is a seat that looks on. Returns the cue that was pressed. */
export async function press(console, truth) {
  await until('the key has the next cue', async () => {
    const cue = truth.view.cues[0]
    return cue && (await console.locator('.key').getAttribute('data-cue')) === cue.say
  })
  await until('the key can be pressed', async () => (await console.locator('.key:not([aria-disabled])').count()) === 1)
  const before = truth.view.history[0]?.action ?? 0
  // Read before the press: right after it the next cue may be there.
  const [cue] = truth.view.cues
  if (cue.hold) return holdKey(console, truth, cue, before)
  await console.keyboard.press('PageDown')
  if (cue.confirm) {
    await console.locator('.key.again').waitFor()
    await console.keyboard.press('PageDown')
  }
  await until(`${cue.say} has happened`, () => truth.view.history[0]?.action > before)
  return cue
}
