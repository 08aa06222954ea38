//! The agreement the chapter has accepted, and the chapter's own document: figures and acceptances.
use std::sync::{Mutex, PoisonError};

use helhet_shared::document::{Content, Document};
use helhet_shared::gate::{AcceptedAgreement, Agreement, Figures, ForShared as _};
use helhet_shared::id::{ActorId, DocumentId};
use helhet_shared::sqlite::members;
use helhet_shared::supporter::Role;
use helhet_shared::zone::Zone;
use rusqlite::Connection;

use super::held;
use super::{Deed, WriteError};
use crate::store::{StoreError, arrived, contents, settings, supporters};

const ACCEPTED: &str = "accepted_agreement";
pub(super) const CHAPTER_DOCUMENT: &str = "chapter_document";
const FIGURES_ON: &str = "figures_on";
/// The day, the edition of the roles and the newest floor for which the figures were counted last: nothing else moves them,
/// but for their own document; who touches that takes this away.
pub(crate) const FIGURES_OF: &str = "figures_of";

/// The agreement that the gate goes by, as it stood when it was accepted; none, and the office sees figures only.
pub(crate) fn accepted(connection: &Connection) -> Result<Option<Agreement>, StoreError> {
    let Some(bytes) = settings::read(connection, ACCEPTED)? else { return Ok(None) };
    let damaged = StoreError::Damaged { what: "the accepted agreement" };
    let Ok(document) = Document::load(&bytes, ActorId::from_bytes([0; 16])) else { return Err(damaged) };
    // One that this version cannot read is none: nothing leaves.
    Ok(Agreement::from_content(&document.content()).ok())
}

/// The agreement as it was read last: every deed asks for it, and it changes once in years.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<Option<(Vec<u8>, Option<Agreement>)>>);

impl Known {
    /// As [`accepted`].
    pub(super) fn accepted(&self, connection: &Connection) -> Result<Option<Agreement>, StoreError> {
        let Some(bytes) = settings::read(connection, ACCEPTED)? else { return Ok(None) };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((read, agreement)) = known.as_ref()
            && *read == bytes
        {
            return Ok(agreement.clone());
        }
        let agreement = accepted(connection)?;
        *known = Some((bytes, agreement.clone()));
        Ok(agreement)
    }
}

