//! The code besides the password, at the office: without it nothing opens, and losing it is no way round it.

use super::*;

const PASSWORD: &str = "ekorn+under+brygga";

fn office() -> (TestHub, Router) {
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &Reach::default());
    add_user(&test.hub, "kontor", UserRole::Administrator);
    (test, router)
}

/// The cookie of an answer that signed somebody in.
fn cookie_of(told: &str) -> String {
    told.split(';').next().unwrap().to_owned()
}

async fn get(router: &Router, cookie: &str, path: &str) -> (StatusCode, String, String) {
    ask(router, Request::get(path).header("cookie", cookie), "").await
}

async fn post(router: &Router, cookie: &str, path: &str, body: &str) -> (StatusCode, String, String) {
    ask(router, Request::post(path).header("cookie", cookie), body).await
}

/// What stands in the element with this id.
fn text_of(page: &str, id: &str) -> String {
    let rest = page.split_once(&format!("id=\"{id}\"")).unwrap().1;
    rest.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()
}

/// Sets the second factor up on the page that asks for it; gives the codes for paper.
async fn set_up(test: &TestHub, router: &Router, cookie: &str) -> Vec<String> {
    let (_, _, page) = get(router, cookie, "/second-factor").await;
    let secret = Secret::from_text(&text_of(&page, "secret")).unwrap();
    let wrong = format!("csrf={}&code=000000", token(&page));
    let (_, _, refused) = post(router, cookie, "/second-factor", &wrong).await;
    assert_eq!(text_of(&refused, "secret"), text_of(&page, "secret"));
    let right = format!("csrf={}&code={}", token(&page), secret.code(test.hub.now()));
    let (status, _, page) = post(router, cookie, "/second-factor", &right).await;
    assert_eq!(status, StatusCode::OK);
    let list = page.split_once("id=\"codes\"").unwrap().1.split_once("</ol>").unwrap().0;
    list.split("<li>").skip(1).map(|item| item.split('<').next().unwrap().to_owned()).collect()
}

// ASVS 6.3.3: the password alone opens the page that sets the second factor up, and no other.
#[tokio::test]
async fn nothing_opens_by_a_password_alone() {
    let (test, router) = office();
    test.hub.add_user("ny", UserRole::Administrator, "ekorn under brygga").unwrap();
    let (_, told, _) = try_to_sign_in(&router, "ny", PASSWORD, "").await;
    let cookie = cookie_of(&told);
    for path in ["/", "/supporters", "/chapters", "/import", "/reports", "/settings", "/export", "/design"] {
        let (status, to, _) = get(&router, &cookie, path).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/second-factor"), "{path}");
    }
    let (_, _, page) = get(&router, &cookie, "/second-factor").await;
    let body = format!("csrf={}&name=Oslo&login=kontor", token(&page));
    for path in ["/chapters/add", "/settings/let-in", "/settings", "/settings/second-factor"] {
        let (status, to, _) = post(&router, &cookie, path, &body).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/second-factor"), "{path}");
    }
    assert_eq!(set_up(&test, &router, &cookie).await.len(), 10);
    assert_eq!(get(&router, &cookie, "/supporters").await.0, StatusCode::OK);
    let (_, to, _) = get(&router, &cookie, "/second-factor").await;
    assert_eq!(to, "/", "the secret is shown no more");
}

// ASVS 6.3.8: one sentence, whatever was wrong. 6.5.1: a code is good once. 6.5.5: not for long, and a late one is told.
#[tokio::test]
async fn what_was_wrong_is_not_told() {
    let (test, router) = office();
    let code = secret().code(test.hub.now());
    for (login, password, code) in [
        ("nobody", PASSWORD, code.as_str()),
        ("kontor", "something+else", code.as_str()),
        ("kontor", PASSWORD, "000000"),
        ("kontor", PASSWORD, ""),
    ] {
        let (status, told, page) = try_to_sign_in(&router, login, password, code).await;
        assert_eq!(status, StatusCode::OK, "{login}, {told}");
        let sentence = sample_site().translations;
        let sentence =
            Texts::new(sentence, Language::Bokmal).get(helhet_shared::web::password::WRONG).to_string();
        assert!(page.contains(&sentence), "{page}");
        assert!(!page.contains("000000") && !page.contains("something"), "{page}");
    }
    sign_in(&test.hub, &router, "kontor").await;
    assert_eq!(try_to_sign_in(&router, "kontor", PASSWORD, &code).await.0, StatusCode::OK, "a second time");
    let code = secret().code(test.hub.now() + chrono::TimeDelta::seconds(60));
    test.clock.advance(chrono::TimeDelta::seconds(90));
    let (_, to, _) = try_to_sign_in(&router, "kontor", PASSWORD, &code).await;
    assert!(to.ends_with("/?done=clock"), "{to}");
}

