//! What leaves the hall says the same everywhere: workbook, CSV, JSON, `tally`, the chair's tablet and `verify`, row by row.

use crate::durability::process::BINARY;
use crate::harness::{Hall, Plan, marks, picture, pitch};
use axum::http::Method;
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use podium::auth::seat::Place;
use podium::domain::command::Command;
use podium::domain::command::blueprint::Blueprint;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, JudgeId, PitchId, ProjectId, RoundId, TrackId};
use podium::domain::query::{life, seal};
use podium::domain::state::contest::Contest;
use podium::domain::terms::life::Life;
use podium::domain::terms::programme::Scene;
use podium::domain::terms::roster::Project;
use podium::domain::terms::vote::{Admission, Question, Voter};
use podium::journal::disk::RealDisk;
use podium::journal::record::Record;
use podium::live::actor::{self, replay};
use podium::papers::log::{Group, group};
use podium::papers::moment::Zone;
use podium::papers::names::Names;
use podium::papers::sentences::sentence;
use podium::papers::source::{Heading, Source};
use podium::papers::table::{Cell, Table};
use podium::papers::tables::tables;
use podium::papers::told::Told;
use podium::papers::words::Lang;
use podium::robots::client::Browser;
use podium::wire::judging;
use podium::wire::judging::document::document;
use podium::wire::log::LogPage;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;
use std::process::Command as Process;

const ROUND: RoundId = RoundId(1);
const JUDGES: u16 = 5;

/// Whoever computes a round's document anew gets the standings that the papers tell.
pub fn the_document_gives_the_same_standings(contest: &Contest) {
    for round in contest.show.rounds.values() {
        let Ok(computed) = life::computed(contest, round, None) else {
            assert!(document(contest, round, "").is_err());
            continue;
        };
        let document = document(contest, round, "").unwrap();
        if document.is_empty() {
            continue;
        }
        let judging = judging::read(&serde_json::to_vec(&document).unwrap())
            .unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        let again = judging.standings().unwrap();
        let ids: Vec<String> = computed.pitches.iter().map(|pitch| pitch.project.to_string()).collect();
        assert_eq!(judging.projects, ids);
        assert_eq!(again.ranked, computed.standings.ranked);
        assert_eq!(again.unranked, computed.standings.unranked);
        assert_eq!(again.warnings, computed.standings.warnings);
    }
}

/// Head and facts of a journal.
fn journal(dir: &Path, name: &str) -> (String, Vec<Told>) {
    let found = podium::journal::verify(&RealDisk, dir, name).unwrap();
    let told = |record: &Record| {
        let read = actor::Told::by(&record.seen()).unwrap();
        Told { stamp: read.stamp(), fact: read.fact().clone() }
    };
    (found.head.hex(), found.records.iter().map(told).collect())
}

/// Gives commands at the contest's own door.
struct Desk {
    hall: Hall,
    n: u128,
}

impl Desk {
    async fn gives(&mut self, actor: Actor, command: Command) -> u64 {
        self.n += 1;
        let handle = self.hall.serving().app.registry.get(&self.hall.code).unwrap();
        let said = format!("{command:?}");
        let receipt = handle.submit(actor, CommandId(self.n), command).await;
        receipt.unwrap_or_else(|no| panic!("{said}: {no:?}")).seq
    }

    async fn host(&mut self, command: Command) -> u64 {
        self.gives(Actor::Host, command).await
    }

    async fn card(&mut self, pitch: PitchId, judge: u16, base: u32, both: (&str, &str), comment: &str) {
        let attempt = self.hall.contest().pitch(pitch).unwrap().attempt;
        let marks = marks(&[("innovation", both.0), ("market", both.1)]);
        let command = Command::SubmitScorecard { pitch, attempt, base, marks, comment: comment.into() };
        self.gives(Actor::Judge(JudgeId(judge)), command).await;
    }

    async fn opens(&mut self, pitch: PitchId) {
        self.host(Command::StartPitch { pitch }).await;
        self.host(Command::OpenWindow { pitch }).await;
    }

    async fn tells(&mut self, pitch: PitchId) {
        self.host(Command::CloseWindow { pitch }).await;
        self.host(Command::RevealPitch { pitch }).await;
    }

