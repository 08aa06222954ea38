//! `device`: the chapter's computers.
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use helhet_protocol::identity::{DeviceRole, PublicKey, RecoveryPhrase, RootKey};
use serde_json::json;
use zeroize::Zeroizing;

use super::output::print;
use crate::Node;
use crate::read::{self, DeviceState};

#[derive(Subcommand, Debug)]
pub(super) enum DeviceCommand {
    /// Makes an invite of a further computer: one line, good once, for 72 hours.
    Invite {
        /// It may decide on the chapter's computers too, and erase.
        #[arg(long)]
        admin: bool,
    },
    /// The chapter's computers, and who asks to be one.
    List {
        #[arg(long)]
        json: bool,
    },
    /// Lets a computer in that asks: its six digits are the same on both.
    Confirm {
        code: String,
        /// What only peer support reads can be read there too.
        #[arg(long)]
        peer_support: bool,
    },
    /// Turns away who asks with these six digits.
    TurnAway { code: String },
    /// Lets a computer in again that was kept out when the chapter was restored.
    Admit { name: String },
    /// Removes a lost or sold computer from the chapter.
    Revoke {
        name: String,
        /// A file with the chapter's 24 words: needed to be safe from a computer that could let others in.
        #[arg(long, value_name = "FILE")]
        phrase_file: Option<PathBuf>,
    },
}

impl DeviceCommand {
    /// Whether it hands keys to another computer.
    pub(super) fn lets_in(&self) -> bool {
        matches!(self, Self::Confirm { .. } | Self::Admit { .. })
    }
}

pub(super) async fn run(node: &Node, command: DeviceCommand) -> anyhow::Result<()> {
    match command {
        DeviceCommand::Invite { admin } => {
            let role = if admin { DeviceRole::Admin } else { DeviceRole::Editor };
            let invite = node.writer().act(|deed| deed.invite_device(role))?;
            eprintln!(
                "Give this line to the other computer and to nobody else: helhet-node join - --device NAME. Its six digits \
                 are then shown by `helhet-node device list` here."
            );
            print(&invite.to_string());
            Ok(())
        }
        DeviceCommand::List { json } => list(node, json),
        DeviceCommand::Confirm { code, peer_support } => {
            let key = applicant(node, &code)?;
            node.writer().act(|deed| deed.confirm_device(&key, peer_support))?;
            if peer_support && !read::opens_peer_support(node.store(), node.peer_support_key())? {
                eprintln!(
                    "What was written on health so far opens there after somebody who reads it has signed in on the screens of \
                     this computer."
                );
            }
            tell(node, "It is one of the chapter's computers now.").await
        }
        DeviceCommand::TurnAway { code } => {
            let key = applicant(node, &code)?;
            node.writer().act(|deed| deed.turn_applicant_away(&key))?;
            eprintln!("Turned away.");
            Ok(())
        }
        DeviceCommand::Admit { name } => {
            let key = named(node, &name)?;
            node.writer().act(|deed| deed.admit_device(&key))?;
            tell(node, "It is let in again.").await
        }
        DeviceCommand::Revoke { name, phrase_file } => revoke(node, &name, phrase_file.as_deref()).await,
    }
}

async fn revoke(node: &Node, name: &str, phrase: Option<&Path>) -> anyhow::Result<()> {
    let key = named(node, name)?;
    let root = phrase.map(root_of).transpose()?;
    let may_certify = read::devices(node.store(), node.identity())?
        .into_iter()
        .any(|device| device.key == key && device.is_admin);
    // What it had sent by now counts: it is not known yet whether that was written in wrong hands.
    let _ = node.sync().await;
    node.writer().act(|deed| deed.revoke_device(&key, root.as_ref()))?;
    if may_certify && root.is_none() {
        eprintln!(
            "This computer could let others in. If it may be in wrong hands, run this again with --phrase-file and the \
             chapter's words: that replaces the key it did that with."
        );
    }
    tell(node, "Removed. It is cut off at the office's hub, and nothing that comes is readable there.").await
}

async fn tell(node: &Node, done: &str) -> anyhow::Result<()> {
    match node.sync().await {
        Ok(_) => eprintln!("{done}"),
        Err(error) => eprintln!("{done} The hub will hear of it with the next sync ({error})."),
    }
    Ok(())
}

fn list(node: &Node, as_json: bool) -> anyhow::Result<()> {
    let devices = read::devices(node.store(), node.identity())?;
    let asking = read::applicants(node.store())?;
    if as_json {
        let devices: Vec<_> = devices
            .iter()
            .map(|device| {
                json!({
                    "name": device.name, "fingerprint": device.key.fingerprint(), "admin": device.is_admin,
                    "peer_support": device.reads_confidential, "state": device.state.code(), "until": device.until,
                    "this": device.is_this,
                })
            })
            .collect();
        let asking: Vec<_> = asking
            .iter()
            .map(|asks| json!({ "name": asks.name, "code": asks.code, "at": asks.at }))
            .collect();
        print(&json!({ "devices": devices, "asking": asking }).to_string());
        return Ok(());
    }
    for device in devices {
        let this = if device.is_this { " (this one)" } else { "" };
        let admin = if device.is_admin { ", decides on computers" } else { "" };
        print(&format!(
            "{}{this}: {}{admin}, {}",
            device.name,
            device.state.code(),
            device.key.fingerprint()
        ));
    }
    for asks in asking {
        print(&format!("{} asks to be let in, with the digits {}", asks.name, asks.code));
    }
    Ok(())
}

fn applicant(node: &Node, code: &str) -> anyhow::Result<PublicKey> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let asking = read::applicants(node.store())?;
    let asks = asking.into_iter().find(|asks| asks.code == digits);
    Ok(asks
        .context("nobody asks with these digits; `helhet-node device list` shows who does, after a sync")?
        .key)
}

pub(super) fn named(node: &Node, name: &str) -> anyhow::Result<PublicKey> {
    let devices = read::devices(node.store(), node.identity())?;
    let open = devices.iter().filter(|device| device.state != DeviceState::Removed);
    let found: Vec<_> =
        open.filter(|device| device.name == name || device.key.fingerprint().starts_with(name)).collect();
    match found.as_slice() {
        [one] => Ok(one.key),
        [] => bail!("the chapter has no such computer; `helhet-node device list` shows all"),
        _ => bail!(
            "several computers are called that: use the fingerprint that `helhet-node device list` shows"
        ),
    }
}

fn root_of(path: &Path) -> anyhow::Result<RootKey> {
    Ok(phrase_in(path)?.root())
}

/// The 24 words of a file.
pub(super) fn phrase_in(path: &Path) -> anyhow::Result<RecoveryPhrase> {
    let mut words = Zeroizing::new(String::new());
    let file = std::fs::File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    file.take(16 * 1024).read_to_string(&mut words).context("the recovery phrase cannot be read")?;
    Ok(RecoveryPhrase::parse(&words)?)
}
