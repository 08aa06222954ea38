//! `serve`: screens and sync until asked to stop.
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use helhet_shared::clock::SystemClock;

#[derive(Args, Debug)]
pub(super) struct ServeArguments {
    /// Where the screens are.
    #[arg(long, default_value = "localhost:7070", value_name = "ADDR")]
    http: String,
}

pub(super) async fn run(data: &Path, arguments: &ServeArguments) -> anyhow::Result<()> {
    crate::serve(data, Arc::new(SystemClock), &arguments.http, asked_to_stop()).await
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
