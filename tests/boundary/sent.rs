//! What a chapter's program sends.

use helhet_tests::ear::Ear;
use helhet_tests::process::{Installation, Town};

/// Everything that the chapter's program sends to whoever holds the hub's key and asks for all of it, as it stands in the
/// frames before TLS. The hub is stopped, and stays so.
pub(crate) fn sent_to_the_office(town: &mut Town, node: &Installation) -> Vec<u8> {
    town.hub.stop();
    let ear = Ear::in_place_of(town.hub.data(), town.hub.quic_address());
    // The ear signs no receipts, so the command may say that one is owed.
    let _ = node.run(&["sync"]);
    ear.heard()
}
