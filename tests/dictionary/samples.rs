//! Batches as chapters and the office send them, without what is random in them: ids, signatures, hashes, actors. What is
//! left is what they have in common. The commonest come last, which costs least to refer to.

use anyhow::{Context as _, Result};
use chrono::{DateTime, TimeDelta, Utc};
use helhet_protocol::identity::Signature;
use helhet_protocol::log::{Body, Change, ChangeKind, Generation};
use helhet_protocol::v1::Entries;
use helhet_protocol::v1::entries::{Head, LogName, Run, Sent};
use helhet_shared::document::{Document, Edit};
use helhet_shared::id::{ActorId, DocumentId, EntryKey};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

/// The dictionary, the same each time.
pub(crate) fn dictionary() -> Result<Vec<u8>> {
    let mut rng = StdRng::seed_from_u64(1);
    let mut dictionary = Vec::new();
    for (first, later) in [organisation(&mut rng), figures(), person(&mut rng)] {
        let mut subject = Subject::new(&mut rng);
        dictionary.extend(subject.common(&first)?);
        for edit in later {
            dictionary.extend(subject.common(&[edit])?);
        }
    }
    Ok(dictionary)
}

/// What is said first, and what is said later, one by one.
type Story = (Vec<Edit>, Vec<Edit>);

fn person(rng: &mut StdRng) -> Story {
    let mut key = || EntryKey::random(rng).to_string();
    let (email, phone, address, role, grant) = (key(), key(), key(), key(), key());
    let first = vec![
        Edit::set("type", "supporter"),
        Edit::set("kind", "person"),
        Edit::set(format!("grant/{grant}/purpose"), "newsletter"),
        Edit::set(format!("grant/{grant}/basis"), "consent"),
        Edit::set(format!("grant/{grant}/given_at"), "2026-01-01T00:00:00Z"),
        Edit::set("name/given", "Kari"),
        Edit::set("name/family", "Nordmann"),
        Edit::set("birth/year", 1970_i64),
        Edit::set(format!("email/{email}"), "kari.nordmann@example.org"),
        Edit::set(format!("phone/{phone}"), "+4722000000"),
        Edit::set(format!("address/{address}/street"), "Storgata 1"),
        Edit::set(format!("address/{address}/postcode"), "0155"),
        Edit::set(format!("address/{address}/city"), "Oslo"),
        Edit::set(format!("address/{address}/country"), "NO"),
        Edit::set(format!("role/{role}/role"), "member"),
        Edit::set(format!("role/{role}/kind"), "main"),
        Edit::set(format!("role/{role}/from"), "2026-01-01"),
    ];
    let later = vec![
        Edit::set(format!("role/{role}/to"), "2026-12-31"),
        Edit::set("name/family", "Hansen"),
        Edit::set(format!("address/{address}/city"), "Bergen"),
        Edit::set(format!("email/{email}"), "kari@example.org"),
        Edit::set(format!("phone/{phone}"), "+4722000001"),
        Edit::set(format!("address/{address}/street"), "Kirkegata 12"),
    ];
    (first, later)
}

fn organisation(rng: &mut StdRng) -> Story {
    let role = EntryKey::random(rng);
    let first = vec![
        Edit::set("type", "supporter"),
        Edit::set("kind", "organisation"),
        Edit::set("name/legal", "Eksempel AS"),
        Edit::set("organisation_number", "NO999999999"),
        Edit::set(format!("role/{role}/role"), "partner"),
        Edit::set(format!("role/{role}/from"), "2026-01-01"),
    ];
    (first, Vec::new())
}

fn figures() -> Story {
    let later = ["supporter", "volunteer", "member"].map(|name| Edit::set(format!("figure/{name}"), 120_i64));
    (vec![Edit::set("type", "chapter"), Edit::set("name", "Oslo")], later.into())
}

/// A document and who writes it.
struct Subject {
    document: Document,
    /// What its changes have in common with each other and with nobody else's.
    own: Vec<Vec<u8>>,
    id: [u8; 16],
    generation: Generation,
    signature: Signature,
    now: DateTime<Utc>,
    number: u64,
}