// ASVS 6.4.1, 6.4.3: who has lost everything gets in again by an administrator's code, once, and sets the rest up anew.
#[tokio::test]
async fn a_colleague_lets_in_again() {
    let (test, router) = office();
    add_user(&test.hub, "leser", UserRole::DataProtectionOfficer);
    let (reader, csrf) = sign_in(&test.hub, &router, "leser").await;
    let (status, ..) = post(&router, &reader, "/settings/let-in", &format!("csrf={csrf}&login=kontor")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (admin, csrf) = sign_in(&test.hub, &router, "kontor").await;
    let (status, ..) = post(&router, &admin, "/settings/let-in", &format!("csrf={csrf}&login=kontor")).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "nobody makes one for themselves");
    let (_, _, page) = post(&router, &admin, "/settings/let-in", &format!("csrf={csrf}&login=leser")).await;
    let code = text_of(&page, "code");

    let (_, fresh, page) = ask(&router, Request::get("/recover"), "").await;
    let (fresh, csrf) = (cookie_of(&fresh), token(&page));
    let recover = async |login: &str, code: &str| {
        let body =
            format!("csrf={csrf}&login={login}&code={code}&password=sju+mus+i+laven&again=sju+mus+i+laven");
        post(&router, &fresh, "/recover", &body).await
    };
    for (login, code) in [("kontor", code.as_str()), ("leser", "aaaaa-aaaaa"), ("leser", ""), ("ny", &code)] {
        assert_eq!(recover(login, code).await.0, StatusCode::OK, "{login}");
    }
    let (_, told, _) = recover("leser", &code.to_uppercase().replace('-', "+")).await;
    assert!(told.ends_with("/second-factor"), "{told}");
    assert_eq!(recover("leser", &code).await.0, StatusCode::OK, "a second time");
    let (_, to, _) = get(&router, &reader, "/supporters").await;
    assert_eq!(to, "/login", "what was open is ended");
    set_up(&test, &router, &cookie_of(&told)).await;
    assert_eq!(try_to_sign_in(&router, "leser", PASSWORD, "").await.0, StatusCode::OK, "the old password");

    let (_, _, page) = post(&router, &admin, "/settings/let-in", &{
        let (_, _, page) = get(&router, &admin, "/settings").await;
        format!("csrf={}&login=leser", token(&page))
    })
    .await;
    test.clock.advance(chrono::TimeDelta::hours(25));
    assert_eq!(recover("leser", &text_of(&page, "code")).await.0, StatusCode::OK, "the day after tomorrow");
}

// ASVS 6.5.2, 7.4.3: a new phone is set up by who knows the password, and ends what is open elsewhere.
#[tokio::test]
async fn a_new_phone() {
    let (test, router) = office();
    let (elsewhere, _) = sign_in(&test.hub, &router, "kontor").await;
    test.clock.advance(chrono::TimeDelta::seconds(30));
    let (here, csrf) = sign_in(&test.hub, &router, "kontor").await;
    let again = |password: &str| format!("csrf={csrf}&own={password}");
    let (status, ..) = post(&router, &here, "/settings/second-factor", &again("something+else")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(get(&router, &elsewhere, "/supporters").await.0, StatusCode::OK);
    let (_, told, _) = post(&router, &here, "/settings/second-factor", &again(PASSWORD)).await;
    assert!(told.ends_with("/second-factor"), "{told}");
    assert_eq!(get(&router, &elsewhere, "/second-factor").await.1, "/login");
    let codes = set_up(&test, &router, &cookie_of(&told)).await;
    test.clock.advance(chrono::TimeDelta::seconds(30));
    let old = secret().code(test.hub.now());
    assert_eq!(try_to_sign_in(&router, "kontor", PASSWORD, &old).await.0, StatusCode::OK, "the old phone");
    let (_, to, _) = try_to_sign_in(&router, "kontor", PASSWORD, &codes[0]).await;
    assert!(to.ends_with("/?done=by-paper"), "{to}");
    assert_eq!(try_to_sign_in(&router, "kontor", PASSWORD, &codes[0]).await.0, StatusCode::OK, "twice");
}
