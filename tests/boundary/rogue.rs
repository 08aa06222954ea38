//! A rogue device over real QUIC at a real hub: whatever it says that it may not is refused with a reason, its chapter is
//! not stuck afterwards, another chapter is served meanwhile, and the hub's memory stays small (T1, T2, T17, N1, N17, C3,
//! C4, C7, C8; data-protection §2.2).

use std::collections::BTreeSet;
use std::io::Read as _;
use std::time::{Duration, Instant};

use helhet_protocol::identity::DeviceRole;
use helhet_protocol::log::tombstone::ERASED;
use helhet_protocol::log::{Body, Change, ChangeKind, Generation};
use helhet_protocol::v1::{CloseCode, Retired};
use helhet_shared::id::DocumentId;
use helhet_shared::zone::Zone;
use helhet_tests::checkers;
use helhet_tests::invariants::too_large;
use helhet_tests::process::{Installation, Town, wait_until};
use helhet_tests::rogue::{Rogue, Subject, Talk, now};
use serde_json::Value;

/// What a chapter says is to be shown within this.
const PATIENCE: Duration = Duration::from_secs(20);

/// A town with an honest chapter and one that a rogue has founded.
struct Stage {
    town: Town,
    honest: Installation,
    rogue: Rogue,
    served: u32,
}

impl Stage {
    fn set() -> Self {
        let town = Town::new();
        let honest = town.chapter("Oslo");
        let rogue = Rogue::found(town.hub.quic_address(), &town.invite("Bergen"));
        Self { town, honest, rogue, served: 0 }
    }

    /// How the hub words its refusal of the last change.
    fn reason(&self) -> String {
        let talk = Talk::begin(&self.rogue).unwrap();
        talk.refusals.last().expect("the hub says why").code.clone()
    }

    /// These changes are refused, each with this reason, and the position moves on.
    fn refuses(&mut self, changes: Vec<Change>, reason: &str) {
        let count = changes.len() as u64;
        assert_eq!(self.rogue.say(changes), Ok(count), "{reason}");
        assert_eq!(self.reason(), reason);
        self.nothing_is_stuck();
    }

    /// The rogue's chapter goes on, another one is served, and the hub is as small as before.
    fn nothing_is_stuck(&mut self) {
        let name = format!("Ærlig{}", self.served);
        let (_, honest_words) = Subject::member(&name);
        assert_eq!(self.rogue.say(vec![honest_words]), Ok(0), "the chapter is stuck");
        let email = format!("oslo{}@post.example", self.served);
        self.served += 1;
        let words = ["add", "--given", "Oslo", "--family", "Frisk", "--email", &email, "--role", "member"];
        self.honest.run(&words).done();
        self.honest.run(&["sync"]).done();
        let served = || (named(&self.town, &name), named(&self.town, &email));
        let began = Instant::now();
        while served() != (1, 1) {
            let late = began.elapsed() > PATIENCE;
            assert!(!late, "{:?} of the two are served:\n{}", served(), self.town.hub.log());
        }
        assert_eq!(too_large(self.town.hub.process().unwrap()), None);
    }
}

/// How many supporters the office finds.
fn named(town: &Town, search: &str) -> usize {
    let listing = town.hub.run(&["supporters", "--search", search, "--json"]).json();
    listing.as_array().map_or(0, Vec::len)
}

fn raw(kind: ChangeKind, body: Body) -> Change {
    let document = *DocumentId::random(&mut rand::rng()).as_bytes();
    Change { kind, document, generation: Generation { number: 1, random: 1 }, body }
}

