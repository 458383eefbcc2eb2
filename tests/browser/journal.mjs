// The truth of an evening: the contest's journal, read as it grows.
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'

export class Journal {
  constructor(data, code) {
    this.path = join(data, 'journal', `${code}.jsonl`)
    this.at = 0
    this.rest = ''
    /** `R1-P1 J3` → its scorecards, oldest first. */
    this.cards = new Map()
    this.commands = []
    /** As the contest's: 0, and every rehearsal an odd number of its own. */
    this.run = 0
    this.rehearsals = 0
    /** The scorecards from before the rehearsal that is on. */
    this.before = undefined
  }

  get rehearsing() {
    return this.before !== undefined
  }

  /** Reads what has been written since. The file is copied afresh when a server starts: its beginning stays what it was. */
  read() {
    if (!existsSync(this.path)) return this
    const file = openSync(this.path, 'r')
    try {
      const size = fstatSync(file).size
      if (size > this.at) {
        const bytes = Buffer.alloc(size - this.at)
        readSync(file, bytes, 0, bytes.length, this.at)
        this.at = size
        // Records are ASCII or whole UTF-8 lines; a line that is not finished waits.
        this.rest += bytes.toString('latin1')
      }
    } finally {
      closeSync(file)
    }
    const lines = this.rest.split('\n')
    this.rest = lines.pop()
    for (const line of lines) this.#take(JSON.parse(JSON.parse(Buffer.from(line, 'latin1').toString('utf8')).body))
    return this
  }

  #take({ cmd, fact, seq }) {
    if (fact.kind === 'rehearsal-begun') {
      this.before = new Map([...this.cards].map(([key, cards]) => [key, [...cards]]))
      this.rehearsals += 1
      this.run = 2 * this.rehearsals - 1
    }
    if (fact.kind === 'rehearsal-wiped') {
      this.cards = this.before
      this.before = undefined
      this.run = 0
    }
    if (fact.kind !== 'scorecard-submitted') return
    const key = `${fact.pitch} ${fact.judge}`
    if (!this.cards.has(key)) this.cards.set(key, [])
    this.cards.get(key).push({ cmd, seq, version: fact.version, marks: fact.marks, comment: fact.comment ?? '' })
    this.commands.push({ cmd, run: this.run, comment: fact.comment ?? '' })
  }

  of(pitch, judge) {
    return this.read().cards.get(`${pitch} ${judge}`) ?? []
  }
}
