//! What a program stores of what it is sent, and what it refuses.

use helhet_protocol::log::{Body, Change, ChangeKind, Position, Refusal, VerifiedEntry};
use helhet_protocol::session::{Batch, Scope};
use helhet_protocol::v1::CloseCode;

use super::desk::{Desk, acknowledge, stands};
use super::machine::Machine;
use super::papers::{CHAPTER, PUBLISHED, Papers, Planted, SHARED};
use super::store::{Store, name_of};

impl Desk {
    /// What was refused here and is offered again is refused again: the notice may be lost on both sides.
    pub(super) fn refuse_again(
        &self,
        scope: &Scope,
        offered: &[Change],
        machine: &mut Machine,
        papers: &Papers,
    ) {
        let Ok(place) = self.place() else { return };
        if scope.zone != SHARED {
            return;
        }
        let refused = |change: &Change| {
            let rows = machine.store.rows.iter().filter(|row| {
                let log = &row.position.log;
                (log.zone, log.chapter) == (scope.zone, scope.chapter) && log.author != papers.hub.public()
            });
            let mut places = rows.flat_map(|row| {
                let commitment = change.commitment(&row.position.log);
                let index = row.commitments.iter().position(|known| *known == commitment)?;
                let is_lost = machine.store.lost.contains(&(row.position.log, row.position.sequence, index));
                let is_gone = matches!(row.entry.changes[index].body, Body::Absent { .. });
                (is_gone && !is_lost).then(|| refusal(row.position, index, change))
            });
            places.next()
        };
        let refusals: Vec<Change> = offered.iter().filter_map(refused).collect();
        if !refusals.is_empty() {
            let (chapter, time) = (papers.chapters[place].id, machine.now());
            machine.store.write(SHARED, chapter, &machine.key, time, refusals);
            machine.committed();
            machine.has_news(place);
        }
    }

    pub(super) fn store(
        &self,
        batch: Batch,
        machine: &mut Machine,
        papers: &Papers,
    ) -> Result<u64, CloseCode> {
        let place = self.place()?;
        let before = machine.store.clone();
        let mut refusals = Vec::new();
        let stored = batch.entries.into_iter().try_fold(false, |news, entry| {
            Ok(news | self.store_entry(entry, place, machine, papers, &mut refusals)?)
        });
        let refused = refusals.len() as u64;
        if stored.is_ok() && refused > 0 {
            let (chapter, time) = (papers.chapters[place].id, machine.now());
            machine.store.write(SHARED, chapter, &machine.key, time, refusals);
        }
        match stored {
            Err(code) => {
                machine.store = before;
                Err(code)
            }
            Ok(news) => {
                machine.committed();
                if news {
                    machine.has_news(place);
                }
                if papers.has(Planted::AcknowledgesBeforeCommit) {
                    machine.without_last = Some(Box::new(before));
                }
                Ok(refused)
            }
        }
    }

    /// True if it is news.
    fn store_entry(
        &self,
        entry: VerifiedEntry,
        place: usize,
        machine: &mut Machine,
        papers: &Papers,
        refusals: &mut Vec<Change>,
    ) -> Result<bool, CloseCode> {
        let (position, previous) = (entry.position(), entry.header().previous);
        let log = position.log;
        let chapter = &papers.chapters[place];
        let is_published = log.zone == PUBLISHED && !machine.is_hub() && log.author == papers.hub.public();
        let is_device = chapter.devices().contains(&log.author);
        let is_own = match log.zone {
            SHARED => is_device || log.author == papers.hub.public(),
            CHAPTER => is_device,
            _ => false,
        };
        let allowed = is_own && log.chapter == chapter.id || is_published;
        if !allowed && !papers.has(Planted::ForgetsRights) {
            return Err(CloseCode::NotAllowed);
        }
        if !stands(&machine.store, &position) && !papers.has(Planted::TakesTheRevoked) {
            return Err(CloseCode::Revoked);
        }
        let of_hub = machine.is_hub();
        let store = &mut machine.store;
        match store.hash_at(&log, position.sequence) {
            Some(known) if known == position.hash => {
                machine.echoes += u64::from(machine.is_tended);
                return Ok(false);
            }
            Some(_) => return Err(CloseCode::Fork),
            None => {}
        }
        let last = store.last(&log);
        if last.map_or(1, |last| last.sequence + 1) != position.sequence {
            return Err(CloseCode::BrokenChain);
        }
        if last.map_or([0; 32], |last| last.hash) != previous {
            return Err(CloseCode::Fork);
        }
        let entry = entry.into_entry();
        let changes = entry.changes.clone();
        store.append(entry, position, previous);
        for (index, change) in changes.iter().enumerate() {
            let floor = store.floor(&log.chapter, &change.document);
            let is_to_be_judged = of_hub && log.zone == SHARED && log.author != papers.hub.public();
            if is_to_be_judged && (is_refused(change, floor) || was_refused(store, position, index, change)) {
                store.refuse(&log, position.sequence, index, &name_of(change, &log));
                refusals.push(refusal(position, index, change));
            }
            if let (ChangeKind::Refusal, Body::Open(body)) = (change.kind, &change.body)
                && let Ok(refusal) = Refusal::read(body)
            {
                let name = refusal.key.unwrap_or_default();
                store.refuse(&refusal.log, refusal.sequence, refusal.index as usize, &name);
            }
        }
        if store.has(Planted::AppliesTwice) && position.sequence % 8 == 5 {
            let row = store.rows.last().unwrap().clone();
            store.rows.push(row);
        }
        if store.has(Planted::LosesAnEntry) && position.sequence % 8 == 5 {
            store.rows.pop();
        }
        if log.author == machine.key.public() {
            // It came from the peer, so the peer has it.
            acknowledge(&mut machine.store, &[position]);
        }
        Ok(true)
    }
}

/// The notice came back to a hub that was restored, before what it is about.
fn was_refused(store: &Store, position: Position, index: usize, change: &Change) -> bool {
    let name = name_of(change, &position.log);
    let notices = store.rows.iter().flat_map(|row| &row.entry.changes);
    notices.filter(|change| change.kind == ChangeKind::Refusal).any(|notice| match &notice.body {
        Body::Open(body) => Refusal::read(body).is_ok_and(|refusal| {
            (refusal.log, refusal.sequence) == (position.log, position.sequence)
                && refusal.index as usize == index
                && refusal.key.as_ref() == Some(&name)
        }),
        Body::Sealed(_) | Body::Absent { .. } => false,
    })
}

/// The hub has rules of its own about what is in a body, and takes none that is missing without a floor to explain it.
fn is_refused(change: &Change, floor: u32) -> bool {
    match &change.body {
        Body::Open(body) => body[1] < 12,
        Body::Absent { .. } => change.document != [0; 16] && change.generation.number >= floor,
        Body::Sealed(_) => false,
    }
}

fn refusal(position: Position, index: usize, change: &Change) -> Change {
    let Position { log, sequence, .. } = position;
    let (document, generation, index) = (change.document, change.generation, index as u32);
    let key = Some(name_of(change, &log));
    let refusal = Refusal { log, sequence, index, document, generation, code: "schema".to_owned(), key };
    Change { kind: ChangeKind::Refusal, document, generation, body: Body::Open(refusal.to_body()) }
}
