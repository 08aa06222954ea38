//! What one secret opens is a month's.
use chrono::TimeDelta;

use super::tests::{Place, place};
use crate::store::{StoreError, keyring};
use crate::write::sealed::SEALED;

fn epochs(place: &Place) -> Vec<usize> {
    let chapter = *place.node.identity().chapter.as_bytes();
    let counted = place.node.store().database().read(|connection| {
        let of = |zone: helhet_shared::zone::Zone| keyring::epochs(connection, &chapter, zone.code());
        SEALED.into_iter().map(|zone| Ok(of(zone)?.len())).collect::<Result<Vec<_>, StoreError>>()
    });
    counted.unwrap()
}

// N3: who comes by a secret has what was written in its month, and nothing that comes after.
#[test]
fn a_new_one_begins_when_the_last_is_a_month_old() {
    let place = place();
    let kari = place.member("Kari");
    let session = || place.node.writer().act(|deed| deed.begin_session()).unwrap();
    session();
    let before = epochs(&place);
    assert!(before.contains(&1), "{before:?}");
    place.clock.advance(TimeDelta::days(29));
    session();
    assert_eq!(epochs(&place), before);
    place.clock.advance(TimeDelta::days(2));
    session();
    let after = epochs(&place);
    assert!(after.iter().zip(&before).all(|(after, before)| *after == before + 1), "{after:?}");
    session();
    assert_eq!(epochs(&place), after, "once");
    place.node.writer().act(|deed| deed.erase(kari)).unwrap();
    assert!(place.rows().is_empty(), "and all goes on");
}
