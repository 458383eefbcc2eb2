//! What the scenarios look at: `WHAT: expected`.

use super::{Stage, id, on};
use crate::harness::picture;
use podium::domain::cue::{self, Cue};
use podium::domain::kernel::ids::{PitchId, ProjectId, RoundId};
use podium::domain::kernel::time::Millis;
use podium::domain::query::corrections;
use podium::domain::query::life::{self, Fallen};
use podium::domain::query::open;
use podium::domain::query::result;
use podium::domain::query::signature;
use podium::domain::query::undo;
use podium::domain::settling;
use podium::domain::state::contest::Contest;
use podium::domain::state::life::{Entry, Said};
use podium::domain::state::proposal::{Answered, Proposal};
use podium::domain::state::signature::Signature;
use podium::domain::state::timer::Timed;
use podium::domain::terms::announced::Stand;
use podium::wire::explain::TieStep;
use podium::wire::view::cockpit::CueName;
use podium::wire::view::host::host;
use podium::wire::view::judge::{Memo, judge};
use podium::wire::view::mc::mc;
use podium::wire::view::parts::{StandingRow, standing_row};
use podium::wire::view::presence::Presence;
use podium::wire::view::public::public;
use podium::wire::view::reveal::StepInfo;
use podium::wire::view::revealed::Revealed;

/// `close-window P1`
fn cue_text(cue: Cue) -> String {
    let name = serde_json::to_value(CueName::from(cue)).unwrap();
    let subject = match cue {
        Cue::StartSegment(segment) => format!(" {segment}"),
        Cue::DrawCurtain(segment) => format!(" {segment}"),
        Cue::StepReveal(_, to) => format!(" {to}"),
        Cue::StepPodium(to) => format!(" {to}"),
        Cue::ShowBoard(list) => list.map_or(" all".to_owned(), |track| format!(" {track}")),
        Cue::ShowPlates(pitch, step) => format!(" {} {}", pitch.project, super::verbs::step_text(step)),
        Cue::LeaveOpen(matter) => format!(" {}", matter.to_string().replace("R1-", "")),
        cue => cue.pitch().map_or(String::new(), |pitch| format!(" {}", pitch.project)),
    };
    format!("{}{subject}", name.as_str().unwrap())
}

/// `P1 80.00 1 to 60.00 2`
fn correction_text(contest: &Contest, pitch: PitchId) -> String {
    let found = corrections::of(contest, pitch).unwrap();
    let stand = |stand: Stand| {
        let place = stand.place.map_or("-".to_owned(), |place| place.to_string());
        format!("{} {place}", stand.score.as_deref().unwrap_or("-"))
    };
    format!("{} {} to {}", pitch.project, stand(found.old), stand(found.new))
}

/// `official`, `published until 2026-12-05`, `provisional: changed`
fn life_text(contest: &Contest) -> String {
    let round = contest.round(RoundId(1)).unwrap();
    let until = life::until(contest, round).map(|day| format!(" until {day}")).unwrap_or_default();
    let fallen = life::fallen(contest, round).map(|why| match why {
        Fallen::Changed => "changed".to_owned(),
        Fallen::Open(matter) => matter.to_string().replace("R1-", ""),
        Fallen::Running => "running".to_owned(),
    });
    format!("{}{until}{}", life::of(contest, round), fallen.map(|why| format!(" {why}")).unwrap_or_default())
}

/// `confirmed by auditor`, `official back by judge:J1 (看错)`
fn said_text(contest: &Contest) -> Vec<String> {
    let said = |entry: &Entry| {
        let by = entry.stamp.by.unwrap();
        match &entry.said {
            Said::Made { .. } => format!("{} by {by}", entry.step),
            Said::TakenBack { reason } => format!("{} back by {by} ({reason})", entry.step),
        }
    };
    life::entries(contest, RoundId(1)).iter().map(said).collect()
}

