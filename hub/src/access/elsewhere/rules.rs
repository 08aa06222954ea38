//! How strong a sign-in at the provider has to have been: by two factors, and just now. What the provider was asked for is no
//! proof of what it did, so both are read out of what it signed.

use chrono::{DateTime, Duration, Utc};

/// How long ago somebody may have signed in at the provider.
pub const SIGNED_IN_WITHIN: Duration = Duration::minutes(10);
/// By how much the provider's clock may be ahead of ours.
const AHEAD: Duration = Duration::minutes(1);

/// Why a sign-in was not strong enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooWeak {
    #[error("level")]
    Level,
    #[error("no_moment")]
    NoMoment,
    #[error("moment")]
    Moment,
}

/// Whether the provider says one of the `strong` words for how somebody signed in, and that it was just now.
pub fn check(
    acr: Option<&str>,
    signed_in: Option<DateTime<Utc>>,
    strong: &[String],
    now: DateTime<Utc>,
) -> Result<(), TooWeak> {
    if !acr.is_some_and(|acr| strong.iter().any(|one| one == acr)) {
        return Err(TooWeak::Level);
    }
    let age = now - signed_in.ok_or(TooWeak::NoMoment)?;
    if age > SIGNED_IN_WITHIN || age < -AHEAD { Err(TooWeak::Moment) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // ASVS 6.8.4: what is not said, or is another word, is not strong; nor is what was a while ago.
    #[test]
    fn a_sign_in_elsewhere_counts_if_it_was_strong_and_just_now() {
        let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        let strong = ["urn:two".to_owned(), "urn:three".to_owned()];
        let at = |seconds: i64| Some(now + Duration::seconds(seconds));
        for (acr, signed_in, expected) in [
            (Some("urn:two"), at(0), Ok(())),
            (Some("urn:three"), at(-600), Ok(())),
            (Some("urn:two"), at(60), Ok(())),
            (None, at(0), Err(TooWeak::Level)),
            (Some(""), at(0), Err(TooWeak::Level)),
            (Some("urn:one"), at(0), Err(TooWeak::Level)),
            (Some("urn:two urn:three"), at(0), Err(TooWeak::Level)),
            (Some("URN:TWO"), at(0), Err(TooWeak::Level)),
            (Some("urn:two"), None, Err(TooWeak::NoMoment)),
            (Some("urn:two"), at(-601), Err(TooWeak::Moment)),
            (Some("urn:two"), at(61), Err(TooWeak::Moment)),
        ] {
            assert_eq!(check(acr, signed_in, &strong, now), expected, "{acr:?} {signed_in:?}");
        }
        assert_eq!(check(Some("urn:two"), at(0), &[], now), Err(TooWeak::Level));
    }
}