// T1, T2, P3
#[test]
fn what_a_rogue_writes_is_refused_change_by_change() {
    let mut stage = Stage::set();
    let mut oslo = Rogue::found(stage.town.hub.quic_address(), &stage.town.invite("Voss"));
    let (mut theirs, first) = Subject::member("Vossing");
    oslo.say(vec![first.clone()]).unwrap();

    // Another chapter's document, whose id it knows somehow.
    stage.refuses(vec![theirs.edit(&[("name/given", "Kapret")])], "other_document");
    assert_eq!(named(&stage.town, "Vossing"), 1);
    // A field outside the schema.
    let (_, note) = Subject::with(&[("type", "supporter"), ("note/AAAAAAAA/text", "vkanarifuglv")]);
    stage.refuses(vec![note], "unknown_key");
    let places = checkers::places_of(&["vkanarifuglv"], stage.town.hub.data());
    assert!(places.is_empty(), "what was refused is kept: {places:?}");
    // A packed chunk, a whole document, and rubbish: automerge never sees them.
    let (subject, honest) = Subject::member("Pakket");
    let Body::Open(body) = honest.body else { panic!("an open change") };
    for kind in [0, 2] {
        let mut other = body.clone();
        other[8] = kind;
        let (subject, _) = Subject::member("Pakket");
        stage.refuses(vec![subject.change(other)], "unreadable");
    }
    stage.refuses(vec![subject.change(vec![0xff; 60_000])], "unreadable");
    // An open change where only sealed ones go, a sealed one where only open ones go, and a key row that is none.
    let (_, open) = Subject::member("Åpen");
    let entry = stage.rogue.entry(Zone::Chapter, vec![open.clone()]);
    assert_eq!((stage.rogue.send(&[entry]), stage.reason()), (Ok(1), "sealed".to_owned()));
    let entry = stage.rogue.entry(Zone::Confidential, vec![open]);
    assert_eq!((stage.rogue.send(&[entry]), stage.reason()), (Ok(1), "sealed".to_owned()));
    stage.refuses(vec![raw(ChangeKind::Automerge, Body::Sealed(vec![1; 300]))], "sealed");
    let entry = stage.rogue.entry(Zone::Chapter, vec![raw(ChangeKind::Key, Body::Open(vec![9; 90]))]);
    assert_eq!((stage.rogue.send(&[entry]), stage.reason()), (Ok(1), "sealed".to_owned()));
    // The hub's own words, and kinds that nobody has.
    for kind in [ChangeKind::Refusal, ChangeKind::Application, ChangeKind::Other(77)] {
        stage.refuses(vec![raw(kind, Body::Open(vec![1, 2, 3]))], "kind");
    }
    stage.refuses(
        vec![Change { generation: Generation { number: u32::MAX - 1, random: 1 }, ..first }],
        "generation_number",
    );
}

// C7, design §6
#[test]
fn what_a_rogue_sends_against_the_log_ends_the_session() {
    let mut stage = Stage::set();
    let voss = Rogue::found(stage.town.hub.quic_address(), &stage.town.invite("Voss"));
    let (mut subject, first) = Subject::member("Foreldreløs");

    // An orphan: a change without what it builds on. The batch is gone whole.
    let orphan = subject.edit(&[("name/given", "Etterpå")]);
    assert_eq!(stage.rogue.say(vec![orphan]), Err(CloseCode::MissingDependency));
    stage.nothing_is_stuck();
    // An entry once more, as it was: nothing new, nothing twice.
    let entry = stage.rogue.entry(Zone::Shared, vec![first]);
    assert_eq!(stage.rogue.send(std::slice::from_ref(&entry)), Ok(0));
    let again = Talk::begin(&stage.rogue).unwrap().batch(vec![entry.clone()]);
    assert!(matches!(again, Ok(0) | Err(CloseCode::BrokenChain)), "{again:?}");
    assert_eq!(named(&stage.town, "Foreldreløs"), 1);
    stage.nothing_is_stuck();
    // A genuine change under its genuine signature, addressed to another document.
    let (_, change) = Subject::member("Flyttet");
    let mut moved = stage.rogue.entry(Zone::Shared, vec![change]);
    moved.changes[0].document = *subject.id.as_bytes();
    assert_eq!(stage.rogue.clone().send(&[moved]), Err(CloseCode::BadSignature));
    // A gap in its log, and another entry in the place of one that is there.
    let (_, change) = Subject::member("Hull");
    let mut ahead = stage.rogue.clone();
    ahead.send(&[ahead.entry(Zone::Shared, vec![change.clone()])]).unwrap();
    let beside = stage.rogue.entry(Zone::Shared, vec![Subject::member("Tvilling").1]);
    let forked = stage.rogue.clone().send(&[beside]);
    assert!(matches!(forked, Err(CloseCode::Fork | CloseCode::BrokenChain)), "{forked:?}");
    stage.rogue = ahead;
    stage.nothing_is_stuck();
    // An entry of another chapter, signed by a device of that, and one in zones that are not a chapter's.
    let theirs = voss.entry(Zone::Shared, vec![Subject::member("Fremmed").1]);
    assert_eq!(stage.rogue.clone().send(&[theirs]), Err(CloseCode::NotAllowed));
    for zone in [Zone::Published, Zone::Office] {
        let entry = stage.rogue.entry(zone, vec![Subject::member("Forsvar").1]);
        assert_eq!(stage.rogue.clone().send(&[entry]), Err(CloseCode::NotAllowed));
    }
    // A device that the chapter never certified.
    let stranger = stage.rogue.sibling(DeviceRole::Admin);
    let theirs = stranger.entry(Zone::Shared, vec![Subject::member("Ukjent").1]);
    assert_eq!(stage.rogue.clone().send(&[theirs]), Err(CloseCode::NotAllowed));
    stage.nothing_is_stuck();
    for name in ["Etterpå", "Flyttet", "Tvilling", "Fremmed", "Forsvar", "Ukjent"] {
        assert_eq!(named(&stage.town, name), 0, "{name}");
    }
}

