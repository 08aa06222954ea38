//! Helhet's national office program. Read this first: [`serve`] opens the store and joins sessions and screens to it.
//!
//! ```text
//! session (sync) → ingest: verify, check, store → acknowledgement
//!                                  └→ project → linking, national → read → screens, command line
//! office user    → national::correct, decide   → the hub's own logs → session
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod access;
pub mod chapters;
pub mod cli;
pub mod files;
pub mod hub;
pub mod ingest;
pub mod linking;
pub mod log;
pub mod national;
pub mod office;
pub mod project;
pub mod published;
pub mod read;
mod serve;
pub mod store;
pub mod sync;
#[cfg(test)]
mod testing;
mod web;

pub use hub::{Config, Hub, HubError};
pub use serve::{ServeConfig, ServeError, Serving, serve};

/// The router of the screens, for the address that they listen at and how people reach them.
pub fn screens(
    hub: &Hub,
    address: std::net::SocketAddr,
    reach: &helhet_shared::web::reach::Reach,
) -> axum::Router {
    web::router(hub, address, reach)
}

/// The same, with a provider by which users may sign in too.
#[cfg(feature = "oidc")]
pub fn screens_with(
    config: access::elsewhere::Config,
) -> impl FnOnce(&Hub, std::net::SocketAddr, &helhet_shared::web::reach::Reach) -> axum::Router {
    move |hub, address, reach| {
        let elsewhere = access::elsewhere::Elsewhere::at(config, &reach.origin(address.port()));
        if let Err(error) = &elsewhere {
            tracing::error!(%error, "nobody can sign in by another provider");
        }
        web::router_with(hub, address, reach, elsewhere.ok())
    }
}
