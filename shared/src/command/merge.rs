//! Two records that are one supporter become one, and nothing that was known is lost.
//!
//! Entries have random keys, so what the other record has goes over under its own keys. Where a single value differs,
//! both stand beside each other until a person picks. A withdrawal goes over always, and a yes that did not know of it
//! does not undo it: who once said no has not said yes by being joined with a record that did (N14).

use std::collections::BTreeMap;

use rand::Rng;

use super::{CommandError, ErrorCode};
use crate::{
    document::{Content, Edit, Value},
    id::{EntryKey, SupporterId},
    supporter::{
        Fact, Field, Supporter,
        conflict::{all_values, dispute},
        register::written,
    },
};

/// The edits that bring all that `gone` tells into `kept`. The caller erases `gone` in the same deed.
pub fn merge(kept: &Supporter, gone: &Supporter) -> Result<Vec<Edit>, CommandError> {
    if kept.id == gone.id || kept.is_organisation() != gone.is_organisation() {
        return Err(CommandError::one(Field::Kind, ErrorCode::NotThere));
    }
    let mut edits = Vec::new();
    for (key, values) in gone.content() {
        let Some(field) = Field::of_key(key).map(|(field, _)| field) else {
            edits.extend(union(kept.content(), key, values));
            continue;
        };
        if belongs_to_the_record(field) || names(field, values, kept.id) || is_known(kept, gone, field, key) {
            continue;
        }
        edits.extend(union(kept.content(), key, values));
    }
    Ok(edits)
}

/// The same for what the two confidential documents hold.
pub fn merge_confidential(kept: &Content, gone: &Content) -> Vec<Edit> {
    gone.iter().flat_map(|(key, values)| union(kept, key, values)).collect()
}

/// Remembers that two who look like one are two.
pub fn tell_apart(supporter: &Supporter, other: SupporterId, rng: &mut (impl Rng + ?Sized)) -> Vec<Edit> {
    if supporter.apart.iter().any(|entry| entry.value.all_known().any(|known| *known == other.into())) {
        return Vec::new();
    }
    vec![Edit::set(Field::Apart.key(EntryKey::random(rng)), other.to_string())]
}

/// The record's own machinery: the kept record has its own.
fn belongs_to_the_record(field: Field) -> bool {
    [Field::Type, Field::Kind, Field::SharedDocument, Field::ConfidentialDocument, Field::Import]
        .contains(&field)
}

/// Whether this says that the other record is not the kept one.
fn names(field: Field, values: &[Value], kept: SupporterId) -> bool {
    field == Field::Apart && values.iter().any(|value| written(value) == kept.to_string())
}

/// Whether the kept record has an entry that says all that this one says. A withdrawal is never passed over.
fn is_known(kept: &Supporter, gone: &Supporter, field: Field, key: &str) -> bool {
    if [Field::WithdrawalPurpose, Field::WithdrawalAt, Field::WithdrawalRefused].contains(&field) {
        return false;
    }
    let Some(fact) = gone.facts().iter().find(|fact| fact.key == key && fact.entry.is_some()) else {
        return false;
    };
    let says = entry_of(gone, fact);
    let alike = kept.facts().iter().filter(|other| other.field == field);
    alike
        .map(|other| entry_of(kept, other))
        .any(|there| says.iter().all(|(field, texts)| there.get(field) == Some(texts)))
}

/// All that the entry of a fact says: `role/AAAAAAAA/from` belongs with `role/AAAAAAAA/role`.
fn entry_of(supporter: &Supporter, fact: &Fact) -> BTreeMap<Field, Vec<String>> {
    let family = |fact: &Fact| fact.field.pattern().split_once('*').map(|(family, _)| family);
    let same = |other: &&Fact| other.entry == fact.entry && family(other) == family(fact);
    supporter.facts().iter().filter(same).map(|fact| (fact.field, fact.texts())).collect()
}

