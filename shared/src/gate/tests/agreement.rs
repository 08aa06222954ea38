//! Agreements that rest on what they may, and those that do not.
use rand::{SeedableRng, rngs::StdRng};

use super::sample::{content, full, supporter, today};
use crate::{
    document::Content,
    gate::{
        Agreement, AgreementError, AgreementLine, Outcome, Reason, Sharing, default_agreement, gate, sharing,
    },
    id::DocumentId,
    supporter::{Basis, Field, Purpose, Role},
};

fn default() -> Agreement {
    default_agreement(DocumentId::from_bytes([2; 16]))
}

fn published(agreement: &Agreement) -> Content {
    let edits = agreement.edits(&mut StdRng::seed_from_u64(1));
    edits.into_iter().map(|edit| (edit.key, vec![edit.value.unwrap()])).collect()
}

#[test]
fn an_agreement_goes_through_its_document() {
    let mut read = Agreement::from_content(&published(&default())).unwrap();
    let mut agreement = default();
    read.lines.sort_by_key(|line| line.purpose);
    agreement.lines.sort_by_key(|line| line.purpose);
    assert_eq!(read, agreement);
    assert_eq!(default().check(), Ok(()));
    assert_eq!(default().texts.len(), 4);
}

// N5
#[test]
fn an_agreement_that_names_what_never_leaves_cannot_be_read() {
    for &field in Field::ALL.iter().filter(|field| sharing(**field) != Sharing::Nameable) {
        let mut agreement = default();
        agreement.lines[0].fields.insert(field);
        let refused = AgreementError::NeverShared { field };
        assert_eq!(agreement.check().unwrap_err(), refused);
        assert_eq!(Agreement::from_content(&published(&agreement)).unwrap_err(), refused);
    }
}

#[test]
fn an_agreement_that_is_not_understood_is_none() {
    let good = published(&default());
    let fields = good.keys().find(|key| key.ends_with("/fields")).unwrap().clone();
    for (key, value) in [(fields.as_str(), "name/given,shoe_size"), ("version", "one"), ("type", "supporter")]
    {
        let mut content = good.clone();
        content.insert(key.to_owned(), vec![value.into()]);
        assert!(Agreement::from_content(&content).is_err(), "{key}");
    }
    let mut torn = good.clone();
    torn.get_mut(&fields).unwrap().push("name/given".into());
    assert!(Agreement::from_content(&torn).is_err());
}

#[test]
fn what_is_nobodys_duty_rests_on_consent_alone() {
    let mut agreement = default();
    let line = AgreementLine { basis: Basis::Contract, ..agreement.lines[3].clone() };
    assert_eq!(line.purpose, Purpose::Volunteering);
    agreement.lines.push(line);
    assert!(matches!(agreement.check(), Err(AgreementError::BasisDoesNotFit { .. })));
}

// N5: that somebody is with us tells of their health.
#[test]
fn every_line_about_persons_has_a_basis_for_health() {
    use crate::gate::Article9::{ExplicitConsent, NotForProfitBody};
    let checked = |purpose: Purpose, article9| {
        let mut agreement = default();
        let line = agreement.lines.iter_mut().find(|line| line.purpose == purpose).unwrap();
        line.article9 = article9;
        agreement.check().is_ok()
    };
    for &purpose in Purpose::ALL {
        assert!(checked(purpose, Some(ExplicitConsent)), "{purpose}");
        assert_eq!(checked(purpose, Some(NotForProfitBody)), purpose != Purpose::PeerSupport, "{purpose}");
        assert_eq!(checked(purpose, None), purpose == Purpose::Partnership, "{purpose}");
    }
}

// P13
#[test]
fn without_an_agreement_nothing_leaves() {
    let verdict = gate(&supporter(&full("newsletter", Role::Member)), None, today());
    assert!(verdict.part.is_none());
    assert!(verdict.decisions.iter().all(|decision| decision.outcome == Outcome::Withheld));
    assert!(verdict.decisions.iter().any(|decision| decision.reason == Reason::NoAgreement));
}

