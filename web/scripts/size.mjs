// First load of each page, compressed, against its budget: the page, what it imports at once and its styles.
import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist')
/** KiB of brotli; a phone in a hall shares its line with 119 others. */
const budgets = {
  index: 40,
  judge: 70,
  screen: 60,
  overlay: 40,
  host: 110,
  organise: 80,
  timer: 40,
  check: 40,
  mc: 60,
  draw: 40,
  interest: 40,
  auditor: 80,
  print: 60,
}
let over = 0
for (const [page, budget] of Object.entries(budgets)) {
  const files = [`${page}.html`]
  const html = readFileSync(join(dist, files[0]), 'utf8')
  for (const [, path] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)) files.push(path)
  const size = files.reduce((sum, file) => sum + statSync(join(dist, `${file}.br`)).size, 0)
  const kib = size / 1024
  if (kib > budget) over += 1
  console.log(`${page.padEnd(9)} ${kib.toFixed(1).padStart(6)} KiB of ${budget} in ${files.length} files`)
}
process.exit(over > 0 ? 1 : 0)
