//! `serve`: screens and sync until asked to stop.
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use helhet_shared::clock::SystemClock;

use super::passphrase;
use crate::store::lock;
use crate::web::chapter::Chapter;

#[derive(Args, Debug)]
pub(super) struct ServeArguments {
    /// Where the screens are.
    #[arg(long, default_value = "localhost:7070", value_name = "ADDR")]
    http: String,
    /// Where the chapter's other computers in the same network find this one; they meet it with `sync --with`.
    #[arg(long, value_name = "ADDR")]
    lan: Option<SocketAddr>,
}

/// A locked folder is unlocked at once with a passphrase from a file, and else on its first screen.
pub(super) async fn run(
    data: &Path,
    passphrase_file: Option<&Path>,
    arguments: &ServeArguments,
) -> anyhow::Result<()> {
    let clock = Arc::new(SystemClock);
    let chapter = match passphrase_file.filter(|_| lock::is_locked(data)) {
        Some(_) => Chapter::opened(passphrase::open(data, passphrase_file)?, clock.clone()),
        None => Chapter::open(data, clock.clone())?,
    };
    if let Some(address) = arguments.lan {
        let address = chapter.meet_at(address)?;
        eprintln!("The chapter's other computers meet this one at {address}.");
    }
    crate::serve_chapter(chapter, clock, &arguments.http, asked_to_stop()).await
}

/// Ends when the user or the system asks the program to stop.
async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}
