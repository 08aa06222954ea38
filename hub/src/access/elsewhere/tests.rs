//! Identities are kept by issuer and subject, belong to one login, and go with the access that they give.

use helhet_shared::rights::UserRole;

use super::*;
use crate::testing::TestHub;

fn identity(issuer: &str, subject: &str) -> Identity {
    Identity { issuer: issuer.to_owned(), subject: subject.to_owned() }
}

fn office() -> (TestHub, Elsewhere) {
    let test = TestHub::new();
    for login in ["kontor", "anne"] {
        test.hub.add_user(login, UserRole::Administrator, "ekorn under brygga").unwrap();
    }
    (test, Elsewhere::played("BankID", "http://localhost:8080", Played::default()))
}

// ASVS 6.8.1: what another issuer calls by the same word is somebody else.
#[test]
fn an_identity_is_its_issuers_and_one_logins() {
    let (test, elsewhere) = office();
    let hub = &test.hub;
    let (own, other) = (identity(Played::ISSUER, "a"), identity("https://other.example", "a"));
    assert_eq!(whose(hub, &own).unwrap(), None);
    assert!(connect(hub, "kontor", &own).unwrap());
    assert_eq!(whose(hub, &own).unwrap().as_deref(), Some("kontor"));
    assert_eq!(whose(hub, &other).unwrap(), None);
    assert!(!connect(hub, "anne", &own).unwrap(), "it is somebody's already");
    assert!(!connect(hub, "kontor", &identity(Played::ISSUER, "b")).unwrap(), "one of each provider");
    assert!(connect(hub, "anne", &other).unwrap());
    assert_eq!(since(hub, &elsewhere, "kontor").unwrap(), Some(hub.now()));
    assert_eq!(since(hub, &elsewhere, "anne").unwrap(), None, "that is another provider's");
    assert!(take_away(hub, "kontor").unwrap() && !take_away(hub, "kontor").unwrap());
    assert_eq!(whose(hub, &own).unwrap(), None);
    assert_eq!(whose(hub, &other).unwrap().as_deref(), Some("anne"));
}

// Whoever had taken an account over may have connected an identity of their own.
#[test]
fn an_identity_goes_with_a_reset_and_with_its_user() {
    let (test, _) = office();
    let hub = &test.hub;
    let own = identity(Played::ISSUER, "a");
    for end in [
        (|hub: &Hub| crate::access::reset(hub, "anne", "sju små mus i låven").unwrap()) as fn(&Hub),
        |hub: &Hub| crate::access::remove_user(hub, "anne").unwrap(),
    ] {
        assert!(connect(hub, "anne", &own).unwrap());
        assert!(connect(hub, "kontor", &identity(Played::ISSUER, "b")).unwrap());
        end(hub);
        assert_eq!(whose(hub, &own).unwrap(), None);
        assert!(take_away(hub, "kontor").unwrap(), "nobody else's goes");
    }
}

#[tokio::test]
async fn a_national_number_is_no_name_for_anybody() {
    let (test, elsewhere) = office();
    let (visitor, now) = ([1; 32], test.hub.now());
    for (subject, expected) in [
        ("5f0c2b0e-51b5-4d5c-8f6e-3a2f4b7c9d10", None),
        ("01010750161", None),
        ("", Some(ElsewhereError::Refused("subject"))),
        ("01010750160", Some(ElsewhereError::Refused("national_number"))),
        ("NO:01010750160", Some(ElsewhereError::Refused("national_number"))),
    ] {
        let address = elsewhere.begin(visitor, Purpose::SignIn, now).await.unwrap();
        let state = address.split_once("state=").unwrap().1;
        let returned = Returned { state, code: Some(subject), error: None };
        let told = elsewhere.finish(visitor, &Purpose::SignIn, returned, now).await;
        assert_eq!(told.err(), expected, "{subject}");
    }
}

#[tokio::test]
async fn what_the_provider_says_against_it_is_heard() {
    let (test, elsewhere) = office();
    let (visitor, now) = ([1; 32], test.hub.now());
    for (error, expected) in [
        (Some("access_denied"), ElsewhereError::Stopped),
        (Some("unmet_authentication_requirements"), ElsewhereError::TooWeak(TooWeak::Level)),
        (Some("server_error"), ElsewhereError::Refused("no_code")),
        (None, ElsewhereError::Refused("no_code")),
    ] {
        let address = elsewhere.begin(visitor, Purpose::SignIn, now).await.unwrap();
        let state = address.split_once("state=").unwrap().1;
        let returned = Returned { state, code: error.map(|_| "a"), error };
        let told = elsewhere.finish(visitor, &Purpose::SignIn, returned, now).await;
        assert_eq!(told, Err(expected), "{error:?}");
        let again = Returned { state, code: Some("a"), error: None };
        let told = elsewhere.finish(visitor, &Purpose::SignIn, again, now).await;
        assert_eq!(told, Err(ElsewhereError::NotAsked), "and was the answer");
    }
}
