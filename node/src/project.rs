//! The projector: the only writer of the tables that screens read. Documents in, rows out.
//!
//! Everything it writes can be dropped and made again from the documents ([`rebuild`]), with the same result.
use helhet_protocol::identity::Signed;
use helhet_protocol::log::{ChangeKind, Receipt, Refusal, Tombstone};
use helhet_shared::id::{ChapterId, DocumentId, SupporterId};
use helhet_shared::sqlite::{documents, erasures, held, members, tombstones};
use helhet_shared::supporter::{Purpose, Supporter, json};
use helhet_shared::zone::Zone;
use rusqlite::{Connection, Transaction};
use unicode_normalization::UnicodeNormalization as _;

use crate::store::refusals::{self, RefusalRow};
use crate::store::supporters::{self, SupporterFacts, SupporterRow};
use crate::store::{StoreError, register, settings};

/// Brings a supporter's rows up to date with its chapter document. Of whom an erasure waits for a second word there are none.
pub fn supporter(transaction: &Transaction<'_>, supporter: &Supporter) -> rusqlite::Result<()> {
    if held::is_hidden(transaction, DocumentId::from(supporter.id).as_bytes())? {
        return remove(transaction, supporter.id);
    }
    supporters::put(transaction, &row(supporter), &facts(supporter))
}

/// Takes a supporter's rows away.
pub fn remove(transaction: &Transaction<'_>, id: SupporterId) -> rusqlite::Result<()> {
    supporters::remove(transaction, id)
}

/// Raised with every change of what the rows say, so that those of an older program are made anew.
const FORM: &[u8] = b"4";

/// Whether the rows are as this program writes them.
pub fn is_current(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(settings::read(connection, "projected_as")?.as_deref() == Some(FORM))
}

/// Drops every projection and makes it again. Returns how many supporters there are.
pub fn rebuild(transaction: &Transaction<'_>, chapter: ChapterId) -> Result<u32, StoreError> {
    const AT_ONCE: u32 = 500;
    supporters::clear(transaction)?;
    let (mut after, mut count) = (0, 0);
    loop {
        let some = documents::of_zone(transaction, chapter.as_bytes(), Zone::Chapter.code(), after, AT_ONCE)?;
        let Some((last, _)) = some.last() else { break };
        after = *last;
        for (_, stored) in some {
            let document = crate::write::held::load(&stored)?;
            let id = SupporterId::from_bytes(stored.document);
            self::supporter(transaction, &Supporter::from_content(id, &document.content()))?;
            count += u32::from(!held::is_hidden(transaction, &stored.document)?);
        }
    }
    rebuild_refusals(transaction, chapter)?;
    rebuild_register(transaction, chapter)?;
    settings::write(transaction, "projected_as", FORM)?;
    // Rows of another form may count otherwise.
    settings::remove(transaction, crate::write::agreement::FIGURES_OF)?;
    Ok(count)
}

/// Refusals stand in the hub's log.
fn rebuild_refusals(transaction: &Transaction<'_>, chapter: ChapterId) -> Result<(), StoreError> {
    let Some(hub) = settings::read(transaction, "hub_key")? else { return Ok(()) };
    for (body, received_at) in crate::store::waiting::hub_changes(transaction, chapter, &hub, 1)? {
        if let Ok(refusal) = Refusal::read(&body) {
            self::refusal(transaction, &refusal, received_at)?;
        }
    }
    Ok(())
}

/// The register of erasures: what is erased the tombstones say, who has signed for it the log.
fn rebuild_register(transaction: &Transaction<'_>, chapter: ChapterId) -> Result<(), StoreError> {
    let chapter = chapter.as_bytes();
    for (signed, received_at) in tombstones::of_erased(transaction, chapter)? {
        let signed = Signed::<Tombstone>::from_bytes(&signed);
        let signed = signed.map_err(|_| StoreError::Damaged { what: "a tombstone" })?;
        if let Some((_, erased)) = register::entry(&signed, received_at) {
            erasures::enter(transaction, chapter, &erased)?;
        }
    }
    erasures::forget_receipts(transaction, chapter)?;
    let hub = settings::read(transaction, "hub_key")?;
    for one in erasures::logged(transaction, chapter, Zone::Shared.code(), ChangeKind::Receipt.code())? {
        let of_device = members::device(transaction, chapter, &one.author)?.is_some();
        let by_hub = hub.as_deref() == Some(one.author.as_slice()) || !of_device;
        if let Ok(receipt) = Receipt::read(&one.body)
            && let Some(document_hash) = register::document_of(transaction, chapter, &receipt)?
        {
            let receipt = register::row(&receipt, document_hash, by_hub, one.received_at);
            erasures::keep_receipt(transaction, chapter, &receipt)?;
        }
    }
    Ok(())
}

