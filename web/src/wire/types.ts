// GENERATED from src/wire by tests/it/contract.rs (PODIUM_BLESS=1 cargo test contract). Do not edit.

export type ClientFrame = { "kind": "hello", protocol: number, since?: Since, 
/**
 * A rehearsal or demo client, not a person.
 */
robot?: boolean, } | { "kind": "ping", t: number, } | { "kind": "submit", id: string, run?: number, command: ClientCommand, } | { "kind": "draft", pitch: string, marks: Record<string, string>, comment: string, 
/**
 * For the judge alone.
 */
note?: string, 
/**
 * The version of the scorecard that the marks change; 0 before the first.
 */
base?: number, 
/**
 * The number of the kept draft that this one follows; 0 for none.
 */
rev?: number, 
/**
 * Which run of the pitch they are of; absent for the first.
 */
attempt?: number, 
/**
 * The contest's run that the marks belong to.
 */
run?: number, 
/**
 * Which tablet this is, so that it knows its own drafts again.
 */
tablet?: string, } | { "kind": "device", device: DeviceInfo, } | { "kind": "nudge", judge: string, what: NudgeName, } | { "kind": "take-wheel" } | { "kind": "ready", ready: boolean, } | { "kind": "viewport", viewport: Viewport, };

export type Since = { feed: string, n: number, };

export type ClientCommand = { "do": "start-pitch", pitch: string, } | { "do": "start-qa", pitch: string, } | { "do": "open-window", pitch: string, } | { "do": "close-window", pitch: string, } | { "do": "reveal-pitch", pitch: string, } | { "do": "mark-absent", pitch: string, } | { "do": "withdraw-pitch", pitch: string, reason: string, } | { "do": "bring-back", pitch: string, } | { "do": "disqualify", pitch: string, reason: string, } | { "do": "reinstate", pitch: string, reason: string, } | { "do": "run-again", pitch: string, reason: string, } | { "do": "take-over", pitch: string, judge: string, attempt: number, reason: string, } | { "do": "set-running-order", round: string, order: Array<string>, } | { "do": "show-scene", scene: SceneName, } | { "do": "reopen-scorecard", pitch: string, judge: string, reason: string, } | { "do": "reopen-window", pitch: string, reason: string, } | { "do": "withdraw-reopening", pitch: string, judge: string, } | { "do": "confirm-pitch", pitch: string, } | { "do": "decide-tie", round: string, order: Array<string>, reason: string, } | { "do": "show-before" } | { "do": "start-segment", segment: string, } | { "do": "draw-curtain", segment: string, } | { "do": "step-podium", to: number, } | { "do": "skip-segment", segment: string, } | { "do": "undo", action: number, } | { "do": "begin-rehearsal", 
/**
 * Although something has happened that counts.
 */
despite?: boolean, } | { "do": "end-rehearsal" } | { "do": "begin-timer", label: string, secs: number, } | { "do": "run-timer" } | { "do": "pause-timer" } | { "do": "adjust-timer", secs: number, } | { "do": "set-timer", left_secs: number, } | { "do": "restart-timer" } | { "do": "drop-timer" } | { "do": "open-early", pitch: string, } | { "do": "set-countdown", pitch: string, secs?: number, } | { "do": "begin-announcement", pitch: string, } | { "do": "set-awards", round: string, awards: Array<AwardLine>, } | { "do": "freeze-board", round: string, } | { "do": "tell-decisions", round: string, } | { "do": "thaw-board", round: string, } | { "do": "begin-reveal", round: string, mode: ModeName, } | { "do": "step-reveal", round: string, to: number, } | { "do": "end-reveal", round: string, } | { "do": "publish-board", round: string, } | { "do": "show-plates", pitch: string, step: PlateStepName, } | { "do": "confirm-overtime", pitch: string, } | { "do": "dismiss-overtime", pitch: string, reason: string, } | { "do": "deduct", pitch: string, 
/**
 * Points of the final score, as a decimal string.
 */
points: string, reason: string, } | { "do": "remove-deduction", pitch: string, 
/**
 * The deduction's number.
 */
deduction: number, reason: string, } | { "do": "commit-draw", round: string, secret: string, } | { "do": "call-number", round: string, number: string, } | { "do": "reveal-draw", round: string, } | { "do": "finish-contest", despite?: boolean, } | { "do": "leave-open", matter: MatterInfo, reason: string, } | { "do": "submit-scorecard", pitch: string, 
/**
 * Which run of the pitch it is of; absent for the first.
 */
attempt?: number, 
/**
 * The version of the judge's scorecard that this one builds on; 0 for the first.
 */
base: number, 
/**
 * Criterion → mark as a decimal string, `"27.5"`.
 */
marks: Record<string, string>, comment: string, } | { "do": "report-late", pitch: string, attempt?: number, } | { "do": "declare-recusal", pitch: string, judge: string, reason: string, } | { "do": "withdraw-recusal", pitch: string, judge: string, } | { "do": "declare-abstention", pitch: string, attempt?: number, judge: string, reason: string, } | { "do": "withdraw-abstention", pitch: string, judge: string, } | { "do": "sign-scorecards", round: string, 
/**
 * Of the summary that the judge was shown.
 */
digest: string, 
/**
 * Lines of points (x, y) from 0 to 1000.
 */
strokes: Array<Array<[number, number]>>, } | { "do": "confirm-result", round: string, digest: string, } | { "do": "make-official", round: string, digest: string, } | { "do": "publish-result", round: string, digest: string, until: string, } | { "do": "take-back-step", round: string, step: LifeName, reason: string, } | { "do": "propose", correction: ProposedCorrection, reason: string, } | { "do": "agree-to", proposal: number, } | { "do": "refuse-proposal", proposal: number, reason: string, } | { "do": "withdraw-proposal", proposal: number, } | { "do": "show-message", lines: Array<string>, } | { "do": "show-board", track?: string, page: number, } | { "do": "announce-signing", project: string, partner: string, } | { "do": "withdraw-signing", project: string, partner: string, } | { "do": "open-vote" } | { "do": "close-vote" } | { "do": "reveal-vote" };

export type SceneName = "cover" | "pitch" | "on-deck" | "segment" | "timer" | "draw" | "leaderboard" | "podium" | "black" | "reveal" | "vote" | "message" | "logo" | "signed" | "correction";

export type DeviceInfo = { 
/**
 * Scorecards, drafts and declarations that the server does not have yet.
 */
unsent: number, 
/**
 * Round trip of the last ping, milliseconds.
 */
rtt_ms: number, 
/**
 * Server's clock minus the device's, milliseconds.
 */
offset_ms: number, 
/**
 * Percent; absent where the browser does not tell.
 */
battery?: number, 
/**
 * On its cable; absent also where the browser does not tell.
 */
charging?: boolean, 
/**
 * What keeps the screen on.
 */
awake: Awake, 
/**
 * Which build of the page is running.
 */
page: string, 
/**
 * The judge asks for somebody to come.
 */
help?: boolean, 
/**
 * Of tablets of before: what came too late is reported by a command.
 */
late?: Array<string>, 
/**
 * Pitches whose scorecard the judge asks to have back.
 */
asks?: Array<string>, };

export type Awake = "nothing" | "wake-lock" | "film";

export type NudgeName = "submit" | "coming";