// C3, N1: neither an old generation nor an erased document comes back.
#[test]
fn what_was_retired_stays_so() {
    let mut stage = Stage::set();
    let (subject, first) = Subject::member("vkanarifuglv");
    stage.rogue.say(vec![first.clone()]).unwrap();
    stage.rogue.raise(&[subject.id], 3).unwrap();
    let (_, old) = subject.reborn(2, "vkanarifuglv");
    assert_eq!(stage.rogue.say(vec![first.clone(), old]), Ok(0), "dropped without a word");
    let (_, new) = subject.reborn(3, "Nåværende");
    assert_eq!(stage.rogue.say(vec![new]), Ok(0));
    wait_until("the new generation is shown", || named(&stage.town, "Nåværende") == 1);
    stage.rogue.raise(&[subject.id], ERASED).unwrap();
    let (_, highest) = subject.reborn(u32::MAX, "vkanarifuglv");
    assert_eq!(stage.rogue.say(vec![first, highest]), Ok(0), "dropped without a word");
    stage.nothing_is_stuck();
    assert_eq!((named(&stage.town, "vkanarifuglv"), named(&stage.town, "Nåværende")), (0, 0));
    wait_until("the receipts are signed", || {
        let owed = stage.town.hub.run(&["erasures", "--json"]).json();
        owed.as_array().unwrap().iter().all(|one| one["receipt_at"] != Value::Null)
    });
    let places = checkers::places_of(&["vkanarifuglv"], stage.town.hub.data());
    assert!(places.is_empty(), "{places:?}");
}

// Clocks decide nothing.
#[test]
fn a_forged_time_changes_no_decision() {
    let mut stage = Stage::set();
    let (mut subject, first) = Subject::member("Framtid");
    let far = now() + 50 * 365 * 24 * 3600;
    let entry = stage.rogue.entry_at(Zone::Shared, vec![first], far);
    assert_eq!(stage.rogue.send(&[entry]), Ok(0));
    // What is said later counts, whatever the clocks say.
    let entry = stage.rogue.entry_at(Zone::Shared, vec![subject.edit(&[("name/given", "Fortid")])], 0);
    assert_eq!(stage.rogue.send(&[entry]), Ok(0));
    wait_until("the later word counts", || named(&stage.town, "Fortid") == 1);
    assert_eq!(named(&stage.town, "Framtid"), 0);
    let entry = stage.rogue.entry_at(Zone::Shared, vec![subject.edit(&[("name/family", "Evig")])], i64::MAX);
    assert_eq!(stage.rogue.send(&[entry]), Ok(0));
    // Nor does it make a floor or a receipt wait.
    stage.rogue.raise(&[subject.id], ERASED).unwrap();
    stage.nothing_is_stuck();
    assert_eq!(named(&stage.town, "Fortid"), 0);
}

