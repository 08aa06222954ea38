//! A bare QUIC connection for the floor: TLS 1.3 with a certificate made for the occasion, no MTU probes.

use std::net::SocketAddr;
use std::sync::Arc;

use quinn::{ClientConfig, Connection, Endpoint, RecvStream, SendStream, ServerConfig, TransportConfig};
use rustls::RootCertStore;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::runtime::{Builder, Runtime};

pub type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Settings of both sides.
pub fn settings() -> Fallible<(ServerConfig, ClientConfig)> {
    // A second call finds it installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".into()])?;
    let certificate = made.cert.der().clone();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let mut server = ServerConfig::with_single_cert(vec![certificate.clone()], key.into())?;
    let mut roots = RootCertStore::empty();
    roots.add(certificate)?;
    let mut client = ClientConfig::with_root_certificates(Arc::new(roots))?;
    let mut transport = TransportConfig::default();
    transport
        .mtu_discovery_config(None)
        .stream_receive_window((8u32 << 20).into())
        .receive_window((16u32 << 20).into())
        .send_window(16 << 20);
    let transport = Arc::new(transport);
    server.transport_config(transport.clone());
    client.transport_config(transport);
    Ok((server, client))
}

pub fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(1).enable_all().build()
}

/// A server in a thread of its own; answers every message of every stream with what `answer` gives.
pub fn serve(
    settings: ServerConfig,
    answer: impl FnMut(&[u8]) -> Fallible<Vec<u8>> + Send + 'static,
) -> Fallible<SocketAddr> {
    let (opened, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || -> Fallible<()> {
        let answer = Arc::new(tokio::sync::Mutex::new(answer));
        runtime()?.block_on(async move {
            let endpoint = Endpoint::server(settings, ([127, 0, 0, 1], 0).into())?;
            opened.send(endpoint.local_addr()?)?;
            while let Some(incoming) = endpoint.accept().await {
                let (connection, answer) = (incoming.await?, answer.clone());
                tokio::spawn(async move {
                    while let Ok((mut send, mut receive)) = connection.accept_bi().await {
                        while let Ok(message) = hear(&mut receive).await {
                            let said = (answer.lock().await)(&message).expect("the floor's server answers");
                            if say(&mut send, &said).await.is_err() {
                                break;
                            }
                        }
                    }
                });
            }
            Ok(())
        })
    });
    Ok(address.recv()?)
}

pub async fn dial(settings: &ClientConfig, address: SocketAddr) -> Fallible<(Endpoint, Connection)> {
    let mut endpoint = Endpoint::client(([127, 0, 0, 1], 0).into())?;
    endpoint.set_default_client_config(settings.clone());
    let connection = endpoint.connect(address, "localhost")?.await?;
    Ok((endpoint, connection))
}

/// One message, and what is answered to it.
pub async fn ask(send: &mut SendStream, receive: &mut RecvStream, message: &[u8]) -> Fallible<Vec<u8>> {
    say(send, message).await?;
    hear(receive).await
}

pub async fn say(send: &mut SendStream, message: &[u8]) -> Fallible<()> {
    let length = u32::try_from(message.len())?;
    send.write_all(&[&length.to_le_bytes(), message].concat()).await?;
    Ok(())
}

async fn hear(receive: &mut RecvStream) -> Fallible<Vec<u8>> {
    let mut length = [0; 4];
    receive.read_exact(&mut length).await?;
    let mut message = vec![0; u32::from_le_bytes(length) as usize];
    receive.read_exact(&mut message).await?;
    Ok(message)
}
