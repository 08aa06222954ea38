//! The shared pages in all four languages, what holds for every shared template and text, and a small program to knock at.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::{get, post};
use tower::ServiceExt;

use super::tidy::Tidy;
use super::*;

fn site() -> Site {
    Site {
        translations: Arc::new(Translations::new(SHARED_TEXTS).unwrap()),
        sessions: session::Sessions::new(session::Limits::CHAPTER),
        attempts: attempts::Attempts::default(),
        cookie: "helhet_7070".into(),
        language: Language::English,
        reach: reach::Reach::default(),
        now: Arc::new(|| chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap()),
    }
}

#[test]
fn every_shared_page_in_every_language() {
    for language in Language::ALL {
        let visit = Visit::opened(site(), language, "/", Some("kari".to_owned()));
        let page = design::DesignPage::new(&visit, Frame::bare(&visit, "x".to_owned())).render().unwrap();
        assert!(!page.contains('⟦'), "{language}: {page}");
        for problem in Problem::ALL {
            let page = ErrorPage::of(&visit, problem).render().unwrap();
            assert!(!page.contains('⟦'), "{language}: {page}");
        }
        let page = onward::OnwardPage::to(visit.texts.clone(), "/?a=\"b&c".to_owned()).render().unwrap();
        assert!(!page.contains('⟦') && page.contains("url=/?a=&#34;b&#38;c\">"), "{language}: {page}");
    }
}

#[test]
fn texts_and_templates_are_tidy() {
    let root = env!("CARGO_MANIFEST_DIR");
    Tidy::read(root, &["templates"], &["src"]).check(&site().translations, &SHARED_TEXTS[..4]);
}

fn program() -> Router {
    let design = |visit: Visit| async move {
        html(&design::DesignPage::new(&visit, Frame::bare(&visit, "x".to_owned())))
    };
    let pages = Router::new()
        .route("/", get(design))
        .route("/save", post(|Submitted(form): Submitted| async move { form.value("name").to_owned() }))
        .route(
            "/login",
            post(|visit: Visit, _: Submitted| async move {
                ([visit.sign_in("kari", session::Stamp::of("hash"))], "in")
            }),
        )
        .route("/who", get(|visit: Visit| async move { visit.login.unwrap_or_default() }));
    let pages =
        pages.route("/logout", post(|visit: Visit, _: Submitted| async move { (visit.sign_out(), "out") }));
    with_frame_of_every_program(pages, site(), guard::Hosts::local(7070))
}

/// One request; gives status, the cookies set and the body.
async fn ask(
    program: &Router,
    method: &str,
    path: &str,
    cookie: &str,
    body: &str,
) -> (StatusCode, String, String) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost:7070")
        .header("origin", "http://localhost:7070")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie)
        .body(Body::from(body.to_owned()))
        .unwrap();
    let response = program.clone().oneshot(request).await.unwrap();
    assert!(response.headers().contains_key("content-security-policy"));
    let status = response.status();
    let set = response
        .headers()
        .get("set-cookie")
        .map(|value| value.to_str().unwrap().to_owned())
        .unwrap_or_default();
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, set, String::from_utf8(bytes.to_vec()).unwrap())
}

fn token(page: &str) -> &str {
    page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap()
}

#[tokio::test]
async fn a_form_needs_the_visitors_own_token() {
    let program = program();
    let (_, set, _) = ask(&program, "GET", "/", "", "").await;
    assert!(set.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{set}");
    let cookie = set.split(';').next().unwrap();
    let visit_token = CsrfToken::of(&session::SecretId::parse(cookie.split_once('=').unwrap().1).unwrap());

    let (status, ..) = ask(&program, "POST", "/save", cookie, "name=Kari").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (status, _, page) =
        ask(&program, "POST", "/save", "", &format!("csrf={}&name=Kari", visit_token.as_str())).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("The page was open for too long"));
    let (status, _, page) =
        ask(&program, "POST", "/save", cookie, &format!("csrf={}&name=K%C3%A5re", visit_token.as_str()))
            .await;
    assert_eq!((status, page.as_str()), (StatusCode::OK, "Kåre"));

    // Signing in gives a new id: one that was planted before opens nothing.
    let (_, set, _) =
        ask(&program, "POST", "/login", cookie, &format!("csrf={}", visit_token.as_str())).await;
    let signed_in = set.split(';').next().unwrap();
    assert_ne!(signed_in, cookie);
    assert_eq!(ask(&program, "GET", "/who", signed_in, "").await.2, "kari");
    assert_eq!(ask(&program, "GET", "/who", cookie, "").await.2, "");
    let (_, _, page) = ask(&program, "GET", "/", signed_in, "").await;
    assert_ne!(token(&page), visit_token.as_str());
}

