//! Forms: what was typed is kept, and an error stands at its field. [`Submitted`] and [`Upload`] are the only ways into a form's
//! content, and both have checked its token.

use std::collections::BTreeMap;
use std::fmt;

use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{ErrorPage, Problem, Visit, csrf};

/// The values and errors of one form. Its `Debug` shows field names only.
#[derive(Clone, Default)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
}

/// One field's error: the key of a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub key: String,
}

/// One choice of a select, a group of radio buttons or check boxes; the label is already in the visitor's language.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl Form {
    /// The value of a field, trimmed; empty if it was not sent.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    /// As sent, not trimmed: for passwords.
    pub fn exact(&self, field: &str) -> &str {
        self.values.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All values of a field that are not empty: check boxes of one name.
    pub fn values(&self, field: &str) -> Vec<&str> {
        let sent = self.values.get(field).map(Vec::as_slice).unwrap_or_default();
        sent.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect()
    }

    /// The value if something was typed.
    pub fn given(&self, field: &str) -> Option<String> {
        Some(self.value(field)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    pub fn is_chosen(&self, field: &str, value: &str) -> bool {
        self.values(field).contains(&value)
    }

    /// All fields that begin with a prefix, without it: `map/3` by `map/`.
    pub fn starting_with<'f>(&'f self, prefix: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.values.keys().filter_map(move |field| Some((field.strip_prefix(prefix)?, self.value(field))))
    }

    pub fn set(&mut self, field: impl Into<String>, value: impl Into<String>) -> &mut Self {
        self.values.entry(field.into()).or_default().push(value.into());
        self
    }

    /// Forgets what was typed in a field (passwords are never sent back).
    pub fn forget(&mut self, field: &str) {
        self.values.remove(field);
    }

    /// Puts an error at a field. The first one of a field stands.
    pub fn refuse(&mut self, field: impl Into<String>, key: impl Into<String>) {
        let field = field.into();
        if self.error(&field).is_none() {
            self.errors.push(FieldError { field, key: key.into() });
        }
    }

    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.key.as_str())
    }

    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").field("fields", &self.values.keys()).field("errors", &self.errors).finish()
    }
}

/// A form that was posted from one of our pages.
#[derive(Debug)]
pub struct Submitted(pub Form);

impl<S: Send + Sync> FromRequest<S> for Submitted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = visit(&mut parts, state).await?;
        let request = Request::from_parts(parts, body);
        let axum::Form(pairs) = axum::Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(|_| ErrorPage::of(&visit, Problem::Unreadable).into_response())?;
        let mut form = Form::default();
        for (field, value) in pairs {
            form.set(field, value);
        }
        checked(form, &visit).map(Submitted).map_err(|problem| ErrorPage::of(&visit, problem).into_response())
    }
}

/// A form with one file, posted from one of our pages.
pub struct Upload {
    pub form: Form,
    pub file_name: String,
    pub file: Vec<u8>,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("bytes", &self.file.len()).finish_non_exhaustive()
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = visit(&mut parts, state).await?;
        let request = Request::from_parts(parts, body);
        let problem = |problem| ErrorPage::of(&visit, problem).into_response();
        let mut parts =
            Multipart::from_request(request, state).await.map_err(|_| problem(Problem::Unreadable))?;
        let mut upload = Upload { form: Form::default(), file_name: String::new(), file: Vec::new() };
        while let Some(part) = parts.next_field().await.map_err(|_| problem(Problem::TooLarge))? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(file_name) => {
                    upload.file = part.bytes().await.map_err(|_| problem(Problem::TooLarge))?.to_vec();
                    upload.file_name = file_name;
                }
                None => {
                    let text = part.text().await.map_err(|_| problem(Problem::Unreadable))?;
                    upload.form.set(name, text);
                }
            }
        }
        upload.form = checked(upload.form, &visit).map_err(problem)?;
        Ok(upload)
    }
}

async fn visit<S: Send + Sync>(parts: &mut axum::http::request::Parts, state: &S) -> Result<Visit, Response> {
    Visit::from_request_parts(parts, state).await.map_err(StatusCode::into_response)
}

fn checked(form: Form, visit: &Visit) -> Result<Form, Problem> {
    if visit.csrf.matches(form.value(csrf::FIELD)) { Ok(form) } else { Err(Problem::OldForm) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_kept_and_the_first_error_stands() {
        let mut form = Form::default();
        form.set("email", " kari@ ").set("role", "member").set("role", "volunteer").set("role", "");
        form.refuse("email", "error-email");
        form.refuse("email", "error-other");
        assert_eq!((form.value("email"), form.exact("email")), ("kari@", " kari@ "));
        assert_eq!(form.values("role"), ["member", "volunteer"]);
        assert!(form.is_chosen("role", "volunteer") && !form.is_chosen("role", "donor"));
        assert_eq!(form.error("email"), Some("error-email"));
        assert!(!format!("{form:?}").contains("kari"));
    }
}
