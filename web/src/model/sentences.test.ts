import { expect, test } from 'vitest'
import type {
  Announcement,
  CueInfo,
  CueName,
  McView,
  PhaseName,
  PlatesInfo,
  PublicView,
  SegmentInfo,
  StandInfo,
} from '../wire/types'
import { sentences } from './sentences'
import { en, ordinal, zh } from './speech'

const three = {
  number: 3,
  name: '智能制造',
  short: '智能制造',
  track: '高端装备',
  unit: '无锡高新区',
  presenter: '王小明',
}
const announcement: Announcement = {
  pitch: 'R1-P3',
  revealed: false,
  k: 7,
  highest: ['95.20'],
  lowest: ['81.00'],
  by_criterion: false,
  score: '88.65',
  place: 2,
  shared: false,
  of: 5,
  deductions: [],
}
const say = (more: Partial<Announcement>) => {
  const one = { ...announcement, ...more }
  return [zh.announce(one, three, {}), en.announce(one, three, {})]
}

test('one highest and one lowest dropped', () => {
  expect(say({})).toEqual([
    '去掉一个最高分 95.20 分，去掉一个最低分 81.00 分，3 号项目最后得分 88.65 分。目前列第 2 名。',
    'Dropping one highest score 95.20 and one lowest 81.00, the final score of project 3 is 88.65. It is in 2nd place so far.',
  ])
})

test('a tie, and too few scorecards to leave any out', () => {
  const tie = { step: 'criterion', criterion: 'innovation' }
  const names = { innovation: '技术创新性' }
  expect([
    zh.stands({ ...announcement, tie }, three, names),
    en.stands({ ...announcement, tie }, three, names),
  ]).toEqual([
    '3 号项目目前列第 2 名，同分项目按“技术创新性”排定先后。',
    'Project 3 is in 2nd place so far: a tie, decided by "技术创新性".',
  ])
  expect(zh.stands({ ...announcement, shared: true, tie: { step: 'share' } }, three, names)).toBe(
    '3 号项目目前并列第 2 名。',
  )
  const few = { highest: [], lowest: [], k: 4, fallback: { cards: 4, asked: 1, dropped: 0 } }
  expect(say(few)).toEqual([
    '本项目只有 4 份评分表，不去掉最高分和最低分，3 号项目最后得分 88.65 分。目前列第 2 名。',
    'With only 4 scorecards nothing is dropped: the final score of project 3 is 88.65. It is in 2nd place so far.',
  ])
  const rows = [1, 2].map((place) => ({ pitch: `R1-P${place}`, place, score: '85.00', k: 7, tie }))
  const step = { is: 'places' as const, track: '', rows }
  const of = (pitches: string[]) => pitches.map((pitch) => pitch.slice(3))
  expect([zh.step(step, of, names), en.step(step, of, names)]).toEqual([
    '第 2 名，P2，85.00 分，同分项目按“技术创新性”排定先后；第 1 名，P1，85.00 分，同分项目按“技术创新性”排定先后。',
    'In 2nd place P2, 85.00 (a tie, decided by "技术创新性"); in 1st place P1, 85.00 (a tie, decided by "技术创新性").',
  ])
})

test('several dropped: how many, and each of them', () => {
  expect(say({ highest: ['95.20', '94.00'], lowest: ['81.00', '80.50'] })).toEqual([
    '去掉两个最高分 95.20 分、94.00 分，去掉两个最低分 81.00 分、80.50 分，3 号项目最后得分 88.65 分。目前列第 2 名。',
    'Dropping the two highest scores, 95.20 and 94.00, and the two lowest, 81.00 and 80.50, the final score of project 3 is 88.65. It is in 2nd place so far.',
  ])
})

test('one end only, nothing dropped, dropped by criterion: each says what it is', () => {
  expect(say({ highest: [] })[1]).toMatch(/^Dropping one lowest score 81\.00, the final/)
  expect(say({ lowest: [] })[0]).toMatch(/^去掉一个最高分 95\.20 分，3 号/)
  expect(say({ highest: [], lowest: [] })).toEqual([
    '综合 7 份评分表，3 号项目最后得分 88.65 分。目前列第 2 名。',
    'From all 7 scorecards, the final score of project 3 is 88.65. It is in 2nd place so far.',
  ])
  expect(say({ highest: [], lowest: [], k: 1 })[1]).toMatch(/^From one scorecard, /)
  expect(say({ highest: [], lowest: [], by_criterion: true }).map((one) => one.split(/[，,]/)[0])).toEqual([
    '每个评分项分别去掉最高分和最低分',
    'Dropping the highest and the lowest mark of each criterion',
  ])
})

