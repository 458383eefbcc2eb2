// What the browser tests share: the real binary on a free port, real Chromium at a device's size, and waiting without sleeping.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach } from 'node:test'
import { chromium } from 'playwright-core'
import { WebSocket } from 'ws'

const root = join(import.meta.dirname, '..', '..')
export const WORKBOOK = join(root, 'demo', 'suxiang-2024.xlsx')
export const out = join(import.meta.dirname, 'out')

const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
export const binary = process.env.PODIUM_BIN ?? join(target, 'debug', 'podium')

/** Long checks whole, as `./test.sh full` asks for. */
export const FULL = Boolean(process.env.PODIUM_FULL)

/** A running server; `lines` are what it printed. */
export class Server {
  constructor(args, data) {
    this.args = args
    this.data = data
    this.lines = []
  }

  static async serve(options = {}) {
    const data = mkdtempSync(join(tmpdir(), 'podium-browser-'))
    const server = new Server(['serve', '--data', data], data)
    await server.start(options.port ?? 0)
    return server
  }

  static async demo(pace) {
    const data = mkdtempSync(join(tmpdir(), 'podium-browser-'))
    const links = join(data, '..', `${data.split('/').pop()}.json`)
    const server = new Server(['demo', '--data', data, '--pace', String(pace), '--links', links], data)
    server.linksFile = links
    await server.start(0)
    return server
  }

  async start(port) {
    if (!existsSync(binary)) throw new Error(`${binary} is not built: cargo build`)
    const args = [...this.args, '--listen', `127.0.0.1:${port}`]
    this.process = spawn(binary, args, { stdio: ['ignore', 'pipe', process.env.PODIUM_SHOW_LOG ? 'inherit' : 'ignore'] })
    const reader = createInterface({ input: this.process.stdout })
    reader.on('line', (line) => this.lines.push(line))
    this.url = await until('the server listens', () => {
      if (this.process.exitCode !== null) throw new Error(`the server ended with ${this.process.exitCode}`)
      return this.lines.find((line) => line.startsWith('listening '))?.slice('listening '.length)
    })
    this.port = Number(new URL(this.url).port)
    await until('the server is healthy', async () => (await fetch(`${this.url}/healthz`)).ok)
  }

  /** The link that the terminal printed for the first run. */
  claim() {
    return until('the claim link', () => this.lines.map((line) => /(http\S+#claim=\S+)/.exec(line)?.[1]).find(Boolean))
  }

  /** As a power cut would, for the process. */
  async kill() {
    this.process.kill('SIGKILL')
    await once(this.process, 'exit')
  }

  async restart() {
    this.lines = []
    await this.start(this.port)
  }

  async end() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGTERM')
      await once(this.process, 'exit', { signal: AbortSignal.timeout(90_000) })
    }
    rmSync(this.data, { recursive: true, force: true })
    if (this.linksFile) rmSync(this.linksFile, { force: true })
  }
}

/** Asks again and again until the answer is truthy. */
export async function until(what, ask, patience = 20_000, pause = 40) {
  const end = Date.now() + patience
  let last
  for (;;) {
    try {
      const answer = await ask()
      if (answer) return answer
      last = undefined
    } catch (error) {
      last = error
    }
    if (Date.now() > end) throw new Error(`not seen in ${patience / 1000} s: ${what}${last ? ` (${last.message})` : ''}`)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage'

export function browse(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...flags.split(' '), ...more],
  })
}

/** What is open now: a test that fails leaves pictures of it, and a trace of what was done there. */
const contexts = new Set()

async function kept(test) {
  const folder = join(target, 'failed', `${basename(process.argv[1], '.test.mjs')} ${test}`.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 100))
  mkdirSync(folder, { recursive: true })
  for (const [at, context] of [...contexts].entries()) {
    for (const [n, page] of context.pages().entries()) {
      await page.screenshot({ path: join(folder, `${at + 1}-${n + 1}.png`), timeout: 5_000 }).catch(() => {})
    }
    await context.tracing.stopChunk({ path: join(folder, `${at + 1}.zip`) }).catch(() => {})
    await context.tracing.startChunk().catch(() => {})
  }
  console.log(`# pictures and traces of "${test}": ${folder}`)
}

// The other scripts have pages and no tests.
const testing = process.argv[1]?.endsWith('.test.mjs')
if (testing) {
  afterEach(async (test) => {
    if (test.passed === false && contexts.size > 0) await kept(test.name)
  })
}

export const devices = {
  tablet: { viewport: { width: 1180, height: 820 }, hasTouch: true },
  'tablet-tall': { viewport: { width: 820, height: 1180 }, hasTouch: true },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  screen: { viewport: { width: 1920, height: 1080 } },
  'screen-4k': { viewport: { width: 3840, height: 2160 } },
  laptop: { viewport: { width: 1440, height: 900 } },
}