/// Notes a refusal; false when the same rule refused the same key of this document before.
pub fn refusal(transaction: &Transaction<'_>, refusal: &Refusal, now: i64) -> rusqlite::Result<bool> {
    refusals::add(
        transaction,
        &RefusalRow {
            document: DocumentId::from_bytes(refusal.document),
            generation: (refusal.generation.number, refusal.generation.random),
            code: refusal.code.clone(),
            key: refusal.key.clone(),
            received_at: now,
        },
    )
}

fn row(supporter: &Supporter) -> SupporterRow {
    let mut text = vec![supporter.display_name(), supporter.organisation_number.text()];
    text.extend(supporter.emails.iter().map(|entry| entry.value.text()));
    text.extend(supporter.phones.iter().map(|entry| entry.value.text()));
    text.extend(supporter.tags.iter().map(|entry| entry.value.text()));
    text.extend(supporter.externals.iter().map(|external| external.number.text()));
    text.extend(supporter.addresses.open().iter().map(|address| address.city.text()));
    let family = supporter.name.family.text();
    let sort_name = match supporter.is_organisation() || family.is_empty() {
        true => supporter.display_name(),
        false => format!("{family} {}", supporter.name.given.text()),
    };
    SupporterRow {
        id: supporter.id,
        shared_document: supporter.documents.shared.known().copied(),
        confidential_document: supporter.documents.confidential.known().copied(),
        kind: if supporter.is_organisation() { "organisation" } else { "person" }.to_owned(),
        sort_name: fold(&sort_name),
        display_name: supporter.display_name(),
        search_text: text.iter().flat_map(|text| spellings(text)).collect::<Vec<_>>().join("\n"),
        json: json::supporter(supporter).to_string(),
        disputed: u32::try_from(supporter.disputed().count()).unwrap_or(u32::MAX),
        unreadable: u32::try_from(supporter.unreadable().count()).unwrap_or(u32::MAX),
        said_no: supporter.permissions.refused(Purpose::NationalRecord),
        declared: supporter.has_recorded_declaration(),
        withheld: supporter.is_withheld(),
    }
}

fn facts(supporter: &Supporter) -> SupporterFacts {
    let day = |day: Option<&chrono::NaiveDate>| day.map(ToString::to_string);
    let roles = supporter.roles.iter().flat_map(|interval| {
        let (from, to) = (day(interval.from.known()), day(interval.to.known()));
        interval.role.all_known().map(move |role| (role.code().to_owned(), from.clone(), to.clone()))
    });
    let externals = supporter.externals.iter();
    let name = fold(&supporter.display_name());
    let mut marks: Vec<String> = Vec::new();
    if !name.is_empty() {
        let born = supporter.birth.date.known().map(ToString::to_string);
        marks.extend(born.map(|born| format!("name+birth {name} {born}")));
        marks.extend(
            supporter.emails.iter().map(|email| format!("name+email {name} {}", fold(&email.value.text()))),
        );
        marks
            .extend(supporter.phones.iter().map(|phone| format!("name+phone {name} {}", phone.value.text())));
    }
    marks.sort();
    marks.dedup();
    SupporterFacts {
        roles: roles.collect(),
        externals: externals.map(|one| (one.source.text(), one.number.text(), one.line.text())).collect(),
        imports: supporter.imports.iter().map(|import| import.value.text()).collect(),
        marks,
        apart: supporter
            .apart
            .iter()
            .flat_map(|entry| entry.value.all_known())
            .map(|&id| id.into())
            .collect(),
    }
}

/// Text made comparable for search: lower case, no diacritics, `ø` as `o`, `aa` as `a`, every other sign a space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.to_lowercase().nfd() {
        match character {
            'ø' | 'œ' => folded.push('o'),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'þ' => folded.push_str("th"),
            '\u{300}'..='\u{36f}' => {}
            letter if letter.is_alphanumeric() || matches!(letter, '@' | '.' | '+' | '-') => {
                folded.push(letter)
            }
            _ if folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.trim().replace("aa", "a")
}

/// A text folded, and a number also without what people put between its digits.
fn spellings(text: &str) -> Vec<String> {
    let folded = fold(text);
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    match digits.len() >= 5 && digits != folded {
        true => vec![folded, digits],
        false => vec![folded],
    }
}

/// What a user typed into a search field, as folded words that must all occur. A number may be typed with gaps.
pub fn search_words(typed: &str) -> Vec<String> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_number = typed.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-()".contains(c));
    if is_number && digits.len() >= 5 {
        return vec![digits];
    }
    fold(typed).split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // T39: search finds what people mean.
    #[test]
    fn search_forgives_spelling() {
        for (name, typed) in [
            ("Åse Sørli", "ase sorli"),
            ("Åse", "Aase"),
            ("Øystein", "oystein"),
            ("René", "rene"),
            ("Müller", "muller"),
        ] {
            let found = search_words(typed).iter().all(|word| fold(name).contains(word));
            assert!(found, "{typed}");
        }
        assert_eq!(search_words("912 34 567"), ["91234567"]);
        assert!(spellings("+47 912 34 567").contains(&"4791234567".to_owned()));
    }
}
