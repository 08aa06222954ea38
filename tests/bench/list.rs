//! The records as a member list that a chapter would import. What has no column of its own goes where a chapter would
//! put it: words into interests, which are kept as tags, and the rest into a second note.

use std::fmt::Write as _;

use crate::records::{Record, record};

const HEADINGS: &str = "Member number;First name;Last name;Date of birth;Email;Phone;Mobile;Street;Postcode;City;Country;\
                        Membership type;Joined;Roles;Newsletter;Interests;Notes;Comment";

/// A list of the supporters with the numbers below `count`.
pub(crate) fn member_list(count: u32) -> String {
    let mut list = HEADINGS.to_owned();
    list.push_str("\r\n");
    for number in 0..count {
        let _ = write!(list, "{}\r\n", line(&record(number)));
    }
    list
}

fn line(record: &Record) -> String {
    let text = |name| record.text(name);
    let wants = |purpose: &str| record.consents.iter().any(|(own, _)| own == purpose);
    let consents = record.consents.iter().map(|(purpose, day)| format!("{purpose} {day}"));
    let comment = format!(
        "called {}, speaks {}, membership {}, last contact {}, said yes: {}",
        text("preferred_name"),
        text("language"),
        record.membership_no,
        text("last_contact"),
        consents.collect::<Vec<_>>().join(", ")
    );
    let interests = ["tag_a", "tag_b", "region", "source", "status"].map(text).join("|");
    [
        text("id"),
        text("given_name"),
        text("family_name"),
        text("birth_date"),
        text("email"),
        text("phone"),
        text("mobile"),
        &format!("{} {}", text("street"), text("house_no")),
        text("postcode"),
        text("city"),
        text("country"),
        "main",
        text("joined"),
        &record.roles.join("|"),
        if wants("newsletter") { "yes" } else { "" },
        &interests,
        &record.notes,
        &comment,
    ]
    .join(";")
}