/// `waiting`, `agreed by auditor`
fn proposals_text(contest: &Contest) -> Vec<String> {
    let one = |one: &Proposal| match &one.answer {
        None => {
            let void = settling::void(contest, one);
            void.map_or_else(|| "waiting".to_owned(), |why| format!("void {}", why.code()))
        }
        Some(answer) => {
            let by = answer.stamp.by.unwrap();
            match &answer.said {
                Answered::Agreed => format!("agreed by {by}"),
                Answered::Refused { reason } => format!("refused by {by} ({reason})"),
                Answered::Withdrawn => format!("withdrawn by {by}"),
            }
        }
    };
    contest.proposals.iter().map(one).collect()
}

/// What every page is told, with the day.
fn told_as(contest: &Contest) -> String {
    let result = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None)).result;
    let Some(result) = result else { return "provisional".into() };
    let life = serde_json::to_value(result.life).unwrap();
    let until = result.until.map(|day| format!(" until {day}")).unwrap_or_default();
    format!("{}{until}", life.as_str().unwrap())
}

fn clock(ms: i64) -> String {
    let secs = ms.abs() / 1_000;
    format!("{}{}:{:02}", if ms < 0 { "-" } else { "" }, secs / 60, secs % 60)
}

/// `pitch 7:30 running`
fn timer_text(contest: &Contest, now: Millis) -> String {
    let Some(timer) = &contest.show.stage.timer else { return "nothing".into() };
    let what = match &timer.of {
        Timed::Pitch => "pitch",
        Timed::Qa => "qa",
        Timed::Segment => "segment",
        Timed::Custom(label) => label,
    };
    let left = timer.planned_ms as i64 - timer.spent_ms(now) as i64;
    format!("{what} {} {}", clock(left), if timer.since.is_some() { "running" } else { "paused" })
}

/// `J1 92.00 highest`, `J2 down`, `J3 recused`; then criteria with what they leave out, the score, what is taken off.
fn plates_text(contest: &Contest) -> Vec<String> {
    let Some(plates) = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None)).plates else {
        return Vec::new();
    };
    let name = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let plate = |one: &podium::wire::view::plates::PlateInfo| {
        let without = one.without.map(|why| name(serde_json::to_value(why).unwrap()));
        let shown = one.total.clone().or(without).unwrap_or_else(|| "down".into());
        let dropped = one.dropped.map(|end| format!(" {}", name(serde_json::to_value(end).unwrap())));
        format!("{} {shown}{}", one.judge, dropped.unwrap_or_default())
    };
    let mut text: Vec<String> = plates.plates.iter().map(plate).collect();
    text.extend(plates.criteria.iter().map(|row| {
        format!("{} without {} and {}: {}", row.name, row.highest.join("+"), row.lowest.join("+"), row.points)
    }));
    text.extend(plates.score.map(|score| format!("score {score}")));
    text.extend(plates.deductions.iter().map(|one| format!("off {}", one.points)));
    text
}

/// `criterion:innovation`, `share`
fn tie_text(tie: &TieStep) -> String {
    let criterion = tie.criterion.as_ref().map(|criterion| format!(":{criterion}"));
    format!("{}{}", tie.step, criterion.unwrap_or_default())
}

