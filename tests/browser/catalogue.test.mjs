// The catalogue of scenes and parts, as `npm run dev` serves it: all of it is drawn, in both languages and every theme.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { after, before, describe, test } from 'node:test'
import { browse, device, until } from './hall.mjs'

const web = join(import.meta.dirname, '..', '..', 'web')

describe('the catalogue', () => {
  let vite, browser, url

  before(async () => {
    const { createServer } = await import(pathToFileURL(join(web, 'node_modules', 'vite', 'dist', 'node', 'index.js')).href)
    vite = await createServer({ root: web, configFile: join(web, 'vite.config.ts'), logLevel: 'error', server: { host: '127.0.0.1', port: 0, hmr: false } })
    await vite.listen()
    url = `http://127.0.0.1:${vite.httpServer.address().port}/catalogue/`
    browser = await browse()
  })
  after(async () => {
    await browser?.close()
    await vite?.close()
  })

  test('every kind of scene and every part is drawn, and none complains', async () => {
    const scenes = ['Pitch', 'Board', 'Programme'].map((group) => readFileSync(join(web, 'src', 'ui', 'scenes', `${group}Scenes.svelte`), 'utf8'))
    // What a scene may come to: the names in the branches of its groups, 亮分 where none of them is, and the cover.
    const kinds = new Set(['cover', 'ceremony', ...scenes.flatMap((scene) => [...scene.matchAll(/\{(?:#if|:else if) kind === '([a-z-]+)'/g)].map((match) => match[1]))])
    assert.ok(kinds.size > 12, [...kinds].join())
    for (const [lang, theme] of [['zh', 'tech'], ['en', 'gold'], ['zh', 'light']]) {
      const page = await device(browser, 'laptop')
      // The server's own pictures, without a server.
      await page.route('**/api/qr.svg*', (route) => route.fulfill({ path: join(web, 'public', 'mark.svg') }))
      await page.goto(`${url}?lang=${lang}&theme=${theme}&motion=off`)
      await until('the scenes', async () => (await page.locator('.picture').count()) > 100, 60_000)
      await until('each stands', async () => (await page.locator('.picture[data-waits], .picture:not([data-scene])').count()) === 0)
      const there = new Set(await page.locator('.picture').evaluateAll((all) => all.map((one) => one.dataset.scene)))
      assert.deepEqual([...kinds].filter((kind) => !there.has(kind)), [])
      assert.equal(await page.locator('.camera .overlay').count(), 10)
      for (const part of ['Hold', 'Move', 'Timer', 'SoundSwitch', 'Whole', 'Explain']) {
        assert.ok((await page.locator(`[data-part=${part}]`).first().boundingBox()).height > 40, part)
      }
      assert.equal(await page.locator('[data-part=Doorway]').count(), 5)
      for (const name of ['plain', 'noted', 'wide']) {
        await page.locator('[data-part=Dialog] .btn', { hasText: name }).press('Enter')
        await page.locator('dialog[open]').waitFor()
        await page.keyboard.press('Escape')
        await page.locator('dialog[open]').waitFor({ state: 'detached' })
        const back = await page.evaluate(() => document.activeElement.textContent)
        assert.equal(back, name, 'the focus is where it was')
      }
      await page.locator('[type=search]').fill('plates 12')
      await until('few of them', async () => (await page.locator('.picture').count()) < 30)
      assert.deepEqual(page.complaints, [])
      await page.context().close()
    }
  })
})
