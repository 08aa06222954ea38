//! What should be true: the rules of sharing and merging said once more, in the plainest way, without documents, logs
//! or a gate. A federation that did the same deeds must agree with it.
//!
//! It covers the default agreement: who is a member is seen, else who consents, else nobody; a withdrawal takes away;
//! an erasure takes all; a contact detail edited on both sides while apart has both values until somebody picks.

use std::collections::{BTreeMap, BTreeSet};

/// A contact detail that chapter and office may both edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contact {
    Family,
    Email,
    Phone,
    Street,
}

impl Contact {
    pub const ALL: [Contact; 4] = [Contact::Family, Contact::Email, Contact::Phone, Contact::Street];
}

/// One thing done in a chapter to one supporter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    Write(Contact, String),
    Note(String),
    GrantVolunteering,
    WithdrawVolunteering,
    EndMembership,
    Erase,
}

/// The values of one contact detail, and who wrote since the last meeting.
#[derive(Debug, Clone, Default)]
struct Held {
    agreed: BTreeSet<String>,
    by_chapter: Option<String>,
    by_office: Option<String>,
}

/// One supporter as the chapter means it.
#[derive(Debug, Clone)]
pub struct Subject {
    pub erased: bool,
    pub member: bool,
    pub volunteering: bool,
    contacts: BTreeMap<Contact, Held>,
}

impl Subject {
    /// A supporter just registered.
    pub fn new(member: bool, contacts: impl IntoIterator<Item = (Contact, String)>) -> Self {
        let held = |(contact, value)| (contact, Held { by_chapter: Some(value), ..Held::default() });
        Self {
            erased: false,
            member,
            volunteering: false,
            contacts: contacts.into_iter().map(held).collect(),
        }
    }

    /// Does it in the chapter.
    pub fn in_chapter(&mut self, deed: &Deed) {
        match deed {
            Deed::Write(contact, value) => {
                let held = self.contacts.entry(*contact).or_default();
                let now = held.chapter_sees();
                if now.len() != 1 || !now.contains(value) {
                    held.by_chapter = Some(value.clone());
                }
            }
            Deed::Note(_) => {}
            Deed::GrantVolunteering => self.volunteering = true,
            Deed::WithdrawVolunteering => self.volunteering = false,
            Deed::EndMembership => self.member = false,
            Deed::Erase => self.erased = true,
        }
    }

    /// A correction at the office.
    pub fn at_office(&mut self, contact: Contact, value: &str) {
        let held = self.contacts.entry(contact).or_default();
        let now = held.by_office.clone().map_or_else(|| held.agreed.clone(), |own| BTreeSet::from([own]));
        if now.len() != 1 || !now.contains(value) {
            held.by_office = Some(value.to_owned());
        }
    }

    /// Chapter and office have exchanged all.
    pub fn meet(&mut self) {
        for held in self.contacts.values_mut() {
            let written: BTreeSet<String> =
                [held.by_chapter.take(), held.by_office.take()].into_iter().flatten().collect();
            if !written.is_empty() {
                held.agreed = written;
            }
        }
    }

    /// Whether the office may know of it.
    pub fn shared(&self) -> bool {
        !self.erased && (self.member || self.volunteering)
    }

    /// The values that the chapter's screen shows.
    pub fn seen_in_chapter(&self, contact: Contact) -> BTreeSet<String> {
        self.contacts.get(&contact).map(Held::chapter_sees).unwrap_or_default()
    }

    /// The values agreed at the last meeting: what the office's screen shows right after it.
    pub fn agreed(&self, contact: Contact) -> BTreeSet<String> {
        self.contacts.get(&contact).map(|held| held.agreed.clone()).unwrap_or_default()
    }
}

impl Held {
    fn chapter_sees(&self) -> BTreeSet<String> {
        self.by_chapter.clone().map_or_else(|| self.agreed.clone(), |own| BTreeSet::from([own]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(texts: &[&str]) -> BTreeSet<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn both_values_stay_until_somebody_picks() {
        let mut subject = Subject::new(true, [(Contact::Phone, "1".to_owned())]);
        subject.meet();
        subject.in_chapter(&Deed::Write(Contact::Phone, "2".to_owned()));
        subject.at_office(Contact::Phone, "3");
        assert_eq!(subject.seen_in_chapter(Contact::Phone), values(&["2"]));
        subject.meet();
        assert_eq!(subject.agreed(Contact::Phone), values(&["2", "3"]));
        subject.in_chapter(&Deed::Write(Contact::Phone, "3".to_owned()));
        subject.meet();
        assert_eq!(subject.agreed(Contact::Phone), values(&["3"]));
    }

    #[test]
    fn writing_what_stands_there_is_no_edit() {
        let mut subject = Subject::new(true, [(Contact::Phone, "1".to_owned())]);
        subject.meet();
        subject.in_chapter(&Deed::Write(Contact::Phone, "1".to_owned()));
        subject.at_office(Contact::Phone, "3");
        subject.meet();
        assert_eq!(subject.agreed(Contact::Phone), values(&["3"]));
    }
}