export type ServerFrame = { "kind": "hello", protocol: number, feed: string, 
/**
 * The server's clock, UTC milliseconds.
 */
now: number, 
/**
 * A console's own number in `presence.consoles`.
 */
console?: number, } | { "kind": "snapshot", n: number, view: unknown, } | { "kind": "delta", n: number, patch: unknown, } | { "kind": "receipt", id: string, seq: number, at: number, } | { "kind": "refused", id: string, refusal: Refusal, } | { "kind": "bad-frame", refusal: Refusal, } | { "kind": "pong", t: number, now: number, } | { "kind": "draft", pitch: string, marks: { [key in string]: string }, comment: string, note?: string, 
/**
 * The version of the scorecard that the marks change.
 */
base: number, 
/**
 * Which run of the pitch they are of; absent for the first.
 */
attempt?: number, 
/**
 * The contest's run that the marks belong to.
 */
run?: number, 
/**
 * Counts the drafts of this pitch.
 */
rev: number, 
/**
 * The tablet that it came from.
 */
tablet?: string, } | { "kind": "draft-kept", pitch: string, rev: number, } | { "kind": "display", code: string, 
/**
 * Absent until the host has named it.
 */
name?: string, 
/**
 * Never `clone`: a clone is told what the other one shows.
 */
role: DisplayRole, 
/**
 * Said once.
 */
word?: DisplayWord, } | { "kind": "ended", refusal: Refusal, };

export type DisplayRole = "program" | "leaderboard" | "timer" | "mc" | "overlay" | "overlay-score" | "overlay-top" | "clone";

export type DisplayWord = "identify" | "reload";

export type Viewport = { 
/**
 * CSS pixels.
 */
width: number, height: number, fullscreen: boolean, 
/**
 * Another window or tab lies over it.
 */
hidden?: boolean, };

export type DisplayInfo = { 
/**
 * Four characters that the display shows, too.
 */
code: string, 
/**
 * Absent until the host has named it.
 */
name?: string, role: DisplayRole, 
/**
 * The display that a clone follows.
 */
of?: string, 
/**
 * Pages that are open with its key; 0 while it is away.
 */
sockets: number, 
/**
 * Since when it is connected, UTC milliseconds; absent while it is away.
 */
since?: number, 
/**
 * When its last page left; absent while it is here, and where it has not been since the server started.
 */
seen?: number, 
/**
 * Of the page that was opened last.
 */
viewport?: Viewport, };

export type SetDisplay = { name: string, role: DisplayRole, 
/**
 * The display that a clone follows.
 */
of?: string, };

export type Refusal = { code: string, params?: { [key in string]: string }, };

export type PhaseName = "queued" | "pitching" | "qa" | "scoring" | "closed" | "revealed" | "absent" | "withdrawn" | "disqualified" | "out";

export type ContestInfo = { code: string, title: string, subtitle: string, venue: string, 
/**
 * IANA zone of all times shown.
 */
zone: string, 
/**
 * Public standings follow every mark.
 */
live: boolean, finished: boolean, theme: "tech" | "gold" | "light", 
/**
 * `#rrggbb`, in place of the theme's own.
 */
accent?: string, 
/**
 * Where the logo is.
 */
logo?: string, };

export type ProjectInfo = { number: number, name: string, short: string, 
/**
 * The track's name; empty without one.
 */
track: string, unit: string, presenter: string, };

export type StageInfo = { 
/**
 * `R1-P3`
 */
pitch: string, phase: PhaseName, 
/**
 * When the phase began, UTC milliseconds.
 */
since: number, 
/**
 * Planned seconds of the phase; absent where it has none.
 */
planned_secs?: number, 
/**
 * Scorecards in; absent before the window opens.
 */
progress?: Progress, 
/**
 * Scorecards are taken.
 */
open?: boolean, 
/**
 * When the window closes by itself, UTC milliseconds.
 */
closes_at?: number, 
/**
 * Its score comes next: the plates are up, face down.
 */
announcing?: boolean, };

export type Progress = { k: number, n: number, };

export type StandingRow = { pitch: string, 
/**
 * The track in whose list it stands, by its name; absent in the list of all.
 */
track?: string, 
/**
 * Absent where the project is not ranked (fewer scorecards than the rule asks for).
 */
place?: number, 
/**
 * Its place before the newest change of the hall's standings; absent where it had none.
 */
was?: number, 
/**
 * Decimal string, `"84.13"`.
 */
score: string, 
/**
 * Scorecards that counted.
 */
k: number, 
/**
 * What parted it from a row beside it with the same score; `share` where they share the place. No row that is not told is
 * meant.
 */
tie?: TieStep, };

export type PublicView = { contest: ContestInfo, scene: SceneName, 
/**
 * Pitch → project.
 */
projects: { [key in string]: ProjectInfo }, 
/**
 * Pitches in running order.
 */
order: Array<string>, phases: { [key in string]: PhaseName }, 
/**
 * Pitch → which of its runs it is, where it is not the first: what was scored before counts for nothing.
 */
attempts?: { [key in string]: number }, stage?: StageInfo, 
/**
 * Revealed pitches only, best first; where places are counted by track alone, track after track.
 */
standings: Array<StandingRow>, 
/**
 * Where places are counted both ways: those within the tracks, track after track.
 */
track_standings?: Array<StandingRow>, 
/**
 * Pitches whose score was told and that stand in no list: they are out, or the rule makes no list yet.
 */
unranked?: Array<string>, timer?: TimerInfo, 
/**
 * These are no facts: a rehearsal is on.
 */
rehearsal?: boolean, 
/**
 * The parts of the programme that are no pitches.
 */
segments: Array<SegmentInfo>, 
/**
 * The programme in order: segments and pitches.
 */
items: Array<string>, 
/**
 * The segment that is on.
 */
segment?: string, draw?: DrawInfo, 
/**
 * Criteria that the rule's tie-breaks name, by their ids: a row of equal score says which of them decided.
 */
tie_criteria?: { [key in string]: string }, 
/**
 * The plates of the pitch that is announced.
 */
plates?: PlatesInfo, 
/**
 * How far the result is that these standings tell; absent while it is provisional.
 */
result?: ResultInfo, 
/**
 * 封榜: the standings stand still until they are published.
 */
standings_frozen?: boolean, 
/**
 * A reveal that is on.
 */
reveal?: RevealInfo, vote?: VoteInfo, 
/**
 * Which leaderboard it is, where it is not all of it at the newest score.
 */
leaderboard?: LeaderboardPage, 
/**
 * Signed today.
 */
signings?: Array<SigningInfo>, 
/**
 * 更正: the newest correction, while it is on the screen.
 */
correction?: CorrectedInfo, 
/**
 * So many of the podium's places are told, from the last, while it is on the screen; absent where it is shown whole.
 */
podium_told?: number, 
/**
 * The track whose podium is on the screen; absent where it is that of all.
 */
podium_track?: string, 
/**
 * 揭牌: the curtain of the segment that is on is open.
 */
unveiled?: boolean, 
/**
 * The host's message, one or two lines, while it is on the screen.
 */
message?: Array<string>, };

export type ScreenView = { hall: PublicView, 
/**
 * Absent while only loopback is known.
 */
join?: string, };

export type CriterionInfo = { id: string, name: string, 
/**
 * What the marks mean.
 */
scale: string, 
/**
 * Highest mark, decimal string.
 */
max: string, 
/**
 * Grid of the marks, decimal string; absent where any two-decimal mark fits.
 */
step?: string, weight: number, };

export type JudgeInfo = { number: number, name: string, unit: string, chair: boolean, };

export type MyCard = { version: number, marks: { [key in string]: string }, comment: string, 
/**
 * 0–100, two decimals, decimal string.
 */
total: string, 
/**
 * The window is closed; it counts as it is.
 */
locked: boolean, 
/**
 * The journal's number of this version.
 */
seq: number, };

