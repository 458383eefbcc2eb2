// The scenes' views are those of the browser tests and the pictures.
import type { OverlayKind } from '../../model/overlay'
import type {
  Explain,
  LifeName,
  OutcomeInfo,
  PanelInfo,
  PublicView,
  ScreenView,
  StageInfo,
  TimerInfo,
} from '../../wire/types'
// @ts-expect-error: plain JavaScript that runs under Node, too
import * as stage from '../../../../tests/browser/stage.mjs'

type Made = Partial<PublicView> & { long?: boolean; count?: number }
const made = stage as {
  scenes(url: string): [string, ScreenView][]
  view(scene: string, options?: Made): ScreenView
  stage(phase: string, more?: Partial<StageInfo>): StageInfo
  timer(what: string, left: number, more?: Partial<TimerInfo>): TimerInfo
  standings(count: number): PublicView['standings']
}

export const scenes: [string, ScreenView][] = [
  ...made.scenes(location.origin),
  ['black', made.view('black')],
  ['black in a rehearsal', made.view('black', { rehearsal: true })],
]

const pitching = { stage: made.stage('pitching'), timer: made.timer('pitch', 371) }
const revealed = { stage: made.stage('revealed'), standings: made.standings(9) }
export const overlays: [OverlayKind, string, ScreenView][] = [false, true].flatMap((long) =>
  (
    [
      ['third', 'on stage', pitching],
      [
        'third',
        'in questions, over time, rehearsed',
        { stage: made.stage('qa'), timer: made.timer('qa', -65), rehearsal: true },
      ],
      ['third', 'told', revealed],
      ['score', 'told', revealed],
      ['top', 'told', revealed],
    ] as const
  ).map(([kind, name, more]): [OverlayKind, string, ScreenView] => [
    kind,
    `${name} ${long ? 'long' : 'short'}`,
    made.view('pitch', { long, ...more }),
  ]),
)

/** A stage's timer calm, at each warning, run out, paused and not yet begun. */
export const timers: [string, TimerInfo][] = [
  ['ready', made.timer('pitch', 480)],
  ['running', made.timer('pitch', 371, { since: Date.now() })],
  ['first warning', made.timer('pitch', 45, { since: Date.now() })],
  ['second warning', made.timer('qa', 20, { since: Date.now() })],
  ['run out', made.timer('qa', -65, { since: Date.now() })],
  ['paused', made.timer('pitch', 200)],
]
/** Up, down, where it was, and new. */
export const rows = made
  .standings(4)
  .map((row, at) => ({ ...row, place: at + 1, was: [4, 1, 3, undefined][at] }) as typeof row)

/** A mean of three scorecards out of five, level with one project, some way behind another. */
const exact = (shown: string, exact = shown) => ({ exact, shown })
const card = (judge: string, first: string, second: string, total: string, dropped?: 'highest' | 'lowest') => ({
  judge,
  marks: [
    { criterion: 'C1', mark: first, points: exact(first) },
    { criterion: 'C2', mark: second, points: exact(second) },
  ],
  total: exact(total),
  ...(dropped ? { dropped } : {}),
})
export const explain: Explain = {
  method: 'trimmed_mean',
  criteria: [
    { id: 'C1', name: '技术创新性 Innovation', max: '60', weight: 60 },
    { id: 'C2', name: '市场前景 Market', max: '40', weight: 40 },
  ],
  cards: [
    card('评委1', '58', '38', '96', 'highest'),
    card('评委2', '52', '33.5', '85.5'),
    card('评委3', '50', '34', '84'),
    card('评委4', '50.5', '33.5', '84'),
    card('评委5', '40', '30', '70', 'lowest'),
  ],
  dropped: 1,
  steps: [],
  judged: exact('84.50'),
  raw_mean: exact('84.50'),
  audience: { votes: 96, points: exact('100'), share: '1/10', mixed: exact('86.05') },
  deductions: [{ points: '0.5', reason: '超时 0:47' }],
  exact: '85.55',
  rounding: { mode: 'half_away', decimals: 2, at: 'end' },
  score: '85.55',
  place: 2,
  tied_with: [],
  splits: [],
  gap: { place: 1, projects: ['R1-P1'], points: '1.20' },
  against: [
    { criterion: 'C1', own: exact('50.83'), field: exact('46'), standing: 'strongest' },
    { criterion: 'C2', own: exact('33.67'), field: exact('34.1'), standing: 'weakest' },
  ],
  unjoined: [],
}

/** Of more projects than one sheet has, with a judge who stood aside. */
export const panel: Pick<PanelInfo, 'rows' | 'judges'> = {
  judges: ['J1', 'J2', 'J3'],
  rows: Array.from({ length: 42 }, (_, at) => ({
    pitch: `R1-P${at + 1}`,
    place: at + 1,
    score: (90 - at / 2).toFixed(2),
    totals: [92 - at / 2, at === 3 ? null : 88 - at / 2, 90 - at / 2 + (at % 9)],
  })),
}

/** A result before each of those who say something of it. */
const said = (step: LifeName, by: string, holds: boolean) => ({
  step,
  at: 1_790_000_000_000,
  by,
  digest: 'd5f672cca564',
  holds,
})
const outcome: OutcomeInfo = {
  round: 'R1',
  life: 'provisional',
  digest: 'd5f672cca564',
  waits: [],
  unsigned: [],
  said: [],
  proposals: [],
}
const deduction = {
  proposal: 31,
  at: 1_790_000_000_000,
  by: 'host',
  correction: { do: 'deduct' as const, pitch: 'R1-P3', points: '5' },
  reason: '材料不实 · the papers were not true',
}
export const outcomes: [string, OutcomeInfo][] = [
  ['auditor', { ...outcome, proposals: [{ ...deduction, state: 'waiting' }] }],
  [
    'judge:J1',
    {
      ...outcome,
      life: 'confirmed',
      unsigned: [{ what: 'signature', judge: 'J2', round: 'R1' }],
      said: [said('confirmed', 'auditor', true)],
    },
  ],
  [
    'host',
    {
      ...outcome,
      life: 'official',
      said: [said('confirmed', 'auditor', true), said('official', 'judge:J1', true)],
      proposals: [{ ...deduction, state: 'agreed', answer: { at: 1_790_000_100_000, by: 'auditor' } }],
    },
  ],
  [
    'host again',
    {
      ...outcome,
      fallen: { why: 'changed' },
      waits: [{ what: 'corrected', pitch: 'R1-P3' }],
      said: [said('confirmed', 'auditor', false)],
    },
  ],
]
