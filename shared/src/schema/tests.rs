use std::fmt::Write;

use chrono::DateTime;
use proptest::prelude::*;

use super::*;
use crate::{
    document::{Document, Edit, Limits, Value, decode},
    id::ActorId,
    supporter,
};

fn change(edits: &[Edit]) -> DecodedChange {
    let mut document = Document::new(ActorId::from_bytes([1; 16]));
    let body = document.edit(edits, DateTime::UNIX_EPOCH).unwrap();
    decode(body.as_bytes(), &Limits::WIRE).unwrap()
}

/// The code of the refusal, or "allowed".
fn verdict(zone: Zone, author: Author, edits: &[Edit]) -> &'static str {
    check(zone, author, &change(edits)).map_or_else(|refusal| refusal.code(), |()| "allowed")
}

fn from_chapter(key: &str, value: impl Into<Value>) -> &'static str {
    verdict(Zone::Shared, Author::Chapter, &[Edit::set(key, value)])
}

/// The table as text, for people who do not read programs.
#[test]
fn the_allowlist_is_what_was_agreed() {
    let mut text = String::new();
    let mut heading = None;
    for rule in RULES {
        let this = (rule.zone, rule.author, rule.document);
        if heading != Some(this) {
            let author = match rule.author {
                Author::Chapter => "A chapter",
                Author::Hub => "The national office",
            };
            writeln!(
                text,
                "\n{author} may write in the {} zone, in a document \"{}\":",
                rule.zone, rule.document
            )
            .unwrap();
            heading = Some(this);
        }
        writeln!(text, "  {:<28}{}", rule.key, rule.form).unwrap();
    }
    text.push_str("\nEverything else is refused.\n");
    let agreed = include_str!("allowlist.txt");
    assert!(
        text.trim_start() == agreed,
        "write this to allowlist.txt if it is meant:\n{}",
        text.trim_start()
    );
}

#[test]
fn an_ordinary_shared_part_is_allowed() {
    let edits = [
        Edit::set("type", "supporter"),
        Edit::set("kind", "person"),
        Edit::set("name/given", "Åse-Marie"),
        Edit::set("name/family", "van der Bårdsen"),
        Edit::set("birth/year", 1958),
        Edit::set("email/AAAAAAAA", "ase@epost.example"),
        Edit::set("phone/AAAAAAAB", "+4799840186"),
        Edit::set("address/AAAAAAAC/street", "Nygårdsgaten 5 B"),
        Edit::set("address/AAAAAAAC/postcode", "1234 AB"),
        Edit::set("address/AAAAAAAC/country", "NL"),
        Edit::set("role/AAAAAAAD/role", "member"),
        Edit::set("role/AAAAAAAD/from", "2019-05-01"),
        Edit::set("grant/AAAAAAAE/purpose", "newsletter"),
        Edit::set("grant/AAAAAAAE/given_at", "2026-11-22T19:42:36Z"),
    ];
    assert_eq!(verdict(Zone::Shared, Author::Chapter, &edits), "allowed");
    let figures = [
        Edit::set("type", "chapter"),
        Edit::set("figure/member", 451),
        Edit::set("agreement/AAAAAAAA/members_signed", true),
    ];
    assert_eq!(verdict(Zone::Shared, Author::Chapter, &figures), "allowed");
}

#[test]
fn what_stays_in_the_chapter_is_refused() {
    // The leak test: notes, health themes, volunteers' tasks; P3, P22.
    for key in [
        "note/AAAAAAAA/text",
        "tag/AAAAAAAA",
        "volunteer/task/AAAAAAAA",
        "volunteer/skill/AAAAAAAA",
        "volunteer/police_certificate_shown_on",
        "peer/theme/AAAAAAAA",
        "peer/experience",
        "health_note/AAAAAAAA/text",
        "withdrawal/AAAAAAAA/purpose",
        "grant/AAAAAAAA/wording",
        "birth/date",
        "external/AAAAAAAA/number",
        "import/AAAAAAAA",
        "apart/AAAAAAAA",
        "address_protection",
        "document/confidential",
        "conflict/email.AAAAAAAA/AAAAAAAB",
        "declaration/AAAAAAAA/version",
        "dues/2026",
        "x/anything",
        "email/short",
        "email/AAAAAAAA/more",
        "email",
        "name/given/",
    ] {
        assert_eq!(from_chapter(key, "x"), "unknown_key", "{key}");
    }
}