/** What an organiser does over HTTP; cookies of all seats are kept. */
export class Api {
  /** `agent` is what a browser would say of itself. */
  constructor(server, agent = 'podium test') {
    this.server = server
    this.agent = agent
    this.cookies = new Map()
  }

  get cookie() {
    return [...this.cookies.values()].join('; ')
  }

  async call(method, path, body) {
    const form = body instanceof FormData
    const answer = await fetch(this.server.url + path, {
      method,
      headers: { origin: this.server.url, cookie: this.cookie, 'user-agent': this.agent, ...(form || !body ? {} : { 'content-type': 'application/json' }) },
      body: form ? body : body && JSON.stringify(body),
    })
    for (const line of answer.headers.getSetCookie()) this.cookies.set(line.split('=')[0], line.split(';')[0])
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : undefined
  }

  /** Claims the server and sets a contest up from the demo's workbook, with `more` projects; returns code and cards by seat. */
  async contest(more = 0, password = 'correct horse 亮分') {
    if (this.cookies.size === 0) {
      const token = (await this.server.claim()).split('#claim=')[1]
      await this.call('POST', '/api/claim', { token, password })
    }
    const { code } = await this.call('POST', '/api/contests', { title: '路演', zone: 'Asia/Shanghai' })
    const upload = (name, bytes) => {
      const form = new FormData()
      form.append('file', new Blob([bytes]), name)
      return this.call('POST', `/api/contests/${code}/import`, form)
    }
    await upload('demo.xlsx', readFileSync(WORKBOOK))
    const rows = Array.from({ length: more }, (_, at) => `${101 + at},项目 ${101 + at}`)
    if (more > 0) await upload('more.csv', ['编号,项目名称', ...rows].join('\n'))
    const cards = await this.cards(code, ['host', ...Array.from({ length: 7 }, (_, at) => `J${at + 1}`)])
    return { code, cards }
  }

  /** Fresh cards; those before end, and the sessions they opened with them. */
  async cards(code, seats) {
    const cards = await this.call('POST', `/api/contests/${code}/cards`, { seats })
    return Object.fromEntries(cards.map((card) => [card.seat, { ...card, token: card.url.split('#')[1] }]))
  }
}

/** A seat without a page: gives commands one after another over its socket. */
export class Seat {
  static async of(api, code, seat = 'host') {
    const one = new Seat()
    const path = ['host', 'mc', 'auditor'].includes(seat) ? seat : `judge/${seat}`
    const url = `${api.server.url.replace('http', 'ws')}/c/${code}/ws/${path}`
    one.socket = new WebSocket(url, { headers: { cookie: api.cookie, origin: api.server.url } })
    one.answers = new Map()
    one.socket.on('message', (data) => {
      const frame = JSON.parse(data)
      if (frame.kind === 'receipt') one.answers.get(frame.id)?.()
      if (frame.kind === 'refused') one.answers.get(frame.id)?.(frame.refusal)
      if (frame.kind === 'snapshot') one.view = frame.view
      if (frame.kind === 'delta') one.view = merge(one.view, frame.patch)
    })
    await new Promise((resolve, reject) => one.socket.on('open', resolve).on('error', reject))
    one.say({ kind: 'hello', protocol: 2 })
    await until('its view', () => one.view)
    one.beat = setInterval(() => one.say({ kind: 'ping', t: 1 }), 8_000)
    one.socket.on('close', () => clearInterval(one.beat))
    return one
  }

  say(frame) {
    this.socket.send(JSON.stringify(frame))
  }

  /** Gives a command that must be taken. */
  async give(command) {
    const id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    const answered = new Promise((resolve) => this.answers.set(id, resolve))
    this.say({ kind: 'submit', id, command })
    const refusal = await answered
    if (refusal) throw new Error(`${command.do} was refused: ${JSON.stringify(refusal)}`)
  }

  async open(pitch) {
    await this.give({ do: 'start-pitch', pitch })
    await this.give({ do: 'open-window', pitch })
  }

  /** The judge's scorecard, with these marks in the rubric's order. */
  card(pitch, marks, base = 0) {
    const by = Object.fromEntries(this.view.criteria.map(({ id }, at) => [id, marks[at]]))
    return this.give({ do: 'submit-scorecard', pitch, base, marks: by, comment: '' })
  }

  close() {
    clearInterval(this.beat)
    this.socket.close()
  }
}

