//! A list that is lent: what its helper sees of whom, and until when.

use axum::Router;
use axum::http::StatusCode;
use helhet_shared::command::SupporterInput;

use super::doors::{ask, sign_in, signed_in};
use super::*;
use crate::access::tests::{OTHER, OWN, key};
use crate::access::{add_user, change_role};
use crate::{Node, read};

const PASSWORD: &str = "sju+sm%C3%A5+mus+i+l%C3%A5ven";

async fn token(router: &Router, cookie: &str) -> String {
    let (_, page) = ask(router, "GET", "/settings", cookie, "").await;
    page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

fn add(node: &Node, given_name: &str, tags: &[&str]) {
    let input = SupporterInput {
        given_name: given_name.into(),
        family_name: "Fjelldal".into(),
        phones: vec!["99887766".into()],
        emails: vec![format!("{given_name}@post.example")],
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        note: "kommer med rullestol".into(),
        ..SupporterInput::default()
    };
    node.writer().act(|deed| deed.register(&input)).unwrap();
}

/// Lends the list to `stand` until a day; gives the address that the answer leads to.
async fn lend(router: &Router, cookie: &str, list: &str, until: NaiveDate) -> (StatusCode, String) {
    let csrf = token(router, cookie).await;
    let body = format!("csrf={csrf}&helper=stand&list={list}&until={until}");
    ask(router, "POST", "/lending", cookie, &body).await
}

/// The address of the only list on a helper's front page.
async fn lent(router: &Router, cookie: &str) -> Option<String> {
    let (_, page) = ask(router, "GET", "/", cookie, "").await;
    let link = page.split_once("href=\"/lent/")?.1.split('"').next()?;
    Some(format!("/lent/{link}"))
}

// T8, ASVS 8.2.2: a helper sees the people of the list that is lent, their names and numbers and no more, adds to that list,
// and sees nobody as soon as it is taken back.
#[tokio::test]
async fn a_helper_sees_one_list_until_it_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, leader) = signed_in(folder.path()).await;
    add_user(node.store(), "stand", OTHER, UserRole::EventHelper, 1, None).unwrap();
    add_user(node.store(), "door", OTHER, UserRole::EventHelper, 1, None).unwrap();
    add(&node, "Marit", &["Stand", "Kor"]);
    add(&node, "Ola", &["Kor"]);
    let helper = sign_in(&router, "stand", PASSWORD).await;
    let other = sign_in(&router, "door", PASSWORD).await;
    assert_eq!(lent(&router, &helper).await, None);

    let (_, page) = ask(&router, "GET", "/lending", &leader, "").await;
    assert!(
        page.contains("tag:Stand") && page.contains("role:volunteer") && !page.contains("peer_supporter"),
        "{page}"
    );
    let today = node.writer().today();
    let (_, to) = lend(&router, &leader, "tag%3AStand", today).await;
    assert!(to.starts_with("/lending?done=lent"), "{to}");
    let (_, page) = ask(&router, "GET", "/lending", &leader, "").await;
    assert!(page.contains("Merkelapp: Stand") && page.contains("stand"), "the lender sees it too: {page}");

    let list = lent(&router, &helper).await.unwrap();
    let (status, page) = ask(&router, "GET", &list, &helper, "").await;
    assert!(
        status == StatusCode::OK && page.contains("Marit Fjelldal") && page.contains("998 87 766"),
        "{page}"
    );
    for hidden in ["Ola", "post.example", "rullestol", "Kor", "/supporters/0"] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    assert_eq!(lent(&router, &other).await, None);
    for cookie in [&other, &leader] {
        let (status, page) = ask(&router, "GET", &list, cookie, "").await;
        assert!(status != StatusCode::OK && !page.contains("Marit"), "{status}");
    }
    let csrf = token(&router, &helper).await;
    let (_, page) = ask(&router, "POST", &list, &helper, &format!("csrf={csrf}&search=ola")).await;
    assert!(!page.contains("Ola"), "a search stays on the list: {page}");

    // Added to this list and no other, whatever the form says.
    let body = format!("csrf={csrf}&given_name=Ny&family_name=Berg&role=elected");
    let (_, to) = ask(&router, "POST", &format!("{list}/add"), &helper, &body).await;
    assert!(to.starts_with(&list), "{to}");
    let (_, page) = ask(&router, "GET", &list, &helper, "").await;
    assert!(page.contains("Ny Berg"));
    let listing = read::Listing { search: "berg".into(), ..read::Listing::default() };
    let (rows, _) = read::supporters(node.store(), &listing, today).unwrap();
    assert!(rows[0].json.contains("Stand") && !rows[0].json.contains("elected"), "{}", rows[0].json);

    let csrf = token(&router, &leader).await;
    let body = format!("csrf={csrf}&lent={}", list.trim_start_matches("/lent/"));
    let (_, to) = ask(&router, "POST", "/lending/take-back", &leader, &body).await;
    assert!(to.starts_with("/lending?done=taken-back"), "{to}");
    assert_eq!(lent(&router, &helper).await, None);
    let csrf = token(&router, &helper).await;
    for (method, path) in [
        ("GET", list.clone()),
        ("POST", list.clone()),
        ("GET", format!("{list}/add")),
        ("POST", format!("{list}/add")),
    ] {
        let (status, page) =
            ask(&router, method, &path, &helper, &format!("csrf={csrf}&given_name=Nok")).await;
        assert!(status == StatusCode::NOT_FOUND && !page.contains("Fjelldal"), "{method} {path}: {status}");
    }
}

// T8, ASVS 8.2.2: a coordinator lends the list of the own area alone, and nobody for longer than a month.
#[tokio::test]
async fn a_coordinator_lends_the_own_list_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, leader) = signed_in(folder.path()).await;
    add_user(node.store(), "stand", OTHER, UserRole::EventHelper, 1, None).unwrap();
    let own = key(node.store(), "kari", OWN);
    add_user(node.store(), "vera", OTHER, UserRole::ChapterLeader, 1, own.as_ref()).unwrap();
    change_role(node.store(), "kari", UserRole::VolunteerCoordinator, None).unwrap();
    let today = node.writer().today();
    for list in ["role%3Amember", "role%3Apeer_supporter", "tag%3AStand", "nothing", ""] {
        let (status, page) = lend(&router, &leader, list, today).await;
        assert!(status == StatusCode::OK && page.contains("list-error"), "{list}: {status}");
    }
    let far = today + chrono::TimeDelta::days(32);
    let (status, page) = lend(&router, &leader, "role%3Avolunteer", far).await;
    assert!(status == StatusCode::OK && page.contains("until-error"), "{page}");
    let (_, to) = lend(&router, &leader, "role%3Avolunteer", today).await;
    assert!(to.starts_with("/lending?done=lent"), "{to}");
    // Helpers, and who only looks, lend nothing.
    change_role(node.store(), "kari", UserRole::Auditor, None).unwrap();
    assert_eq!(lend(&router, &leader, "role%3Avolunteer", today).await.0, StatusCode::FORBIDDEN);
}
