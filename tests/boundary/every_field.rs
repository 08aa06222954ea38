//! C4: a canary in every field of every zone that can hold one, short and long, in letters of ours and of others. What
//! the gate does not let out is nowhere at the hub and was never sent to it; what is one chapter's, and what is the
//! office's own, is nowhere at another chapter.

use std::sync::Arc;

use helhet_node::Node;
use helhet_node::store::Store;
use helhet_shared::clock::SystemClock;
use helhet_shared::command::{
    self, AddressInput, GrantInput, PeerSupportInput, RoleInput, Settings, SupporterInput, VolunteeringInput,
};
use helhet_shared::supporter::{Basis, Purpose, Role};
use helhet_tests::checkers;
use helhet_tests::people::{NEVER_LET_OUT, marker, member_file, people};
use helhet_tests::process::{Installation, Town};
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use crate::search::places_at_the_hub;
use crate::sent::sent_to_the_office;

/// How a canary looks.
#[derive(Clone, Copy, Debug)]
enum Plumage {
    Ascii,
    Ours,
    LongAscii,
    LongOurs,
}

const PLUMAGES: [Plumage; 4] = [Plumage::Ascii, Plumage::Ours, Plumage::LongAscii, Plumage::LongOurs];

/// Draws canaries of one plumage, and remembers them.
struct Aviary {
    rng: StdRng,
    plumage: Plumage,
    drawn: Vec<String>,
    /// Those in what only peer support reads.
    closed: Vec<String>,
}

impl Aviary {
    fn new(seed: u64, plumage: Plumage) -> Self {
        Self { rng: StdRng::seed_from_u64(seed), plumage, drawn: Vec::new(), closed: Vec::new() }
    }

    /// One for a field of one line, which has 200 letters at most.
    fn line(&mut self) -> String {
        self.draw(180)
    }

    /// One for a field that holds prose, which automerge packs.
    fn prose(&mut self) -> String {
        self.draw(900)
    }

    fn draw(&mut self, length: usize) -> String {
        let (one, other) = (marker(&mut self.rng), marker(&mut self.rng));
        let canary = match self.plumage {
            Plumage::Ascii => one,
            Plumage::Ours => format!("{}åø{}ĳß", &one[..6], &other[..6]),
            Plumage::LongAscii => format!("{one}{}{other}", " og mer".repeat((length - 24) / 7)),
            Plumage::LongOurs => format!("{one}åøæ{}ĳß{other}", " øåĳßæøåĳß".repeat((length - 29) / 10)),
        };
        self.drawn.push(canary.clone());
        canary
    }

    /// A word that is no canary.
    fn word(&mut self) -> String {
        marker(&mut self.rng)
    }
}

/// Registers somebody with a canary in every field. What of a member is let out is given apart.
fn register(node: &Node, birds: &mut Aviary, role: Role) -> Vec<String> {
    let member = role == Role::Member;
    let let_out = |birds: &mut Aviary| if member { birds.word() } else { birds.line() };
    let input = SupporterInput {
        given_name: let_out(birds),
        family_name: let_out(birds),
        emails: vec![format!("{}@post.example", birds.word())],
        addresses: vec![AddressInput {
            street: let_out(birds),
            postcode: "5003".to_owned(),
            city: let_out(birds),
            country: String::new(),
        }],
        roles: vec![RoleInput::of(role)],
        tags: vec![birds.line(), birds.line()],
        note: birds.prose(),
        ..SupporterInput::default()
    };
    let mailbox = input.emails[0].split('@').next().unwrap().to_owned();
    let out = vec![
        input.given_name.clone(),
        input.family_name.clone(),
        mailbox.clone(),
        input.addresses[0].street.clone(),
        input.addresses[0].city.clone(),
    ];
    if !member {
        birds.drawn.push(mailbox);
    }
    let settings = Settings::default();
    let done = node.writer().act(|deed| {
        let id = deed.register(&input)?;
        let volunteering = VolunteeringInput {
            skills: Some(vec![birds.line()]),
            tasks: Some(vec![birds.line()]),
            availability: Some(birds.line()),
            ..VolunteeringInput::default()
        };
        deed.change(id, |supporter, rng, _| {
            command::edit_volunteering(supporter, &volunteering, &settings, rng)
        })?;
        let peer = PeerSupportInput {
            themes: Some(vec![birds.line()]),
            languages: Some(vec![birds.line()]),
            ..PeerSupportInput::default()
        };
        deed.change(id, |supporter, rng, _| command::edit_peer_support(supporter, &peer, &settings, rng))?;
        if member {
            let (wording, channel) = (birds.line(), birds.line());
            let grant = GrantInput { purpose: Purpose::Newsletter, basis: Basis::Consent, wording, channel };
            deed.change(id, |supporter, rng, now| command::grant(supporter, &grant, rng, now))?;
        }
        let before = birds.drawn.len();
        deed.health_note(id, &birds.prose())?;
        deed.health_note(id, &birds.line())?;
        birds.closed.extend(birds.drawn.split_off(before));
        Ok(())
    });
    done.unwrap_or_else(|error| panic!("{:?}: {error:?}", birds.plumage));
    out
}

