//! Signing in by another provider, which a test plays: for whom it opens, and for whom not.

use helhet_shared::web::log_lines::LogLines;

use crate::access::elsewhere::{Elsewhere, ElsewhereError, Played};

use super::*;

const PASSWORD: &str = "ekorn+under+brygga";

fn office(origin: &str) -> (TestHub, Router, Played) {
    let test = TestHub::new();
    let played = Played::default();
    let elsewhere = Elsewhere::played("BankID", origin, played.clone());
    let address = "127.0.0.1:8080".parse().unwrap();
    let router = router_with(&test.hub, address, &Reach::default(), Some(elsewhere));
    for login in ["kontor", "anne"] {
        add_user(&test.hub, login, UserRole::Administrator);
    }
    (test, router, played)
}

async fn get(router: &Router, cookie: &str, path: &str) -> (StatusCode, String, String) {
    let request = Request::get(path).header("cookie", cookie).header("accept-language", "en");
    ask(router, request, "").await
}

/// A visitor's cookie and what the provider is to be told, after the link of the page of signing in.
async fn begin(router: &Router) -> (String, String) {
    let (status, told, page) = get(router, "", "/login/elsewhere").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (cookie, to) = told.split_once("SameSite=Strict").unwrap();
    assert!(to.starts_with(Played::ISSUER), "{to}");
    (cookie.split(';').next().unwrap().to_owned(), state(to))
}

fn state(address: &str) -> String {
    address.split_once("state=").unwrap().1.split(['"', '&']).next().unwrap().to_owned()
}

fn back(state: &str, subject: &str) -> String {
    format!("/login/elsewhere/back?code={subject}&state={state}")
}

/// The form of the settings, to connect or to take away.
async fn change(
    router: &Router,
    (cookie, csrf): (&str, &str),
    password: &str,
    what: &str,
) -> (StatusCode, String, String) {
    let body = format!("csrf={csrf}&elsewhere_own={password}&elsewhere={what}");
    let request = Request::post("/settings/elsewhere").header("cookie", cookie);
    ask(router, request.header("accept-language", "en"), &body).await
}

/// Connects whoever is signed in with a subject; gives where that led to, and what was said.
async fn connect(router: &Router, (cookie, csrf): (&str, &str), subject: &str) -> (String, String) {
    let (_, _, page) = change(router, (cookie, csrf), PASSWORD, "connect").await;
    assert!(page.contains("http-equiv=\"refresh\""), "{page}");
    let (_, to, _) = get(router, cookie, &back(&state(&page), subject)).await;
    assert!(to.starts_with("/settings/elsewhere/back?"), "{to}");
    let (_, to, page) = get(router, cookie, &to).await;
    (to, page)
}

// ASVS 6.8.1, 6.8.4
#[tokio::test]
async fn who_has_connected_it_signs_in_by_another_provider() {
    let (test, router, _) = office("http://localhost:8080");
    let (_, _, page) = get(&router, "", "/login").await;
    assert!(page.contains("href=\"/login/elsewhere\"") && page.contains("Sign in with BankID"), "{page}");
    let (fresh, fresh_state) = begin(&router).await;
    let (status, _, page) = get(&router, &fresh, &back(&fresh_state, "a")).await;
    assert!(status == StatusCode::OK && page.contains("Nobody here is connected"), "{page}");

    let (other, _) = sign_in(&test.hub, &router, "kontor").await;
    test.clock.advance(chrono::TimeDelta::minutes(1));
    let (cookie, csrf) = sign_in(&test.hub, &router, "kontor").await;
    let (_, _, page) = change(&router, (&cookie, &csrf), "something+else", "connect").await;
    assert!(page.contains("elsewhere_own-error") && !page.contains("http-equiv"), "{page}");
    let (to, _) = connect(&router, (&cookie, &csrf), "a").await;
    assert_eq!(to, "/settings?done=elsewhere-connected");
    assert_eq!(get(&router, &other, "/supporters").await.1, "/login", "what was open elsewhere is ended");
    let (_, _, page) = get(&router, &cookie, "/settings").await;
    assert!(page.contains("Connected just now") && page.contains("value=\"remove\""), "{page}");

    let (fresh, fresh_state) = begin(&router).await;
    let (status, told, _) = get(&router, &fresh, &back(&fresh_state, "a")).await;
    assert!(status == StatusCode::SEE_OTHER && told.ends_with('/'), "{told}");
    let entered = told.split(';').next().unwrap().to_owned();
    assert_ne!(entered, fresh, "a new id");
    assert_eq!(get(&router, &entered, "/supporters").await.0, StatusCode::OK);

    let (status, ..) = change(&router, (&cookie, &csrf), "something+else", "remove").await;
    assert_eq!(status, StatusCode::OK);
    let (_, to, _) = change(&router, (&cookie, &csrf), PASSWORD, "remove").await;
    assert_eq!(to, "/settings?done=elsewhere-removed");
    assert_eq!(get(&router, &entered, "/supporters").await.1, "/login");
    let (fresh, fresh_state) = begin(&router).await;
    assert_eq!(get(&router, &fresh, &back(&fresh_state, "a")).await.0, StatusCode::OK);
}

