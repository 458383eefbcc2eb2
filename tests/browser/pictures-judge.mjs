// Pictures of every state of a judge's tablet, both languages, both orientations: `node tests/browser/pictures-judge.mjs [zh|en]`
// writes them to tests/browser/out/judge.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Server, browse, out } from './hall.mjs'
import { tour } from './tour.mjs'

const folder = join(out, 'judge')
mkdirSync(folder, { recursive: true })
const languages = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['zh', 'en']
const server = await Server.serve()
const browser = await browse(['--host-resolver-rules=MAP podium.local 127.0.0.1'])
try {
  for (const lang of languages) {
    for (const kind of ['tablet', 'tablet-tall']) {
      await tour(browser, server, kind, lang, async (page, name) => {
        const path = join(folder, `${lang}-${kind}-${name}.png`)
        await page.screenshot({ path })
        console.log(path)
      })
    }
  }
} finally {
  await browser.close()
  await server.end()
}
