//! A view that cannot be made harms nobody but its own audience, and who asks for one gets one that knows what was received.

use crate::harness::{Hall, Plan, picture, pitch};
use podium::domain::command::Command;
use podium::domain::decide;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, RoundId};
use podium::domain::kernel::points::Points;
use podium::domain::kernel::time::Millis;
use podium::domain::state::cards::Scorecard;
use podium::domain::state::contest::Contest;
use podium::domain::terms::about::About;
use podium::domain::terms::rubric::CriterionId;
use podium::live::publish::{Channels, Publisher};
use podium::wire::command::ClientCommand as C;
use podium::wire::view::presence::Presence;
use std::collections::BTreeMap;
use std::sync::Arc;

fn give(contest: &mut Contest, by: Actor, command: &Command) {
    let at = Millis(contest.seq);
    decide::give(contest, by, at, command).unwrap_or_else(|no| panic!("{command:?}: {no:?}"));
}

#[test]
fn where_the_chairs_view_cannot_be_made_the_others_have_theirs() {
    let mut contest = Contest::default();
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let code = "abc234".parse().unwrap();
    give(&mut contest, Actor::Organiser, &Command::CreateContest { code, about });
    let blueprint = Plan::default().blueprint();
    give(&mut contest, Actor::Organiser, &Command::ImportBlueprint { blueprint });
    let judges = [1, 2, 3].map(JudgeId).to_vec();
    let seats = Command::SetPanel { round: RoundId(1), judges, chair: Some(JudgeId(1)) };
    give(&mut contest, Actor::Organiser, &seats);
    let pitch = pitch(1);
    give(&mut contest, Actor::Host, &Command::StartPitch { pitch });
    give(&mut contest, Actor::Host, &Command::OpenWindow { pitch });
    let marks = |mark: &str| -> BTreeMap<CriterionId, Points> {
        ["innovation", "market"].map(|id| (id.parse().unwrap(), mark.parse().unwrap())).into()
    };
    for (judge, mark) in [(1, "20"), (2, "25"), (3, "30")] {
        let (base, marks, comment) = (0, marks(mark), String::new());
        let submit = Command::SubmitScorecard { pitch, attempt: 1, base, marks, comment };
        give(&mut contest, Actor::Judge(JudgeId(judge)), &submit);
    }
    give(&mut contest, Actor::Host, &Command::CloseWindow { pitch });
    // No journal makes such a scorecard: it has no total, which the chair's view does not expect.
    let (marks, comment) = (BTreeMap::new(), String::new());
    let strange = Scorecard { version: 2, marks, comment, seq: contest.seq };
    contest.sealed.cards.insert((pitch, JudgeId(2)), strange.into());

    let mut publisher = Publisher::new(Arc::new(Channels::default()));
    publisher.publish(&contest, &Presence::default(), None);
    for (audience, feed) in
        [("public", &publisher.public), ("screen", &publisher.screen), ("mc", &publisher.mc)]
    {
        assert!(feed.value().is_some(), "{audience} has nothing");
    }
    for judge in [2, 3] {
        assert!(publisher.judges[&JudgeId(judge)].value().is_some(), "judge {judge} has nothing");
    }
}

#[tokio::test]
async fn the_public_view_is_the_channels_and_knows_what_was_received() {
    let hall = Hall::open().await;
    let (mut console, mut judge) = (hall.host().await, hall.judge(1).await);
    let path = format!("/api/contests/{}/public", hall.code);
    let is_new = async || {
        let (status, bytes) = hall.get(&path).await;
        let contest = hall.contest();
        let made = picture(&contest).hall;
        let got: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!((status, got), (200, serde_json::to_value(made).unwrap()));
    };
    is_new().await;
    for command in [C::StartPitch { pitch: pitch(1) }, C::OpenWindow { pitch: pitch(1) }] {
        console.does(command).await;
        is_new().await;
    }
    for base in 0..20 {
        let mark = if base % 2 == 0 { "30" } else { "20" };
        let marks = ["innovation", "market"].map(|id| (id.parse().unwrap(), mark.parse().unwrap())).into();
        judge
            .does(C::SubmitScorecard { pitch: pitch(1), attempt: 1, base, marks, comment: String::new() })
            .await;
        is_new().await;
    }
    hall.end().await;
}
