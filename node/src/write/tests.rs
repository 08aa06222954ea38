//! The door in one process: an edit from command to log, and what the hub may answer.
use std::collections::BTreeMap;
use std::sync::Arc;

use helhet_protocol::identity::{Invite, KeyPair, RecoveryPhrase, office_root_hash};
use helhet_protocol::log::{Body, Change, ChangeKind, Entry, Generation, LogId, Position, Refusal, verify};
use helhet_shared::clock::TestClock;
use helhet_shared::command::{self, GrantInput, RoleInput, SupporterInput};
use helhet_shared::document::{Document, Edit};
use helhet_shared::gate::default_agreement;
use helhet_shared::id::{ActorId, DocumentId, SupporterId};
use helhet_shared::sqlite::{DatabaseKey, log};
use helhet_shared::supporter::{Basis, Purpose, Role, Supporter};
use helhet_shared::zone::Zone;

use super::held;
use super::{ReceivedEntry, WriteError};
use crate::store::exchange::Other;
use crate::store::{Store, StoreError, identity, owed, peer_support, supporters};
use crate::{Node, join, project, read};

pub(crate) struct Place {
    pub(crate) node: Node,
    pub(crate) hub: KeyPair,
    pub(crate) clock: Arc<TestClock>,
    last: BTreeMap<u8, Position>,
    folder: tempfile::TempDir,
}

pub(crate) fn place() -> Place {
    place_with_phrase().0
}

/// The same, with the words on its paper.
pub(super) fn place_with_phrase() -> (Place, RecoveryPhrase) {
    let folder = tempfile::tempdir().unwrap();
    let now = chrono::DateTime::from_timestamp(1_795_376_543, 0).unwrap();
    let hub = KeyPair::generate(&mut rand::rng());
    // An office whose hub speaks with its root.
    let office = office_root_hash(&hub.public());
    let invite = Invite::new("127.0.0.1:1", office, [2; 16], "Bergen", now.timestamp(), &mut rand::rng());
    let phrase = RecoveryPhrase::generate(&mut rand::rng());
    let identity =
        join::new_identity(&invite, "laptop", &phrase, phrase.seal_key().public(), now.timestamp());
    let store = Store::open(folder.path(), DatabaseKey::new([5; 32])).unwrap();
    store.database().write(identity::begin_life).unwrap();
    store.database().write(peer_support::public).unwrap();
    let clock = Arc::new(TestClock::at(now));
    let node = Node::with(store, identity, clock.clone());
    let mut place = Place { node, hub, clock, last: BTreeMap::new(), folder };
    let id = DocumentId::random(&mut rand::rng());
    let edits = default_agreement(id).edits(&mut rand::rng());
    let body = Document::new(ActorId::random(&mut rand::rng())).edit(&edits, now).unwrap();
    let generation = Generation { number: 1, random: 1 };
    place.hear_hub(Zone::Published, ChangeKind::Automerge, id, generation, body.0).unwrap();
    place.node.writer().act(|deed| deed.accept(id, true)).unwrap();
    (place, phrase)
}

impl Place {
    pub(crate) fn hear_hub(
        &mut self,
        zone: Zone,
        kind: ChangeKind,
        document: DocumentId,
        generation: Generation,
        body: Vec<u8>,
    ) -> Result<u64, WriteError> {
        let chapter =
            if zone == Zone::Published { [0; 16] } else { *self.node.identity().chapter.as_bytes() };
        let log = LogId { chapter, zone: zone.code(), author: self.hub.public(), incarnation: 1 };
        let change = Change { kind, document: *document.as_bytes(), generation, body: Body::Open(body) };
        let known = self.last.get(&zone.code()).copied();
        let entry = Entry::sign(log, known.as_ref(), 1, vec![change], &self.hub);
        let entry: ReceivedEntry = verify(entry, |_| known).unwrap();
        self.last.insert(zone.code(), entry.position());
        let hub = Other::Hub(self.hub.public());
        let received = self.node.writer().act(|deed| deed.receive(&hub, &[entry]))?;
        Ok(received.refused)
    }

