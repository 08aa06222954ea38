//! `serve`: screens and sync until asked to stop.
use clap::Args;

use crate::Node;

#[derive(Args, Debug)]
pub(super) struct ServeArguments {
    /// Where the screens are.
    #[arg(long, default_value = "localhost:7070", value_name = "ADDR")]
    http: String,
}

pub(super) async fn run(node: &Node, arguments: &ServeArguments) -> anyhow::Result<()> {
    crate::serve(node, &arguments.http, asked_to_stop()).await
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
