//! A supporter's record as its page shows it: every value in words, unreadable ones marked, values in conflict side by side.

use chrono::NaiveDate;
use helhet_shared::id::SupporterId;
use helhet_shared::supporter::value::{Country, Line};
use helhet_shared::supporter::{
    Address, Entry, Fact, Field, HealthNote, Note, Permissions, Purpose, Readable, Register, Role,
    RoleInterval, Supporter,
};
use helhet_shared::web::Texts;

use super::office::in_words;

type Reading<T> = Register<Readable<T>>;

/// Everything the page shows of one supporter.
#[derive(Debug, Clone)]
pub(crate) struct Card {
    pub(crate) id: SupporterId,
    pub(crate) name: String,
    pub(crate) is_organisation: bool,
    pub(crate) protected: bool,
    /// The office is given nothing until a person confirms.
    pub(crate) withheld: bool,
    /// Until when the supporter may not be erased, and why; in a sentence each.
    pub(crate) kept: Vec<String>,
    pub(crate) current_roles: Vec<&'static str>,
    pub(crate) tags: Vec<TagLine>,
    pub(crate) conflicts: Vec<Disagreement>,
    pub(crate) contact: Vec<Shown>,
    pub(crate) roles: Vec<RoleLine>,
    pub(crate) consents: Vec<Consent>,
    pub(crate) volunteering: Vec<Shown>,
    pub(crate) peer_support: Vec<Shown>,
    pub(crate) membership: Vec<Shown>,
    pub(crate) notes: Vec<NoteLine>,
    /// Every yes and no that is on record, the newest first.
    pub(crate) answers: Vec<Answered>,
}

/// A tag and its key.
#[derive(Debug, Clone)]
pub(crate) struct TagLine {
    pub(crate) key: String,
    pub(crate) text: String,
}

/// One recorded yes or no.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    pub(crate) at: String,
    pub(crate) words: String,
    pub(crate) purpose: String,
    /// Basis, wording and door, as far as they are on record.
    pub(crate) detail: String,
}

/// One value with its label.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) label: String,
    pub(crate) text: String,
    /// Where a click leads: a mail, a call; empty if nowhere.
    pub(crate) href: String,
    pub(crate) unreadable: bool,
}