// C8: what is packed to be large when it is unpacked.
#[test]
fn bombs_do_not_go_off() {
    let mut stage = Stage::set();
    // In the frame: a gigabyte of nothing in a zstd frame, behind the frame's head and the number of no dictionary.
    let bomb = zstd::encode_all(std::io::repeat(0).take(1 << 30), 19).unwrap();
    let payload = [&[5, 0][..], &bomb[4..]].concat();
    let frame = [&u32::try_from(payload.len()).unwrap().to_be_bytes()[..], &payload].concat();
    for _ in 0..3 {
        let mut talk = Talk::begin(&stage.rogue).unwrap();
        talk.say_bytes(&frame);
        assert_eq!(talk.ends(), CloseCode::OverLimit);
        stage.nothing_is_stuck();
    }
    // In a change: automerge's packed chunk, and a packed column within an open chunk.
    let zeros = vec![0_u8; 60 << 20];
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut deflate, &zeros).unwrap();
    let deflated = deflate.finish().unwrap();
    assert!(deflated.len() < 65_000, "{}", deflated.len());
    let (subject, honest) = Subject::member("Bombe");
    let Body::Open(body) = honest.body else { panic!("an open change") };
    for kind in [1, 2] {
        let chunk = [&body[..8], &[kind, 0x80 | 0x60, 0x80 | 0x69, 0x03], &deflated].concat();
        let changes = (0..10).map(|_| subject.change(chunk.clone()));
        assert_eq!(stage.rogue.say(changes.collect()), Ok(10));
        stage.nothing_is_stuck();
    }
    // Many large ones that say nothing.
    for _ in 0..8 {
        let rubbish = (0..16).map(|_| raw(ChangeKind::Automerge, Body::Open(vec![0xaa; 65_000])));
        assert_eq!(stage.rogue.say(rubbish.collect()), Ok(16));
    }
    stage.nothing_is_stuck();
}

// T17, N2: a stolen computer that is still one of its chapter's sends what nobody there can open, and another's sealed rows as
// its own. The hub cannot tell; the chapter's own computer goes on.
#[test]
fn sealed_rows_that_open_for_nobody_stop_nobody() {
    let town = Town::new();
    let first = town.chapter("Bergen");
    first.run(&["add", "--given", "Kari", "--family", "Først", "--role", "volunteer"]).done();
    first.run(&["sync"]).done();
    let mut stolen = Rogue::of(&first, town.hub.quic_address()).sibling(DeviceRole::Editor);
    let sealed = Talk::begin(&stolen).unwrap().sealed;
    assert!(!sealed.is_empty(), "the hub gives a chapter's device what it keeps for it");
    let unknown = Change { document: [9; 16], body: Body::Sealed(vec![1; 300]), ..sealed[0].clone() };
    let moved = Change { document: [8; 16], ..sealed[0].clone() };
    let changes = [vec![unknown, moved], sealed].concat();
    let entry = stolen.entry(Zone::Chapter, changes);
    assert_eq!(stolen.send(&[entry]), Ok(0), "the hub reads none of it");

    first.run(&["sync"]).done();
    first.run(&["add", "--given", "Etter", "--family", "Tyven", "--role", "member"]).done();
    first.run(&["sync"]).done();
    wait_until("the office sees it", || named(&town, "Tyven") == 1);
    let kept = first.run(&["supporters", "--json"]).json();
    assert_eq!(kept.as_array().map_or(0, Vec::len), 2);
    first.run(&["doctor"]).done();
}

// T17, C7
#[test]
fn a_device_that_is_out_stays_out_and_writes_through_nobody() {
    let mut stage = Stage::set();
    let mut lost = stage.rogue.sibling(DeviceRole::Admin);
    let (_, before) = Subject::member("Førtapet");
    lost.say(vec![before]).unwrap();
    wait_until("it was one of the chapter's", || named(&stage.town, "Førtapet") == 1);
    let unsent = lost.entry(Zone::Shared, vec![Subject::member("Ettertapet").1]);
    let live = Talk::begin(&lost).unwrap();
    let revocations = vec![stage.rogue.revocation(&lost)];
    stage.rogue.retire(Retired { revocations, last: true, ..Retired::default() }).unwrap();
    assert_eq!(live.ends(), CloseCode::Revoked, "cut off live");
    assert_eq!(lost.send(std::slice::from_ref(&unsent)), Err(CloseCode::Revoked));
    assert_eq!(lost.reborn().say(vec![Subject::member("Ettertapet").1]), Err(CloseCode::Revoked));
    // Nor by a device that is in.
    let carried = stage.rogue.clone().send(&[unsent]);
    assert!(carried.is_err(), "{carried:?}");
    // A certificate that it gives itself is not the chapter's word: nobody lets itself in again.
    let again = stage.rogue.revocation(&stage.rogue);
    assert_ne!(again.hash(), stage.rogue.revocation(&lost).hash());
    stage.nothing_is_stuck();
    assert_eq!((named(&stage.town, "Ettertapet"), named(&stage.town, "Førtapet")), (0, 0));
}

