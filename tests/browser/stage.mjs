// Pictures of the big screen without an evening: the real page, fed with views that the test makes. And what is wrong with one.
//
// The views are also those of the catalogue (`npm --prefix web run dev`, /catalogue/): what needs Node is loaded by who needs it.

export const SIZES = {
  '16x9': [1920, 1080],
  '4k': [3840, 2160],
  '4x3': [1024, 768],
  '32x9': [3440, 968],
  tall: [1080, 1920],
}
const NOW = Date.parse('2026-05-20T07:00:00Z')

/** Names as they come: short ones, and of sixty characters in mixed scripts. */
const LONG =
  '面向山区老人的 AI+ 居家康复机器人与远程诊疗平台（Rehab-Bot 2.0）——Carbon-Fibre Exoskeleton 产业化及示范应用'
const NAMES = ['智能制造', 'GreenFlow 绿氢', '云端农业大脑 Smart-Farm', '量子点显示', 'Bio-Ink 生物打印']
const UNITS = ['无锡高新区', '江苏省产业技术研究院智能制造装备技术研究所', 'Jiangsu Intelligent Systems Co., Ltd.']

export function projects(count, long) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const name = long ? [...LONG].slice(0, 60).join('') : NAMES[at % NAMES.length]
      const short = long ? [...LONG].slice(at % 5, (at % 5) + 20).join('') : NAMES[at % NAMES.length]
      const track = long ? TRACK : '智能制造'
      const unit = long ? UNITS.join('、') : UNITS[at % 3]
      const presenter = long ? 'Alexander Konstantinopoulos-Wang' : '王小明'
      return [`R1-P${at + 1}`, { number: at + 1, name, short, track, unit, presenter }]
    }),
  )
}

export const standings = (count) =>
  Array.from({ length: count }, (_, at) => ({
    pitch: `R1-P${at + 1}`,
    place: at === 1 ? 1 : at + 1,
    score: (at < 2 ? 98.5 : 97 - (at === 3 || at === 7 ? at - 1 : at) * 0.37).toFixed(2),
    k: 7,
    // The first two share their place; a criterion and the count-back have parted two others each.
    ...(at < 2 ? { tie: { step: 'share' } } : at < 4 ? { tie: { step: 'criterion', criterion: 'innovation' } } : at === 6 || at === 7 ? { tie: { step: 'countback' } } : {}),
    // The third has just come in; the fifth was corrected.
    ...(at === 2 ? {} : { was: at < 2 ? 1 : at === 4 ? Math.min(12, count) : at }),
  }))

/** Names as they are written elsewhere, and as long as lists have them; each is one name. */
export const SCRIPTS = {
  'zh 4': '低空物流',
  'zh 20': '基于多模态大模型的城市低空物流无人机平台',
  'zh 60': '面向长三角城市群的低空物流无人机集群协同调度与空域安全监管一体化平台关键技术研发及其在应急医疗物资运输中的规模化示范应用',
  en: 'Autonomous Underwater Vehicles for Offshore Wind Farm Inspection',
  'en word': 'Electroencephalography-Neurostimulation',
  ar: 'منصة الطاقة المتجددة الذكية لتحلية مياه البحر في المناطق الساحلية',
  th: 'แพลตฟอร์มพลังงานแสงอาทิตย์อัจฉริยะสำหรับเกษตรกรรมยั่งยืนในชนบท',
  emoji: '🚀 Rocket 👩‍🚀 绿氢 🌱 GreenFlow',
}

/** Scripts that this browser has letters for; a box in the place of a letter says nothing of how it is set. */
export const written = (page) =>
  page.evaluate((scripts) => {
    const pen = document.createElement('canvas').getContext('2d')
    pen.font = '40px sans-serif'
    const box = pen.measureText('\u{10fffe}').width
    // A mark over a letter is as wide as a letter where there is only a box for both.
    const missing = (text) => [...text.matchAll(/\p{M}/gu)].some(([mark]) => pen.measureText(mark).width >= box * 0.9)
    return Object.keys(scripts).filter((script) => !missing(scripts[script]))
  }, SCRIPTS)