impl Subject {
    fn new(rng: &mut StdRng) -> Self {
        let (actor, id, half) = (ActorId::random(rng), DocumentId::random(rng), rng.random::<[u8; 32]>());
        let generation = Generation { number: 1, random: rng.random() };
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&half);
        signature[32..].copy_from_slice(&half);
        let own = vec![
            signature.to_vec(),
            id.as_bytes().to_vec(),
            actor.as_bytes().to_vec(),
            generation.random.to_be_bytes().to_vec(),
        ];
        Self {
            document: Document::new(actor),
            own,
            id: *id.as_bytes(),
            generation,
            signature: Signature(signature),
            now: DateTime::UNIX_EPOCH + TimeDelta::days(20_500),
            number: 1,
        }
    }

    /// The batch in which these edits travel alone, without what is random in it.
    fn common(&mut self, edits: &[Edit]) -> Result<Vec<u8>> {
        let body = self.document.edit(edits, self.now).context("there is something to say")?;
        let change = Change {
            kind: ChangeKind::Automerge,
            document: self.id,
            generation: self.generation,
            body: Body::Open(body.0),
        };
        let head = Head::Next { run: 0, later: self.now.timestamp() };
        let run = Run { log: LogName::Number(2), first: 200, before: [0; 4] };
        let sent = Sent { head, signature: self.signature, changes: vec![change] };
        let batch = Entries { number: self.number, runs: vec![run], entries: vec![sent] };
        self.number += 1;
        let mut bytes = minicbor::to_vec(&batch)?;
        for part in &self.own {
            bytes = without(&bytes, part);
        }
        self.own.extend(self.document.heads().into_iter().map(Vec::from));
        Ok(bytes)
    }
}

fn without(bytes: &[u8], part: &[u8]) -> Vec<u8> {
    match bytes.windows(part.len()).position(|window| window == part) {
        Some(at) => [&bytes[..at], &bytes[at + part.len()..]].concat(),
        None => bytes.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fall over")]

    use helhet_protocol::frame::encode;
    use helhet_protocol::v1::Message;

    use super::*;

    /// A change of somebody else, of which the dictionary knows nothing but its kind.
    fn lone() -> Entries {
        let mut rng = StdRng::seed_from_u64(7);
        let mut subject = Subject::new(&mut rng);
        subject.number = 40;
        let (key, role) = (EntryKey::random(&mut rng), EntryKey::random(&mut rng));
        let first =
            [Edit::set("type", "supporter"), Edit::set("kind", "person"), Edit::set("name/given", "Liv")];
        subject.document.edit(&first, subject.now).unwrap();
        subject.document.edit(&[Edit::set(format!("role/{role}/role"), "donor")], subject.now).unwrap();
        let edit = Edit::set(format!("address/{key}/street"), "Rue de la Loi 200");
        let body = subject.document.edit(&[edit], subject.now).unwrap();
        let change = Change {
            kind: ChangeKind::Automerge,
            document: subject.id,
            generation: subject.generation,
            body: Body::Open(body.0),
        };
        let head = Head::Next { run: 0, later: 1_800_000_000 };
        let sent = Sent { head, signature: subject.signature, changes: vec![change] };
        let run = Run { log: LogName::Number(1), first: 3, before: rng.random() };
        Entries { number: subject.number, runs: vec![run], entries: vec![sent] }
    }

    #[test]
    fn the_dictionary_pays_for_a_lone_change() {
        let bare = zstd::bulk::compress(&minicbor::to_vec(lone()).unwrap(), 19).unwrap().len();
        let frame = encode(&Message::Entries(lone())).unwrap().len();
        assert!(frame + 25 < bare, "{frame} bytes with it, {bare} without");
    }

    #[test]
    fn nothing_random_is_in_the_dictionary() {
        let mut rng = StdRng::seed_from_u64(1);
        let known = dictionary().unwrap();
        assert_eq!(known, dictionary().unwrap(), "made again it is the same");
        organisation(&mut rng);
        let subject = Subject::new(&mut rng);
        assert!(subject.own.iter().all(|part| !known.windows(part.len()).any(|window| window == part)));
    }
}
