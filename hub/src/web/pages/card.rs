//! One supporter as the screens show it: the national record's values, each with who said so and when.

use helhet_shared::supporter::value::{Country, Phone};
use helhet_shared::web::Texts;
use serde_json::Value as Json;

use crate::national::Holder;
use crate::read;

/// What a card says. Its `Debug` shows the id alone.
#[derive(Clone, Default)]
pub(crate) struct Card {
    pub(crate) id: String,
    /// The record by which it was asked for, where that matters.
    pub(crate) record: String,
    pub(crate) name: String,
    pub(crate) is_organisation: bool,
    /// Codes of the roles that hold today.
    pub(crate) current_roles: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) roles: Vec<RoleLine>,
    pub(crate) consents: Vec<Consent>,
    pub(crate) more: Vec<Fact>,
    pub(crate) gift_sums: Vec<String>,
    pub(crate) gifts: Vec<GiftLine>,
    /// Chapters that hold the supporter; the office's own record is not among them.
    pub(crate) chapters: Vec<String>,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Card({})", self.id)
    }
}

macro_rules! hidden_lines {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* })+) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub(crate) struct $name { $(pub(crate) $field: $type,)* }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    )+};
}
hidden_lines! {
    /// A value with its sources in words: "Bergen, 4 May 2026".
    Fact { label: String, value: String, sources: Vec<String>, }
    /// A role at one chapter.
    RoleLine { code: String, time: String, chapter: String, }
    /// A purpose and what a chapter recorded about it.
    Consent { purpose: String, words: String, colour: &'static str, chapter: String, }
    /// One row of the ledger.
    GiftLine { day: String, amount: String, how: String, campaign: String, }
}

impl Card {
    /// The card of a national record's JSON.
    pub(crate) fn of(national: &Json, t: &Texts, today: chrono::NaiveDate, country: &Country) -> Self {
        let reader = Reader { national, t, country };
        let text = |key: &str| national[key].as_str().unwrap_or_default().to_owned();
        Self {
            id: text("id"),
            record: text("record"),
            name: reader.name(),
            is_organisation: national["kind"] == "organisation",
            current_roles: read::current_roles(national, today).into_iter().map(str::to_owned).collect(),
            tags: strings(&national["tags"]),
            facts: reader.facts(),
            roles: reader.roles(),
            consents: reader.consents(),
            more: reader.more(),
            gift_sums: reader.gift_sums(),
            gifts: reader.gifts(),
            chapters: reader.chapters(),
        }
    }
}

/// The holder's name as shown.
pub(crate) fn holder(name: &str, t: &Texts) -> String {
    if name == Holder::Office.name() { t.get("office-name").to_string() } else { name.to_owned() }
}

/// An amount in minor units as people write it: "1 234,50 NOK".
pub(crate) fn money(minor: i64, currency: &str, t: &Texts) -> String {
    let sign = if minor < 0 { "−" } else { "" };
    let whole = i64::try_from(minor.unsigned_abs() / 100).unwrap_or(i64::MAX);
    let rest = format!("{:02}", minor.unsigned_abs() % 100);
    let key = if rest == "00" { "money-whole" } else { "money" };
    t.get(key).arg("sign", sign).arg("whole", whole).arg("rest", rest).arg("currency", currency).to_string()
}

struct Reader<'a> {
    national: &'a Json,
    t: &'a Texts,
    /// Whose phone numbers are written without a prefix.
    country: &'a Country,
}

