//! A visitor without a browser: logs in, follows every link of a program's screens, keeps what it was shown.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use helhet_shared::clock::{Clock as _, SystemClock};
use helhet_shared::second_factor::Secret;

use crate::process::{Answer, Installation};

/// Pages read at most; a link that leads on for ever is a fault of its own.
const PAGES_MAX: usize = 2_000;

/// Somebody at the screens of one program.
#[derive(Debug)]
pub struct Visitor<'a> {
    at: &'a Installation,
    cookies: BTreeMap<String, String>,
}

impl<'a> Visitor<'a> {
    /// Signs in as this user for the first time: where the program asks for a code besides the password from now on, that is
    /// set up.
    pub fn sign_in(at: &'a Installation, login: &str, password: &str) -> Self {
        let mut visitor = Self::sign_in_by(at, login, password, "")
            .unwrap_or_else(|page| panic!("{login} was not let in: {page}"));
        let page = visitor.get("/");
        if page.body.contains("id=\"secret\"") {
            visitor.set_up_code(&page, "/second-factor");
        }
        visitor
    }

    /// Signs in with a code; else the page that said no.
    ///
    /// # Errors
    /// When the program refuses.
    pub fn sign_in_by(at: &'a Installation, login: &str, password: &str, code: &str) -> Result<Self, String> {
        let mut visitor = Self { at, cookies: BTreeMap::new() };
        let page = visitor.get("/login");
        let fields = [("login", login), ("password", password), ("code", code)];
        let answer = visitor.send(&page, "/login", &fields);
        if (300..400).contains(&answer.status) { Ok(visitor) } else { Err(answer.body) }
    }

    /// Does what an app and its owner do on the page that sets the code up, and sends it there; gives the codes for paper.
    pub fn set_up_code(&mut self, page: &Answer, path: &str) -> Vec<String> {
        let text = between(&page.body, "id=\"secret\">", "<").expect("the page shows the secret");
        let secret = Secret::from_text(text).expect("the secret can be typed");
        let answer = self.send(page, path, &[("code", &secret.code(SystemClock.now()))]);
        let codes = between(&answer.body, "id=\"codes\">", "</ol>").expect("the page shows the codes");
        codes.split("<li>").filter_map(|item| item.split_once('<').map(|(code, _)| code.to_owned())).collect()
    }

    /// Unlocks a chapter's program and is signed in; else the page that said no.
    ///
    /// # Errors
    /// When the program refuses.
    pub fn unlock(at: &'a Installation, login: &str, password: &str) -> Result<Self, String> {
        let mut visitor = Self { at, cookies: BTreeMap::new() };
        let page = visitor.get("/unlock");
        let answer = visitor.send(&page, "/unlock", &[("login", login), ("password", password)]);
        if (300..400).contains(&answer.status) { Ok(visitor) } else { Err(answer.body) }
    }

    /// Becomes the first user of a chapter that has just joined, by the last step of its set-up.
    pub fn first_user(at: &'a Installation, login: &str, password: &str) -> Self {
        let mut visitor = Self { at, cookies: BTreeMap::new() };
        let page = visitor.get("/");
        let fields = [("login", login), ("password", password), ("again", password)];
        let answer = visitor.send(&page, "/setup/user", &fields);
        assert!((300..400).contains(&answer.status), "{login} could not be made: {}", answer.body);
        visitor
    }

    /// Sends a form of this page, with the page's token.
    pub fn send(&mut self, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.try_to_send(page, path, fields).expect("the program answers")
    }

    /// The same, where the program may take longer than anybody waits.
    ///
    /// # Errors
    /// When there is no answer within a minute.
    pub fn try_to_send(
        &mut self,
        page: &Answer,
        path: &str,
        fields: &[(&str, &str)],
    ) -> std::io::Result<Answer> {
        let token =
            field(&page.body, "csrf").unwrap_or_else(|| panic!("a form carries a token: {}", page.body));
        let mut form = format!("csrf={}", encoded(&token));
        for (name, value) in fields {
            form.push_str(&format!("&{name}={}", encoded(value)));
        }
        self.try_to_ask("POST", path, &form)
    }

    /// One page, following where it sends on.
    pub fn get(&mut self, path: &str) -> Answer {
        let mut answer = self.ask("GET", path, "");
        for _ in 0..5 {
            let Some(next) = answer.header("location").filter(|_| (300..400).contains(&answer.status)) else {
                break;
            };
            answer = self.ask("GET", &next, "");
        }
        answer
    }

    /// Every page that links lead to from the first one: path and body.
    pub fn every_page(&mut self) -> BTreeMap<String, String> {
        let mut seen = BTreeSet::from(["/".to_owned()]);
        let mut next = VecDeque::from(["/".to_owned()]);
        let mut pages = BTreeMap::new();
        while let Some(path) = next.pop_front() {
            let answer = self.get(&path);
            assert!(answer.status < 500, "{path} answers {}", answer.status);
            for link in links(&answer.body) {
                let leads_on =
                    link.starts_with('/') && !link.starts_with("/language/") && !link.starts_with("/static/");
                if leads_on && seen.insert(link.clone()) {
                    next.push_back(link);
                }
            }
            pages.insert(path, answer.body);
            assert!(pages.len() < PAGES_MAX, "links lead on for ever");
        }
        pages
    }

    fn ask(&mut self, method: &str, path: &str, form: &str) -> Answer {
        self.try_to_ask(method, path, form).expect("the program answers")
    }

    fn try_to_ask(&mut self, method: &str, path: &str, form: &str) -> std::io::Result<Answer> {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let origin = self.at.address();
        let headers = [
            ("Cookie", cookies.join("; ")),
            ("Origin", origin),
            ("Sec-Fetch-Site", "same-origin".to_owned()),
        ];
        let answer = self.at.ask(method, path, &headers, form)?;
        for line in answer.all("set-cookie") {
            if let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(answer)
    }
}

/// The value of a form's field by its name.
pub fn field(page: &str, name: &str) -> Option<String> {
    let input = page.split("<input").find(|rest| rest.contains(&format!("name=\"{name}\"")))?;
    let value = input.split("value=\"").nth(1)?;
    value.split('"').next().map(str::to_owned)
}

fn between<'p>(page: &'p str, before: &str, after: &str) -> Option<&'p str> {
    Some(page.split_once(before)?.1.split_once(after)?.0)
}

/// As forms send it.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn links(page: &str) -> Vec<String> {
    page.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|link| link.split('#').next().unwrap_or_default().replace("&amp;", "&"))
        .filter(|link| !link.is_empty())
        .collect()
}
