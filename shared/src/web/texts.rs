//! Every sentence a person reads: Fluent files of the four languages, looked up by key.
//!
//! A key that is missing shows as `⟦key⟧`; the tests render every page in every language and fail on that sign.
//! Values go in as arguments and are escaped by the template like any other text.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::Language;

/// All texts of a program, in all languages, read once at start.
pub struct Translations {
    bundles: Vec<FluentBundle<FluentResource>>,
}

/// A language file that cannot be read: an error of the program, found at its start.
#[derive(Debug, thiserror::Error)]
pub enum TranslationError {
    #[error("a {0} language file is not Fluent: {1}")]
    Syntax(Language, String),
    #[error("a key is defined twice in {0}: {1}")]
    Twice(Language, String),
}

impl Translations {
    /// Reads the files; a key that is defined twice is an error, so no file silently replaces another's text.
    pub fn new(
        sources: impl IntoIterator<Item = (Language, &'static str)>,
    ) -> Result<Self, TranslationError> {
        let mut bundles: Vec<_> = Language::ALL.iter().map(|language| empty_bundle(*language)).collect();
        for (language, source) in sources {
            let resource = FluentResource::try_new(source.to_owned())
                .map_err(|(_, errors)| TranslationError::Syntax(language, format!("{errors:?}")))?;
            bundles[language as usize]
                .add_resource(resource)
                .map_err(|errors| TranslationError::Twice(language, format!("{errors:?}")))?;
        }
        Ok(Self { bundles })
    }

    pub fn has(&self, language: Language, key: &str) -> bool {
        self.bundles[language as usize].has_message(key)
    }
}

impl fmt::Debug for Translations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Translations")
    }
}

fn empty_bundle(language: Language) -> FluentBundle<FluentResource> {
    let id = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // The marks that keep right-to-left names apart would end in attributes and in what people copy; our four languages need none.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Bokmal | Language::Swedish => |value, _| grouped_value(value, '\u{a0}'),
        Language::Dutch => |value, _| grouped_value(value, '.'),
        Language::English => |value, _| grouped_value(value, ','),
    }));
    bundle
}

fn grouped_value(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    (number.value.fract() == 0.0).then(|| grouped(number.value as i64, separator))
}

/// Digits in groups of three; four digits stay together, as all four languages write them in running text.
fn grouped(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    if number < 0 {
        text.push('−');
    }
    for (position, digit) in digits.chars().enumerate() {
        if digits.len() > 4 && position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// The texts in one visitor's language. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Texts {
    translations: Arc<Translations>,
    language: Language,
}

impl Texts {
    pub fn new(translations: Arc<Translations>, language: Language) -> Self {
        Self { translations, language }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is a text of this key.
    pub fn has(&self, key: &str) -> bool {
        self.translations.has(self.language, key)
    }

    /// The languages to choose among.
    pub fn languages(&self) -> [Language; 4] {
        Language::ALL
    }

    /// The text of a key, to which arguments may be added: `t.get("list-count").arg("count", 12)`.
    pub fn get<'t>(&'t self, key: &'t str) -> Text<'t> {
        Text { texts: self, key, arguments: FluentArgs::new() }
    }

    /// The word for a code of a family: `t.code("role", "peer_supporter")` is the text of `role-peer_supporter`, and
    /// `t.code("field", "address/*/city")` that of `field-address_city`.
    /// A code of a newer version that has no text is shown as it is.
    pub fn code(&self, family: &str, code: &str) -> String {
        let key = format!("{family}-{}", code.replace("/*", "").replace(['/', '.'], "_"));
        if self.translations.has(self.language, &key) { self.get(&key).to_string() } else { code.to_owned() }
    }

    pub fn number(&self, number: impl Argument) -> String {
        self.get("number").arg("count", number).to_string()
    }

    /// A day in words: "4. mai 2026".
    pub fn date(&self, date: impl std::borrow::Borrow<NaiveDate>) -> String {
        let date = date.borrow();
        let month = self.get(MONTHS[date.month0() as usize]).to_string();
        self.get("date-long")
            .arg("day", date.day().to_string())
            .arg("month", month)
            .arg("year", date.year().to_string())
            .to_string()
    }

    /// A day as people type it: "04.05.2026", "2026-05-04".
    pub fn typed_date(&self, date: impl std::borrow::Borrow<NaiveDate>) -> String {
        let date = date.borrow();
        self.get("date-short")
            .arg("day", format!("{:02}", date.day()))
            .arg("month", format!("{:02}", date.month()))
            .arg("year", date.year().to_string())
            .to_string()
    }

    /// A date as documents keep it (ISO text), in words; what is not a date stays as written.
    pub fn iso(&self, text: &str) -> String {
        match text.get(..10).unwrap_or(text).parse::<NaiveDate>() {
            Ok(date) => self.date(date),
            Err(_) => text.to_owned(),
        }
    }

    /// How long ago, roughly, as people say it; past a week the date.
    pub fn ago(&self, then: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let minutes = (now - then).num_minutes();
        let (key, count) = match minutes {
            ..1 => ("ago-now", 0),
            1..60 => ("ago-minutes", minutes),
            60..1440 => ("ago-hours", minutes / 60),
            1440..10080 => ("ago-days", minutes / 1440),
            _ => return self.get("ago-date").arg("date", self.date(then.date_naive())).to_string(),
        };
        self.get(key).arg("count", count).to_string()
    }

    /// How long something lasts: whole hours, or days from two on.
    pub fn span(&self, span: chrono::Duration) -> String {
        let (key, count) = match span.num_hours() {
            hours @ ..48 => ("span-hours", hours),
            hours => ("span-days", hours / 24),
        };
        self.get(key).arg("count", count).to_string()
    }
}

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
    "month-10", "month-11", "month-12",
];

/// One text on its way to the page.
#[derive(Debug)]
pub struct Text<'t> {
    texts: &'t Texts,
    key: &'t str,
    arguments: FluentArgs<'t>,
}