/** The same project in every script: its short name cut by a count, as the server proposes it. */
export function scripts(only = Object.keys(SCRIPTS)) {
  const all = []
  for (const script of only) {
    const name = SCRIPTS[script]
    const of = (view) => {
      for (const project of Object.values(view.hall.projects)) {
        project.name = name
        project.short = [...name].length > 20 ? `${[...name].slice(0, 19).join('')}…` : name
      }
      return view
    }
    const add = (what, scene, options) => all.push([`${what} ${script}`, of(view(scene, options))])
    for (const count of [3, 10, 40]) add(`leaderboard ${count}`, 'leaderboard', { count, standings: standings(count), stage: stage('revealed') })
    add('podium', 'podium', { count: 10, standings: standings(10) })
    add('champion', 'podium', { count: 10, standings: standings(10), podium_told: 2 })
    const steps = reveals(false)
    for (const step of ['left', 'place', 'tied', 'last two', 'award']) add(`reveal ${step}`, 'reveal', { count: 10, standings_frozen: true, reveal: { mode: 'last-to-first', steps: steps[step] } })
    for (const state of ['open', 'revealed']) add(`vote ${state}`, 'vote', { count: 12, vote: vote(state, 12, false) })
    add('draw', 'draw', { count: 10, draw: draw(10, 'told') })
    add('on deck', 'on-deck', { count: 10 })
    add('scoring', 'pitch', { stage: stage('scoring', { progress: { k: 3, n: 7 } }) })
    add('plates', 'pitch', { stage: stage('closed', { announcing: true }), plates: plates(7, 'struck') })
    add('placed', 'pitch', { stage: stage('revealed'), standings: standings(10), plates: plates(7, 'scored') })
    add('corrected', 'correction', { standings: standings(7), correction: { pitch: 'R1-P2', change: { old: { score: '82.83', place: 2 }, new: { score: '84.50', place: 1 } } } })
    add('signed', 'signed', { count: 4, signings: [1, 2, 3].map((at) => ({ project: `P${at}`, short: name, partner: name })) })
  }
  for (let n = 1; n <= 12; n += 1) {
    for (const step of [0, 'struck', 'scored']) all.push([`${n} judges ${step}`, view('pitch', { stage: stage(step === 'scored' ? 'revealed' : 'closed', { announcing: true }), standings: step === 'scored' ? standings(7) : [], plates: plates(n, step) })])
  }
  return all
}

/** A screen's view of so many projects; `more` is put over the hall's part. */
export function view(scene, { count = 12, long = false, url, logo, ...more } = {}) {
  const order = Array.from({ length: count }, (_, at) => `R1-P${at + 1}`)
  const title = long ? '2026 年太湖之滨青年创新创业大赛 Taihu Youth Innovation & Entrepreneurship Contest 总决赛' : '青年创业大赛'
  return {
    ...(url ? { join: `${url}/c/7k2m9x/` } : {}),
    hall: {
      scene,
      contest: { code: '7k2m9x', title, subtitle: long ? LONG : '总决赛', venue: '无锡国际会议中心', zone: 'Asia/Shanghai', live: false, finished: false, theme: 'tech', ...(logo ? { logo } : {}) },
      projects: projects(count, long),
      order,
      phases: Object.fromEntries(order.map((pitch) => [pitch, 'queued'])),
      standings: [],
      tie_criteria: { innovation: long ? '项目的技术创新性、先进性与知识产权' : '技术创新性' },
      segments: [],
      items: order,
      ...more,
    },
  }
}

export const stage = (phase, more = {}) => ({ pitch: 'R1-P2', phase, since: NOW - 60_000, ...more })
export const timer = (what, left, more = {}) => ({ what, label: '', planned_ms: 480_000, spent_ms: 480_000 - left * 1000, warn_secs: [60, 30], ...more })
const segment = (kind, title, names, more = {}) => {
  const id = `${kind} ${names.length} ${title.length}`
  return { segments: [{ id, kind, title, names, secs: 600, past: true }], segment: id, ...more }
}
const people = (count, long) =>
  Array.from({ length: count }, (_, at) =>
    long ? `${['王', '李', 'Anna-Maria '][at % 3]}${'建国教授江苏省产业技术研究院智能制造装备技术研究所首席科学家 Chief Scientist of the Institute'.slice(0, 56)}` : `${['王小明', '李建国 市科技局', 'Anna Maria'][at % 3]}`,
  )

