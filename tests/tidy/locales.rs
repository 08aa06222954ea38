//! The texts of the screens: every language has every text, with the same places to fill in.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::files;

/// The languages of the screens; a folder or a file of a language is named by its code.
const LANGUAGES: [&str; 4] = ["en", "nb", "nl", "sv"];

/// Texts of one `locales/` folder in one language: key to the variables that it fills in.
type Texts = BTreeMap<String, BTreeSet<String>>;

fn texts(ftl: &str) -> Texts {
    let mut texts = Texts::new();
    let mut key = String::new();
    for line in ftl.lines() {
        let named = line.split_once('=').map(|(key, _)| key.trim());
        if let Some(name) =
            named.filter(|_| line.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '-'))
        {
            key = name.to_owned();
            texts.entry(key.clone()).or_default();
        } else if let Some(attribute) = named.filter(|name| name.starts_with('.') && line.starts_with(' ')) {
            let owner = key.split('.').next().unwrap_or_default().to_owned();
            key = format!("{owner}{attribute}");
            texts.entry(key.clone()).or_default();
        }
        for rest in line.split('$').skip(1) {
            let name =
                rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-').next();
            texts.entry(key.clone()).or_default().insert(name.unwrap_or_default().to_owned());
        }
    }
    texts
}

/// Folder of locales → language → its texts, whatever way a language's texts are spread over files.
fn locales() -> BTreeMap<String, BTreeMap<&'static str, Texts>> {
    let mut folders: BTreeMap<String, BTreeMap<&'static str, Texts>> = BTreeMap::new();
    for (path, text) in ["shared", "node", "hub"].iter().flat_map(|member| files(member, ".ftl")) {
        let language = LANGUAGES
            .into_iter()
            .find(|code| path.contains(&format!("/{code}/")) || path.ends_with(&format!("/{code}.ftl")))
            .unwrap_or_else(|| panic!("{path} is of no known language"));
        let folder = path.split("locales").next().unwrap_or_default().to_owned();
        folders.entry(folder).or_default().entry(language).or_default().extend(texts(&text));
    }
    folders
}

#[test]
fn every_language_has_every_text() {
    for (folder, languages) in locales() {
        let first = &languages["en"];
        for code in LANGUAGES {
            let other = languages.get(code).unwrap_or_else(|| panic!("{folder}locales has no {code}"));
            let missing: Vec<_> = first.keys().filter(|key| !other.contains_key(*key)).collect();
            let extra: Vec<_> = other.keys().filter(|key| !first.contains_key(*key)).collect();
            assert!(
                missing.is_empty() && extra.is_empty(),
                "{folder}locales {code}: missing {missing:?}, extra {extra:?}"
            );
            for (key, places) in first {
                assert_eq!(places, &other[key], "{folder}locales {code}: {key} fills in other places");
            }
        }
    }
}

#[test]
fn the_reading_of_texts_knows_keys_attributes_and_places() {
    let read = texts("# remark\nsave = Save\ngreeting = Hello { $name }\n    .title = For { $who }\n");
    assert_eq!(read.keys().collect::<Vec<_>>(), ["greeting", "greeting.title", "save"]);
    assert_eq!(read["greeting"], BTreeSet::from(["name".to_owned()]));
    assert_eq!(read["greeting.title"], BTreeSet::from(["who".to_owned()]));
}
