//! Why a supporter may not be erased yet: a law or a claim asks for what is recorded, until a day (P8, P12).

use chrono::NaiveDate;
use rand::Rng;

use super::{CommandError, ErrorCode};
use crate::{
    document::Edit,
    id::EntryKey,
    supporter::{KeptFor, Supporter, conflict::settle, value::parse_day},
};

/// Keeps the supporter until a day, as typed, from which on it may be erased.
///
/// # Errors
/// When that is no day, or none to come.
pub fn keep(
    because: KeptFor,
    until: &str,
    today: NaiveDate,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<Edit>, CommandError> {
    let field = because.field();
    if until.trim().is_empty() {
        return Err(CommandError::one(field, ErrorCode::Missing));
    }
    let day = parse_day(until).map_err(|_| CommandError::one(field, ErrorCode::Unreadable))?;
    if day <= today {
        return Err(CommandError::one(field, ErrorCode::EndsBeforeItBegins));
    }
    Ok(vec![Edit::set(field.key(EntryKey::random(rng)), day.to_string())])
}

/// Nothing asks for it any more.
pub fn keep_no_longer(supporter: &Supporter) -> Vec<Edit> {
    let kept = supporter.facts().iter().filter(|fact| KeptFor::of(fact.field).is_some());
    let undone = kept.flat_map(|fact| {
        let beside = settle(supporter.content(), &fact.key);
        beside.into_iter().chain([Edit::delete(fact.key.clone())])
    });
    undone.collect()
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng as _, rngs::StdRng};

    use super::*;
    use crate::document::Content;
    use crate::id::SupporterId;
    use crate::supporter::Field;

    fn after(edits: Vec<Edit>, content: &Content) -> Supporter {
        let mut content = content.clone();
        for edit in edits {
            match edit.value {
                Some(value) => drop(content.insert(edit.key, vec![value])),
                None => drop(content.remove(&edit.key)),
            }
        }
        Supporter::from_content(SupporterId::from_bytes([1; 16]), &content)
    }

    // P8, P12
    #[test]
    fn somebody_is_kept_until_the_last_of_the_days_or_until_that_is_lifted() {
        let (mut rng, today) = (StdRng::seed_from_u64(1), NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
        let mut keep = |because, until: &str| keep(because, until, today, &mut rng);
        for (until, code) in [
            ("", ErrorCode::Missing),
            ("soon", ErrorCode::Unreadable),
            ("28.11.2026", ErrorCode::EndsBeforeItBegins),
        ] {
            let refused = keep(KeptFor::Claim, until).unwrap_err();
            assert_eq!(refused.at(Field::KeptForClaim, 0), Some(code));
        }
        let edits = keep(KeptFor::Bookkeeping, "31.12.2031").unwrap();
        let kept = after(edits, &Content::new());
        let kept = after(keep(KeptFor::Claim, "2027-01-01").unwrap(), kept.content());
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let reasons = |supporter: &Supporter, today| {
            supporter.kept(today).iter().map(|kept| kept.because.code()).collect::<Vec<_>>()
        };
        assert_eq!(reasons(&kept, today), ["bookkeeping", "claim"]);
        assert_eq!(reasons(&kept, day(2027, 1, 1)), ["bookkeeping"]);
        assert!(kept.kept(day(2031, 12, 31)).is_empty(), "from that day on it may be erased");
        assert!(after(keep_no_longer(&kept), kept.content()).kept(today).is_empty());
    }
}
