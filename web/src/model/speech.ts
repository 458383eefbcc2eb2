// What an MC says, in Chinese and in English: one sentence maker per language, with the same sentences. Pure.
//
// Quotes in the English are plain ones: fonts for Chinese draw the curly ones as wide as a Chinese letter.
// Not in the catalogue of texts: how a list, a plural or a time is said is grammar, and both languages are on the page at once.
import { asides } from './board'
import type {
  Announcement,
  DeductionInfo,
  PhaseName,
  ProjectInfo,
  SegmentInfo,
  StandInfo,
  StepInfo,
  TieStep,
} from '../wire/types'

/** How many voted, and who has most votes. */
export interface Voted {
  ballots: number
  most: number
  names: string[]
}

/** Names of the criteria that a tie-break names, by their ids. */
export type Criteria = Record<string, string>

export interface Speech {
  introduce(project: ProjectInfo): string
  again(project: ProjectInfo): string
  startTimer(): string
  questions(project: ProjectInfo): string
  openWindow(project: ProjectInfo, open: boolean): string
  scoring(k: number, n: number): string
  closeWindow(project: ProjectInfo): string
  plates(project: ProjectInfo): string
  announce(announcement: Announcement, project: ProjectInfo, criteria: Criteria): string
  turn(first: boolean): string
  strike(announcement: Announcement): string
  score(announcement: Announcement, project: ProjectInfo): string
  stands(announcement: Announcement, project: ProjectInfo, criteria: Criteria): string
  correct(stand: StandInfo, project: ProjectInfo, byTrack: boolean, back?: PhaseName): string
  takenOut(project: ProjectInfo, out: PhaseName): string
  freeze(): string
  tell(): string
  step(step: StepInfo, names: (pitches: string[]) => string[], criteria: Criteria): string
  complete(): string
  openVote(): string
  closeVote(): string
  voted(voted: Voted): string
  leaderboard(track?: string): string
  /** What was decided about a tie, with the list that it makes. */
  decided(): string
  podium(): string
  finish(title: string): string
  segment(segment: SegmentInfo): string
  drawHash(): string
  drawCall(): string
  drawTell(): string
  drawn(): string
}

const COUNT_ZH = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十']
const COUNT_EN = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** Whole seconds: what a clock of the hall would have shown. */
const parts = (ms: number): [minutes: number, seconds: number] => {
  const seconds = Math.floor(ms / 1000)
  return [Math.floor(seconds / 60), seconds % 60]
}

/** The two parties of each signing: the lines of the segment, two by two. */
const pairs = (names: string[]): string[][] =>
  Array.from({ length: Math.ceil(names.length / 2) }, (_, at) => names.slice(at * 2, at * 2 + 2))

// ---- Chinese

const durationZh = (ms: number) => {
  const [minutes, seconds] = parts(ms)
  return [minutes > 0 ? `${minutes} 分` : '', seconds > 0 || minutes === 0 ? `${seconds} 秒` : '']
    .filter(Boolean)
    .join(' ')
}

function droppedZh({ highest, lowest, by_criterion, fallback, k }: Announcement): string {
  const end = (totals: string[], name: string) => {
    if (totals.length === 0) return ''
    const count = COUNT_ZH[totals.length] ?? totals.length
    return `去掉${count}个${name} ${totals.map((total) => `${total} 分`).join('、')}，`
  }
  const totals = end(highest, '最高分') + end(lowest, '最低分')
  if (totals) return totals
  if (by_criterion) return '每个评分项分别去掉最高分和最低分，不去掉任何一位评委的整份评分，'
  return fallback ? `本项目只有 ${k} 份评分表，不去掉最高分和最低分，` : `综合 ${k} 份评分表，`
}

/** Whole minutes are 分钟: 分 alone are points here. */
const deductionZh = ({ points, reason, over_ms }: DeductionInfo) => {
  if (over_ms === undefined) return `因“${reason}”扣 ${points} 分，`
  const over = over_ms < 1000 ? '不足 1 秒' : ` ${durationZh(over_ms)}`.replace(/分$/, '分钟')
  return `超时${over}，扣 ${points} 分，`
}