impl Deed<'_> {
    /// Accepts a published agreement as it stands, and asks the gate anew for everybody.
    pub fn accept(&mut self, agreement: DocumentId, members_signed: bool) -> Result<(), WriteError> {
        let published = held::live(self.transaction, agreement)?.filter(|held| held.zone == Zone::Published);
        let published = published.ok_or(WriteError::NoSuchAgreement)?;
        let agreement = Agreement::from_content(&published.document.content());
        let agreement = agreement.map_err(|_| WriteError::NoSuchAgreement)?;
        let acceptance = AcceptedAgreement::of(&agreement, members_signed, &mut self.rng, self.now);
        settings::write(self.transaction, ACCEPTED, &published.document.save())?;
        self.agreement = Some(agreement);
        let mut accepted = self.chapter_figures()?.accepted().to_vec();
        accepted.push(acceptance);
        self.write_figures(accepted)?;
        self.touched.extend(supporters::ids(self.transaction)?);
        Ok(())
    }

    /// What another device of the chapter accepted holds here too: read before the gate is asked about what came with it.
    pub fn adopt_agreement(&mut self) -> Result<(), WriteError> {
        for shared in arrived::of_nobody(self.transaction)? {
            let content =
                held::live(self.transaction, shared)?.map(|held| (held.zone, held.document.content()));
            if let Some((Zone::Shared, content)) = content
                && content.get("type") == Some(&vec!["chapter".into()])
            {
                self.adopt(shared, &content)?;
            }
        }
        Ok(())
    }

    fn adopt(&mut self, document: DocumentId, content: &Content) -> Result<(), WriteError> {
        if self.chapter_document()?.is_none() {
            settings::write(self.transaction, CHAPTER_DOCUMENT, document.as_bytes())?;
        }
        let figures = Figures::from_content(content);
        let Some(last) = figures.accepted().iter().max_by_key(|accepted| accepted.accepted_at) else {
            return Ok(());
        };
        let is_known =
            |agreement: &Agreement| (agreement.id, agreement.version) == (last.agreement, last.version);
        if self.agreement.as_ref().is_some_and(is_known) {
            return Ok(());
        }
        let published =
            held::live(self.transaction, last.agreement)?.filter(|held| held.zone == Zone::Published);
        let Some(published) = published else { return Ok(()) };
        let agreement = Agreement::from_content(&published.document.content());
        if let Some(agreement) = agreement.ok().filter(is_known) {
            settings::write(self.transaction, ACCEPTED, &published.document.save())?;
            self.agreement = Some(agreement);
        }
        Ok(())
    }

    /// The figures as they stand, and, once a day, roles whose day has come. Called when a session begins, and in an open
    /// one when the day turns.
    pub fn begin_day(&mut self) -> Result<(), WriteError> {
        let today = self.today().to_string();
        let (roles, floor) =
            (supporters::edition_of_roles(self.transaction)?, members::newest(self.transaction)?);
        let counted = format!("{today} {roles} {floor}");
        if settings::read_text(self.transaction, FIGURES_OF)?.as_deref() == Some(counted.as_str()) {
            return Ok(());
        }
        // What others have removed may go by their example again.
        self.heard_of_words = true;
        settings::write(self.transaction, FIGURES_OF, counted.as_bytes())?;
        let last = settings::read_text(self.transaction, FIGURES_ON)?;
        let accepted = self.chapter_figures()?.accepted().to_vec();
        self.write_figures(accepted)?;
        if last.as_deref() != Some(today.as_str()) {
            let since = last.unwrap_or_default();
            self.touched.extend(supporters::whose_roles_turn(self.transaction, &since, &today)?);
            settings::write(self.transaction, FIGURES_ON, today.as_bytes())?;
            let lost = contents::check(self.transaction, self.identity.chapter.as_bytes())?;
            if lost > 0 {
                tracing::error!(
                    lost,
                    "changes are damaged; what the office has of them, the next sync gives back"
                );
            }
        }
        Ok(())
    }

    pub(super) fn chapter_figures(&self) -> Result<Figures, WriteError> {
        let content = match self.chapter_document()? {
            Some(id) => held::live(self.transaction, id)?.map(|held| held.document.content()),
            None => None,
        };
        Ok(Figures::from_content(&content.unwrap_or_default()))
    }

    /// Has the figures written again when the next session begins, if `document` is theirs: it came back, or was refused.
    pub(super) fn doubt_figures(&self, document: DocumentId) -> Result<(), WriteError> {
        if self.chapter_document()? == Some(document) {
            settings::remove(self.transaction, FIGURES_OF)?;
        }
        Ok(())
    }

    fn chapter_document(&self) -> Result<Option<DocumentId>, WriteError> {
        let bytes = settings::read(self.transaction, CHAPTER_DOCUMENT)?;
        Ok(bytes.and_then(|bytes| DocumentId::try_from(bytes.as_slice()).ok()))
    }

    pub(super) fn write_figures(&mut self, accepted: Vec<AcceptedAgreement>) -> Result<(), WriteError> {
        let (all, holding) = supporters::figures(self.transaction, &self.today().to_string())?;
        let holding = holding.into_iter().filter_map(|(role, count)| Some((Role::from_code(&role)?, count)));
        let figures = Figures::of(all, holding, accepted);
        let id = match self.chapter_document()? {
            Some(id) => id,
            None => {
                let id = DocumentId::random(&mut self.rng);
                settings::write(self.transaction, CHAPTER_DOCUMENT, id.as_bytes())?;
                id
            }
        };
        let held = held::live(self.transaction, id)?;
        if let Some(refused) = held.as_ref().filter(|held| held.frozen || held.has_twin) {
            // Nothing more can be added to what the hub refused, or what two lives began: the figures begin anew.
            let floor = refused.generation.number.saturating_add(1);
            self.narrow(Zone::Shared, id, floor)?;
            let mut fresh = self.fresh(Zone::Shared, id)?;
            let change = fresh.document.edit(&figures.edits(&Content::new()), self.now);
            return self.keep(fresh, change.into_iter().collect());
        }
        let current = held.map(|held| held.document.content()).unwrap_or_default();
        self.edit_document(Zone::Shared, id, &figures.edits(&current))
    }
}
