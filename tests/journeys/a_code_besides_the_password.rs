//! A code from an app besides the password: whoever wants one in a chapter has it, and unlocking asks for it too.

use helhet_tests::process::{Installation, Town};
use helhet_tests::visitor::Visitor;

const PASSWORD: &str = "ekorn under brygga";

// ASVS 6.3.3, 6.5.2: set up in the chapter's own screens, asked for at both doors, and taken away again.
#[test]
fn a_user_of_a_chapter_wants_a_code() {
    let town = Town::new();
    let mut node = Installation::node(town.folder(), "bergen");
    let file = town.file("passphrase", "fire blå båter på vannet");
    let opened = ["--passphrase-file", file.as_str()];
    let join = ["join", "-", "--device", "laptop", "--accept-agreement"];
    node.run_with_input(&[&join[..], &opened].concat(), &town.invite("Bergen")).done();
    let password = town.file("password", PASSWORD);
    node.run(&[&["user", "add", "Kari", "--password-file", &password][..], &opened].concat()).done();
    node.serve();

    let mut kari = Visitor::unlock(&node, "kari", PASSWORD).unwrap();
    let settings = kari.get("/settings");
    assert!(kari.get("/settings/code").body.contains("factor_own"), "not before the password was given");
    let refused = kari.send(&settings, "/settings/code", &[("factor_own", "noe helt annet enn det")]);
    assert_eq!(refused.status, 200);
    let begun = kari.send(&settings, "/settings/code", &[("factor_own", PASSWORD)]);
    assert_eq!(begun.header("location").as_deref(), Some("/settings/code"));
    assert!(Visitor::sign_in_by(&node, "kari", PASSWORD, "").is_ok(), "not asked for until an app has it");
    let page = kari.get("/settings/code");
    let codes = kari.set_up_code(&page, "/settings/code/confirm");
    assert_eq!(codes.len(), 10);

    for code in ["", "000000", "aaaaa-aaaaa"] {
        Visitor::sign_in_by(&node, "KARI", PASSWORD, code).unwrap_err();
    }
    Visitor::sign_in_by(&node, "KARI", PASSWORD, &codes[0]).unwrap();
    Visitor::sign_in_by(&node, "kari", PASSWORD, &codes[0]).unwrap_err();
    assert!(node.stop().success());

    // The locked folder stays locked for who has the password alone.
    node.serve();
    Visitor::unlock(&node, "kari", PASSWORD).unwrap_err();
    assert_eq!(node.ask("GET", "/", &[], "").unwrap().header("location").as_deref(), Some("/unlock"));
    assert!(node.stop().success());
    let own = ["--passphrase-file", password.as_str()];
    node.run(&[&["user", "forget-code", "kari"][..], &own].concat()).done();
    node.serve();
    Visitor::unlock(&node, "kari", PASSWORD).unwrap();
}
