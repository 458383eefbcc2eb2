// 出场顺序 and 主持词: the evening in order, and what is said in its course.
import { moment, text, type Line, type Printed, type Round } from '../../model/printed'
import { en, zh } from '../../model/speech'
import { minutes } from '../../model/time'
import { language, t } from '../../state/language.svelte'
import type { ProjectInfo, SegmentInfo } from '../../wire/types'
import { brief, cell, filled, linesOf, panel, plain, titleOf, type Column, type Part, type Sheet } from './parts'

const time = (line: Line) => {
  const [on, asked] = [text(line, 'secs'), text(line, 'qa_secs')]
  return [on, asked]
    .filter(Boolean)
    .map((secs) => minutes(Number(secs)))
    .join(' + ')
}

const plainLine = (text: string) => ({ text, struck: false })

export function order(printed: Printed): Sheet[] {
  return printed.rounds.map((round) => {
    const name = t('print.sheet.order')
    const all: Column[] = [
      { key: 'position', name: t('print.position'), mm: 14, side: 'middle' },
      { key: 'number', name: t('print.number'), mm: 18 },
      { key: 'title', name: t('print.order.part'), mm: 0 },
      { key: 'unit', name: t('print.unit'), mm: 56 },
      { key: 'track', name: t('print.track'), mm: 30 },
      { key: 'presenter', name: t('print.order.presenter'), mm: 28 },
      { key: 'time', name: t('print.order.time'), mm: 24, side: 'end' },
      { key: 'state', name: t('print.order.state'), mm: 24 },
    ]
    const lines = linesOf(printed, 'programme', round)
    // Times are put together of two columns.
    const columns = filled(
      all,
      lines.map((line) => ({ ...line, time: plainLine(time(line)) })),
    )
    const rows = lines.map((line) => {
      const pitch = text(line, 'number') !== ''
      const part = [text(line, 'kind'), text(line, 'title')].join(' · ')
      const title = pitch
        ? text(line, 'title')
        : [part, brief(text(line, 'names').split('\n').join(t('print.list')), 400)].filter(Boolean).join('\n')
      const said: Record<string, string> = { title, time: time(line) }
      return {
        cells: columns.map(({ key }) => (key in said ? plain(said[key]!) : cell(line, key))),
        of: text(line, 'item'),
      }
    })
    const parts: Part[] = [
      titleOf(printed, round, name),
      { is: 'table', name: 'programme', columns, rows },
      ...drawn(round),
      { is: 'sign', names: [t('print.sign.organiser'), t('print.sign.auditor'), t('print.sign.host')], across: 3 },
    ]
    return { key: `order ${round.name}`, name, short: name, said: round.said, wide: true, parts }
  })
}

/** What the order rests on, so that anybody computes it again. */
function drawn({ draw }: Round): Part[] {
  if (!draw) return []
  const facts: [string, string][] = [
    [t('print.draw.hash'), draw.hash],
    [t('print.draw.at'), moment(draw.committed)],
    [t('print.draw.called'), draw.called.join(t('print.comma'))],
    [t('print.draw.secret'), draw.secret ?? t('print.draw.untold')],
  ]
  return [
    { is: 'heading', text: t('print.draw') },
    { is: 'facts', facts },
  ]
}

export function script(printed: Printed): Sheet[] {
  const speech = language.now === 'zh' ? zh : en
  const say = (text: string, leads = false): Part => ({ is: 'text', text, size: 'large', leads })
  return printed.rounds.map((round) => {
    const name = t('print.sheet.script')
    const judges = panel(printed, round).map(({ name, unit }) => [unit, name].filter(Boolean).join(' '))
    const parts: Part[] = [titleOf(printed, round, name)]
    parts.push({ is: 'heading', text: t('print.script.judges') }, say(judges.join(t('print.between'))))
    for (const line of linesOf(printed, 'programme', round)) {
      const title = [text(line, 'position'), text(line, 'number'), text(line, 'title')].filter(Boolean).join(' · ')
      const state = text(line, 'state')
      parts.push({ is: 'heading', text: state ? title + t('print.brackets', { text: state }) : title })
      if (text(line, 'number') === '') parts.push(say(brief(speech.segment(segmentOf(printed, line)), 900)))
      else parts.push(...spoken(line))
    }
    parts.push({ is: 'heading', text: t('print.script.end') }, say(speech.finish(printed.title)))
    return { key: `script ${round.name}`, name, short: name, said: round.said, wide: false, parts }
  })

  function spoken(line: Line): Part[] {
    const on = projectOf(line)
    const parts: Part[] = []
    if (text(line, 'say'))
      parts.push({ is: 'text', text: t('print.script.say', { say: text(line, 'say') }), leads: true })
    parts.push(say(speech.introduce(on), true))
    if (text(line, 'qa_secs')) parts.push(say(speech.questions(on), true))
    parts.push(say(speech.openWindow(on, false), true), say(speech.closeWindow(on), true), say(speech.plates(on), true))
    parts.push(say(t('print.script.score')))
    return parts
  }
}

function segmentOf(printed: Printed, line: Line): SegmentInfo {
  return {
    id: text(line, 'item'),
    kind: (printed.kinds[text(line, 'kind')] ?? 'other') as SegmentInfo['kind'],
    title: text(line, 'title'),
    names: text(line, 'names').split('\n').filter(Boolean),
    secs: Number(text(line, 'secs')),
    past: false,
  }
}

/** As the hall calls it: by the number of its id, `R1-P3`. */
function projectOf(line: Line): ProjectInfo {
  const name = text(line, 'title')
  return {
    number: Number(/(\d+)$/.exec(text(line, 'item'))?.[1] ?? 0),
    name,
    short: name,
    track: text(line, 'track'),
    unit: text(line, 'unit'),
    presenter: text(line, 'presenter'),
  }
}