// An answer is good once, in the browser that asked, and for what was asked.
#[tokio::test]
async fn an_answer_of_a_provider_opens_nothing_else() {
    let (test, router, _) = office("http://localhost:8080");
    let (cookie, csrf) = sign_in(&test.hub, &router, "kontor").await;
    connect(&router, (&cookie, &csrf), "a").await;
    let (fresh, fresh_state) = begin(&router).await;
    let (foreign, _) = begin(&router).await;
    for (who, state) in [(foreign.as_str(), fresh_state.as_str()), ("", &fresh_state), (&fresh, "made-up")] {
        let (status, _, page) = get(&router, who, &back(state, "a")).await;
        assert!(status == StatusCode::OK && page.contains("Begin once more"), "{page}");
    }
    assert_eq!(get(&router, &fresh, &back(&fresh_state, "a")).await.0, StatusCode::SEE_OTHER);
    assert_eq!(get(&router, &fresh, &back(&fresh_state, "a")).await.0, StatusCode::OK, "a second time");
    let (fresh, fresh_state) = begin(&router).await;
    test.clock.advance(chrono::TimeDelta::minutes(10));
    assert_eq!(get(&router, &fresh, &back(&fresh_state, "a")).await.0, StatusCode::OK, "too late");

    // Asked to connect, it signs nobody in, and it connects nobody else.
    let (anne, anne_csrf) = sign_in(&test.hub, &router, "anne").await;
    let (_, _, page) = change(&router, (&anne, &anne_csrf), PASSWORD, "connect").await;
    let anne_state = state(&page);
    assert_eq!(get(&router, "", &back(&anne_state, "a")).await.0, StatusCode::OK);
    let others = format!("/settings/elsewhere/back?code=b&state={anne_state}");
    let (_, _, page) = get(&router, &cookie, &others).await;
    assert!(page.contains("Begin once more"), "{page}");
    let (to, page) = connect(&router, (&anne, &anne_csrf), "a").await;
    assert!(to.is_empty() && page.contains("already connected"), "{page}");
    assert_eq!(get(&router, "", &others).await.1.rsplit('=').next(), Some("Strict/login"), "behind the door");
}

// The way back in is the paper: who has no code is led to set it up, whichever way they came.
#[tokio::test]
async fn a_sign_in_elsewhere_still_leads_to_the_code() {
    let (test, router, _) = office("http://localhost:8080");
    let (cookie, csrf) = sign_in(&test.hub, &router, "kontor").await;
    connect(&router, (&cookie, &csrf), "a").await;
    crate::access::drop_second_factor(&test.hub, "kontor").unwrap();
    let (fresh, fresh_state) = begin(&router).await;
    let (_, told, _) = get(&router, &fresh, &back(&fresh_state, "a")).await;
    let entered = told.split(';').next().unwrap();
    assert_eq!(get(&router, entered, "/supporters").await.1, "/second-factor");
}

// What a provider does or fails to do is said in a sentence, logged without anybody in it, and no matter of the password.
#[tokio::test]
async fn a_provider_in_trouble_keeps_nobody_out() {
    let lines = LogLines::default();
    let to = lines.clone();
    let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || to.clone()).finish();
    let _listening = tracing::subscriber::set_default(log);
    let (test, router, played) = office("http://localhost:8080");
    let (cookie, csrf) = sign_in(&test.hub, &router, "kontor").await;
    let (fresh, fresh_state) = begin(&router).await;
    *played.trouble.lock().unwrap() = Some(ElsewhereError::Unreachable);
    for path in ["/login/elsewhere".to_owned(), back(&fresh_state, "subject-a")] {
        let (status, _, page) = get(&router, &fresh, &path).await;
        assert!(status == StatusCode::OK && page.contains("does not answer just now"), "{page}");
    }
    let (_, _, page) = change(&router, (&cookie, &csrf), PASSWORD, "connect").await;
    assert!(page.contains("does not answer just now") && page.contains("elsewhere_own"), "{page}");
    test.clock.advance(chrono::TimeDelta::minutes(1));
    sign_in(&test.hub, &router, "kontor").await;
    let text = lines.text();
    assert!(text.contains("reason=unreachable"), "{text}");
    for secret in ["kontor", "subject-a", &fresh_state] {
        assert!(!text.contains(secret), "{text}");
    }
}

// Without a provider, or by a name to which nobody is sent back, there is neither button nor page.
#[tokio::test]
async fn without_a_provider_there_is_none() {
    let test = TestHub::new();
    let address = "127.0.0.1:8080".parse().unwrap();
    let without = router(&test.hub, address, &Reach::default());
    add_user(&test.hub, "kontor", UserRole::Administrator);
    let (_, elsewhere, _) = office("https://helhet.example");
    for router in [without, elsewhere] {
        let (_, _, page) = get(&router, "", "/login").await;
        assert!(!page.contains("/login/elsewhere"), "{page}");
        for path in ["/login/elsewhere".to_owned(), back("a", "b")] {
            assert_eq!(get(&router, "", &path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
