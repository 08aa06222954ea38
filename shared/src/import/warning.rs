//! What a person should know about a line that was imported all the same.

use serde::Serialize;

/// A remark on one line. It names the heading, never the value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Warning {
    /// The heading it is about; empty for the whole line.
    pub heading: String,
    /// What.
    pub code: WarningCode,
}

macro_rules! warnings {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal;)*) => {
        /// What there is to know. The code is stable, for translations and scripts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum WarningCode { $($(#[$doc])* $name,)* }

        impl WarningCode {
            /// Every code.
            pub const ALL: &'static [WarningCode] = &[$(WarningCode::$name,)*];

            /// The stable name.
            pub fn code(self) -> &'static str {
                match self { $(WarningCode::$name => $code,)* }
            }

            /// The sentence, in English.
            pub fn text(self) -> &'static str {
                match self { $(WarningCode::$name => $text,)* }
            }
        }
    };
}

warnings! {
    /// Not an address.
    Email = "unreadable_email", "cannot be read as an e-mail address: kept as written";
    /// Not a number of the numbering plans.
    Phone = "unreadable_phone", "cannot be read as a phone number: kept as written";
    /// No such date, or one of two.
    Date = "unreadable_date", "cannot be read as a date: kept as written";
    /// Only the year is used.
    MonthOnly = "month_only", "is a month without a day: the year is used, the rest kept as written";
    /// Neither yes nor no.
    YesNo = "unreadable_yes_no", "is neither yes nor no: kept as a note";
    /// Not a postcode.
    Postcode = "unreadable_postcode", "cannot be read as a postcode: kept as written";
    /// No postcode and place in it.
    Address = "unreadable_address", "cannot be divided into street, postcode and place: kept as the street";
    /// Wrong length or check digit.
    OrganisationNumber = "unreadable_organisation_number", "is not a valid organisation number: kept as written";
    /// Not a whole number.
    Hours = "unreadable_hours", "cannot be read as hours: kept as written";
    /// Not one of the kinds.
    MembershipKind = "unknown_membership_kind", "is a kind of membership that is not known: kept as written";
    /// Not person or organisation.
    Kind = "unknown_kind", "says neither person nor organisation: kept as a tag";
    /// Not one of the roles.
    Role = "unknown_role", "holds a role that is not known: kept as a tag";
    /// A contact of an organisation.
    Contact = "contact_kept_as_note", "names a contact person: kept as a note";
    /// More cells than headings.
    Surplus = "surplus_cells", "the line has more cells than there are headings: kept as a note";
    /// The subscriber role and a no.
    NewsletterContradiction = "newsletter_contradiction", "the line has the newsletter among its roles and a no to it: the no holds";
    /// Two lines with one number.
    NumberRepeated = "number_repeated", "the number stands on an earlier line too: imported as a supporter of its own";
    /// A known number with another name.
    NumberReused = "number_reused", "the number was another person's before: imported as a supporter of its own";
    /// The chapter's own edit stands.
    Kept = "chapter_edit_kept", "was changed here since the last import: what stands here is kept";
    /// A yes after a no.
    ConsentNotRenewed = "consent_not_renewed", "says yes where a no is on record: the no holds until the supporter says otherwise to you";
    /// No currency, so the default.
    Currency = "currency_assumed", "no currency's code: taken as the organisation's own";
}

impl Serialize for WarningCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl Warning {
    /// A remark on a heading.
    pub fn on(heading: &str, code: WarningCode) -> Warning {
        Warning { heading: heading.to_owned(), code }
    }

    /// A remark on the whole line.
    pub fn on_line(code: WarningCode) -> Warning {
        Warning { heading: String::new(), code }
    }
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.heading.is_empty() {
            f.write_str(self.code.text())
        } else {
            write!(f, "{}: {}", self.heading, self.code.text())
        }
    }
}
