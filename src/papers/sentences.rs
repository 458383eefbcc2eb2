//! What a fact says to people. Who did it stands beside it. Nothing sealed is in any sentence: no mark, no choice of a voter, no secret
//! of a draw, no code.

use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId, SegmentId};
use crate::domain::terms::announced::{Change, Stand};
use crate::domain::terms::matter::Matter;
use crate::domain::terms::plates::PlateStep;
use crate::domain::terms::programme::Scene;
use crate::domain::terms::proposal::Correction;
use crate::papers::names::Names;

/// So many names stand in a list.
const LISTED: usize = 20;

/// Both languages, with the names that are in sight.
macro_rules! say {
    ($names:expr, $zh:literal, $en:literal) => {
        $names.lang.pick(format!($zh), format!($en))
    };
}

/// One sentence per kind of fact.
#[rustfmt::skip] // a table
pub fn sentence(n: &Names, fact: &Fact) -> String {
    let p = |pitch: &PitchId| n.pitch(*pitch);
    let j = |judge: &JudgeId| n.judge(*judge);
    let of = |project: &ProjectId| project_name(n, *project);
    let r = |round: &RoundId| n.round(*round);
    match fact {
        Fact::ContestCreated { about, .. } => { let t = &about.title; say!(n, "创建大赛“{t}”", "created the contest “{t}”") }
        Fact::AboutChanged { about } => { let t = &about.title; say!(n, "修改大赛信息：{t}", "changed what the contest is called, where it is or how it looks: {t}") }
        Fact::RoundAdded { round, name } => say!(n, "添加轮次 {round} {name}", "added the round {round} {name}"),
        Fact::TrackAdded { track } => { let t = &track.name; say!(n, "添加赛道“{t}”", "added the track “{t}”") }
        Fact::ProjectAdded { project } => { let (id, t) = (project.id, &project.name); say!(n, "添加项目 {id} {t}", "added the project {id} {t}") }
        Fact::ProjectChanged { project } => { let (id, t) = (project.id, &project.name); say!(n, "修改项目 {id}：{t}", "changed the project {id}: {t}") }
        Fact::ProjectRemoved { project } => say!(n, "删除项目 {project}", "removed the project {project}"),
        Fact::JudgeAdded { judge } => { let (id, t) = (judge.id, &judge.name); say!(n, "添加评委 {id} {t}", "added the judge {id} {t}") }
        Fact::JudgeChanged { judge } => { let (id, t) = (judge.id, &judge.name); say!(n, "修改评委 {id}：{t}", "changed the judge {id}: {t}") }
        Fact::JudgeRemoved { judge } => say!(n, "删除评委 {judge}", "removed the judge {judge}"),
        Fact::PanelSet { round, judges, chair } => { let (r, k) = (r(round), judges.len()); match chair {
            Some(chair) => { let c = j(chair); say!(n, "设定 {r} 的评委组：{k} 位，组长 {c}", "set the panel of {r}: {k} judges, chair {c}") }
            None => say!(n, "设定 {r} 的评委组：{k} 位", "set the panel of {r}: {k} judges"),
        } }
        Fact::RubricSet { round, criteria } => { let (r, k) = (r(round), criteria.len()); say!(n, "设定 {r} 的评分标准：{k} 项", "set the rubric of {r}: {k} criteria") }
        Fact::RuleSet { round, .. } => { let r = r(round); say!(n, "设定 {r} 的计分规则", "set the rule of {r}") }
        Fact::TimingSet { round, timing } => { let (r, a, b) = (r(round), timing.pitch_secs, timing.qa_secs); say!(n, "设定 {r} 的时间：路演 {a} 秒，答辩 {b} 秒", "set the times of {r}: pitch {a} s, questions {b} s") }
        Fact::RunningOrderSet { round, order } => { let (r, o) = (r(round), projects(n, order)); say!(n, "设定 {r} 的出场顺序：{o}", "set the running order of {r}: {o}") }
        Fact::PitchStarted { pitch } => { let p = p(pitch); say!(n, "开始路演：{p}", "started the pitch of {p}") }
        Fact::QaStarted { pitch } => { let p = p(pitch); say!(n, "开始答辩：{p}", "started the questions to {p}") }
        Fact::WindowOpened { pitch } => { let p = p(pitch); say!(n, "打开评分窗口：{p}", "opened the scoring of {p}") }
        Fact::WindowClosed { pitch } => { let p = p(pitch); say!(n, "截止评分：{p}", "closed the scoring of {p}") }
        Fact::PitchRevealed { pitch, correction, .. } => { let p = p(pitch); match correction {
            Some(change) => { let c = changed(n, change); say!(n, "向现场公布更正：{p}，{c}", "told the hall a correction of {p}: {c}") }
            None => say!(n, "向现场公布得分：{p}", "told the hall the score of {p}"),
        } }
        Fact::PitchMarkedAbsent { pitch } => { let p = p(pitch); say!(n, "记为缺席：{p}", "marked {p} as absent") }
        Fact::PitchWithdrawn { pitch, reason } => { let p = p(pitch); say!(n, "记为弃赛：{p}（{reason}）", "withdrew {p} ({reason})") }
        Fact::PitchBroughtBack { pitch, attempt } => { let p = p(pitch); match attempt {
            Some(k) => say!(n, "让项目再次上场：{p}，第 {k} 次路演", "brought {p} back, run {k}"),
            None => say!(n, "让项目再次上场：{p}", "brought {p} back"),
        } }
        Fact::PitchDisqualified { pitch, reason } => { let p = p(pitch); say!(n, "取消资格：{p}（{reason}）", "disqualified {p} ({reason})") }
        Fact::PitchReinstated { pitch, reason } => { let p = p(pitch); say!(n, "恢复资格：{p}（{reason}）", "reinstated {p} ({reason})") }
        Fact::PitchRunAgain { pitch, attempt, reason } => { let p = p(pitch); say!(n, "重新路演：{p}，第 {attempt} 次（{reason}）", "had {p} run again, run {attempt} ({reason})") }
        Fact::ScorecardTakenOver { pitch, judge, attempt, reason } => { let (p, j) = (p(pitch), j(judge)); say!(n, "沿用 {j} 在第 {attempt} 次路演的评分表：{p}（{reason}）", "took over the scorecard of {j} from run {attempt} of {p} ({reason})") }
        Fact::SceneShown { scene } => { let s = scene_name(n, *scene); say!(n, "切换画面：{s}", "showed the scene: {s}") }
        Fact::ContestFinished { missing } => { let k = missing.len(); if k == 0 { say!(n, "结束大赛", "finished the contest") } else { say!(n, "结束大赛，留下 {k} 项待办", "finished the contest with {k} open matters") } }
        Fact::ScorecardSubmitted { pitch, judge, version, .. } => { let (p, j) = (p(pitch), j(judge)); say!(n, "提交 {j} 的评分表：{p}，第 {version} 版", "submitted the scorecard of {j} for {p}, version {version}") }
        Fact::ScorecardReopened { pitch, judge, reason } => { let (p, j) = (p(pitch), j(judge)); say!(n, "退回 {j} 的评分表：{p}（{reason}）", "gave the scorecard of {j} for {p} back ({reason})") }
        Fact::ScorecardCameLate { pitch, judge } => { let (p, j) = (p(pitch), j(judge)); say!(n, "{j} 的评分表在截止后才送达：{p}", "reported that the scorecard of {j} for {p} came too late") }
        Fact::TieDecided { round, order, reason, .. } => { let (r, o) = (r(round), projects(n, order)); say!(n, "裁定 {r} 的同分：{o}（{reason}）", "decided a tie of {r}: {o} ({reason})") }
        Fact::RecusalDeclared { pitch, judge, reason } => { let (p, j) = (p(pitch), j(judge)); say!(n, "登记回避：{j} 不评 {p}（{reason}）", "recused {j} from {p} ({reason})") }
        Fact::RecusalWithdrawn { pitch, judge } => { let (p, j) = (p(pitch), j(judge)); say!(n, "撤回回避：{j} 评 {p}", "withdrew the recusal of {j} from {p}") }
        Fact::AbstentionDeclared { pitch, judge, reason } => { let (p, j) = (p(pitch), j(judge)); say!(n, "登记弃权：{j} 不评 {p}（{reason}）", "noted that {j} abstains on {p} ({reason})") }
        Fact::AbstentionWithdrawn { pitch, judge } => { let (p, j) = (p(pitch), j(judge)); say!(n, "撤回弃权：{j} 评 {p}", "withdrew the abstention of {j} on {p}") }
        Fact::ReopeningWithdrawn { pitch, judge } => { let (p, j) = (p(pitch), j(judge)); say!(n, "撤回退回：{j} 给 {p} 的评分表照原样计入", "let the scorecard of {j} for {p} count as it was") }
        Fact::PitchConfirmed { pitch } => { let p = p(pitch); say!(n, "确认评分表：{p}", "confirmed the scorecards of {p}") }
        Fact::ProgrammeSet { segments } => { let k = segments.len(); say!(n, "设定议程：{k} 个环节", "set the programme: {k} segments") }
        Fact::WindowPolicySet { round, .. } => { let r = r(round); say!(n, "设定 {r} 的评分窗口规则", "set when scorecards of {r} are taken") }
        Fact::SegmentStarted { segment } => { let s = segment_name(n, *segment); say!(n, "开始环节：{s}", "began the segment: {s}") }
        Fact::SegmentSkipped { segment } => { let s = segment_name(n, *segment); say!(n, "跳过环节：{s}", "skipped the segment: {s}") }
        Fact::SceneReturned => say!(n, "回到前一个画面", "went back to the scene before"),
        Fact::WindowOpenedEarly { pitch } => { let p = p(pitch); say!(n, "提前打开评分窗口：{p}", "opened the scoring of {p} early") }
        Fact::CountdownSet { pitch, secs } => { let p = p(pitch); match secs {
            Some(s) => say!(n, "{p} 的评分窗口 {s} 秒后截止", "set the scoring of {p} to close in {s} s"),
            None => say!(n, "{p} 的评分窗口改为手动截止", "set the scoring of {p} to close by hand"),
        } }
        Fact::AnnouncementBegun { pitch } => { let p = p(pitch); say!(n, "开始公布：{p}", "began to announce {p}") }
        Fact::TimerBegun { label, secs } => say!(n, "开始计时“{label}”：{secs} 秒", "began the timer “{label}” of {secs} s"),
        Fact::TimerRan => say!(n, "继续计时", "let the timer run"),
        Fact::TimerPaused => say!(n, "暂停计时", "paused the timer"),
        Fact::TimerAdjusted { secs } => say!(n, "调整计时 {secs} 秒", "adjusted the timer by {secs} s"),
        Fact::TimerSet { left_secs } => say!(n, "计时改为剩 {left_secs} 秒", "set the timer to {left_secs} s left"),
        Fact::TimerRestarted => say!(n, "重新计时", "restarted the timer"),
        Fact::TimerDropped => say!(n, "取消计时", "dropped the timer"),
        Fact::DeductionMade { pitch, points, reason, over_ms } => { let p = p(pitch); match over_ms {
            Some(over) => { let s = over / 1_000; say!(n, "超时扣分：{p} 超 {s} 秒，扣 {points} 分", "took {points} off {p} for {s} s of overtime") }
            None => say!(n, "扣分：{p} 扣 {points} 分（{reason}）", "took {points} off {p} ({reason})"),
        } }
        Fact::DeductionRemoved { pitch, deduction, reason } => { let p = p(pitch); say!(n, "取消第 {deduction} 号扣分：{p}（{reason}）", "removed the deduction no. {deduction} of {p} ({reason})") }
        Fact::OvertimeDismissed { pitch, reason } => { let p = p(pitch); say!(n, "超时不扣分：{p}（{reason}）", "dismissed the overtime of {p} ({reason})") }
        Fact::DrawCommitted { round, projects: all, .. } => { let (r, k) = (r(round), all.len()); say!(n, "开始 {r} 的抽签：{k} 个项目，密钥已封存", "began the draw of {r}: {k} projects, the secret is sealed") }
        Fact::NumberCalled { number, .. } => say!(n, "现场报数：{number}", "took a number that the hall called: {number}"),
        Fact::DrawRevealed { round } => { let r = r(round); say!(n, "公开 {r} 的抽签结果", "told the draw of {r}") }
        Fact::ActionUndone { action } => say!(n, "撤销第 {action} 号操作", "took action no. {action} back"),
        Fact::RehearsalBegun => say!(n, "开始彩排", "began a rehearsal"),
        Fact::RehearsalWiped => say!(n, "结束彩排，彩排内容全部作废", "ended the rehearsal; nothing of it counts"),
        Fact::ScorecardsSigned { round, judge, .. } => { let (r, j) = (r(round), j(judge)); say!(n, "{j} 为 {r} 的评分表签名", "took the signature of {j} under the scorecards of {r}") }
        Fact::PlatesShown { pitch, step } => { let (p, s) = (p(pitch), plate(n, *step)); say!(n, "亮分：{p}，{s}", "showed the plates of {p}: {s}") }
        Fact::AwardsSet { round, awards } => { let (r, k) = (r(round), awards.len()); say!(n, "设定 {r} 的奖项：{k} 个", "set the awards of {r}: {k}") }
        Fact::BoardFrozen { round } => { let r = r(round); say!(n, "封榜：{r}", "froze the standings of {r}") }
        Fact::DecisionsTold { round, .. } => { let r = r(round); say!(n, "公布 {r} 的同分裁定", "told what was decided about a tie of {r}") }
        Fact::BoardThawed { round, .. } => { let r = r(round); say!(n, "解除封榜：{r}", "let the standings of {r} follow again") }
        Fact::RevealBegun { round, .. } => { let r = r(round); say!(n, "开始揭晓：{r}", "began the reveal of {r}") }
        Fact::RevealStepped { round, to } => { let r = r(round); say!(n, "揭晓 {r} 到第 {to} 步", "showed the reveal of {r} up to step {to}") }
        Fact::RevealEnded { round } => { let r = r(round); say!(n, "中止揭晓：{r}", "broke the reveal of {r} off") }
        Fact::BoardPublished { round, .. } => { let r = r(round); say!(n, "公布 {r} 的全部排名", "told the hall all standings of {r}") }
        Fact::VoteSet { question } => { let (t, k) = (&question.title, question.choices.len()); say!(n, "设置观众投票“{t}”：{k} 个选项", "set the vote “{t}”: {k} choices") }
        Fact::SeatCodesIssued { codes } => { let k = codes.len(); say!(n, "生成 {k} 个座位码", "made {k} seat codes") }
        Fact::VoteOpened => say!(n, "开始观众投票", "opened the vote"),
        Fact::BallotCast { .. } => say!(n, "投出一票", "cast a ballot"),
        Fact::VoteClosed => say!(n, "结束观众投票", "closed the vote"),
        Fact::BoardShown { track, page } => { let t = track.and_then(|id| n.contest.show.tracks.get(&id)).map_or("", |track| track.name.as_str()); say!(n, "翻到排行榜第 {page} 页 {t}", "turned the leaderboard to page {page} {t}") }
        Fact::SigningAnnounced { project, partner } => { let p = of(project); say!(n, "公布签约：{p} 与 {partner}", "told the hall that {p} signed with {partner}") }
        Fact::SigningWithdrawn { project, partner } => { let p = of(project); say!(n, "撤下签约：{p} 与 {partner}", "took back that {p} signed with {partner}") }
        Fact::MessageShown { lines } => { let t = lines.join(" / "); say!(n, "向现场显示文字：{t}", "showed the hall a message: {t}") }
        Fact::CurtainDrawn { segment } => { let s = segment_name(n, *segment); say!(n, "揭牌：{s}", "opened the curtain: {s}") }
        Fact::PodiumStepped { to } => say!(n, "领奖台显示到第 {to} 步", "showed the podium up to step {to}"),
        Fact::VoteRevealed { .. } => say!(n, "公布投票结果", "told the hall the votes"),
        Fact::ResultConfirmed { round, .. } => { let r = r(round); say!(n, "复核 {r} 的结果", "confirmed the result of {r}") }
        Fact::ResultMadeOfficial { round, .. } => { let r = r(round); say!(n, "宣布 {r} 的结果为正式结果", "made the result of {r} official") }
        Fact::ResultPublished { round, until, .. } => { let r = r(round); say!(n, "公布 {r} 的结果，公示至 {until}", "published the result of {r}, objections until {until}") }
        Fact::StepTakenBack { round, step, reason } => { let (r, s) = (r(round), n.lang.life(*step)); say!(n, "撤回 {r} 的“{s}”（{reason}）", "took “{s}” of {r} back ({reason})") }
        Fact::CorrectionProposed { correction, reason } => { let c = correction_name(n, correction); say!(n, "提议更正：{c}（{reason}）", "proposed a correction: {c} ({reason})") }
        Fact::CorrectionAgreed { proposal } => say!(n, "同意第 {proposal} 号提议", "agreed to proposal no. {proposal}"),
        Fact::CorrectionRefused { proposal, reason } => say!(n, "不同意第 {proposal} 号提议（{reason}）", "refused proposal no. {proposal} ({reason})"),
        Fact::CorrectionWithdrawn { proposal } => say!(n, "撤回第 {proposal} 号提议", "withdrew proposal no. {proposal}"),
        Fact::MatterLeft { matter, reason } => { let m = matter_name(n, *matter); say!(n, "待办保持现状：{m}（{reason}）", "left an open matter as it is: {m} ({reason})") }
    }
}

