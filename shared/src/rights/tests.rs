//! The golden tables for lawyers, in `docs/`. Where a change of one is meant:
//! `HELHET_REWRITE=1 cargo nextest run -p helhet-shared golden_`.

use std::fmt::Write as _;

use super::*;
use crate::gate::default_agreement;
use crate::id::DocumentId;
use crate::supporter::{Field, Role};
use crate::zone::Zone;

/// What an action is, for who reads the table.
fn meaning(action: Action) -> &'static str {
    match action {
        Action::OwnAccess => "look after one's own access: passphrase, code, sessions, language",
        Action::LookIn => "open the front page and see whether all is sent",
        Action::ReadSupporters => "read the chapter's supporters: list, card, history",
        Action::AddSupporter => "add a supporter, with the consents given on the form",
        Action::ChangeSupporter => {
            "change a supporter: contact details, roles, notes, tags, protected address"
        }
        Action::RecordConsent => "record a consent, a refusal or a withdrawal",
        Action::ReadHealth => "read health notes and peer-support matters",
        Action::WriteHealth => "write and remove health notes",
        Action::DecideDoubles => "decide whether two records are one supporter",
        Action::BringInFile => "bring in a list from a file, and undo it",
        Action::EraseSupporter => "erase a supporter everywhere",
        Action::ReadWhatOfficeSees => "read what the office sees, and the agreement",
        Action::FollowSending => "see what waits to be sent and what was refused; send now",
        Action::AcceptAgreement => "accept an agreement for the chapter",
        Action::LookAfterComputers => "let computers in, remove them, decide what opens the folder",
        Action::LookAfterUsers => "add and remove users",
        Action::LendList => "lend one list to an event helper until a day, and take it back (see below)",
        Action::SeeLentList => {
            "see the people of a list that is lent to oneself: names and phone numbers; add new ones to it"
        }
        Action::OwnOfficeAccess => "look after one's own access: password, code, sessions, language",
        Action::LookInAtOffice => "open the front page: what needs the office, and figures",
        Action::ReadNational => "read national records: list and card (each look is recorded)",
        Action::Correct => "correct contact details, with a source",
        Action::DecideLinks => "decide whether records are one supporter",
        Action::BringInOfficeFile => "bring in a file of the office, and undo it",
        Action::TakeOutList => "take out a list as a file (recorded, with its reason)",
        Action::ReadHistory => "read who took out or looked at what",
        Action::ReadChapters => "read the chapters: figures, computers, when last seen",
        Action::LookAfterChapters => "add and invite chapters",
        Action::LookAfterOfficeUsers => "add and remove users, let a colleague in again",
    }
}

fn table(program: Program, text: &mut String) {
    let roles: Vec<UserRole> = UserRole::of(program).collect();
    let names: Vec<String> = roles.iter().map(|role| role.code().replace('_', " ")).collect();
    let _ = writeln!(text, "| action | opens | {} |", names.join(" | "));
    let _ = writeln!(text, "| --- | --- |{}", " :-: |".repeat(roles.len()));
    for action in Action::ALL.into_iter().filter(|action| action.program() == program) {
        let zones: Vec<&str> = action.zones().iter().map(|zone| zone.name()).collect();
        let zones = if zones.is_empty() { "–".to_owned() } else { zones.join(", ") };
        let marks: Vec<&str> = roles.iter().map(|role| if may(*role, action) { "yes" } else { "" }).collect();
        let _ = writeln!(text, "| {} | {zones} | {} |", meaning(action), marks.join(" | "));
    }
}

/// Which list may be lent by whom.
fn lending(text: &mut String) {
    let roles: Vec<UserRole> =
        UserRole::of(Program::Node).filter(|role| may(*role, Action::LendList)).collect();
    let names: Vec<String> = roles.iter().map(|role| plain(role.code())).collect();
    let _ = write!(
        text,
        "\n### Lists that are lent\n\n\
         An event helper sees nobody, unless a list is lent: to this one user of this one computer, until the end of a day at \
         most {DAYS_LENT_MAX} days away. It is looked up anew for every page; it ends by itself, when it is taken back, and \
         when the helper gets another role. Of those on it the helper sees name and phone number, and nothing else.\n\n\
         | list | {} |\n| --- |{}\n",
        names.join(" | "),
        " :-: |".repeat(roles.len())
    );
    let lists = Role::ALL
        .iter()
        .map(|role| (format!("who holds the role {}", plain(role.code())), List::Role(*role)));
    for (what, list) in lists.chain([("who carries a tag".to_owned(), List::Tag("x".to_owned()))]) {
        let marks: Vec<&str> =
            roles.iter().map(|role| if may_lend(*role, &list) { "yes" } else { "" }).collect();
        let _ = writeln!(text, "| {what} | {} |", marks.join(" | "));
    }
}

fn agrees(name: &str, table: &str) {
    let path = format!("{}/../docs/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("HELHET_REWRITE").is_some() {
        std::fs::write(&path, table).unwrap();
    }
    let agreed = std::fs::read_to_string(&path).unwrap_or_default();
    let first = table.lines().zip(agreed.lines()).find(|(now, agreed)| now != agreed);
    assert!(table == agreed, "the program decides otherwise than docs/{name} says; first: {first:?}");
}