    pub(crate) fn member(&self, name: &str) -> SupporterId {
        let input = SupporterInput {
            given_name: name.to_owned(),
            family_name: "Nordmann".to_owned(),
            emails: vec![format!("{}@example.org", name.to_lowercase())],
            roles: vec![RoleInput::of(Role::Member)],
            note: "only for us".to_owned(),
            ..SupporterInput::default()
        };
        self.node.writer().act(|deed| deed.register(&input)).unwrap()
    }

    pub(super) fn record(&self, id: SupporterId) -> Supporter {
        read::record(self.node.store(), id).unwrap().unwrap()
    }

    pub(super) fn shared(&self, id: SupporterId) -> Option<held::Held> {
        let document = *self.record(id).documents.shared.known().unwrap();
        self.node.store().database().read(|connection| held::live(connection, document)).unwrap()
    }

    /// Another program on the same folder.
    pub(super) fn again(&self) -> Node {
        let store = Store::open(self.folder.path(), DatabaseKey::new([5; 32])).unwrap();
        let clock = Arc::new(TestClock::at(self.node.writer().clock().now()));
        Node::with(store, self.node.identity().clone(), clock)
    }

    pub(super) fn owed(&self) -> u64 {
        self.node.store().database().read::<_, StoreError>(|connection| Ok(owed::count(connection)?)).unwrap()
    }

    /// The office corrects the first e-mail of a shared document, as of what it has.
    fn correct(&mut self, id: SupporterId, email: &str) -> u64 {
        let held = self.shared(id).unwrap();
        let key = format!("email/{}", self.record(id).emails[0].key);
        let mut at_hub = Document::load(&held.document.save(), ActorId::random(&mut rand::rng())).unwrap();
        let body = at_hub.edit(&[Edit::set(key, email)], self.node.writer().clock().now()).unwrap();
        let generation = Generation { number: held.generation.number, random: held.generation.random };
        self.hear_hub(Zone::Shared, ChangeKind::Automerge, held.id, generation, body.0).unwrap()
    }

    /// The office refuses what it has of a supporter.
    pub(crate) fn hear_refusal(&mut self, id: SupporterId, code: &str) {
        let held = self.shared(id).unwrap();
        self.hear_refusal_of(&held, code);
    }

    pub(crate) fn hear_refusal_of(&mut self, held: &held::Held, code: &str) {
        let generation = Generation { number: held.generation.number, random: held.generation.random };
        let author = self.node.identity().device.public();
        let log = LogId { chapter: [2; 16], zone: 3, author, incarnation: 1 };
        let refusal = Refusal {
            log,
            sequence: 1,
            index: 0,
            document: *held.id.as_bytes(),
            generation,
            code: code.to_owned(),
            key: None,
        };
        self.hear_hub(Zone::Shared, ChangeKind::Refusal, held.id, generation, refusal.to_body()).unwrap();
    }

    pub(super) fn rows(&self) -> Vec<supporters::SupporterRow> {
        let all = read::Listing::default();
        read::supporters(self.node.store(), &all, self.node.writer().today()).unwrap().0
    }
}

// P3, S0.12: one action is one entry per zone, and only what the gate let out stands in the shared one.
#[test]
fn an_edit_is_one_entry_per_zone() {
    let place = place();
    let kari = place.member("Kari");
    let chapter = *place.node.identity().chapter.as_bytes();
    let entries = |zone: Zone| {
        let feed = place.node.store().database().read::<_, StoreError>(|connection| {
            Ok(log::feed(connection, &chapter, zone.code(), &BTreeMap::new(), 0, 99, usize::MAX)?)
        });
        feed.unwrap().entries
    };
    assert_eq!(entries(Zone::Chapter).len(), 1);
    assert_eq!(entries(Zone::Shared).len(), 2, "figures at acceptance, and Kari");
    let content = place.shared(kari).unwrap().document.content();
    assert!(content.keys().any(|key| key.starts_with("email/")));
    assert!(!content.keys().any(|key| key.starts_with("note/") || key.starts_with("tag/")));
    let status = read::status(place.node.store(), place.node.identity()).unwrap();
    assert!(status.waiting.iter().any(|waiting| waiting.supporter == Some(kari)), "N16: nothing is sent yet");
}