fn project_name(n: &Names, project: ProjectId) -> String {
    format!("{} {}", n.number(project), n.project(project))
}

/// Numbers, and how many more there are.
fn projects(n: &Names, all: &[ProjectId]) -> String {
    let listed: Vec<String> = all.iter().take(LISTED).map(|project| n.number(*project)).collect();
    let (listed, k) = (listed.join(" "), all.len());
    if k > LISTED { say!(n, "{listed} 等 {k} 个", "{listed} … of {k}") } else { listed }
}

fn segment_name(n: &Names, segment: SegmentId) -> String {
    n.contest.show.segment(segment).map_or_else(|| segment.to_string(), |known| known.title.clone())
}

fn changed(n: &Names, change: &Change) -> String {
    let stand = |stand: &Stand| match (&stand.score, stand.place) {
        (Some(score), Some(place)) => say!(n, "{score} 分第 {place} 名", "{score}, place {place}"),
        (Some(score), None) => say!(n, "{score} 分，无名次", "{score}, no place"),
        (None, _) => say!(n, "不在排名中", "not ranked"),
    };
    format!("{} → {}", stand(&change.old), stand(&change.new))
}

fn plate(n: &Names, step: PlateStep) -> String {
    match step {
        PlateStep::Turned(k) => say!(n, "翻开 {k} 张", "{k} turned"),
        PlateStep::Struck => say!(n, "划去最高最低分", "the extremes struck"),
        PlateStep::Scored => say!(n, "显示得分", "the score"),
    }
}

