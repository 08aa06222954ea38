//! Puts the running program together: QUIC first, HTTP last, so that when HTTP answers, QUIC does.

use std::net::SocketAddr;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use axum::routing::get;
use helhet_protocol::transport::EndpointError;
use helhet_shared::web::reach::Reach;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::hub::{Hub, HubError};
use crate::read::metrics;
use crate::sync::Sync;

/// Where to listen. Port 0 takes a free one; [`Serving`] says which.
#[derive(Clone, Debug)]
pub struct ServeConfig {
    pub http: SocketAddr,
    pub quic: SocketAddr,
    /// `host:port` that invites name, where it differs from `quic`.
    pub public: Option<String>,
    /// How people reach the screens, where a proxy stands in front.
    pub reach: Reach,
    /// Where a monitoring system reads figures, which are nobody else's business: on a port of their own.
    pub metrics: Option<SocketAddr>,
}

/// A running hub.
#[derive(Debug)]
pub struct Serving {
    /// Of the screens.
    pub http: SocketAddr,
    /// Of the sessions.
    pub quic: SocketAddr,
    /// Of the figures.
    pub metrics: Option<SocketAddr>,
    sync: Sync,
    stop_http: oneshot::Sender<()>,
    web: JoinHandle<std::io::Result<()>>,
    figures: Option<JoinHandle<()>>,
}

/// Opens both ports. `screens` is the router of the screens, made for the address that HTTP got and how
/// people reach it.
pub async fn serve(
    hub: &Hub,
    config: &ServeConfig,
    screens: impl FnOnce(&Hub, SocketAddr, &Reach) -> axum::Router,
) -> Result<Serving, ServeError> {
    hub.project()?;
    let sync = Sync::start(hub, config.quic)?;
    let quic = sync.address();
    hub.set_public_address(config.public.as_deref().unwrap_or(&quic.to_string())).map_err(HubError::from)?;
    let figures = match config.metrics {
        Some(address) => Some(serve_metrics(hub, &sync, address).await?),
        None => None,
    };
    let (metrics, figures) = figures.unzip();
    let (listener, http) = listen(config.http).await?;
    let (stop_http, stopped) = oneshot::channel();
    let router = screens(hub, http, &config.reach);
    let web = tokio::spawn(async move {
        let until = async {
            // A dropped sender stops the server too.
            let _ = stopped.await;
        };
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(until).await
    });
    Ok(Serving { http, quic, metrics, sync, stop_http, web, figures })
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|source| ServeError::Http { address, source })?;
    let bound = listener.local_addr().map_err(|source| ServeError::Http { address, source })?;
    Ok((listener, bound))
}

async fn serve_metrics(
    hub: &Hub,
    sync: &Sync,
    address: SocketAddr,
) -> Result<(SocketAddr, JoinHandle<()>), ServeError> {
    let (listener, bound) = listen(address).await?;
    let (hub, connected) = (hub.clone(), sync.counter());
    let page = move || {
        let (hub, connected) = (hub.clone(), connected());
        async move {
            let read = tokio::task::spawn_blocking(move || hub.metrics(connected)).await;
            match read {
                Ok(Ok(page)) => ([(CONTENT_TYPE, metrics::CONTENT_TYPE)], page).into_response(),
                Ok(Err(_)) | Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            }
        }
    };
    let router = axum::Router::new().route("/metrics", get(page));
    let serving = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the figures are no longer served");
        }
    });
    Ok((bound, serving))
}

impl Serving {
    /// How many devices are connected, by hello.
    pub fn connected(&self) -> usize {
        self.sync.connected()
    }

    /// Stops both: screens are answered to the end, devices are told.
    pub async fn stop(self) {
        let _ = self.stop_http.send(());
        if let Some(figures) = self.figures {
            figures.abort();
        }
        self.sync.stop().await;
        let _ = tokio::time::timeout(std::time::Duration::from_secs(2), self.web).await;
    }
}

/// Why the hub does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("the port for the chapters' devices cannot be opened: is another hub running on it?")]
    Quic(#[from] EndpointError),
    #[error("the address {address} cannot be opened: is another program using it?")]
    Http {
        address: SocketAddr,
        #[source]
        source: std::io::Error,
    },
    #[error(transparent)]
    Hub(#[from] HubError),
}
