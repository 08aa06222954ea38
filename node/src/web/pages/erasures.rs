//! What was erased, by day and number: who has confirmed it, and who has not. No name is here; it is gone.

use askama::Template;
use axum::extract::State;
use helhet_shared::erasures::{Erasure, HolderState, StoreState};
use helhet_shared::web::{Frame, Texts, Visit, html};

use crate::web::desk::Desk;
use crate::web::state::{Answer, Screens};
use crate::web::urls::Urls;

/// Of what is complete and long ago, the certificate was asked for long ago.
const ROWS_MAX: usize = 500;

#[derive(Debug, Template)]
#[template(path = "pages/erasures.html")]
pub(crate) struct ErasuresPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) late: usize,
    /// Those that wait for a second word.
    pub(crate) waiting: usize,
    pub(crate) rows: Vec<ErasureLine>,
}

#[derive(Debug, Clone)]
pub(crate) struct ErasureLine {
    pub(crate) number: String,
    /// For the address of the certificate.
    pub(crate) in_full: String,
    pub(crate) day: String,
    /// The key of a word, and the colour of its tag.
    pub(crate) state: (&'static str, &'static str),
    pub(crate) stores: Vec<StoreLine>,
}

#[derive(Debug, Clone)]
pub(crate) struct StoreLine {
    pub(crate) name: String,
    pub(crate) words: String,
    pub(crate) owes: bool,
}

impl ErasureLine {
    pub(crate) fn of(erasure: &Erasure, t: &Texts, is_late: bool) -> Self {
        Self {
            // In one piece.
            number: erasure.number.to_string().replace('-', "\u{2011}"),
            in_full: erasure.number.in_full(),
            day: t.date(erasure.day),
            state: match (erasure.is_complete(), is_late) {
                (true, _) => ("erasures-complete", "good"),
                (false, false) => ("erasures-open", "warn"),
                (false, true) => ("erasures-is-late", "bad"),
            },
            stores: stores(erasure, t),
        }
    }
}

/// Each store with what it has said, in words.
pub(crate) fn stores(erasure: &Erasure, t: &Texts) -> Vec<StoreLine> {
    let line = |store: &helhet_shared::erasures::Store| StoreLine {
        name: store.device.clone().unwrap_or_else(|| t.get("erasures-office").to_string()),
        words: match store.state {
            StoreState::Confirmed { on, gone_from_backups } => t
                .get("erasures-confirmed")
                .arg("on", t.date(on))
                .arg("until", t.date(gone_from_backups))
                .to_string(),
            StoreState::Owes => t.get("erasures-owes").to_string(),
            StoreState::Unconfirmed(HolderState::Expired) => t.get("erasures-expired").to_string(),
            StoreState::Unconfirmed(HolderState::KeptOut) => t.get("erasures-kept-out").to_string(),
            StoreState::Unconfirmed(HolderState::Removed | HolderState::In) => {
                t.get("erasures-removed").to_string()
            }
        },
        owes: store.state == StoreState::Owes,
    };
    erasure.stores.iter().map(line).collect()
}

pub(crate) async fn show(State(screens): State<Screens>, visit: Visit) -> Answer {
    let (t, now) = (visit.texts.clone(), visit.now);
    let question = |desk: &dyn Desk| Ok((desk.erasures()?, desk.waiting_erasures()?.len()));
    let (mut all, waiting) = screens.ask(&visit, question).await?;
    let late = all.iter().filter(|erasure| erasure.is_late(now)).count();
    all.truncate(ROWS_MAX);
    let rows = all.iter().map(|erasure| ErasureLine::of(erasure, &t, erasure.is_late(now))).collect();
    let frame = screens.frame(&visit, t.get("erasures-title")).await?;
    Ok(html(&ErasuresPage { t, frame, urls: Urls, late, waiting, rows }))
}