// P: less to see is a new document without history, and the old one is gone.
#[test]
fn narrowing_opens_a_new_generation_and_owes_a_receipt() {
    let place = place();
    let kari = place.member("Kari");
    let first = place.shared(kari).unwrap().generation;
    let grant = GrantInput {
        purpose: Purpose::Newsletter,
        basis: Basis::Consent,
        wording: String::new(),
        channel: String::new(),
    };
    place
        .node
        .writer()
        .act(|deed| deed.change(kari, |supporter, rng, now| command::grant(supporter, &grant, rng, now)))
        .unwrap();
    assert_eq!(place.shared(kari).unwrap().generation, first, "letting out more is an ordinary change");
    place.node.writer().act(|deed| deed.withdraw(kari, Purpose::Newsletter)).unwrap();
    let next = place.shared(kari).unwrap().generation;
    assert_eq!((next.number, place.owed()), (first.number + 1, 1));
}

// P: erased is gone from every table and file; C: it does not come back.
#[test]
fn what_is_erased_is_gone_and_stays_gone() {
    let mut place = place();
    let kari = place.member("Kari");
    let (document, generation) = {
        let shared = place.shared(kari).unwrap();
        (shared.id, Generation { number: shared.generation.number, random: shared.generation.random })
    };
    place.node.writer().act(|deed| deed.erase(kari)).unwrap();
    assert!(place.rows().is_empty());
    assert!(matches!(place.node.writer().act(|deed| deed.erase(kari)), Err(WriteError::NoSuchSupporter)));
    let body = Document::new(ActorId::random(&mut rand::rng()))
        .edit(&[Edit::set("email/AAAAAAAA", "kari@example.org")], place.node.writer().clock().now())
        .unwrap();
    place.hear_hub(Zone::Shared, ChangeKind::Automerge, document, generation, body.0).unwrap();
    let held = place.node.store().database().read(|connection| held::live(connection, document)).unwrap();
    assert!(held.is_none(), "a late change of the hub brings nobody back");
    assert!(std::fs::read_dir(place.folder.path()).unwrap().count() > 0);
}

// T26: a correction is neither lost nor undone by the next local edit; T23: two values stay in sight until a pick.
#[test]
fn a_correction_arrives_and_a_conflict_stays_in_sight() {
    let mut place = place();
    let kari = place.member("Kari");
    assert_eq!(place.correct(kari, "new@example.org"), 0);
    place.node.writer().act(|deed| deed.withdraw(kari, Purpose::Gifts)).unwrap();
    assert_eq!(place.record(kari).emails[0].value.text(), "new@example.org");
    let key = format!("email/{}", place.record(kari).emails[0].key);
    assert_eq!(place.shared(kari).unwrap().document.text(&key).as_deref(), Some("new@example.org"));
    while place.node.writer().act(|deed| deed.bring_in_some()).unwrap() > 0 {}

    let before = place.shared(kari).unwrap();
    let edits = [Edit::set(key.clone(), "ours@example.org")];
    place.node.writer().act(|deed| deed.change(kari, |_, _, _| Ok(edits.to_vec()))).unwrap();
    let mut at_hub = Document::load(&before.document.save(), ActorId::random(&mut rand::rng())).unwrap();
    let body =
        at_hub.edit(&[Edit::set(key.clone(), "theirs@example.org")], place.node.writer().clock().now());
    let generation = Generation { number: before.generation.number, random: before.generation.random };
    place.hear_hub(Zone::Shared, ChangeKind::Automerge, before.id, generation, body.unwrap().0).unwrap();
    while place.node.writer().act(|deed| deed.bring_in_some()).unwrap() > 0 {}
    assert_eq!(read::disputed(place.node.store()).unwrap().len(), 1);
    place
        .node
        .writer()
        .act(|deed| deed.change(kari, |supporter, _, _| command::pick(supporter, &key, "theirs@example.org")))
        .unwrap();
    assert!(read::disputed(place.node.store()).unwrap().is_empty());
    assert_eq!(place.shared(kari).unwrap().document.text(&key).as_deref(), Some("theirs@example.org"));
}