    async fn seat(&self, place: Place) -> Browser {
        let auth = &self.hall.serving().app.auth;
        let cards = auth.issue_cards(&[place], true, "test").await.unwrap();
        self.hall.paired(&cards[0].token.reveal()).await
    }

    async fn file(&self, browser: &mut Browser, file: &str) -> Vec<u8> {
        let path = format!("/api/contests/{}/export/{file}", self.hall.code);
        let (status, body) = browser.request(Method::GET, &path, None).await.unwrap();
        assert_eq!(status, 200, "{file}: {}", String::from_utf8_lossy(&body));
        body.to_vec()
    }
}

/// Names that a spreadsheet would compute, draw otherwise or break.
const NAMES: [&str; 6] = ["=1+1", "@x 😀", "-3+2", "+A, \"B\"", "普通项目", "=HYPERLINK(\"http://x\")"];

/// Two tracks, names that look like something else, the chair asked about ties, an audience with a share.
async fn set_up(desk: &mut Desk) {
    let mut last = Plan { projects: 6, ..Plan::default() }.blueprint().projects.remove(5);
    last.track = Some(0);
    let blueprint =
        Blueprint { tracks: vec!["=生命健康".into()], projects: vec![last], ..Blueprint::default() };
    desk.gives(Actor::Organiser, Command::ImportBlueprint { blueprint }).await;
    let contest = desk.hall.contest();
    let tracks: Vec<TrackId> = contest.show.tracks.keys().copied().collect();
    assert_eq!(tracks.len(), 2);
    for (project, name) in contest.show.projects.values().zip(NAMES) {
        let track = Some(tracks[usize::from(project.id.0) % 2]);
        let project = Project { name: name.to_owned(), track, ..project.clone() };
        desk.gives(Actor::Organiser, Command::ChangeProject { project }).await;
    }
    let rule = serde_json::json!({
        "method": "trimmed_mean", "ties": ["exact", "chair", "share"], "audience": {"share": "0.1"}
    });
    let rule = serde_json::from_value(rule).unwrap();
    desk.gives(Actor::Organiser, Command::SetRule { round: ROUND, rule }).await;
    let (judges, chair) = ((1..=JUDGES).map(JudgeId).collect(), Some(JudgeId(1)));
    desk.gives(Actor::Organiser, Command::SetPanel { round: ROUND, judges, chair }).await;
}

/// Ties, a recusal, an abstention, a deduction, a re-run, a disqualification, two tracks and a vote.
async fn evening() -> Desk {
    let hall = Hall::with(Plan { judges: JUDGES, projects: 5, ..Plan::default() }).await;
    let mut desk = Desk { hall, n: 100 };
    set_up(&mut desk).await;
    let question = Question {
        round: ROUND,
        title: "最受欢迎".into(),
        choices: (1..=6).map(ProjectId).collect(),
        most: 1,
        admission: Admission::Codes,
        secs: 0,
    };
    desk.host(Command::SetVote { question }).await;
    desk.host(Command::IssueSeatCodes { codes: (1..=10).map(Voter).collect() }).await;
    let (conflict, reason) = (JudgeId(5), "同一单位".to_owned());
    let recusal = Command::DeclareRecusal { pitch: pitch(3), judge: conflict, reason };
    desk.host(recusal).await;
    for p in 1..=6 {
        let pitch = pitch(p);
        desk.opens(pitch).await;
        if p == 4 {
            let (judge, reason) = (JudgeId(4), "=不了解".to_owned());
            let abstention = Command::DeclareAbstention { pitch, attempt: 1, judge, reason };
            desk.gives(Actor::Judge(judge), abstention).await;
        }
        for j in (1..=JUDGES).filter(|j| (p, *j) != (3, 5) && (p, *j) != (4, 4)) {
            // The first two are level in everything.
            let innovation = format!("{}.5", 40 + 2 * (p.max(2) % 5) + j);
            desk.card(
                pitch,
                j,
                0,
                (&innovation, "30"),
                ["", "=1+1\n第二行", "好", "-", "@"][usize::from(j) - 1],
            )
            .await;
        }
        if p == 1 {
            desk.card(pitch, 2, 1, ("48.5", "30"), "改一次").await;
            desk.card(pitch, 2, 2, ("46.5", "30"), "").await;
        }
        desk.host(Command::CloseWindow { pitch }).await;
        if p == 4 {
            let points = "1.5".parse().unwrap();
            desk.host(Command::Deduct { pitch, points, reason: "超时，\"严重\"".into() }).await;
        }
        if p == 5 {
            desk.host(Command::RunAgain { pitch, reason: "设备故障".into() }).await;
            desk.opens(pitch).await;
            for j in 1..=JUDGES {
                desk.card(pitch, j, 0, (&format!("{}", 30 + j), "33.5"), "重来").await;
            }
            desk.host(Command::CloseWindow { pitch }).await;
        }
        desk.host(Command::RevealPitch { pitch }).await;
    }
    desk.host(Command::Disqualify { pitch: pitch(6), reason: "材料不实".into() }).await;
    desk.host(Command::RevealPitch { pitch: pitch(6) }).await;
    desk.host(Command::OpenVote).await;
    for voter in 1..=10_u128 {
        let (code, device) = (Some(Voter(voter)), Voter(100 + voter));
        let choices = vec![ProjectId(1 + u16::try_from(voter % 5).unwrap())];
        desk.gives(Actor::Audience, Command::CastBallot { code, device, choices }).await;
    }
    desk.host(Command::CloseVote).await;
    desk
}

