//! Notes on health on the screens: for whom they open, for whom not yet, and what is said.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use helhet_shared::clock::TestClock;
use helhet_shared::command::SupporterInput;
use helhet_shared::id::SupporterId;
use helhet_shared::rights::UserRole;
use helhet_shared::supporter::SupporterKind;

use super::doors::{ask, sign_in, signed_in};
use crate::Node;
use crate::access::add_user;
use crate::access::tests::{OTHER, OWN};
use crate::web::access_desk::AccessDesk as _;
use crate::web::chapter::Chapter;

const KARI: &str = "ekorn+under+brygga";
const OLA: &str = "sju+sm%C3%A5+mus+i+l%C3%A5ven";
const SECRET: &str = "fibromyalgi siden 2003";

fn marit(node: &Node) -> SupporterId {
    let input = SupporterInput {
        kind: Some(SupporterKind::Person),
        given_name: "Marit".into(),
        family_name: "Fjelldal".into(),
        ..Default::default()
    };
    node.writer().act(|deed| deed.register(&input)).unwrap()
}

async fn send(router: &Router, cookie: &str, path: &str, fields: &str) -> (StatusCode, String) {
    let (_, page) = ask(router, "GET", "/settings", cookie, "").await;
    let csrf = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    ask(router, "POST", path, cookie, &format!("csrf={csrf}&{fields}")).await
}

async fn card(router: &Router, cookie: &str, id: SupporterId) -> String {
    ask(router, "GET", &format!("/supporters/{id}"), cookie, "").await.1
}

// N2: who is to read what is written on health reads it after somebody who does has signed in, and not before.
#[tokio::test]
async fn health_opens_for_who_was_given_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, kari) = signed_in(folder.path()).await;
    let id = marit(&node);
    let (status, _) =
        send(&router, &kari, &format!("/supporters/{id}/health-notes"), &format!("health={SECRET}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(card(&router, &kari, id).await.contains(SECRET));

    // Added from the command line, by nobody who reads it.
    add_user(node.store(), "ola", OTHER, UserRole::PeerSupportCoordinator, 1, None).unwrap();
    let ola = sign_in(&router, "ola", OLA).await;
    let page = card(&router, &ola, id).await;
    assert!(
        page.contains("ennå lukket for deg") && !page.contains(SECRET) && !page.contains("new-health"),
        "{page}"
    );
    let (status, _) = send(&router, &ola, &format!("/supporters/{id}/health-notes"), "health=mer").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    sign_in(&router, "kari", KARI).await;
    let ola = sign_in(&router, "ola", OLA).await;
    assert!(card(&router, &ola, id).await.contains(SECRET));

    // Added on the screens, by somebody who does.
    let per = "login=per&role=peer_support_coordinator&password=tre+hester+bak+naustet&again=tre+hester+bak+naustet";
    assert_eq!(send(&router, &kari, "/users", per).await.0, StatusCode::SEE_OTHER);
    let per = sign_in(&router, "per", "tre+hester+bak+naustet").await;
    assert!(card(&router, &per, id).await.contains(SECRET));

    // A new password keeps it.
    let changed =
        "current=tre+hester+bak+naustet&password=ni+egg+i+kurven+hennes&again=ni+egg+i+kurven+hennes";
    let (status, page) = send(&router, &per, "/settings", changed).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let per = sign_in(&router, "per", "ni+egg+i+kurven+hennes").await;
    assert!(card(&router, &per, id).await.contains(SECRET));
}

// N2, N8: the key is in memory as long as its holder is signed in, and for the five minutes in which a passkey may be asked for.
#[tokio::test]
async fn the_key_goes_with_the_last_of_a_users_sessions() {
    let folder = tempfile::tempdir().unwrap();
    let (node, ..) = signed_in(folder.path()).await;
    let clock = Arc::new(TestClock::at(node.writer().clock().now()));
    let chapter = Chapter::opened(node, clock.clone());
    chapter.enter("KARI", OWN, "").unwrap();
    chapter.forget_holders_but(&|_| false);
    assert!(chapter.key_of("kari").is_some());
    clock.advance(chrono::TimeDelta::minutes(6));
    chapter.forget_holders_but(&|login| login == "kari");
    assert!(chapter.key_of("kari").is_some());
    chapter.forget_holders_but(&|_| false);
    assert!(chapter.key_of("kari").is_none());
}

// T7: who does not read what is written on health is told who puts the two records together.
#[tokio::test]
async fn who_cannot_merge_is_told_who_can() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, kari) = signed_in(folder.path()).await;
    let (kept, gone) = (marit(&node), marit(&node));
    send(&router, &kari, &format!("/supporters/{gone}/health-notes"), &format!("health={SECRET}")).await;
    add_user(node.store(), "ola", OTHER, UserRole::MembershipCoordinator, 1, None).unwrap();
    let ola = sign_in(&router, "ola", OLA).await;
    let merge = format!("/doubles/{kept}/{gone}");
    let (status, page) = send(&router, &ola, &merge, "sure=yes").await;
    assert!(status == StatusCode::OK && page.contains("Be lagleder eller likepersonsansvarlig"), "{page}");
    assert_eq!(send(&router, &kari, &merge, "sure=yes").await.0, StatusCode::SEE_OTHER);
    assert!(card(&router, &kari, kept).await.contains(SECRET));
}
