//! Made-up people, the same for the same seed, with a marker in every field that an office may not see.
//!
//! A marker is twelve consonants drawn at random: no word of any language holds it, folding for search leaves it alone
//! (no `aa` becomes `å`), and a full-text index that stores only the ends of terms still stores its end.

use std::fmt::Write as _;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng};

const GIVEN: [&str; 12] = [
    "Kari",
    "Ola",
    "Ingrid",
    "Åse",
    "Bjørn",
    "Maj-Britt",
    "Nils",
    "Sanne",
    "Pär",
    "Ragnhild",
    "Øystein",
    "Liv",
];
const FAMILY: [&str; 12] = [
    "Nordmann",
    "Ås",
    "Bø",
    "Lindström",
    "de Vries",
    "Solberg",
    "Hætta",
    "Moen",
    "Sæther",
    "Dahl",
    "Øvrebø",
    "Vik",
];

/// Stands in everything that no agreement lets out of a chapter, so that any test's end can look for it at the hub.
pub const NEVER_LET_OUT: &str = "zvkrtmblnpdg";

/// One made-up person of a chapter.
#[derive(Debug, Clone)]
pub struct Person {
    /// The chapter's own number.
    pub number: u32,
    pub given: String,
    pub family: String,
    pub email: String,
    /// A Norwegian mobile number that libphonenumber takes.
    pub phone: String,
    pub street: String,
    pub postcode: String,
    pub city: String,
    pub birth_year: i32,
    /// What the chapter notes; never for the office.
    pub note: String,
    /// What a volunteer does; not for the office without consent.
    pub task: String,
    /// When a volunteer can; not for the office without consent.
    pub availability: String,
    /// A peer supporter's theme, which tells of health; never for the office.
    pub theme: String,
    /// A peer supporter's language; never for the office.
    pub language: String,
}

/// Draws `count` people.
pub fn people(seed: u64, count: u32) -> Vec<Person> {
    let mut rng = StdRng::seed_from_u64(seed);
    (0..count).map(|index| person(&mut rng, 1000 + index)).collect()
}

fn person(rng: &mut StdRng, number: u32) -> Person {
    let street = format!("Storgata {}", rng.random_range(1..200));
    Person {
        number,
        given: GIVEN[rng.random_range(0..GIVEN.len())].to_owned(),
        family: FAMILY[rng.random_range(0..FAMILY.len())].to_owned(),
        email: format!("{}@post.example", marker(rng)),
        phone: format!("+479{:07}", rng.random_range(0..10_000_000)),
        street,
        postcode: "5003".to_owned(),
        city: "Bergen".to_owned(),
        birth_year: rng.random_range(1930..2008),
        note: long(rng),
        task: marker(rng),
        availability: marker(rng),
        theme: marker(rng),
        language: marker(rng),
    }
}

/// Twelve consonants.
pub fn marker(rng: &mut StdRng) -> String {
    const CONSONANTS: &[u8] = b"bdfgklmnprtvz";
    (0..12).map(|_| char::from(CONSONANTS[rng.random_range(0..CONSONANTS.len())])).collect()
}

/// A marker within a text so long and so repetitive that automerge would store it compressed.
fn long(rng: &mut StdRng) -> String {
    format!(
        "{}. {NEVER_LET_OUT} {}",
        marker(rng),
        "Ringte og snakket lenge om hverdagen. ".repeat(10).trim_end()
    )
}

impl Person {
    /// The markers of this person that no office may ever hold.
    pub fn withheld(&self) -> Vec<&str> {
        vec![&self.note[..12], &self.task, &self.availability, &self.theme, &self.language]
    }
}

/// A member list as Bergen keeps it: separator `;`, Norwegian headings.
pub fn member_file(people: &[Person]) -> String {
    let mut text = "Medlemsnr;Fornavn;Etternavn;Født;E-post;Mobil;Adresse;Postnr;Poststed;Medlemstype;Innmeldt;Merknad\r\n"
        .to_owned();
    for person in people {
        let Person { number, given, family, email, phone, street, postcode, city, birth_year, note, .. } =
            person;
        let _ = write!(
            text,
            "{number};{given};{family};{birth_year};{email};{phone};{street};{postcode};{city};Hovedmedlem;01.02.2019;{note}\r\n"
        );
    }
    text
}

/// A list of volunteers, some of them peer supporters, as Tromsø keeps it: separator `,`, one column for the name.
pub fn volunteer_file(people: &[Person]) -> String {
    let mut text = "Navn,e-postadresse,tlf,fødselsår,sted,oppgaver,tilgjengelig,politiattest vist,likeperson,likepersonkurs,språk,tema,timer i 2026\n"
        .to_owned();
    for person in people {
        let Person { given, family, email, phone, postcode, city, birth_year, task, availability, .. } =
            person;
        let Person { theme, language, .. } = person;
        let _ = writeln!(
            text,
            "\"{family}, {given}\",{email},{phone},{birth_year},{postcode} {city},{task},{availability},03.05.2024,x,12.03.2025,{language},{theme},17"
        );
    }
    text
}
