//! What the cells of a list say: dates, yes and no, amounts, names, addresses, roles, as people write them. Each reader
//! answers with what it understood or with nothing; the caller keeps what was not understood as written and warns.

pub mod address;
pub mod amount;
pub mod currency;
pub mod date;
pub(super) mod list;
pub(super) mod looks_like;
pub mod name;
pub mod roles;
pub mod yes_no;

#[cfg(test)]
mod tests;
