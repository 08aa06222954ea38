//! QUIC underneath: keys pinned at both ends, one stream per session, and the driver that runs a session on it.
//!
//! TLS proves who holds which key and nothing more; whether that key may come in is decided by the hello. Nobody is
//! "connected" before the session says so.

pub mod drive;
pub mod link;
pub mod quic;
#[cfg(test)]
mod simulated;
pub mod store;
pub mod tls;

pub use drive::{Control, Handle, Report, control};
pub use link::{Link, LinkError, Traffic, accept, connect};
pub use quic::{EndpointError, dialling_endpoint, listening_endpoint};
pub use quinn::Endpoint;
pub use store::{EntriesRead, Next, Notice, Store};
