//! Which browser somebody uses, in plain words: its name and the system's, for the list of one's own sign-ins. Nothing more of what a
//! browser says of itself is kept.

use super::Texts;

/// A browser as far as it says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Browser {
    name: Option<&'static str>,
    system: Option<&'static str>,
}

/// What a browser's own words hold, and what people call it. Each also says what it descends from, so the order matters.
const NAMES: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

impl Browser {
    /// Read off a `User-Agent`.
    pub fn of(user_agent: &str) -> Self {
        let found = |known: &[(&str, &'static str)]| {
            known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
        };
        Self { name: found(&NAMES), system: found(&SYSTEMS) }
    }

    /// In the visitor's language.
    pub fn words(self, t: &Texts) -> String {
        match (self.name, self.system) {
            (Some(name), Some(system)) => {
                t.get("browser-on").arg("browser", name).arg("system", system).to_string()
            }
            (Some(name), None) => name.to_owned(),
            (None, Some(system)) => t.get("browser-unknown-on").arg("system", system).to_string(),
            (None, None) => t.get("browser-unknown").to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_known_by_the_names_that_people_use() {
        for (said, name, system) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                Some("Edge"),
                Some("Windows"),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                Some("Firefox"),
                Some("Linux"),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15",
                Some("Safari"),
                Some("Mac"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
                Some("Chrome"),
                Some("Android"),
            ),
            ("curl/8.14.1", None, None),
            ("", None, None),
        ] {
            assert_eq!(Browser::of(said), Browser { name, system }, "{said}");
        }
    }
}
