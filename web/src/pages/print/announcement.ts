// 公示: the standings as published, until when somebody may object, and whom to ask.
import { grouped, text, type Line, type Printed, type Round } from '../../model/printed'
import { t } from '../../state/language.svelte'
import { cell, day, filled, linesOf, plain, titleOf, type Choice, type Column, type Part, type Sheet } from './parts'

const BLANK = '________________________'

export function announcement(printed: Printed, choice: Choice): Sheet[] {
  return printed.rounds.flatMap((round) => (round.published ? [of(printed, round, round.published, choice)] : []))
}

function of(printed: Printed, round: Round, from: string, choice: Choice): Sheet {
  const standings = linesOf(printed, 'standings', round)
  const ranked = grouped(
    standings.filter((line) => text(line, 'place') !== ''),
    'list',
  )
  const tracks = standings.some((line) => text(line, 'track') !== '')
  const until = round.until
  const period = until
    ? t('print.announce.until', { from: day(from), until: day(until) })
    : t('print.announce.undated', { from: day(from) })
  const parts: Part[] = [
    titleOf(printed, round, t('print.sheet.announcement')),
    { is: 'text', text: t('print.announce.text', { title: printed.title }), size: 'large' },
    { is: 'text', text: period, size: 'large' },
  ]
  for (const list of ranked) {
    if (ranked.length > 1) parts.push({ is: 'heading', text: text(list[0], 'list') })
    parts.push(places(list, tracks, choice.scores))
  }
  parts.push(...out(round))
  const contact: [string, string][] = [
    [t('print.announce.contact'), choice.contact || BLANK],
    [t('print.announce.phone'), choice.phone || BLANK],
  ]
  parts.push({ is: 'facts', facts: contact })
  const said = `${choice.office || BLANK}${t('print.announce.stamp')}\n${day(from)}`
  parts.push({ is: 'stamp', text: said })
  return {
    key: `announcement ${round.name}`,
    name: t('print.sheet.announcement'),
    short: t('print.sheet.announcement'),
    said: round.said,
    wide: false,
    parts,
  }
}

function places(list: Line[], tracks: boolean, scores: boolean): Part {
  const all: Column[] = [
    { key: 'place', name: t('print.place'), mm: 15, side: 'middle' },
    { key: 'number', name: t('print.number'), mm: 18 },
    { key: 'project', name: t('print.project'), mm: 0 },
    { key: 'unit', name: t('print.unit'), mm: 44 },
    ...(tracks ? [{ key: 'track', name: t('print.track'), mm: 24 }] : []),
    ...(scores ? [{ key: 'score', name: t('print.score'), mm: 20, side: 'end' as const }] : []),
  ]
  const columns = filled(all, list)
  const rows = list.map((line) => ({ cells: columns.map(({ key }) => cell(line, key)), of: text(line, 'project') }))
  return { is: 'table', name: 'standings', columns, rows }
}

/** Who has no place. */
function out({ unplaced }: Round): Part[] {
  if (unplaced.length === 0) return []
  const columns: Column[] = [
    { key: 'number', name: t('print.number'), mm: 18 },
    { key: 'project', name: t('print.project'), mm: 0 },
    { key: 'why', name: t('print.remark'), mm: 60 },
  ]
  const rows = unplaced.map(({ number, project, why }) => ({ cells: [number, project, why].map(plain), of: project }))
  return [
    { is: 'heading', text: t('print.announce.out') },
    { is: 'table', name: 'out', columns, rows },
  ]
}
