//! Which bug it is: read by these programs alone, and by no other.

use helhet_shared::planted_bug::{Bug, plant as plant_one};

/// Plants the bug that the environment names, if it names one.
pub(crate) fn plant() {
    let Ok(name) = std::env::var("HELHET_PLANTED_BUG") else { return };
    if name == "inflates_without_bound" {
        return helhet_protocol::planted_bug::inflate_without_bound();
    }
    plant_one(Bug::from_code(&name).unwrap_or_else(|| panic!("there is no bug {name}")));
}