/** Plates of so many judges at this step: `turned` of them, `struck`, `scored`. */
export function plates(n, step, { long = false, byCriterion = false } = {}) {
  const struck = step === 'struck' || step === 'scored'
  const turned = typeof step === 'number' ? step : n
  const name = (at) => (long ? ['王建国教授', 'Alexander Konstantinopoulos', '江苏省产业技术研究院首席科学家'][at % 3] : `评委${at + 1}`)
  const plate = (at) => ({
    judge: `J${at + 1}`,
    name: name(at),
    ...(n > 3 && at === n - 1 ? { without: 'recused' } : at < turned ? { total: at === 0 ? '100.00' : (91.25 - at * 1.5).toFixed(2) } : {}),
    ...(struck && n > 4 && !byCriterion && at === 0 ? { dropped: 'highest' } : {}),
    ...(struck && n > 4 && !byCriterion && at === n - 2 ? { dropped: 'lowest' } : {}),
  })
  const criterion = (at) => ({ name: long ? `${'创新性与技术先进性及知识产权'.slice(0, 14)} ${at}` : `创新 ${at}`, highest: ['29.5'], lowest: ['18.25'], points: '24.13' })
  return {
    pitch: 'R1-P2',
    step: typeof step === 'number' ? { turned: step } : step,
    plates: Array.from({ length: n }, (_, at) => plate(at)),
    mean: !byCriterion,
    ...(byCriterion && struck ? { criteria: Array.from({ length: byCriterion }, (_, at) => criterion(at + 1)) } : {}),
    ...(step === 'scored' ? { score: '87.61', deductions: [{ points: '0.5', reason: '', over_ms: 47_000 }, ...(long ? [{ points: '1', reason: '演示文稿超出规定页数并经裁判长确认' }] : [])] } : {}),
  }
}

/** A track's name of sixty letters. */
const TRACK = '新一代信息技术与高端装备制造、绿色低碳与新能源新材料、生物医药与医疗器械、数字创意与现代服务业融合创新专项赛道（长三角）'.slice(0, 60)

/** Steps of a reveal: none, who has no place, a pause, a place, a shared one, the last two, an award. */
function reveals(long) {
  const track = long ? TRACK : ''
  const pitches = (n) => Array.from({ length: n }, (_, at) => `R1-P${at + 1}`)
  const by = { step: 'criterion', criterion: 'innovation' }
  const places = (...rows) => ({ is: 'places', track, rows: rows.map(([n, place, tie]) => ({ pitch: `R1-P${n}`, place, score: place === 1 && !tie ? '100.00' : '84.13', k: 7, ...(tie ? { tie } : {}) })) })
  const before = [9, 8, 7, 6, 5, 4].map((n) => places([n, n]))
  return {
    begins: [],
    aside: [{ is: 'unplaced', pitches: pitches(long ? 30 : 3), out: { 'R1-P2': 'disqualified' } }],
    left: [...before, { is: 'remaining', track, pitches: pitches(3) }],
    place: [...before, places([3, 3])],
    'first told': [places([3, 3])],
    tied: [...before.slice(0, -1), places([4, 4, by]), places([3, 3, by])],
    'last two tied': [...before, places([1, 1, by], [2, 2, by])],
    shared: [...before, places(...[3, 10, 11, 12].map((n) => [n, 3, { step: 'share' }]))],
    'last two': [...before, places([1, 1], [2, 2])],
    nobody: [{ is: 'award', name: '特等奖', pitches: [] }],
    award: [{ is: 'award', name: long ? '最具投资价值与产业化前景优秀项目特别奖（评审委员会推荐）' : '一等奖', pitches: pitches(long ? 12 : 1) }],
  }
}

/** The audience's vote among so many projects. */
export function vote(state, count, long, more = {}) {
  const choices = Array.from({ length: count }, (_, at) => `R1-P${at + 1}`)
  const votes = Object.fromEntries(choices.map((pitch, at) => [pitch, at === 1 ? 96 : Math.max(0, 96 - at * 7)]))
  return {
    title: long ? '最受现场观众欢迎与最具商业价值项目奖（现场观众投票产生）People’s Choice Award of the Grand Final 2026' : '最受欢迎项目',
    choices,
    most: long ? 3 : 1,
    admission: 'codes',
    secs: 120,
    state,
    opened: NOW,
    ...(state === 'open' ? { closes_at: Date.now() + 3_600_000 - 1_000 } : {}),
    ...(state === 'revealed' ? { result: { ballots: 1287, votes } } : {}),
    ...more,
  }
}

/** SHA-256 of `secret`, and of that. */
const SECRET = '2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b'
const HASH = '3d91b58504a6cc3a159005ee7b16c7ae503ca6ac2a6a3c893837083c236b864a'
export function draw(count, step, long = false) {
  const pitches = Array.from({ length: count }, (_, at) => `R1-P${at + 1}`)
  const called = step === 'hash' ? [] : long ? Array.from({ length: 30 }, (_, at) => `二十个字的数 number ${at}`) : ['7', '42', '108', '三十六']
  const told = step === 'told'
  return { hash: HASH, committed: NOW, called, pitches, ...(told ? { secret: SECRET } : {}), order: told ? [...pitches].reverse() : [] }
}

