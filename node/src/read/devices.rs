//! The chapter's computers, and who asks to be one.
use helhet_protocol::identity::{Application, DeviceRole, PublicKey};

use crate::store::identity::Identity;
use crate::store::members::{self, Member};
use crate::store::{Store, StoreError, applicants};

/// A computer of the chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    pub key: PublicKey,
    pub name: String,
    /// It may decide on the others.
    pub is_admin: bool,
    /// What only peer support reads can be read there.
    pub reads_confidential: bool,
    pub state: DeviceState,
    /// Until when its certificate holds, unix seconds.
    pub until: i64,
    pub is_this: bool,
}

/// Whether a computer is the chapter's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceState {
    In,
    /// Certified by an older chapter key: kept out since the chapter was restored by its phrase.
    KeptOut,
    Removed,
}

impl DeviceState {
    pub fn code(self) -> &'static str {
        match self {
            DeviceState::In => "in",
            DeviceState::KeptOut => "kept_out",
            DeviceState::Removed => "removed",
        }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asks {
    pub key: PublicKey,
    pub name: String,
    /// The six digits that both computers show.
    pub code: String,
    /// Unix seconds.
    pub at: i64,
}

/// All computers that the chapter ever had, this one first.
pub fn devices(store: &Store, identity: &Identity) -> Result<Vec<Device>, StoreError> {
    let members =
        store.database().read(|connection| members::all(connection, identity.chapter.as_bytes()))?;
    let latest = members.iter().map(Member::chapter_key_serial).max();
    let own = identity.device.public();
    let mut devices: Vec<Device> = members
        .into_iter()
        .map(|member| Device {
            key: member.key,
            is_admin: member.certificate.role == DeviceRole::Admin,
            reads_confidential: member.certificate.confidential.is_some(),
            state: match member.is_out {
                true => DeviceState::Removed,
                false if Some(member.chapter_key_serial()) == latest => DeviceState::In,
                false => DeviceState::KeptOut,
            },
            until: member.certificate.not_after,
            is_this: member.key == own,
            name: member.certificate.name,
        })
        .collect();
    devices.sort_by(|one, other| {
        (!one.is_this, &one.name, one.key).cmp(&(!other.is_this, &other.name, other.key))
    });
    Ok(devices)
}

/// Who asks to be let in.
pub fn applicants(store: &Store) -> Result<Vec<Asks>, StoreError> {
    let rows = store.database().read(|connection| Ok::<_, StoreError>(applicants::all(connection)?))?;
    let asks = rows.into_iter().filter_map(|row| {
        let application = Application::from_bytes(&row.application).ok()?;
        Some(Asks { key: PublicKey(row.key), name: application.name, code: row.code, at: row.at })
    });
    Ok(asks.collect())
}