#[tokio::test]
async fn a_language_is_chosen_and_remembered() {
    let program = program();
    let (status, set, _) = ask(&program, "GET", "/language/sv", "", "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let page = ask(&program, "GET", "/", set.split(';').next().unwrap(), "").await.2;
    assert!(page.contains("<html lang=\"sv\">") && page.contains("Byggstenarna"));
    assert_eq!(ask(&program, "GET", "/language/xx", "", "").await.0, StatusCode::NOT_FOUND);
    assert_eq!(ask(&program, "GET", "/nowhere", "", "").await.0, StatusCode::NOT_FOUND);
    let (status, _, css) = ask(&program, "GET", "/static/helhet.css", "", "").await;
    assert_eq!(status, StatusCode::OK);
    assert!(css.contains("--focus-glow"));
}

// ASVS 7.4.1, 14.3.1: who signs out is out, and the browser is told to forget our pages.
#[tokio::test]
async fn signing_out_clears_what_the_browser_holds() {
    let program = program();
    let (_, set, page) = ask(&program, "GET", "/", "", "").await;
    let cookie = set.split(';').next().unwrap();
    let (_, set, _) = ask(&program, "POST", "/login", cookie, &format!("csrf={}", token(&page))).await;
    let cookie = set.split(';').next().unwrap().to_owned();
    let (_, _, page) = ask(&program, "GET", "/", &cookie, "").await;
    let request =
        Request::post("/logout").header("host", "localhost:7070").header("origin", "http://localhost:7070");
    let request =
        request.header("content-type", "application/x-www-form-urlencoded").header("cookie", &cookie);
    let body = Body::from(format!("csrf={}", token(&page)));
    let answer = program.clone().oneshot(request.body(body).unwrap()).await.unwrap();
    assert_eq!(answer.headers()["clear-site-data"], "\"cache\", \"storage\"");
    let set = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(set.starts_with("helhet_7070=") && !set.contains(&cookie), "{set}");
    assert_eq!(ask(&program, "GET", "/who", &cookie, "").await.2, "");
}

// ASVS 3.3.1, 3.3.2, 3.4.1: reached over TLS, cookies have names that no other host can set and never travel without it.
#[tokio::test]
async fn over_tls_cookies_stay_there() {
    let reach = reach::Reach { public: "https://helhet.example".parse().ok(), ..reach::Reach::default() };
    let hosts = reach.hosts("127.0.0.1:8080".parse().unwrap());
    let pages = Router::new().route("/", get(|visit: Visit| async move { visit.csrf.as_str().to_owned() }));
    let program = with_frame_of_every_program(pages, Site { reach, ..site() }, hosts);
    let get = async |path: &str, cookie: &str| {
        let request = Request::get(path).header("host", "helhet.example").header("cookie", cookie);
        let answer = program.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
        let set = answer.headers().get("set-cookie").map(|set| set.to_str().unwrap().to_owned());
        let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (set, String::from_utf8(body.to_vec()).unwrap())
    };
    let (set, csrf) = get("/", "").await;
    let set = set.unwrap();
    assert!(
        set.starts_with("__Host-helhet=") && set.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure"),
        "{set}"
    );
    let cookie = set.split(';').next().unwrap();
    assert_eq!(get("/", cookie).await, (None, csrf), "and is known again");
    let (set, _) = get("/language/sv", cookie).await;
    let set = set.unwrap();
    assert!(set.starts_with("__Host-helhet_language=sv; Path=/;") && set.ends_with("; Secure"), "{set}");
    let (set, _) = get("/", "helhet_7070=00112233445566778899aabbccddeeff").await;
    assert!(set.is_some(), "one that another program could set is none of ours");
}

// A link in somebody's webmail, or another provider that sends back, signs nobody out: the browser keeps a strict cookie back
// there, and is asked once more from a page of ours.
#[tokio::test]
async fn a_link_from_elsewhere_signs_nobody_out() {
    let program = program();
    let (_, set, page) = ask(&program, "GET", "/", "", "").await;
    let cookie = set.split(';').next().unwrap();
    let (_, set, _) = ask(&program, "POST", "/login", cookie, &format!("csrf={}", token(&page))).await;
    let cookie = set.split(';').next().unwrap().to_owned();
    let get = async |method: &str, path: &str, site: &str, mode: &str, cookie: &str| {
        let request = Request::builder().method(method).uri(path).header("host", "localhost:7070");
        let request = request.header("sec-fetch-site", site).header("sec-fetch-mode", mode);
        let request = request.header("accept-language", "sv").header("cookie", cookie);
        let answer = program.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let set = answer.headers().contains_key("set-cookie");
        assert!(answer.headers()["cache-control"] == "no-store");
        let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (set, String::from_utf8(body.to_vec()).unwrap())
    };
    for site in ["cross-site", "same-site"] {
        let (set, page) = get("GET", "/who?a=1&b=2", site, "navigate", "").await;
        assert!(!set, "no cookie takes the place of the one that was kept back");
        assert!(page.contains("content=\"0; url=/who?a=1&#38;b=2\"") && page.contains("Gå vidare"), "{page}");
        assert!(!page.contains("<script"), "{page}");
        assert_eq!(
            get("GET", "/who", site, "navigate", &cookie).await,
            (false, "kari".to_owned()),
            "it came"
        );
    }
    assert_eq!(get("GET", "/who", "same-origin", "navigate", &cookie).await, (false, "kari".to_owned()));
    // Who is asked once more and has no cookie is new, and is not sent in a circle.
    for (site, mode) in [("same-origin", "navigate"), ("none", "navigate"), ("cross-site", "no-cors")] {
        assert_eq!(get("GET", "/who", site, mode, "").await, (true, String::new()), "{site} {mode}");
    }
    let (set, page) = get("GET", "//evil.example/", "cross-site", "navigate", "").await;
    assert!(!set && page.contains("url=/\"") && !page.contains("evil"), "{page}");
}
