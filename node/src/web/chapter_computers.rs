//! The chapter's computers, as the screens ask for them; and this one's own asking, while nobody has let it in.
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use helhet_protocol::identity::{DeviceRole, Invite, PublicKey};

use super::chapter::{Chapter, failed, join_error};
use super::chapter_deeds::write_error;
use super::chapter_desk::moment;
use super::desk::{Computer, Computers, DeskError, Knock};
use crate::Node;
use crate::ask::{self, Asking};
use crate::read::{self, DeviceState};
use crate::store::lock::Keeping;
use crate::store::wipe;

/// How long between two looks whether somebody has let this computer in.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// This computer asks to be one of a chapter's.
#[derive(Clone)]
pub(super) struct Knocking {
    pub(super) knock: Knock,
    /// The chapter's node, once it was let in.
    let_in: Arc<Mutex<Option<Node>>>,
}

impl Knocking {
    pub(super) fn let_in(&self) -> Option<Node> {
        self.let_in.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Chapter {
    /// Asks with the invite of one of the chapter's computers, until it is let in.
    pub(super) fn knock(&self, invite: &Invite, device: &str) -> Result<Knocking, DeskError> {
        let asking = ask::ask(self.folder(), invite, device, &Keeping::UntilFirstUser, self.clock())
            .map_err(join_error)?;
        let knock = Knock { chapter: invite.chapter_name.clone(), code: asking.code.clone() };
        let knocking = Knocking { knock, let_in: Arc::default() };
        let door = knocking.clone();
        self.spawn(async move { wait(asking, &door).await });
        Ok(knocking)
    }

    pub(super) fn computers_here(&self) -> Result<Computers, DeskError> {
        let node = self.node()?;
        let devices = read::devices(node.store(), node.identity()).map_err(failed)?;
        let asking = read::applicants(node.store()).map_err(failed)?;
        Ok(Computers {
            may_decide: devices.iter().any(|device| device.is_this && device.is_admin),
            office: node.identity().office_address().to_string(),
            asking: asking.into_iter().map(|asks| (asks.name, asks.code)).collect(),
            computers: devices
                .into_iter()
                .map(|device| Computer {
                    key: device.key.to_string(),
                    name: device.name,
                    is_this: device.is_this,
                    is_admin: device.is_admin,
                    is_in: device.state == DeviceState::In,
                    is_removed: device.state == DeviceState::Removed,
                    until: moment(device.until),
                })
                .collect(),
        })
    }

    pub(super) fn new_invite(&self, admin: bool) -> Result<String, DeskError> {
        let role = if admin { DeviceRole::Admin } else { DeviceRole::Editor };
        let invite = self.node()?.writer().act(|deed| deed.invite_device(role));
        Ok(invite.map_err(write_error)?.to_string())
    }

    pub(super) fn answer_the_door(
        &self,
        who: &str,
        code: &str,
        let_in: Option<bool>,
    ) -> Result<(), DeskError> {
        let node = self.node_of(who)?;
        let asking = read::applicants(node.store()).map_err(failed)?;
        let key = asking.into_iter().find(|asks| asks.code == code).ok_or(DeskError::NotFound)?.key;
        let done = node.writer().act(|deed| match let_in {
            Some(peer_support) => deed.confirm_device(&key, peer_support),
            None => deed.turn_applicant_away(&key),
        });
        done.map_err(write_error)
    }

    pub(super) fn is_put_out(&self) -> Result<bool, DeskError> {
        let Some(node) = self.joined() else { return Ok(false) };
        node.store().database().read(|connection| wipe::is_removed(connection)).map_err(failed)
    }

    pub(super) fn wipe_all(&self) -> Result<(), DeskError> {
        if !self.is_put_out()? {
            return Err(DeskError::MayNot);
        }
        self.forget();
        wipe::wipe(self.folder()).map_err(failed)
    }

    pub(super) fn change_computer(&self, who: &str, key: &str, keep: bool) -> Result<(), DeskError> {
        let key: PublicKey = key.parse().map_err(|_| DeskError::NotFound)?;
        let done = self.node_of(who)?.writer().act(|deed| match keep {
            true => deed.admit_device(&key),
            false => deed.revoke_device(&key, None),
        });
        done.map_err(write_error)
    }
}

async fn wait(mut asking: Asking, knocking: &Knocking) {
    loop {
        match asking.attempt().await {
            Ok(Ok(node)) => {
                *knocking.let_in.lock().unwrap_or_else(PoisonError::into_inner) = Some(node);
                return;
            }
            Ok(Err(waiting)) => asking = waiting,
            Err(again) => {
                tracing::warn!(error = %again.error, "asking to be let in failed, and is tried again");
                asking = again.asking;
            }
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}
