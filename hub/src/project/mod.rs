//! The projector: the only writer of the tables that lists, cards and links are read from.
//!
//! It follows the log from a stored cursor, after the acknowledgement; how far it lags is shown. What a step writes is
//! computed on a snapshot, and stored only if the cursor has not moved and nothing was erased or decided in the
//! meantime: what was erased is never written back, and what a person said of two records is never undone. Every
//! projection is a function of the log and of people's decisions, so that dropping and rebuilding gives the same tables.

mod link;
pub mod materialise;
mod refuse;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use helhet_shared::sqlite::{Database, Id, held as hidden, log as stored};
use helhet_shared::zone::Zone;
use rusqlite::{Connection, Transaction};

use crate::linking::Linker;
use crate::log::NO_CHAPTER;
use crate::office::Office;
use crate::store::projections::{self, ChapterDocumentRow, Cursor, Waiting};
use crate::store::{StoreError, corrections, documents};
use materialise::{Told, Unfit};

/// Changes taken in one step: some tens of milliseconds of work outside the writing transaction.
const STEP_CHANGES: u32 = 500;

/// Projects everything that waits; returns how many documents were looked at.
pub fn project_all(
    database: &Database,
    linker: &dyn Linker,
    office: &Office,
    now: i64,
) -> Result<usize, StoreError> {
    let mut documents = 0;
    while let Some(step) = project_step(database, linker, office, now)? {
        documents += step;
    }
    Ok(documents)
}

/// One step; `None` when nothing waits.
pub fn project_step(
    database: &Database,
    linker: &dyn Linker,
    office: &Office,
    now: i64,
) -> Result<Option<usize>, StoreError> {
    let plan = database.read(|connection| plan(connection, linker, office))?;
    let Some(plan) = plan else { return Ok(None) };
    let documents = plan.waiting.documents.len();
    database.write(|transaction| {
        if plan.store(transaction)? {
            refuse::refuse_unfit(transaction, office, &plan.unfit, now)?;
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(Some(documents))
}

/// Drops every projection and builds it again from the log.
pub fn rebuild(
    database: &Database,
    linker: &dyn Linker,
    office: &Office,
    now: i64,
) -> Result<usize, StoreError> {
    database.write(|transaction| projections::clear(transaction).map_err(StoreError::from))?;
    project_all(database, linker, office, now)
}

/// What a step will write.
struct Plan {
    cursor: Cursor,
    waiting: Waiting,
    /// Documents that have nothing to show any more.
    gone: Vec<Id>,
    chapter_documents: Vec<ChapterDocumentRow>,
    links: link::Links,
    unfit: Vec<Unfit>,
}

fn plan(connection: &Connection, linker: &dyn Linker, office: &Office) -> Result<Option<Plan>, StoreError> {
    let cursor = projections::cursor(connection)?;
    let waiting = projections::waiting(connection, cursor.change, STEP_CHANGES)?;
    if waiting.change == cursor.change && waiting.queued.is_empty() {
        return Ok(None);
    }
    let mut gone = Vec::new();
    let mut chapter_documents = Vec::new();
    let mut unfit = Vec::new();
    let mut supporters: BTreeMap<Id, Arrived> = BTreeMap::new();
    for document in &waiting.documents {
        match read(connection, document, &office.key.public().0, &mut unfit)? {
            Read::Nothing => gone.push(*document),
            Read::Supporter(arrived) => drop(supporters.insert(*document, arrived)),
            Read::Chapter(row) => chapter_documents.push(row),
            Read::Elsewhere => {}
        }
    }
    let touched: BTreeSet<Id> = gone.iter().copied().collect();
    let links = link::links(connection, linker, supporters, &touched)?;
    Ok(Some(Plan { cursor, waiting, gone, chapter_documents, links, unfit }))
}

/// A supporter document as it stands now.
pub(crate) struct Arrived {
    pub(crate) chapter: Id,
    pub(crate) first_entry: i64,
    pub(crate) told: Told,
}

enum Read {
    /// No live generation, or nothing in it.
    Nothing,
    Supporter(Arrived),
    Chapter(ChapterDocumentRow),
    /// Published documents have no projection.
    Elsewhere,
}

fn read(
    connection: &Connection,
    document: &Id,
    office: &[u8; 32],
    unfit: &mut Vec<Unfit>,
) -> Result<Read, StoreError> {
    let Some(held) = documents::held(connection, document)? else { return Ok(Read::Nothing) };
    match Zone::from_code(held.zone) {
        Some(Zone::Shared | Zone::Office) => {}
        Some(Zone::Published | Zone::Chapter | Zone::Confidential) | None => return Ok(Read::Elsewhere),
    }
    // Somebody would have it erased, and another has to say so too.
    if hidden::is_hidden(connection, document)? {
        return Ok(Read::Nothing);
    }
    // What was shown stays until the chapter has given back what was lost.
    if stored::contents::lacks(connection, document)? {
        return Ok(Read::Elsewhere);
    }
    let Some(told) = materialise::tell(connection, document, office, unfit)? else {
        return Ok(Read::Nothing);
    };
    Ok(match told.text("type") {
        Some("supporter") => {
            Read::Supporter(Arrived { chapter: held.chapter, first_entry: held.first_entry, told })
        }
        Some(kind) if held.chapter != NO_CHAPTER => Read::Chapter(ChapterDocumentRow {
            document: *document,
            chapter: held.chapter,
            kind: kind.to_owned(),
            content: told.to_json(),
        }),
        Some(_) => Read::Elsewhere,
        None => Read::Nothing,
    })
}

impl Plan {
    /// False, and nothing stored, when the snapshot that the plan was made on is out of date.
    fn store(&self, transaction: &Transaction<'_>) -> Result<bool, StoreError> {
        if projections::cursor(transaction)? != self.cursor {
            return Ok(false);
        }
        for document in &self.gone {
            projections::delete_record(transaction, document)?;
        }
        for row in &self.chapter_documents {
            projections::put_chapter_document(transaction, row)?;
        }
        self.links.store(transaction)?;
        for document in &self.waiting.documents {
            corrections::record_changed(transaction, document)?;
        }
        projections::unqueue(transaction, &self.waiting.queued)?;
        projections::move_cursor(transaction, self.waiting.change)?;
        Ok(true)
    }
}