/// Whatever the result waits for.
async fn official(desk: &mut Desk) {
    desk.host(Command::RevealVote).await;
    let order = vec![ProjectId(2), ProjectId(1)];
    let tie = Command::DecideTie { round: ROUND, order, reason: "组长裁定".into() };
    desk.gives(Actor::Judge(JudgeId(1)), tie).await;
    desk.host(Command::TellDecisions { round: ROUND }).await;
    desk.host(Command::FinishContest { despite: true }).await;
    let contest = desk.hall.contest();
    let open = life::blocking(&contest, ROUND).into_iter().chain(life::unsigned(&contest, ROUND));
    for matter in open {
        let reason = "现场说明".to_owned();
        desk.gives(Actor::Judge(JudgeId(1)), Command::LeaveOpen { matter, reason }).await;
    }
    let contest = desk.hall.contest();
    let digest = seal::of_result(&contest, contest.round(ROUND).unwrap()).digest;
    desk.gives(Actor::Auditor, Command::ConfirmResult { round: ROUND, digest: digest.clone() }).await;
    desk.gives(Actor::Judge(JudgeId(1)), Command::MakeOfficial { round: ROUND, digest }).await;
}

/// The fields of every line, without the mark at the beginning.
fn csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(text.ends_with("\r\n"));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What a CSV has for a text: a `'` before what would be a formula.
fn guarded(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// Every cell of a table, as CSV, JSON and workbook have it, is what the model says.
fn same_everywhere(
    table: &Table,
    csv: &[Vec<String>],
    json: &Value,
    sheet: &calamine::Range<Data>,
    zone: &Zone,
) {
    assert_eq!(csv.len(), table.rows.len() + 1, "{}", table.key);
    assert_eq!(json["rows"].as_array().unwrap().len(), table.rows.len(), "{}", table.key);
    let names: Vec<String> = table.columns.iter().map(|column| guarded(&column.name)).collect();
    assert_eq!(csv[0], names);
    for (line, row) in table.rows.iter().enumerate() {
        assert_eq!(row.len(), table.columns.len(), "{}", table.key);
        for (column, cell) in row.iter().enumerate() {
            let at = (u32::try_from(line).unwrap() + 2, u32::try_from(column).unwrap());
            let place = format!("{} {at:?} {cell:?}", table.key);
            let written = sheet.get_value(at).cloned().unwrap_or(Data::Empty);
            let (text, told) = (&csv[line + 1][column], &json["rows"][line][column]);
            match cell {
                Cell::Blank => {
                    assert_eq!((text.as_str(), told, &written), ("", &Value::Null, &Data::Empty), "{place}");
                }
                Cell::Text(said) => {
                    assert_eq!((text, told.as_str()), (&guarded(said), Some(said.as_str())), "{place}");
                    assert_eq!(written, Data::String(said.clone()), "{place}");
                }
                Cell::Number(number) => {
                    assert_eq!((text, told.as_str()), (&number.printed, Some(&*number.printed)), "{place}");
                    let Data::Float(value) = written else { panic!("{place}: {written:?}") };
                    assert_eq!(format!("{value:.*}", number.decimals()), number.printed, "{place}");
                }
                Cell::Time(at) => {
                    let said = zone.said(*at);
                    assert_eq!((text, told.as_str()), (&said, Some(said.as_str())), "{place}");
                    let Data::DateTime(when) = written else { panic!("{place}: {written:?}") };
                    let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
                    let local = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
                    assert!(said.starts_with(&local), "{place}: {local}");
                }
            }
        }
    }
}

fn column(table: &Table, key: &str) -> usize {
    table.columns.iter().position(|column| column.key == key).unwrap()
}

fn said(cell: &Cell) -> &str {
    match cell {
        Cell::Blank | Cell::Time(_) => "",
        Cell::Text(text) => text,
        Cell::Number(number) => &number.printed,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_output_of_an_official_result_says_the_same() {
    let mut desk = evening().await;
    official(&mut desk).await;
    let contest = desk.hall.contest();
    let round = contest.round(ROUND).unwrap();
    assert_eq!(life::of(&contest, round), Life::Official);
    the_document_gives_the_same_standings(&contest);
    let mut organiser = desk.seat(Place::organiser()).await;
    for lang in [Lang::Zh, Lang::En] {
        let query = lang.pick("zh", "en");
        let book = desk.file(&mut organiser, &format!("workbook.xlsx?lang={query}")).await;
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(book)).unwrap();
        let (head, facts) = journal(&desk.hall.dir.path().join("journal"), desk.hall.code.as_str());
        let now = desk.hall.serving().app.clock.now();
        let source = Source { contest: &contest, facts: &facts, head: head.clone(), now, lang };
        let heading = Heading::of(&source);
        let zone = Zone::of(&contest.show.about.zone);
        assert_eq!(book.sheet_names().len(), tables(&source).len());
        for table in tables(&source) {
            let sheet = book.worksheet_range(table.name).unwrap();
            let title = sheet.get_value((0, 0)).unwrap().to_string();
            assert_eq!(title, heading.line(table.name));
            let lines = csv(&desk.file(&mut organiser, &format!("{}.csv?lang={query}", table.key)).await);
            let json = desk.file(&mut organiser, &format!("{}.json?lang={query}", table.key)).await;
            let json: Value = serde_json::from_slice(&json).unwrap();
            assert_eq!((json["head"].as_str(), json["state"].as_str()), (Some(&*head), Some("official")));
            same_everywhere(&table, &lines, &json, &sheet, &zone);
        }
        let standings = tables(&source).into_iter().find(|table| table.key == "standings").unwrap();
        let at = |key: &str| column(&standings, key);
        let rows: Vec<(&str, &str, &str)> = standings
            .rows
            .iter()
            .map(|row| (said(&row[at("place")]), said(&row[at("number")]), said(&row[at("score")])))
            .collect();

        // The chair's tablet and the auditor's page.
        let provisional = picture(&contest).provisional.clone();
        assert_eq!(provisional.len(), 5);
        for (row, (place, number, score)) in provisional.iter().zip(&rows) {
            let own = row.place.map(|place| place.to_string()).unwrap_or_default();
            assert_eq!((own.as_str(), row.score.as_str()), (*place, *score));
            assert_eq!(row.pitch, format!("R1-{number}"));
        }

        // `podium tally`, as a stranger runs it.
        let file = desk.hall.dir.path().join("tally.json");
        std::fs::write(&file, desk.file(&mut organiser, "tally.json").await).unwrap();
        let output = Process::new(BINARY).args(["tally", "--json"]).arg(&file).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let tallied: Vec<(String, &str, &str)> = report["standings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let text = |key: &str| row[key].as_str().unwrap();
                (row["place"].to_string(), text("project"), text("score"))
            })
            .collect();
        let ours = rows.iter().take(5).map(|(place, number, score)| ((*place).to_owned(), *number, *score));
        assert_eq!(tallied, ours.collect::<Vec<_>>());
        let output = Process::new(BINARY).args(["tally"]).arg(&file).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("P2 @x 😀") && text.contains("disqualified, 材料不实"), "{text}");

        // `podium verify`, beside the running server.
        let output =
            Process::new(BINARY).args(["verify", "--data"]).arg(desk.hall.dir.path()).output().unwrap();
        let verified = String::from_utf8(output.stdout).unwrap();
        assert!(verified.contains(&format!("head {head}")), "{verified}");
        let official = verified.split("official standings:").nth(1).expect("it is official");
        for ((place, _, score), line) in rows.iter().take(5).zip(official.lines().skip(1)) {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_eq!((words[0], words[1]), (*place, *score), "{line}");
        }

        let remark = |row: usize| said(&standings.rows[row][at("remark")]).to_owned();
        assert_eq!((rows[5].0, rows[5].1), ("", "P6"));
        assert_eq!(remark(5), lang.pick("取消资格：材料不实", "disqualified: 材料不实"));
        let third = rows.iter().position(|row| row.1 == "P3").unwrap();
        let trims = ["trim_asked", "trimmed"].map(|key| said(&standings.rows[third][at(key)]).to_owned());
        assert_eq!(trims, ["1", "0"], "four scorecards are too few to leave any out");
        let tie = |number: &str| {
            let row = rows.iter().position(|row| row.1 == number).unwrap();
            said(&standings.rows[row][at("tie")]).to_owned()
        };
        assert_eq!(tie("P1"), lang.pick("同分，裁定决定", "tie; a ruling decided"));
    }
    desk.hall.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_told_yet_is_in_no_file_and_only_two_seats_get_one() {
    let mut desk = evening().await;
    let code = desk.hall.code.clone();
    let mut organiser = desk.seat(Place::organiser()).await;
    let json = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).unwrap();
    let votes = json(desk.file(&mut organiser, "votes.json").await);
    assert!(
        votes["rows"].as_array().unwrap().iter().all(|row| row[3].is_null() && row[4].is_null()),
        "{votes}"
    );
    assert_eq!(votes["state"], "provisional");
    let cards = json(desk.file(&mut organiser, "scorecards.json").await);
    let of = |number: &str| cards["rows"].as_array().unwrap().iter().filter(|row| row[1] == number).count();
    assert_eq!((of("P1"), of("P5"), of("P6")), (7, 10, 5), "all versions, both runs, and of who is out");
    let at = cards["columns"].as_array().unwrap().iter().position(|column| column["key"] == "at").unwrap();
    assert!(
        cards["rows"].as_array().unwrap().iter().all(|row| row[at].is_string()),
        "each was submitted once"
    );

    let mut auditor = desk.hall.auditors_browser().await;
    assert!(!desk.file(&mut auditor, "workbook.xlsx").await.is_empty());
    let mut others = vec![desk.hall.browser()];
    for place in [Place::host(code.clone()), Place::mc(code.clone()), Place::judge(code.clone(), JudgeId(1))]
    {
        others.push(desk.seat(place).await);
    }
    let files = ["workbook.xlsx", "standings.csv", "scorecards.json", "tally.json", "none.csv"];
    for browser in &mut others {
        for file in files {
            let path = format!("/api/contests/{code}/export/{file}");
            assert_eq!(browser.request(Method::GET, &path, None).await.unwrap().0, 401, "{file}");
        }
    }
    // What is printed: host and MC have what their own pages tell, and nothing that was scored.
    let host = ["blank", "order", "script"];
    let [stranger, hosting, mc, judge] = others.as_mut_slice() else { unreachable!() };
    let seats: [(&mut Browser, &[&str]); 4] =
        [(stranger, &[]), (hosting, &host), (mc, &host[1..]), (judge, &[])];
    for (browser, sheets) in seats {
        let path = format!("/api/contests/{code}/export/print.json");
        let (status, body) = browser.request(Method::GET, &path, None).await.unwrap();
        assert_eq!(status, if sheets.is_empty() { 401 } else { 200 });
        if !sheets.is_empty() {
            let given = json(body.to_vec());
            let there = given["sheets"].as_array().unwrap().iter().map(|one| one["sheet"].as_str().unwrap());
            assert_eq!(there.collect::<Vec<_>>(), sheets);
            let tables = given["tables"].as_object().unwrap().keys().map(String::as_str);
            let stage = ["criteria", "judges", "programme"];
            let own = if sheets.len() == 3 { &stage[..] } else { &stage[1..] };
            assert_eq!(tables.collect::<Vec<_>>(), own);
            assert_eq!(given["rounds"][0]["unplaced"], serde_json::json!([]));
        }
    }
    // The office has the very tables of the exports, of one state.
    let printed = json(desk.file(&mut organiser, "print.json?lang=en").await);
    for (key, table) in printed["tables"].as_object().unwrap() {
        let exported = json(desk.file(&mut organiser, &format!("{key}.json?lang=en")).await);
        assert_eq!(*table, exported, "{key}");
    }
    let listed = |sheet: &str| {
        let of = printed["sheets"].as_array().unwrap().iter().find(|one| one["sheet"] == sheet).unwrap();
        (of["ready"].as_bool().unwrap(), of["can"].as_bool().unwrap(), of["why"].is_string())
    };
    assert_eq!(listed("result"), (false, true, true), "the vote is not told");
    assert_eq!(listed("announcement"), (false, false, true));
    assert_eq!(listed("blank"), (true, true, false));
    let unplaced = &printed["rounds"][0]["unplaced"];
    assert_eq!(unplaced[0]["why"], "disqualified", "and no reason: {unplaced}");
    for file in ["none.csv", "standings.txt", "standings", "tally.csv", "print.csv"] {
        let path = format!("/api/contests/{code}/export/{file}");
        assert_eq!(organiser.request(Method::GET, &path, None).await.unwrap().0, 404, "{file}");
    }

    // Whoever asks beyond the turns there are waits; the hall does not.
    let turns = desk.hall.serving().app.exports.clone();
    let held = turns.acquire_many_owned(2).await.unwrap();
    let path = format!("/api/contests/{code}/export/workbook.xlsx");
    let asked = tokio::spawn(async move {
        let (status, _) = organiser.request(Method::GET, &path, None).await.unwrap();
        (organiser, status)
    });
    desk.host(Command::ShowScene { scene: Scene::Leaderboard }).await;
    assert!(!asked.is_finished());
    drop(held);
    let (mut organiser, status) = asked.await.unwrap();
    assert_eq!(status, 200);

    // A pitch that is run again: while its window is open nobody reads it.
    desk.host(Command::RunAgain { pitch: pitch(2), reason: "断电".into() }).await;
    desk.opens(pitch(2)).await;
    desk.card(pitch(2), 1, 0, ("12.5", "7.5"), "不能看").await;
    for file in ["scorecards.csv", "print.json"] {
        let cards = String::from_utf8(desk.file(&mut organiser, file).await).unwrap();
        assert!(!cards.contains("12.5") && !cards.contains("不能看"), "{file}");
    }
    let matrix = String::from_utf8(desk.file(&mut organiser, "matrix.csv").await).unwrap();
    assert!(!matrix.contains("20.00"), "{matrix}");
    desk.tells(pitch(2)).await;
    let cards = String::from_utf8(desk.file(&mut organiser, "scorecards.csv").await).unwrap();
    assert!(cards.contains("12.5") && cards.contains("不能看"));
    desk.hall.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rehearsal_says_so_on_every_sheet_and_leaves_nothing() {
    let hall = Hall::with(Plan::default()).await;
    let mut desk = Desk { hall, n: 100 };
    let mut organiser = desk.seat(Place::organiser()).await;
    let path = format!("/api/contests/{}/export/tally.json", desk.hall.code);
    assert_eq!(organiser.request(Method::GET, &path, None).await.unwrap().0, 409, "nothing to compute");
    desk.host(Command::BeginRehearsal { despite: false }).await;
    desk.opens(pitch(1)).await;
    for judge in 1..=3 {
        desk.card(pitch(1), judge, 0, ("50", "30"), "").await;
    }
    desk.tells(pitch(1)).await;
    let book = desk.file(&mut organiser, "workbook.xlsx").await;
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(book)).unwrap();
    for name in book.sheet_names() {
        let title = book.worksheet_range(&name).unwrap().get_value((0, 0)).unwrap().to_string();
        assert!(title.contains("彩排") && title.contains("暂定"), "{title}");
    }
    desk.host(Command::EndRehearsal).await;
    let cards = desk.file(&mut organiser, "scorecards.json").await;
    let cards: Value = serde_json::from_slice(&cards).unwrap();
    assert_eq!((cards["rehearsal"].as_bool(), cards["rows"].as_array().unwrap().len()), (Some(false), 0));
    desk.hall.end().await;
}