fn scene_name(n: &Names, scene: Scene) -> &'static str {
    match scene {
        Scene::Cover => n.lang.pick("封面", "cover"),
        Scene::Pitch => n.lang.pick("路演", "pitch"),
        Scene::OnDeck => n.lang.pick("候场", "on deck"),
        Scene::Segment => n.lang.pick("环节", "segment"),
        Scene::Timer => n.lang.pick("计时", "timer"),
        Scene::Draw => n.lang.pick("抽签", "draw"),
        Scene::Leaderboard => n.lang.pick("排行榜", "leaderboard"),
        Scene::Podium => n.lang.pick("领奖台", "podium"),
        Scene::Black => n.lang.pick("黑屏", "black"),
        Scene::Reveal => n.lang.pick("揭晓", "reveal"),
        Scene::Vote => n.lang.pick("投票", "vote"),
        Scene::Message => n.lang.pick("文字", "message"),
        Scene::Logo => n.lang.pick("标志", "logo"),
        Scene::Signed => n.lang.pick("签约", "signings"),
        Scene::Correction => n.lang.pick("更正", "correction"),
    }
}

fn correction_name(n: &Names, correction: &Correction) -> String {
    let about = correction.pitch().map(|pitch| n.pitch(pitch)).unwrap_or_default();
    match correction {
        Correction::Deduct { points, .. } => say!(n, "{about} 扣 {points} 分", "{points} off {about}"),
        Correction::RemoveDeduction { deduction, .. } => {
            say!(n, "{about} 取消第 {deduction} 号扣分", "remove the deduction no. {deduction} of {about}")
        }
        Correction::ConfirmOvertime { .. } => say!(n, "{about} 扣超时分", "take off the overtime of {about}"),
        Correction::DismissOvertime { .. } => {
            say!(n, "{about} 超时不扣分", "dismiss the overtime of {about}")
        }
        Correction::ReopenScorecard { judge, .. } => {
            let judge = n.judge(*judge);
            say!(n, "{about} 退回 {judge} 的评分表", "give the scorecard of {judge} for {about} back")
        }
        Correction::WithdrawReopening { judge, .. } => {
            let judge = n.judge(*judge);
            say!(
                n,
                "{about} 撤回对 {judge} 的退回",
                "let the scorecard of {judge} for {about} count as it was"
            )
        }
        Correction::DeclareRecusal { judge, .. } => {
            let judge = n.judge(*judge);
            say!(n, "{about} {judge} 回避", "recuse {judge} from {about}")
        }
        Correction::WithdrawRecusal { judge, .. } => {
            let judge = n.judge(*judge);
            say!(n, "{about} 取消 {judge} 的回避", "withdraw the recusal of {judge} from {about}")
        }
        Correction::DecideTie { order, .. } => {
            let order = projects(n, order);
            say!(n, "裁定同分 {order}", "decide the tie {order}")
        }
        Correction::WithdrawPitch { .. } => say!(n, "{about} 弃赛", "withdraw {about}"),
        Correction::Disqualify { .. } => say!(n, "{about} 取消资格", "disqualify {about}"),
        Correction::Reinstate { .. } => say!(n, "{about} 恢复资格", "reinstate {about}"),
    }
}

