//! The front page: what needs the office, and the whole in figures. It names chapters and counts; whoever is behind a
//! number is seen only through the door of a list or a card.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::chapters::{ChapterCard, chapter_cards};
use crate::office::Office;
use crate::store::projections::{self, Filter};
use crate::store::{StoreError, corrections, quarantine};

/// What needs the office.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    pub supporters: u64,
    /// Role code and how many hold it today.
    pub roles: Vec<(String, u64)>,
    /// Pairs that a person should look at.
    pub doubtful: usize,
    pub chapters: Vec<ChapterNeed>,
    /// Changes received that the list does not show yet.
    pub lag: u64,
}

/// A chapter with what is open about it.
#[derive(Clone, Debug)]
pub struct ChapterNeed {
    pub card: ChapterCard,
    /// Corrections that the chapter has not taken yet.
    pub corrections: usize,
    /// Changes refused since the moment asked for.
    pub refused: u64,
}

/// The front page's question; refusals count from `since` on, unix seconds.
pub fn overview(
    connection: &Connection,
    office: &Office,
    since: i64,
    today: NaiveDate,
) -> Result<Overview, StoreError> {
    let mut waiting: BTreeMap<String, usize> = BTreeMap::new();
    for row in corrections::all_waiting(connection)? {
        let chapter = helhet_shared::id::ChapterId::from_bytes(row.chapter);
        *waiting.entry(chapter.to_string()).or_default() += 1;
    }
    let mut chapters = Vec::new();
    for card in chapter_cards(connection, office)? {
        let refused = refused_since(connection, &card, since)?;
        let corrections = waiting.get(&card.id).copied().unwrap_or_default();
        chapters.push(ChapterNeed { card, corrections, refused });
    }
    Ok(Overview {
        supporters: projections::count(connection, &Filter::default())?,
        roles: projections::role_counts(connection, today)?,
        doubtful: super::doubtful(connection)?.len(),
        chapters,
        lag: projections::lag(connection)?,
    })
}

fn refused_since(connection: &Connection, card: &ChapterCard, since: i64) -> Result<u64, StoreError> {
    if card.refused == 0 {
        return Ok(0);
    }
    let id: helhet_shared::id::ChapterId =
        card.id.parse().map_err(|_| StoreError::Damaged { what: "a chapter's id" })?;
    let rules = quarantine::rules_since(connection, id.as_bytes(), since)?;
    Ok(rules.iter().map(|(_, count)| count).sum())
}
