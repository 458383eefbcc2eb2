//! 投票: the counts of the audience's vote, once they are told.

use crate::domain::terms::vote::VoteState;
use crate::papers::names::Names;
use crate::papers::source::Source;
use crate::papers::table::{Cell, Table};

pub fn table(source: &Source) -> Table {
    let (lang, contest) = (source.lang, source.contest);
    let columns = [
        ("question", lang.pick("题目", "Question"), 34),
        ("number", lang.pick("编号", "No."), 8),
        ("project", lang.pick("项目", "Project"), 40),
        ("votes", lang.pick("得票", "Votes"), 10),
        ("ballots", lang.pick("选票总数", "Ballots"), 10),
        ("state", lang.pick("状态", "State"), 14),
    ];
    let mut table = Table::new("votes", lang.pick("投票", "Votes"), &columns);
    let Some(vote) = &contest.show.vote else { return table };
    let names = Names { contest, lang };
    let state = match vote.state {
        VoteState::Ready => lang.pick("未开始", "not begun"),
        VoteState::Open => lang.pick("进行中", "open"),
        VoteState::Closed => lang.pick("已截止，未公布", "closed, not told"),
        VoteState::Revealed => lang.pick("已公布", "told"),
    };
    let told = contest.published.vote.as_ref();
    for project in &vote.question.choices {
        let count = told.and_then(|told| told.counts.get(project));
        table.rows.push(vec![
            Cell::text(vote.question.title.clone()),
            Cell::text(names.number(*project)),
            Cell::text(names.project(*project)),
            count.map_or(Cell::Blank, Cell::count),
            told.map_or(Cell::Blank, |told| Cell::count(told.ballots)),
            Cell::text(state),
        ]);
    }
    table
}