fn matter_name(n: &Names, matter: Matter) -> String {
    let about = matter.pitch().map(|pitch| n.pitch(pitch)).unwrap_or_default();
    match matter {
        Matter::NeverCame { .. } => say!(n, "{about} 没有上场", "{about} never came"),
        Matter::Unscored { .. } => say!(n, "{about} 没有得分", "{about} has no score"),
        Matter::Unannounced { .. } => say!(n, "{about} 没有公布", "{about} was not announced"),
        Matter::GivenBack { judge, .. } => {
            let judge = n.judge(judge);
            say!(n, "{judge} 给 {about} 的评分表退回后没有再交", "{judge} has not handed {about} in again")
        }
        Matter::CameLate { judge, .. } => {
            let judge = n.judge(judge);
            say!(n, "{judge} 给 {about} 的评分表晚到", "the scorecard of {judge} for {about} came too late")
        }
        Matter::Signature { judge, .. } => {
            let judge = n.judge(judge);
            say!(n, "{judge} 没有签名", "{judge} has not signed")
        }
        Matter::Corrected { .. } => say!(n, "{about} 有更正没有公布", "a correction of {about} was not told"),
        Matter::TooFew { .. } => say!(n, "{about} 评分表不足", "{about} has too few scorecards"),
        Matter::Overtime { .. } => say!(n, "{about} 超时没有处理", "the overtime of {about}"),
        Matter::Tied { place, .. } => say!(n, "第 {place} 名并列", "place {place} is shared"),
        Matter::Decided { .. } => say!(n, "同分裁定没有公布", "a decided tie was not told"),
        Matter::Untracked { .. } => say!(n, "{about} 没有赛道", "{about} has no track"),
        Matter::Audience { .. } => say!(n, "观众投票没有计入", "the audience's share"),
        Matter::Frozen { .. } => say!(n, "仍在封榜", "the standings are frozen"),
        Matter::Rescored { .. } => say!(
            n,
            "按现在的算法，公布过的排名有变",
            "the published standings come out otherwise by today’s arithmetic"
        ),
        Matter::Proposed { proposal } => say!(n, "第 {proposal} 号提议", "proposal no. {proposal}"),
    }
}
