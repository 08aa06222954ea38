//! What the chapter's own desk tells the screens.
use helhet_protocol::v1::CloseCode;
use helhet_shared::web::Language;

use super::site;
use crate::store::StoreError;
use crate::store::supporters::{self, Filter};
use crate::web::chapter::{Chapter, office_said};
use crate::web::desk::{Desk as _, Erased};
use crate::write::tests::place;

fn assert_has_words(key: &str) {
    let translations = site().translations;
    for language in Language::ALL {
        assert!(translations.has(language, key), "{key} in {language}");
    }
}

// N16, T19: whatever the office refused, the page on sending says why, in words.
#[tokio::test]
async fn every_refusal_has_a_sentence() {
    let mut place = place();
    let codes = ["unknown_key", "too_long", "frozen", "too_many_changes", "a_code_of_a_newer_hub"];
    for (number, code) in codes.iter().enumerate() {
        let id = place.member(&format!("Kari{number}"));
        place.hear_refusal(id, code);
        place.hear_refusal(id, code);
    }
    let refused = Chapter::over(&place.node).waiting().unwrap().refused;
    assert_eq!(refused.len(), codes.len());
    for (_, key) in &refused {
        assert_has_words(key);
    }
    assert!(
        refused.iter().any(|(named, key)| named.name.starts_with("Kari0") && key == "refusal-unknown-key")
    );
}

// N16, T20: and why it would not talk at all.
#[test]
fn every_closed_door_has_a_sentence() {
    for code in [CloseCode::Revoked, CloseCode::ClockDiffers, CloseCode::Fork, CloseCode::StoreFailed] {
        assert_has_words(office_said(code));
    }
    assert_eq!(office_said(CloseCode::Revoked), "office-said-revoked");
    assert_eq!(office_said(CloseCode::StoreFailed), "office-said-other");
}

// N1: erased is erased, but that it is gone from the files too is not said while a reader keeps its pages there.
#[tokio::test]
async fn gone_is_not_said_while_something_reads() {
    let place = place();
    let (kari, ola) = (place.member("Kari"), place.member("Ola"));
    let chapter = Chapter::over(&place.node);
    let mut reader = place.node.store().database().reader().unwrap();
    let reading = reader.transaction().unwrap();
    let seen = supporters::count(&reading, &Filter::default()).unwrap();
    assert_eq!(chapter.erase(kari).unwrap(), Erased::Soon, "the reader still sees {seen}");
    assert!(place.node.writer().has_bytes_left());
    let count = |connection: &rusqlite::Transaction<'_>| {
        Ok::<_, StoreError>(supporters::count(connection, &Filter::default())?)
    };
    assert_eq!(place.node.store().database().read(count).unwrap(), 1, "nobody else does");
    drop(reading);
    place.node.writer().tidy().unwrap();
    assert!(!place.node.writer().has_bytes_left());
    assert_eq!(chapter.erase(ola).unwrap(), Erased::Gone);
}