/// What a chapter's store holds, opened with its own key.
fn places_within(node: &Installation, canaries: &[&str]) -> Vec<String> {
    let store = Store::open_existing(node.data()).unwrap();
    let mut places = checkers::places_in(canaries, store.database());
    places.extend(checkers::places_of(canaries, node.data()));
    places.extend(checkers::places_of(canaries, node.temp()));
    places
}

fn refs(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

// C4, T1, T2, N1
#[test]
fn no_canary_flies_where_it_may_not() {
    let mut town = Town::new();
    let bergen = town.chapter("Bergen");
    let oslo = town.chapter("Oslo");
    let (mut withheld, mut closed, mut let_out) = (Vec::new(), Vec::new(), Vec::new());
    let node = Node::open(bergen.data(), Arc::new(SystemClock)).unwrap();
    for (seed, plumage) in (500..).zip(PLUMAGES) {
        let mut birds = Aviary::new(seed, plumage);
        let_out.extend(register(&node, &mut birds, Role::Member));
        // Who is no member and said yes to nothing that is for the office is not known there at all.
        let shown = register(&node, &mut birds, Role::PeerSupporter);
        assert!(shown.iter().all(|text| !let_out.contains(text)));
        withheld.extend(birds.drawn);
        closed.extend(birds.closed);
    }
    drop(node);
    // Not even at home is what only peer support reads open to who has the database's key.
    let open = places_within(&bergen, &refs(&closed));
    assert!(open.is_empty(), "open at home: {open:#?}");
    let at_home = withheld.len();
    withheld.extend(closed);
    let of_the_office = people(510, 3);
    town.hub
        .run(&["import", &town.file("office.csv", &member_file(&of_the_office).replace(NEVER_LET_OUT, ""))])
        .done();

    // What goes out is heard first by who holds the hub's key and asks for everything.
    let sent = sent_to_the_office(&mut town, &bergen);
    town.hub.serve();
    for node in [&bergen, &oslo, &bergen, &oslo] {
        node.run(&["sync"]).done();
    }

    let heard = checkers::found_in(&refs(&withheld), &sent);
    assert!(heard.is_empty(), "sent to the office: {heard:#?}");
    let at_hub = places_at_the_hub(&town, &refs(&withheld));
    assert!(at_hub.is_empty(), "{} places, the first: {:#?}", at_hub.len(), &at_hub[..at_hub.len().min(10)]);
    // Whatever a chapter lets out is for the office and for no other chapter; and the office's own is for none.
    let not_oslos: Vec<String> = withheld
        .iter()
        .chain(&let_out)
        .cloned()
        .chain(of_the_office.iter().map(|person| person.email.split('@').next().unwrap().to_owned()))
        .collect();
    let at_oslo = places_within(&oslo, &refs(&not_oslos));
    assert!(at_oslo.is_empty(), "{at_oslo:#?}");
    let own = &not_oslos[withheld.len() + let_out.len()..];
    let at_bergen = places_within(&bergen, &refs(own));
    assert!(at_bergen.is_empty(), "the office's own: {at_bergen:#?}");

    // And the search sees: what may be there is there, and Bergen's own store holds everything.
    let withheld = &withheld[..at_home];
    let at_home = places_within(&bergen, &refs(withheld));
    for canary in withheld {
        assert!(
            at_home.iter().any(|place| place.starts_with(canary)),
            "the search within is blind to {canary}"
        );
    }
    for text in let_out.chunks(5).step_by(2).flatten() {
        assert!(!checkers::found_in(&[text], &sent).is_empty(), "the ear is deaf to {text}");
        assert!(!checkers::places_of(&[text], town.hub.data()).is_empty(), "the search is blind to {text}");
    }
    for own in own {
        assert!(!checkers::places_of(&[own], town.hub.data()).is_empty(), "the office has lost {own}");
    }
}
