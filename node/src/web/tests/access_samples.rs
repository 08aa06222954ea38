//! Sample values for the pages of who gets in, and of what is lent to whom.

use askama::Template;
use helhet_shared::rights::{List, Program, UserRole};
use helhet_shared::supporter::Role;
use helhet_shared::web::{Choice, Form};

use super::samples::Sample;
use super::{passkeys_sample, sessions_sample, today};
use crate::web::desk::Lock;
use crate::web::lending_desk::{Lent, LentPerson};
use crate::web::pages::lending::{self, LentLine};
use crate::web::pages::{front, lent, settings, users};
use crate::web::urls::Urls;

pub(super) fn access(s: &Sample) -> Vec<(&'static str, String)> {
    let settings = |lock, codes_left: Option<u32>| settings::SettingsPage {
        t: s.t.clone(),
        frame: s.frame("x"),
        urls: Urls,
        form: Form::default(),
        device: "Kontoret".to_owned(),
        folder: "/home/kari/helhet".to_owned(),
        lock,
        passkeys: passkeys_sample(&s.visit, codes_left.is_some()),
        codes_left,
        sessions: sessions_sample(&s.visit),
    };
    let line = |role| users::UserLine {
        login: role_login(role),
        role,
        own: role == UserRole::ChapterLeader,
        sessions: usize::from(role == UserRole::EventHelper) * 2,
    };
    let users = users::UsersPage {
        t: s.t.clone(),
        frame: s.frame("x"),
        urls: Urls,
        form: Form::default(),
        users: UserRole::of(Program::Node).map(line).collect(),
        roles: users::role_choices(&s.t),
    };
    vec![
        ("settings_locked", settings(Lock::Passphrases { first: true }, Some(9)).render().unwrap()),
        ("settings", settings(Lock::KeyFile { for_now: false }, None).render().unwrap()),
        ("users", users.render().unwrap()),
        ("lending", lending(s, true).render().unwrap()),
        ("lending_empty", lending(s, false).render().unwrap()),
        ("lent", lent(s, 240, 2).render().unwrap()),
        ("lent_none", lent(s, 0, 0).render().unwrap()),
        ("front_helper", front_of_a_helper(s).render().unwrap()),
    ]
}

fn role_login(role: UserRole) -> String {
    role.code().to_owned()
}

fn line(s: &Sample, list: List) -> LentLine {
    let lent =
        Lent { id: "00".to_owned(), helper: "stand".to_owned(), list, until: today(), by: "kari".to_owned() };
    LentLine::new(&s.t, lent)
}

fn lending(s: &Sample, some: bool) -> lending::LendingPage {
    let lists = [List::Role(Role::Volunteer), List::Tag("Turgruppa".to_owned())];
    let choices = lists.iter().map(|list| Choice::new(list.code(), lending::name(&s.t, list))).collect();
    lending::LendingPage {
        t: s.t.clone(),
        frame: s.frame("x"),
        urls: Urls,
        form: if some { s.refused("until", "error-lend-until") } else { Form::default() },
        lent: lists.into_iter().filter(|_| some).map(|list| line(s, list)).collect(),
        helpers: some.then(|| Choice::new("stand", "stand")).into_iter().collect(),
        lists: choices,
    }
}

fn lent(s: &Sample, found: usize, shown: usize) -> lent::LentPage {
    let person =
        |number: usize| LentPerson { name: format!("Kari {number}"), phone: "457 10 873".to_owned() };
    lent::LentPage {
        t: s.t.clone(),
        frame: s.frame("x"),
        urls: Urls,
        lent: line(s, List::Role(Role::Volunteer)),
        search: String::new(),
        found,
        people: (0..shown).map(person).collect(),
    }
}

fn front_of_a_helper(s: &Sample) -> front::FrontPage {
    front::FrontPage {
        t: s.t.clone(),
        frame: s.frame("x"),
        urls: Urls,
        removed: false,
        waiting_erasures: 0,
        supporters: 0,
        needs: Vec::new(),
        figures: Vec::new(),
        lent: vec![line(s, List::Tag("Turgruppa".to_owned()))],
    }
}
