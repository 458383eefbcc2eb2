// Score sheets: everything that one judge gave, and everything that one project was given.
import { blocks } from '../../model/leaves'
import { called, text, type Line, type Printed, type Round } from '../../model/printed'
import { t } from '../../state/language.svelte'
import {
  brief,
  cell,
  heads,
  linesOf,
  panel,
  plain,
  titleOf,
  type Cell,
  type Choice,
  type Column,
  type Part,
  type Row,
  type Seat,
  type Sheet,
} from './parts'

/** So many criteria fit beside a name on a page upright, and across. */
const UPRIGHT = 6
const ACROSS = 12
/** Longest name of a criterion at the head of a column. */
const HEAD = 8

export function byJudge(printed: Printed, choice: Choice): Sheet[] {
  return printed.rounds.flatMap((round) => {
    const seats = panel(printed, round).filter(({ seat }) => !choice.judge || seat === choice.judge)
    return seats.map((seat) => ofJudge(printed, round, seat, choice))
  })
}

export function byProject(printed: Printed, choice: Choice): Sheet[] {
  return printed.rounds.flatMap((round) => {
    const pitches = linesOf(printed, 'programme', round).filter((line) => text(line, 'number') !== '')
    const wanted = pitches.filter((line) => !choice.project || text(line, 'item') === choice.project)
    return wanted.map((line) => ofProject(printed, round, line, choice))
  })
}

/** The column of a criterion. */
const markOf = (id: string) => ['mark', id].join('.')

interface Criterion {
  id: string
  name: string
  max: string
}

function criteria(printed: Printed, round: Round): Criterion[] {
  const all = linesOf(printed, 'criteria', round)
  return all.map((line) => ({ id: text(line, 'criterion'), name: text(line, 'name'), max: text(line, 'max') }))
}

/** The newest scorecard of a judge for a project: the last of their lines. */
function newest(cards: Line[], seat: string, project: string): Line | undefined {
  return cards.filter((line) => text(line, 'seat') === seat && text(line, 'project') === project).pop()
}

/** A line for a scorecard, or for what there is instead of it. */
function row(first: Cell[], shown: Criterion[], total: boolean, of: Scored): Row {
  const { card, aside, comments, state } = of
  const why = text(card, 'why')
  const struck = why !== ''
  const mark = (key: string) => (card ? { ...cell(card, key), struck } : plain(''))
  const cells = [...first, ...shown.map(({ id }) => mark(markOf(id))), ...(total ? [mark('total')] : [])]
  const below: string[] = []
  if (card && why) below.push(t('print.uncounted', { why }))
  if (aside && (!card || !why)) below.push(t('print.aside', { kind: text(aside, 'kind'), why: text(aside, 'reason') }))
  if (!card && !aside) below.push(state || t('print.none'))
  if (total && comments && text(card, 'comment')) below.push(t('print.comment', { comment: text(card, 'comment') }))
  return { cells, below, of: `${text(card, 'record')}` }
}

interface Scored {
  card: Line | undefined
  aside: Line | undefined
  comments: boolean
  /** What is said of the project where there is no scorecard. */
  state: string
}

interface Lead {
  columns: Column[]
  cells: Cell[]
}

/** One table, or several where there are more criteria than a page is wide. */
function tables(printed: Printed, round: Round, leads: (Lead & Scored)[]): Part[] {
  const all = criteria(printed, round)
  const { short, legend } = heads(
    all.map(({ name }) => name),
    HEAD,
  )
  const shown = all.map((one, at) => ({ ...one, short: short[at]!, legend: legend[at] ?? '' }))
  const parted = blocks(shown, all.length > UPRIGHT ? ACROSS : UPRIGHT)
  const parts: Part[] = []
  parted.forEach((block, at) => {
    const names = block.map(({ legend }) => legend).filter(Boolean)
    if (names.length > 0) {
      const named = t('print.legend.criteria', { names: names.join(t('print.between')) })
      parts.push({ is: 'text', text: named, size: 'small', leads: true })
    }
    const total = at === parted.length - 1
    const columns: Column[] = [
      ...(leads[0]?.columns ?? []),
      ...block.map(({ id, short, max }) => ({
        key: markOf(id),
        name: `${short}\n${t('print.max', { max })}`,
        mm: 18,
        side: 'end' as const,
      })),
      ...(total
        ? [{ key: 'total', name: called(printed.tables['scorecards'], 'total'), mm: 18, side: 'end' as const }]
        : []),
    ]
    const rows = leads.map((one) => row(one.cells, block, total, one))
    parts.push({ is: 'table', name: 'scorecards', columns, rows })
  })
  return parts
}