export type JudgeView = { hall: PublicView, 
/**
 * This judge's id, `J3`.
 */
judge: string, me: JudgeInfo, criteria: Array<CriterionInfo>, 
/**
 * Pitch → own scorecard.
 */
cards: { [key in string]: MyCard }, 
/**
 * Pitch → reason of the own recusal.
 */
recused: { [key in string]: string }, 
/**
 * Pitch → the host's reason for giving the scorecard back; it can be submitted until it is.
 */
reopened: { [key in string]: string }, 
/**
 * Pitches of this run for which the own scorecard came too late, and the host knows.
 */
late?: Array<string>, 
/**
 * Pitch → reason of the own abstention.
 */
abstained: { [key in string]: string }, 
/**
 * Pitches whose scorecard can be handed in now, given back ones apart.
 */
open: Array<string>, 
/**
 * Changes with every beginning and end of a rehearsal.
 */
run: number, 
/**
 * Once every pitch is over: what the judge signs.
 */
summary?: Summary, 
/**
 * The host's last word to this judge.
 */
nudge?: Nudge, 
/**
 * The chair's alone, once a window has closed.
 */
chair?: ChairView, };

export type Summary = { round: string, 
/**
 * SHA-256, in hex, of the scorecards as text (docs/protocol.md).
 */
digest: string, signature?: SignatureInfo, };

export type SignatureInfo = { at: number, 
/**
 * Nothing has changed since.
 */
holds: boolean, 
/**
 * Lines of points (x, y) from 0 to 1000.
 */
strokes: Array<Array<[number, number]>>, };

export type Nudge = { what: NudgeName, at: number, };

export type ChairView = { round: string, 
/**
 * Once every pitch is over: as all would be revealed. Before, it would sway the chair's own marks.
 */
provisional: Array<StandingRow>, 
/**
 * What is to be known about these.
 */
notes: Array<Note>, 
/**
 * The rule's tie-breaks ask the chair.
 */
decides: boolean, 
/**
 * Every pitch of the round is over.
 */
over: boolean, 
/**
 * Judge → who it is.
 */
judges: { [key in string]: JudgeInfo }, 
/**
 * Once every pitch is over: open matters.
 */
open?: Array<OpenInfo>, 
/**
 * Once every pitch is over: how far the result is.
 */
outcome?: OutcomeInfo, 
/**
 * Pitches whose scorecards the chair may ask for.
 */
pitches: { [key in string]: ChairLine }, };

export type ChairLine = { 
/**
 * The chair has confirmed the scorecards as they are.
 */
confirmed: boolean, 
/**
 * Another text once something of its scorecards is another: ask for them again.
 */
stamp: string, 
/**
 * It takes part in nothing that ranks.
 */
out?: PhaseName, };

export type ChairPitch = { cards: { [key in string]: ChairCard }, 
/**
 * Judge → reason.
 */
recused: { [key in string]: string }, 
/**
 * Judge → reason.
 */
abstained: { [key in string]: string }, 
/**
 * Judge → the reason why the scorecard was given back; it is not in again yet.
 */
reopened: { [key in string]: string }, 
/**
 * Judges without a scorecard and without a reason.
 */
missing: Array<string>, spread?: SpreadInfo, 
/**
 * Runs before this one, oldest first; they count for nothing.
 */
runs?: Array<ChairRun>, };

export type ChairCard = { version: number, marks: { [key in string]: string }, comment: string, total: string, 
/**
 * More than ten points from the median of the others.
 */
far: boolean, 
/**
 * Versions before this one, oldest first.
 */
earlier: Array<ChairVersion>, };

export type ChairVersion = { version: number, marks: { [key in string]: string }, total: string, };

export type ChairRun = { attempt: number, 
/**
 * Why it was run again; empty where it was withdrawn or absent in between.
 */
reason: string, cards: { [key in string]: ChairVersion }, };

export type SpreadInfo = { low: number, high: number, mean: number, median: number, 
/**
 * Standard deviation (n − 1).
 */
deviation: number, };

export type HostPitch = { 
/**
 * Judge → the version of the scorecard.
 */
cards: { [key in string]: number }, recused: Array<string>, abstained: Array<string>, 
/**
 * Judges whose scorecard was given back, or who were let in without one.
 */
reopened: Array<string>, 
/**
 * Judges whose scorecard came after the window had closed, and of whom nobody has said whether it counts.
 */
late?: Array<string>, 
/**
 * The chair has confirmed the scorecards as they are.
 */
confirmed: boolean, 
/**
 * What a reveal would show; only after the window closed.
 */
score?: string, 
/**
 * How long the pitch took, milliseconds.
 */
ran_ms?: number, 
/**
 * Overtime that nobody has decided about.
 */
overtime?: OvertimeInfo, 
/**
 * Why overtime was dismissed.
 */
dismissed?: string, deductions: Array<DeductionInfo>, 
/**
 * One of the first pitches, announced together; one of them is not over.
 */
warm_up?: boolean, 
/**
 * Runs before this one, oldest first; they count for nothing.
 */
runs?: Array<RunInfo>, 
/**
 * It was taken out as it stood.
 */
out?: OutInfo, 
/**
 * What has become of it, where the hall was not told: it is out, or stands again.
 */
untold?: PhaseName, };

export type Presence = { 
/**
 * Judge → seat.
 */
judges: { [key in string]: SeatPresence }, screens: number, phones: number, hosts: number, 
/**
 * A person (not a robot) has acted as host since the server started.
 */
person_hosts: boolean, 
/**
 * Displays that have a name or are connected, by id.
 */
displays: { [key in string]: DisplayInfo }, 
/**
 * The address that cards and tablets have is no longer this machine's.
 */
address_moved?: boolean, 
/**
 * Every console that is open.
 */
consoles: Array<ConsolePresence>, 
/**
 * MC pages that are open, and whether the MC is ready for the next cue.
 */
mcs: number, mc_ready?: boolean, };

export type SeatPresence = { sockets: number, robot: boolean, 
/**
 * What the device last said of itself, and when.
 */
device?: DeviceInfo, seen?: number, nudge?: Nudge, };

export type RunInfo = { attempt: number, 
/**
 * The hall was told its score.
 */
announced: boolean, 
/**
 * Judges whose scorecard of it is kept.
 */
judges: Array<string>, };

export type OutInfo = { phase: PhaseName, reason: string, };

export type OvertimeInfo = { over_ms: number, 
/**
 * Absent where the rule has no table, or nothing is due.
 */
points?: string, };

export type DeductionInfo = { 
/**
 * Its number: the journal's, of its fact.
 */
deduction: number, points: string, reason: string, over_ms?: number, };

export type ConsolePresence = { 
/**
 * The socket's number; the console knows its own from its hello.
 */
console: number, device: string, robot: boolean, 
/**
 * It has the wheel: the others' commands are refused until they take it over.
 */
drives: boolean, 
/**
 * When it last gave a command, UTC milliseconds.
 */
acted?: number, };

export type HostView = { hall: PublicView, round: string, join?: string, judges: { [key in string]: JudgeInfo }, 
/**
 * Judges of this round's panel, in seat order.
 */
panel: Array<string>, pitches: { [key in string]: HostPitch }, 
/**
 * The rule's tie-breaks ask the chair.
 */
chair_decides?: boolean, 
/**
 * Judge → the signature under the own scorecards still holds.
 */
signed: { [key in string]: boolean }, 
/**
 * Closed and revealed pitches: what the hall would see if all were revealed.
 */
provisional: Array<StandingRow>, 
/**
 * What is to be known about these.
 */
notes: Array<Note>, presence: Presence, 
/**
 * How far a reveal is, and what comes next.
 */
reveal_progress?: RevealProgress, awards?: Array<AwardLine>, 
/**
 * Changes with every beginning and end of a rehearsal.
 */
run: number, 
/**
 * The next cue and those that follow it.
 */
cues: Array<CueInfo>, preview?: PreviewInfo, 
/**
 * The scene that the way back leads to.
 */
back?: SceneName, 
/**
 * Open matters that are due; everything that the end leaves open, while the key leads there.
 */
open?: Array<OpenInfo>, 
/**
 * How far the result is, once the round is over.
 */
outcome?: OutcomeInfo, 
/**
 * What the host's side did, newest first.
 */
history: Array<ActionInfo>, window: WindowInfo, ballots?: BallotCount, 
/**
 * Which lists there are; absent where there is one, of all.
 */
ranking?: RankingName, 
/**
 * Tracks that a leaderboard can be of.
 */
tracks: Array<TrackInfo>, 
/**
 * The newest message to the hall, whether it is on the screen or not.
 */
message?: Array<string>, };

