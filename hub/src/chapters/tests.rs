use chrono::TimeDelta;
use helhet_protocol::identity::{DeviceRole, JoinRequest};
use helhet_protocol::v1::CloseCode;

use crate::testing::{Device, EXPORTER, TestHub, start};

#[test]
fn an_invite_pins_the_chapter_and_is_good_for_one_key() {
    let test = TestHub::new();
    let invite = test.hub.add_chapter("Bergen").unwrap();
    let bergen = Device::new(&invite, 1, start());
    assert_eq!(bergen.hello(&test.hub, None).unwrap_err().close(), CloseCode::UnknownDevice);
    let admitted = bergen.join(&test.hub, &invite).unwrap();
    assert_eq!(admitted.chapter_name, "Bergen");
    bergen.join(&test.hub, &invite).expect("the same key may try again: its answer was lost");
    bergen.hello(&test.hub, None).expect("and comes back without an invite");
    let thief = Device::new(&invite, 2, start());
    assert_eq!(thief.join(&test.hub, &invite).unwrap_err().close(), CloseCode::InviteUsed);
    assert_eq!(thief.hello(&test.hub, None).unwrap_err().close(), CloseCode::UnknownDevice);
    let again = test.hub.invite("bergen").unwrap();
    assert_eq!(thief.join(&test.hub, &again).unwrap_err().close(), CloseCode::InviteMismatch);
}

#[test]
fn wrong_and_late_invites_are_told_apart() {
    let test = TestHub::new();
    let invite = test.hub.add_chapter("Bergen").unwrap();
    let other = test.hub.add_chapter("Oslo").unwrap();
    let bergen = Device::new(&invite, 1, start());
    let mut never_made = invite.clone();
    never_made.token = [1; 16];
    assert_eq!(bergen.join(&test.hub, &never_made).unwrap_err().close(), CloseCode::InviteUnknown);
    let mut of_oslo = invite.clone();
    of_oslo.token = other.token;
    assert_eq!(bergen.join(&test.hub, &of_oslo).unwrap_err().close(), CloseCode::InviteMismatch);
    let elsewhere = JoinRequest::new(invite.token, &bergen.root, &[1; 32]);
    assert!(!elsewhere.holds(&EXPORTER));
    assert_eq!(bergen.hello(&test.hub, Some(&elsewhere)).unwrap_err().close(), CloseCode::InviteMismatch);
    test.clock.advance(TimeDelta::hours(73));
    assert_eq!(bergen.join(&test.hub, &invite).unwrap_err().close(), CloseCode::InviteExpired);
}

#[test]
fn certificates_are_judged_by_the_hubs_clock_and_the_pinned_root() {
    let test = TestHub::new();
    let bergen = test.chapter("Bergen");
    let mut late = test.chapter("Oslo");
    late.chain = Device::certify(
        &bergen.root,
        &bergen.chapter_key,
        &late.key,
        *late.chapter.as_bytes(),
        start(),
        |_| (),
    );
    assert_eq!(late.hello(&test.hub, None).unwrap_err().close(), CloseCode::UnknownDevice);
    test.clock.advance(TimeDelta::days(91));
    assert_eq!(bergen.hello(&test.hub, None).unwrap_err().close(), CloseCode::CertificateExpired);
}

#[test]
fn a_renewed_certificate_is_taken_and_the_old_one_no_more() {
    let test = TestHub::new();
    let mut bergen = test.chapter("Bergen");
    let old = bergen.chain.clone();
    let renew = |device: &mut helhet_protocol::identity::DeviceCertificate| {
        device.serial = 2;
        device.role = DeviceRole::Editor;
    };
    let chapter = *bergen.chapter.as_bytes();
    bergen.chain = Device::certify(&bergen.root, &bergen.chapter_key, &bergen.key, chapter, start(), renew);
    assert_eq!(bergen.hello(&test.hub, None).unwrap().author.role, DeviceRole::Editor);
    bergen.chain = old;
    assert_eq!(bergen.hello(&test.hub, None).unwrap_err().close(), CloseCode::CertificateInvalid);
}

#[test]
fn the_hub_keeps_no_token() {
    let test = TestHub::new();
    let invite = test.hub.add_chapter("Bergen").unwrap();
    assert!(!test.bytes().windows(16).any(|window| window == invite.token));
}