function standsZh({ place, shared, tie, of, k, track }: Announcement, criteria: Criteria): string {
  if (place === undefined) return `只有 ${k} 份评分表，暂不排名。`
  if (of < 2) return ''
  const list = track ? '赛道' : ''
  return shared ? `目前并列${list}第 ${place} 名。` : `目前列${list}第 ${place} 名${among(tiedZh(tie, criteria))}。`
}

const STEPS_ZH: Record<string, string> = {
  exact: '舍入前的得分',
  countback: '评委名次',
  head_to_head: '相互比较',
  median: '中位数',
  untrimmed_sum: '未去分的总和',
  highest: '最高单分',
  lot: '抽签',
  chair: '裁定',
}

/** How a tie was parted; a shared place is said with the place. */
function tiedZh(tie: TieStep | undefined, criteria: Criteria): string {
  if (!tie || tie.step === 'share') return ''
  const by = tie.criterion === undefined ? (STEPS_ZH[tie.step] ?? tie.step) : `“${criteria[tie.criterion] ?? ''}”`
  return `同分项目按${by}排定先后`
}

const among = (said: string) => said && `，${said}`

const segmentZh: Record<SegmentInfo['kind'], (segment: SegmentInfo, names: string) => string> = {
  opening: ({ title }, names) => `${title}，现在开始。${names && `有请${names}。`}`,
  unveiling: ({ title }, names) => `下面进行${title}。${names && `有请${names}上台揭牌。`}`,
  appointment: ({ title }, names) => `下面进行${title}。${names && `有请${names}上台。`}`,
  signing: ({ title, names }) =>
    `下面进行${title}。${pairs(names)
      .map((pair) => `有请${pair.join('与')}。`)
      .join('')}`,
  presentation: ({ title }, names) => `下面请听${title}。${names && `有请${names}。`}`,
  draw: ({ title }) => `下面进行${title}。`,
  break: ({ title, secs }) => `现在是${title}时间${secs > 0 ? `，${durationZh(secs * 1000)}钟后继续` : ''}。`,
  awards: ({ title }, names) => `下面进行${title}。${names && `有请${names}。`}`,
  other: ({ title }, names) => `下面进行${title}。${names && `有请${names}。`}`,
}

/** What has become of who is out, where the rule of the contest names it. */
const OUT_ZH: Partial<Record<PhaseName, string>> = { disqualified: '取消资格', withdrawn: '弃赛', absent: '缺席' }
const outZh = (out: PhaseName | undefined) => (out && OUT_ZH[out] ? `${OUT_ZH[out]}，` : '')

