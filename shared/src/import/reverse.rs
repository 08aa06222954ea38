//! What an import's change took the place of, so that it can be taken back. Kept beside the import and gone with the
//! supporter: it holds the old values.

use serde_json::{Value as Json, json};

use crate::document::{Content, Edit, Value};

/// Per key of one change what stood there before and what it was set to.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Reverse(Vec<Step>);

#[derive(Clone, PartialEq, Eq)]
struct Step {
    key: String,
    before: Option<Value>,
    set: Option<Value>,
}

// Personal data.
impl std::fmt::Debug for Reverse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reverse({} keys)", self.0.len())
    }
}

impl Reverse {
    /// The way back from `edits` on this content.
    pub fn of(content: &Content, edits: &[Edit]) -> Reverse {
        let step = |edit: &Edit| Step {
            key: edit.key.clone(),
            before: first(content, &edit.key).cloned(),
            set: edit.value.clone(),
        };
        Reverse(edits.iter().map(step).collect())
    }

    /// The edits that put back what stood before, as far as nobody has changed it since.
    pub fn edits(&self, now: &Content) -> Vec<Edit> {
        let untouched = self.0.iter().filter(|step| first(now, &step.key) == step.set.as_ref());
        untouched.map(|step| Edit { key: step.key.clone(), value: step.before.clone() }).collect()
    }

    /// JSON: `[[key, before or null, set or null]]`.
    pub fn to_text(&self) -> String {
        let json = |value: &Option<Value>| match value {
            Some(Value::Text(text)) => json!(text),
            Some(Value::Int(number)) => json!(number),
            Some(Value::Bool(yes)) => json!(yes),
            None => Json::Null,
        };
        let steps = self.0.iter().map(|step| json!([step.key, json(&step.before), json(&step.set)]));
        Json::from_iter(steps).to_string()
    }

    /// Reads what [`Reverse::to_text`] wrote; None for anything else.
    pub fn parse(text: &str) -> Option<Reverse> {
        let steps: Vec<(String, Json, Json)> = serde_json::from_str(text).ok()?;
        let step = |(key, before, set): (String, Json, Json)| {
            Some(Step { key, before: value(&before)?, set: value(&set)? })
        };
        Some(Reverse(steps.into_iter().map(step).collect::<Option<_>>()?))
    }
}

fn first<'a>(content: &'a Content, key: &str) -> Option<&'a Value> {
    content.get(key)?.first()
}

/// The outer None: no value of ours.
fn value(json: &Json) -> Option<Option<Value>> {
    Some(match json {
        Json::Null => None,
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Bool(yes) => Some(Value::Bool(*yes)),
        Json::Number(number) => Some(Value::Int(number.as_i64()?)),
        Json::Array(_) | Json::Object(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_again_since_stays() {
        let before: Content = [("a".to_owned(), vec![Value::from("one")])].into();
        let edits = [Edit::set("a", "two"), Edit::set("b", 3), Edit::set("c", true)];
        let reverse = Reverse::parse(&Reverse::of(&before, &edits).to_text()).unwrap();
        let now: Content = [
            ("a".to_owned(), vec![Value::from("two")]),
            ("b".to_owned(), vec![Value::Int(4)]),
            ("c".to_owned(), vec![Value::Bool(true)]),
        ]
        .into();
        assert_eq!(reverse.edits(&now), [Edit::set("a", "one"), Edit { key: "c".into(), value: None }]);
        assert_eq!(Reverse::parse("[[\"a\", [], null]]"), None);
        assert_eq!(Reverse::parse("nonsense"), None);
    }
}