// C: the hub may say mirrored fields and no more; what it builds on what was refused does not end the session (T19).
#[test]
fn what_the_hub_may_not_say_is_refused_and_not_built_upon() {
    let mut place = place();
    let kari = place.member("Kari");
    let held = place.shared(kari).unwrap();
    let mut at_hub = Document::load(&held.document.save(), ActorId::random(&mut rand::rng())).unwrap();
    let body = at_hub.edit(&[Edit::set("birth/year", 1900)], place.node.writer().clock().now()).unwrap();
    let generation = Generation { number: held.generation.number, random: held.generation.random };
    let refused = place.hear_hub(Zone::Shared, ChangeKind::Automerge, held.id, generation, body.0).unwrap();
    assert_eq!(refused, 1);
    let fresh = place.shared(kari).unwrap();
    assert_eq!(fresh.document.content(), held.document.content());
    assert!(fresh.generation.number > held.generation.number);

    let key = format!("email/{}", place.record(kari).emails[0].key);
    let later = at_hub.edit(&[Edit::set(key, "new@example.org")], place.node.writer().clock().now()).unwrap();
    place.hear_hub(Zone::Shared, ChangeKind::Automerge, held.id, generation, later.0).unwrap();
    assert_eq!(place.shared(kari).unwrap().document.content(), held.document.content());
}

// N16: a refusal freezes the generation, opens one new one, and not one more for the same rule and key.
#[test]
fn a_refusal_opens_one_new_generation() {
    let mut place = place();
    let kari = place.member("Kari");
    for expected in [2, 2] {
        place.hear_refusal(kari, "unknown_key");
        assert_eq!(place.shared(kari).unwrap().generation.number, expected);
    }
    let status = read::status(place.node.store(), place.node.identity()).unwrap();
    let refused: Vec<_> = status.refused.iter().map(|(supporter, _)| *supporter).collect();
    assert_eq!(refused, [Some(kari)], "the same was refused again: now a person has to mend it");

    // Once that is done, it is past.
    let edits = [Edit::set("name/family", "Moen")];
    place.node.writer().act(|deed| deed.change(kari, |_, _, _| Ok(edits.to_vec()))).unwrap();
    assert_eq!(place.shared(kari).unwrap().generation.number, 3);
    let status = read::status(place.node.store(), place.node.identity()).unwrap();
    assert!(status.refused.is_empty(), "N16: the light does not tell of what was mended");
}

#[test]
fn every_projection_can_be_dropped_and_made_again() {
    let place = place();
    for name in ["Kari", "Ola", "Åse"] {
        place.member(name);
    }
    let before = place.rows();
    assert_eq!(place.node.rebuild().unwrap(), 3);
    assert!(place.rows() == before);
    let found =
        supporters::Filter { words: project::search_words("ase nord"), ..supporters::Filter::default() };
    let found =
        place.node.store().database().read::<_, StoreError>(|t| Ok(supporters::list(t, &found)?)).unwrap();
    assert_eq!(found.len(), 1);
}

// Two programs on one folder: both write, neither log breaks.
#[test]
fn two_programs_on_one_folder_take_turns() {
    let place = place();
    let both = [place.node.clone(), place.again()];
    std::thread::scope(|scope| {
        for node in &both {
            scope.spawn(move || {
                for _ in 0..20 {
                    let input = SupporterInput { given_name: "Kari".to_owned(), ..SupporterInput::default() };
                    node.writer().act(|deed| deed.register(&input)).unwrap();
                }
            });
        }
    });
    assert_eq!(place.rows().len(), 40);
}

