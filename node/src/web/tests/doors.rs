//! Every address of the chapter's screens, asked by every role.

use std::collections::BTreeSet;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use helhet_shared::clock::SystemClock;
use helhet_shared::rights::may;
use helhet_shared::second_factor::passkeys::Passkeys;
use helhet_shared::web::live::Live;
use helhet_shared::web::log_lines::LogLines;
use helhet_shared::web::tidy::leads_to;
use helhet_shared::web::{Needs, guard, with_frame_of_every_program};
use tower::ServiceExt as _;

use super::super::chapter::Chapter;
use super::super::door::{self, Door};
use super::super::state::Screens;
use super::super::{asked::Asked, doors, screens};
use super::*;
use crate::Node;
use crate::access::tests::{FIRST, OWN, joined, keeping, key};
use crate::access::{add_user, change_password, remove_user};
use crate::store::{StoreError, setup, users};

pub(super) async fn ask(
    router: &Router,
    method: &str,
    path: &str,
    cookie: &str,
    body: &str,
) -> (StatusCode, String) {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("host", "localhost:7070").header("origin", "http://localhost:7070");
    let request =
        request.header("content-type", "application/x-www-form-urlencoded").header("cookie", cookie);
    let response = router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let status = response.status();
    if path == "/live" && status == StatusCode::OK {
        return (status, String::new());
    }
    let set = response.headers().get("set-cookie").or(response.headers().get("location"));
    let set = set.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
    (status, set + "\n" + &String::from_utf8_lossy(&bytes))
}

/// A chapter that is set up, its screens, and the cookie of its first user.
pub(super) async fn signed_in(folder: &std::path::Path) -> (Node, Router, String) {
    let node = joined(folder, &keeping(FIRST));
    node.store().database().write(setup::settle).unwrap();
    add_user(node.store(), "kari", OWN, UserRole::ChapterLeader, 1, None).unwrap();
    let clock = std::sync::Arc::new(SystemClock);
    let chapter = Chapter::opened(node.clone(), clock.clone());
    let router = screens(chapter, Live::default(), 7070, clock).unwrap();
    let cookie = sign_in(&router, "kari", "ekorn+under+brygga").await;
    (node, router, cookie)
}

/// The cookie of somebody who signs in; the password as a form sends it.
pub(super) async fn sign_in(router: &Router, login: &str, password: &str) -> String {
    let (_, page) = ask(router, "GET", "/login", "", "").await;
    let cookie = page.split(';').next().unwrap().to_owned();
    let csrf = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap();
    let body = format!("csrf={csrf}&login={login}&password={password}");
    let (status, page) = ask(router, "POST", "/login", &cookie, &body).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    page.split(';').next().unwrap().to_owned()
}

pub(super) fn become_one(node: &Node, role: UserRole) {
    let changed = node.store().database().write(|transaction| {
        let user = users::by_login(transaction, "kari")?.unwrap();
        users::set_role(transaction, user.id, role).map_err(StoreError::from)
    });
    changed.unwrap();
}

// ASVS 8.2.1, 8.3.2: what the table does not allow is refused at the door, whatever the page; and a changed role counts with the
// next request. No deed is done here: none of them carries its form's token.
#[tokio::test]
async fn every_door_asks_what_the_table_says() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, cookie) = signed_in(folder.path()).await;
    let (_, named) = doors().named();
    assert!(named.all().count() > 75);
    let number = "00112233445566778899aabbccddeeff";
    for role in UserRole::of(Program::Node) {
        become_one(&node, role);
        for (method, path, needs) in named.all() {
            let parts: Vec<&str> =
                path.split('/').map(|part| if part.starts_with('{') { number } else { part }).collect();
            let (status, _) = ask(&router, method, &parts.join("/"), &cookie, "").await;
            let allowed = match needs {
                Needs::Nobody => true,
                Needs::Who(action) => may(role, action),
            };
            assert_eq!(status == StatusCode::FORBIDDEN, !allowed, "{role} {method} {path}: {status}");
        }
    }
}