/// The edits that make `key` hold these values too: the first of them if there is none, else each beside what is there.
fn union(content: &Content, key: &str, values: &[Value]) -> Vec<Edit> {
    let held = all_values(content, key);
    let mut edits = Vec::new();
    for value in values.iter().filter(|value| !held.contains(value)) {
        if held.is_empty() && edits.is_empty() {
            edits.push(Edit { key: key.to_owned(), value: Some(value.clone()) });
        } else if !key.starts_with("conflict/") {
            edits.push(dispute(key, value));
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;
    use crate::supporter::Purpose;

    fn supporter(id: u8, pairs: &[(&str, &str)]) -> Supporter {
        let pair = |(key, value): &(&str, &str)| ((*key).to_owned(), vec![Value::from(*value)]);
        let content: Content = pairs.iter().map(pair).collect();
        Supporter::from_content(SupporterId::from_bytes([id; 16]), &content)
    }

    fn after(kept: &Supporter, edits: Vec<Edit>) -> Supporter {
        let mut content = kept.content().clone();
        for edit in edits {
            content.insert(edit.key, vec![edit.value.unwrap()]);
        }
        Supporter::from_content(kept.id, &content)
    }

    // T7: two records of one person become one without losing a word.
    #[test]
    fn nothing_is_lost() {
        let kept = supporter(
            1,
            &[
                ("type", "supporter"),
                ("document/shared", "11111111111111111111111111111111"),
                ("name/given", "Kari"),
                ("name/family", "Solberg"),
                ("email/AAAAAAAA", "kari@post.example"),
                ("role/AAAAAAAB/role", "member"),
                ("role/AAAAAAAB/from", "2011-01-09"),
                ("grant/AAAAAAAC/purpose", "newsletter"),
                ("grant/AAAAAAAC/basis", "consent"),
            ],
        );
        let gone = supporter(
            2,
            &[
                ("type", "supporter"),
                ("document/shared", "22222222222222222222222222222222"),
                ("name/given", "Kari Anne"),
                ("name/family", "Solberg"),
                ("birth/date", "1963-05-11"),
                ("email/BAAAAAAA", "kari@post.example"),
                ("email/BAAAAAAB", "kari@work.example"),
                ("phone/BAAAAAAA", "12"),
                ("role/BAAAAAAC/role", "member"),
                ("withdrawal/BAAAAAAD/purpose", "newsletter"),
                ("note/BAAAAAAE/text", "Likes coffee"),
                ("apart/BAAAAAAF", "01010101010101010101010101010101"),
                ("apart/BAAAAAAG", "03030303030303030303030303030303"),
                ("newer/key", "carried"),
            ],
        );
        let merged = after(&kept, merge(&kept, &gone).unwrap());
        let given: Vec<_> = merged.name.given.all_known().map(ToString::to_string).collect();
        assert_eq!(given, ["Kari", "Kari Anne"], "both stand until a person picks");
        assert_eq!(merged.name.family.values.len(), 1);
        assert_eq!(merged.birth.date.text(), "1963-05-11");
        let emails: Vec<_> = merged.emails.iter().map(|email| email.value.text()).collect();
        assert_eq!(emails, ["kari@post.example", "kari@work.example"], "the same address is there once");
        assert_eq!(merged.phones[0].value.text(), "12", "what cannot be read goes over as it was written");
        assert_eq!(merged.roles.len(), 1, "the role of which more is known stays");
        assert!(!merged.permissions.granted(Purpose::Newsletter), "the withdrawal wins");
        assert_eq!(merged.notes.len(), 1);
        assert_eq!(merged.apart.len(), 1);
        assert_eq!(merged.documents.shared.text(), "1".repeat(32));
        assert!(merged.content().contains_key("newer/key"));
        assert_eq!(
            merge(&merged, &gone).unwrap().iter().filter(|edit| edit.key.starts_with("name")).count(),
            0
        );
    }

    #[test]
    fn a_person_and_an_organisation_are_never_one() {
        let (person, club) = (supporter(1, &[("kind", "person")]), supporter(2, &[("kind", "organisation")]));
        assert!(merge(&person, &club).is_err());
        assert!(merge(&person, &person).is_err());
    }

    #[test]
    fn two_are_told_apart_once() {
        let mut rng = StdRng::seed_from_u64(3);
        let (one, other) = (supporter(1, &[]), SupporterId::from_bytes([2; 16]));
        let told = after(&one, tell_apart(&one, other, &mut rng));
        assert_eq!(told.apart.len(), 1);
        assert!(tell_apart(&told, other, &mut rng).is_empty());
    }
}