// T7: two records that are one supporter become one; the office's copy of the other goes.
#[test]
fn two_become_one_without_loss() {
    let place = place();
    let (kept, gone) = (place.member("Kari"), place.member("Kari"));
    place.node.writer().act(|deed| deed.health_note(gone, "needs a chair")).unwrap();
    assert_eq!(read::possible_doubles(place.node.store()).unwrap(), [(kept, gone)]);
    let gone_shared = place.shared(gone).unwrap().id;
    place.node.writer().act(|deed| deed.merge(kept, gone)).unwrap();

    assert!(read::record(place.node.store(), gone).unwrap().is_none());
    let supporter = place.record(kept);
    assert_eq!((supporter.emails.len(), supporter.notes.len(), supporter.roles.len()), (1, 1, 1));
    let now = place.node.writer().clock().now().timestamp();
    let health = read::confidential_notes(place.node.store(), place.node.identity(), &supporter, None, now);
    let read::HealthNotes::Open(health) = health.unwrap() else { panic!("it is closed") };
    assert_eq!(health.iter().map(|note| note.text.text()).collect::<Vec<_>>(), ["needs a chair"]);
    let database = place.node.store().database();
    let live = database.read(|connection| held::live(connection, gone_shared)).unwrap();
    assert!(live.is_none() && place.owed() == 1, "the office is told to erase its part");
    assert!(place.node.writer().act(|deed| deed.merge(kept, kept)).is_err());
}

// T7: a person's "two different people" is remembered, also by rows that are made anew.
#[test]
fn two_are_told_apart_for_good() {
    let place = place();
    let (one, other) = (place.member("Kari"), place.member("Kari"));
    place.node.writer().act(|deed| deed.tell_apart(other, one)).unwrap();
    assert_eq!(read::possible_doubles(place.node.store()).unwrap(), []);
    place.node.rebuild().unwrap();
    assert_eq!(read::possible_doubles(place.node.store()).unwrap(), []);
    assert_eq!(place.record(one).emails.len() + place.record(other).emails.len(), 2);
}

// S0.12: the chapter's figures of what the office sees, counted from rows, are what the gate says of each.
#[test]
fn the_overview_is_the_gates() {
    let place = place();
    let [kari, ola, per, eva] = ["Kari", "Ola", "Per", "Eva"].map(|name| place.member(name));
    let change = |id, command: fn(&Supporter) -> Vec<Edit>| {
        place.node.writer().act(|deed| deed.change(id, |supporter, _, _| Ok(command(supporter)))).unwrap();
    };
    change(ola, command::protect_address);
    let refuse = |_: &Supporter| {
        command::refuse(Purpose::NationalRecord, &mut rand::rng(), chrono::DateTime::UNIX_EPOCH)
    };
    change(per, refuse);
    place.node.writer().act(|deed| deed.erase(eva)).unwrap();
    let store = place.node.store();
    let today = place.node.writer().today();
    let overview = read::overview(store, today).unwrap();
    assert_eq!(overview, read::Overview { seen: 1, unseen: 2, said_no: 1, undeclared: 3 });
    let agreement = read::agreements(store).unwrap().accepted;
    let seen = |id| helhet_shared::gate::gate(&place.record(id), agreement.as_ref(), today).part.is_some();
    assert_eq!([kari, ola, per].map(seen), [true, false, false]);
    place.node.rebuild().unwrap();
    assert_eq!(read::overview(store, today).unwrap(), overview);
    let history = read::history(store, ola, 1).unwrap();
    assert_eq!(history[0].fields, [helhet_shared::supporter::Field::AddressProtection]);
    assert!(place.shared(ola).is_none(), "nothing of a protected supporter is with the office (P27)");
}
