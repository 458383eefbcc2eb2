// Pictures of the host's console in every situation: `node tests/browser/pictures-console.mjs [situation…]`, at the sizes of a
// laptop and of a tablet, in both languages, in tests/browser/out.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Server, browse, devices, out } from './hall.mjs'
import { tour } from './evening.mjs'

const wanted = process.argv.slice(2)
mkdirSync(out, { recursive: true })
const server = await Server.serve()
const browser = await browse()
try {
  for (const lang of ['zh', 'en']) {
    const { complaints } = await tour(browser, server, lang, 'laptop', async (page, name) => {
      if (wanted.length > 0 && !wanted.includes(name)) return
      await page.evaluate(() => document.fonts.ready)
      for (const kind of ['laptop', 'tablet']) {
        await page.setViewportSize(devices[kind].viewport)
        await page.waitForTimeout(500)
        const path = join(out, `console-${name}-${kind}-${lang}.png`)
        await page.screenshot({ path })
        console.log(path)
      }
      await page.setViewportSize(devices.laptop.viewport)
    })
    if (complaints.length > 0) console.log(complaints)
  }
} finally {
  await browser.close()
  await server.end()
}