test('overtime in words, and another deduction with its reason', () => {
  const overtime = { deduction: 9, points: '2', reason: '', over_ms: 75_400 }
  const late = { deduction: 10, points: '1', reason: '迟到' }
  expect(say({ highest: [], lowest: [], deductions: [overtime, late] })).toEqual([
    '综合 7 份评分表，超时 1 分 15 秒，扣 2 分，因“迟到”扣 1 分，3 号项目最后得分 88.65 分。目前列第 2 名。',
    'From all 7 scorecards, less 2 points for 1 minute 15 seconds of overtime, less 1 point (迟到), the final score of project 3 is 88.65. It is in 2nd place so far.',
  ])
  const over = (over_ms: number) => say({ deductions: [{ ...overtime, over_ms }] })
  expect(over(60_000)[1]).toContain('1 minute of overtime')
  expect(over(120_000)[0]).toContain('超时 2 分钟，扣 2 分')
  expect(over(1_000)[1]).toContain('1 second of overtime')
  expect(over(300)[0]).toContain('超时不足 1 秒，扣 2 分')
  expect(over(300)[1]).toContain('for less than a second of overtime')
})

test('no place: too few scorecards; the first of all has nobody to be compared with', () => {
  const { place: _, ...unranked } = announcement
  expect([zh.announce(unranked, three, {}), en.announce(unranked, three, {})].map((one) => one.slice(-20))).toEqual([
    '65 分。只有 7 份评分表，暂不排名。',
    'ds it is not ranked.',
  ])
  expect(en.announce({ ...unranked, k: 1 }, three, {})).toMatch(/With only 1 scorecard it is not ranked\.$/)
  expect(say({ place: 1, of: 1 })[0]).toMatch(/88\.65 分。$/)
  expect(say({ place: 1, of: 1 })[1]).toMatch(/88\.65\.$/)
})

test('a place that others have, too, is said to be shared', () => {
  const [chinese, english] = say({ place: 1, shared: true })
  expect(chinese).toMatch(/目前并列第 1 名。$/)
  expect(english).toMatch(/It shares 1st place so far\.$/)
})

test('English ordinals; from 1 and from 12 scorecards', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111, 113].map(ordinal)).toEqual(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 103rd 111th 113th'.split(' '),
  )
  const from = (k: number) => say({ highest: [], lowest: [], k }).map((one) => one.split(/[，,]/)[0])
  expect(from(1)).toEqual(['综合 1 份评分表', 'From one scorecard'])
  expect(from(12)).toEqual(['综合 12 份评分表', 'From all 12 scorecards'])
})

test('a project is introduced with number, name, unit and presenter, as far as there are', () => {
  expect([zh.introduce(three), en.introduce(three)]).toEqual([
    '下面有请 3 号项目“智能制造”上台路演，来自无锡高新区，路演人王小明。',
    'Please welcome project 3, "智能制造", presented by 王小明 of 无锡高新区.',
  ])
  const bare = { ...three, unit: '', presenter: '' }
  expect([zh.introduce(bare), en.introduce(bare)]).toEqual([
    '下面有请 3 号项目“智能制造”上台路演。',
    'Please welcome project 3, "智能制造".',
  ])
})

const segment = (kind: SegmentInfo['kind'], names: string[] = [], secs = 0): SegmentInfo => ({
  ...{ id: 'S1', title: '签约仪式', names, secs, past: false },
  kind,
})

test('every kind of segment has its sentence, with names and without', () => {
  const kinds = 'opening unveiling appointment signing presentation draw break awards other'.split(' ')
  for (const kind of kinds as SegmentInfo['kind'][]) {
    for (const speech of [zh, en]) {
      expect(speech.segment(segment(kind))).toContain('签约仪式')
      expect(speech.segment(segment(kind))).not.toMatch(/undefined|，。|\.\.|  /)
    }
  }
  expect(zh.segment(segment('signing', ['甲公司', '乙大学', '丙院']))).toBe(
    '下面进行签约仪式。有请甲公司与乙大学。有请丙院。',
  )
  expect(en.segment(segment('awards', ['Anna', '王小明', 'Bo']))).toBe(
    'And now: 签约仪式. I invite Anna, 王小明 and Bo.',
  )
  expect([zh, en].map((speech) => speech.segment(segment('break', [], 900)))).toEqual([
    '现在是签约仪式时间，15 分钟后继续。',
    'And now: 签约仪式. We go on in 15 minutes.',
  ])
})