/** Every scene: its name and its view; with the least and with the most that it may have to show. */
export function scenes(url) {
  const all = []
  const add = (name, scene, options) => all.push([name, view(scene, options)])
  for (const long of [false, true]) {
    const how = long ? 'long' : 'short'
    const progress = (n) => ({ progress: { k: Math.ceil(n / 2), n } })
    add(`cover ${how}`, 'cover', { long, url })
    add(`cover without address ${how}`, 'cover', { long })
    for (const [track, phase] of [[true, 'pitching'], [false, 'qa']]) {
      const early = track ? { open: true, ...progress(12) } : {}
      add(`${phase} ${how}`, 'pitch', { long, stage: stage(phase, early), timer: timer(phase === 'qa' ? 'qa' : 'pitch', track ? 45 : 371) })
    }
    for (const n of [1, 7, 12]) {
      const closes = n === 7 ? { closes_at: Date.now() + 3_600_000 } : {}
      add(`scoring ${n} ${how}`, 'pitch', { long, stage: stage('scoring', { open: true, ...progress(n), ...closes }) })
      const up = stage('closed', { progress: { k: n, n }, announcing: true })
      add(`plates down ${n} ${how}`, 'pitch', { long, stage: up })
      for (const step of [0, Math.ceil(n / 2), n, 'struck', 'scored']) add(`plates ${n} ${step} ${how}`, 'pitch', { long, stage: up, plates: plates(n, step, { long }) })
      add(`plates ${n} placed ${how}`, 'pitch', { long, stage: stage('revealed'), standings: standings(12), plates: plates(n, 'scored', { long }) })
    }
    for (const byCriterion of [3, 8]) {
      for (const step of ['struck', 'scored'])
        add(`plates by ${byCriterion} criteria ${step} ${how}`, 'pitch', { long, stage: stage('closed', { announcing: true }), plates: plates(7, step, { long, byCriterion }) })
    }
    add(`closed ${how}`, 'pitch', { long, stage: stage('closed', progress(7)) })
    add(`score ${how}`, 'pitch', { long, stage: stage('revealed', progress(7)), standings: standings(7) })
    add(`full marks ${how}`, 'pitch', { long, stage: stage('revealed'), standings: [{ pitch: 'R1-P2', score: '100.00', k: 2 }] })
    add(`on deck ${how}`, 'on-deck', { long })
    add(`again ${how}`, 'pitch', { long, stage: stage('queued'), attempts: { 'R1-P2': 2 } })
    for (const count of [3, 40]) {
      add(`leaderboard ${count} ${how}`, 'leaderboard', { long, count, standings: standings(count) })
      add(`podium ${count} ${how}`, 'podium', { long, count, standings: standings(count) })
      if (long) for (const told of [undefined, 1, 2]) add(`podium of a track ${count} told ${told}`, 'podium', { long, count, standings: standings(count).map((row) => ({ ...row, track: TRACK })), podium_track: TRACK, ...(told ? { podium_told: told } : {}), result: { life: 'published', until: '2026-12-05' } })
      for (const told of [1, 2]) add(`podium ${count} told ${told} ${how}`, 'podium', { long, count, standings: standings(count), podium_told: told })
      add(`draw of ${count} ${how}`, 'draw', { long, count, draw: draw(count, 'told', long) })
    }
    for (const [name, steps] of Object.entries(reveals(long))) add(`reveal ${name} ${how}`, 'reveal', { long, count: 40, standings_frozen: true, reveal: { mode: 'last-to-first', steps } })
    for (const count of [3, 12, 40]) {
      for (const state of ['ready', 'open', 'closed', 'revealed']) add(`vote of ${count} ${state} ${how}`, 'vote', { long, count, vote: vote(state, count, long) })
    }
    // A picture of the server's own stands for a logo.
    add(`cover with logo ${how}`, 'cover', { long, url, logo: '/mark.svg' })
    add(`logo ${how}`, 'logo', { long, logo: '/mark.svg' })
    add(`no logo ${how}`, 'logo', { long })
    const word = long ? ['请全体评委、嘉宾与参赛团队在 15:40 之前回到会场就座，谢谢配合！Please be seated by 15:40 (sharp)'.slice(0, 60), 'Back at 15:40 — coffee and posters are in the hall outside'] : ['休息十分钟']
    add(`message ${how}`, 'message', { long, message: word })
    const change = (old, now) => ({ pitch: 'R1-P2', change: { old, new: now } })
    add(`correction ${how}`, 'correction', { long, standings: standings(7), correction: change({ score: '82.83', place: 2 }, { score: '84.50', place: 1 }) })
    const tracked = { pitch: 'R1-P2', change: { old: { score: '82.83', place: 2 }, new: { score: '84.50', place: 1 }, by_track: true } }
    const others = (count, was) => standings(count).map((row, at) => ({ ...row, was: was ?? at + 2 }))
    for (const count of [3, 7, 12]) add(`correction that moves ${count} in a track ${how}`, 'correction', { long, standings: others(count), correction: tracked })
    add(`correction that moves seven far in a track ${how}`, 'correction', { long, standings: others(7, 40), correction: tracked })
    const back = (how) => ({ pitch: 'R1-P2', change: { old: {}, new: { score: '100.00', place: 2 }, back: how } })
    for (const how of ['disqualified', 'out']) add(`correction back from ${how} ${long ? 'long' : 'short'}`, 'correction', { long, standings: standings(7), correction: back(how) })
    add(`correction to no place ${how}`, 'correction', { long, standings: standings(7), correction: change({ score: '100.00', place: 12 }, { score: '98.75' }) })
    for (const count of [1, 4, 9]) {
      const signings = Array.from({ length: count }, (_, at) => ({ project: `P${at + 1}`, short: Object.values(projects(count, long))[at].short, partner: long ? '江苏省产业技术研究院智能制造装备技术研究所与太湖科创产业投资基金（有限合伙）联合体'.slice(0, 60) : ['太湖产业基金', '无锡高新区'][at % 2] }))
      add(`signed ${count} ${how}`, 'signed', { long, count, signings })
    }
    add(`short message of two lines ${how}`, 'message', { long, message: ['茶歇', 'Back at 15:40'] })
    add(`vote by device ${how}`, 'vote', { long, url, vote: vote('open', 12, long, { admission: 'devices' }) })
    add(`leaderboard without the vote ${how}`, 'leaderboard', { long, count: 40, vote: vote('open', 12, long, { share: '0.2' }), standings: standings(40) })
    add(`leaderboard of a track ${how}`, 'leaderboard', { long, count: 40, standings: standings(40), leaderboard: { track: long ? TRACK : '智能制造', page: 2 } })
    if (long) add('leaderboard of a long track, published', 'leaderboard', { long, count: 12, standings: standings(12).map((row) => ({ ...row, track: TRACK })), leaderboard: { track: TRACK, page: 0 }, result: { life: 'published', until: '2026-12-05' } })
    add(`leaderboard frozen ${how}`, 'leaderboard', { long, standings_frozen: true, standings: standings(7) })
    add(`leaderboard empty ${how}`, 'leaderboard', { long })
    add(`draw begins ${how}`, 'draw', { long })
    add(`draw hash ${how}`, 'draw', { long, draw: draw(12, 'hash') })
    add(`draw called ${how}`, 'draw', { long, draw: draw(12, 'called', long) })
    const title = (short, rest) => (long ? `${short}${rest}`.slice(0, 60) : short)
    const kinds = [
      ['opening', title('开场致辞', '：太湖之滨青年创新创业大赛总决赛暨长三角高校科技成果转化对接会 Opening Ceremony'), 3],
      ['unveiling', title('长三角创业学院揭牌', '暨国家级科技企业孵化器（无锡）Incubator Joint Laboratory Unveiling Ceremony 联合实验室'), 2],
      ['appointment', title('颁发创业导师聘书', '暨第二届专家咨询委员会委员聘任仪式 Appointment of Mentors and Advisory Board 2026'), 12],
      ['signing', title('项目签约', '：产学研合作及产业基金落地项目集中签约仪式（第一批）Signing of Cooperation Agreements'), 8],
      ['presentation', title('园区推介', '：无锡国家高新技术产业开发区人才政策与营商环境专题推介 Talent Policy and Business'), 1],
      ['break', title('茶歇', '与自由交流：请各位嘉宾移步一楼大厅展区参观项目路演展板 Coffee and Exhibition'), 0],
      ['awards', title('颁奖典礼', '：一等奖、二等奖、三等奖、最佳人气奖及优秀组织奖 Awards Ceremony of the Grand Final'), 5],
      ['other', title('合影留念', '：请全体评委、嘉宾及获奖团队上台 Group Photograph of Judges, Guests and Teams'), 0],
    ]
    for (const [kind, words, few] of kinds) {
      const clock = ['break', 'presentation'].includes(kind) ? { timer: timer('segment', 540, { since: Date.now() }) } : {}
      add(`${kind} ${how}`, 'segment', { long, ...segment(kind, words, people(few, long), clock) })
      if (kind === 'unveiling') add(`unveiled ${how}`, 'segment', { long, ...segment(kind, words, people(few, long), { unveiled: true }) })
      if (few > 0) add(`${kind} of forty ${how}`, 'segment', { long, ...segment(kind, words, people(40, long), clock) })
    }
    add(`timer ${how}`, 'timer', { long, stage: stage('pitching'), timer: timer('pitch', 300) })
    add(`rehearsal ${how}`, 'pitch', { long, rehearsal: true, stage: stage('scoring', progress(7)) })
    add(`rehearsed board ${how}`, 'leaderboard', { long, rehearsal: true, standings: standings(12) })
    add(`rehearsed stage ${how}`, 'pitch', { long, rehearsal: true, stage: stage('pitching'), timer: timer('pitch', 300) })
  }
  return all
}