export const zh: Speech = {
  introduce: ({ number, name, unit, presenter }) => {
    const from = [unit && `来自${unit}`, presenter && `路演人${presenter}`].filter(Boolean).join('，')
    return `下面有请 ${number} 号项目“${name}”上台路演${from && `，${from}`}。`
  },
  again: ({ number }) => `${number} 号项目将重新路演，此前的成绩作废，以重新路演后的评分为准。`,
  startTimer: () => '路演计时，现在开始。',
  questions: ({ number }) => `感谢 ${number} 号项目的路演。下面是评委答辩，请评委提问。`,
  openWindow: ({ number }, open) =>
    `感谢 ${number} 号项目。${open ? '请还没有提交的评委完成评分。' : '请各位评委打分。'}`,
  scoring: (k, n) => `评委正在打分，${n} 位评委中已有 ${k} 位提交。`,
  closeWindow: ({ number }) => `${number} 号项目评分结束，感谢各位评委。`,
  plates: ({ number }) => `下面公布 ${number} 号项目的得分，请看大屏。`,
  announce: (announcement, { number }, criteria) => {
    const { deductions, score } = announcement
    const taken = deductions.map(deductionZh).join('')
    return `${droppedZh(announcement)}${taken}${number} 号项目最后得分 ${score} 分。${standsZh(announcement, criteria)}`
  },
  turn: (first) => (first ? '请各位评委亮分。' : '请下一位评委亮分。'),
  strike: (announcement) => droppedZh(announcement).replace(/，$/, '。'),
  score: ({ deductions, score }, { number }) =>
    `${deductions.map(deductionZh).join('')}${number} 号项目最后得分 ${score} 分。`,
  stands: (announcement, { number }, criteria) => {
    const stands = standsZh(announcement, criteria)
    return stands && `${number} 号项目${stands}`
  },
  correct: ({ score, place }, { number }, byTrack, back) => {
    if (score === undefined) return `更正：${number} 号项目不再排名。`
    const again = back && (back === 'disqualified' ? '恢复资格，' : '恢复排名，')
    return `更正：${number} 号项目${again ?? ''}最后得分 ${score} 分，${place === undefined ? '暂不排名' : `目前列${byTrack ? '赛道' : ''}第 ${place} 名`}。`
  },
  takenOut: ({ number }, out) => `更正：${number} 号项目${outZh(out)}不再参加排名，其后名次依次递补。`,
  freeze: () => '现在封榜。后面项目的得分，将在最后一起揭晓。',
  tell: () => '下面揭晓最终名次，请看大屏。',
  step: (step, names, criteria) => {
    if (step.is === 'unplaced') {
      const said = asides(step).map(({ out, pitches }) => `${names(pitches).join('、')}${outZh(out)}不参加排名`)
      return `${said.join('；')}。`
    }
    if (step.is === 'remaining')
      return `${step.track}还有 ${step.pitches.length} 个项目：${names(step.pitches).join('、')}。`
    if (step.is === 'award') return `获得“${step.name}”的是：${names(step.pitches).join('、')}。`
    const told = step.rows.toReversed().map(({ tie, place, pitch, score }) => {
      const stands = `${tie?.step === 'share' ? '并列' : ''}第 ${place} 名`
      return `${stands}，${names([pitch])[0]}，${score} 分${among(tiedZh(tie, criteria))}`
    })
    return `${step.track}${told.join('；')}。`
  },
  complete: () => '以上是完整排名，请看大屏。',
  openVote: () => '现在请各位观众投票：请用手机扫码，选出您支持的项目。',
  closeVote: () => '观众投票到此结束，感谢各位。',
  voted: ({ ballots, most, names }) =>
    names.length === 0
      ? '没有收到观众投票。'
      : `共有 ${ballots} 位观众投票，得票最多的是${names.join('、')}，${names.length > 1 ? '各 ' : ''}${most} 票。`,
  leaderboard: (track) => `请看${track ? `“${track}”` : ''}目前的排行榜。`,
  decided: () => '同分项目的名次已经裁定，请看排行榜。',
  podium: () => '下面揭晓获奖项目，请看大屏。',
  finish: (title) => `${title}到此圆满结束，感谢各位！`,
  segment: (segment) => segmentZh[segment.kind](segment, segment.names.join('、')),
  drawHash: () => '下面抽签决定出场顺序。先在大屏上公布一把密钥的指纹：密钥已经定下，不能再换。',
  drawCall: () => '指纹已在大屏上。请现场来宾任意报几个数字。',
  drawTell: () => '现在公布密钥。出场顺序由密钥和刚才报出的数字算出，人人都可以验算。',
  drawn: () => '出场顺序已经产生，请看大屏。',
}

// ---- English

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

const durationEn = (ms: number) => {
  const [minutes, seconds] = parts(ms)
  const said = [
    minutes > 0 ? plural(minutes, 'minute') : '',
    seconds > 0 || minutes === 0 ? plural(seconds, 'second') : '',
  ]
  return said.filter(Boolean).join(' ')
}

const listEn = (items: string[]) =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

function droppedEn({ highest, lowest, by_criterion, fallback, k }: Announcement): string {
  const end = (totals: string[], name: string, first: boolean) => {
    if (totals.length === 0) return ''
    if (totals.length === 1) return `one ${name}${first ? ' score' : ''} ${totals[0]}`
    return `the ${COUNT_EN[totals.length] ?? totals.length} ${name}${first ? ' scores' : ''}, ${listEn(totals)},`
  }
  const ends = [end(highest, 'highest', true), end(lowest, 'lowest', highest.length === 0)].filter(Boolean)
  if (ends.length > 0) return `Dropping ${ends.join(' and ').replace(/,$/, '')}, `
  if (by_criterion) return "Dropping the highest and the lowest mark of each criterion, and no judge's whole score, "
  return fallback
    ? `With only ${plural(k, 'scorecard')} nothing is dropped: `
    : `From ${k === 1 ? 'one scorecard' : `all ${k} scorecards`}, `
}