impl Reader<'_> {
    fn name(&self) -> String {
        let name = &self.national["name"];
        let parts = ["given", "family", "legal"].map(|part| name[part].as_str().unwrap_or_default());
        let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        if name.is_empty() { self.t.get("supporter-nameless").to_string() } else { name }
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &Json> {
        self.national[key].as_array().into_iter().flatten()
    }

    fn sources(&self, sources: &Json) -> Vec<String> {
        let said = |source: &Json| {
            let who = holder(source["chapter"].as_str().unwrap_or_default(), self.t);
            let when = self.t.iso(source["at"].as_str().unwrap_or_default());
            self.t.get("source").arg("who", who).arg("when", when).to_string()
        };
        sources.as_array().into_iter().flatten().map(said).collect()
    }

    fn fact(&self, field: &str, value: String, sources: &Json) -> Fact {
        Fact { label: self.t.code("field", field), value, sources: self.sources(sources) }
    }

    /// Name, birth, number and contact details.
    fn facts(&self) -> Vec<Fact> {
        let national = self.national;
        let mut facts = Vec::new();
        let name_label = self.t.get("supporters-name").to_string();
        let sources = self.sources(&national["name_sources"]);
        facts.push(Fact { label: name_label, value: self.name(), sources });
        if let Some(number) = national["organisation_number"]["value"].as_str() {
            let sources = &national["organisation_number"]["sources"];
            facts.push(self.fact("organisation_number", number.to_owned(), sources));
        }
        if let Some(date) = national["birth"]["date"].as_str() {
            facts.push(self.fact("birth/date", self.t.iso(date), &national["birth_sources"]));
        } else if let Some(year) = national["birth"]["year"].as_i64() {
            facts.push(self.fact("birth/year", year.to_string(), &national["birth_sources"]));
        }
        for (list, field) in [("emails", "email/*"), ("phones", "phone/*"), ("addresses", "address")] {
            facts.extend(self.list(list).map(|entry| {
                self.fact(field, Phone::shown(&shown(&entry["value"]), self.country), &entry["sources"])
            }));
        }
        facts
    }

    fn roles(&self) -> Vec<RoleLine> {
        let line = |role: &Json| {
            let day = |key: &str| role[key].as_str().map(|day| self.t.iso(day));
            let time = match (day("from"), day("to")) {
                (Some(from), Some(to)) => {
                    self.t.get("role-between").arg("from", from).arg("to", to).to_string()
                }
                (Some(from), None) => self.t.get("role-since").arg("from", from).to_string(),
                (None, Some(to)) => self.t.get("role-until").arg("to", to).to_string(),
                (None, None) => String::new(),
            };
            RoleLine {
                code: role["role"].as_str().unwrap_or_default().to_owned(),
                time,
                chapter: holder(role["chapter"].as_str().unwrap_or_default(), self.t),
            }
        };
        self.list("roles").map(line).collect()
    }

    fn consents(&self) -> Vec<Consent> {
        let line = |grant: &Json| {
            let text = |key: &str| grant[key].as_str().unwrap_or_default();
            let day = |key: &str| self.t.iso(text(key));
            let (words, colour) = if grant["withdrawn_at"].is_string() {
                (self.t.get("consent-withdrawn").arg("date", day("withdrawn_at")).to_string(), "no")
            } else if grant["given_at"].is_string() {
                (self.t.get("consent-given").arg("date", day("given_at")).to_string(), "yes")
            } else {
                (self.t.get("consent-given-undated").to_string(), "yes")
            };
            Consent {
                purpose: text("purpose").to_owned(),
                words,
                colour,
                chapter: holder(text("chapter"), self.t),
            }
        };
        let mut lines: Vec<Consent> = self.list("grants").map(line).collect();
        lines.extend(self.list("withdrawals").filter(|no| self.stands(no)).map(|no| Consent {
            purpose: no["purpose"].as_str().unwrap_or_default().to_owned(),
            words: match no["at"].as_str() {
                Some(at) => self.t.get("consent-refused").arg("date", self.t.iso(at)).to_string(),
                None => self.t.get("consent-refused-undated").to_string(),
            },
            colour: "no",
            chapter: holder(no["chapter"].as_str().unwrap_or_default(), self.t),
        }));
        lines
    }

    /// Whether a no of the supporter's own has not been followed by a yes that knew of it.
    fn stands(&self, no: &Json) -> bool {
        let answered = |grant: &Json| {
            grant["purpose"] == no["purpose"]
                && grant["chapter"] == no["chapter"]
                && !grant["withdrawn_at"].is_string()
        };
        no["refused"] == true && !self.list("grants").any(answered)
    }

    /// What else the records hold, as far as it has a name here.
    fn more(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (key, values) in self.national["more"].as_object().into_iter().flatten() {
            let Some((field, entry)) = helhet_shared::supporter::Field::of_key(key) else { continue };
            for said in values.as_array().into_iter().flatten() {
                let mut fact =
                    self.fact(field.pattern(), self.t.iso(&shown(&said["value"])), &said["sources"]);
                if field.pattern().starts_with("dues") {
                    fact.label = format!("{} {entry}", fact.label);
                    fact.value = self.t.code("dues", &fact.value);
                }
                facts.push(fact);
            }
        }
        facts
    }

    fn gift_sums(&self) -> Vec<String> {
        let sums = self.national["gifts"]["sums_minor"].as_object().into_iter().flatten();
        sums.map(|(currency, sum)| money(sum.as_i64().unwrap_or_default(), currency, self.t)).collect()
    }

    fn gifts(&self) -> Vec<GiftLine> {
        let line = |gift: &Json| {
            let text = |key: &str| gift[key].as_str().unwrap_or_default().to_owned();
            let code = |key: &str| text(key).to_lowercase().replace(' ', "_");
            // A word that the file's own program made up stays as it was written.
            let known = |key: &str, word: String| if word == code(key) { text(key) } else { word };
            let frequency = known("frequency", self.t.code("frequency", &code("frequency")));
            let method = known("method", self.t.code("method", &code("method")));
            let how = [frequency, method].into_iter().filter(|word| !word.is_empty());
            GiftLine {
                day: self.t.iso(&text("paid_at")),
                amount: money(gift["amount_minor"].as_i64().unwrap_or_default(), &text("currency"), self.t),
                how: how.collect::<Vec<_>>().join(", "),
                campaign: text("campaign"),
            }
        };
        let ledger = self.national["gifts"]["ledger"].as_array();
        ledger.into_iter().flatten().rev().map(line).collect()
    }

    fn chapters(&self) -> Vec<String> {
        let names = self.list("records").filter_map(|record| record["chapter"].as_str());
        let mut names: Vec<String> =
            names.filter(|name| *name != Holder::Office.name()).map(str::to_owned).collect();
        names.dedup();
        names
    }
}

fn strings(list: &Json) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
}

/// A value as text; an address on one line.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Object(parts) => {
            let part = |name: &str| parts.get(name).and_then(Json::as_str).unwrap_or_default();
            let place = [part("postcode"), part("city")].join(" ").trim().to_owned();
            let lines = [part("street"), place.as_str(), part("country")];
            lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
        }
        Json::Null | Json::Bool(_) | Json::Array(_) => String::new(),
    }
}
