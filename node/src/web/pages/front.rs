//! The front page: what needs a person, and the chapter in figures.

use super::lending::LentLine;
use crate::web::desk::{Desk, Few, Named, Needs, Waiting};
use crate::web::state::{Answer, Screens};
use askama::Template;
use axum::extract::State;
use helhet_shared::rights::Action;
use helhet_shared::supporter::Role;
use helhet_shared::web::{Frame, Texts};
use helhet_shared::web::{Visit, html};

use crate::web::urls::Urls;

#[derive(Debug, Template)]
#[template(path = "pages/front.html")]
pub(crate) struct FrontPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    /// The chapter has removed this computer.
    pub(crate) removed: bool,
    /// Erasures that wait for a second word.
    pub(crate) waiting_erasures: usize,
    pub(crate) supporters: usize,
    pub(crate) needs: Vec<Need>,
    pub(crate) figures: Vec<Figure>,
    /// The lists that are lent to the visitor.
    pub(crate) lent: Vec<LentLine>,
}

/// One kind of thing that waits for a person, with the first few it concerns.
#[derive(Debug, Clone)]
pub(crate) struct Need {
    pub(crate) title: &'static str,
    pub(crate) sentence: &'static str,
    pub(crate) count: usize,
    pub(crate) people: Vec<Mention>,
    /// Where all of them are decided on, if there is such a page.
    pub(crate) page: Option<&'static str>,
}

impl Need {
    pub(crate) fn more(&self) -> usize {
        self.count.saturating_sub(self.people.len())
    }
}

/// A supporter named in a list, with a word more.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) detail: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) role: &'static str,
    pub(crate) count: usize,
    pub(crate) href: String,
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    let t = visit.texts.clone();
    let frame = screens.frame(&visit, t.get("front-title")).await?;
    // Who may only add sees neither names nor figures.
    let reads = visit.may(Action::ReadSupporters);
    let question = move |desk: &dyn Desk| match reads {
        true => Ok((desk.is_removed()?, desk.needs()?, desk.withheld()?, desk.waiting()?)),
        false => Ok((desk.is_removed()?, Needs::default(), Few::default(), Waiting::default())),
    };
    let (removed, needs, withheld, waiting) = screens.ask(&visit, question).await?;
    let lent = match visit.login.clone().filter(|_| visit.may(Action::SeeLentList)) {
        Some(login) => screens.ask(&visit, move |desk| desk.lent_to(&login)).await?,
        None => Vec::new(),
    };
    let figure = |(role, count): &(Role, usize)| Figure {
        role: role.code(),
        count: *count,
        href: Urls.holding(role.code()),
    };
    let figures = needs.by_role.iter().filter(|(_, count)| *count > 0).map(figure).collect();
    let page = FrontPage {
        frame,
        urls: Urls,
        removed,
        waiting_erasures: needs.waiting_erasures,
        supporters: needs.supporters,
        needs: list(&t, &needs, &withheld, &waiting, visit.may(Action::DecideDoubles)),
        figures,
        lent: lent.into_iter().map(|lent| LentLine::new(&t, lent)).collect(),
        t,
    };
    Ok(html(&page))
}

/// The few that are shown of each kind.
const FIRST_PEOPLE: usize = 5;

/// What a person must do comes first, what only needs time last.
fn list(t: &Texts, needs: &Needs, withheld: &Few, waiting: &Waiting, decides: bool) -> Vec<Need> {
    let refused =
        waiting.refused.iter().map(|(named, key)| Mention::new(named, t.get(key).to_string())).collect();
    let plain = |few: &Few| few.first.iter().map(|named| Mention::new(named, String::new())).collect();
    let need = |title, sentence, count, mut people: Vec<Mention>| {
        people.truncate(FIRST_PEOPLE);
        Need { title, sentence, count, people, page: None }
    };
    let all = [
        need("need-refused", "need-refused-text", waiting.refused.len(), refused),
        need("need-withheld", "need-withheld-text", withheld.count, plain(withheld)),
        need("need-conflicts", "need-conflicts-text", needs.conflicts.count, plain(&needs.conflicts)),
        Need {
            page: decides.then_some(Urls.doubles()),
            ..need("need-doubles", "need-doubles-text", needs.doubles.count, plain(&needs.doubles))
        },
        need("need-waiting", "need-waiting-text", waiting.waiting.count, plain(&waiting.waiting)),
    ];
    all.into_iter().filter(|need| need.count > 0).collect()
}

impl Mention {
    pub(crate) fn new(named: &Named, detail: String) -> Self {
        Self { href: Urls.supporter(&named.id), name: named.name.clone(), detail }
    }
}
