//! What a page asks to be changed, as a deed; and a deed's error, as a page has words for it.

use helhet_shared::command::{self, GrantInput};
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::{Basis, Purpose};

use super::chapter::failed;
use super::desk::*;
use crate::write::{Deed, WriteError};

pub(super) fn carry_out(deed: &mut Deed<'_>, id: SupporterId, change: &Change) -> Result<(), WriteError> {
    let settings = deed.settings()?;
    match change {
        Change::Edit(edited) => deed.change(id, |supporter, rng, now| {
            let EditedForm { revision, volunteering, peer_support } = edited.as_ref();
            let mut edits = command::edit(supporter, revision, &settings, rng, now)?;
            edits.extend(command::edit_volunteering(supporter, volunteering, &settings, rng)?);
            edits.extend(command::edit_peer_support(supporter, peer_support, &settings, rng)?);
            Ok(edits)
        }),
        Change::AddRole(role) => deed.change(id, |_, rng, _| command::add_role(role, &settings, rng)),
        Change::EndRole(key) => {
            deed.change(id, |supporter, _, now| command::end_role(supporter, *key, "", now))
        }
        Change::AddNote(text) => deed.change(id, |_, rng, now| command::note(text, &settings, rng, now)),
        Change::RemoveNote(key) => {
            deed.change(id, |supporter, _, _| Ok(command::remove_note(supporter, *key)))
        }
        Change::AddHealthNote(text) => deed.health_note(id, text),
        Change::RemoveHealthNote(key) => deed.remove_health_note(id, *key),
        Change::AddTag(text) => {
            deed.change(id, |supporter, rng, _| command::add_tag(supporter, text, &settings, rng))
        }
        Change::RemoveTag(key) => deed.change(id, |supporter, _, _| Ok(command::remove_tag(supporter, *key))),
        Change::ProtectAddress => deed.change(id, |supporter, _, _| Ok(command::protect_address(supporter))),
        Change::UnprotectAddress => {
            deed.change(id, |supporter, _, _| Ok(command::unprotect_address(supporter)))
        }
        Change::Keep { because, until } => {
            deed.change(id, |_, rng, now| command::keep(*because, until, now.date_naive(), rng))
        }
        Change::KeepNoLonger => deed.change(id, |supporter, _, _| Ok(command::keep_no_longer(supporter))),
        Change::Grant(purpose) => grant(deed, id, *purpose),
        Change::Withdraw(purpose) => deed.withdraw(id, *purpose),
        Change::Refuse(purpose) => deed.change(id, |_, rng, now| Ok(command::refuse(*purpose, rng, now))),
        Change::ConfirmSharing => deed.change(id, |supporter, _, _| Ok(command::confirm_sharing(supporter))),
        Change::TakeBackSharing => {
            deed.change(id, |supporter, rng, now| Ok(command::take_back_sharing(supporter, rng, now)))
        }
        Change::Pick { key, value } => {
            deed.change(id, |supporter, _, _| command::pick(supporter, key, value))
        }
    }
}

pub(super) fn grant(deed: &mut Deed<'_>, id: SupporterId, purpose: Purpose) -> Result<(), WriteError> {
    let input =
        GrantInput { purpose, basis: Basis::Consent, wording: String::new(), channel: "form".to_owned() };
    deed.change(id, |supporter, rng, now| command::grant(supporter, &input, rng, now))
}

pub(super) fn write_error(error: WriteError) -> DeskError {
    match error {
        WriteError::Input(refused) => DeskError::Input(refused),
        WriteError::MayNotErase | WriteError::Newcomer | WriteError::NotAdmin => DeskError::MayNot,
        WriteError::Kept(_) => DeskError::Kept,
        WriteError::Closed => DeskError::Closed,
        WriteError::NoSuchSupporter | WriteError::NoSuchAgreement | WriteError::NoSuchDevice => {
            DeskError::NotFound
        }
        other @ (WriteError::TooLarge
        | WriteError::DeviceIsOut
        | WriteError::OwnDevice
        | WriteError::OtherPhrase
        | WriteError::Stranger
        | WriteError::Sealed(_)
        | WriteError::Document(_)
        | WriteError::Store(_)
        | WriteError::Open(_)) => failed(other),
    }
}