/** What was changed has been painted. */
const frames = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

/** The big screen's page without its server's views: `show(view)` gives it one. */
export async function screen(browser, server, size, { lang = 'zh', theme = 'tech', motion = 'off', path = 'screen?' } = {}) {
  const { device, until } = await import('./hall.mjs')
  const [width, height] = size
  const page = await device(browser, 'screen', { viewport: { width, height }, ...(motion === 'on' ? { reducedMotion: 'no-preference' } : {}) })
  let line
  let n = 0
  let asked = 0
  await page.routeWebSocket(/\/ws\/screen/, (socket) => {
    line = socket
    socket.onMessage((text) => {
      const frame = JSON.parse(text)
      if (frame.kind === 'hello') asked += 1
      if (frame.kind === 'hello') socket.send(JSON.stringify({ kind: 'hello', protocol: 2, feed: 'stage', now: Date.now() }))
      if (frame.kind === 'ping') socket.send(JSON.stringify({ kind: 'pong', t: frame.t, now: Date.now() }))
    })
  })
  await page.goto(`${server.url}/c/7k2m9x/${path}lang=${lang}&theme=${theme}&motion=${motion}`)
  await until('the screen asks', () => line)
  page.shows = async (view, { settle = true } = {}) => {
    n += 1
    page.names = Object.values(view.hall.projects).map(({ name }) => name)
    const before = asked
    line.send(JSON.stringify({ kind: 'snapshot', n, view }))
    // A delta that follows nothing: the page asks again, and has taken the view by then.
    line.send(JSON.stringify({ kind: 'delta', n: n + 9, patch: {} }))
    await until('the page has its view', () => asked > before)
    await until('the scene stands', async () => (await page.locator('.picture[data-scene]:not([data-waits]), .overlay').count()) > 0)
    if (settle) await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))))
    await frames(page)
  }
  return page
}

