//! samod at the office: `samod_server WORKLOAD FOLDER COUNT PORT TAG IDS`.

use std::collections::HashSet;
use std::sync::PoisonError;
use std::time::Duration;

use futures::StreamExt as _;
use helhet_bench_peers::watched::{Awaited, Watched, url_of};
use helhet_bench_peers::{clients_ten, get, live_ones, servers_ten, set, tell};
use samod::{ConcurrencyConfig, DocumentId, Repo, Transport};
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpListener;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Fallible<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [workload, folder, count, port, tag, ids] = words.as_slice() else {
        return Err("WORKLOAD FOLDER COUNT PORT TAG IDS".into());
    };
    let (count, port): (usize, u16) = (count.parse()?, port.parse()?);
    let storage = Watched::new(folder);
    let repo = Repo::build_tokio()
        .with_storage(storage.clone())
        .with_concurrency(ConcurrencyConfig::AsyncRuntime)
        .load()
        .await;
    let ids: Vec<DocumentId> = match workload.as_str() {
        "upload" => Vec::new(),
        _ => {
            let ids: Vec<String> = serde_json::from_slice(&std::fs::read(ids)?)?;
            ids.iter().map(|id| id.parse()).collect::<Result<_, _>>()?
        }
    };
    let mut awaited = Awaited::default();
    if workload == "upload" {
        awaited.count = count;
    } else if workload == "delta" {
        for number in servers_ten(count) {
            let handle = repo.find(ids[number].clone()).await?.ok_or("a document is gone")?;
            let value = format!("server-{tag}");
            handle.with_document_async(move |document| set(document, "tag_b", &value)).await?;
        }
        // There is no flush to wait for.
        tokio::time::sleep(Duration::from_millis(500)).await;
        let only: HashSet<String> =
            clients_ten(count).into_iter().map(|number| ids[number].to_string()).collect();
        awaited = Awaited { count: only.len(), only: Some(only), ..awaited };
    }
    *storage.awaited.lock().unwrap_or_else(PoisonError::into_inner) = awaited;

    let acceptor = repo.make_acceptor(url_of(port))?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.set_nodelay(true);
            kept.push(acceptor.accept(Transport::from_tokio_io(stream)));
        }
    });
    tell("listens", json!({}));

    let mut orders = BufReader::new(tokio::io::stdin()).lines();
    while let Some(word) = orders.next_line().await? {
        match word.trim() {
            "watch" => {
                for number in live_ones(count) {
                    let handle = repo.find(ids[number].clone()).await?.ok_or("a document is gone")?;
                    let mut changes = Box::pin(handle.changes());
                    tokio::spawn(async move {
                        while changes.next().await.is_some() {
                            let value = handle.with_document_async(|document| get(document, "tag_a")).await;
                            let value = value.unwrap_or_default();
                            if let Some(Ok(sequence)) = value.strip_prefix("live-").map(str::parse::<u64>) {
                                tell("sees", json!({ "sequence": sequence }));
                            }
                        }
                    });
                }
                tell("watches", json!({}));
            }
            "quit" => break,
            _ => {}
        }
    }
    let _ = tokio::time::timeout(Duration::from_secs(60), repo.stop()).await;
    std::process::exit(0);
}