export type CueInfo = { say: CueName, pitch?: string, segment?: string, 
/**
 * Of the plates.
 */
step?: PlateStepName, 
/**
 * Absent for `commit-draw`, to which the device adds the secret it has made, and `leave-open`, to which it adds a reason.
 */
command?: ClientCommand, 
/**
 * It shows or ends something for good: held, or pressed twice.
 */
confirm: boolean, 
/**
 * It shuts something out: held, and no second press will do.
 */
hold?: boolean, 
/**
 * Of `confirm-correction`: what was announced, and what the hall sees then.
 */
correction?: CorrectionInfo, 
/**
 * Of `close-window`: of the scorecards that are in the rule cannot leave out what it asks for.
 */
fallback?: Fallback, 
/**
 * Of `withdraw-reopening` and `leave-open`: what is open.
 */
matter?: MatterInfo, 
/**
 * Of `step-podium`, where tracks rank: the podium that it is about.
 */
podium?: PodiumStep, 
/**
 * Of `show-leaderboard`: the track whose list it is; absent for that of all, and where only one is shown.
 */
list?: string, };

export type PodiumStep = { 
/**
 * The track's name; absent where all compete.
 */
track?: string, 
/**
 * So many of its own places are told then, from the last.
 */
told: number, };

export type CueName = "start-segment" | "draw-curtain" | "commit-draw" | "reveal-draw" | "start-pitch" | "run-timer" | "start-qa" | "open-window" | "close-window" | "begin-announcement" | "show-plates" | "reveal-pitch" | "confirm-correction" | "tell-decisions" | "confirm-overtime" | "withdraw-reopening" | "leave-open" | "freeze-board" | "begin-reveal" | "step-reveal" | "publish-board" | "show-leaderboard" | "show-podium" | "step-podium" | "finish" | "finish-despite" | "open-vote" | "close-vote" | "reveal-vote";

export type CorrectionInfo = { old: StandInfo, new: StandInfo, 
/**
 * It is out, and so it is told.
 */
out?: PhaseName, 
/**
 * The hall was told that it is out, in this way, and it stands again: that is why there is no old score.
 */
back?: PhaseName, 
/**
 * Its places are those within its track.
 */
by_track?: boolean, };

export type StandInfo = { score?: string, place?: number, };

export type MatterInfo = { what: MatterName, pitch?: string, judge?: string, round?: string, 
/**
 * The place that is shared.
 */
place?: number, 
/**
 * The track in whose list it is shared (`T2`); absent in that of all.
 */
track?: string, 
/**
 * The proposal's number.
 */
proposal?: number, };

export type MatterName = "never-came" | "unscored" | "unannounced" | "given-back" | "came-late" | "signature" | "corrected" | "too-few" | "overtime" | "tied" | "decided" | "audience" | "frozen" | "rescored" | "proposed" | "untracked";

export type OpenInfo = { matter: MatterInfo, 
/**
 * Final standings wait for it.
 */
changes: boolean, 
/**
 * It may stay as it is, for a reason.
 */
may_stay: boolean, 
/**
 * Why it stays as it is.
 */
left?: string, 
/**
 * Of `corrected`: what was announced, and what counts.
 */
correction?: CorrectionInfo, 
/**
 * Commands of the host that settle it now, without a word to add.
 */
commands?: Array<ClientCommand>, };

export type LifeName = "provisional" | "confirmed" | "official" | "published";

export type ProposedCorrection = { "do": "deduct", pitch: string, 
/**
 * Points of the final score, as a decimal string.
 */
points: string, } | { "do": "remove-deduction", pitch: string, deduction: number, } | { "do": "confirm-overtime", pitch: string, } | { "do": "dismiss-overtime", pitch: string, } | { "do": "reopen-scorecard", pitch: string, judge: string, } | { "do": "withdraw-reopening", pitch: string, judge: string, } | { "do": "declare-recusal", pitch: string, judge: string, } | { "do": "withdraw-recusal", pitch: string, judge: string, } | { "do": "decide-tie", round: string, 
/**
 * Best first.
 */
order: Array<string>, } | { "do": "withdraw-pitch", pitch: string, } | { "do": "disqualify", pitch: string, } | { "do": "reinstate", pitch: string, };

export type ResultInfo = { life: LifeName, 
/**
 * Objections are taken until the end of this day, `2026-12-05`.
 */
until?: string, };

export type OutcomeInfo = { round: string, life: LifeName, 
/**
 * Of the standings that a step would speak of now.
 */
digest: string, 
/**
 * Why the steps that were made do not hold.
 */
fallen?: FallenInfo, 
/**
 * What a step waits for.
 */
waits: Array<MatterInfo>, 
/**
 * Nobody has a place: no step is made of that.
 */
unranked?: boolean, 
/**
 * Signatures that are missing and that nobody has given a reason for: what `official` waits for beside.
 */
unsigned: Array<MatterInfo>, 
/**
 * Everything that was said of it, oldest first.
 */
said: Array<SaidInfo>, 
/**
 * Corrections that were proposed after the end, oldest first.
 */
proposals: Array<ProposalInfo>, };

export type FallenInfo = { why: FallenName, matter?: MatterInfo, };

export type FallenName = "changed" | "open" | "running";

export type SaidInfo = { step: LifeName, at: number, 
/**
 * `auditor`, `judge:J3`, `host`, `organiser`
 */
by: string, 
/**
 * Of the standings that it was made of; absent where it was taken back.
 */
digest?: string, until?: string, 
/**
 * Why it was taken back.
 */
reason?: string, 
/**
 * It is made, nobody has taken it back, and it holds.
 */
holds: boolean, };

export type ProposalInfo = { proposal: number, at: number, by: string, correction: ProposedCorrection, reason: string, state: ProposalName, 
/**
 * It waits, and nobody can agree to it any more: why. It is refused, or withdrawn.
 */
void?: Refusal, 
/**
 * Who answered, when, and of a refusal why.
 */
answer?: AnswerInfo, };

export type ProposalName = "waiting" | "agreed" | "refused" | "withdrawn";

export type AnswerInfo = { at: number, by: string, reason?: string, };

export type AuditorView = { hall: PublicView, round: string, judges: { [key in string]: JudgeInfo }, 
/**
 * Judges of this round's panel, in seat order.
 */
panel: Array<string>, 
/**
 * Pitches whose scorecards may be asked for.
 */
pitches: { [key in string]: ChairLine }, 
/**
 * Pitches that were taken out of the ranking, whether they were scored or not.
 */
out?: { [key in string]: OutInfo }, 
/**
 * The rubric of these, in its order.
 */
criteria: Array<CriterionInfo>, 
/**
 * Closed and revealed pitches: what counts.
 */
provisional: Array<StandingRow>, 
/**
 * What is to be known about these.
 */
notes: Array<Note>, 
/**
 * Judge → the signature under the own scorecards still holds.
 */
signed: { [key in string]: boolean }, open?: Array<OpenInfo>, outcome?: OutcomeInfo, 
/**
 * What the host's side did, newest first.
 */
history: Array<ActionInfo>, 
/**
 * Changes with every beginning and end of a rehearsal.
 */
run: number, };

