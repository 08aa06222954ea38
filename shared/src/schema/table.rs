//! The allowlist itself: who may write which key in which zone, and what it may hold.
//!
//! One row a rule, and no other rules. `*` stands for the key of an entry, `#` for a name in small letters. What no
//! row names is refused: notes, tags, health, peer-support themes, volunteers' tasks, withdrawals and their reasons,
//! import marks never come to the office. `allowlist.txt` is this table as text, held by a test.

use super::{Author, Form, Reason, Refusal};
use crate::{id::EntryKey, zone::Zone};

/// A row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) zone: Zone,
    pub(super) author: Author,
    /// The document's type.
    pub(super) document: &'static str,
    /// The pattern of the key.
    pub(super) key: &'static str,
    /// Bytes of the pattern's first segment, which is always a plain word.
    head: usize,
    pub(super) form: Form,
}

/// Every type of document that crosses the boundary.
pub(super) const DOCUMENTS: &[&str] = &["supporter", "chapter", "agreement", "declaration"];

pub(super) const ROLES: &[&str] = &[
    "member",
    "volunteer",
    "peer_supporter",
    "donor",
    "elected",
    "contact_person",
    "sponsor",
    "partner",
    "speaker",
    "subscriber",
    "prospect",
];
pub(super) const MEMBERSHIPS: &[&str] = &["main", "family", "support", "youth", "honorary"];
pub(super) const PURPOSES: &[&str] =
    &["membership", "newsletter", "gifts", "volunteering", "peer_support", "national_record", "partnership"];
pub(super) const BASES: &[&str] = &["consent", "contract", "legal_obligation", "legitimate_interest"];

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // A supporter's shared part, as the chapter's gate lets it out.
    chapter_writes("supporter", "type", Form::Exactly("supporter")),
    chapter_writes("supporter", "kind", Form::OneOf(&["person", "organisation"])),
    chapter_writes("supporter", "name/given", Form::Line(200)),
    chapter_writes("supporter", "name/family", Form::Line(200)),
    chapter_writes("supporter", "name/legal", Form::Line(200)),
    chapter_writes("supporter", "organisation_number", Form::OrganisationNumber),
    chapter_writes("supporter", "birth/year", Form::Number(1850, 2150)),
    chapter_writes("supporter", "email/*", Form::Email),
    chapter_writes("supporter", "phone/*", Form::Phone),
    chapter_writes("supporter", "address/*/street", Form::Line(200)),
    chapter_writes("supporter", "address/*/postcode", Form::Postcode),
    chapter_writes("supporter", "address/*/city", Form::Line(200)),
    chapter_writes("supporter", "address/*/country", Form::Country),
    chapter_writes("supporter", "role/*/role", Form::OneOf(ROLES)),
    chapter_writes("supporter", "role/*/from", Form::Day),
    chapter_writes("supporter", "role/*/to", Form::Day),
    chapter_writes("supporter", "role/*/kind", Form::OneOf(MEMBERSHIPS)),
    chapter_writes("supporter", "grant/*/purpose", Form::OneOf(PURPOSES)),
    chapter_writes("supporter", "grant/*/basis", Form::OneOf(BASES)),
    chapter_writes("supporter", "grant/*/given_at", Form::Moment),

    // A chapter's figures and the agreements that it has accepted.
    chapter_writes("chapter", "type", Form::Exactly("chapter")),
    chapter_writes("chapter", "name", Form::Line(200)),
    chapter_writes("chapter", "figure/#", Form::Number(0, 10_000_000)),
    chapter_writes("chapter", "agreement/*/id", Form::Id),
    chapter_writes("chapter", "agreement/*/version", Form::Number(1, 10_000)),
    chapter_writes("chapter", "agreement/*/accepted_at", Form::Moment),
    chapter_writes("chapter", "agreement/*/members_signed", Form::YesOrNo),

    // The office's corrections: the mirrored fields and nothing else.
    hub_corrects("name/given", Form::Line(200)),
    hub_corrects("name/family", Form::Line(200)),
    hub_corrects("name/legal", Form::Line(200)),
    hub_corrects("email/*", Form::Email),
    hub_corrects("phone/*", Form::Phone),
    hub_corrects("address/*/street", Form::Line(200)),
    hub_corrects("address/*/postcode", Form::Postcode),
    hub_corrects("address/*/city", Form::Line(200)),
    hub_corrects("address/*/country", Form::Country),

    // What the office publishes to all chapters.
    hub_publishes("agreement", "type", Form::Exactly("agreement")),
    hub_publishes("agreement", "id", Form::Id),
    hub_publishes("agreement", "version", Form::Number(1, 10_000)),
    hub_publishes("agreement", "published_at", Form::Moment),
    hub_publishes("agreement", "name/#", Form::Line(200)),
    hub_publishes("agreement", "text/#", Form::Prose(10_000)),
    hub_publishes("agreement", "line/*/purpose", Form::OneOf(PURPOSES)),
    hub_publishes("agreement", "line/*/basis", Form::OneOf(BASES)),
    hub_publishes("agreement", "line/*/article9", Form::Line(40)),
    hub_publishes("agreement", "line/*/fields", Form::Line(2_000)),
    hub_publishes("declaration", "type", Form::Exactly("declaration")),
    hub_publishes("declaration", "id", Form::Id),
    hub_publishes("declaration", "version", Form::Number(1, 10_000)),
    hub_publishes("declaration", "published_at", Form::Moment),
    hub_publishes("declaration", "name/#", Form::Line(200)),
    hub_publishes("declaration", "text/#", Form::Prose(10_000)),
];

const fn chapter_writes(document: &'static str, key: &'static str, form: Form) -> Rule {
    Rule { zone: Zone::Shared, author: Author::Chapter, document, key, head: head(key), form }
}

const fn hub_corrects(key: &'static str, form: Form) -> Rule {
    Rule { zone: Zone::Shared, author: Author::Hub, document: "supporter", key, head: head(key), form }
}

const fn hub_publishes(document: &'static str, key: &'static str, form: Form) -> Rule {
    Rule { zone: Zone::Published, author: Author::Hub, document, key, head: head(key), form }
}

const fn head(key: &str) -> usize {
    let bytes = key.as_bytes();
    let mut length = 0;
    while length < bytes.len() && bytes[length] != b'/' {
        length += 1;
    }
    length
}

impl Rule {
    /// Whether the rule is about this key. The first segment is compared alone: a hub reads some hundred thousand keys a
    /// second, and most rules are about other words.
    pub(super) fn matches(&self, key: &str) -> bool {
        let (pattern, bytes) = (self.key.as_bytes(), key.as_bytes());
        if !bytes.starts_with(&pattern[..self.head]) || bytes.get(self.head).is_some_and(|next| *next != b'/')
        {
            return false;
        }
        let mut parts = key.split('/');
        self.key.split('/').all(|pattern| parts.next().is_some_and(|part| segment_matches(pattern, part)))
            && parts.next().is_none()
    }

    pub(super) fn refusal(&self, reason: Reason) -> Refusal {
        Refusal { reason, key: Some(self.key) }
    }
}

fn segment_matches(pattern: &str, part: &str) -> bool {
    match pattern {
        "*" => part.parse::<EntryKey>().is_ok(),
        "#" => {
            (1..=40).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        }
        _ => part == pattern,
    }
}
