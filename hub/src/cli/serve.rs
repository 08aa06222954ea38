//! `serve`: until it is asked to stop.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};

use clap::Args;
use helhet_shared::web::reach::{PublicUrl, Reach};

use super::Usage;
use crate::hub::Hub;
use crate::serve::{ServeConfig, serve as start};

#[derive(Args, Debug)]
pub(super) struct ServeArguments {
    /// Where the screens answer.
    #[arg(long, default_value = "127.0.0.1:8080")]
    http: String,
    /// Where the chapters' devices dial.
    #[arg(long, default_value = "127.0.0.1:4433")]
    quic: String,
    /// `host:port` that invites name, where it differs.
    #[arg(long)]
    public: Option<String>,
    /// A name by which people reach the screens besides, such as that of a proxy in front, which must hand on the name
    /// that was asked for: `host`, or `host:port` where the port is not the usual one. May be given several times.
    #[arg(long = "web-name", value_name = "NAME")]
    web_names: Vec<String>,
    /// Where people reach the screens over TLS, through a proxy in front: `https://helhet.example.org`. They answer to that
    /// name alone from then on, and cookies travel by TLS only.
    #[arg(long, value_name = "URL")]
    public_url: Option<PublicUrl>,
    /// The address of that proxy, which adds to `X-Forwarded-For` who asks: so that guessing is slowed by where it comes
    /// from. Believed of this address alone.
    #[arg(long, value_name = "IP")]
    proxy: Option<IpAddr>,
    /// Where a monitoring system reads figures, at `/metrics`: counts and times, no supporters. Nowhere, if not given.
    #[arg(long, value_name = "ADDR")]
    metrics: Option<String>,
    /// Lets users sign in by another provider too (OpenID Connect), such as one that asks for a BankID: a JSON file with `name`,
    /// `issuer`, `client_id`, `client_secret_file` and `acr_values`, the values by which it says that somebody signed in by
    /// two factors.
    #[cfg(feature = "oidc")]
    #[arg(long, value_name = "FILE")]
    oidc: Option<std::path::PathBuf>,
}

pub(super) fn serve(hub: &Hub, arguments: &ServeArguments) -> anyhow::Result<()> {
    let config = ServeConfig {
        http: address(&arguments.http)?,
        quic: address(&arguments.quic)?,
        public: arguments.public.clone(),
        reach: Reach {
            public: arguments.public_url.clone(),
            proxy: arguments.proxy,
            more_names: arguments.web_names.clone(),
        },
        metrics: arguments.metrics.as_deref().map(address).transpose()?,
    };
    let screens = screens(arguments)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let serving = start(hub, &config, screens).await?;
        // By name: an address in numbers is none for a passkey.
        match serving.http.ip().is_loopback() {
            true => eprintln!("The screens answer at http://localhost:{}", serving.http.port()),
            false => eprintln!("The screens answer at http://{}", serving.http),
        }
        if let Some(url) = &config.reach.public {
            eprintln!(
                "People reach them at {url}, through the proxy that hands on this name as it was asked for."
            );
            if config.reach.proxy.is_none() {
                eprintln!(
                    "Who guesses passwords is slowed by account alone: with --proxy IP, by network too."
                );
            }
        }
        eprintln!("Devices of the chapters dial {} (UDP)", serving.quic);
        if let Some(metrics) = serving.metrics {
            eprintln!("Figures for monitoring stand at http://{metrics}/metrics");
        }
        if config.public.is_none() && serving.quic.ip().is_unspecified() {
            eprintln!("Invites would name {}, which nobody can dial: add --public HOST:PORT.", serving.quic);
        }
        asked_to_stop().await;
        eprintln!("Stopping.");
        serving.stop().await;
        Ok(())
    })
}

/// The router of the screens, by what was asked for.
type MakeScreens = Box<dyn FnOnce(&Hub, SocketAddr, &Reach) -> axum::Router>;

#[cfg(feature = "oidc")]
fn screens(arguments: &ServeArguments) -> anyhow::Result<MakeScreens> {
    use crate::access::elsewhere::Config;
    let Some(path) = &arguments.oidc else { return Ok(Box::new(crate::screens)) };
    Ok(Box::new(crate::screens_with(Config::read(path)?)))
}

#[cfg(not(feature = "oidc"))]
fn screens(_: &ServeArguments) -> anyhow::Result<MakeScreens> {
    Ok(Box::new(crate::screens))
}

fn address(text: &str) -> anyhow::Result<SocketAddr> {
    let found = text.to_socket_addrs().ok().and_then(|mut all| all.next());
    found.ok_or_else(|| Usage(format!("{text} is no address; write HOST:PORT")).into())
}

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