/// What the hall was told by the last step: `left P1+P2`, `3 P4 60.00`, `一等奖 P1+P2`, `aside P9`.
fn board_text(contest: &Contest) -> Vec<String> {
    let view = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None));
    let short = |pitches: &[String]| {
        pitches.iter().map(|pitch| pitch.trim_start_matches("R1-")).collect::<Vec<_>>().join("+")
    };
    let board = view.reveal.map(|reveal| reveal.steps);
    let told = board.as_ref().and_then(|steps| steps.last()).map(|step| match step {
        StepInfo::Unplaced { pitches, out } => {
            let why = |pitch: &String| out.get(pitch).map(|phase| format!(" {phase:?}").to_lowercase());
            let named = pitches.iter().map(|pitch| {
                format!("{}{}", pitch.trim_start_matches("R1-"), why(pitch).unwrap_or_default())
            });
            vec![format!("aside {}", named.collect::<Vec<_>>().join(" + "))]
        }
        StepInfo::Remaining { track, pitches } => {
            vec![format!("{track} left {}", short(pitches)).trim().to_owned()]
        }
        StepInfo::Award { name, pitches } => vec![format!("{name} {}", short(pitches)).trim().to_owned()],
        StepInfo::Places { track, rows } => rows
            .iter()
            .map(|row| {
                let (place, pitch) = (row.place.unwrap(), short(std::slice::from_ref(&row.pitch)));
                let tie = row.tie.as_ref().map(tie_text).unwrap_or_default();
                format!("{track} {place} {pitch} {} {tie}", row.score).trim().to_owned()
            })
            .collect(),
    });
    told.unwrap_or_default()
}

/// What the hall knows of the vote: its state, then `P1 3` where it was told.
fn votes_text(contest: &Contest) -> Vec<String> {
    let view = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None));
    let Some(vote) = view.vote else { return Vec::new() };
    let counts = vote.result.into_iter().flat_map(|result| result.votes);
    let told = counts.map(|(pitch, votes)| format!("{} {votes}", pitch.trim_start_matches("R1-")));
    std::iter::once(vote.state.to_string()).chain(told).collect()
}