/// Every kind of fact has its sentence in both languages, and none of them says what is sealed.
#[test]
fn every_kind_of_fact_has_its_sentence() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/journal");
    let names = podium::journal::names(&RealDisk, &dir).unwrap();
    let mut said = BTreeSet::new();
    for name in names {
        let (_, facts) = journal(&dir, &name);
        let records = podium::journal::verify(&RealDisk, &dir, &name).unwrap().records;
        let contest = replay(&records).unwrap().contest;
        for Told { fact, .. } in &facts {
            let [zh, en] =
                [Lang::Zh, Lang::En].map(|lang| sentence(&Names { contest: &contest, lang }, fact));
            assert!(!zh.is_empty() && !en.is_empty() && zh != en, "{fact:?}");
            assert!(!zh.contains("{") && !en.contains("{"), "{zh} {en}");
            assert!(Group::ALL.contains(&group(fact)));
            let sealed = serde_json::to_value(fact).unwrap();
            let mut secrets: Vec<String> = ["secret", "voter", "device"]
                .iter()
                .filter_map(|key| sealed[key].as_str().map(str::to_owned))
                .collect();
            let marks = sealed["marks"].as_object();
            secrets.extend(
                marks.into_iter().flatten().filter_map(|(_, mark)| Some(format!(" {}", mark.as_str()?))),
            );
            secrets.extend(
                sealed["codes"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|one| Some(one.as_str()?.to_owned())),
            );
            for secret in secrets {
                assert!(!zh.contains(&secret) && !en.contains(&secret), "{zh} says {secret}");
            }
            said.insert(fact.row().kind);
        }
    }
    let table = include_str!("../../src/domain/fact/row.rs");
    let kinds = table.split("=> row(\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let missing: Vec<&str> = kinds.filter(|kind| !said.contains(kind)).collect();
    assert!(missing.is_empty(), "no frozen journal has {missing:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_read_from_the_newest_back_page_by_page() {
    let desk = evening().await;
    let code = desk.hall.code.clone();
    let (_, facts) = journal(&desk.hall.dir.path().join("journal"), code.as_str());
    let mut organiser = desk.seat(Place::organiser()).await;
    let asked = async |browser: &mut Browser, query: &str| -> Vec<LogPage> {
        let (mut pages, mut before): (Vec<LogPage>, Option<u64>) = (Vec::new(), None);
        loop {
            let from = before.map(|before| format!("&before={before}")).unwrap_or_default();
            let path = format!("/api/contests/{code}/log?lang=en{query}{from}");
            let (status, body) = browser.request(Method::GET, &path, None).await.unwrap();
            assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
            let page: LogPage = serde_json::from_slice(&body).unwrap();
            before = page.before;
            pages.push(page);
            if before.is_none() {
                return pages;
            }
        }
    };
    let pages = asked(&mut organiser, "").await;
    assert!(pages.len() > 2 && pages.iter().all(|page| page.lines.len() <= 50));
    let lines: Vec<_> = pages.iter().flat_map(|page| &page.lines).collect();
    let contest = desk.hall.contest();
    let names = Names { contest: &contest, lang: Lang::En };
    assert_eq!(lines.len(), facts.len(), "every record once");
    for (line, told) in lines.iter().zip(facts.iter().rev()) {
        assert_eq!(
            (line.record, line.at, &line.what),
            (told.stamp.seq, told.stamp.at.0, &sentence(&names, &told.fact))
        );
    }
    let of = async |browser: &mut Browser, query: &str| {
        let pages = asked(browser, query).await;
        pages.into_iter().flat_map(|page| page.lines).collect::<Vec<_>>()
    };
    let third = of(&mut organiser, "&project=P3").await;
    assert!(third.len() > 8 && third.iter().all(|line| line.project.as_deref() == Some("P3")));
    let judge = of(&mut organiser, "&person=judge:J5&kind=scoring").await;
    assert!(judge.iter().any(|line| line.what.contains("recused")), "what the host did about the judge, too");
    assert!(judge.iter().all(|line| line.kind == "scoring"));
    let deductions = of(&mut organiser, "&kind=correction&project=P4").await;
    assert_eq!(deductions.len(), 1);
    assert!(deductions[0].what.contains("1.5") && deductions[0].who == "Host", "{deductions:?}");
    assert_eq!(of(&mut organiser, "&kind=none").await.len(), 0);
    for query in ["project=x", "person=nobody"] {
        let path = format!("/api/contests/{code}/log?{query}");
        assert_eq!(organiser.request(Method::GET, &path, None).await.unwrap().0, 400, "{query}");
    }
    // However little is read at once, every record comes, whole and once.
    for bytes in [1, 300, 5_000, 1 << 30] {
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let dir = desk.hall.dir.path().join("journal");
            let stretch = podium::journal::back::back(&RealDisk, &dir, code.as_str(), before, bytes).unwrap();
            assert!(!stretch.records.is_empty());
            seen.extend(stretch.records.iter().rev().map(|(_, record)| record.seq));
            before = Some(stretch.from);
            if stretch.from == 0 {
                break;
            }
        }
        assert!(seen.iter().copied().eq((1..=facts.len() as u64).rev()), "{bytes} bytes at a time");
    }
    // A number that is the beginning of no record is no harm.
    let path = format!("/api/contests/{code}/log?before=777");
    assert_eq!(organiser.request(Method::GET, &path, None).await.unwrap().0, 200);
    for place in [Place::host(code.clone()), Place::judge(code.clone(), JudgeId(1))] {
        let mut other = desk.seat(place).await;
        let path = format!("/api/contests/{code}/log");
        assert_eq!(other.request(Method::GET, &path, None).await.unwrap().0, 401);
    }
    let mut auditor = desk.hall.auditors_browser().await;
    assert_eq!(of(&mut auditor, "").await.len(), facts.len());
    desk.hall.end().await;
}