const cue = (say: CueName, more: Partial<CueInfo> = {}): CueInfo => ({ say, confirm: false, ...more })
const on3 = { pitch: 'R1-P3' }
/** What is said of the announcement, and anything of the hall. */
type More = Pick<McView, 'announcement'> & Partial<PublicView>
function view(cues: CueInfo[], { announcement, ...more }: More = {}): McView {
  const contest = {
    code: '7k2m9x',
    title: '青年赛',
    subtitle: '',
    venue: '',
    zone: 'UTC',
    live: false,
    finished: false,
    theme: 'tech' as const,
  }
  const empty = { order: [], phases: {}, standings: [], items: [] }
  const base = { contest, projects: { 'R1-P3': three }, segments: [segment('awards')], ...empty }
  const hall: PublicView = { ...base, scene: 'pitch', ...more }
  return { hall, say: {}, cues, ready: false, ...(announcement ? { announcement } : {}) }
}
const plates = (step: PlatesInfo['step']) => ({ plates: { ...on3, step, plates: [], mean: true } })
const stage = (phase: PhaseName, more = {}) => ({ stage: { ...on3, phase, since: 0, ...more } })
const told = (view: McView) => sentences(view).map(({ zh, shown }) => `${shown ? '▣' : '▢'} ${zh}`)

test('before the pitch it is introduced; with a timer that waits it stands on the stage already', () => {
  expect(told(view([cue('start-pitch', on3)], { scene: 'cover' }))).toEqual([`▢ ${zh.introduce(three)}`])
  const waits = sentences(view([cue('run-timer')], stage('pitching')))
  expect(waits.map(({ shown, pitch }) => [shown, pitch])).toEqual([
    [true, 'R1-P3'],
    [false, undefined],
  ])
})

test('pitch, questions, scoring, closing: what comes next; while the judges score, how many have', () => {
  expect(told(view([cue('start-qa', on3)], stage('pitching')))).toEqual([`▢ ${zh.questions(three)}`])
  expect(told(view([cue('open-window', on3)], stage('qa', { open: true })))).toEqual([
    `▢ ${zh.openWindow(three, true)}`,
  ])
  const scoring = stage('scoring', { open: true, progress: { k: 3, n: 7 } })
  expect(told(view([cue('close-window', on3)], scoring))).toEqual([
    '▣ 评委正在打分，7 位评委中已有 3 位提交。',
    `▢ ${zh.closeWindow(three)}`,
  ])
})

test('the announcement: to be read before, not shown yet with the plates up, on the screen once revealed', () => {
  const closed = { ...stage('closed'), announcement }
  expect(told(view([cue('begin-announcement', on3)], closed))).toEqual([
    `▢ ${zh.plates(three)}`,
    `▢ ${zh.announce(announcement, three, {})}`,
  ])
  const up = { ...stage('closed', { announcing: true }), announcement }
  expect(told(view([cue('reveal-pitch', on3)], up))).toEqual([`▢ ${zh.announce(announcement, three, {})}`])
  const step = (step: CueInfo['step']) => cue('show-plates', { ...on3, ...(step ? { step } : {}) })
  expect(told(view([step({ turned: 7 })], up))).toEqual([
    `▢ ${zh.turn(true)}`,
    `▢ ${zh.announce(announcement, three, {})}`,
  ])
  expect(told(view([step('struck')], { ...up, ...plates({ turned: 7 }) }))).toEqual([`▢ ${zh.strike(announcement)}`])
  expect(told(view([step('scored')], { ...up, ...plates('struck') }))).toEqual([`▢ ${zh.score(announcement, three)}`])
  expect(told(view([cue('reveal-pitch', on3)], { ...up, ...plates('scored') }))).toEqual([
    `▢ ${zh.stands(announcement, three, {})}`,
  ])
  const shown = { ...announcement, revealed: true }
  expect(told(view([cue('show-leaderboard')], { ...stage('revealed'), announcement: shown }))).toEqual([
    `▣ ${zh.announce(announcement, three, {})}`,
    `▢ ${zh.leaderboard()}`,
  ])
})

