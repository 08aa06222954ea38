use chrono::TimeDelta;

use super::*;
use crate::sqlite::{Migration, PASSKEYS, SECOND_FACTORS, migrate};

const ALL: &[Migration] = &[SECOND_FACTORS, PASSKEYS];

fn database() -> (tempfile::TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&folder.path().join("db"), None).unwrap();
    migrate(&database, ALL).unwrap();
    (folder, database)
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_001, 0).unwrap()
}

fn later(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

fn begun(database: &Database) -> Secret {
    let begun = database.write(|transaction| begin(transaction, "kari", &mut rand::rng()));
    begun.unwrap().unwrap()
}

fn set_up(database: &Database) -> (Secret, Vec<Zeroizing<String>>) {
    let secret = begun(database);
    let codes = confirm(database, "kari", &secret.code(now()), now(), &mut rand::rng()).unwrap().unwrap();
    (secret, codes)
}

/// RFC 6238, appendix B, the last six of its eight digits.
#[test]
fn codes_are_those_of_the_standard() {
    let secret = Secret::from_bytes(*b"12345678901234567890");
    for (at, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
        assert_eq!(secret.code(DateTime::from_timestamp(at, 0).unwrap()), code);
    }
    assert_eq!(secret.to_text().as_str(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    let typed = Secret::from_text("GEZDGNBVGY3T QOJQ GEZDGNBV GY3TQOJQ").unwrap();
    assert_eq!(typed.to_text(), secret.to_text());
    assert!(Secret::from_text("GEZD GNBV").is_none() && Secret::from_text("é1").is_none());
    assert_eq!(
        secret.url("Lysning Ås", "kari").as_str(),
        "otpauth://totp/Lysning%20%C3%85s:kari?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Lysning%20%C3%85s"
    );
}

// ASVS 6.5.1, 6.5.5: a code is good once, for its half minute and the one after, and that is told.
#[test]
fn a_code_is_taken_once_and_not_much_later() {
    let (_folder, database) = database();
    let (secret, _) = set_up(&database);
    let pass_at = |code: &str, seconds: i64| pass(&database, "kari", code, later(seconds)).unwrap();
    assert_eq!(pass_at(&secret.code(now()), 0), Passage::Refused, "the code that confirmed it was used");
    let next = secret.code(later(30));
    assert_eq!(pass_at(&next, 0), Passage::Refused, "not before its time");
    assert_eq!(pass_at(&format!("{} {}", &next[..3], &next[3..]), 30), Passage::Passed { late: false });
    assert_eq!(pass_at(&next, 30), Passage::Refused, "twice");
    assert_eq!(pass_at(&secret.code(later(90)), 120), Passage::Passed { late: true });
    assert_eq!(pass_at(&secret.code(later(60)), 90), Passage::Refused, "an older one than was used");
    assert_eq!(pass_at(&secret.code(later(300)), 360), Passage::Refused, "two half minutes are too many");
    for wrong in ["", "000", "abcdef", "12345é", &"1".repeat(1000)] {
        assert_eq!(pass_at(wrong, 600), Passage::Refused, "{wrong}");
    }
    assert_eq!(pass(&database, "ola", &secret.code(later(900)), later(900)).unwrap(), Passage::NotSetUp);
}

// ASVS 6.5.2: codes on paper stand hashed, and each is good once.
#[test]
fn a_code_on_paper_is_good_once() {
    let (_folder, database) = database();
    let (_, codes) = set_up(&database);
    assert_eq!(codes.iter().map(|code| code.as_str()).collect::<std::collections::BTreeSet<_>>().len(), 10);
    let pass_by = |code: &str| pass(&database, "kari", code, now()).unwrap();
    assert_eq!(pass_by(&codes[3]), Passage::PassedByPaper { left: 9 });
    assert_eq!(pass_by(&codes[3]), Passage::Refused);
    assert_eq!(pass_by(&codes[4].to_uppercase().replace('-', " ")), Passage::PassedByPaper { left: 8 });
    assert_eq!(pass_by("aaaaa-aaaaa"), Passage::Refused);
    database.checkpoint().unwrap();
    let held = std::fs::read(database.path()).unwrap();
    for code in &codes {
        let letters = code.replace('-', "");
        assert!(!held.windows(10).any(|bytes| bytes == letters.as_bytes()));
    }
}

#[test]
fn it_is_asked_for_from_the_moment_a_code_was_right() {
    let (_folder, database) = database();
    let secret = begun(&database);
    assert_eq!(begun(&database).to_text(), secret.to_text(), "a page that is loaded again shows the same");
    let set_up =
        || database.read(|connection| Ok::<_, SecondFactorError>(is_set_up(connection, "kari")?)).unwrap();
    assert_eq!(confirm(&database, "kari", "000000", now(), &mut rand::rng()).unwrap(), None);
    assert_eq!(pass(&database, "kari", &secret.code(now()), now()).unwrap(), Passage::NotSetUp);
    assert!(!set_up());
    assert!(confirm(&database, "kari", &secret.code(now()), now(), &mut rand::rng()).unwrap().is_some());
    assert!(set_up());
    let again = database.write(|transaction| begin(transaction, "kari", &mut rand::rng())).unwrap();
    assert!(again.is_none(), "the secret is shown no more");
    database.write(|transaction| remove(transaction, "kari")).unwrap();
    let left = database.read(|connection| Ok::<_, SecondFactorError>(codes_left(connection, "kari")?));
    assert!(!set_up() && left.unwrap() == 0);
}
