// The delivery contract through lines that fail: the page's own outbox and socket against the real server, and the
// journal as the judge of what the page claimed.
//
//   PODIUM_RUNS=500 PODIUM_SEED=1 node --test tests/browser/delivery.test.mjs
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { courier } from './courier.mjs'
import { Api, FULL, Seat, Server, until } from './hall.mjs'
import { Journal } from './journal.mjs'
import { Proxy, trouble } from './proxy.mjs'
import { SEED, random } from './random.mjs'

const RUNS = Number(process.env.PODIUM_RUNS ?? (FULL ? 500 : 70))
const JUDGES = [1, 2, 3, 4, 5, 6, 7].map((n) => `J${n}`)
/** Comment of every scorecard that is given in a rehearsal. */
const REHEARSED = 'rehearsed'
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Claims and seats: cookies of all seven judges. */
async function hall(api, more) {
  const { server } = api
  const { code, cards } = await api.contest(more)
  for (const seat of ['host', ...JUDGES]) await api.call('POST', '/api/pair', { token: cards[seat].token })
  const { projects } = await api.call('GET', `/api/contests/${code}`)
  return { server, api, code, pitches: projects.map((one) => `R1-${one.id}`), journal: new Journal(server.data, code) }
}

/** One tablet's evening with one pitch, through a failing line. */
class Run {
  constructor(place, seed) {
    Object.assign(this, place, { seed, chance: random(seed) })
    this.submitted = []
    this.lies = []
    this.tablet = `run-${seed}`
  }

  async begin() {
    this.proxy = await Proxy.to(this.port, trouble(this.chance, 1 + this.chance.below(5)))
    this.open()
  }

  open() {
    const { api, code, judge, proxy, chance } = this
    const url = `ws://127.0.0.1:${proxy.port}`
    const settings = { url, cookie: api.cookie, code, judge, tablet: this.tablet, random: chance.next }
    this.page = courier({ ...settings, changed: () => this.page && this.check() })
  }

  /** Whatever the page says, the journal must bear out at this very moment. */
  check() {
    const { page, pitch, judge, journal } = this
    // What was said in a rehearsal is gone with it, from the journal a moment earlier than from the page.
    if (!page.view || page.view.run !== journal.read().run) return
    if (page.state(pitch, true) !== 'received') return
    const card = page.snapshot.safe.accepted[pitch]
    const shown = page.view.cards[pitch]
    const claimed = card && card.version > (shown?.version ?? 0) ? card : shown
    const stands = journal.of(pitch, judge).find((one) => one.version === claimed.version)
    const true_ = stands && JSON.stringify(stands.marks) === JSON.stringify(sorted(claimed.marks))
    if (!true_) this.lies.push(`"received" version ${claimed.version}: ${JSON.stringify(claimed)} but ${JSON.stringify(stands)}`)
  }

  /** A scorecard of the contest, given without a line: it waits on the tablet. */
  async wait() {
    const { page, pitch, proxy, seed } = this
    await until(`seed ${seed}: the window`, () => page.view?.open.includes(pitch))
    proxy.plan = () => ({ kind: 'refuse' })
    proxy.cut()
    await this.write(60)
    this.submit()
    this.waits = true
  }

  /** A rehearsal with the same pitch. When it ends, this tablet is without a line and has something to say. */
  async rehearse() {
    const { chance, pitch, seed, page } = this
    if (this.waits) this.proxy.plan = trouble(chance, 1 + chance.below(5))
    await until(`seed ${seed}: the rehearsal`, () => page.view?.hall.rehearsal && page.view.open.includes(pitch), 30_000)
    // What waits for the contest is neither said nor shown in the rehearsal, and is not forgotten.
    const own = this.waits ? 1 : 0
    assert.deepEqual([page.waiting, page.state(pitch, true), page.box.cleared], [own, 'empty', undefined], `seed ${seed}`)
    await this.write(70, REHEARSED)
    page.submit(pitch)
    if (chance.below(2)) await until(`seed ${seed}: received in the rehearsal`, () => page.state(pitch, true) === 'received')
    else await pause(chance.below(30))
    this.proxy.plan = () => ({ kind: 'refuse' })
    this.proxy.cut()
    if (chance.below(4) === 0) await this.reload()
    await this.write(80, REHEARSED)
    this.page.submit(pitch)
    assert.notEqual(this.page.waiting, 0)
  }

  /** The rehearsal is wiped and the line is back: the tablet has nothing of it left, and says so; what waited comes by itself. */
  async wiped() {
    const { seed, journal, pitch } = this
    this.proxy.plan = trouble(this.chance, 1 + this.chance.below(5))
    await until(`seed ${seed}: the contest`, () => this.page.view?.run === journal.read().run && this.page.view.open.includes(pitch), 30_000)
    const { page } = this
    assert.equal(page.box.cleared, 'over', `seed ${seed}`)
    page.noted()
    if (this.waits) {
      await until(`seed ${seed}: what waited`, () => page.waiting === 0 && page.state(pitch, true) === 'received', 30_000)
      return
    }
    assert.deepEqual([page.waiting, page.content(pitch), page.view.cards[pitch]], [0, { marks: {}, comment: '', note: '' }, undefined], `seed ${seed}`)
  }

