//! samod at the chapter: `samod_client WORKLOAD FOLDER COUNT PORT TAG IDS`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures::StreamExt as _;
use futures::future::join_all;
use helhet_bench_peers::watched::{Watched, WithoutDelay};
use helhet_bench_peers::{clients_ten, document, get, live_ones, servers_ten, set, tell, until_next};
use samod::{BackoffConfig, ConcurrencyConfig, DocHandle, DocumentId, Repo};
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, BufReader};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Fallible<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [workload, folder, count, port, tag, ids] = words.as_slice() else {
        return Err("WORKLOAD FOLDER COUNT PORT TAG IDS".into());
    };
    let (count, port): (usize, u16) = (count.parse()?, port.parse()?);
    let repo = Repo::build_tokio()
        .with_storage(Watched::new(folder))
        .with_concurrency(ConcurrencyConfig::AsyncRuntime)
        .load()
        .await;
    let began = Instant::now();
    let handles =
        if workload == "upload" { create(&repo, count, ids).await? } else { open(&repo, ids).await? };
    if workload == "delta" {
        for number in clients_ten(count) {
            let value = format!("client-{tag}");
            handles[number].with_document_async(move |document| set(document, "tag_a", &value)).await?;
        }
        // There is no flush to wait for.
        tokio::time::sleep(Duration::from_millis(500)).await;
        watch_for_theirs(&handles, count, &format!("server-{tag}"));
    }
    tell("ready", json!({ "prepared_ms": began.elapsed().as_secs_f64() * 1e3 }));

    let mut dialled = Vec::new();
    let mut orders = BufReader::new(tokio::io::stdin()).lines();
    while let Some(word) = orders.next_line().await? {
        match word.trim() {
            "go" => {
                tell("go", json!({}));
                let dialling = repo.dial(BackoffConfig::default(), Arc::new(WithoutDelay(port)))?;
                if workload != "upload" {
                    dialling.established().await?;
                    let connection = dialling.connection_id().ok_or("no connection")?;
                    let open = Arc::new(AtomicUsize::new(count));
                    for handle in &handles {
                        let (same, open) = (handle.they_have_our_changes(connection), open.clone());
                        tokio::spawn(async move {
                            same.await;
                            if open.fetch_sub(1, Ordering::Relaxed) == 1 {
                                tell("agrees", json!({}));
                            }
                        });
                    }
                }
                dialled.push(dialling);
            }
            "live" => {
                for (sequence, number) in (0u64..).zip(live_ones(count)) {
                    until_next(sequence).await;
                    tell("changes", json!({ "sequence": sequence }));
                    let value = format!("live-{sequence}");
                    handles[number]
                        .with_document_async(move |document| set(document, "tag_a", &value))
                        .await?;
                }
                tell("changed-all", json!({}));
            }
            "quit" => break,
            _ => {}
        }
    }
    let _ = tokio::time::timeout(Duration::from_secs(60), repo.stop()).await;
    std::process::exit(0);
}

async fn create(repo: &Repo, count: usize, ids: &str) -> Fallible<Vec<DocHandle>> {
    let mut handles = Vec::with_capacity(count);
    for number in 0..count {
        handles.push(repo.create(document(number)).await?);
    }
    let all: Vec<String> = handles.iter().map(|handle| handle.document_id().to_string()).collect();
    std::fs::write(ids, serde_json::to_vec(&all)?)?;
    Ok(handles)
}

async fn open(repo: &Repo, ids: &str) -> Fallible<Vec<DocHandle>> {
    let ids: Vec<String> = serde_json::from_slice(&std::fs::read(ids)?)?;
    let mut handles = Vec::with_capacity(ids.len());
    for some in ids.chunks(200) {
        let some = some.iter().map(|id| id.parse()).collect::<Result<Vec<DocumentId>, _>>()?;
        for found in join_all(some.into_iter().map(|id| repo.find(id))).await {
            handles.push(found?.ok_or("a document is gone")?);
        }
    }
    Ok(handles)
}

fn watch_for_theirs(handles: &[DocHandle], count: usize, wanted: &str) {
    let missing = Arc::new(AtomicUsize::new(10));
    for number in servers_ten(count) {
        let (handle, missing, wanted) = (handles[number].clone(), missing.clone(), wanted.to_owned());
        let mut changes = Box::pin(handle.changes());
        tokio::spawn(async move {
            while changes.next().await.is_some() {
                let value = handle.with_document_async(|document| get(document, "tag_b")).await;
                if value.is_ok_and(|value| value == wanted) {
                    if missing.fetch_sub(1, Ordering::Relaxed) == 1 {
                        tell("has-theirs", json!({}));
                    }
                    break;
                }
            }
        });
    }
}
