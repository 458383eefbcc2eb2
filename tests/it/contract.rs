//! The TypeScript that the pages use is what the Rust types say. `PODIUM_BLESS=1` writes it anew.

use podium::wire::{
    client, command, display, error, explain, import, interests, matter, notes, plan, preflight, rest,
    robots, server, statistics, view, votes,
};
use std::path::Path;
use ts_rs::{Config, TS};

fn generated() -> String {
    let config = Config::default();
    let mut text = String::from(
        "// GENERATED from src/wire by tests/it/contract.rs (PODIUM_BLESS=1 cargo test contract). Do not edit.\n\n",
    );
    macro_rules! declare {
        ($($kind:ty),+ $(,)?) => { $(
            text.push_str("export ");
            text.push_str(&<$kind as TS>::decl(&config));
            text.push_str("\n\n");
        )+ };
    }
    declare!(
        client::ClientFrame,
        client::Since,
        command::ClientCommand,
        command::SceneName,
        client::DeviceInfo,
        client::Awake,
        client::NudgeName,
        server::ServerFrame,
        display::DisplayRole,
        display::DisplayWord,
        display::Viewport,
        display::DisplayInfo,
        display::SetDisplay,
        error::Refusal,
        podium::wire::phase::PhaseName,
        view::parts::ContestInfo,
        view::parts::ProjectInfo,
        view::stage::StageInfo,
        view::parts::Progress,
        view::parts::StandingRow,
        view::public::PublicView,
        view::public::ScreenView,
        view::parts::CriterionInfo,
        view::parts::JudgeInfo,
        view::judge::MyCard,
        view::judge::JudgeView,
        view::judge::Summary,
        view::judge::SignatureInfo,
        view::presence::Nudge,
        view::chair::ChairView,
        view::chair::ChairLine,
        view::chair::ChairPitch,
        view::chair::ChairCard,
        view::chair::ChairVersion,
        view::chair::ChairRun,
        view::chair::SpreadInfo,
        view::host::HostPitch,
        view::presence::Presence,
        view::presence::SeatPresence,
        view::host::RunInfo,
        view::host::OutInfo,
        view::host::OvertimeInfo,
        view::host::DeductionInfo,
        view::presence::ConsolePresence,
        view::host::HostView,
        view::cockpit::CueInfo,
        view::cockpit::PodiumStep,
        view::cockpit::CueName,
        view::open::CorrectionInfo,
        view::open::StandInfo,
        matter::MatterInfo,
        matter::MatterName,
        view::open::OpenInfo,
        podium::wire::life::LifeName,
        podium::wire::life::ProposedCorrection,
        view::life::ResultInfo,
        view::life::OutcomeInfo,
        view::life::FallenInfo,
        view::life::FallenName,
        view::life::SaidInfo,
        view::life::ProposalInfo,
        view::life::ProposalName,
        view::life::AnswerInfo,
        view::auditor::AuditorView,
        view::public::CorrectedInfo,
        view::preview::PreviewInfo,
        view::cockpit::ActionInfo,
        view::cockpit::WindowInfo,
        view::mc::McView,
        view::mc::Announcement,
        view::stage::TimerInfo,
        view::stage::TimerName,
        view::stage::SegmentInfo,
        view::stage::SegmentKindName,
        view::stage::DrawInfo,
        view::stage::SigningInfo,
        view::reveal::ModeName,
        view::reveal::AwardLine,
        view::reveal::WinnersLine,
        view::reveal::RevealProgress,
        view::reveal::StepInfo,
        view::reveal::RevealInfo,
        view::reveal::LeaderboardPage,
        view::reveal::TrackInfo,
        view::vote::VoteInfo,
        view::vote::VoteResult,
        view::vote::BallotCount,
        view::plates::PlateStepName,
        view::plates::PlatesInfo,
        view::plates::PlateInfo,
        view::plates::WithoutName,
        view::plates::EndName,
        view::plates::PlateCriterion,
        view::plates::PlateDeduction,
        explain::Exact,
        explain::ExplainedCriterion,
        explain::ExplainedMark,
        explain::ExplainedCard,
        explain::ExplainedStep,
        explain::ExplainedAudience,
        explain::ExplainedDeduction,
        explain::ExplainedValue,
        explain::ExplainedSplit,
        explain::ExplainedRounding,
        explain::TieStep,
        explain::ExplainedGap,
        explain::ExplainedAgainst,
        explain::Explain,
        notes::Part,
        notes::Fallback,
        notes::Note,
        statistics::PanelInfo,
        podium::wire::log::LogPage,
        podium::wire::log::LogLine,
        statistics::PanelList,
        statistics::PanelRow,
        statistics::WithoutJudge,
        statistics::PodiumLine,
        statistics::Analysis,
        statistics::JudgeStatistics,
        rest::Problem,
        rest::PlaceProblem,
        rest::Me,
        rest::Seat,
        rest::Claim,
        rest::Login,
        rest::Pair,
        rest::PairTyped,
        rest::Pairing,
        rest::ShowPairing,
        rest::ApprovePairing,
        rest::DismissPairing,
        rest::SetRubric,
        rest::SetChair,
        plan::SetProgramme,
        plan::SegmentLine,
        rest::DeclareRecusal,
        plan::TimingBody,
        plan::OvertimeBody,
        plan::OvertimeStep,
        rest::RecusalLine,
        rest::ContestLine,
        rest::AboutBody,
        rest::Created,
        rest::MakeCurrent,
        rest::ContestDetail,
        rest::ProjectLine,
        rest::JudgeLine,
        rest::RuleLine,
        rest::PresetLine,
        rest::SetPreset,
        rest::RankingName,
        rest::SetRanking,
        rest::CardLine,
        rest::IssueCards,
        rest::FreshCard,
        votes::SetVote,
        votes::IssueCodes,
        votes::FreshCodes,
        votes::CastBallot,
        interests::LeaveInterest,
        interests::InterestLine,
        interests::SetInterest,
        interests::Interests,
        interests::TeamLink,
        interests::OpenTeam,
        interests::TeamInterests,
        import::ImportAnswers,
        import::SheetAnswer,
        import::ColumnAnswer,
        import::ImportPreview,
        import::ImportChange,
        import::FieldChange,
        import::GoneLine,
        import::ImportPart,
        import::ImportSheet,
        import::ImportTable,
        import::ImportColumn,
        import::ImportRow,
        rest::Address,
        robots::SetRobots,
        robots::Robots,
        robots::RobotPlay,
        robots::RobotLine,
        preflight::LevelName,
        preflight::CheckName,
        preflight::CheckResult,
        preflight::CheckBody,
        preflight::Measures,
        preflight::CheckLine,
        preflight::FindingLine,
        preflight::DiskState,
        preflight::AddressState,
        preflight::Preflight,
    );
    text.push_str(&format!("export const PROTOCOL = {};\n", podium::wire::PROTOCOL));
    text
}