  async go() {
    const { chance } = this
    await until(`seed ${this.seed}: the first view`, () => this.page.view?.criteria.length)
    const acts = 1 + chance.below(4)
    for (let act = 0; act < acts; act += 1) {
      const strokes = 1 + chance.below(3)
      for (let stroke = 0; stroke < strokes; stroke += 1) {
        await this.write(act * 10 + stroke)
        await pause(chance.below(40))
      }
      this.submit()
      const what = chance.below(4)
      if (what === 0) await this.reload()
      if (what === 1) this.proxy.cut()
      await pause(chance.below(120))
    }
    const { pitch, judge, journal, seed } = this
    const received = () => this.page.waiting === 0 && this.page.state(pitch, true) === 'received'
    await until(`seed ${seed}: everything received`, received, 30_000).catch((error) => {
      const { line, ended, box, view } = this.page
      throw new Error(`${error.message} ${JSON.stringify({ line, ended, box, card: view?.cards[pitch], journal: journal.of(pitch, judge) })}`)
    })
    const stands = journal.of(pitch, judge)
    assert.deepEqual(
      stands.map((one) => one.marks),
      this.submitted,
      `seed ${seed}: every scorecard once, in order`,
    )
    assert.equal(new Set(stands.map((one) => one.cmd)).size, stands.length, `seed ${seed}: no command twice`)
    assert.deepEqual(this.lies, [], `seed ${seed}`)
    this.page.close()
    await this.proxy.end()
    return this.proxy.faults
  }

  /** A mark that no earlier one of this run was. */
  async write(step, comment = '') {
    const { page, pitch, chance } = this
    const marks = Object.fromEntries(
      page.view.criteria.map(({ id, max }, at) => [id, String((step * 5 + at + chance.below(5)) % (Number(max) + 1))]),
    )
    this.last = { marks, comment, note: `n${step}` }
    page.write(pitch, this.last)
  }

  submit() {
    const { page, pitch } = this
    const same = JSON.stringify(sorted(this.last.marks)) === JSON.stringify(this.submitted.at(-1))
    if (same) return
    page.submit(pitch)
    this.submitted.push(sorted(this.last.marks))
  }

  /** The browser is killed: what was said to be kept must be there again. */
  async reload() {
    const { page, pitch } = this
    await until('what was written is safe', () => page.snapshot.safe === page.box)
    page.close()
    this.page = undefined
    this.open()
    await until(`seed ${this.seed}: the kept view`, () => this.page.view)
    assert.deepEqual(this.page.content(pitch).marks, this.last.marks, `seed ${this.seed}: kept through a reload`)
  }
}

const sorted = (marks) => Object.fromEntries(Object.entries(marks).sort(([a], [b]) => (a < b ? -1 : 1)))