// ASVS 16.5.3: an address that says nothing of who may open it opens to nobody.
#[tokio::test]
async fn an_address_that_asks_for_nothing_opens_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (node, ..) = signed_in(folder.path()).await;
    let desk = Chapter::opened(node, std::sync::Arc::new(SystemClock));
    let screens = Screens {
        desk,
        live: Live::default(),
        asked: Asked::default(),
        passkeys: Passkeys::at("http://localhost:7070"),
    };
    let (pages, named) = doors().named();
    let door = Door { screens: screens.clone(), named };
    let pages = pages.route("/login/forgotten", axum::routing::get(async || "open"));
    let pages = pages.layer(axum::middleware::from_fn_with_state(door, door::pass)).with_state(screens);
    let site = site();
    let id = site.sessions.sign_in(
        "kari",
        helhet_shared::web::session::Stamp::of("x"),
        helhet_shared::web::browser::Browser::default(),
        super::now(),
        &mut rand::rng(),
    );
    let cookie = format!("helhet_7070={}", id.cookie_value());
    let program = with_frame_of_every_program(pages, site, guard::Hosts::local(7070));
    let (status, page) = ask(&program, "GET", "/login/forgotten", &cookie, "").await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{page}");
}

// ASVS 7.4.2, 7.4.3: a user who has another password, or is gone, is out at once, whoever did it.
#[tokio::test]
async fn a_reset_or_removed_user_is_out_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, cookie) = signed_in(folder.path()).await;
    assert_eq!(ask(&router, "GET", "/supporters", &cookie, "").await.0, StatusCode::OK);
    let own = key(node.store(), "kari", OWN);
    change_password(node.store(), "kari", "sju små mus i låven", own.as_ref()).unwrap();
    let (status, to) = ask(&router, "GET", "/supporters", &cookie, "").await;
    assert!(status == StatusCode::SEE_OTHER && to.starts_with("/login"), "{status} {to}");

    add_user(node.store(), "ola", OWN, UserRole::Auditor, 1, None).unwrap();
    let last = remove_user(node.store(), "kari");
    assert!(matches!(last, Err(crate::access::AccessError::Last)), "nobody could look after the users");
    remove_user(node.store(), "ola").unwrap();
}

// ASVS 8.2.1: no page leads anybody to a page that is refused, nor shows a form that would be. No deed is done here either.
#[tokio::test]
async fn no_page_leads_to_what_its_reader_may_not() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, cookie) = signed_in(folder.path()).await;
    for given_name in ["Marit", "Mari"] {
        let input = helhet_shared::command::SupporterInput {
            kind: Some(helhet_shared::supporter::SupporterKind::Person),
            given_name: given_name.into(),
            family_name: "Fjelldal".into(),
            phones: vec!["99887766".into()],
            ..Default::default()
        };
        node.writer().act(|deed| deed.register(&input)).unwrap();
    }
    let mut astray = BTreeSet::new();
    for role in UserRole::of(Program::Node) {
        become_one(&node, role);
        let mut found = BTreeSet::from([("GET", "/".to_owned())]);
        let mut left: Vec<_> = found.iter().cloned().collect();
        while let Some((method, address)) = left.pop() {
            let (status, page) = ask(&router, method, &address, &cookie, "").await;
            if status == StatusCode::FORBIDDEN {
                astray.insert(format!("{role} is led to {method} {address}"));
            }
            left.extend(leads_to(&page).into_iter().filter(|step| found.insert(step.clone())));
        }
        assert!(found.len() >= 5, "{role} gets nowhere: {found:?}");
    }
    assert_eq!(astray, BTreeSet::new());
}