/** What is wrong with the picture that stands there, in words: nothing where it is right. */
export function faults(page, of = '.picture') {
  return page.evaluate(({ of, names }) => {
    const found = []
    const picture = document.querySelector(of)
    const box = picture.getBoundingClientRect()
    const unit = Math.min(box.height / 100, box.width * 0.0075)
    const scene = picture.dataset.scene
    const named = (node) => `"${node.textContent.trim().slice(0, 24)}"`
    if (document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight) found.push('the page scrolls')
    // A contest's title is shown whole on the cover, and a clock's heading is cut where it is too long: there, and nowhere else.
    const cut = (one) => one.closest('.title, .contest, .clock header, .board header p, .board h1, .podium header p, .reveal header p, .signed header p, .third .team, .criterion')
    for (const one of picture.querySelectorAll('*')) {
      const style = getComputedStyle(one)
      const scrolls = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1
      if (/(auto|scroll)/.test(style.overflow) && scrolls) found.push(`scrollbars at ${one.className}`)
    }
    // 亮分 fills the picture, and its score is what is seen.
    const plates = [...picture.querySelectorAll('.plates:not(.small) > li, .plates:not(.small) > i')].map((one) => one.getBoundingClientRect())
    const filled = plates.reduce((sum, { width, height }) => sum + width * height, 0) / box.width / box.height
    if (plates.length > 0 && filled < 0.3) found.push(`plates fill ${(filled * 100).toFixed(0)} % of the picture`)
    for (const [what, least] of [['.verdict .value, .score .value', 25], ['.verdict .ranked b, .score > .middle > .place', 10]]) {
      for (const one of picture.querySelectorAll(what)) {
        const size = parseFloat(getComputedStyle(one).fontSize) / unit
        if (size < least - 0.1) found.push(`${named(one)} is ${size.toFixed(1)} % high, not ${least}`)
      }
    }
    const words = new Intl.Segmenter('zh-CN', { granularity: 'word' })
    /** A block of text: its lines, its words, whether it is the whole name. */
    const blocks = new Set()
    const texts = []
    const walk = document.createTreeWalker(picture, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!node.textContent.trim()) continue
      const parent = node.parentElement
      const style = getComputedStyle(parent)
      if (style.visibility === 'hidden' || parent.closest('.hidden-text')) continue
      const size = parseFloat(style.fontSize)
      if (size < unit * 4 - 0.3) found.push(`${named(node)} is ${(size / unit).toFixed(2)} % high`)
      if (parent.closest('.podium .score, .champion .score') && size < unit * 12 - 0.3) found.push(`the score ${named(node)} is ${(size / unit).toFixed(2)} % high`)
      // A clock measures its digits itself.
      if (cut(parent) || parent.closest('.clock .digits')) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) {
        // The letters, not the leading of their font.
        const middle = (rect.top + rect.bottom) / 2
        const letters = { left: rect.left, right: rect.right, top: middle - size * 0.5, bottom: middle + size * 0.5 }
        const edge = parent.closest('.ribbon, .clock') ? 0 : unit * 2
        const out = letters.left < box.left + edge - 1 || letters.right > box.right - edge + 1 || letters.top < box.top + edge - 1 || letters.bottom > box.bottom - edge + 1
        if (out && !parent.closest('.ribbon')) found.push(`${named(node)} runs out of the picture`)
        // What holds it: the nearest block with a place of its own.
        let holder = parent
        while (getComputedStyle(holder).display === 'inline') holder = holder.parentElement
        const place = holder.getBoundingClientRect()
        if (!holder.closest('.ribbon') && (letters.left < place.left - 1.5 || letters.right > place.right + 1.5)) found.push(`${named(node)} is wider than its place`)
        // The row, the plate, the card that it stands in.
        const ink = { top: middle - size * 0.42, bottom: middle + size * 0.42 }
        for (let around = parent; around !== picture; around = around.parentElement) {
          if (!around.matches('li, .row, .face, section, .third, .block, td')) continue
          const within = around.getBoundingClientRect()
          if (within.height > 0 && (ink.top < within.top - 2 || ink.bottom > within.bottom + 2)) found.push(`${named(node)} is cut by its ${around.className || around.tagName}`)
        }
        blocks.add(holder)
        texts.push({ node, parent, ...letters })
      }
      // No line breaks inside a word that has its place on one.
      let holder = parent
      while (getComputedStyle(holder).display === 'inline') holder = holder.parentElement
      const style_ = getComputedStyle(holder)
      const room = holder.clientWidth - parseFloat(style_.paddingLeft) - parseFloat(style_.paddingRight)
      if (range.getClientRects().length > 1) {
        for (const { segment, index, isWordLike } of words.segment(node.data)) {
          if (!isWordLike || [...segment].length < 2) continue
          const word = document.createRange()
          word.setStart(node, index)
          word.setEnd(node, index + segment.length)
          const rects = [...word.getClientRects()].filter(({ width }) => width > 0)
          const wide = rects.reduce((sum, { width }) => sum + width, 0)
          if (new Set(rects.map(({ top }) => Math.round(top / size))).size > 1 && wide < room * 0.98) found.push(`"${segment}" is broken`)
        }
      }
    }
    for (const block of blocks) {
      const range = document.createRange()
      range.selectNodeContents(block)
      const size = parseFloat(getComputedStyle(block.querySelector('bdi') ?? block).fontSize)
      const lines = new Map()
      for (const { top, height, left, right } of range.getClientRects()) {
        if (right - left < 1 || height > size * 2.2) continue
        const at = Math.round((top + height / 2) / size / 0.7)
        const line = lines.get(at) ?? { left, right }
        lines.set(at, { left: Math.min(line.left, left), right: Math.max(line.right, right) })
      }
      const text = block.textContent.trim()
      const last = [...lines.values()].at(-1)
      if (lines.size > 1 && /\p{Script=Han}$/u.test(text) && block.querySelector(':scope > bdi:only-child') && last.right - last.left < size * 1.3) found.push(`${named(block)} ends with one character on a line`)
      // An ellipsis only where the whole name has no place at 4 %.
      if (!text.endsWith('…') || cut(block)) continue
      const whole = names.find((name) => name.startsWith(text.slice(0, -1).trimEnd()))
      if (!whole) continue
      const row = block.closest('li, .row, .middle') ?? block
      const probe = document.createElement('div')
      probe.style.cssText = `position:absolute;visibility:hidden;width:${block.clientWidth}px;font-size:${unit * 4}px;line-height:1.15;white-space:normal;overflow-wrap:anywhere;font-weight:600`
      probe.textContent = whole
      block.parentElement.append(probe)
      const high = probe.offsetHeight
      probe.remove()
      if (high <= row.clientHeight) found.push(`${named(block)} is cut, and "${whole.slice(0, 12)}" has its place`)
    }
    const ribbon = picture.querySelector('.ribbon')
    for (const [at, a] of texts.entries()) {
      for (const b of texts.slice(at + 1)) {
        if (a.parent === b.parent || a.parent.closest('.ribbon') || b.parent.closest('.ribbon')) continue
        const over = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        if (over > unit * 0.3 && down > unit * 0.5) found.push(`${named(a.node)} lies on ${named(b.node)}`)
      }
      if (ribbon && !a.parent.closest('.ribbon, .clock')) {
        // The ribbon is the band x + y between two lines through the corner at the top right.
        const reach = (box.right - a.right) + (a.top - box.top)
        const thick = (ribbon.offsetHeight / 2) * Math.SQRT2
        const middle = 2 * unit * 12.5
        if (reach < middle + thick) found.push(`${named(a.node)} is under the ribbon`)
      }
    }
    if (!scene) found.push('no scene')
    return [...new Set(found)]
  }, { of, names: page.names ?? [] })
}