/** A device that holds every seat of the API's cookies. */
export async function withSeats(browser, server, api, kind = 'laptop', options = {}) {
  const page = await device(browser, kind, options)
  const cookies = api.cookie.split('; ').map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)])
  await page.context().addCookies(cookies.map(([name, value]) => ({ name, value, url: server.url })))
  return page
}

/** A JSON merge patch (RFC 7396). */
function merge(target, patch) {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch
  const merged = target && typeof target === 'object' && !Array.isArray(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = merge(merged[key], value)
  }
  return merged
}

/** A page on a device of its own; whatever the browser complains about is kept in `complaints`. */
export async function device(browser, kind, options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce', ...devices[kind], ...options })
  if (testing) {
    // What was done, and with PODIUM_TRACE the page at every step of it, which takes its time.
    await context.tracing.start({ snapshots: Boolean(process.env.PODIUM_TRACE) })
    contexts.add(context)
    context.on('close', () => contexts.delete(context))
  }
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.complaints = []
  page.on('pageerror', (error) => page.complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // A lost line is logged by the browser itself, whatever the page does about it.
    const lost = /WebSocket connection|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_SOCKET/.test(message.text())
    if (message.type() === 'error' && !lost) page.complaints.push(`console: ${message.text()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) page.complaints.push(`${response.status()} ${response.url()}`)
  })
  return page
}

/** A press by finger where there is one, else by mouse. */
export async function press(page, locator) {
  const touch = await page.evaluate(() => navigator.maxTouchPoints > 0)
  await (touch ? locator.tap() : locator.click())
}

/** Holds a button as long as the page asks for. */
export async function hold(locator) {
  await locator.hover()
  await locator.page().mouse.down()
  await locator.page().waitForTimeout(1400)
  await locator.page().mouse.up()
}

/** The console's one big button, pressed or held as it asks, until the phase it leads to: every plate is a press of its own. */
export async function drive(host, phase) {
  const button = host.locator('.now .btn.primary')
  const shown = () => host.locator('.now .phase').textContent()
  for (let presses = 0; presses < 20; presses += 1) {
    await until(`something to press before ${phase}`, () => button.isEnabled())
    const label = await button.innerText()
    if (await button.evaluate((one) => one.classList.contains('hold'))) await hold(button)
    else await button.click()
    await until(`the press of ${label} is answered`, async () => (await shown()) === phase || (await button.innerText()) !== label)
    if ((await shown()) === phase) return
  }
  await until(`the console shows ${phase}`, async () => (await shown()) === phase)
}

/** The organiser's whole set-up in the browser; returns the cards by seat. */
export async function setUp(organiser, claim, { title = '青年创业大赛', password = 'correct horse 亮分' } = {}) {
  await organiser.goto(claim)
  await organiser.locator('input[type=password]').nth(0).fill(password)
  await organiser.locator('input[type=password]').nth(1).fill(password)
  await organiser.locator('form .btn.primary').click()
  await organiser.locator('form .field.wide input').fill(title)
  await organiser.locator('form .btn.primary').click()
  await organiser.locator('input[type=file]').setInputFiles(WORKBOOK)
  await organiser.locator('.found .btn.primary').click()
  const steps = organiser.locator('nav .step')
  await until('it is imported', async () => (await steps.nth(1).getAttribute('aria-current')) === 'step')
  await steps.nth(2).click()
  await organiser.locator('section .actions .btn.primary').first().click()
  const articles = organiser.locator('.sheet article')
  await articles.nth(8).waitFor()
  const cards = await articles.evaluateAll((all) =>
    all.map((card) => ({
      name: card.querySelector('h3').textContent.trim(),
      pin: card.querySelector('.pin b').textContent.trim(),
      url: card.querySelector('a').href,
    })),
  )
  const code = new URL(organiser.url()).searchParams.get('contest')
  return { cards, code }
}

/** A key of the pad by what stands on it. */
export const key = (page, symbol) => page.locator('.entry .pad button', { hasText: new RegExp(`^[${symbol}]$`) })

/** Types a mark on the judge's page with the pad, one tap a key; returns the taps. */
export async function mark(page, value) {
  const what = page.locator('.entry .what')
  const criterion = await what.textContent()
  const quick = page.locator('.entry .quick button, .entry .few button').filter({ hasText: new RegExp(`^${value}$`) })
  if (await quick.count()) {
    await quick.first().tap()
    return 1
  }
  for (const symbol of value) await key(page, symbol).tap()
  // A mark that nothing could be added to leads on by itself; the last one leads nowhere.
  const last = (await page.locator('.rubric .row').last().getAttribute('aria-current')) === 'true'
  if (last || (await what.textContent()) !== criterion) return value.length
  await page.locator('.entry .pad button.next').tap()
  return value.length + 1
}
