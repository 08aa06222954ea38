//! Every address of the office's screens, asked by every role.

use std::collections::BTreeSet;

use helhet_shared::rights::may;
use helhet_shared::web::log_lines::LogLines;
use helhet_shared::web::tidy::leads_to;

use super::*;

/// An address of the table as somebody would ask for it.
fn asked(path: &str) -> String {
    let id = "00112233445566778899aabbccddeeff";
    path.split('/').map(|part| if part.starts_with('{') { id } else { part }).collect::<Vec<_>>().join("/")
}

// ASVS 8.2.1, 8.3.2: what the table does not allow is refused at the door, whatever the page; and a changed role counts with the
// next request. No deed is done here: none of them carries its form's token.
#[tokio::test]
async fn every_door_asks_what_the_table_says() {
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &Reach::default());
    add_user(&test.hub, "kontor", UserRole::Administrator);
    let (cookie, _) = sign_in(&test.hub, &router, "kontor").await;
    let (_, named) = doors().named();
    assert!(named.all().count() > 40);
    for role in UserRole::of(Program::Hub) {
        become_one(&test.hub, role);
        for (method, path, needs) in named.all() {
            let request = Request::builder().method(method).uri(asked(path)).header("cookie", &cookie);
            let request = request.header("host", "localhost:8080").header("origin", "http://localhost:8080");
            let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let allowed = match needs {
                Needs::Nobody => true,
                Needs::Who(action) => may(role, action),
            };
            let refused = response.status() == StatusCode::FORBIDDEN;
            assert_eq!(refused, !allowed, "{role} {method} {path}: {}", response.status());
        }
    }
}

// ASVS 8.2.1: no page leads anybody to a page that is refused, nor shows a form that would be. No deed is done here either.
#[tokio::test]
async fn no_page_leads_to_what_its_reader_may_not() {
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &Reach::default());
    add_user(&test.hub, "kontor", UserRole::Administrator);
    let mut device = test.chapter("Bergen");
    for (given_name, email) in [("Kari", "kari@post.example"), ("Kari", "solberg@post.example")] {
        let person = device.person(given_name, "Solberg", email);
        let entry = device.entry(vec![person.first.clone()]);
        test.ingest(&device, vec![entry]).unwrap();
    }
    test.hub.project().unwrap();
    let (cookie, _) = sign_in(&test.hub, &router, "kontor").await;
    let mut astray = BTreeSet::new();
    for role in UserRole::of(Program::Hub) {
        become_one(&test.hub, role);
        let mut found = BTreeSet::from([("GET", "/".to_owned())]);
        let mut left: Vec<_> = found.iter().cloned().collect();
        while let Some((method, address)) = left.pop() {
            let request = Request::builder().method(method).uri(&address).header("cookie", &cookie);
            let (status, _, page) = ask(&router, request, "").await;
            if status == StatusCode::FORBIDDEN {
                astray.insert(format!("{role} is led to {method} {address}"));
            }
            left.extend(leads_to(&page).into_iter().filter(|step| found.insert(step.clone())));
        }
        assert!(found.len() >= 5, "{role} gets nowhere: {found:?}");
    }
    assert_eq!(astray, BTreeSet::new());
}

// ASVS 16.5.3: an address that says nothing of who may open it opens to nobody.
#[tokio::test]
async fn an_address_that_asks_for_nothing_opens_to_nobody() {
    let test = TestHub::new();
    let screens = Screens::new(test.hub.clone(), Passkeys::at("http://localhost:8080"));
    let (pages, named) = doors().named();
    let forgotten = axum::routing::get(async || "open");
    let door = Door { screens: screens.clone(), named };
    let pages = pages.route("/forgotten", forgotten).layer(from_fn_with_state(door, door::pass));
    let address = "127.0.0.1:8080".parse().unwrap();
    let site = site(&test.hub, address, &Reach::default()).unwrap();
    let program =
        with_frame_of_every_program(pages.with_state(screens), site, Reach::default().hosts(address));
    let (status, _, page) = ask(&program, Request::get("/forgotten"), "").await;
    assert!(status == StatusCode::FORBIDDEN && !page.contains("open<"), "{page}");
}