// T1, C3, P8: what one device may retire, and what nobody may.
#[test]
fn floors_are_raised_by_who_may_and_in_their_own_chapter() {
    let mut stage = Stage::set();
    let mut voss = Rogue::found(stage.town.hub.quic_address(), &stage.town.invite("Voss"));
    let (theirs, first) = Subject::member("Vossing");
    voss.say(vec![first]).unwrap();
    // Another chapter's supporter: a floor binds the documents of who signed it.
    stage.rogue.raise(&[theirs.id], ERASED).unwrap();
    // Under another chapter's name it is no floor at all.
    let tombstones = vec![stage.rogue.sibling(DeviceRole::Admin).tombstone(&theirs.id, ERASED)];
    let forged = voss.retire(Retired { tombstones, last: true, ..Retired::default() });
    assert_eq!(forged, Err(CloseCode::RetiredRefused));
    // Who may edit may not erase, nor leap where it may only step.
    let (own, first) = Subject::member("Beholdt");
    stage.rogue.say(vec![first]).unwrap();
    let editor = stage.rogue.sibling(DeviceRole::Editor);
    assert_eq!(editor.raise(&[own.id], ERASED), Err(CloseCode::RetiredRefused));
    assert_eq!(editor.raise(&[own.id], 1 << 30), Err(CloseCode::RetiredRefused));
    stage.nothing_is_stuck();
    assert_eq!((named(&stage.town, "Vossing"), named(&stage.town, "Beholdt")), (1, 1));
}

// P8, design §4: a stolen laptop of an admin erases its whole chapter at once. Twenty go; the others are shown to nobody and come
// back when the laptop is removed. The register names every one, and no other chapter loses anybody.
#[test]
fn a_mass_erasure_by_one_stolen_laptop_is_hidden_and_comes_back() {
    let mut stage = Stage::set();
    let names: Vec<String> = (0..300).map(|number| format!("Massevis{number:03}x")).collect();
    let (subjects, changes): (Vec<_>, Vec<_>) = names.iter().map(|name| Subject::member(name)).unzip();
    for changes in changes.chunks(100) {
        stage.rogue.say(changes.to_vec()).unwrap();
    }
    stage.nothing_is_stuck();
    assert_eq!(named(&stage.town, "Massevis"), 300);
    let all: Vec<DocumentId> = subjects.iter().map(|subject| subject.id).collect();
    let stolen = stage.rogue.sibling(DeviceRole::Admin);
    stolen.raise(&all, ERASED).unwrap();
    stage.nothing_is_stuck();
    assert_eq!(named(&stage.town, "Massevis"), 0);
    let register = stage.town.hub.run(&["erasures", "--json"]).json();
    let of = |what: &str| register.as_array().unwrap().iter().filter(|one| one["what"] == what).count();
    assert_eq!((of("erased"), of("waits")), (20, 280));
    // Under other names of zones, and in the name of the chapter's key, it comes no further.
    assert!(stolen.raise_as_chapter(&all[..1], ERASED).is_err());
    stolen.raise(&all, ERASED).unwrap();
    let first: Vec<&str> = names[..20].iter().map(String::as_str).collect();
    wait_until("twenty are gone to the last byte", || {
        checkers::places_of(&first, stage.town.hub.data()).is_empty()
    });
    let revocations = vec![stage.rogue.revocation(&stolen)];
    stage.rogue.retire(Retired { revocations, last: true, ..Retired::default() }).unwrap();
    wait_until("the others are shown again", || named(&stage.town, "Massevis") == 280);
    assert_eq!(stolen.raise(&all, ERASED), Err(CloseCode::Revoked));
    stage.nothing_is_stuck();
    let kept: BTreeSet<String> = (0..2).map(|n| format!("oslo{n}@post.example")).collect();
    assert!(kept.iter().all(|email| named(&stage.town, email) == 1));
}
