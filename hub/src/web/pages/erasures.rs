//! The register of erasures: what chapters have erased or let out less of, and whether this office has signed that it is gone
//! here. Those who still owe their word stand first, and are said to be late after a month; of those that gave it the latest follow.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use helhet_shared::erasures::{Erasure, LATE_AFTER_DAYS, StoreState};
use helhet_shared::sqlite::tombstones::ERASED;
use helhet_shared::sqlite::{Hash, Id};
use helhet_shared::web::{Frame, Texts, html};
use helhet_shared::zone::Zone;

use crate::read::{register, waiting};
use crate::store::erasures::{self, ErasureRow};
use crate::store::{StoreError, chapters, projections};
use crate::web::state::{Answer, Screens, Signed};
use crate::web::urls::Urls;

const ROWS_MAX: usize = 500;

#[derive(Debug, Template)]
#[template(path = "pages/erasures.html")]
pub(crate) struct ErasuresPage {
    pub(crate) t: Texts,
    pub(crate) frame: Frame,
    pub(crate) urls: Urls,
    pub(crate) late: usize,
    /// Those that wait for a second word, by chapter.
    pub(crate) waiting: Vec<(String, usize)>,
    pub(crate) rows: Vec<ErasureLine>,
}

#[derive(Debug, Clone)]
pub(crate) struct ErasureLine {
    pub(crate) what: &'static str,
    /// By which the chapter calls it; empty for what is no erasure of a supporter.
    pub(crate) number: String,
    pub(crate) chapter: String,
    pub(crate) received: String,
    /// The day of the receipt, if it was given.
    pub(crate) receipt: Option<String>,
    /// The chapter's computers that have not said so yet, and those that nobody can ask any more.
    pub(crate) owed_by: Vec<String>,
    pub(crate) unconfirmed: Vec<String>,
    pub(crate) is_late: bool,
    /// What the office itself has on the same person, and has to decide on.
    pub(crate) left: Option<String>,
}

/// What stands in one line: the tombstones of one supporter, or one that says that less is kept.
struct Group {
    rows: Vec<ErasureRow>,
    erasure: Option<Erasure>,
}

impl Group {
    fn all(rows: Vec<ErasureRow>, register: &BTreeMap<(Id, Hash), Erasure>) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut places = BTreeMap::new();
        for row in rows {
            let erasure = register.get(&(row.chapter, row.document_hash)).filter(|_| row.floor == ERASED);
            let place = match erasure {
                Some(erasure) => *places.entry(erasure.number).or_insert(groups.len()),
                None => groups.len(),
            };
            match groups.get_mut(place) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { erasure: erasure.cloned(), rows: vec![row] }),
            }
        }
        groups
    }

    /// When the hub had signed for all of it.
    fn receipted_at(&self) -> Option<i64> {
        let all: Option<Vec<i64>> = self.rows.iter().map(|row| row.receipted_at).collect();
        all.and_then(|all| all.into_iter().max())
    }

    fn received_at(&self) -> i64 {
        self.rows.iter().map(|row| row.received_at).max().unwrap_or_default()
    }

    fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.receipted_at().is_none() && now - at(self.received_at()) > TimeDelta::days(LATE_AFTER_DAYS)
            || self.erasure.as_ref().is_some_and(|erasure| erasure.is_late(now))
    }

    fn is_open(&self) -> bool {
        self.receipted_at().is_none() || self.erasure.as_ref().is_some_and(|erasure| !erasure.is_complete())
    }

    fn line(&self, chapter: String, left: Option<String>, t: &Texts, now: DateTime<Utc>) -> ErasureLine {
        let is_erased = self.rows.iter().any(|row| row.floor == ERASED);
        let had = self.rows.iter().any(|row| row.zone == Zone::Shared.code());
        let erasure = self.erasure.as_ref();
        let unconfirmed = erasure.into_iter().flat_map(|erasure| &erasure.stores);
        let unconfirmed = unconfirmed.filter(|store| matches!(store.state, StoreState::Unconfirmed(_)));
        ErasureLine {
            what: match (is_erased, had) {
                (true, true) => "erasures-erased",
                // The narrower zones are one to the office: it could read neither.
                (true, false) => "erasures-erased-sealed",
                (false, _) => "erasures-narrowed",
            },
            number: erasure.map(|erasure| erasure.number.to_string()).unwrap_or_default(),
            chapter,
            received: t.date(at(self.received_at()).date_naive()),
            receipt: self.receipted_at().map(|seconds| t.date(at(seconds).date_naive())),
            owed_by: erasure.into_iter().flat_map(Erasure::owing).flatten().map(str::to_owned).collect(),
            unconfirmed: unconfirmed.filter_map(|store| store.device.clone()).collect(),
            is_late: self.is_late(now),
            left,
        }
    }
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

pub(crate) async fn show(State(screens): State<Screens>, signed: Signed) -> Answer {
    let (t, now) = (signed.visit.texts.clone(), signed.visit.now);
    let texts = t.clone();
    let (late, waiting, rows) = screens
        .ask(&signed.visit, move |hub| {
            hub.database().read(|reader| {
                let names = chapters::list(reader)?;
                let register = register(reader, now.timestamp())?;
                let mut groups = Group::all(erasures::list(reader)?, &register);
                // What is owed for comes first, and the oldest of that before all.
                groups.sort_by_key(|group| {
                    let open = group.is_open();
                    (!open, if open { group.received_at() } else { -group.received_at() })
                });
                let late = groups.iter().filter(|group| group.is_late(now)).count();
                groups.truncate(ROWS_MAX);
                let line = |group: &Group| {
                    let of = group.rows.first().map(|row| row.chapter).unwrap_or_default();
                    let chapter = names.iter().find(|chapter| chapter.id.as_bytes() == &of);
                    let left = match group.rows.iter().find_map(|row| row.office_record.as_ref()) {
                        Some(document) => projections::record(reader, document)?
                            .map(|record| data_encoding::HEXLOWER.encode(&record.supporter)),
                        None => None,
                    };
                    let name = chapter.map(|chapter| chapter.name.clone()).unwrap_or_default();
                    Ok(group.line(name, left, &texts, now))
                };
                let mut by_chapter: BTreeMap<String, usize> = BTreeMap::new();
                for one in waiting(reader)? {
                    let name = names.iter().find(|chapter| chapter.id.as_bytes() == &one.chapter);
                    *by_chapter.entry(name.map(|name| name.name.clone()).unwrap_or_default()).or_default() +=
                        1;
                }
                let by_chapter: Vec<_> = by_chapter.into_iter().collect();
                Ok::<_, StoreError>((
                    late,
                    by_chapter,
                    groups.iter().map(line).collect::<Result<Vec<_>, StoreError>>()?,
                ))
            })
        })
        .await?;
    let frame = screens.frame(&signed, t.get("erasures-title")).await?;
    Ok(html(&ErasuresPage { t, frame, urls: Urls, late, waiting, rows }))
}