const isWide = (printed: Printed, round: Round) => criteria(printed, round).length > UPRIGHT

function asideOf(printed: Printed, round: Round, seat: string, project: string): Line | undefined {
  const all = linesOf(printed, 'recusals', round)
  return all.filter((line) => text(line, 'seat') === seat && text(line, 'project') === project).pop()
}

function remarkOf(printed: Printed, round: Round, project: string): string {
  return text(
    linesOf(printed, 'standings', round).find((line) => text(line, 'project') === project),
    'remark',
  )
}

function ofJudge(printed: Printed, round: Round, seat: Seat, { comments }: Choice): Sheet {
  const name = t('print.sheet.judge')
  const cards = linesOf(printed, 'scorecards', round)
  const columns: Column[] = [
    { key: 'number', name: t('print.number'), mm: 16 },
    { key: 'project', name: t('print.project'), mm: 0 },
  ]
  const pitches = linesOf(printed, 'programme', round).filter((line) => text(line, 'number') !== '')
  const leads = pitches.map((line) => {
    const project = text(line, 'title')
    return {
      columns,
      cells: [cell(line, 'number'), plain(project)],
      card: newest(cards, seat.seat, project),
      aside: asideOf(printed, round, seat.seat, project),
      comments,
      state: remarkOf(printed, round, project),
    }
  })
  const who: [string, string][] = [[t('print.judge'), `${seat.seat} ${seat.name}`]]
  if (seat.unit) who.push([t('print.unit'), seat.unit])
  const parts: Part[] = [
    titleOf(printed, round, name),
    { is: 'facts', facts: who },
    ...tables(printed, round, leads),
    { is: 'sign', names: [t('print.sign.judge', { name: `${seat.seat} ${seat.name}` })], across: 2 },
  ]
  const wide = isWide(printed, round)
  return {
    key: `judge ${seat.seat}`,
    name: `${name} ${seat.seat} ${seat.name}`,
    short: `${name} ${seat.seat}`,
    said: round.said,
    wide,
    parts,
  }
}

function ofProject(printed: Printed, round: Round, line: Line, { comments, seats }: Choice): Sheet {
  const name = t('print.sheet.project')
  const project = text(line, 'title')
  const cards = linesOf(printed, 'scorecards', round)
  const columns: Column[] = [
    { key: 'seat', name: called(printed.tables['judges'], 'seat'), mm: seats ? 0 : 14 },
    ...(seats ? [] : [{ key: 'judge', name: called(printed.tables['judges'], 'judge'), mm: 0 }]),
  ]
  const leads = panel(printed, round).map(({ seat, name }) => ({
    columns,
    cells: seats ? [plain(seat)] : [plain(seat), plain(name)],
    card: newest(cards, seat, project),
    aside: asideOf(printed, round, seat, project),
    comments,
    state: remarkOf(printed, round, project),
  }))
  const facts: [string, string][] = [[t('print.project'), `${text(line, 'number')} ${project}`]]
  for (const [key, label] of [
    ['unit', t('print.unit')],
    ['track', t('print.track')],
  ] as const) {
    if (text(line, key)) facts.push([label, text(line, key)])
  }
  const parts: Part[] = [
    titleOf(printed, round, name),
    { is: 'facts', facts },
    ...tables(printed, round, leads),
    { is: 'facts', facts: outcome(printed, round, project) },
    { is: 'sign', names: [t('print.sign.team'), t('print.sign.organiser')], across: 2 },
  ]
  const wide = isWide(printed, round)
  const key = `project ${text(line, 'item')}`
  const short = `${name} ${text(line, 'number')}`
  return { key, name: `${short} ${project}`, short, said: round.said, wide, parts }
}

/** What it came to, in each list where it stands. */
function outcome(printed: Printed, round: Round, project: string): [string, string][] {
  const stands = linesOf(printed, 'standings', round).filter((line) => text(line, 'project') === project)
  const facts: [string, string][] = []
  for (const line of stands) {
    const [list, place, score] = [text(line, 'list'), text(line, 'place'), text(line, 'score')]
    if (place) facts.push([t('print.score'), t('print.of.list', { list, place, score })])
    else if (score) facts.push([t('print.score'), t('print.of.none', { list, score })])
  }
  const first = stands[0]
  if (text(first, 'deducted')) facts.push([t('print.deducted'), text(first, 'deducted')])
  const remarks = [text(first, 'tie'), text(first, 'remark')].filter(Boolean)
  if (remarks.length > 0) facts.push([t('print.remark'), brief(remarks.join(t('print.between')), 500)])
  return facts
}