const deductionEn = ({ points, reason, over_ms }: DeductionInfo) => {
  const taken = `${points} ${points === '1' ? 'point' : 'points'}`
  if (over_ms === undefined) return `less ${taken} (${reason}), `
  return `less ${taken} for ${over_ms < 1000 ? 'less than a second' : durationEn(over_ms)} of overtime, `
}

/** 1st, 2nd, 3rd, 4th, 11th, 21st. */
export function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14
  return `${n}${(teen ? undefined : ['th', 'st', 'nd', 'rd'][n % 10]) ?? 'th'}`
}

const STEPS_EN: Record<string, string> = {
  exact: 'the score before rounding',
  countback: "the judges' places",
  head_to_head: 'head to head',
  median: 'the median',
  untrimmed_sum: 'the untrimmed sum',
  highest: 'the highest total',
  lot: 'lot',
  chair: 'a ruling',
}

function tiedEn(tie: TieStep | undefined, criteria: Criteria): string {
  if (!tie || tie.step === 'share') return ''
  const by = tie.criterion === undefined ? (STEPS_EN[tie.step] ?? tie.step) : `"${criteria[tie.criterion] ?? ''}"`
  return `a tie, decided by ${by}`
}

function standsEn({ place, shared, tie, of, k, track }: Announcement, criteria: Criteria): string {
  if (place === undefined) return ` With only ${plural(k, 'scorecard')} it is not ranked.`
  if (of < 2) return ''
  const tied = tiedEn(tie, criteria)
  const list = track ? ' of its track' : ''
  return shared
    ? ` It shares ${ordinal(place)} place${list} so far.`
    : ` It is in ${ordinal(place)} place${list} so far${tied && `: ${tied}`}.`
}

const segmentEn: Record<SegmentInfo['kind'], (segment: SegmentInfo, names: string) => string> = {
  opening: ({ title }, names) => `We begin: ${title}.${names && ` Please welcome ${names}.`}`,
  unveiling: ({ title }, names) => `And now: ${title}.${names && ` I invite ${names} to unveil it.`}`,
  appointment: ({ title }, names) => `And now: ${title}.${names && ` I invite ${names} to the stage.`}`,
  signing: ({ title, names }) =>
    `And now: ${title}.${pairs(names)
      .map((pair) => ` I invite ${pair.join(' and ')}.`)
      .join('')}`,
  presentation: ({ title }, names) => `And now: ${title}.${names && ` Please welcome ${names}.`}`,
  draw: ({ title }) => `And now: ${title}.`,
  break: ({ title, secs }) => `And now: ${title}.${secs > 0 ? ` We go on in ${durationEn(secs * 1000)}.` : ''}`,
  awards: ({ title }, names) => `And now: ${title}.${names && ` I invite ${names}.`}`,
  other: ({ title }, names) => `And now: ${title}.${names && ` I invite ${names}.`}`,
}

const OUT_EN: Partial<Record<PhaseName, string>> = {
  disqualified: 'disqualified',
  withdrawn: 'withdrawn',
  absent: 'absent',
}
const outEn = (out: PhaseName | undefined) => (out && OUT_EN[out] ? ` (${OUT_EN[out]})` : '')

