// A whole day, driven from the console with what a clicker sends (PageDown, PageUp, ".") and three keys more (U, Tab, Enter):
// opening, draw, two segments, six projects of which one is absent, a warm-up group of two, an undo, overtime with a deduction,
// a scorecard given back, the podium, the awards. What is typed besides is what the hall calls. Judges hand in through seats
// without pages; the big screen and a phone look on.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { Api, Seat, Server, binary, browse, device, until, withSeats } from './hall.mjs'

const JUDGES = ['J1', 'J2', 'J3', 'J4', 'J5', 'J6', 'J7']
const SEGMENTS = [
  ['S1', 'opening', '开场', 0, 0],
  ['S2', 'draw', '抽签', 0, 0],
  ['S3', 'unveiling', '揭牌', 0, 0],
  ['S4', 'signing', '签约', 60, 2],
  ['S5', 'awards', '颁奖', 0, undefined],
]

/** Marks of judge j for the project with this number: criteria of 30, 25, 20, 15 and 10 in steps of 0.5. */
const given = (n, j) => [15 + (n % 10) + j / 2, 12 + (n % 7), 12 + j, 8 + (j % 3), 5 + (n % 3)].map(String)

/** Seven totals without the highest and the lowest, their mean in hundredths, half up, less what was taken off. */
function score(n, change = {}, off = 0) {
  const totals = JUDGES.map((_, at) => (change[at + 1] ?? given(n, at + 1)).reduce((sum, one) => sum + Math.round(Number(one) * 100), 0))
  const kept = totals.sort((a, b) => a - b).slice(1, -1)
  const sum = kept.reduce((a, b) => a + b)
  const cents = Math.floor((2 * (sum - off * kept.length) + kept.length) / (2 * kept.length))
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

describe('a whole day with a clicker', () => {
  let server, browser, api, code, host, screen, phone, truth
  const judges = new Map()
  /** Every key that was pressed on the console. */
  const pressed = new Set()

  before(async () => {
    server = await Server.serve()
    browser = await browse()
    api = new Api(server)
    ;({ code } = await api.contest())
    const projects = (await api.call('GET', `/api/contests/${code}`)).projects.length
    if (projects < 6) {
      const form = new FormData()
      const rows = Array.from({ length: 6 - projects }, (_, at) => `${21 + at},追加项目 ${21 + at}`)
      form.append('file', new Blob([['编号,项目名称', ...rows].join('\n')]), 'more.csv')
      await api.call('POST', `/api/contests/${code}/import`, form)
    }
    assert.equal((await api.call('GET', `/api/contests/${code}`)).projects.length, 6, 'six projects')
    const times = { pitch_secs: 2, qa_secs: 30, first_warning_secs: 0, second_warning_secs: 0, by_hand: false }
    const overtime = { kind: 'units', grace_secs: 0, unit_secs: 600, per_unit: '0.5' }
    await api.call('PUT', `/api/contests/${code}/timing`, { ...times, overtime })
    const segments = SEGMENTS.map(([id, kind, title, secs, after]) => ({ id, kind, title, names: [], secs, ...(after === undefined ? {} : { after }) }))
    await api.call('PUT', `/api/contests/${code}/programme`, { segments })
    const window = { opens: 'at-qa', closes: 'when-all-in', late: 'refused', warm_up: 2, announce_after: 0 }
    await api.call('PUT', `/api/contests/${code}/window`, window)
    const cards = await api.cards(code, ['host', ...JUDGES])
    for (const seat of ['host', ...JUDGES]) await api.call('POST', '/api/pair', { token: cards[seat].token })
    for (const seat of JUDGES) judges.set(seat, await Seat.of(api, code, seat))
    truth = await Seat.of(api, code)
    host = await withSeats(browser, server, api, 'laptop', { locale: 'zh-CN' })
    await host.goto(`${server.url}/c/${code}/host?lang=zh`)
    await host.locator('.console').waitFor()
    screen = await device(browser, 'screen')
    await screen.goto(`${server.url}/c/${code}/screen`)
    phone = await device(browser, 'phone')
    await phone.goto(`${server.url}/c/${code}/`)
  })
  after(async () => {
    truth?.close()
    for (const one of judges.values()) one.close()
    await browser?.close()
    await server?.end()
  })

  async function key(name) {
    pressed.add(name)
    await host.keyboard.press(name)
  }

  /** Tab until the focus is on what this selector names. */
  async function reach(selector) {
    for (let tabs = 0; tabs < 160; tabs += 1) {
      if (await host.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
      await key('Tab')
    }
    throw new Error(`Tab does not lead to ${selector}`)
  }
  async function enter(selector) {
    await reach(selector)
    await key('Enter')
  }

  /** The next cue, which must be this one; returns when the server has it. */
  async function go(say, what) {
    const big = host.locator('.key')
    await until(`the key offers ${say} ${what ?? ''}`, async () => {
      const cue = truth.view.cues[0]
      return cue?.say === say && (!what || cue.pitch === what || cue.segment === what) && (await big.getAttribute('data-cue')) === say
    })
    await until('the key can be pressed', async () => (await host.locator('.key:not([aria-disabled])').count()) === 1)
    const before = truth.view.history[0]?.action ?? 0
    // Read before the press: right after it the next cue may be there.
    const { confirm, hold } = truth.view.cues[0]
    if (hold) await host.keyboard.down('PageDown')
    else await key('PageDown')
    if (confirm && !hold) {
      await host.locator('.key.again').waitFor()
      assert.equal(truth.view.history[0]?.action ?? 0, before, 'one press does not show or end anything for good')
      await key('PageDown')
    }
    await until(`${say} has happened`, () => truth.view.history[0]?.action > before)
    if (hold) await host.keyboard.up('PageDown')
  }
  /** 亮分, step by step, until the score stands. */
  async function turn(pitch) {
    while (truth.view.hall.plates?.score === undefined) await go('show-plates', pitch)
    await until('the hall has it', async () => (await screen.locator('.verdict .value').getAttribute('aria-label')) === truth.view.hall.plates.score)
  }
  const number = (pitch) => truth.view.hall.projects[pitch].number
  const phase = (pitch) => truth.view.hall.phases[pitch]
  async function allScore(pitch) {
    const n = number(pitch)
    await until('the window is open', () => judges.get('J1').view.open.includes(pitch))
    for (const [at, seat] of JUDGES.entries()) await judges.get(seat).card(pitch, given(n, at + 1))
  }
  const scene = (name) => until(`the screen shows ${name}`, async () => (await screen.locator('.picture').getAttribute('data-scene')) === name)
  const hall = async () => (await (await fetch(`${server.url}/api/contests/${code}/public`)).json()).standings
  let order
  let absent

  test('opening, draw with two numbers that the hall calls, unveiling', async () => {
    await go('start-segment', 'S1')
    await scene('segment')
    await go('start-segment', 'S2')
    await scene('draw')
    await go('commit-draw')
    const hash = truth.view.hall.draw.hash
    await until('the hall sees the hash', async () => (await screen.locator('.picture').textContent()).replace(/\s/g, '').includes(hash.slice(0, 8)))
    for (const [at, called] of ['17', '42'].entries()) {
      await reach('.draw input')
      await host.keyboard.type(called)
      await key('Enter')
      await until(`${called} is called`, () => truth.view.hall.draw.called.length === at + 1)
    }
    await key('Tab')
    const { secret } = truth.view.hall.draw
    assert.equal(secret, undefined)
    await go('reveal-draw')
    order = truth.view.hall.order
    const told = truth.view.hall.draw
    const lot = (project) => execFileSync('bash', ['-c', `printf 'roadshow-lot-v1\\0%s\\0%s' '${told.secret}|17|42' ${project} | sha256sum`]).toString().slice(0, 64)
    const expected = told.pitches.map((pitch) => [lot(pitch.split('-')[1]), pitch]).sort().map(([, pitch]) => pitch)
    assert.deepEqual(order, expected, 'a shell draws the same order')
    await go('start-segment', 'S3')
    await go('draw-curtain')
  })

  test('the warm-up group of two: an undo of a premature key, overtime with a confirmed deduction, announced together', async () => {
    const [first, second] = order
    await go('start-pitch', first)
    await scene('stage')
    await go('start-qa', first)
    await key('u')
    await until('the pitch goes on', () => phase(first) === 'pitching' && truth.view.hall.timer.what === 'pitch')
    await until('it is over time', () => truth.view.hall.timer.planned_ms + truth.view.hall.timer.since + 1_200 < Date.now())
    await go('start-qa', first)
    await enter('.overtime button')
    await until('half a point is off', () => truth.view.pitches[first].deductions[0]?.points === '0.5')
    await allScore(first)
    assert.equal(phase(first), 'qa', 'the team is still on the stage')
    await go('open-window', first)
    await until('closed by itself', () => phase(first) === 'closed')
    assert.deepEqual(await hall(), [])
    await go('start-pitch', second)
    await go('start-qa', second)
    const better = given(number(first), 1).with(0, '30')
    const base = judges.get('J1').view.cards[first].version
    await judges.get('J1').card(first, better, base)
    await allScore(second)
    await go('open-window', second)
    await until('closed by itself', () => phase(second) === 'closed')
    await go('begin-announcement', first)
    assert.deepEqual(await hall(), [], 'plates lie face down')
    await turn(first)
    assert.deepEqual(await hall(), [], 'the plates have the score, the standings do not')
    await go('reveal-pitch', first)
    await scene('ceremony')
    assert.equal((await hall())[0].score, score(number(first), { 1: better }, 50))
    await go('begin-announcement', second)
    await turn(second)
    await go('reveal-pitch', second)
    const rows = await hall()
    // Who overran the two seconds in the second pitch is nobody's business until somebody confirms it.
    assert.equal(rows.find((row) => row.pitch === second).score, score(number(second)))
    await go('show-leaderboard')
    await scene('leaderboard')
  })

  test('a signing, a project that is not there, a scorecard that is given back', async () => {
    await go('start-segment', 'S4')
    await scene('segment')
    const [, , third, fourth] = order
    absent = third
    await enter(`[data-id="${third}"] .row`)
    await enter('.tools .btn[data-do="absent"]')
    await until('absent', () => phase(third) === 'absent')
    await go('start-pitch', fourth)
    await go('start-qa', fourth)
    await allScore(fourth)
    await go('open-window', fourth)
    await until('closed by itself', () => phase(fourth) === 'closed')
    await enter('[data-desk="judges"]')
    await enter('[data-judge="J2"] .btn[data-do="reopen"]')
    await enter('dialog .likely button')
    await enter('dialog .primary')
    await until('it is with the judge', () => judges.get('J2').view.reopened[fourth])
    const again = given(number(fourth), 2).with(0, '10')
    await judges.get('J2').card(fourth, again, 1)
    await go('begin-announcement', fourth)
    await turn(fourth)
    await go('reveal-pitch', fourth)
    assert.equal((await hall()).find((row) => row.pitch === fourth).score, score(number(fourth), { 2: again }))
    await go('show-leaderboard')
  })

  test('the last two, the way back, black, the podium and the awards', async () => {
    for (const pitch of order.slice(4)) {
      await go('start-pitch', pitch)
      await go('start-qa', pitch)
      await allScore(pitch)
      await go('open-window', pitch)
      await until('closed by itself', () => phase(pitch) === 'closed')
      await go('begin-announcement', pitch)
      await turn(pitch)
      await go('reveal-pitch', pitch)
      await go('show-leaderboard')
    }
    await key('.')
    await scene('black')
    await key('.')
    await scene('leaderboard')
    await key('PageUp')
    await scene('ceremony')
    await go('show-leaderboard')
    for (let places = 3; places > 0; places -= 1) await go('step-podium')
    await scene('podium')
    await go('start-segment', 'S5')
    await go('finish-despite')
    await until('finished', () => truth.view.hall.contest.finished)
  })

  test('the day as the journal has it: five scores, nothing of the absent one, every key accounted for', async () => {
    const rows = await hall()
    assert.equal(rows.length, 5)
    assert.ok(rows.every((row) => row.pitch !== absent))
    const said = execFileSync(binary, ['verify', '--data', server.data]).toString()
    for (const row of rows) assert.ok(said.includes(row.score), `${row.score} stands in what verify prints`)
    assert.ok(said.includes('draw: recomputed'), said)
    const kinds = readFileSync(`${server.data}/journal/${code}.jsonl`, 'utf8')
    for (const fact of ['action-undone', 'deduction-made', 'pitch-marked-absent', 'scorecard-reopened', 'scene-returned'])
      assert.ok(kinds.includes(fact), fact)
    assert.deepEqual([...pressed].sort(), ['.', 'Enter', 'PageDown', 'PageUp', 'Tab', 'u'])
    for (const page of [host, screen, phone]) assert.deepEqual(page.complaints, [])
  })
})