describe('delivery', () => {
  let api

  before(async () => {
    api = new Api(await Server.serve())
  })
  after(async () => api?.server.end())

  test(`${RUNS} runs through lines that are cut, deaf, stalled, late: nothing lost, nothing doubled, no false word`, async () => {
    const place = await hall(api, Math.ceil(RUNS / JUDGES.length))
    const host = await Seat.of(api, place.code)
    let [runs, faults, rehearsed, waited] = [0, 0, 0, 0]
    for (let at = 0; runs < RUNS; at += 1) {
      const pitch = place.pitches[at]
      const wave = JUDGES.slice(0, RUNS - runs).map((judge, n) => {
        const where = { ...place, port: api.server.port, pitch, judge }
        return new Run(where, SEED * 100_000 + runs + n)
      })
      const all = (act) => Promise.all(wave.map(act))
      const lot = random(SEED * 1_000 + at)
      const rehearsal = lot.below(3) === 0
      const waits = rehearsal && lot.below(2) === 0
      if (waits) {
        await host.open(pitch)
        await all((run) => run.begin())
        await all((run) => run.wait())
        await host.give({ do: 'close-window', pitch })
      }
      const open = () => (waits ? host.give({ do: 'open-window', pitch }) : host.open(pitch))
      if (rehearsal) {
        await host.give({ do: 'begin-rehearsal', despite: true })
        await open()
        if (!waits) await all((run) => run.begin())
        await all((run) => run.rehearse())
        await host.give({ do: 'end-rehearsal' })
        rehearsed += wave.length
        waited += waits ? wave.length : 0
      }
      await open()
      if (rehearsal) await all((run) => run.wiped())
      else await all((run) => run.begin())
      faults += (await all((run) => run.go())).reduce((sum, one) => sum + one, 0)
      runs += wave.length
      await host.give({ do: 'close-window', pitch })
    }
    const { commands } = place.journal.read()
    const strays = commands.filter(({ run, comment }) => (run % 2 === 1) !== (comment === REHEARSED))
    assert.deepEqual(strays, [], 'nothing of a rehearsal in the contest, nothing of the contest in a rehearsal')
    assert.ok(RUNS < 70 || (waited > 0 && rehearsed > waited), 'rehearsals of both kinds')
    host.close()
    assert.ok(faults > RUNS, `only ${faults} lines failed`)
    console.log(`# PODIUM_SEED=${SEED}: ${runs} runs, ${rehearsed} of them after a rehearsal (${waited} with something that waited for its end), ${faults} failed lines, ${commands.length} scorecards`)
  })

  test('a scorecard of the contest that was cut off does not come into the rehearsal that follows, and comes after it', async () => {
    const place = await hall(api, 0)
    const [pitch] = place.pitches
    const host = await Seat.of(api, place.code)
    await host.open(pitch)
    const runs = JUDGES.map((judge, n) => new Run({ ...place, port: api.server.port, pitch, judge }, SEED * 900_000 + n))
    for (const run of runs) {
      await run.begin()
      await run.wait()
    }
    await host.give({ do: 'close-window', pitch })
    await host.give({ do: 'begin-rehearsal', despite: true })
    await host.give({ do: 'open-window', pitch })
    for (const { proxy } of runs) proxy.plan = () => undefined
    await until('the rehearsal', () => runs.every(({ page }) => page.view.hall.rehearsal && page.snapshot.line === 'open'))
    const says = ({ page }) => [page.waiting, page.box.cleared, page.state(pitch, true), page.content(pitch).comment]
    for (const run of runs) assert.deepEqual(says(run), [1, undefined, 'empty', ''])
    // A tablet is opened again meanwhile: it has not forgotten.
    const [{ page: first }] = runs
    await until('kept', () => first.snapshot.safe === first.box)
    first.close()
    runs[0].page = undefined
    runs[0].open()
    await until('opened again', () => runs[0].page.view && runs[0].page.snapshot.line === 'open')
    assert.deepEqual(says(runs[0]), [1, undefined, 'empty', ''])
    await host.give({ do: 'close-window', pitch })
    await host.give({ do: 'end-rehearsal' })
    // It comes by itself, too late for a window that has closed; and again once the host opens it.
    const refused = ({ page }) => page.view.run === 0 && page.box.refused[pitch]?.refusal.code === 'window-closed'
    await until('too late', () => runs.every(refused))
    await host.give({ do: 'open-window', pitch })
    await until('received', () => runs.every(({ page }) => page.view.run === 0 && page.state(pitch, true) === 'received'))
    for (const { judge, submitted, lies, page } of runs) {
      assert.deepEqual(place.journal.of(pitch, judge).map((one) => one.marks), submitted)
      assert.deepEqual([lies, page.waiting], [[], 0])
    }
    assert.deepEqual(place.journal.read().commands.map(({ run }) => run), JUDGES.map(() => 0))
    host.close()
    for (const { page, proxy } of runs) {
      page.close()
      await proxy.end()
    }
  })

  test('the server is killed in the middle of 200 submissions of seven judges: all acknowledged are there once, the others come by themselves', async () => {
    const { server, code, journal, pitches } = await hall(api, 0)
    const host = await Seat.of(api, code)
    const [pitch] = pitches
    await host.open(pitch)
    host.close()
    const acknowledged = new Map()
    const pages = JUDGES.map((judge) => {
      const url = server.url.replace('http', 'ws')
      const page = courier({
        ...{ url, cookie: api.cookie, code, judge, tablet: 'kill', random: random(SEED).next },
        changed: () => {
          for (const { version, seq } of Object.values(page?.box.accepted ?? {})) acknowledged.set(`${judge} ${version}`, seq)
        },
      })
      return page
    })
    const given = new Map(JUDGES.map((judge) => [judge, []]))
    await until('seven views', () => pages.every((page) => page.view?.hall.phases[pitch] === 'scoring'))
    let [total, kills] = [0, 0]
    while (total < 200) {
      const at = total % JUDGES.length
      const marks = Object.fromEntries(pages[at].view.criteria.map(({ id, max }, n) => [id, String((total + n) % (Number(max) + 1))]))
      pages[at].write(pitch, { marks, comment: `${total}`, note: '' })
      pages[at].submit(pitch)
      given.get(JUDGES[at]).push(sorted(marks))
      total += 1
      await pause(4)
      if (total % 50 === 25) {
        await server.kill()
        kills += 1
        await pause(60)
        void server.restart()
      }
    }
    await until('everything is received', () => pages.every((page) => page.waiting === 0), 60_000)
    for (const judge of JUDGES) {
      const stands = journal.of(pitch, judge)
      assert.deepEqual(stands.map((one) => one.marks), given.get(judge), `${judge}: every scorecard once, in order`)
      for (const { version, seq } of stands) {
        const said = acknowledged.get(`${judge} ${version}`)
        assert.ok(said === undefined || said === seq, `${judge} version ${version} was acknowledged as record ${said}, stands as ${seq}`)
      }
    }
    const all = JUDGES.flatMap((judge) => journal.of(pitch, judge).map((one) => one.cmd))
    assert.equal(new Set(all).size, 200)
    assert.equal(kills, 4)
    for (const page of pages) page.close()
  })
})
