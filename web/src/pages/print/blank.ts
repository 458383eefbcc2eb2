// Blank scorecards: what a judge writes on when a tablet fails; the code says of which judge and which project it is.
import { text, type Printed, type Round } from '../../model/printed'
import { t } from '../../state/language.svelte'
import {
  brief,
  linesOf,
  panel,
  plain,
  type Choice,
  type Column,
  type Part,
  type Row,
  type Seat,
  type Sheet,
} from './parts'

export function blank(printed: Printed, choice: Choice): Sheet[] {
  return printed.rounds.flatMap((round) => {
    const seats = panel(printed, round).filter(({ seat }) => !choice.judge || seat === choice.judge)
    return seats.map((seat) => ofJudge(printed, round, seat, choice.project))
  })
}

function ofJudge(printed: Printed, round: Round, seat: Seat, project: string): Sheet {
  const pitches = linesOf(printed, 'programme', round).filter((line) => text(line, 'number') !== '')
  const wanted = pitches.filter((line) => !project || text(line, 'item') === project)
  const grid = criteria(printed, round)
  const parts = wanted.flatMap((line): Part[] => {
    const item = text(line, 'item')
    const of = new URLSearchParams({ pitch: item, seat: seat.seat })
    return [
      {
        is: 'slip',
        title: printed.title,
        project: `${text(line, 'number')} ${text(line, 'title')}`,
        judge: `${seat.seat} ${seat.name}`,
        code: `${item} · ${seat.seat}`,
        qr: `${location.origin}/c/${printed.contest}/judge?${of}`,
      },
      grid,
      { is: 'pen', labels: [t('print.blank.sign'), t('print.blank.written')] },
    ]
  })
  const name = t('print.sheet.blank')
  return {
    key: `blank ${seat.seat}`,
    name: `${name} ${seat.seat} ${seat.name}`,
    said: round.said,
    short: `${name} ${seat.seat}`,
    wide: false,
    parts,
  }
}

function criteria(printed: Printed, round: Round): Part {
  const columns: Column[] = [
    { key: 'name', name: t('print.blank.criterion'), mm: 0 },
    { key: 'max', name: t('print.blank.max'), mm: 22, side: 'end' },
    { key: 'step', name: t('print.blank.step'), mm: 22, side: 'end' },
    { key: 'mark', name: t('print.blank.mark'), mm: 40 },
  ]
  const rows = linesOf(printed, 'criteria', round).map((line): Row => {
    const scale = text(line, 'scale')
    const name = text(line, 'name') + (scale && t('print.brackets', { text: brief(scale, 120) }))
    return { cells: [name, text(line, 'max'), text(line, 'step'), ''].map(plain), of: text(line, 'criterion') }
  })
  rows.push(
    { cells: [t('print.blank.total'), ''].map(plain) },
    { cells: [plain(t('print.blank.comment'))], tall: true },
  )
  return { is: 'table', name: 'criteria', columns, rows, whole: true, roomy: true }
}