impl Stage {
    /// What the cockpit and the tablets show.
    fn cockpit_shows(&self, what: &str, expected: &str) -> Vec<String> {
        let contest = &self.contest;
        let round = &contest.show.rounds[&RoundId(1)];
        let view = || host(contest, &picture(contest), &Presence::default(), None).unwrap();
        let subject = expected.split(' ').next().unwrap();
        let projects = |order: &[ProjectId]| order.iter().map(ToString::to_string).collect::<Vec<_>>();
        match what {
            "cue" => cue::next(contest).map(cue_text).into_iter().collect(),
            "missing" => {
                open::matters(contest).iter().map(|one| one.to_string().replace("R1-", "")).collect()
            }
            "waits-for" => {
                open::blocking(contest).iter().map(|one| one.to_string().replace("R1-", "")).collect()
            }
            "life" => vec![life_text(contest)],
            "said" => said_text(contest),
            "proposals" => proposals_text(contest),
            "told-as" => vec![told_as(contest)],
            "press" => {
                let press = cue::next(contest).map(|cue| cue.press(contest));
                press.into_iter().map(|press| format!("{press:?}").to_lowercase()).collect()
            }
            "cues" => cue::following(contest, 3).into_iter().map(cue_text).collect(),
            "correction" => corrections::open(contest).map(|pitch| correction_text(contest, pitch)).collect(),
            "plates" => plates_text(contest),
            "told" => board_text(contest),
            // What the console says of the correction that is open, and the hall of the one that it looks at.
            "back" => {
                let open = picture(contest).cues.first().and_then(|cue| cue.correction.clone());
                let told = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None)).correction;
                let back = open.or(told.map(|told| told.change)).and_then(|change| change.back);
                back.map(|phase| format!("{phase:?}").to_lowercase()).into_iter().collect()
            }
            // Every row of a reveal that has a tie, oldest step first.
            "told-ties" => {
                let view = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None));
                let rows =
                    view.reveal.into_iter().flat_map(|reveal| reveal.steps).flat_map(|step| match step {
                        StepInfo::Places { rows, .. } => rows,
                        StepInfo::Unplaced { .. } | StepInfo::Remaining { .. } | StepInfo::Award { .. } => {
                            Vec::new()
                        }
                    });
                let tied = |row: StandingRow| {
                    Some(format!("{} {}", row.pitch.trim_start_matches("R1-"), tie_text(row.tie.as_ref()?)))
                };
                rows.filter_map(tied).collect()
            }
            "unranked" => {
                let view = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None));
                view.unranked.iter().map(|pitch| pitch.trim_start_matches("R1-").to_owned()).collect()
            }
            "steps-of" => {
                let outcome = picture(contest).outcome.expect("the round is over");
                vec![if outcome.unranked { "nobody" } else { "places" }.to_owned()]
            }
            "places-told" => {
                let view = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None));
                view.podium_told.iter().map(ToString::to_string).collect()
            }
            "podium" => {
                let view = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None));
                view.podium_track.into_iter().collect()
            }
            "announced-in" => {
                let view = mc(contest, &picture(contest), false).unwrap().announcement.unwrap();
                let (place, of) = (view.place.unwrap(), view.of);
                vec![format!("{} {place} of {of}", view.track.unwrap_or_else(|| "all".into()))]
            }
            "unveiled" => vec![contest.show.stage.unveiled.to_string()],
            "votes" => votes_text(contest),
            "board" => {
                let view = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None));
                let text = |to: podium::wire::view::reveal::LeaderboardPage| {
                    format!("{} {}", to.track.unwrap_or_else(|| "all".into()), to.page)
                };
                view.leaderboard.map(text).into_iter().collect()
            }
            "signed" => {
                let view = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None));
                view.signings.iter().map(|one| format!("{} {}", one.project, one.partner)).collect()
            }
            "message" => {
                let code = contest.code.as_ref().unwrap();
                public(&Revealed::of(code, contest, None)).message
            }
            "ties" => {
                let view = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None));
                let tied = |row: StandingRow| {
                    Some(format!("{} {}", row.pitch.trim_start_matches("R1-"), tie_text(row.tie.as_ref()?)))
                };
                view.standings.into_iter().filter_map(tied).collect()
            }
            "falls-back" => {
                let cues = picture(contest).cues;
                let cue = cues.first().and_then(|cue| cue.fallback);
                let plates = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None)).plates;
                let fallback = cue.or_else(|| plates.and_then(|plates| plates.fallback));
                fallback
                    .iter()
                    .map(|one| format!("{} of {} with {}", one.dropped, one.asked, one.cards))
                    .collect()
            }
            "notes" => {
                let kind = |note| serde_json::to_value(note).unwrap()["kind"].as_str().unwrap().to_owned();
                picture(contest).notes.iter().map(kind).collect()
            }
            "moves" => {
                let view = public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None));
                let moved = |row: StandingRow| {
                    let (was, now) = row.was.zip(row.place).filter(|(was, now)| was != now)?;
                    Some(format!("{} {was} to {now}", row.pitch.trim_start_matches("R1-")))
                };
                view.standings.into_iter().filter_map(moved).collect()
            }
            "ballots" => vec![contest.sealed.ballots.len().to_string()],
            "scene" => vec![serde_json::to_value(contest.show.stage.scene).unwrap().as_str().unwrap().into()],
            "segment" => {
                contest.show.segment_now().map(|segment| segment.id.to_string()).into_iter().collect()
            }
            "items" => {
                view().hall.items.iter().map(|item| item.trim_start_matches("R1-").to_owned()).collect()
            }
            "order" => projects(&round.order),
            "timer" => vec![timer_text(contest, self.now)],
            "run" => vec![contest.run.to_string()],
            "hash" => round.draw.iter().map(|draw| draw.hash.clone()).collect(),
            "undo" => match undo::newest(contest) {
                None => Vec::new(),
                Some(action) => match undo::stands_for_good(contest, action) {
                    Some(why) => vec![format!("{} {why}", action.fact.row().kind)],
                    None => vec![action.fact.row().kind.to_owned()],
                },
            },
            "open" => {
                let shown = judge(
                    contest,
                    &picture(contest),
                    id(subject),
                    &Presence::default(),
                    &mut Memo::default(),
                )
                .unwrap();
                let open = shown.open.iter().map(|pitch| pitch.trim_start_matches("R1-"));
                vec![format!("{subject} {}", open.collect::<Vec<_>>().join("+")).trim_end().to_owned()]
            }
            "overtime" => {
                let pitch = &view().pitches[&on(subject).to_string()];
                let shown = pitch.overtime.as_ref().map_or("none".to_owned(), |over| {
                    let points = over.points.as_deref().unwrap_or("nothing due");
                    format!("{} {points}", clock(over.over_ms as i64))
                });
                vec![format!("{subject} {shown}")]
            }
            "deductions" => {
                let taken = &contest.pitch(on(subject)).unwrap().deductions;
                let points = taken.iter().map(|one| one.points.to_string()).collect::<Vec<_>>();
                vec![format!("{subject} {}", points.join("+")).trim_end().to_owned()]
            }
            what => panic!("nothing is known about {what:?}"),
        }
    }

    /// `1 P2 80.33, 2 P1 60.17`; `-` for the place of who is not ranked; `nothing`.
    pub fn check(&self, what: &str, expected: &str) {
        let round = &self.contest.show.rounds[&RoundId(1)];
        let shown = |row: StandingRow| {
            let place = row.place.map_or("-".to_owned(), |place| place.to_string());
            let of = row.track.map(|track| format!("{track} ")).unwrap_or_default();
            format!("{of}{place} {} {}", row.pitch.trim_start_matches("R1-"), row.score)
        };
        let rows: Vec<String> = match what {
            "standings" => result::provisional(&self.contest, round)
                .into_iter()
                .map(|row| shown(standing_row(&self.contest.show, row)))
                .collect(),
            "hall" => {
                let code = self.contest.code.as_ref().unwrap();
                let view = public(&Revealed::of(code, &self.contest, None));
                view.track_standings.into_iter().chain(view.standings).map(shown).collect()
            }
            "confirmed" => {
                let (project, _) = expected.split_once(' ').unwrap();
                let confirmed = self.contest.pitch(on(project)).unwrap().confirmed;
                vec![format!("{project} {}", if confirmed { "yes" } else { "no" })]
            }
            "signature" => {
                let (judge, _) = expected.split_once(' ').unwrap();
                let holds =
                    |signed: &Signature| signed.digest == signature::digest(&self.contest, round, id(judge));
                let state = match round.signatures.get(&id(judge)) {
                    None => "none",
                    Some(signed) if holds(signed) => "holds",
                    Some(_) => "void",
                };
                vec![format!("{judge} {state}")]
            }
            "progress" => {
                let (project, _) = expected.split_once(' ').unwrap();
                let (k, n) = self.contest.progress(self.contest.pitch(on(project)).unwrap());
                vec![format!("{project} {k} of {n}")]
            }
            "next" => vec![round.next().map_or("nothing".into(), |pitch| pitch.project.to_string())],
            "runs" => {
                let (project, _) = expected.split_once(' ').unwrap();
                let runs = self.contest.sealed.runs(on(project)).iter();
                let kept = runs.map(|run| format!("{}/{}", run.pitch.attempt, run.cards.iter().count()));
                let kept = kept.collect::<Vec<_>>().join("+");
                vec![format!("{project} {}", if kept.is_empty() { "none" } else { &kept })]
            }
            // As far as the hall knows.
            "hall-phase" => {
                let (project, _) = expected.split_once(' ').unwrap();
                let pitch = self.contest.pitch(on(project)).unwrap();
                vec![format!(
                    "{project} {}",
                    podium::domain::query::out::phase(pitch, &self.contest.published)
                )]
            }
            "phase" => {
                let (project, _) = expected.split_once(' ').unwrap();
                vec![format!("{project} {}", self.contest.pitch(on(project)).unwrap().phase)]
            }
            what => self.cockpit_shows(what, expected),
        };
        let rows = if rows.is_empty() { "nothing".to_owned() } else { rows.join(", ") };
        assert_eq!(rows, expected, "{what}");
    }
}
