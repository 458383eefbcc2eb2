// Runs the browser tests: two files at a time, those that take longest first; then, one after another, those that measure real
// time and need the machine to themselves. Ends with the slowest and with the counts that `test.sh` reads.
//
//   node tests/browser/run.mjs              every file
//   node tests/browser/run.mjs judge votes  these files
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { run } from 'node:test'

const folder = import.meta.dirname
/** Their assertions are about milliseconds and seconds of this machine. */
const ALONE = ['console-truth', 'timer']
/** What takes longest, longest first: the last one to end should not have begun last. */
const LONG = ['judge', 'scenes', 'console', 'hall', 'check', 'delivery', 'windows', 'main-line', 'day', 'demo', 'mc', 'setup', 'displays']

/** Longer than any file takes on a slow machine: one that hangs is a failure with a name, not a night without an answer. */
const FILE_MAX = 900_000

const all = readdirSync(folder).flatMap((file) => /^(.+)\.test\.mjs$/.exec(file)?.[1] ?? [])
const unknown = [...ALONE, ...LONG, ...process.argv.slice(2)].filter((name) => !all.includes(name))
if (unknown.length > 0) throw new Error(`no such file: ${unknown.join(', ')}`)
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all
const rank = (name) => (LONG.includes(name) ? LONG.indexOf(name) : LONG.length)

const [counts, times] = [{ pass: 0, fail: 0, skipped: 0 }, []]
/** The test of each file that ended last: what hangs comes after it. */
const begun = new Map()
const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`

function ended(how, { name, file, nesting, details, skip }) {
  const where = basename(file ?? name).replace('.test.mjs', '')
  if (details.type === 'suite') {
    if (how === 'fail' && details.error.failureType !== 'subtestsFailed') failed(where, name, details.error)
    return
  }
  if (skip !== undefined) {
    counts.skipped += 1
    console.log(`SKIPPED: ${where}: ${name}: ${skip}`)
    return
  }
  times.push([details.duration_ms, `${where}: ${name}`])
  if (how === 'fail') return failed(where, name, details.error)
  counts.pass += 1
  console.log(`${'  '.repeat(nesting)}ok ${where}: ${name} (${seconds(details.duration_ms)})`)
}

function failed(where, name, error) {
  counts.fail += 1
  if (error.failureType === 'testTimeoutFailure') console.log(`# in ${where} there hung: ${begun.get(where) ?? 'what comes before its first test'}`)
  console.log(`FAILED ${where}: ${name}\n${error.cause?.stack ?? error.cause ?? error.stack}`)
}

async function files(names, concurrency) {
  if (names.length === 0) return
  const paths = names.map((name) => join(folder, `${name}.test.mjs`))
  for await (const { type, data } of run({ files: paths, concurrency })) {
    if (type === 'test:pass') ended('pass', data)
    else if (type === 'test:fail') ended('fail', data)
    else if (type === 'test:stdout' || type === 'test:stderr') process.stdout.write(data.message)
    else if (type === 'test:diagnostic' && data.nesting > 0) console.log(`# ${data.message}`)
  }
}

await files(wanted.filter((name) => !ALONE.includes(name)).sort((one, other) => rank(one) - rank(other)), 2)
await files(wanted.filter((name) => ALONE.includes(name)), 1)

console.log('\nThe slowest ten')
for (const [ms, name] of times.sort(([one], [other]) => other - one).slice(0, 10)) console.log(`${seconds(ms).padStart(8)}  ${name}`)
console.log(`\n# pass ${counts.pass}\n# fail ${counts.fail}\n# skipped ${counts.skipped}`)
process.exitCode = counts.fail > 0 || counts.pass === 0 ? 1 : 0
