//! Stories that a user would tell, each on the real programs: real files, real HTTP, real QUIC on this machine.

#![allow(clippy::unwrap_used, reason = "a test may fall over")]

mod a_code_besides_the_password;
mod a_copy_was_used_too;
mod a_laptop_is_lost;
mod a_second_laptop;
mod both_sides_edit_offline_then_pick;
mod command_line;
mod consent_given_and_withdrawn;
mod edit_reaches_the_office;
mod erase_and_receipt;
mod erase_one_of_many;
mod import_every_line_accounted;
mod login_is_unlock;
mod notes_on_health;
mod office_correction_reaches_the_chapter;
mod receipts_of_all;
mod refused_invites;
mod restored_from_a_backup;
mod story;
mod three_weeks_offline;
mod two_laptops_and_no_office;
mod two_pairs_of_eyes;
mod what_rots_is_given_back;