#[test]
fn the_generated_types_are_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/src/wire/types.ts");
    let text = generated();
    if std::env::var_os("PODIUM_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(&path, &text).expect("the types are written");
    }
    let on_disk = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        on_disk == text,
        "web/src/wire/types.ts is not what src/wire says; PODIUM_BLESS=1 cargo test contract"
    );
}

/// As the generated TypeScript writes them: `"codes" | "devices"`. A variant that is not named here does not compile.
macro_rules! union_of {
    ($kind:ty: $($variant:ident),+) => {{
        let _ = |one: &$kind| match one { $(<$kind>::$variant)|+ => () };
        let words = [$(<$kind>::$variant),+].map(|one| serde_json::to_string(&one).expect("a word"));
        words.join(" | ")
    }};
}

/// The domain's own kinds derive no TypeScript: their unions are typed by hand beside the fields.
#[test]
fn unions_typed_by_hand_name_every_variant() {
    use podium::domain::interest::{Purpose, State};
    use podium::domain::terms::{look::Theme, plates::Turning, programme, vote};
    let config = Config::default();
    let purpose = union_of!(Purpose: Invest, Cooperate, Buy, Settle, Other);
    let state = union_of!(State: New, Contacted, Meeting, Signed, Declined);
    let admission = union_of!(vote::Admission: Codes, Devices);
    let vote_state = union_of!(vote::VoteState: Ready, Open, Closed, Revealed);
    let theme = union_of!(Theme: Tech, Gold, Light);
    let opens = union_of!(programme::Opens: WithPitch, AtQa, ByHand);
    let late = union_of!(programme::Late: Refused, UntilAnnounced);
    let plates = union_of!(Turning: None, Together, OneByOne);
    let declared = [
        (interests::LeaveInterest::decl(&config), vec![("purpose", &purpose)]),
        (interests::InterestLine::decl(&config), vec![("purpose", &purpose), ("state", &state)]),
        (interests::SetInterest::decl(&config), vec![("state", &state)]),
        (votes::SetVote::decl(&config), vec![("admission", &admission)]),
        (view::vote::VoteInfo::decl(&config), vec![("admission", &admission), ("state", &vote_state)]),
        (view::parts::ContestInfo::decl(&config), vec![("theme", &theme)]),
        (
            view::cockpit::WindowInfo::decl(&config),
            vec![("opens", &opens), ("late", &late), ("plates", &plates)],
        ),
    ];
    for (text, fields) in declared {
        for (field, union) in fields {
            assert!(text.contains(&format!("{field}: {union},")), "{field} is {union} in {text}");
        }
    }
}
