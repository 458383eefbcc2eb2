//! The same through the evening's ceremonies: plates that turn one by one, a frozen board, the audience's vote, the reveal.

use super::{Evening, alike, distinctive, score, secrets};
use crate::harness::pitch;
use axum::http::Method;
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, ProjectId, RoundId};
use podium::domain::terms::plates::{PlateStep, Turning};
use podium::domain::terms::programme::WindowPolicy;
use podium::domain::terms::reveal::Mode;
use podium::domain::terms::vote::{Admission, Question};
use podium::wire::command::ClientCommand as C;
use podium::wire::view::host::HostView;
use podium::wire::view::reveal::StepInfo;
use serde_json::json;

const ROUND: RoundId = RoundId(1);

impl Evening {
    /// What the organiser has set up: plates one by one, a vote in which each device has one.
    async fn with_ceremonies(salt: u16) -> Self {
        let evening = Evening::begin(salt).await;
        let handle = evening.hall.serving().app.registry.get(&evening.hall.code).unwrap();
        let policy = WindowPolicy { plates: Turning::OneByOne, ..WindowPolicy::default() };
        let question = Question {
            round: ROUND,
            title: "人气".into(),
            choices: (1..=3).map(ProjectId).collect(),
            most: 1,
            admission: Admission::Devices,
            secs: 0,
        };
        for (id, command) in
            [(91, Command::SetWindowPolicy { round: ROUND, policy }), (92, Command::SetVote { question })]
        {
            handle.submit(Actor::Host, CommandId(id), command).await.unwrap();
        }
        evening
    }

    async fn vote(&self, device: u16, project: u16) {
        let path = format!("/api/contests/{}/ballots", self.hall.code);
        let ballot = json!({"device": format!("{device:032x}"), "choices": [format!("R1-P{project}")]});
        let body = serde_json::to_vec(&ballot).unwrap();
        let (status, _) = self.hall.browser().request(Method::POST, &path, Some(body)).await.unwrap();
        assert_eq!(status, 204);
    }

    /// Waits until both sockets have seen it.
    async fn seen(&self, text: &str) {
        for tap in &self.taps {
            tap.until(text).await;
        }
    }
}

/// A judge's total as its plate shows it.
fn total(salt: u16, p: u16, j: u16) -> String {
    let hundredths = |text: &str| text.replace('.', "").parse::<u32>().unwrap();
    let total: u32 = distinctive(salt, p, j).iter().map(|(_, mark)| hundredths(mark)).sum();
    format!("{}.{:02}", total / 100, total % 100)
}

#[tokio::test]
async fn plates_show_what_was_turned_and_no_other_number() {
    let mut evening = Evening::with_ceremonies(0).await;
    evening.score(1).await;
    evening.host.does(C::BeginAnnouncement { pitch: pitch(1) }).await;
    evening.seen("\"announcing\":true").await;
    // Corrected marks and single marks stay secret for ever; totals until their plate has turned.
    let mut sealed: Vec<String> = secrets(0, 1, 6);
    sealed.push(score(0, 1, 3));
    evening.must_not_see(&sealed).await;
    for j in 1..=3 {
        let step = PlateStep::Turned(j);
        evening.host.does(C::ShowPlates { pitch: pitch(1), step }).await;
        let turned = total(0, 1, j);
        evening.seen(&format!("\"{turned}\"")).await;
        sealed.retain(|secret| *secret != turned);
        evening.must_not_see(&sealed).await;
    }
    evening.host.does(C::ShowPlates { pitch: pitch(1), step: PlateStep::Scored }).await;
    evening.seen(&format!("\"{}\"", score(0, 1, 3))).await;
    sealed.retain(|secret| *secret != score(0, 1, 3));
    evening.must_not_see(&sealed).await;
    evening.hall.end().await;
}

#[tokio::test]
async fn a_frozen_board_a_vote_and_a_reveal_tell_what_was_told() {
    let mut evening = Evening::with_ceremonies(0).await;
    evening.host.does(C::FreezeBoard { round: ROUND }).await;
    for p in 1..=3 {
        evening.score(p).await;
        let mut sealed = secrets(0, p, 6);
        sealed.push(score(0, p, 3));
        evening.must_not_see(&sealed).await;
    }
    evening.host.does(C::OpenVote).await;
    for device in 1..=4 {
        evening.vote(device, 2).await;
    }
    evening.host.does(C::CloseVote).await;
    evening.seen("\"state\":\"closed\"").await;
    evening.must_not_see(&["\"votes\"".to_owned(), "\"ballots\"".to_owned()]).await;
    evening.host.does(C::RevealVote).await;
    evening.seen("\"R1-P2\":4").await;

    evening.host.does(C::BeginReveal { round: ROUND, mode: Mode::LastToFirst }).await;
    let mut sealed: Vec<String> = (1..=3).flat_map(|p| secrets(0, p, 6)).collect();
    sealed.extend((1..=3).map(|p| score(0, p, 3)));
    evening.seen("\"reveal\":{").await;
    evening.must_not_see(&sealed).await;
    let mut to = 0;
    loop {
        let view: HostView = evening
            .host
            .until("the step", |view: &HostView| {
                view.reveal_progress.as_ref().is_some_and(|reveal| reveal.at == u32::from(to))
            })
            .await;
        let Some(next) = view.reveal_progress.unwrap().next else { break };
        to += 1;
        evening.host.does(C::StepReveal { round: ROUND, to }).await;
        if let StepInfo::Places { rows, .. } = next {
            for row in rows {
                evening.seen(&format!("\"{}\"", row.score)).await;
                sealed.retain(|secret| *secret != row.score);
            }
        }
        evening.must_not_see(&sealed).await;
    }
    assert!((1..=3).all(|p| !sealed.contains(&score(0, p, 3))), "all three were told");
    evening.host.does(C::PublishBoard { round: ROUND }).await;
    evening.seen("\"R1-P3\":\"revealed\"").await;
    evening.must_not_see(&sealed).await;
    evening.hall.end().await;
}

#[tokio::test]
async fn contests_that_differ_in_what_the_ceremonies_have_not_told_look_alike() {
    let mut seen = Vec::new();
    for salt in [0, 1] {
        let mut evening = Evening::with_ceremonies(salt).await;
        evening.score(1).await;
        // Face down the plates say nothing.
        evening.host.does(C::BeginAnnouncement { pitch: pitch(1) }).await;
        evening.seen("\"announcing\":true").await;
        let action = evening.hall.contest().history.actions.last().unwrap().seq;
        evening.host.does(C::Undo { action }).await;
        evening.host.does(C::FreezeBoard { round: ROUND }).await;
        evening.score(2).await;
        evening.score(3).await;
        evening.host.does(C::OpenVote).await;
        // Other choices, and another number of ballots.
        for device in 1..=3 + 4 * salt {
            evening.vote(device, 1 + salt).await;
        }
        evening.host.does(C::CloseVote).await;
        evening.host.does(C::BeginReveal { round: ROUND, mode: Mode::LastToFirst }).await;
        evening.seen("\"reveal\":{").await;
        seen.push(evening.masked().await);
        evening.hall.end().await;
    }
    alike(seen);
}
