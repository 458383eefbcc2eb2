// The demo as a newcomer sees it: k of 7 as the robots score, every score landing in the standings, a person at judge 1,
// a person's hand on the console that stops the robot, the podium at the end.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { readFileSync } from 'node:fs'
import { Server, browse, device, mark, until } from './hall.mjs'

const links = (server) => JSON.parse(readFileSync(server.linksFile, 'utf8'))

describe('the demo', () => {
  let browser
  before(async () => (browser = await browse()))
  after(() => browser?.close())

  test('runs from the first pitch to the podium by itself', async () => {
    const server = await Server.demo(0.1)
    try {
      const { screen: url } = links(server)
      const screen = await device(browser, 'screen')
      // Noted by the page itself: at this pace a count stands for a moment.
      await screen.addInitScript(() => {
        window.counts = []
        const note = () => {
          const count = Number(document.querySelector('.count b')?.textContent)
          if (count > 0 && count !== window.counts.at(-1)) window.counts.push(count)
        }
        new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true })
      })
      await screen.goto(url)
      const climbs = (counts) => counts.some((count, at) => count < counts[at + 1] && counts[at + 1] < counts[at + 2])
      await until('k of 7, climbing', async () => climbs(await screen.evaluate(() => window.counts)), 60_000)
      assert.equal(await until('the seven lights', () => screen.locator('.lights i').count()), 7)
      await until('the podium, place by place', () => screen.locator('.podium').count(), 60_000)
      await until('the champion', () => screen.locator('.champion').count(), 60_000)
      const view = await (await fetch(`${url.replace('/c/', '/api/contests/').replace(/\/screen$/, '/public')}`)).json()
      assert.equal(view.standings.length, 5)
      const scores = view.standings.map((row) => Number(row.score))
      assert.deepEqual(scores, [...scores].sort((a, b) => b - a))
      const shown = await screen.locator('.champion').innerText()
      const short = (row) => view.projects[row.pitch].short
      for (const row of view.standings.filter((row) => row.place <= 3)) {
        assert.ok(shown.includes(short(row).slice(0, 6)), `${short(row)} is on the podium`)
      }
      // The prizes follow the podium, and the evening ends where it was.
      const publicly = url.replace('/c/', '/api/contests/').replace(/\/screen$/, '/public')
      const past = async () => (await (await fetch(publicly)).json()).segments.map((segment) => segment.past)
      await until('every segment has been', async () => (await past()).join() === 'true,true,true')
      await until('the podium again', () => screen.locator('.podium').count())
      await screen.waitForTimeout(1500)
      assert.equal(await screen.locator('.podium').count(), 1, 'it stays')
      assert.deepEqual(screen.complaints, [])
    } finally {
      await server.end()
    }
  })

  test('a person takes judge 1 and scores the pitch on stage; a hand on the console stops the robot host', async () => {
    const server = await Server.demo(0.5)
    try {
      const { screen: url, host: hostLink, judges } = links(server)
      const screen = await device(browser, 'screen')
      await screen.goto(url)
      const judge = await device(browser, 'tablet')
      await judge.goto(judges[0])
      await judge.locator('.entry').waitFor({ timeout: 60_000 })
      const project = (await judge.locator('header .number').textContent()).trim()
      const before = await until('the others have scored', async () => {
        const count = await screen.locator('.count b').first().textContent({ timeout: 500 })
        return count === '6' ? count : undefined
      })
      assert.equal(before, '6', 'the robots wait for the person')
      for (const value of ['20', '20', '15', '10', '8']) await mark(judge, value)
      await judge.locator('.go .primary.wide').tap()
      await judge.locator('dialog[open] .primary').tap()
      await until('received', async () => (await judge.locator('.side .state').getAttribute('data-state')) === 'received')
      const host = await device(browser, 'laptop')
      await host.goto(hostLink)
      await host.locator('.console').waitFor()
      await until('the mark is in', async () => (await host.content()).includes(project))
      await host.locator('.scenes button', { hasText: '黑场' }).click()
      await until('the screen is black', async () => (await host.locator('.scenes button', { hasText: '黑场' }).getAttribute('aria-pressed')) === 'true')
      const phase = await host.locator('.now').innerText()
      // Long enough for three robot steps.
      await host.waitForTimeout(2000)
      const still = (text) => text.replace(/\+?\d+:\d\d/g, '')
      assert.equal(still(await host.locator('.now').innerText()), still(phase), 'the robot host has stepped aside')
      assert.deepEqual([...judge.complaints, ...host.complaints, ...screen.complaints], [])
    } finally {
      await server.end()
    }
  })
})