export type CorrectedInfo = { pitch: string, change: CorrectionInfo, };

export type PreviewInfo = { parts: Partial<PublicView>, gone: Array<keyof PublicView>, };

export type ActionInfo = { 
/**
 * Its number: the journal's, of its fact.
 */
action: number, at: number, 
/**
 * `host`, `organiser`, `judge:J3` (a last scorecard that closed the window), `clock`.
 */
by: string, 
/**
 * The fact's name, `pitch-started`.
 */
what: string, pitch?: string, segment?: string, judge?: string, scene?: SceneName, undone: boolean, 
/**
 * Why it stands for good; absent where it can be taken back once those after it were.
 */
permanent?: string, };

export type WindowInfo = { opens: "with-pitch" | "at-qa" | "by-hand", closes: "by-hand" | "when-all-in" | { "after": number }, late: "refused" | "until-announced", warm_up: number, announce_after: number, plates: "none" | "together" | "one-by-one", 
/**
 * The board freezes before so many last pitches; 0: it does not by itself.
 */
freeze: number, reveal: ModeName, };

export type McView = { hall: PublicView, 
/**
 * Pitch → how its names are said.
 */
say: { [key in string]: string }, 
/**
 * The next cue and those that follow it.
 */
cues: Array<CueInfo>, 
/**
 * The score that comes next, or that the hall has just seen.
 */
announcement?: Announcement, 
/**
 * A reveal that is on: what the next press shows.
 */
reveal_progress?: RevealProgress, 
/**
 * The vote is closed: the counts that the hall sees next.
 */
votes?: VoteResult, 
/**
 * The MC has said that they are ready for the next cue.
 */
ready: boolean, };

export type Announcement = { pitch: string, 
/**
 * The hall has seen it.
 */
revealed: boolean, 
/**
 * Scorecards that counted.
 */
k: number, 
/**
 * Totals that were dropped, as printed; empty where nothing was, or where the rule drops within criteria.
 */
highest: Array<string>, lowest: Array<string>, 
/**
 * Dropped within each criterion, so that no judge's whole score was.
 */
by_criterion: boolean, score: string, 
/**
 * Among what the hall knows then; absent where it is not ranked.
 */
place?: number, 
/**
 * Others have the same place.
 */
shared: boolean, 
/**
 * What parted it from another of the same score, among what the hall knows then.
 */
tie?: TieStep, 
/**
 * So few scorecards that the rule cannot leave out what it asks for.
 */
fallback?: Fallback, 
/**
 * The track whose list it is; absent where it is that of all.
 */
track?: string, 
/**
 * How many projects are ranked then.
 */
of: number, 
/**
 * Points taken off, with the reasons.
 */
deductions: Array<DeductionInfo>, };

export type TimerInfo = { what: TimerName, 
/**
 * The host's words; empty unless `what` is custom.
 */
label: string, 
/**
 * Adjustments included.
 */
planned_ms: number, 
/**
 * Ran before `since`.
 */
spent_ms: number, 
/**
 * Runs since then, UTC milliseconds; absent while it waits or is paused.
 */
since?: number, 
/**
 * Seconds left at which it warns, the earlier warning first; at most two.
 */
warn_secs: Array<number>, };

export type TimerName = "pitch" | "qa" | "segment" | "custom";

export type SegmentInfo = { id: string, kind: SegmentKindName, title: string, names: Array<string>, 
/**
 * Planned seconds; 0 without a timer.
 */
secs: number, 
/**
 * So many pitches of the running order come before it; absent: after all of them.
 */
after?: number, 
/**
 * It has begun, or was skipped.
 */
past: boolean, };

export type SegmentKindName = "opening" | "unveiling" | "appointment" | "signing" | "presentation" | "draw" | "break" | "awards" | "other";

export type DrawInfo = { 
/**
 * SHA-256 of the secret, in hex.
 */
hash: string, 
/**
 * When it was shown, before anything was called; UTC milliseconds.
 */
committed: number, 
/**
 * What the hall called, in that order.
 */
called: Array<string>, 
/**
 * Pitches whose places are drawn, as they stood before.
 */
pitches: Array<string>, 
/**
 * Their tracks, where places are counted by track: each is drawn among those of its own, and takes a place of one of them.
 */
tracks?: Array<string | null>, 
/**
 * Told at the end.
 */
secret?: string, 
/**
 * The pitches as drawn; empty before.
 */
order: Array<string>, };

export type SigningInfo = { 
/**
 * `P3`
 */
project: string, short: string, partner: string, };

export type ModeName = "last-to-first" | "by-track" | "awards";

export type AwardLine = { name: string, to: WinnersLine, 
/**
 * The track (`T2`) whose places these are, where places are counted by track; without it they are of the list of all, or of
 * every track's where there is none.
 */
track?: string, };

export type WinnersLine = { "places": [number, number] } | { "projects": Array<string> };

export type RevealProgress = { 
/**
 * Steps shown, of how many.
 */
at: number, of: number, 
/**
 * What the next press shows; absent after the last step.
 */
next?: StepInfo, };

export type StepInfo = { "is": "unplaced", pitches: Array<string>, 
/**
 * What has become of those of them that are out, as the rule of the contest names it.
 */
out?: { [key in string]: PhaseName }, } | { "is": "remaining", track: string, pitches: Array<string>, } | { "is": "places", track: string, rows: Array<StandingRow>, } | { "is": "award", name: string, pitches: Array<string>, };

export type RevealInfo = { mode: ModeName, 
/**
 * Steps that were shown, the last of them the newest.
 */
steps: Array<StepInfo>, };

export type LeaderboardPage = { 
/**
 * The track's name; absent where all compete.
 */
track?: string, 
/**
 * From 1; 0 is the page with the newest score.
 */
page: number, };

export type TrackInfo = { 
/**
 * `T2`
 */
id: string, name: string, };

export type VoteInfo = { title: string, 
/**
 * Pitches that can be chosen.
 */
choices: Array<string>, 
/**
 * So many may be chosen at most.
 */
most: number, admission: "codes" | "devices", 
/**
 * It closes by itself so many seconds after it was opened; 0: by hand.
 */
secs: number, state: "ready" | "open" | "closed" | "revealed", 
/**
 * The audience's share of the final score, as the rule says it; absent where it has none.
 */
share?: string, 
/**
 * The share is in the standings.
 */
counted?: boolean, 
/**
 * When it was opened, UTC milliseconds.
 */
opened?: number, 
/**
 * When it closes by itself, UTC milliseconds.
 */
closes_at?: number, result?: VoteResult, };

export type VoteResult = { ballots: number, 
/**
 * Pitch → votes.
 */
votes: Record<string, number>, };

export type BallotCount = { 
/**
 * Seat codes that were issued.
 */
issued: number, 
/**
 * Ballots that are in.
 */
ballots: number, };

export type PlateStepName = { "turned": number } | "struck" | "scored";

export type PlatesInfo = { pitch: string, step: PlateStepName, 
/**
 * In the order of the seats.
 */
plates: Array<PlateInfo>, 
/**
 * Once struck, where marks are left out within each criterion and no judge's total is.
 */
criteria?: Array<PlateCriterion>, 
/**
 * Every plate has turned, and of so few the rule cannot leave out what it asks for.
 */
fallback?: Fallback, 
/**
 * The final score is the mean of the plates that count; else the rule makes it in its own way.
 */
mean: boolean, 
/**
 * Once it stands.
 */
score?: string, 
/**
 * Points taken off, with the score.
 */
deductions?: Array<PlateDeduction>, };

