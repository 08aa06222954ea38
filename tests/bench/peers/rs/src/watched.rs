//! samod's storage, watched for what was written, and its plain TCP connection without delay.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use samod::storage::{Storage, StorageKey, TokioFilesystemStorage};
use samod::{DialError, Dialer, Transport};
use serde_json::json;
use tokio::net::TcpStream;

use crate::tell;

/// Which documents' writes are waited for.
#[derive(Debug, Default)]
pub struct Awaited {
    /// All, where none are named.
    pub only: Option<HashSet<String>>,
    /// How many; 0 for none.
    pub count: usize,
    pub stored: HashSet<String>,
}

/// The file system's storage; says `stored` once everything awaited was written.
#[derive(Clone)]
pub struct Watched {
    inner: TokioFilesystemStorage,
    pub awaited: Arc<Mutex<Awaited>>,
}

impl Watched {
    pub fn new(folder: &str) -> Self {
        Self { inner: TokioFilesystemStorage::new(folder), awaited: Arc::default() }
    }
}

impl Storage for Watched {
    fn load(&self, key: StorageKey) -> impl Future<Output = Option<Vec<u8>>> + Send {
        self.inner.load(key)
    }

    fn load_range(&self, prefix: StorageKey) -> impl Future<Output = HashMap<StorageKey, Vec<u8>>> + Send {
        self.inner.load_range(prefix)
    }

    fn put(&self, key: StorageKey, data: Vec<u8>) -> impl Future<Output = ()> + Send {
        let parts: Vec<String> = (&key).into_iter().map(ToString::to_string).collect();
        let writing = self.inner.put(key, data);
        let awaited = self.awaited.clone();
        async move {
            writing.await;
            let [document, kind, ..] = parts.as_slice() else { return };
            let mut awaited = awaited.lock().unwrap_or_else(PoisonError::into_inner);
            let is_content = kind == "incremental" || kind == "snapshot";
            let is_meant = awaited.only.as_ref().is_none_or(|only| only.contains(document));
            if is_content
                && is_meant
                && awaited.stored.insert(document.clone())
                && awaited.stored.len() == awaited.count
            {
                tell("stored", json!({}));
            }
        }
    }

    fn delete(&self, key: StorageKey) -> impl Future<Output = ()> + Send {
        self.inner.delete(key)
    }
}

/// Dials a port of this machine.
pub struct WithoutDelay(pub u16);

impl Dialer for WithoutDelay {
    type Error = std::convert::Infallible;

    fn url(&self) -> url::Url {
        url_of(self.0)
    }

    fn connect(&self) -> BoxFuture<'static, Result<Transport, DialError<Self::Error>>> {
        let port = self.0;
        Box::pin(async move {
            let stream = TcpStream::connect(("127.0.0.1", port)).await.map_err(DialError::transient)?;
            stream.set_nodelay(true).map_err(DialError::transient)?;
            Ok(Transport::from_tokio_io(stream))
        })
    }
}

pub fn url_of(port: u16) -> url::Url {
    url::Url::parse(&format!("tcp://127.0.0.1:{port}")).expect("a port makes an address")
}