/** Texts whose contrast with what is really behind them is less than 7 to 1. */
export async function pale(page) {
  // A picture can be taken before the letters were painted away: what is pale is pale at a second look, too.
  const found = await look(page)
  return found.length > 0 ? look(page) : found
}

async function look(page) {
  const texts = await page.evaluate(() => {
    const picture = document.querySelector('.picture')
    const walk = document.createTreeWalker(picture, NodeFilter.SHOW_TEXT)
    const found = []
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement
      const style = getComputedStyle(parent)
      // The ribbon stands aslant; its two colours are fixed (tokens.css).
      if (!node.textContent.trim() || style.visibility === 'hidden' || parent.closest('.hidden-text, .ribbon')) continue
      let alpha = 1
      for (let one = parent; one; one = one.parentElement) alpha *= Number(getComputedStyle(one).opacity)
      const range = document.createRange()
      range.selectNodeContents(node)
      const color = style.color.match(/[\d.]+/g).map(Number)
      for (const { left, top, width, height } of range.getClientRects()) {
        const size = parseFloat(style.fontSize)
        const low = top + height / 2 - size * 0.35
        found.push({ text: node.textContent.trim().slice(0, 24), color: color.slice(0, 3), alpha: alpha * (color[3] ?? 1), left, top: low, width, height: size * 0.7 })
      }
    }
    const bare = new CSSStyleSheet()
    // A strike lies before its number, not behind it.
    bare.replaceSync('.picture[data-bare] * { color: transparent !important; text-decoration: none !important } .picture[data-bare] .out b::after { visibility: hidden }')
    document.adoptedStyleSheets = [bare]
    picture.dataset.bare = ''
    return found
  })
  await frames(page)
  const png = await page.screenshot()
  return page.evaluate(
    async ([texts, base64]) => {
      delete document.querySelector('.picture').dataset.bare
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const canvas = new OffscreenCanvas(image.width, image.height)
      const pen = canvas.getContext('2d', { willReadFrequently: true })
      pen.drawImage(image, 0, 0)
      const scale = image.width / innerWidth
      const { data } = pen.getImageData(0, 0, image.width, image.height)
      const light = (color) => {
        const [r, g, b] = color.map((one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const found = []
      for (const { text, color, alpha, left, top, width, height } of texts) {
        let worst = Infinity
        for (let across = 0; across <= 8; across += 1) {
          for (let down = 0; down <= 3; down += 1) {
            const x = Math.round((left + (width * across) / 8) * scale)
            const y = Math.round((top + (height * down) / 3) * scale)
            if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue
            const at = (y * image.width + x) * 4
            const back = [data[at], data[at + 1], data[at + 2]]
            const ink = color.map((one, n) => one * alpha + back[n] * (1 - alpha))
            const [a, b] = [light(ink), light(back)].sort((a, b) => b - a)
            worst = Math.min(worst, (a + 0.05) / (b + 0.05))
          }
        }
        if (worst < 7) found.push(`"${text}" has a contrast of ${worst.toFixed(1)}`)
      }
      return [...new Set(found)]
    },
    [texts, png.toString('base64')],
  )
}
