//! Each line of the [`Desk`] carried out by the chapter's program.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use helhet_protocol::identity::{OfficeAddress, RecoveryPhrase};
use helhet_shared::command::SupporterInput;
use helhet_shared::erasures::Erasure;
use helhet_shared::gate::{Agreement, Verdict};
use helhet_shared::id::SupporterId;
use helhet_shared::schema;
use helhet_shared::supporter::value::{Country, Phone};
use helhet_shared::supporter::{Purpose, Role, Supporter};

use super::chapter::{Chapter, failed, office_said};
use super::chapter_deeds::{carry_out, grant, write_error};
use super::desk::*;
use crate::Node;
use crate::read::{self, Listing};
use crate::store::setup::{self, Step};
use crate::store::supporters::SupporterRow;
use crate::store::{lock, users};
use crate::sync::Connection;
use crate::write::{Which, WriteError};

/// How many changes a supporter's page tells of.
const CHANGES_SHOWN: usize = 40;

/// How many are named where only the first few are shown.
const FIRST: usize = 20;

impl Desk for Chapter {
    fn standing(&self) -> Result<Standing, DeskError> {
        if self.waits().is_some() {
            return Ok(Standing::Knocking);
        }
        let Some(node) = self.joined() else {
            let locked = lock::is_locked(self.folder());
            return Ok(if locked { Standing::Locked } else { Standing::NotJoined });
        };
        match Chapter::step(&node)? {
            Step::Asked | Step::Agreement => return Ok(Standing::NotJoined),
            Step::Words => return Ok(Standing::WordsShown),
            Step::Settled => {}
        }
        let count =
            node.store().database().read(|connection| users::count(connection).map_err(WriteError::from));
        Ok(if count.map_err(failed)? == 0 { Standing::WithoutUser } else { Standing::Ready })
    }

    fn place(&self) -> Result<Place, DeskError> {
        let folder = self.folder().display().to_string();
        let Some(node) = self.joined() else { return Ok(Place { folder, ..Place::default() }) };
        let identity = node.identity();
        Ok(Place {
            chapter: identity.chapter_name.clone(),
            device: identity.device_name.clone(),
            folder,
            country: read::country(node.store()).map_err(failed)?,
        })
    }

    fn light(&self) -> Result<LightFigures, DeskError> {
        let node = self.node()?;
        let status = read::status(node.store(), node.identity()).map_err(failed)?;
        let changes: u64 = status.waiting.iter().map(|waiting| u64::from(waiting.changes)).sum();
        let at = status.last_acknowledged.and_then(|at| DateTime::from_timestamp(at, 0));
        let connection = *node.connection().borrow();
        Ok(LightFigures {
            connected: connection == Connection::Connected,
            said: match connection {
                Connection::Offline { refused } => refused.map(office_said),
                Connection::Dialling | Connection::Connected => None,
            },
            sent_at: at.filter(|_| status.is_all_sent()),
            waiting: usize::try_from(changes + status.receipts_owed).unwrap_or(usize::MAX),
            refused: status.refused.iter().filter(|(supporter, _)| supporter.is_some()).count(),
        })
    }

    fn watch(&self, changed: Box<dyn Fn() + Send + Sync>) {
        self.on_change(changed.into());
    }

    fn open_invite(&self, invite: &str, device: &str) -> Result<(), DeskError> {
        self.join_by(invite, device)
    }

    fn knock(&self) -> Result<Option<Knock>, DeskError> {
        Ok(self.waits())
    }

    fn computers(&self) -> Result<Computers, DeskError> {
        self.computers_here()
    }

    fn invite_computer(&self, admin: bool) -> Result<String, DeskError> {
        self.new_invite(admin)
    }

    fn answer(&self, who: &str, code: &str, let_in: Option<bool>) -> Result<(), DeskError> {
        self.answer_the_door(who, code, let_in)
    }

    fn keep_computer(&self, who: &str, key: &str, keep: bool) -> Result<(), DeskError> {
        self.change_computer(who, key, keep)
    }

    fn is_removed(&self) -> Result<bool, DeskError> {
        self.is_put_out()
    }

    fn wipe(&self) -> Result<(), DeskError> {
        self.wipe_all()
    }

    fn waits_at(&self) -> Result<Option<String>, DeskError> {
        Ok(self.meeting_place())
    }

    fn wait_here(&self) -> Result<(), DeskError> {
        self.meet_here()
    }

    fn meet(&self, address: &str) -> Result<(), DeskError> {
        self.meet_there(address)
    }

    fn invited(&self) -> Result<Option<(String, Agreement)>, DeskError> {
        let Some(node) = self.joined() else { return Ok(None) };
        Ok(self.to_accept()?.map(|agreement| (node.identity().chapter_name.clone(), agreement)))
    }

    fn join(&self) -> Result<(), DeskError> {
        self.accept_waiting()?;
        self.proceed(setup::show_words)
    }

    fn bring_back(
        &self,
        office: &OfficeAddress,
        phrase: &RecoveryPhrase,
        device: &str,
    ) -> Result<(), DeskError> {
        self.restore_by(office, phrase, device)
    }

