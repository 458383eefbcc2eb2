// 成绩汇总表: places, what each judge gave, deductions, scores, and what is to be said of them; signed.
import { blocks } from '../../model/leaves'
import { grouped, text, type Line, type Printed, type Round } from '../../model/printed'
import { t } from '../../state/language.svelte'
import {
  brief,
  cell,
  linesOf,
  panel,
  plain,
  titleOf,
  type Cell,
  type Column,
  type Part,
  type Row,
  type Seat,
  type Sheet,
} from './parts'

/** So many judges stand beside the places; more have a table of their own, in blocks. */
const BESIDE = 9
const BLOCK = 13
/** Named in one paragraph. */
const LEGEND = 20

export function result(printed: Printed): Sheet[] {
  return printed.rounds.map((round) => {
    const seats = panel(printed, round)
    const parts: Part[] = [titleOf(printed, round, t('print.sheet.result'))]
    if (printed.venue) parts.push({ is: 'text', text: `${t('print.venue')}${t('print.colon')}${printed.venue}` })
    const rule = round.rule.map((one) => brief(one, 1200)).join(t('print.stop'))
    parts.push({ is: 'text', text: `${t('print.rule')}${t('print.colon')}${rule}`, size: 'small' })
    for (const some of blocks(seats, LEGEND)) {
      parts.push({
        is: 'text',
        text: t('print.legend', { names: some.map(named).join(t('print.between')) }),
        size: 'small',
      })
    }
    const matrix = linesOf(printed, 'matrix', round)
    const lists = grouped(linesOf(printed, 'standings', round), 'list')
    const beside = seats.length <= BESIDE
    for (const list of lists) {
      if (lists.length > 1) parts.push({ is: 'heading', text: text(list[0], 'list') })
      parts.push(places(list, matrix, beside ? seats : []))
    }
    if (!beside) parts.push(...apart(matrix, seats))
    if (matrix.some((line) => Object.values(line).some((one) => one.struck))) {
      parts.push({ is: 'text', text: t('print.struck') })
    }
    parts.push(...deductions(printed, round))
    parts.push({ is: 'sign', names: signers(seats), across: 5 })
    const name = t('print.sheet.result')
    return { key: `result ${round.name}`, name, short: name, said: round.said, wide: true, parts }
  })
}

const named = ({ seat, name, chair }: Seat) =>
  `${seat} ${name}${chair ? t('print.brackets', { text: t('print.chair') }) : ''}`

function signers(seats: Seat[]): string[] {
  const judges = seats.map(({ seat, name }) => t('print.sign.judge', { name: `${seat} ${name}` }))
  const chair = seats.find((one) => one.chair)
  return [
    ...judges,
    t('print.sign.chair', { name: chair?.name ?? '' }),
    t('print.sign.auditor'),
    t('print.sign.organiser'),
  ]
}

const judgeColumns = (seats: Seat[], mm: number): Column[] =>
  seats.map(({ seat }) => ({ key: seat, name: seat, mm, side: 'end' as const }))

function places(list: Line[], matrix: Line[], seats: Seat[]): Part {
  const columns: Column[] = [
    { key: 'place', name: t('print.place'), mm: 13, side: 'middle' },
    { key: 'number', name: t('print.number'), mm: 16 },
    { key: 'project', name: t('print.project'), mm: 0 },
    ...judgeColumns(seats, seats.length > 7 ? 13 : 15),
    { key: 'deducted', name: t('print.deducted'), mm: 18, side: 'end' },
    { key: 'score', name: t('print.score'), mm: 19, side: 'end' },
    { key: 'remark', name: t('print.remark'), mm: 40 },
  ]
  const row = (line: Line): Row => {
    const project = text(line, 'project')
    const given = matrix.find((one) => text(one, 'project') === project)
    const remarks = [text(line, 'tie'), text(line, 'remark')].filter(Boolean)
    const cells = columns.map(({ key }) => {
      if (key === 'remark') return plain(brief(remarks.join(t('print.between')), 150))
      if (key === 'project') return plain([project, text(line, 'unit')].filter(Boolean).join('\n'))
      return seats.some(({ seat }) => seat === key) && given ? total(given, key) : cell(line, key)
    })
    return { cells, of: project }
  }
  return { is: 'table', name: 'standings', columns, rows: list.map(row) }
}

/** A judge's total, or the word that stands there instead of it. */
function total(line: Line, seat: string): Cell {
  const given = cell(line, seat)
  return /^\d/.test(given.text) ? given : { ...given, word: true }
}

/** What each judge gave, in blocks of judges. */
function apart(matrix: Line[], seats: Seat[]): Part[] {
  return blocks(seats, BLOCK).flatMap((block): Part[] => {
    const columns: Column[] = [
      { key: 'place', name: t('print.place'), mm: 13, side: 'middle' },
      { key: 'number', name: t('print.number'), mm: 16 },
      { key: 'project', name: t('print.project'), mm: 0 },
      ...judgeColumns(block, 13.5),
      { key: 'score', name: t('print.score'), mm: 18, side: 'end' },
    ]
    const rows = matrix.map((line) => ({
      cells: columns.map(({ key }) => (block.some(({ seat }) => seat === key) ? total(line, key) : cell(line, key))),
      of: text(line, 'project'),
    }))
    const [first, last] = [block[0]!.seat, block[block.length - 1]!.seat]
    const name = `${t('print.matrix')}${t('print.brackets', { text: `${first}–${last}` })}`
    return [
      { is: 'heading', text: name },
      { is: 'table', name: 'matrix', columns, rows },
    ]
  })
}

/** Every deduction that counts, with its reason. */
function deductions(printed: Printed, round: Round): Part[] {
  const counting = linesOf(printed, 'deductions', round).filter((line) => text(line, 'counts') === printed.yes)
  if (counting.length === 0) return []
  const said = counting.map((line): Part => {
    const over = text(line, 'overtime')
    const reason = [over && t('print.overtime', { over }), text(line, 'reason')].filter(Boolean).join(t('print.comma'))
    const [number, project, points] = [text(line, 'number'), text(line, 'project'), text(line, 'points')]
    return { is: 'text', text: t('print.deduction', { number, project, points, reason }) }
  })
  return [{ is: 'heading', text: t('print.deductions') }, ...said]
}