export type PlateInfo = { 
/**
 * `J3`
 */
judge: string, name: string, 
/**
 * 0–100, decimal string; absent while the plate is face down, and where there is none.
 */
total?: string, 
/**
 * Why there is no total: known of recusals and abstentions from the start, of a missing scorecard once plates turn.
 */
without?: WithoutName, 
/**
 * Left out by the rule, once struck.
 */
dropped?: EndName, };

export type WithoutName = "recused" | "abstained" | "missing";

export type EndName = "highest" | "lowest";

export type PlateCriterion = { name: string, 
/**
 * Marks, as they were given.
 */
highest: Array<string>, lowest: Array<string>, 
/**
 * Points that the criterion brings, decimal string.
 */
points: string, };

export type PlateDeduction = { 
/**
 * Decimal string.
 */
points: string, reason: string, 
/**
 * Milliseconds over, where it was taken for overtime.
 */
over_ms?: number, };

export type Exact = { 
/**
 * `"275/3"`
 */
exact: string, 
/**
 * `"91.67"`
 */
shown: string, };

export type ExplainedCriterion = { id: string, name: string, max: string, weight: number, };

export type ExplainedMark = { criterion: string, mark: string, 
/**
 * Its part of the scorecard's total on 0–100.
 */
points: Exact, 
/**
 * `highest` or `lowest` where it is left out of its criterion.
 */
dropped?: string, 
/**
 * True where an equal mark counts: this one was submitted last.
 */
later_of_equals?: boolean, };

export type ExplainedCard = { 
/**
 * Absent for a scorecard that was filled in with the mean of the others.
 */
judge?: string, marks: Array<ExplainedMark>, total: Exact, 
/**
 * `highest` or `lowest` where the whole scorecard is left out.
 */
dropped?: string, 
/**
 * True where an equal total counts: this scorecard was submitted last.
 */
later_of_equals?: boolean, 
/**
 * In the severity model: the judge's effect, which is taken off.
 */
effect?: Exact, };

export type ExplainedStep = { criterion: string, mean: Exact, 
/**
 * The mean as it goes on, rounded where each step is.
 */
panel: Exact, product: Exact, };

export type ExplainedAudience = { votes: number, points: Exact, 
/**
 * `"1/10"`
 */
share: string, mixed: Exact, };

export type ExplainedDeduction = { points: string, reason: string, };

export type ExplainedValue = { project: string, value: string, };

export type ExplainedSplit = { step: string, values: Array<ExplainedValue>, };

export type ExplainedRounding = { 
/**
 * `half_away`, `half_even`, `truncate`
 */
mode: string, decimals: number, 
/**
 * `end` or `each_step`
 */
at: string, };

export type TieStep = { 
/**
 * `exact`, `criterion`, `countback`, …; `share` where the place stays shared.
 */
step: string, 
/**
 * The criterion's id.
 */
criterion?: string, };

export type ExplainedGap = { place: number, projects: Array<string>, 
/**
 * Between the published scores.
 */
points: string, 
/**
 * What decided where that is nothing.
 */
parted_by?: TieStep, };

export type ExplainedAgainst = { criterion: string, own: Exact, field: Exact, 
/**
 * `strongest` or `weakest`, by the share of the highest mark.
 */
standing?: string, };

export type Explain = { method: string, criteria: Array<ExplainedCriterion>, cards: Array<ExplainedCard>, 
/**
 * Left out at each end.
 */
dropped: number, 
/**
 * Where that is less than the rule asks for.
 */
fallback?: Fallback, 
/**
 * Where marks are left out by criterion or each step is rounded; empty otherwise.
 */
steps: Array<ExplainedStep>, 
/**
 * What the judges gave.
 */
judged: Exact, raw_mean: Exact, audience?: ExplainedAudience, deductions: Array<ExplainedDeduction>, 
/**
 * Before the one rounding.
 */
exact: string, rounding: ExplainedRounding, score: string, 
/**
 * 0 where it is out.
 */
place: number, 
/**
 * It takes part in nothing that ranks: this is its record.
 */
out?: PhaseName, 
/**
 * Projects with the same score.
 */
tied_with: Array<string>, splits: Array<ExplainedSplit>, 
/**
 * The step that decided the place; `share` where it stays shared.
 */
decided_by?: string, 
/**
 * What parted it from its neighbours above and below, where they have the same published score.
 */
above?: TieStep, below?: TieStep, 
/**
 * Absent for the first place.
 */
gap?: ExplainedGap, 
/**
 * By criterion; empty where there is no field to compare with.
 */
against: Array<ExplainedAgainst>, 
/**
 * In the severity model: the parts that no judge joins. Nothing is corrected between them.
 */
unjoined: Array<Part>, };

export type Part = { projects: Array<string>, judges: Array<string>, };

export type Fallback = { cards: number, asked: number, dropped: number, };

export type Note = { "kind": "unequal-panels", least: number, most: number, } | { "kind": "lonely-judge", judge: string, } | { "kind": "unjoined", parts: Array<Part>, } | { "kind": "fallback", fallback: Fallback, projects: Array<string>, };

export type PanelInfo = { 
/**
 * The lists that may be asked for, where tracks rank; the list of all has no `track`.
 */
lists?: Array<PanelList>, 
/**
 * The track whose list this is about; absent: all.
 */
track?: string, 
/**
 * Best first.
 */
rows: Array<PanelRow>, 
/**
 * Who scored one of them.
 */
judges: Array<string>, 
/**
 * Empty where it was not computed: `undefined` says why.
 */
without: Array<WithoutJudge>, 
/**
 * `without_judge` is empty here.
 */
analysis: Analysis, };

export type LogPage = { 
/**
 * Newest first.
 */
lines: Array<LogLine>, 
/**
 * Ask with this for what lies before; absent at the beginning. A page may be short, or empty, although more lies before.
 */
before?: number, };

export type LogLine = { record: number, at: number, 
/**
 * The person's name.
 */
who: string, 
/**
 * `setup`, `stage`, `scoring`, `correction`, `announcing`, `vote`, `result`
 */
kind: string, project?: string, 
/**
 * In the language asked for.
 */
what: string, 
/**
 * Of a rehearsal: it counts for nothing.
 */
rehearsal?: boolean, };

export type PanelList = { track?: string, 
/**
 * The track's name; empty of the list of all.
 */
name: string, };

export type PanelRow = { pitch: string, place: number, score: string, 
/**
 * 0–100, to two decimals; `null` where there is no scorecard.
 */
totals: Array<number | null>, };

export type WithoutJudge = { judge: string, changes: boolean, 
/**
 * `null` where the rule gives no standings then.
 */
podium: Array<PodiumLine> | null, };

export type PodiumLine = { place: number, pitch: string, };

export type Analysis = { icc: { [key in string]: number | null }, icc_ci95: { [key in string]: [number, number] | null }, alpha_interval: number | null, alpha_ordinal: number | null, kendall_w: number | null, 
/**
 * Judges that a mean needs, by the reliability of its ranking.
 */
judges_needed: { [key in string]: number | null }, judges: { [key in string]: JudgeStatistics }, p_first: { [key in string]: number } | null, rank_interval_90: { [key in string]: [number, number] } | null, 
/**
 * `null` where every draw was looked at, else how many were sampled.
 */
draws: number | null, 
/**
 * The whole order without this judge.
 */
without_judge: { [key in string]: Array<string> | null }, 
/**
 * How much the audience's share really weighs.
 */
audience_weight: number | null, 
/**
 * Why a figure is `null`, by its name.
 */
undefined: { [key in string]: string }, };

export type JudgeStatistics = { severity: number | null, standard_error: number | null, consistency: number | null, spread: number, 
/**
 * `severity`, `consistency`, `spread`, `scorecard:P3`
 */
flags: Array<string>, };

