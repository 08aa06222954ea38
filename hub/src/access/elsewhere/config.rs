//! The file that says by which provider users may sign in. The secret stands in a file of its own, so that this one can be shown.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use axum::http::Uri;
use serde::Deserialize;
use zeroize::Zeroizing;

const NAME_LETTERS_MAX: usize = 40;

/// By which provider, and as whom the hub speaks with it.
#[derive(Clone)]
pub struct Config {
    /// What people call it: it stands on the button.
    pub name: String,
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Zeroizing<String>,
    /// What the provider calls a sign-in by two factors; at least one.
    pub acr_values: Vec<String>,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("name", &self.name)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    issuer: String,
    client_id: String,
    client_secret_file: PathBuf,
    acr_values: Vec<String>,
}

impl Config {
    /// Reads the file; the secret's is looked for beside it, unless its whole path is given.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path)
            .map_err(|source| ConfigError::Unread { path: path.to_owned(), source })?;
        let written: Written = serde_json::from_str(&text)
            .map_err(|source| ConfigError::Written { path: path.to_owned(), source })?;
        let name = written.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > NAME_LETTERS_MAX {
            return Err(ConfigError::Name);
        }
        if !may_be_asked(&written.issuer) {
            return Err(ConfigError::Issuer);
        }
        if written.client_id.trim().is_empty() {
            return Err(ConfigError::ClientId);
        }
        // A space parts the values on their way to the provider.
        let named = |value: &String| !value.is_empty() && !value.contains(char::is_whitespace);
        if written.acr_values.is_empty() || !written.acr_values.iter().all(named) {
            return Err(ConfigError::AcrValues);
        }
        let beside = path.parent().unwrap_or(Path::new("")).join(&written.client_secret_file);
        let secret = fs::read_to_string(&beside).map(Zeroizing::new);
        let secret = secret.map_err(|source| ConfigError::Secret { path: beside.clone(), source })?;
        let client_secret = Zeroizing::new(secret.trim().to_owned());
        if client_secret.is_empty() {
            return Err(ConfigError::EmptySecret { path: beside });
        }
        let Written { issuer, client_id, acr_values, .. } = written;
        Ok(Self { name, issuer, client_id, client_secret, acr_values })
    }
}

/// Over TLS; without it on this machine alone, where nobody stands in between.
fn may_be_asked(issuer: &str) -> bool {
    let Ok(address) = issuer.parse::<Uri>() else { return false };
    let Some(authority) = address.authority() else { return false };
    let bare = address.query().is_none() && !issuer.contains('#') && !authority.as_str().contains('@');
    bare && match address.scheme_str() {
        Some("https") => true,
        Some("http") => is_this_machine(authority.host()),
        _ => false,
    }
}

pub(super) fn is_this_machine(host: &str) -> bool {
    ["localhost", "127.0.0.1"].contains(&host)
}

/// Why the file is none.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{} cannot be read", path.display())]
    Unread {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(
        "{} is not what is expected: JSON with name, issuer, client_id, client_secret_file and acr_values",
        path.display()
    )]
    Written {
        path: PathBuf,
        #[source]
        source: serde_json::Error,
    },
    #[error(
        "name: write what people call the provider, in at most {NAME_LETTERS_MAX} letters: it stands on a button"
    )]
    Name,
    #[error(
        "issuer: write the provider's address, which begins with https:// and has neither ? nor # (http:// is for this machine alone)"
    )]
    Issuer,
    #[error("client_id: write what the provider calls this hub")]
    ClientId,
    #[error(
        "acr_values: name at least one value by which the provider says that somebody signed in by two factors; no value has a space in it"
    )]
    AcrValues,
    #[error("client_secret_file: {} cannot be read", path.display())]
    Secret {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("client_secret_file: {} is empty", path.display())]
    EmptySecret { path: PathBuf },
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn written() -> Value {
        json!({
            "name": "BankID", "issuer": "https://provider.example", "client_id": "helhet",
            "client_secret_file": "secret", "acr_values": ["urn:two"],
        })
    }

    fn read(file: &Value, secret: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::TempDir::new().unwrap();
        fs::write(folder.path().join("secret"), secret).unwrap();
        let path = folder.path().join("provider.json");
        fs::write(&path, file.to_string()).unwrap();
        Config::read(&path)
    }

    #[test]
    fn a_provider_is_read_with_its_secret_beside_it() {
        let config = read(&written(), "hemmelig\n").unwrap();
        assert_eq!(config.client_secret.as_str(), "hemmelig");
        assert_eq!((config.name.as_str(), config.acr_values), ("BankID", vec!["urn:two".to_owned()]));
        assert!(!format!("{:?}", read(&written(), "hemmelig").unwrap()).contains("hemmelig"));
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        for (field, value, said) in [
            ("name", json!(" "), "name:"),
            ("name", json!("x".repeat(41)), "name:"),
            ("issuer", json!("http://provider.example"), "issuer:"),
            ("issuer", json!("provider.example"), "issuer:"),
            ("issuer", json!("https://provider.example/?tenant=1"), "issuer:"),
            ("issuer", json!("https://provider.example/#x"), "issuer:"),
            ("issuer", json!("http://localhost@provider.example"), "issuer:"),
            ("client_id", json!(""), "client_id:"),
            ("acr_values", json!([]), "acr_values:"),
            ("acr_values", json!(["urn:two urn:one"]), "acr_values:"),
            ("client_secret_file", json!("nowhere"), "client_secret_file:"),
            ("client_secret", json!("x"), "is not what is expected"),
            ("name", Value::Null, "is not what is expected"),
        ] {
            let mut file = written();
            file[field] = value.clone();
            let error = read(&file, "hemmelig").unwrap_err().to_string();
            assert!(error.contains(said), "{field} {value}: {error}");
        }
        assert!(read(&written(), " \n").unwrap_err().to_string().contains("is empty"));
        assert!(
            Config::read(Path::new("/nowhere/at/all")).unwrap_err().to_string().contains("cannot be read")
        );
    }

    #[test]
    fn without_tls_a_provider_is_on_this_machine() {
        for (issuer, may) in [
            ("http://localhost:3000", true),
            ("http://127.0.0.1:3000/oidc", true),
            ("http://localhost.evil.example", false),
            ("ftp://localhost", false),
        ] {
            assert_eq!(may_be_asked(issuer), may, "{issuer}");
        }
    }
}