    fn recovery(&self) -> Result<Option<Recovery>, DeskError> {
        self.recovery_words()
    }

    fn recovery_kept(&self) -> Result<(), DeskError> {
        self.proceed(setup::settle)
    }

    fn needs(&self) -> Result<Needs, DeskError> {
        let node = self.node()?;
        let (supporters, by_role) = read::front(node.store(), node.writer().today()).map_err(failed)?;
        let by_role =
            by_role.into_iter().filter_map(|(role, count)| Some((role.parse().ok()?, whole(count))));
        let disputed = read::disputed(node.store()).map_err(failed)?;
        let doubles = read::possible_doubles(node.store()).map_err(failed)?;
        Ok(Needs {
            supporters: whole(supporters),
            waiting_erasures: read::waiting_count(node.store(), node.identity()).map_err(failed)?,
            by_role: by_role.collect(),
            conflicts: Few {
                count: disputed.len(),
                first: disputed.iter().take(FIRST).map(named_row).collect(),
            },
            doubles: Few {
                count: doubles.len(),
                first: named(&node, doubles.into_iter().take(FIRST).map(|(one, _)| one))?,
            },
        })
    }

    fn supporters(&self, question: &Question) -> Result<Found, DeskError> {
        let node = self.node()?;
        let today = node.writer().today();
        let limit = question.limit.and_then(|limit| u32::try_from(limit).ok());
        let listing =
            Listing { search: question.search.clone(), role: question.role, limit, ..Listing::default() };
        let (rows, found) = read::supporters(node.store(), &listing, today).map_err(failed)?;
        let (total, _) = read::front(node.store(), today).map_err(failed)?;
        let country = read::country(node.store()).map_err(failed)?;
        Ok(Found {
            total: whole(total),
            found: whole(found),
            rows: rows.into_iter().map(|row| listed(row, today, &country)).collect(),
        })
    }

    fn supporter(&self, id: SupporterId) -> Result<Supporter, DeskError> {
        read::record(self.node()?.store(), id).map_err(failed)?.ok_or(DeskError::NotFound)
    }

    fn verdict(&self, id: SupporterId) -> Result<(Verdict, bool), DeskError> {
        let node = self.node()?;
        let view = read::what_the_office_sees(node.store(), node.identity(), id, node.writer().today());
        let view = view.map_err(failed)?.ok_or(DeskError::NotFound)?;
        Ok((view.verdict, view.waiting == 0))
    }

    fn health_notes(&self, who: &str, id: SupporterId) -> Result<HealthNotes, DeskError> {
        let node = self.node()?;
        let supporter = read::record(node.store(), id).map_err(failed)?.ok_or(DeskError::NotFound)?;
        let key = self.key_of(who);
        let now = node.writer().clock().now().timestamp();
        read::confidential_notes(node.store(), node.identity(), &supporter, key.as_ref(), now).map_err(failed)
    }

    fn history(&self, id: SupporterId) -> Result<Vec<Changed>, DeskError> {
        read::history(self.node()?.store(), id, CHANGES_SHOWN).map_err(failed)
    }

    fn doubles(&self, first: usize) -> Result<(usize, Vec<(Supporter, Supporter)>), DeskError> {
        read::doubles_side_by_side(self.node()?.store(), first).map_err(failed)
    }

    fn tell_apart(&self, one: SupporterId, other: SupporterId) -> Result<(), DeskError> {
        self.node()?.writer().act(|deed| deed.tell_apart(one, other)).map_err(write_error)
    }

    fn merge(&self, who: &str, kept: SupporterId, gone: SupporterId) -> Result<(), DeskError> {
        self.node_of(who)?.writer().act(|deed| deed.merge(kept, gone)).map_err(write_error)
    }

    fn overview(&self) -> Result<Overview, DeskError> {
        let node = self.node()?;
        read::overview(node.store(), node.writer().today()).map_err(failed)
    }

    fn withheld(&self) -> Result<Few, DeskError> {
        let rows = read::withheld(self.node()?.store()).map_err(failed)?;
        Ok(Few { count: rows.len(), first: rows.iter().map(named_row).collect() })
    }

    fn agreement(&self) -> Result<Option<(Agreement, Acceptance)>, DeskError> {
        let state = read::agreements(self.node()?.store()).map_err(failed)?;
        if let Some((_, agreement)) = state.to_accept() {
            return Ok(Some((agreement.clone(), Acceptance::Open)));
        }
        Ok(state.accepted.map(|agreement| (agreement, Acceptance::Accepted)))
    }

    fn accept_agreement(&self) -> Result<(), DeskError> {
        self.accept_waiting()
    }

    fn waiting(&self) -> Result<Waiting, DeskError> {
        let node = self.node()?;
        let status = read::status(node.store(), node.identity()).map_err(failed)?;
        let ids: Vec<SupporterId> = status.waiting.iter().filter_map(|waiting| waiting.supporter).collect();
        let mut refused = Vec::new();
        for (id, row) in status.refused {
            let Some(id) = id else { continue };
            refused.extend(
                named(&node, [id])?.into_iter().map(|one| (one, schema::sentence(&row.code).to_owned())),
            );
        }
        let same_at = status.compared.agreed_at.filter(|_| !status.compared.differs());
        Ok(Waiting {
            same_at: same_at.and_then(|at| DateTime::from_timestamp(at, 0)),
            differs: status.compared.differs(),
            copy_met_at: status.copies.last.and_then(|at| DateTime::from_timestamp(at, 0)),
            waiting: Few { count: ids.len(), first: named(&node, ids.into_iter().take(FIRST))? },
            refused,
        })
    }

