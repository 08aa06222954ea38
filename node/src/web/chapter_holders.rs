//! The peer-support key of those who hold it and are signed in, in memory alone: what such a user asks for or does is asked
//! and done with it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use helhet_protocol::seal::SealKey;

use super::chapter::{Chapter, failed};
use super::chapter_deeds::write_error;
use super::desk::DeskError;
use crate::Node;
use crate::access::{peer_support, second_factor};

/// By login, in the user's own spelling, with the time of the password.
#[derive(Default)]
pub(super) struct Holders(BTreeMap<String, (SealKey, DateTime<Utc>)>);

/// Who has given the password may still be asked for a passkey.
const UNTIL_SIGNED_IN: TimeDelta = TimeDelta::minutes(5);

impl Chapter {
    /// The program as this user has it.
    pub(super) fn node_of(&self, who: &str) -> Result<Node, DeskError> {
        let key = self.key_of(who);
        Ok(self.node()?.with_peer_support(key))
    }

    /// The peer-support key, if this user holds it.
    pub(super) fn key_of(&self, who: &str) -> Option<SealKey> {
        self.holders(|holders| holders.0.get(who).map(|(key, _)| key.clone()))
    }

    /// This was the user's password. Who was let into peer support meanwhile, on whatever computer, is told what was sealed before.
    pub(super) fn remember_holder(&self, node: &Node, login: &str, password: &str) -> Result<(), DeskError> {
        let Some(key) = peer_support::open(node.store(), login, password).map_err(failed)? else {
            return Ok(());
        };
        let login = second_factor::spelling(node.store(), login).map_err(failed)?;
        let told = node.clone().with_peer_support(Some(key.clone()));
        told.writer().act(|deed| deed.tell_epochs()).map_err(write_error)?;
        let now = node.writer().clock().now();
        self.holders(|holders| holders.0.insert(login, (key, now)));
        Ok(())
    }

    /// Who has signed out, or was signed out, leaves no key behind.
    pub(super) fn forget_holders_but(&self, is_signed_in: &dyn Fn(&str) -> bool) {
        let now = self.clock().now();
        self.holders(|holders| {
            holders.0.retain(|login, (_, at)| is_signed_in(login) || now - *at < UNTIL_SIGNED_IN);
        });
    }
}
