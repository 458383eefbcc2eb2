// Whether a page can be used by everybody: what axe finds at AA, and what it does not look for.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What is wrong with the page as it stands: axe at AA, targets under 48 px (the console asks for less), text cut off, moves in spite of the wish. */
export async function problems(page, { target = 48 } = {}) {
  const known = await page.evaluate(() => 'axe' in window)
  if (!known) await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }
    const { violations } = await window.axe.run(document, rules)
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)
  })
  const shape = await page.evaluate((target) => {
    const wrong = []
    const top = document.querySelector('dialog[open]') ?? document
    for (const one of top.querySelectorAll('button, a, input, select, textarea, summary')) {
      // As laid out: a press that still shrinks it does not count.
      const [width, height] = [one.offsetWidth, one.offsetHeight]
      if (width === 0 && height === 0) continue
      const name = (one.textContent || one.getAttribute('aria-label') || one.tagName).trim().slice(0, 30)
      if (height < target || width < target) wrong.push(`target ${width}×${height}: ${name}`)
    }
    if (document.documentElement.scrollWidth > innerWidth + 1) wrong.push(`wider than the device: ${document.documentElement.scrollWidth}`)
    for (const one of document.querySelectorAll('main *, dialog *')) {
      const style = getComputedStyle(one)
      if (parseFloat(style.transitionDuration) > 0.02 || parseFloat(style.animationDuration) > 0.02) wrong.push(`moves: ${one.className}`)
    }
    return [...new Set(wrong)]
  }, target)
  return [...violations, ...shape]
}