// ASVS 8.2.1, 14.1.1: the table that was agreed on is the table that the programs go by.
#[test]
fn golden_who_may_do_what() {
    let mut text = "# Who may do what\n\nMade from the program's own table (`shared/src/rights`); a test compares the two. \
         What no cell allows is refused. \"Opens\" names the zones whose content an action shows or changes: \
         `confidential` and `chapter` never leave the chapter readable, `shared` is what the office is given, `published` is \
         for all chapters, `office` is the office's own.\n\n\
         The rights of a user are looked up anew for every page and every deed: a changed role counts at once. The command \
         line of either program asks for no role: whoever has the machine's account, and what opens the data, is its keeper. \
         It shows nothing of `confidential`, which opens with a key that each of its readers has by the own passphrase.\n"
        .to_owned();
    text += "\n## In a chapter\n\n";
    table(Program::Node, &mut text);
    lending(&mut text);
    text += "\n## At the national office\n\n\
             No role here opens anything of `chapter` or `confidential`: the office never receives these readable.\n\n";
    table(Program::Hub, &mut text);
    agrees("who-may-do-what.md", &text);
}

// N5, P3, ASVS 8.2.3: field by field, what leaves a chapter and on which basis.
#[test]
fn golden_what_leaves_a_chapter() {
    let agreement = default_agreement(DocumentId::from_bytes([2; 16]));
    let mut text = "# What leaves a chapter\n\nMade from the default agreement in the program (`shared/src/gate`); a test \
         compares the two. A field leaves only for a purpose in whose column something stands, only while the supporter holds \
         a role that the purpose is about, and, where the basis is consent, only while that supporter's own consent stands. A \
         chapter that has accepted no agreement sends figures alone.\n\n\
         A protected address, and a supporter who said no, keep everything in the chapter; \
         `shared/src/gate/matrix.txt` has the gate's decisions with a reason for each field.\n\n## On which basis\n\n\
         | purpose | basis (GDPR Art. 6) | further basis for data on health (Art. 9(2)) |\n| --- | --- | --- |\n"
        .to_owned();
    for line in &agreement.lines {
        let article9 = line.article9.map_or("none: tells nothing of health", |basis| basis.code());
        let _ = writeln!(
            text,
            "| {} | {} | {} |",
            plain(line.purpose.code()),
            plain(line.basis.code()),
            plain(article9)
        );
    }
    let purposes: Vec<String> = agreement.lines.iter().map(|line| plain(line.purpose.code())).collect();
    let _ = write!(text, "\n## Field by field\n\n| field | {} |\n| --- |", purposes.join(" | "));
    let _ = writeln!(text, "{}", " :-: |".repeat(purposes.len()));
    for field in Field::ALL {
        let cells: Vec<String> = agreement
            .lines
            .iter()
            .map(|line| match line.fields.contains(field) {
                true => plain(line.basis.code()),
                false => String::new(),
            })
            .collect();
        let _ = writeln!(text, "| `{}` | {} |", field.pattern(), cells.join(" | "));
    }
    agrees("what-leaves-a-chapter.md", &text);
}

fn plain(code: &str) -> String {
    code.replace('_', " ")
}

// ASVS 8.4.1: the office's roles are nobody in a chapter, and the other way round.
#[test]
fn a_role_of_one_program_may_nothing_in_the_other() {
    for role in UserRole::ALL {
        for action in Action::ALL.into_iter().filter(|action| action.program() != role.program()) {
            assert!(!may(role, action), "{role:?} {action:?}");
        }
        assert!(role.actions().iter().all(|action| may(role, *action)), "{role:?}");
        let other = if role.program() == Program::Node { Program::Hub } else { Program::Node };
        assert_eq!(UserRole::from_code(other, role.code()), None);
        assert_eq!(UserRole::from_code(role.program(), role.code()), Some(role));
    }
}

// N1: no role at the hub opens anything of the two inner zones.
#[test]
fn nothing_at_the_hub_opens_what_is_the_chapters() {
    for role in UserRole::of(Program::Hub) {
        for action in role.actions() {
            for zone in [Zone::Confidential, Zone::Chapter] {
                assert!(!action.zones().contains(&zone), "{role:?} {action:?}");
            }
        }
    }
}

// N2: what is confidential opens to who holds the peer-support key.
#[test]
fn health_opens_to_two_roles() {
    for action in [Action::ReadHealth, Action::WriteHealth] {
        let who: Vec<UserRole> = UserRole::ALL.into_iter().filter(|role| may(*role, action)).collect();
        assert_eq!(who, [UserRole::ChapterLeader, UserRole::PeerSupportCoordinator]);
    }
}

#[test]
fn every_action_has_somebody_and_a_code_of_its_own() {
    let codes: std::collections::BTreeSet<&str> = Action::ALL.iter().map(|action| action.code()).collect();
    assert_eq!(codes.len(), Action::ALL.len());
    for action in Action::ALL {
        assert!(UserRole::ALL.into_iter().any(|role| may(role, action)), "{action:?}");
    }
}