#[test]
fn forms_are_checked() {
    assert_eq!(from_chapter("name/given", "x".repeat(201)), "too_long");
    assert_eq!(from_chapter("name/given", "a\u{0}b"), "charset");
    assert_eq!(from_chapter("name/given", "a\u{202e}b"), "charset");
    assert_eq!(from_chapter("name/given", "a\nb"), "charset");
    assert_eq!(from_chapter("name/given", "  "), "empty");
    assert_eq!(from_chapter("name/given", 1), "wrong_type");
    assert_eq!(from_chapter("birth/year", "1958"), "wrong_type");
    assert_eq!(from_chapter("birth/year", 12), "out_of_range");
    assert_eq!(from_chapter("role/AAAAAAAA/role", "diabetic"), "not_listed");
    assert_eq!(from_chapter("role/AAAAAAAA/from", "2026-02-30"), "malformed");
    assert_eq!(from_chapter("grant/AAAAAAAA/given_at", "22.11.2026"), "malformed");
    assert_eq!(from_chapter("type", "agreement"), "not_listed");
    for wrong in ["kari", "kari@", "@x.no", "ka ri@x.no", "a@b@c.no", "<a@b.no>", "kari@localhost"] {
        assert_eq!(from_chapter("email/AAAAAAAA", wrong), "malformed", "{wrong}");
    }
    for wrong in ["99840186", "+47 99840186", "+47", "ring meg"] {
        assert_eq!(from_chapter("phone/AAAAAAAA", wrong), "malformed", "{wrong}");
    }
}

#[test]
fn the_hub_writes_mirrored_fields_and_publishes() {
    let hub = |key: &str| verdict(Zone::Shared, Author::Hub, &[Edit::set(key, "NO")]);
    assert_eq!(hub("name/given"), "allowed");
    assert_eq!(hub("address/AAAAAAAA/country"), "allowed");
    for key in ["type", "kind", "birth/year", "role/AAAAAAAA/role", "grant/AAAAAAAA/purpose", "figure/member"]
    {
        assert_eq!(hub(key), "unknown_key", "{key}");
    }
    let agreement =
        [Edit::set("type", "agreement"), Edit::set("version", 1), Edit::set("text/nb", "Avtale\n§ 1")];
    assert_eq!(verdict(Zone::Published, Author::Hub, &agreement), "allowed");
    assert_eq!(verdict(Zone::Published, Author::Chapter, &agreement), "zone_closed");
    assert_eq!(verdict(Zone::Shared, Author::Hub, &agreement), "unknown_key");
}

#[test]
fn other_zones_are_closed() {
    for zone in [Zone::Chapter, Zone::Confidential, Zone::Office] {
        for author in [Author::Chapter, Author::Hub] {
            assert_eq!(verdict(zone, author, &[Edit::set("name/given", "Kari")]), "zone_closed");
        }
    }
}

#[test]
fn a_change_is_about_one_kind_of_document() {
    let mixed = [Edit::set("figure/member", 3), Edit::set("name/given", "Kari")];
    assert_eq!(verdict(Zone::Shared, Author::Chapter, &mixed), "mixed_document");
    let other_type = [Edit::set("figure/member", 3), Edit::set("type", "supporter")];
    assert_eq!(verdict(Zone::Shared, Author::Chapter, &other_type), "not_listed");
    let declared = [Edit::set("type", "declaration"), Edit::set("line/AAAAAAAA/purpose", "gifts")];
    assert_ne!(verdict(Zone::Published, Author::Hub, &declared), "allowed");
}

