//! One's own sign-ins and others': seen, and ended.

use axum::Router;
use axum::http::StatusCode;

use super::doors::{ask, become_one, sign_in, signed_in};
use super::*;
use crate::access::add_user;
use crate::access::tests::OTHER;

const KARI: &str = "ekorn+under+brygga";
const OLA: &str = "sju+sm%C3%A5+mus+i+l%C3%A5ven";

async fn is_in(router: &Router, cookie: &str) -> bool {
    ask(router, "GET", "/settings", cookie, "").await.0 == StatusCode::OK
}

async fn token(router: &Router, cookie: &str) -> String {
    let (_, page) = ask(router, "GET", "/settings", cookie, "").await;
    page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

// ASVS 7.5.2: one's own sessions are listed, and ended one by one or all others, after the password.
#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, first) = signed_in(folder.path()).await;
    add_user(node.store(), "Ola", OTHER, UserRole::Auditor, 1, None).unwrap();
    let second = sign_in(&router, "Kari", KARI).await;
    let ola = sign_in(&router, "ola", OLA).await;
    let (_, page) = ask(&router, "GET", "/settings", &second, "").await;
    let offered = page.split("name=\"session\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let others: Vec<&str> = offered.filter(|number| *number != "others").collect();
    assert_eq!(others.len(), 1, "nobody else's, and not this one: {page}");
    assert!(page.contains("8 timer") && page.contains("14 dager"), "the limits are said: {page}");

    let csrf = token(&router, &second).await;
    let end = async |which: &str, password: &str| {
        let body = format!("csrf={csrf}&session_own={password}&session={which}");
        ask(&router, "POST", "/settings/sessions", &second, &body).await
    };
    assert_eq!(end(others[0], "wrong").await.0, StatusCode::OK);
    // The page that says so asks for its parts at the deed's address: that is neither a page nor a refusal.
    let (status, _) = ask(&router, "GET", "/settings/sessions", &second, "").await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(is_in(&router, &first).await);
    let (status, to) = end(others[0], KARI).await;
    assert!(status == StatusCode::SEE_OTHER && to.contains("done=sessions-ended"), "{to}");
    assert!(!is_in(&router, &first).await && is_in(&router, &second).await);
    let third = sign_in(&router, "kari", KARI).await;
    end("others", KARI).await;
    assert!(!is_in(&router, &third).await && is_in(&router, &second).await && is_in(&router, &ola).await);
}

// ASVS 7.4.5: the chapter leader ends all sessions of a user, whatever the spelling; nobody else does.
#[tokio::test]
async fn the_leader_signs_a_user_out_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let (node, router, kari) = signed_in(folder.path()).await;
    add_user(node.store(), "Ola", OTHER, UserRole::ChapterLeader, 1, None).unwrap();
    let ola = sign_in(&router, "OLA", OLA).await;
    let (_, page) = ask(&router, "GET", "/users", &kari, "").await;
    assert!(page.contains("/users/sign-out"), "{page}");
    let body = format!("csrf={}&login=Ola", token(&router, &kari).await);
    become_one(&node, UserRole::Auditor);
    assert_eq!(ask(&router, "POST", "/users/sign-out", &kari, &body).await.0, StatusCode::FORBIDDEN);
    assert!(is_in(&router, &ola).await);
    become_one(&node, UserRole::ChapterLeader);
    assert_eq!(ask(&router, "POST", "/users/sign-out", &kari, &body).await.0, StatusCode::SEE_OTHER);
    assert!(!is_in(&router, &ola).await && is_in(&router, &kari).await);
    assert!(is_in(&router, &sign_in(&router, "ola", OLA).await).await);
}

// ASVS 6.3.3: an answer of a passkey that nobody was asked for gets nobody in, and is heard before anybody is in.
#[tokio::test]
async fn a_passkey_that_was_not_asked_for_gets_nobody_in() {
    let folder = tempfile::tempdir().unwrap();
    let (_, router, _) = signed_in(folder.path()).await;
    let (_, page) = ask(&router, "GET", "/login", "", "").await;
    let cookie = page.split(';').next().unwrap().to_owned();
    let csrf = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap();
    let (status, page) =
        ask(&router, "POST", "/login/passkey", &cookie, &format!("csrf={csrf}&answer=%7B%7D")).await;
    assert!(status == StatusCode::OK && page.contains("Passnøkkelen ble ikke godtatt"), "{status} {page}");
    assert!(!is_in(&router, &cookie).await);
}