/// 40 projects × 15 judges × 8 criteria. What is promised is promised of a release build; a debug build on a busy machine is given more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_contest_is_a_workbook_in_time() {
    let names: Vec<String> = (0..8).map(|at| format!("c{at}")).collect();
    let names: Vec<&'static str> = names.into_iter().map(|name| &*name.leak()).collect();
    let criteria = names.iter().map(|name| (*name, "12.5", "0.5")).collect();
    let hall = Hall::with(Plan { judges: 15, projects: 40, criteria, ..Plan::default() }).await;
    let mut desk = Desk { hall, n: 100 };
    for p in 1..=40 {
        desk.opens(pitch(p)).await;
        for j in 1..=15 {
            let mark = format!("{}.5", (p + j) % 12);
            let both: Vec<(&str, &str)> = names.iter().map(|name| (*name, mark.as_str())).collect();
            let marks = marks(&both);
            let comment = "一句评语".into();
            let command = Command::SubmitScorecard { pitch: pitch(p), attempt: 1, base: 0, marks, comment };
            desk.gives(Actor::Judge(JudgeId(j)), command).await;
        }
        desk.tells(pitch(p)).await;
    }
    let mut organiser = desk.seat(Place::organiser()).await;
    let began = std::time::Instant::now();
    let book = desk.file(&mut organiser, "workbook.xlsx").await;
    let took = began.elapsed();
    println!("{} bytes in {took:?}", book.len());
    let bound = if cfg!(debug_assertions) { 40 } else { 2 };
    assert!(took.as_secs() < bound, "{took:?}");
    desk.hall.end().await;
}