// C3: a document that was begun as a supporter's does not become a chapter's, and the other way round.
#[test]
fn a_later_change_is_about_the_kind_that_the_first_was_about() {
    let then = |first: &[Edit], next: Edit| {
        let (first, next) = (change(first), change(&[next]));
        let begun = check_next(Zone::Shared, Author::Chapter, &first, &Kinds::default()).unwrap();
        let next = check_next(Zone::Shared, Author::Chapter, &next, &begun);
        next.map_or_else(|refusal| refusal.code(), |_| "allowed")
    };
    let supporter = [Edit::set("type", "supporter")];
    assert_eq!(then(&supporter, Edit::set("type", "chapter")), "not_listed");
    assert_eq!(then(&supporter, Edit::set("figure/member", 3)), "mixed_document");
    assert_eq!(then(&supporter, Edit::set("name/given", "Kari")), "allowed");
    assert_eq!(then(&supporter, Edit::set("type", "supporter")), "allowed");
    let without_type = [Edit::set("figure/member", 3)];
    assert_eq!(then(&without_type, Edit::set("type", "supporter")), "not_listed");
    assert_eq!(then(&without_type, Edit::set("email/AAAAAAAA", "a@b.no")), "mixed_document");
    assert_eq!(then(&without_type, Edit::set("type", "chapter")), "allowed");
}

#[test]
fn all_but_the_type_may_be_deleted() {
    let mut document = Document::new(ActorId::from_bytes([1; 16]));
    let now = DateTime::UNIX_EPOCH;
    document.edit(&[Edit::set("type", "supporter"), Edit::set("email/AAAAAAAA", "a@b.no")], now);
    let mut delete = |key: &str| {
        let body = document.edit(&[Edit::delete(key)], now).unwrap();
        check(Zone::Shared, Author::Chapter, &decode(body.as_bytes(), &Limits::WIRE).unwrap())
    };
    assert_eq!(delete("email/AAAAAAAA"), Ok(()));
    assert_eq!(delete("type").unwrap_err().code(), "deleted");
}

#[test]
fn a_refusal_says_nothing_of_the_change() {
    let refusal = check(Zone::Shared, Author::Chapter, &change(&[Edit::set("Kari Nordmann", "secret")]));
    let refusal = refusal.unwrap_err();
    assert_eq!((refusal.code(), refusal.key()), ("unknown_key", None));
    let refusal = check(Zone::Shared, Author::Chapter, &change(&[Edit::set("email/AAAAAAAA", "secret")]));
    assert_eq!(refusal.unwrap_err().to_string(), "refused: malformed at email/*");
}

#[test]
fn codes_and_text_keys_go_together() {
    for reason in Reason::ALL {
        assert_eq!(reason.text_key(), format!("refusal-{}", reason.code().replace('_', "-")));
    }
}

/// The lists here are written out on purpose, so that a new word must be let through by hand. This says which.
#[test]
fn the_words_are_the_domains() {
    let codes = |all: &mut dyn Iterator<Item = &'static str>| all.collect::<Vec<_>>();
    assert_eq!(codes(&mut supporter::Role::ALL.iter().map(|one| one.code())), table::ROLES);
    assert_eq!(codes(&mut supporter::MembershipKind::ALL.iter().map(|one| one.code())), table::MEMBERSHIPS);
    assert_eq!(codes(&mut supporter::Purpose::ALL.iter().map(|one| one.code())), table::PURPOSES);
    assert_eq!(codes(&mut supporter::Basis::ALL.iter().map(|one| one.code())), table::BASES);
    let mirrored = RULES.iter().filter(|rule| rule.author == Author::Hub && rule.zone == Zone::Shared);
    let domain = supporter::Field::ALL.iter().filter(|field| field.mirrored()).map(|field| field.pattern());
    assert!(mirrored.map(|rule| rule.key).eq(domain));
}

proptest! {
    /// Default deny: a key is allowed only if a row's pattern names it, and no value makes the check panic.
    #[test]
    fn nothing_unnamed_is_allowed(key in "[a-z/]{1,20}|\\PC{1,20}", text in "\\PC{0,300}", number: i64, yes: bool) {
        for value in [Value::Text(text.clone()), Value::Int(number), Value::Bool(yes)] {
            let change = change(&[Edit::set(key.as_str(), value)]);
            for zone in Zone::ALL {
                for author in [Author::Chapter, Author::Hub] {
                    let allowed = check(zone, author, &change).is_ok();
                    let named = RULES.iter().any(|rule| {
                        rule.zone == zone && rule.author == author && rule.matches(&key)
                    });
                    prop_assert!(!allowed || named);
                }
            }
        }
    }
}