// ASVS 16.2.5, 16.3.2: that somebody was refused is written down, with role and action and nothing of anybody.
#[tokio::test]
async fn what_is_refused_is_logged_without_a_person_in_it() {
    let lines = LogLines::default();
    let to = lines.clone();
    let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || to.clone()).finish();
    let _listening = tracing::subscriber::set_default(log);
    let folder = tempfile::tempdir().unwrap();
    let (node, router, cookie) = signed_in(folder.path()).await;
    become_one(&node, UserRole::Auditor);
    let number = "00112233445566778899aabbccddeeff";
    let path = format!("/supporters/{number}/erase");
    assert_eq!(ask(&router, "GET", &path, &cookie, "").await.0, StatusCode::FORBIDDEN);
    let text = lines.text();
    assert!(text.contains(r#"role="auditor" action="erase_supporter""#), "{text}");
    for hidden in ["kari", number, "/erase"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
}

// ASVS 7.5.3: what cannot be undone asks for the password, and guessing it is as slow as at the door.
#[tokio::test]
async fn erasing_asks_for_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, cookie) = signed_in(folder.path()).await;
    let input = helhet_shared::command::SupporterInput {
        kind: Some(helhet_shared::supporter::SupporterKind::Person),
        given_name: "Marit".into(),
        ..Default::default()
    };
    let [marit, ola] = [(); 2].map(|()| node.writer().act(|deed| deed.register(&input)).unwrap());
    let address = |id: SupporterId| format!("/supporters/{id}/erase");
    let (_, page) = ask(&router, "GET", &address(marit), &cookie, "").await;
    let csrf = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let erase = async |id: SupporterId, typed: &str| {
        let body = format!("csrf={csrf}&sure=yes&own={typed}");
        ask(&router, "POST", &address(id), &cookie, &body).await
    };
    for wrong in ["", "ekorn+over+brygga"] {
        let (status, page) = erase(marit, wrong).await;
        assert!(status == StatusCode::OK && page.contains("own-error") && !page.contains("brygga"), "{page}");
    }
    let is_here = |id: SupporterId| crate::read::supporter(node.store(), id).unwrap().is_some();
    assert!(is_here(marit));
    let (status, page) = erase(marit, "ekorn+under+brygga").await;
    assert!(status == StatusCode::SEE_OTHER && !is_here(marit), "{page}");
    for _ in 0..10 {
        erase(ola, "ekorn+over+brygga").await;
    }
    erase(ola, "ekorn+under+brygga").await;
    assert!(is_here(ola), "who has guessed so often waits first");
}

// N2, ASVS 8.2.3: who does not hold what is confidential sees that it is closed, and neither sees nor may what is in it.
#[tokio::test]
async fn an_auditor_sees_that_health_is_closed_and_a_helper_sees_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, cookie) = signed_in(folder.path()).await;
    let input = helhet_shared::command::SupporterInput {
        kind: Some(helhet_shared::supporter::SupporterKind::Person),
        given_name: "Marit".into(),
        family_name: "Fjelldal".into(),
        ..Default::default()
    };
    let own = key(node.store(), "kari", OWN);
    let id = node
        .clone()
        .with_peer_support(own.clone())
        .writer()
        .act(|deed| {
            let id = deed.register(&input)?;
            deed.health_note(id, "fibromyalgi siden 2003")?;
            Ok(id)
        })
        .unwrap();
    let card = format!("/supporters/{id}");
    let (_, page) = ask(&router, "GET", &card, &cookie, "").await;
    assert!(page.contains("fibromyalgi siden 2003") && page.contains("/erase"));
    become_one(&node, UserRole::Auditor);
    let (_, page) = ask(&router, "GET", &card, &cookie, "").await;
    assert!(page.contains("Marit Fjelldal") && page.contains("Denne delen er lukket"), "{page}");
    for hidden in ["fibromyalgi", "health-notes", "/erase", "/edit", "/notes", "/tags", "/grant", "/roles"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
    become_one(&node, UserRole::EventHelper);
    let (status, page) = ask(&router, "GET", "/", &cookie, "").await;
    assert!(status == StatusCode::OK && page.contains("/supporters/add"), "{page}");
    assert!(!page.contains("Fjelldal") && !page.contains("href=\"/supporters\""), "{page}");
    assert_eq!(ask(&router, "GET", &card, &cookie, "").await.0, StatusCode::FORBIDDEN);
}