export type Problem = { 
/**
 * `about:blank`; the code says what it is.
 */
type: string, 
/**
 * English, for people who read responses, not for pages.
 */
title: string, status: number, 
/**
 * One entry per place in an uploaded file; empty otherwise.
 */
places?: Array<PlaceProblem>, code: string, params?: { [key in string]: string }, };

export type PlaceProblem = { sheet: string, 
/**
 * Row as the spreadsheet numbers it, from 1; 0 for the whole sheet.
 */
row: number, 
/**
 * Column letter; empty for the whole row.
 */
column: string, refusal: Refusal, };

export type Me = { 
/**
 * Nobody has set the organiser's password yet.
 */
unclaimed: boolean, organiser: boolean, 
/**
 * The organiser's current contest, which the bare paths show.
 */
current?: string, seats: Array<Seat>, };

export type Seat = { contest: string, 
/**
 * `host` or `J3`.
 */
seat: string, 
/**
 * The page to open, `/c/7k2m9x/judge?seat=J3`.
 */
page: string, };

export type Claim = { token: string, password: string, };

export type Login = { password: string, };

export type Pair = { token: string, pin?: string, robot?: boolean, };

export type PairTyped = { contest: string, 
/**
 * `host` or `J3`.
 */
seat: string, pin: string, };

export type Pairing = { 
/**
 * Seconds until it hides by itself; absent while it is hidden.
 */
left_secs?: number, 
/**
 * So many PINs were wrong lately that every seat asks for approval.
 */
alarm: boolean, 
/**
 * Seats that were told to ask the host: `J3`.
 */
asking: Array<string>, };

export type ShowPairing = { open: boolean, };

export type ApprovePairing = { seat?: string, };

export type DismissPairing = { seat: string, };

export type SetRubric = { criteria: Array<CriterionInfo>, };

export type SetChair = { 
/**
 * `J3`; `null` for none, which is said and not left out.
 */
chair: string | null, };

export type SetProgramme = { segments: Array<SegmentLine>, };

export type SegmentLine = { 
/**
 * `S4`
 */
id: string, kind: SegmentKindName, title: string, names: Array<string>, 
/**
 * Planned seconds; 0 without a timer.
 */
secs: number, 
/**
 * So many pitches of the running order come before it; absent: after all of them.
 */
after?: number, };

export type DeclareRecusal = { reason: string, };

export type TimingBody = { pitch_secs: number, qa_secs: number, 
/**
 * With so many seconds left; 0 for none.
 */
first_warning_secs: number, second_warning_secs: number, 
/**
 * The timer waits for a hand; else it starts with the pitch.
 */
by_hand: boolean, 
/**
 * Without it time over costs nothing.
 */
overtime?: OvertimeBody, };

export type OvertimeBody = { "kind": "units", grace_secs: number, unit_secs: number, per_unit: string, cap?: string, } | { "kind": "steps", steps: Array<OvertimeStep>, };

export type OvertimeStep = { over_secs: number, points: string, };

export type RecusalLine = { pitch: string, judge: string, reason: string, 
/**
 * The window has not closed: it can be taken back.
 */
open: boolean, };

export type ContestLine = { code: string, title: string, projects: number, judges: number, finished: boolean, current: boolean, };

export type AboutBody = { title: string, subtitle: string, venue: string, 
/**
 * IANA zone, from the organiser's browser.
 */
zone: string, 
/**
 * Public standings follow every mark.
 */
live: boolean, theme?: "tech" | "gold" | "light", 
/**
 * `#rrggbb`, 7 to 1 at least on every ground of the theme.
 */
accent?: string, 
/**
 * Only told: it is set by its own address.
 */
logo?: string, };

export type Created = { code: string, };

export type MakeCurrent = { displace?: boolean, };

export type ContestDetail = { code: string, about: AboutBody, 
/**
 * A scorecard was submitted: rubric, rule and panel stand.
 */
rules_locked: boolean, finished: boolean, 
/**
 * A rehearsal is on: the set-up stands.
 */
rehearsal: boolean, projects: Array<ProjectLine>, judges: Array<JudgeLine>, criteria: Array<CriterionInfo>, rule: RuleLine, cards: Array<CardLine>, 
/**
 * Pitches in running order.
 */
pitches: Array<string>, recusals: Array<RecusalLine>, segments: Array<SegmentLine>, window: WindowInfo, timing: TimingBody, vote?: VoteInfo, ballots?: BallotCount, };

export type ProjectLine = { id: string, number: number, name: string, short: string, track: string, unit: string, presenter: string, 
/**
 * How the MC says the names.
 */
say: string, 
/**
 * What the organiser calls it instead of its number; empty where that is all.
 */
code?: string, };

export type JudgeLine = { id: string, number: number, name: string, unit: string, chair: boolean, };

export type RuleLine = { 
/**
 * `mean`, `trimmed_mean`, …
 */
method: string, 
/**
 * Scorecards dropped at each end.
 */
drop: number, decimals: number, 
/**
 * `judge` or `criterion`: what a trimmed mean leaves out.
 */
trim: string, 
/**
 * Share of the audience in the final score, `"0.2"`; `"0"` without one.
 */
audience: string, ranking: RankingName, pitch_secs: number, qa_secs: number, };

export type PresetLine = { id: string, 
/**
 * Its name in Chinese and in English.
 */
zh: string, en: string, rule: RuleLine, };

export type SetPreset = { preset: string, };

export type RankingName = "overall" | "by_track" | "both";

export type SetRanking = { ranking: RankingName, };

export type CardLine = { 
/**
 * `host` or `J3`.
 */
seat: string, name: string, issued: boolean, 
/**
 * A device holds the seat.
 */
taken: boolean, };

export type IssueCards = { seats: Array<string>, };

export type FreshCard = { seat: string, name: string, 
/**
 * The pairing address with the token in its fragment; `/api/qr.svg?d=…` draws it.
 */
url: string, 
/**
 * Six digits.
 */
pin: string, };

export type SetVote = { title: string, 
/**
 * Pitches that can be chosen.
 */
choices: Array<string>, most: number, admission: "codes" | "devices", 
/**
 * It closes by itself so many seconds after it was opened; 0: by hand.
 */
secs: number, };

export type IssueCodes = { count: number, };

export type FreshCodes = { 
/**
 * Each with its code in the fragment; `/api/qr.svg?d=…` draws it.
 */
urls: Array<string>, };

export type CastBallot = { 
/**
 * The seat code, 32 hex digits; absent where each device has a vote.
 */
code?: string, 
/**
 * 32 hex digits that the device made and keeps.
 */
device: string, 
/**
 * Pitches.
 */
choices: Array<string>, 
/**
 * `opened` of the vote that it is meant for: a ballot of a rehearsal counts in no other.
 */
opened?: number, };

export type LeaveInterest = { 
/**
 * 32 hex digits that the device made: the same again is no second entry.
 */
id: string, name: string, unit: string, 
/**
 * Phone, e-mail, WeChat: as it was typed.
 */
contact: string, purpose: "invest" | "cooperate" | "buy" | "settle" | "other", words: string, 
/**
 * `P3`
 */
projects: Array<string>, 
/**
 * It was agreed that the organiser, and the teams where the organiser chooses so, may read this.
 */
consent: boolean, };

export type InterestLine = { id: string, 
/**
 * UTC milliseconds.
 */
at: number, name: string, unit: string, contact: string, purpose: "invest" | "cooperate" | "buy" | "settle" | "other", words: string, projects: Array<string>, state: "new" | "contacted" | "meeting" | "signed" | "declined", note: string, };

export type SetInterest = { state: "new" | "contacted" | "meeting" | "signed" | "declined", note: string, };

export type Interests = { lines: Array<InterestLine>, linked: Array<string>, };

export type TeamLink = { url: string, };