// Issue: an explicit no keeps all of that person in the chapter, until a yes that knew of it.
#[test]
fn a_no_to_the_national_record_withholds_everything() {
    let mut record = content(&[
        ("kind", "person".into()),
        ("name/given", "Kari".into()),
        ("role/AAAAAAAA/role", "member".into()),
    ]);
    assert!(gate(&supporter(&record), Some(&default()), today()).part.is_some());
    record.extend(content(&[
        ("withdrawal/BAAAAAAA/purpose", "national_record".into()),
        ("withdrawal/BAAAAAAA/refused", true.into()),
    ]));
    let verdict = gate(&supporter(&record), Some(&default()), today());
    assert!(verdict.part.is_none());
    assert_eq!(
        verdict.decisions.iter().find(|decision| decision.key == "name/given").unwrap().reason,
        Reason::SupporterRefused
    );
    record.extend(content(&[
        ("grant/CAAAAAAA/purpose", "national_record".into()),
        ("grant/CAAAAAAA/basis", "consent".into()),
        ("grant/CAAAAAAA/confirms", "BAAAAAAA".into()),
    ]));
    assert!(gate(&supporter(&record), Some(&default()), today()).part.is_some());
}

// P27
#[test]
fn a_protected_address_withholds_everything() {
    let mut record = full("newsletter", Role::Member);
    record.insert("address_protection".to_owned(), vec!["protected".into()]);
    let verdict = gate(&supporter(&record), Some(&default()), today());
    assert!(verdict.part.is_none());
    assert!(verdict.decisions.iter().any(|decision| decision.reason == Reason::AddressProtected));
}

#[test]
fn a_volunteer_is_seen_by_consent_only_and_not_after_the_role() {
    let mut record = content(&[
        ("kind", "person".into()),
        ("name/given", "Vidar".into()),
        ("role/AAAAAAAA/role", "volunteer".into()),
        ("volunteer/task/AAAAAAAA", "Sjåfør".into()),
    ]);
    let verdict = |record: &Content| gate(&supporter(record), Some(&default()), today());
    assert!(verdict(&record).part.is_none());
    record.extend(content(&[
        ("grant/CAAAAAAA/purpose", "volunteering".into()),
        ("grant/CAAAAAAA/basis", "consent".into()),
    ]));
    let part = verdict(&record).part.unwrap();
    let keys: Vec<_> = part.content().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["grant/CAAAAAAA/basis", "grant/CAAAAAAA/purpose", "kind", "name/given", "role/AAAAAAAA/role"]
    );
    record.insert("role/AAAAAAAA/to".to_owned(), vec![today().to_string().into()]);
    assert!(verdict(&record).part.is_none());
}

#[test]
fn a_member_leaves_by_the_member_line_alone() {
    let record = content(&[
        ("kind", "person".into()),
        ("name/given", "Kari".into()),
        ("birth/date", "1963-05-11".into()),
        ("phone/AAAAAAAA", "476 63 770".into()),
        ("role/AAAAAAAA/role", "member".into()),
        ("role/AAAAAAAA/kind", "family".into()),
        ("role/BAAAAAAA/role", "peer_supporter".into()),
        ("tag/AAAAAAAA", "x".into()),
    ]);
    let verdict = gate(&supporter(&record), Some(&default()), today());
    let part = verdict.part.unwrap();
    let keys: Vec<_> = part.content().keys().map(String::as_str).collect();
    assert_eq!(keys, ["birth/year", "kind", "name/given", "role/AAAAAAAA/kind", "role/AAAAAAAA/role"]);
    let of = |key: &str| verdict.decisions.iter().find(|decision| decision.key == key).unwrap();
    assert_eq!((of("birth/date").outcome, of("birth/date").reason), (Outcome::Reduced, Reason::OnlyTheYear));
    assert_eq!(of("phone/AAAAAAAA").reason, Reason::Unreadable);
    assert_eq!(of("role/BAAAAAAA/role").outcome, Outcome::Withheld);
    assert_eq!(of("tag/AAAAAAAA").reason, Reason::StaysInChapter);
}
