//! How somebody supports: membership, roles, consents, volunteering, peer support, interests and notes.

use super::super::{
    column::{self, Column},
    imported::ImportedFact,
    value::{date, list, name, roles, roles::WrittenRole, yes_no},
    warning::{Warning, WarningCode},
};
use super::{Cell, Reading};
use crate::document::Value;
use chrono::Datelike;

impl Reading<'_> {
    /// The role of a member, from the columns that only members have, and dues.
    pub(super) fn membership(&mut self) {
        let kind = self.cell(Column::MembershipKind);
        let from = self.cell(Column::From);
        let to = self.cell(Column::To);
        if kind.is_some() || from.is_some() || to.is_some() {
            let mut parts = vec![("/role", Value::from("member"))];
            if let Some(cell) = kind {
                let known = roles::membership_kind(cell.text);
                if known.is_none() {
                    self.warn(cell, WarningCode::MembershipKind);
                }
                parts.push((
                    "/kind",
                    Value::Text(known.map_or_else(|| name::tidied(cell.text), str::to_owned)),
                ));
            }
            for (suffix, cell) in [("/from", from), ("/to", to)] {
                if let Some(cell) = cell {
                    let day = self.day(cell);
                    parts.push((suffix, day));
                }
            }
            self.entry("role", parts);
        }
        for cell in self.cells(Column::DuesPaid) {
            self.dues(cell);
        }
    }

    /// A year alone is the year that is paid. A yes or no is about the heading's year, else the year of the import:
    /// the column says who has paid when the list is handed over.
    fn dues(&mut self, cell: Cell<'_>) {
        let this_year = column::year_in(cell.heading).unwrap_or(self.context.today.year());
        if let Some(date::WrittenDate::Year(year)) = date::read(cell.text, self.context.today) {
            self.single(format!("dues/{year}"), "paid");
        } else if let Some(paid) = yes_no::read(cell.text) {
            self.single(format!("dues/{this_year}"), if paid { "paid" } else { "unpaid" });
        } else if date::read(cell.text, self.context.today).is_some() {
            self.single(format!("dues/{this_year}"), "paid");
            self.note(labelled(cell));
        } else if !yes_no::is_unknown(cell.text) {
            self.single(format!("dues/{this_year}"), name::tidied(cell.text));
        }
    }

    /// Roles in lists. A function ("styremedlem") is the role of an elected representative and a tag with the word.
    pub(super) fn roles(&mut self) {
        for cell in self.cells(Column::Roles) {
            for role in roles::read(cell.text) {
                match role {
                    WrittenRole::Role { code, kind } => {
                        self.role(code);
                        if let Some(kind) = kind {
                            self.tag(kind);
                        }
                    }
                    WrittenRole::Contact(contact) => {
                        self.warn(cell, WarningCode::Contact);
                        self.note(format!("kontakt: {contact}"));
                    }
                    WrittenRole::Unknown(word) => {
                        self.warn(cell, WarningCode::Role);
                        self.tag(word);
                    }
                }
            }
        }
    }

    /// Adds a role without dates, unless the line gave it already.
    fn role(&mut self, code: &'static str) {
        let known = self.facts.iter().any(|fact| match fact {
            ImportedFact::Entry { list: "role", parts } => {
                parts.iter().any(|(suffix, value)| *suffix == "/role" && value.as_text() == Some(code))
            }
            ImportedFact::Single { .. } | ImportedFact::Entry { .. } | ImportedFact::Consent { .. } => false,
        });
        if !known {
            self.entry("role", vec![("/role", Value::from(code))]);
        }
    }

    /// A yes is a consent, a no an explicit refusal, an empty cell neither.
    pub(super) fn consents(&mut self) {
        for (column, purpose) in
            [(Column::NewsletterConsent, "newsletter"), (Column::NationalConsent, "national_record")]
        {
            let Some(cell) = self.cell(column) else { continue };
            match yes_no::read(cell.text) {
                Some(given) => {
                    let wording = name::tidied(cell.heading);
                    self.facts.push(ImportedFact::Consent { purpose, given, wording });
                    if purpose == "newsletter" && !given && self.has_role("subscriber") {
                        self.warn(cell, WarningCode::NewsletterContradiction);
                    }
                }
                None if yes_no::is_unknown(cell.text) => {}
                None => {
                    self.warn(cell, WarningCode::YesNo);
                    self.note(labelled(cell));
                }
            }
        }
    }

    fn has_role(&self, code: &str) -> bool {
        self.facts.iter().any(|fact| match fact {
            ImportedFact::Entry { list: "role", parts } => {
                parts.iter().any(|(_, value)| value.as_text() == Some(code))
            }
            ImportedFact::Single { .. } | ImportedFact::Entry { .. } | ImportedFact::Consent { .. } => false,
        })
    }

    /// Who has tasks, hours or a time at which they can is a volunteer, whatever the list is called.
    pub(super) fn volunteering(&mut self) {
        let mut volunteers = false;
        for (column, list) in [(Column::Skills, "volunteer/skill"), (Column::Tasks, "volunteer/task")] {
            for cell in self.cells(column) {
                for item in list::items(cell.text) {
                    volunteers |= column == Column::Tasks;
                    self.entry(list, vec![("", Value::Text(item))]);
                }
            }
        }
        if let Some(cell) = self.cell(Column::Availability) {
            volunteers = true;
            self.single("volunteer/availability", name::tidied(cell.text));
        }
        for cell in self.cells(Column::Hours) {
            volunteers = true;
            let year = column::year_in(cell.heading).unwrap_or(self.context.today.year());
            let value = match cell.text.parse::<u32>() {
                Ok(hours) => Value::Int(i64::from(hours)),
                Err(_) => {
                    self.warn(cell, WarningCode::Hours);
                    Value::Text(name::tidied(cell.text))
                }
            };
            self.single(format!("volunteer/hours/{year:04}"), value);
        }
        if let Some(cell) = self.cell(Column::PoliceCertificate) {
            let day = self.day(cell);
            self.single("volunteer/police_certificate_shown_on", day);
        }
        if volunteers {
            self.role("volunteer");
        }
    }

    /// A cross in the column makes a peer supporter; course, languages and themes alone do not.
    pub(super) fn peer_support(&mut self) {
        if let Some(cell) = self.cell(Column::PeerSupporter) {
            match yes_no::read(cell.text) {
                Some(true) => self.role("peer_supporter"),
                Some(false) => {}
                None if yes_no::is_unknown(cell.text) => {}
                None => {
                    self.warn(cell, WarningCode::YesNo);
                    self.note(labelled(cell));
                }
            }
        }
        if let Some(cell) = self.cell(Column::CourseDate) {
            let day = self.day(cell);
            self.single("peer/course_on", day);
        }
        for (column, list) in [(Column::Languages, "peer/language"), (Column::Themes, "peer/theme")] {
            for cell in self.cells(column) {
                for item in list::items(cell.text) {
                    self.entry(list, vec![("", Value::Text(item))]);
                }
            }
        }
    }

    /// What somebody said at a stand: tags in the list's own words, and a prospect where the line says nothing firmer.
    /// It is no consent to anything.
    pub(super) fn interests(&mut self) {
        let mut asked = false;
        for column in [Column::WantsContact, Column::InterestedIn] {
            for cell in self.cells(column) {
                asked = true;
                if !yes_no::is_unknown(cell.text) {
                    self.tag(labelled(cell));
                }
            }
        }
        let has_role = self.facts.iter().any(|fact| matches!(fact, ImportedFact::Entry { list: "role", .. }));
        if asked && !has_role {
            self.role("prospect");
        }
    }

    /// Notes, and cells beyond the last heading.
    pub(super) fn notes(&mut self) {
        for cell in self.cells(Column::Note) {
            self.note(cell.text);
        }
        if !self.row.surplus.is_empty() {
            self.warnings.push(Warning::on_line(WarningCode::Surplus));
            self.note(self.row.surplus.join("; "));
        }
    }
}

fn labelled(cell: Cell<'_>) -> String {
    format!("{}: {}", name::tidied(cell.heading), name::tidied(cell.text))
}
