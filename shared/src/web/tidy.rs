//! What the tests of both programs hold for templates and language files: every key exists in all four languages and is used, no
//! sentence stands in a template, forms are opened by the component that carries the token, and nothing carries its own style;
//! and where a page leads, so that no page leads anybody to what is refused.
//!
//! Used by tests only.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Language, Translations};

/// The templates and sources of one program, read from its folder.
#[derive(Debug)]
pub struct Tidy {
    templates: BTreeMap<String, String>,
    sources: BTreeMap<String, String>,
}

/// Names that are the same in every language.
const PROPER_NAMES: [&str; 3] = ["Helhet", "Kari Nordmann", "kari@example.org"];
/// A literal that begins so is a key, wherever it stands.
const KEY_PREFIXES: [&str; 4] = ["error-", "problem-", "done-", "notice-"];

impl Tidy {
    /// Reads `*.html` under the template folders and `*.rs` under the source folders of `root`.
    pub fn read(root: &str, templates: &[&str], sources: &[&str]) -> Self {
        let read_all = |folders: &[&str], ending: &str| {
            let mut files = BTreeMap::new();
            for folder in folders {
                read_folder(&Path::new(root).join(folder), ending, &mut files);
            }
            files
        };
        Self { templates: read_all(templates, "html"), sources: read_all(sources, "rs") }
    }

    /// Panics with everything that is untidy. `files` are the language files of this program alone; `translations` all it uses.
    pub fn check(&self, translations: &Translations, files: &[(Language, &str)]) {
        let mut faults = Vec::new();
        self.check_keys(translations, files, &mut faults);
        for (name, text) in &self.templates {
            faults.extend(
                sentences(text).into_iter().map(|found| format!("{name}: a text in a template: {found}")),
            );
            if !name.ends_with("components.html") && text.contains("method=\"post\"") {
                faults.push(format!("{name}: a form is opened by ui::form_open or ui::upload_open"));
            }
            for forbidden in [" style=", " onclick=", "<script>", "|safe", "<style"] {
                if text.contains(forbidden) {
                    faults.push(format!("{name}: {forbidden}"));
                }
            }
        }
        assert!(faults.is_empty(), "untidy:\n{}", faults.join("\n"));
    }

    fn check_keys(&self, translations: &Translations, files: &[(Language, &str)], faults: &mut Vec<String>) {
        let all = || {
            self.templates
                .iter()
                .chain(&self.sources)
                .filter(|(name, _)| !name.contains("/tests") && !name.ends_with("tidy.rs"))
        };
        let mut literals = BTreeSet::new();
        let mut families = BTreeSet::new();
        for (name, text) in all() {
            for key in after(text, &["t.get(\"", "texts.get(\""]) {
                if Language::ALL.iter().any(|language| !translations.has(*language, key)) {
                    faults.push(format!("{name}: no text {key} in all languages"));
                }
            }
            families.extend(after(text, &[".code(\""]));
            literals.extend(text.split('"').filter(|literal| is_key(literal)));
        }
        for key in literals.iter().filter(|key| KEY_PREFIXES.iter().any(|prefix| key.starts_with(prefix))) {
            if !translations.has(Language::English, key) {
                faults.push(format!("no text {key}"));
            }
        }
        let defined: BTreeSet<&str> =
            files.iter().flat_map(|(_, file)| file.lines().filter_map(key_of_line)).collect();
        for key in defined {
            for language in Language::ALL {
                if !translations.has(language, key) {
                    faults.push(format!("{key} is missing in {language}"));
                }
            }
            let by_family = families
                .iter()
                .any(|family| key.strip_prefix(family).is_some_and(|rest| rest.starts_with('-')));
            if !by_family && !literals.contains(key) {
                faults.push(format!("{key} is used nowhere"));
            }
        }
    }
}

/// Where a page leads: method and address of each link and form on it, but for files of the program and other languages.
pub fn leads_to(page: &str) -> BTreeSet<(&'static str, String)> {
    let all = [("GET", " href=\""), ("POST", " action=\"")].into_iter().flat_map(|(method, before)| {
        let addresses = page.split(before).skip(1).filter_map(|rest| rest.split('"').next());
        addresses.map(move |address| (method, address.to_owned()))
    });
    all.filter(|(_, address)| {
        address.starts_with('/') && !address.starts_with("/static/") && !address.starts_with("/language/")
    })
    .collect()
}

fn read_folder(folder: &Path, ending: &str, files: &mut BTreeMap<String, String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { panic!("no folder {}", folder.display()) };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            read_folder(&path, ending, files);
        } else if path.extension().is_some_and(|found| found == ending)
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let lines: Vec<&str> =
                program.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            files.insert(path.display().to_string(), lines.join("\n"));
        }
    }
}

/// What stands between each of the beginnings and the next quotation mark.
fn after<'t>(text: &'t str, beginnings: &[&str]) -> Vec<&'t str> {
    let mut found = Vec::new();
    for beginning in beginnings {
        found.extend(text.split(beginning).skip(1).filter_map(|rest| rest.split('"').next()));
    }
    found
}

fn is_key(literal: &str) -> bool {
    literal.contains(|c: char| c.is_ascii_lowercase())
        && !literal.ends_with('-')
        && literal.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}

fn key_of_line(line: &str) -> Option<&str> {
    let key = line.split_once(" =")?.0;
    (!line.starts_with([' ', '#', '}']) && is_key(key)).then_some(key)
}

/// The words of a template that a reader would see and that come from no language file.
fn sentences(template: &str) -> Vec<String> {
    let bare = without(&without(&without(template, "{#", "#}"), "{%", "%}"), "{{", "}}");
    let mut found: Vec<String> = Vec::new();
    for attribute in ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\"", "data-label=\""] {
        found.extend(after(&bare, &[attribute]).into_iter().map(str::to_owned));
    }
    let mut text = without(&bare, "<", ">");
    for name in PROPER_NAMES {
        text = text.replace(name, "");
    }
    found.extend(text.lines().map(str::to_owned));
    found
        .into_iter()
        .map(|line| line.trim().to_owned())
        .filter(|line| line.chars().any(char::is_alphabetic) && !line.starts_with("aria-"))
        .collect()
}

fn without(text: &str, from: &str, to: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once(from) {
        kept.push_str(before);
        rest = after.split_once(to).map_or("", |(_, after)| after);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_in_a_template_is_found() {
        assert_eq!(sentences("<p>{{ t.get(\"x\") }} – Helhet</p>{# a note #}"), Vec::<String>::new());
        assert_eq!(sentences("<p>Lagre</p>"), ["Lagre"]);
        assert_eq!(sentences("<a title=\"Lukk {{ name }}\">×</a>"), ["Lukk"]);
    }
}
