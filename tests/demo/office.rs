//! The demo's office: a hub with its gifts imported.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use helhet_hub::files::{ListFile, import};
use helhet_hub::office::Founding;
use helhet_hub::{Config, Hub, ServeConfig, Serving};
use helhet_shared::clock::{Clock as _, SystemClock};
use helhet_shared::rights::UserRole;
use helhet_shared::second_factor::{self, Secret};
use helhet_tests::samples::GIFTS;

/// Whose secret it is that nobody keeps.
const SECRET: [u8; 20] = *b"nobody keeps a thing";

/// A hub that serves.
pub(crate) struct Office {
    pub(crate) hub: Hub,
    serving: Serving,
}

impl Office {
    /// Opens the hub of this folder, or founds it.
    pub(crate) async fn open(folder: &Path) -> Result<Self> {
        let config = Config { data: folder.to_owned(), clock: Arc::new(SystemClock) };
        let hub = match folder.exists() {
            true => Hub::open(&config)?,
            false => found(&config)?,
        };
        hub.database().write(|transaction| -> Result<_, helhet_hub::store::StoreError> {
            Ok(second_factor::plant(transaction, "kontor", &Secret::from_bytes(SECRET))?)
        })?;
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let http = SocketAddr::from(([127, 0, 0, 1], crate::port_near(8080)?));
        let config = ServeConfig { http, quic: any, public: None, reach: Default::default(), metrics: None };
        let serving = helhet_hub::serve(&hub, &config, helhet_hub::screens).await?;
        Ok(Self { hub, serving })
    }

    /// What an app would show that is set up for `kontor`.
    pub(crate) fn code() -> String {
        Secret::from_bytes(SECRET).code(SystemClock.now())
    }

    /// Where its screens are.
    pub(crate) fn http(&self) -> SocketAddr {
        self.serving.http
    }

    /// Where chapters dial.
    pub(crate) fn quic(&self) -> SocketAddr {
        self.serving.quic
    }

    pub(crate) async fn stop(self) {
        self.serving.stop().await;
    }
}

fn found(config: &Config) -> Result<Hub> {
    let founding = Founding { name: "Lysning".to_owned(), language: "nb".to_owned() };
    let (hub, _words) = Hub::init(config, &founding)?;
    hub.add_user("kontor", UserRole::Administrator, crate::PASSWORD)?;
    let gifts = std::fs::read(GIFTS.path())?;
    let file = ListFile { name: GIFTS.name, bytes: &gifts, correction: "" };
    let imported = import(&hub, &file, false, &mut rand::rng())?;
    println!("  The office: {} gifts", imported.report.lines);
    Ok(hub)
}