export const en: Speech = {
  introduce: ({ number, name, unit, presenter }) => {
    const by = [presenter && `presented by ${presenter}`, unit && `of ${unit}`].filter(Boolean).join(' ')
    return `Please welcome project ${number}, "${name}"${by && `, ${by}`}.`
  },
  again: ({ number }) => `Project ${number} pitches again; its score so far no longer counts.`,
  startTimer: () => 'The time of the pitch starts now.',
  questions: ({ number }) => `Thank you, project ${number}. Now the judges have the floor: questions, please.`,
  openWindow: ({ number }, open) =>
    `Thank you, project ${number}. ${open ? 'Judges who have not submitted yet, please do so.' : 'Judges, please score.'}`,
  scoring: (k, n) => `The judges are scoring: ${k} of ${n} scorecards are in.`,
  closeWindow: ({ number }) => `Scoring of project ${number} has closed. Thank you, judges.`,
  plates: ({ number }) => `And now the score of project ${number}. Please look at the screen.`,
  announce: (announcement, { number }, criteria) => {
    const { deductions, score } = announcement
    const taken = deductions.map(deductionEn).join('')
    return `${droppedEn(announcement)}${taken}the final score of project ${number} is ${score}.${standsEn(announcement, criteria)}`
  },
  turn: (first) => (first ? 'Judges, your scores, please.' : 'The next judge, please.'),
  strike: (announcement) => `${droppedEn(announcement).replace(/, $/, '')}.`,
  score: ({ deductions, score }, { number }) => {
    const said = `${deductions.map(deductionEn).join('')}the final score of project ${number} is ${score}.`
    return said.charAt(0).toUpperCase() + said.slice(1)
  },
  stands: (announcement, { number }, criteria) =>
    standsEn(announcement, criteria)
      .trim()
      .replace(/\bIt\b|\bit\b/, `Project ${number}`),
  correct: ({ score, place }, { number }, byTrack, back) => {
    if (score === undefined) return `A correction: project ${number} is not ranked any more.`
    const stands =
      place === undefined
        ? 'it is not ranked'
        : `it is in ${ordinal(place)} place${byTrack ? ' of its track' : ''} so far`
    const again = back && (back === 'disqualified' ? 'is reinstated' : 'is ranked again')
    if (again) return `A correction: project ${number} ${again}. Its final score is ${score}; ${stands}.`
    return `A correction: the final score of project ${number} is ${score}; ${stands}.`
  },
  takenOut: ({ number }, out) => {
    const why = out === 'disqualified' ? 'is disqualified and' : out === 'withdrawn' ? 'has withdrawn and' : ''
    return `A correction: project ${number} ${why} is not ranked any more; those behind it move up.`.replace('  ', ' ')
  },
  freeze: () => 'The board is frozen now. The scores that follow are told in the end.',
  tell: () => 'And now the final places. Please look at the screen.',
  step: (step, names, criteria) => {
    if (step.is === 'unplaced') {
      const said = asides(step).flatMap(({ out, pitches }) => names(pitches).map((name) => `${name}${outEn(out)}`))
      return `Not ranked: ${listEn(said)}.`
    }
    const of = 'track' in step && step.track ? `${step.track}: ` : ''
    if (step.is === 'remaining')
      return `${of}${plural(step.pitches.length, 'project')} left: ${listEn(names(step.pitches))}.`
    if (step.is === 'award') return `"${step.name}" goes to ${listEn(names(step.pitches))}.`
    const told = step.rows.toReversed().map(({ tie, place, pitch, score }) => {
      const stands = `${tie?.step === 'share' ? 'sharing' : 'in'} ${ordinal(place ?? 0)} place`
      const tied = tiedEn(tie, criteria)
      return `${stands} ${names([pitch])[0]}, ${score}${tied && ` (${tied})`}`
    })
    return `${of}${told.join('; ')}.`.replace(/^[is]/, (first) => first.toUpperCase())
  },
  complete: () => 'These are the complete standings. Please look at the screen.',
  openVote: () => 'And now your vote: scan the code with your phone and choose the project you favour.',
  closeVote: () => 'The vote is closed. Thank you all.',
  voted: ({ ballots, most, names }) =>
    names.length === 0
      ? 'No votes were cast.'
      : `${plural(ballots, 'person').replace('persons', 'people')} voted. Most votes: ${listEn(names)}, with ${most}${names.length > 1 ? ' each' : ''}.`,
  leaderboard: (track) => `Here is the leaderboard${track ? ` of ${track}` : ''} as it stands.`,
  decided: () => 'The tie has been decided. Here is the leaderboard.',
  podium: () => 'And now the winners. Please look at the screen.',
  finish: (title) => `This was ${title}. Thank you all!`,
  segment: (segment) => segmentEn[segment.kind](segment, listEn(segment.names)),
  drawHash: () =>
    'We draw the running order. First the screen shows the fingerprint of a secret: it is fixed, and cannot be changed any more.',
  drawCall: () => 'The fingerprint is on the screen. Please call out some numbers, any numbers.',
  drawTell: () => 'Now the secret is told. The order follows from it and from your numbers; anybody can compute it.',
  drawn: () => 'The running order is drawn. Please look at the screen.',
}