test('a correction is said with what the hall will see; where score and place stay, nothing is', () => {
  const old = { score: '80.00', place: 1 }
  const corrected = (now: StandInfo) =>
    sentences(view([cue('confirm-correction', { ...on3, correction: { old, new: now } })], { scene: 'leaderboard' }))
  expect(corrected({ score: '60.00', place: 2 }).map((said) => [said.zh, said.en])).toEqual([
    [
      '更正：3 号项目最后得分 60.00 分，目前列第 2 名。',
      'A correction: the final score of project 3 is 60.00; it is in 2nd place so far.',
    ],
  ])
  expect(corrected({ score: '60.00' }).map((said) => said.zh)).toEqual(['更正：3 号项目最后得分 60.00 分，暂不排名。'])
  expect(corrected({}).map((said) => said.zh)).toEqual(['更正：3 号项目不再排名。'])
  expect(corrected(old)).toEqual([])
})

test('a score that waits for later pitches is not said, although the page knows it', () => {
  const waits = { ...stage('closed'), announcement }
  const four = { ...three, number: 4 }
  const projects = { 'R1-P3': three, 'R1-P4': four }
  expect(told(view([cue('start-pitch', { pitch: 'R1-P4' })], { ...waits, projects }))).toEqual([
    `▢ ${zh.introduce(four)}`,
  ])
})

test('segments: on the screen once they are on, with what follows', () => {
  expect(told(view([cue('start-segment', { segment: 'S1' })], { scene: 'leaderboard' }))).toEqual([
    '▢ 下面进行签约仪式。',
  ])
  const on = { scene: 'segment', segment: 'S1' } as const
  expect(told(view([cue('finish')], on))).toEqual(['▣ 下面进行签约仪式。', `▢ ${zh.finish('青年赛')}`])
  // The host shows something else: nothing of the segment is on the screen.
  expect(told(view([cue('show-podium')], { ...on, scene: 'black' }))).toEqual([`▢ ${zh.podium()}`])
})

test('the draw, step by step', () => {
  const on = { scene: 'draw', segment: 'S1', segments: [segment('draw')] } as const
  const more = { ...on, segments: [...on.segments] }
  expect(told(view([cue('commit-draw')], more))).toEqual([`▢ ${zh.drawHash()}`])
  expect(told(view([cue('reveal-draw')], more))).toEqual([`▣ ${zh.drawCall()}`, `▢ ${zh.drawTell()}`])
  expect(told(view([cue('start-pitch', on3)], more))).toEqual([`▣ ${zh.drawn()}`, `▢ ${zh.introduce(three)}`])
})

test('once it is over there is nothing to say', () => {
  expect(sentences(view([], { scene: 'podium' }))).toEqual([])
})

test('a frozen board names who was disqualified, and says of the others that they are not ranked', () => {
  const step = { is: 'unplaced', pitches: ['A', 'B', 'C'], out: { B: 'disqualified' } } as const
  const names = (pitches: string[]) => pitches
  const told = { ...step, pitches: [...step.pitches] }
  expect(zh.step(told, names, {})).toBe('B取消资格，不参加排名；A、C不参加排名。')
  expect(en.step(told, names, {})).toBe('Not ranked: B (disqualified), A and C.')
})

test('who stands again is said to be reinstated; without a name of the rule, to be ranked again', () => {
  const stand = { score: '90.00', place: 1 }
  expect(zh.correct(stand, three, false, 'disqualified')).toBe(
    '更正：3 号项目恢复资格，最后得分 90.00 分，目前列第 1 名。',
  )
  expect(zh.correct(stand, three, false, 'out')).toContain('恢复排名，')
  expect(en.correct(stand, three, false, 'disqualified')).toContain('project 3 is reinstated. Its final score is 90.00')
  expect(en.correct(stand, three, false)).not.toContain('again')
  const change = { old: {}, new: stand, back: 'disqualified' as const }
  expect(told(view([cue('confirm-correction', { ...on3, correction: change })], { scene: 'cover' }))).toEqual([
    `▢ ${zh.correct(stand, three, false, 'disqualified')}`,
  ])
  // The hall looks at it.
  const shown = { scene: 'correction' as const, correction: { ...on3, change } }
  expect(told(view([cue('show-leaderboard')], shown))).toEqual([
    `▣ ${zh.correct(stand, three, false, 'disqualified')}`,
    `▢ ${zh.leaderboard()}`,
  ])
})
