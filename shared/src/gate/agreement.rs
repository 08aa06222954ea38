//! A sharing agreement: what a chapter shares, for which purpose, on which lawful basis, field by field (N5, P3).
//!
//! The office publishes it as a document, the chapter accepts a version of it. It can only be read whole: one line
//! that is not understood, or that names a field which never leaves, and there is no agreement (fail closed).

use std::collections::{BTreeMap, BTreeSet};

use rand::Rng;

use super::{Sharing, sharing};
use crate::{
    document::{Content, Edit, Value},
    id::{DocumentId, EntryKey},
    supporter::{
        Basis, Field, Purpose,
        value::{Moment, Stored, codes},
    },
};

codes! {
    /// The further basis that data on health, or from which health can be read, needs (GDPR Art. 9(2)).
    Article9 {
        /// (a), by the declaration that members sign at enrolment, or by the grant.
        ExplicitConsent = "explicit_consent",
        /// (d), a not-for-profit body's members and regular contacts. The law does not name health there.
        NotForProfitBody = "not_for_profit_body",
    }
}

/// A published agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub id: DocumentId,
    /// Counts up from 1. A chapter accepts a version, not an agreement.
    pub version: u32,
    pub published_at: Option<Moment>,
    /// Its name by language (`nb`, `sv`, `nl`, `en`).
    pub names: BTreeMap<String, String>,
    /// What it says in plain words, by language.
    pub texts: BTreeMap<String, String>,
    pub lines: Vec<AgreementLine>,
}

/// What is shared for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementLine {
    pub purpose: Purpose,
    pub basis: Basis,
    pub article9: Option<Article9>,
    pub fields: BTreeSet<Field>,
}

/// A published document is no agreement that this version can go by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgreementError {
    #[error("the document is not an agreement")]
    NotAnAgreement,
    #[error("{key} of the agreement is missing, not understood or has several values")]
    NotUnderstood { key: String },
    #[error("the agreement names the field {field}, which this version does not know")]
    UnknownField { field: String },
    #[error("the agreement names the field {field}, which never leaves a chapter")]
    NeverShared { field: Field },
    #[error("the line for {purpose} lacks the further basis that data on health needs")]
    Article9Missing { purpose: Purpose },
    #[error("the line for {purpose} cannot rest on {basis}")]
    BasisDoesNotFit { purpose: Purpose, basis: Basis },
}

impl Agreement {
    /// Reads a published document.
    pub fn from_content(content: &Content) -> Result<Agreement, AgreementError> {
        if one::<Word>(content, "type").map(|word| word.0).as_deref() != Ok("agreement") {
            return Err(AgreementError::NotAnAgreement);
        }
        let entries: BTreeSet<&str> =
            content.keys().filter_map(|key| key.strip_prefix("line/")?.split('/').next()).collect();
        let lines = entries.into_iter().map(|entry| AgreementLine::read(content, entry));
        Ok(Agreement {
            id: one(content, "id")?,
            version: one(content, "version")?,
            published_at: one(content, "published_at").ok(),
            names: by_language(content, "name/"),
            texts: by_language(content, "text/"),
            lines: lines.collect::<Result<_, _>>()?,
        })
    }

    /// The edits that publish this agreement as a new document.
    pub fn edits(&self, rng: &mut (impl Rng + ?Sized)) -> Vec<Edit> {
        let mut edits = vec![
            Edit::set("type", "agreement"),
            Edit::set("id", self.id.to_string()),
            Edit::set("version", i64::from(self.version)),
        ];
        edits.extend(self.published_at.map(|at| Edit::set("published_at", at)));
        edits.extend(
            self.names.iter().map(|(language, name)| Edit::set(format!("name/{language}"), name.as_str())),
        );
        edits.extend(
            self.texts.iter().map(|(language, text)| Edit::set(format!("text/{language}"), text.as_str())),
        );
        for line in &self.lines {
            edits.extend(line.edits(EntryKey::random(rng)));
        }
        edits
    }

    /// Whether every line is one that an agreement may have, as for one that came from a document.
    pub fn check(&self) -> Result<(), AgreementError> {
        self.lines.iter().try_for_each(AgreementLine::check)
    }
}

impl AgreementLine {
    fn read(content: &Content, entry: &str) -> Result<AgreementLine, AgreementError> {
        let key = |part: &str| format!("line/{entry}/{part}");
        let fields: Word = one(content, &key("fields"))?;
        let field = |name: &str| {
            let unknown = || AgreementError::UnknownField { field: name.to_owned() };
            Field::from_pattern(name).ok_or_else(unknown)
        };
        let article9 =
            content.contains_key(&key("article9")).then(|| one(content, &key("article9"))).transpose()?;
        let line = AgreementLine {
            purpose: one(content, &key("purpose"))?,
            basis: one(content, &key("basis"))?,
            article9,
            fields: fields.0.split(',').map(str::trim).map(field).collect::<Result<_, _>>()?,
        };
        line.check()?;
        Ok(line)
    }

    /// A line may name only what may leave, and the purposes that are nobody's duty rest on consent alone. That somebody
    /// is with us tells of their health, so every line about persons has a basis for that too, and of who gives peer
    /// support it is their explicit consent.
    fn check(&self) -> Result<(), AgreementError> {
        for &field in &self.fields {
            if sharing(field) != Sharing::Nameable {
                return Err(AgreementError::NeverShared { field });
            }
        }
        let fits = match self.article9 {
            Some(Article9::ExplicitConsent) => true,
            Some(Article9::NotForProfitBody) => self.purpose != Purpose::PeerSupport,
            None => self.purpose.organisations_only(),
        };
        if !fits {
            return Err(AgreementError::Article9Missing { purpose: self.purpose });
        }
        let consent_only = match self.purpose {
            Purpose::Newsletter | Purpose::Volunteering | Purpose::PeerSupport | Purpose::NationalRecord => {
                true
            }
            Purpose::Membership | Purpose::Gifts | Purpose::Partnership => false,
        };
        if consent_only && self.basis != Basis::Consent {
            return Err(AgreementError::BasisDoesNotFit { purpose: self.purpose, basis: self.basis });
        }
        Ok(())
    }

    fn edits(&self, entry: EntryKey) -> Vec<Edit> {
        let key = |part: &str| format!("line/{entry}/{part}");
        let fields: Vec<&str> = self.fields.iter().map(|field| field.pattern()).collect();
        let mut edits = vec![
            Edit::set(key("purpose"), self.purpose),
            Edit::set(key("basis"), self.basis),
            Edit::set(key("fields"), fields.join(",")),
        ];
        edits.extend(self.article9.map(|article9| Edit::set(key("article9"), article9)));
        edits
    }
}

struct Word(String);

impl Stored for Word {
    fn read(value: &Value) -> Option<Word> {
        value.as_text().map(|text| Word(text.to_owned()))
    }
}

/// The one value of a key: in an agreement there are no conflicts to live with.
fn one<T: Stored>(content: &Content, key: &str) -> Result<T, AgreementError> {
    let value = match content.get(key).map(Vec::as_slice) {
        Some([value]) => T::read(value),
        Some(_) | None => None,
    };
    value.ok_or_else(|| AgreementError::NotUnderstood { key: key.to_owned() })
}

fn by_language(content: &Content, prefix: &str) -> BTreeMap<String, String> {
    let text = |(key, values): (&String, &Vec<Value>)| {
        Some((key.strip_prefix(prefix)?.to_owned(), values.first()?.as_text()?.to_owned()))
    };
    content.iter().filter_map(text).collect()
}