impl<'t> Text<'t> {
    pub fn arg(mut self, name: &'t str, value: impl Argument) -> Self {
        self.arguments.set(name, value.fluent());
        self
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bundle = &self.texts.translations.bundles[self.texts.language as usize];
        let Some(pattern) = bundle.get_message(self.key).and_then(|message| message.value()) else {
            tracing::error!(key = self.key, "a text is missing");
            return write!(f, "⟦{}⟧", self.key);
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&self.arguments), &mut errors);
        if errors.is_empty() { f.write_str(&text) } else { write!(f, "⟦{}⟧", self.key) }
    }
}

impl askama::FastWritable for Text<'_> {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(write!(dest, "{self}")?)
    }
}

/// What may be an argument of a text; by reference too, since templates pass references.
pub trait Argument {
    fn fluent(&self) -> FluentValue<'static>;
}

impl<T: Argument + ?Sized> Argument for &T {
    fn fluent(&self) -> FluentValue<'static> {
        (**self).fluent()
    }
}
impl Argument for str {
    fn fluent(&self) -> FluentValue<'static> {
        self.to_owned().into()
    }
}
impl Argument for String {
    fn fluent(&self) -> FluentValue<'static> {
        self.clone().into()
    }
}
macro_rules! number_arguments {
    ($($number:ty),*) => { $(impl Argument for $number {
        fn fluent(&self) -> FluentValue<'static> { (*self).into() }
    })* };
}
number_arguments!(i32, i64, u32, u64, usize);

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(language: Language) -> Texts {
        Texts::new(Arc::new(Translations::new(crate::web::SHARED_TEXTS).unwrap()), language)
    }

    #[test]
    fn dates_and_numbers_in_the_languages_own_way() {
        let day = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
        assert_eq!(texts(Language::Bokmal).date(day), "4. mai 2026");
        assert_eq!(texts(Language::Swedish).date(day), "4 maj 2026");
        assert_eq!(texts(Language::Dutch).date(day), "4 mei 2026");
        assert_eq!(texts(Language::English).date(day), "4 May 2026");
        assert_eq!(texts(Language::Bokmal).iso("2026-05-04T10:00:00Z"), "4. mai 2026");
        assert_eq!(texts(Language::Bokmal).iso("i fjor"), "i fjor");
        assert_eq!(texts(Language::Dutch).number(12345), "12.345");
        assert_eq!(texts(Language::Bokmal).number(1234), "1234");
        assert_eq!(texts(Language::Swedish).number(-1234567), "−1\u{a0}234\u{a0}567");
    }

    #[test]
    fn how_long_ago() {
        let t = texts(Language::English);
        let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        let ago = |minutes| t.ago(now - chrono::Duration::minutes(minutes), now);
        assert_eq!(ago(0), "just now");
        assert_eq!(ago(-5), "just now");
        assert_eq!(ago(1), "1 minute ago");
        assert_eq!(ago(119), "1 hour ago");
        assert_eq!(ago(3 * 1440), "3 days ago");
        assert!(ago(20 * 1440).starts_with("on "));
    }

    #[test]
    fn a_missing_text_is_seen() {
        let t = texts(Language::English);
        assert_eq!(t.get("no-such-key").to_string(), "⟦no-such-key⟧");
        assert_eq!(t.get("ago-minutes").to_string(), "⟦ago-minutes⟧");
        assert_eq!(t.code("role", "from_a_newer_version"), "from_a_newer_version");
    }
}