// ASVS 7.4.2, 7.4.3: a user who is removed or given another password, by whichever program, is out at once.
#[tokio::test]
async fn a_reset_or_removed_user_is_out_at_once() {
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &Reach::default());
    for login in ["kontor", "anne"] {
        add_user(&test.hub, login, UserRole::Administrator);
    }
    for end in [
        (|hub: &Hub| crate::access::reset(hub, "anne", "sju små mus i låven").unwrap()) as fn(&Hub),
        |hub: &Hub| crate::access::remove_user(hub, "anne").unwrap(),
    ] {
        test.hub.set_password("anne", "ekorn under brygga").unwrap();
        test.hub
            .database()
            .write(|transaction| {
                plant(transaction, "anne", &secret()).map_err(crate::store::StoreError::from)
            })
            .unwrap();
        let (cookie, _) = sign_in(&test.hub, &router, "anne").await;
        let page = || ask(&router, Request::get("/supporters").header("cookie", &cookie), "");
        assert_eq!(page().await.0, StatusCode::OK);
        end(&test.hub);
        let (status, to, _) = page().await;
        assert!(status == StatusCode::SEE_OTHER && to.ends_with("/login"), "{status} {to}");
        test.clock.advance(chrono::TimeDelta::minutes(2));
    }
    assert!(matches!(crate::access::remove_user(&test.hub, "kontor"), Err(crate::access::AccessError::Last)));
}

// ASVS 8.2.1: who may not look after the users adds nobody.
#[tokio::test]
async fn administrators_alone_look_after_the_users() {
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &Reach::default());
    add_user(&test.hub, "kontor", UserRole::Administrator);
    let (cookie, csrf) = sign_in(&test.hub, &router, "kontor").await;
    let with = |request: axum::http::request::Builder| request.header("cookie", &cookie);
    let password = "sju+sm%C3%A5+mus+i+l%C3%A5ven";
    let body =
        |role: &str| format!("csrf={csrf}&login=anne&role={role}&password={password}&again={password}");
    let (status, _, page) = ask(&router, with(Request::post("/users")), &body("boss")).await;
    assert!(status == StatusCode::OK && page.contains("error"), "{page}");
    let (_, to, page) = ask(&router, with(Request::post("/users")), &body("analyst")).await;
    assert!(to.ends_with("done=user-added"), "{page}");
    become_one(&test.hub, UserRole::MemberService);
    let (status, ..) = ask(&router, with(Request::post("/users")), &body("administrator")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

// ASVS 16.2.5, 16.3.2: that somebody was refused is written down, with role and action and nothing of anybody.
#[tokio::test]
async fn what_is_refused_is_logged_without_a_person_in_it() {
    let lines = LogLines::default();
    let to = lines.clone();
    let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || to.clone()).finish();
    let _listening = tracing::subscriber::set_default(log);
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &Reach::default());
    add_user(&test.hub, "kontor", UserRole::Administrator);
    let (cookie, _) = sign_in(&test.hub, &router, "kontor").await;
    become_one(&test.hub, UserRole::MemberService);
    let (status, ..) = ask(&router, Request::get("/users").header("cookie", &cookie), "").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let text = lines.text();
    assert!(text.contains(r#"role="member_service" action="look_after_office_users""#), "{text}");
    assert!(!text.contains("kontor"), "{text}");
}

fn become_one(hub: &Hub, role: UserRole) {
    let changed = hub.database().write(|transaction| {
        crate::store::users::set_role(transaction, "kontor", role).map_err(crate::store::StoreError::from)
    });
    assert!(changed.unwrap());
}