export type OpenTeam = { token: string, };

export type TeamInterests = { 
/**
 * `P3`
 */
project: string, name: string, lines: Array<InterestLine>, };

export type ImportAnswers = { 
/**
 * Of a text file; empty: as it looks.
 */
encoding: string, 
/**
 * Hidden sheets, rows and columns are read, too.
 */
hidden: boolean, 
/**
 * An empty track stays empty, instead of the one above it.
 */
blank_tracks: boolean, sheets: Array<SheetAnswer>, columns: Array<ColumnAnswer>, 
/**
 * Ids of lines that are not taken, and names of parts.
 */
leave: Array<string>, 
/**
 * Ids of what is gone and is to be removed.
 */
remove: Array<string>, 
/**
 * The preview's; another one means that somebody changed the contest meanwhile.
 */
base: string, };

export type SheetAnswer = { sheet: string, 
/**
 * `projects`, `judges`, `rubric`, `rules`, `programme`; anything else: it is not read.
 */
means: string, };

export type ColumnAnswer = { kind: string, sheet: string, column: string, heading: string, means: string, };

export type ImportPreview = { 
/**
 * Imported, not only looked at.
 */
done: boolean, projects: Array<ProjectLine>, 
/**
 * Beside each project: where it stands, and what it changes.
 */
project_changes: Array<ImportChange>, judges: Array<JudgeLine>, judge_changes: Array<ImportChange>, 
/**
 * In the contest, and not in the file's list of its kind.
 */
gone: Array<GoneLine>, 
/**
 * The file has those that are here in another order.
 */
reordered: boolean, criteria: Array<CriterionInfo>, rule?: RuleLine, 
/**
 * The chair until now, where the file names another.
 */
chair_was?: string, 
/**
 * In the order of the evening.
 */
segments: Array<SegmentLine>, window?: WindowInfo, 
/**
 * Rubric, rule, times, windows, programme: those that the file has.
 */
parts: Array<ImportPart>, sheets: Array<ImportSheet>, tables: Array<ImportTable>, 
/**
 * Rows, columns and sheets that were passed over, each with the reason.
 */
skipped: Array<PlaceProblem>, 
/**
 * What was taken to mean what it does not quite say.
 */
guesses: Array<PlaceProblem>, 
/**
 * What is wrong; nothing can be imported while there is any.
 */
errors: Array<PlaceProblem>, 
/**
 * Why the rules would not take it as it is ticked.
 */
refused?: Refusal, base: string, };

export type ImportChange = { id: string, sheet: string, row: number, 
/**
 * The cells as they are in the file.
 */
cells: Array<string>, 
/**
 * The contest has it; else it is new.
 */
known: boolean, 
/**
 * What differs.
 */
fields: Array<FieldChange>, };

export type FieldChange = { field: string, was: string, says: string, };

export type GoneLine = { id: string, name: string, 
/**
 * What hangs on it, so that it cannot be removed: `pitch`, `recusal`, `draw`, `vote`, `signing`, `scorecard`, `signature`;
 * empty: nothing.
 */
held_by: string, };

export type ImportPart = { 
/**
 * `rubric`, `rule`, `timing`, `window`, `programme`.
 */
part: string, 
/**
 * The contest has it so.
 */
same: boolean, 
/**
 * What keeps it from being changed; empty: nothing.
 */
held_by: string, };

export type ImportSheet = { sheet: string, 
/**
 * Empty: it is not read.
 */
means: string, hidden: boolean, };

export type ImportTable = { sheet: string, kind: string, 
/**
 * The row of its headings.
 */
heading: number, columns: Array<ImportColumn>, rows: Array<ImportRow>, 
/**
 * Rows that are read and not in `rows`.
 */
more: number, };

export type ImportColumn = { column: string, heading: string, 
/**
 * What it is read as; `nothing`: it is not.
 */
means: string, by_hand: boolean, };

export type ImportRow = { row: number, cells: Array<string>, };

export type Address = { 
/**
 * The address in use for QR codes; absent while only loopback is known.
 */
public?: string, 
/**
 * Addresses of this machine to choose from.
 */
choices: Array<string>, 
/**
 * What cards and open tablets have, where that is no address of this machine any more.
 */
was?: string, };

export type SetRobots = { 
/**
 * `J1`, …
 */
judges: Array<string>, 
/**
 * Length of one robot step.
 */
pace_ms: number, 
/**
 * The robots' network misbehaves.
 */
faults: boolean, 
/**
 * Repeats the faults of an earlier rehearsal; a new one is drawn without it.
 */
seed?: number, };

export type Robots = { 
/**
 * Absent while no judge is played by a robot.
 */
play?: RobotPlay, judges: Array<RobotLine>, };

export type RobotPlay = { pace_ms: number, 
/**
 * The seed of the network's faults; absent where the lines hold.
 */
seed?: number, };

export type RobotLine = { judge: string, since: number, 
/**
 * A person has the seat: the robot has stepped aside, or never began.
 */
aside: boolean, 
/**
 * Lines lost.
 */
cuts: number, 
/**
 * Scorecards said again under the same id.
 */
resends: number, 
/**
 * Scorecards that the server has on disk.
 */
received: number, };

export type LevelName = "info" | "green" | "amber" | "red";

export type CheckName = "server" | "socket" | "clock" | "keep" | "screen" | "touch" | "browser" | "awake" | "battery" | "secure";

export type CheckResult = { test: CheckName, level: LevelName, 
/**
 * A stable code in lower case, the page's key.
 */
reason: string, };

export type CheckBody = { 
/**
 * The browser's own mark: a newer report of the same takes the older one's place.
 */
device: string, 
/**
 * What the tester calls it, up to 40 characters.
 */
label: string, 
/**
 * Each test once.
 */
results: Array<CheckResult>, measured: Measures, };

export type Measures = { 
/**
 * Median and worst of the pings, milliseconds.
 */
rtt_ms?: number, worst_ms?: number, 
/**
 * Pings without an answer.
 */
lost?: number, 
/**
 * Server's clock minus the device's, milliseconds.
 */
offset_ms?: number, 
/**
 * Of the window, in CSS pixels.
 */
width?: number, height?: number, 
/**
 * Percent.
 */
battery?: number, };

export type CheckLine = { label: string, 
/**
 * What the browser says it is.
 */
agent: string, 
/**
 * Where it came from.
 */
address: string, at: number, 
/**
 * The worst of its results.
 */
level: LevelName, results: Array<CheckResult>, measured: Measures, };

export type FindingLine = { code: string, level: LevelName, params?: { [key in string]: string }, };

export type DiskState = { 
/**
 * Room for this program; absent where the system does not tell.
 */
free_bytes?: number, 
/**
 * How long a record takes to reach the device, microseconds: the slowest of a few, measured within the last half
 * minute. Absent where the disk did not answer in time.
 */
sync_us?: number, };

export type AddressState = { 
/**
 * In QR codes; absent while only loopback is known.
 */
shown?: string, 
/**
 * What cards and open tablets have, where that is no address of this machine any more.
 */
was?: string, 
/**
 * This machine's own.
 */
here: Array<string>, 
/**
 * Set with `--public-url`.
 */
fixed: boolean, moved: boolean, };

export type Preflight = { 
/**
 * The server's clock, and whether something of the contest happened later than that.
 */
now: number, clock_behind: boolean, disk: DiskState, address: AddressState, 
/**
 * The host's card and those of all judges.
 */
cards: Array<CardLine>, 
/**
 * Names of the scripts that this server's pages load: a device that runs another has an old page.
 */
builds: Array<string>, 
/**
 * Worst first.
 */
findings: Array<FindingLine>, 
/**
 * Newest first.
 */
checks: Array<CheckLine>, };

export const PROTOCOL = 2;