    fn sync_now(&self) -> Result<(), DeskError> {
        self.node()?.writer().announce();
        Ok(())
    }

    fn register(&self, input: &SupporterInput, consents: &[Purpose]) -> Result<SupporterId, DeskError> {
        let added = self.node()?.writer().act(|deed| {
            let id = deed.register(input)?;
            for purpose in consents {
                grant(deed, id, *purpose)?;
            }
            Ok(id)
        });
        added.map_err(write_error)
    }

    fn change(&self, who: &str, id: SupporterId, change: Change) -> Result<(), DeskError> {
        self.node_of(who)?.writer().act(|deed| carry_out(deed, id, &change)).map_err(write_error)
    }

    fn erase(&self, id: SupporterId) -> Result<Erased, DeskError> {
        let node = self.node()?;
        let is_gone = node.writer().act(|deed| deed.erase(id)).map_err(write_error)?;
        Ok(match (is_gone, node.writer().has_bytes_left()) {
            (false, _) => Erased::Waits,
            (true, true) => Erased::Soon,
            (true, false) => Erased::Gone,
        })
    }

    fn waiting_erasures(&self) -> Result<Vec<WaitingErasure>, DeskError> {
        let node = self.node()?;
        read::waiting_erasures(node.store(), node.identity()).map_err(failed)
    }

    fn confirm_erasures(&self, which: Which, phrase: Option<RecoveryPhrase>) -> Result<(), DeskError> {
        let root = phrase.map(|phrase| phrase.root());
        let said = self.node()?.writer().act(|deed| deed.confirm_erasures(which, root.as_ref()));
        match said {
            Err(WriteError::OtherPhrase) => Err(DeskError::MayNot),
            said => said.map(drop).map_err(write_error),
        }
    }

    fn take_back_erasures(&self, which: Which) -> Result<(), DeskError> {
        self.node()?.writer().act(|deed| deed.take_back_erasures(which)).map(drop).map_err(write_error)
    }

    fn erasures(&self) -> Result<Vec<Erasure>, DeskError> {
        let node = self.node()?;
        let now = node.writer().clock().now().timestamp();
        read::erasures(node.store(), node.identity(), now).map_err(failed)
    }

    fn look_at(&self, file_name: &str, bytes: &[u8]) -> Result<String, DeskError> {
        self.keep_file(file_name, bytes)
    }

    fn columns(&self, batch: &str) -> Result<Columns, DeskError> {
        self.file_columns(batch)
    }

    fn preview(&self, batch: &str, meanings: &[String]) -> Result<Report, DeskError> {
        self.preview_file(batch, meanings)
    }

    fn report(&self, batch: &str) -> Result<Report, DeskError> {
        self.import_report(batch)
    }

    fn run(&self, batch: &str) -> Result<(), DeskError> {
        self.run_import(batch)
    }

    fn left_out(&self, batch: &str) -> Result<Vec<u8>, DeskError> {
        self.left_out_lines(batch)
    }

    fn undo(&self, batch: &str) -> Result<(), DeskError> {
        self.undo_import(batch)
    }

    fn imports(&self) -> Result<Vec<Past>, DeskError> {
        self.past_imports()
    }
}

fn named_row(row: &SupporterRow) -> Named {
    Named { id: row.id, name: row.display_name.clone() }
}

fn named(node: &Node, ids: impl IntoIterator<Item = SupporterId>) -> Result<Vec<Named>, DeskError> {
    let mut people = Vec::new();
    for id in ids {
        people.extend(read::supporter(node.store(), id).map_err(failed)?.map(|row| named_row(&row)));
    }
    Ok(people)
}

/// A row of the list, from the record as the command line prints it.
pub(super) fn listed(row: SupporterRow, today: NaiveDate, country: &Country) -> Listed {
    let json: serde_json::Value = serde_json::from_str(&row.json).unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let today = today.to_string();
    let current = |role: &&serde_json::Value| {
        role["from"].as_str().is_none_or(|from| from <= today.as_str())
            && role["to"].as_str().is_none_or(|to| to > today.as_str())
    };
    let roles: BTreeMap<Role, ()> = json["roles"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(current)
        .filter_map(|role| Some((role["role"].as_str()?.parse().ok()?, ())))
        .collect();
    Listed {
        id: row.id,
        name: row.display_name,
        roles: roles.into_keys().collect(),
        phone: Phone::shown(&text(&json["phones"][0]), country),
        email: text(&json["emails"][0]),
        place: text(&json["addresses"][0]["city"]),
        in_conflict: row.disputed > 0,
    }
}

fn whole(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Time of an import, as the store keeps it.
pub(super) fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}
