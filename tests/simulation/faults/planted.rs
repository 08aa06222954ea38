//! Every checker is shown a bug that it must see; else it tests nothing.

use super::papers::Planted;
use super::schedule::run;

/// Within so many schedules a planted bug must be seen.
const SCHEDULES: u64 = 400;

#[track_caller]
fn is_seen(bug: Planted, checker: &str) {
    let sees = |seed: &u64| run(*seed, Some(bug)).0.iter().any(|found| found.checker == checker);
    let seen = (1..=SCHEDULES).find(sees);
    assert!(seen.is_some(), "{checker} did not see {bug:?} in {SCHEDULES} schedules");
}

#[test]
fn c2_sees_an_acknowledgement_before_the_commit() {
    is_seen(Planted::AcknowledgesBeforeCommit, "C2");
}

#[test]
fn c2_sees_an_entry_that_was_left_out() {
    is_seen(Planted::LosesAnEntry, "C2");
}

#[test]
fn c2_sees_what_one_of_two_copies_wrote_and_nobody_signed_again() {
    is_seen(Planted::ForgetsItsOwnLife, "C2");
}

#[test]
fn c2_sees_an_entry_that_was_applied_twice() {
    is_seen(Planted::AppliesTwice, "C2");
}

#[test]
fn c3_sees_a_store_that_forgets_its_floors() {
    is_seen(Planted::ForgetsTheFloorGate, "C3");
}

#[test]
fn c3_sees_bodies_that_stay_when_a_floor_rises() {
    is_seen(Planted::ForgetsToPrune, "C3");
}

#[test]
fn c5_sees_a_floor_that_sinks() {
    is_seen(Planted::LowersFloors, "C5");
}

#[test]
fn c5_sees_a_log_that_goes_back_when_the_power_goes() {
    is_seen(Planted::AcknowledgesBeforeCommit, "C5");
}

#[test]
fn c1_sees_a_change_that_was_dropped_without_a_word() {
    is_seen(Planted::DropsAChange, "C1");
}

#[test]
fn c1_sees_a_restored_hub_that_goes_on_in_its_old_logs() {
    is_seen(Planted::KeepsItsIncarnation, "C1");
}

#[test]
fn c7_sees_a_body_that_is_not_what_was_signed() {
    is_seen(Planted::DamagesABody, "C7");
}

#[test]
fn c7_sees_what_a_revoked_device_wrote_later() {
    is_seen(Planted::TakesTheRevoked, "C7");
}

#[test]
fn c7_sees_who_writes_without_the_right_to() {
    is_seen(Planted::ForgetsRights, "C7");
}

#[test]
fn c8_sees_a_driver_that_reads_ahead_without_limit() {
    is_seen(Planted::ReadsAheadWithoutLimit, "C8");
}

#[test]
fn c9_sees_a_digest_that_never_agrees() {
    is_seen(Planted::MiscountsFloors, "C9");
}

#[test]
fn c4_sees_a_hub_that_offers_another_chapter() {
    is_seen(Planted::OffersAnotherChapter, "C4");
}

#[test]
fn c9_sees_a_hub_that_knows_one_device_of_two() {
    is_seen(Planted::ForgetsSiblings, "C9");
}

#[test]
fn c4_sees_what_left_a_chapter_unsealed() {
    is_seen(Planted::ForgetsToSeal, "C4");
}

#[test]
fn c3_sees_an_entry_that_goes_before_its_floor() {
    is_seen(Planted::LetsFloorsWait, "C3");
}
