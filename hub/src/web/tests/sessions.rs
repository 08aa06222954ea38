//! One's own sign-ins and others': seen, and ended.

use super::*;

/// The numbers of the sessions that a page of settings offers to end.
fn numbers(page: &str) -> Vec<String> {
    let offered = page.split("name=\"session\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    offered.filter(|number| *number != "others").map(str::to_owned).collect()
}

async fn is_in(router: &Router, cookie: &str) -> bool {
    ask(router, Request::get("/supporters").header("cookie", cookie), "").await.0 == StatusCode::OK
}

// ASVS 7.5.2: one's own sessions are listed, and ended one by one or all others, after the password.
#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions() {
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &Reach::default());
    for login in ["kontor", "anne"] {
        add_user(&test.hub, login, UserRole::Administrator);
    }
    let mut open = Vec::new();
    for login in ["kontor", "kontor", "kontor", "anne"] {
        open.push(sign_in(&test.hub, &router, login).await);
        test.clock.advance(chrono::TimeDelta::minutes(1));
    }
    let (cookie, csrf) = open[2].clone();
    let (_, _, page) = ask(&router, Request::get("/settings").header("cookie", &cookie), "").await;
    let others = numbers(&page);
    assert_eq!(others.len(), 2, "nobody else's, and not this one: {page}");
    assert!(page.contains("2 timer") && page.contains("12 timer"), "the limits are said: {page}");

    let end = async |which: &str, password: &str| {
        let body = format!("csrf={csrf}&session_own={password}&session={which}");
        ask(&router, Request::post("/settings/sessions").header("cookie", &cookie), &body).await
    };
    let (status, _, page) = end(&others[0], "wrong").await;
    assert!(status == StatusCode::OK && page.contains("session_own-error"), "{page}");
    assert!(is_in(&router, &open[0].0).await && is_in(&router, &open[1].0).await);
    // The page that says so may ask for its parts at the deed's address: that is neither a page nor a refusal.
    let again = Request::get("/settings/sessions").header("cookie", &cookie);
    assert_eq!(ask(&router, again, "").await.0, StatusCode::METHOD_NOT_ALLOWED);
    // The one used last stands first.
    let (_, told, page) = end(&others[0], "ekorn+under+brygga").await;
    assert!(told.ends_with("done=sessions-ended"), "{page}");
    assert!(is_in(&router, &open[0].0).await && !is_in(&router, &open[1].0).await);
    assert_eq!(end(&others[0], "ekorn+under+brygga").await.0, StatusCode::NOT_FOUND);
    end("others", "ekorn+under+brygga").await;
    assert!(
        !is_in(&router, &open[0].0).await
            && is_in(&router, &cookie).await
            && is_in(&router, &open[3].0).await
    );
}

// ASVS 7.4.5: an administrator ends all sessions of a user, who may sign in again; nobody else does.
#[tokio::test]
async fn an_administrator_signs_a_user_out_everywhere() {
    let test = TestHub::new();
    let router = router(&test.hub, "127.0.0.1:8080".parse().unwrap(), &Reach::default());
    add_user(&test.hub, "kontor", UserRole::Administrator);
    add_user(&test.hub, "anne", UserRole::MemberService);
    let (boss, boss_csrf) = sign_in(&test.hub, &router, "kontor").await;
    let (anne, anne_csrf) = sign_in(&test.hub, &router, "anne").await;
    let sign_out = async |by: &str, csrf: &str, login: &str| {
        let body = format!("csrf={csrf}&login={login}");
        ask(&router, Request::post("/users/sign-out").header("cookie", by), &body).await.0
    };
    assert_eq!(sign_out(&anne, &anne_csrf, "kontor").await, StatusCode::FORBIDDEN);
    assert!(is_in(&router, &boss).await);
    let (_, _, page) = ask(&router, Request::get("/users").header("cookie", &boss), "").await;
    assert!(page.contains("/users/sign-out"));
    assert_eq!(sign_out(&boss, &boss_csrf, "anne").await, StatusCode::SEE_OTHER);
    assert!(!is_in(&router, &anne).await && is_in(&router, &boss).await);
    test.clock.advance(chrono::TimeDelta::minutes(1));
    let (anne, _) = sign_in(&test.hub, &router, "anne").await;
    assert!(is_in(&router, &anne).await);
    // ASVS 14.3.1: a page that stood open is told, and goes.
    sign_out(&boss, &boss_csrf, "anne").await;
    let part = Request::get("/supporters").header("cookie", &anne).header("x-helhet-part", "live");
    assert_eq!(ask(&router, part, "").await.0, StatusCode::UNAUTHORIZED);
}