/// Several values where one should stand.
#[derive(Debug, Clone)]
pub(crate) struct Disagreement {
    pub(crate) key: String,
    pub(crate) label: String,
    /// As shown and as stored.
    pub(crate) values: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub(crate) struct RoleLine {
    pub(crate) key: String,
    pub(crate) code: String,
    pub(crate) time: String,
    pub(crate) current: bool,
}

/// Where a supporter stands on one purpose.
#[derive(Debug, Clone)]
pub(crate) struct Consent {
    pub(crate) purpose: &'static str,
    pub(crate) words: String,
    pub(crate) colour: &'static str,
    pub(crate) granted: bool,
    pub(crate) unasked: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct NoteLine {
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) at: String,
}

/// The purposes a chapter asks people about, in the order of the card.
pub(crate) const ASKED: [Purpose; 5] = [
    Purpose::Newsletter,
    Purpose::Gifts,
    Purpose::Volunteering,
    Purpose::PeerSupport,
    Purpose::NationalRecord,
];

impl Card {
    pub(crate) fn of(supporter: &Supporter, t: &Texts, today: NaiveDate, country: &Country) -> Self {
        let name = supporter.display_name();
        Self {
            id: supporter.id,
            name: if name.is_empty() { "–".to_owned() } else { name },
            is_organisation: supporter.is_organisation(),
            protected: supporter.addresses.protected(),
            withheld: supporter.is_withheld(),
            kept: kept(supporter, t, today),
            current_roles: supporter.current_roles(today).into_iter().map(Role::code).collect(),
            tags: supporter.tags.iter().map(tag_line).collect(),
            conflicts: supporter.disputed().map(|fact| disagreement(fact, t, country)).collect(),
            contact: contact(supporter, t, country),
            roles: supporter.roles.iter().map(|interval| role_line(interval, t, today)).collect(),
            consents: ASKED.map(|purpose| consent(&supporter.permissions, purpose, t)).to_vec(),
            volunteering: volunteering(supporter, t),
            peer_support: peer_support(supporter, t),
            membership: membership(supporter, t),
            notes: notes(supporter, t),
            answers: answers(&supporter.permissions, t),
        }
    }
}

fn disagreement(fact: &Fact, t: &Texts, country: &Country) -> Disagreement {
    let shown = |stored: String| (in_words(t, fact.field, &stored, country), stored);
    Disagreement {
        key: fact.key.clone(),
        label: t.code("field", fact.field.pattern()),
        values: fact.texts().into_iter().map(shown).collect(),
    }
}

/// Every value of a reading as a line of its own.
fn shown<T: std::fmt::Display>(
    t: &Texts,
    field: Field,
    reading: &Reading<T>,
    words: impl Fn(&T) -> String,
) -> Vec<Shown> {
    let label = t.code("field", field.pattern());
    let line = |value: &Readable<T>| match value {
        Readable::Known(known) => {
            Shown { label: label.clone(), text: words(known), href: link(field, known), unreadable: false }
        }
        Readable::AsWritten(text) => {
            Shown { label: label.clone(), text: text.clone(), href: String::new(), unreadable: true }
        }
    };
    reading.iter().map(line).collect()
}

fn link(field: Field, value: &impl std::fmt::Display) -> String {
    if field == Field::Email {
        format!("mailto:{value}")
    } else if field == Field::Phone {
        format!("tel:{value}")
    } else {
        String::new()
    }
}

fn plain<T: std::fmt::Display>(t: &Texts, field: Field, reading: &Reading<T>) -> Vec<Shown> {
    shown(t, field, reading, T::to_string)
}

fn day(t: &Texts, field: Field, reading: &Reading<NaiveDate>) -> Vec<Shown> {
    shown(t, field, reading, |date| t.date(date))
}

fn contact(supporter: &Supporter, t: &Texts, country: &Country) -> Vec<Shown> {
    let mut lines = Vec::new();
    for phone in &supporter.phones {
        lines.extend(shown(t, Field::Phone, &phone.value, |phone| phone.display(country)));
    }
    for email in &supporter.emails {
        lines.extend(plain(t, Field::Email, &email.value));
    }
    lines.extend(supporter.addresses.open().iter().filter_map(|address| address_line(address, t)));
    lines.extend(day(t, Field::BirthDate, &supporter.birth.date));
    lines.extend(plain(t, Field::BirthYear, &supporter.birth.year));
    lines.extend(plain(t, Field::OrganisationNumber, &supporter.organisation_number));
    lines
}

fn address_line(address: &Address, t: &Texts) -> Option<Shown> {
    let town = format!("{} {}", address.postcode.text(), address.city.text());
    let parts = [address.street.text(), town.trim().to_owned()];
    let text = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    let unreadable = address.postcode.as_written().next().is_some();
    (!text.is_empty()).then(|| Shown {
        label: t.code("field", "address"),
        text,
        href: String::new(),
        unreadable,
    })
}

fn role_line(interval: &RoleInterval, t: &Texts, today: NaiveDate) -> RoleLine {
    let date = |reading: &Reading<NaiveDate>| {
        reading.known().map(|date| t.date(date)).unwrap_or_else(|| reading.text())
    };
    let (from, to) = (date(&interval.from), date(&interval.to));
    let time = match (from.is_empty(), to.is_empty()) {
        (true, true) => String::new(),
        (false, true) => t.get("role-since").arg("from", from).to_string(),
        (true, false) => t.get("role-until").arg("to", to).to_string(),
        (false, false) => t.get("role-between").arg("from", from).arg("to", to).to_string(),
    };
    let kind = interval.kind.text();
    let kind = if kind.is_empty() { kind } else { t.code("membership", &kind) };
    let time = [kind, time].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    RoleLine {
        key: interval.key.to_string(),
        code: interval.role.text(),
        time,
        current: interval.current(today),
    }
}

fn consent(permissions: &Permissions, purpose: Purpose, t: &Texts) -> Consent {
    let granted = permissions.granted(purpose);
    let unasked = !granted && !permissions.withdrawn(purpose);
    let given = permissions
        .effective(purpose)
        .find_map(|grant| grant.given_at.first().map(|_| grant.given_at.text()));
    let (words, colour) = match given {
        Some(at) => (t.get("consent-given").arg("date", t.iso(&at)).to_string(), "yes"),
        None if granted => (t.get("consent-given-undated").to_string(), "yes"),
        None if permissions.refused(purpose) => (t.get("consent-refused").to_string(), "no"),
        None if unasked => (t.get("consent-unasked").to_string(), "faint"),
        None => (t.get("consent-withdrawn").to_string(), "no"),
    };
    Consent { purpose: purpose.code(), words, colour, granted, unasked }
}

fn tag_line(tag: &Entry<Line>) -> TagLine {
    TagLine { key: tag.key.to_string(), text: tag.value.text() }
}

fn answers(permissions: &Permissions, t: &Texts) -> Vec<Answered> {
    let labelled = |field: Field, text: String| match text.is_empty() {
        true => None,
        false => Some(format!("{}: {text}", t.code("field", field.pattern()))),
    };
    let yes = permissions.grants.iter().map(|grant| {
        let basis = grant.basis.text();
        let basis = if basis.is_empty() { basis } else { t.code("basis", &basis) };
        let detail = [
            labelled(Field::GrantBasis, basis),
            labelled(Field::GrantWording, grant.wording.text()),
            labelled(Field::GrantChannel, door(&grant.channel.text(), t)),
        ];
        let detail = detail.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        (grant.given_at.text(), "answer-yes", grant.purpose.text(), detail)
    });
    let no = permissions.withdrawals.iter().map(|withdrawal| {
        let key = if withdrawal.is_refusal() { "answer-no" } else { "answer-withdrawn" };
        (withdrawal.at.text(), key, withdrawal.purpose.text(), String::new())
    });
    let mut all: Vec<_> = yes.chain(no).collect();
    all.sort_by(|one, other| other.0.cmp(&one.0));
    let line = |(at, key, purpose, detail): (String, &str, String, String)| Answered {
        at: t.iso(&at),
        words: t.get(key).to_string(),
        purpose: t.code("purpose", &purpose),
        detail,
    };
    all.into_iter().map(line).collect()
}

/// The door through which a yes came: in words, if it is one of ours.
fn door(channel: &str, t: &Texts) -> String {
    let known = ["form", "import", "paper", "command line"];
    match known.contains(&channel) {
        true => t.code("channel", &channel.replace(' ', "_")),
        false => channel.to_owned(),
    }
}

fn volunteering(supporter: &Supporter, t: &Texts) -> Vec<Shown> {
    let own = &supporter.volunteering;
    let mut lines = Vec::new();
    lines.extend(own.tasks.iter().flat_map(|task| plain(t, Field::Task, &task.value)));
    lines.extend(own.skills.iter().flat_map(|skill| plain(t, Field::Skill, &skill.value)));
    lines.extend(plain(t, Field::Availability, &own.availability));
    for (year, hours) in own.hours.iter().rev() {
        lines.extend(with_year(plain(t, Field::Hours, hours), *year));
    }
    lines.extend(day(t, Field::PoliceCertificateShownOn, &own.police_certificate_shown_on));
    lines
}

fn peer_support(supporter: &Supporter, t: &Texts) -> Vec<Shown> {
    let own = &supporter.peer_support;
    let mut lines = Vec::new();
    lines.extend(own.themes.iter().flat_map(|theme| plain(t, Field::PeerTheme, &theme.value)));
    lines.extend(shown(t, Field::PeerExperience, &own.experience, |code| t.code("experience", code.code())));
    lines.extend(own.languages.iter().flat_map(|language| plain(t, Field::PeerLanguage, &language.value)));
    lines.extend(day(t, Field::PeerCourseOn, &own.course_on));
    lines.extend(day(t, Field::PeerApprovedFrom, &own.approved_from));
    lines.extend(day(t, Field::PeerApprovedTo, &own.approved_to));
    lines.extend(plain(t, Field::PeerCapacity, &own.capacity));
    lines
}

fn membership(supporter: &Supporter, t: &Texts) -> Vec<Shown> {
    let mut lines = Vec::new();
    for (year, dues) in supporter.dues.iter().rev() {
        lines.extend(with_year(shown(t, Field::Dues, dues, |paid| t.code("dues", &paid.to_string())), *year));
    }
    for external in &supporter.externals {
        lines.extend(plain(t, Field::ExternalNumber, &external.number));
    }
    lines
}

fn with_year(lines: Vec<Shown>, year: i32) -> Vec<Shown> {
    lines.into_iter().map(|line| Shown { label: format!("{} {year}", line.label), ..line }).collect()
}

fn notes(supporter: &Supporter, t: &Texts) -> Vec<NoteLine> {
    let mut notes: Vec<_> = supporter.notes.iter().collect();
    notes.sort_by_key(|note| std::cmp::Reverse(note.at.text()));
    let line = |note: &&Note| NoteLine {
        key: note.key.to_string(),
        text: note.text.text(),
        at: t.iso(&note.at.text()),
    };
    notes.iter().map(line).collect()
}

/// The notes of the confidential zone, the newest first.
pub(crate) fn health_notes(mut notes: Vec<HealthNote>, t: &Texts) -> Vec<NoteLine> {
    notes.sort_by_key(|note| std::cmp::Reverse(note.at.text()));
    let line = |note: &HealthNote| NoteLine {
        key: note.key.to_string(),
        text: note.text.text(),
        at: t.iso(&note.at.text()),
    };
    notes.iter().map(line).collect()
}

/// Why the supporter may not be erased yet, in a sentence each.
pub(crate) fn kept(supporter: &Supporter, t: &Texts, today: NaiveDate) -> Vec<String> {
    let sentence = |kept: helhet_shared::supporter::Kept| {
        let because = t.code("kept-for", kept.because.code());
        t.get("kept-until").arg("day", t.date(kept.until)).arg("because", because).to_string()
    };
    supporter.kept(today).into_iter().map(sentence).collect()
}
