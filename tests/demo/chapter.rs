//! One chapter of the demo: its program, its list imported, and the cable that joins it to the office.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use helhet_node::{Node, access, files, join::join};
use helhet_shared::clock::SystemClock;
use helhet_shared::rights::UserRole;
use helhet_tests::cable::Cable;
use helhet_tests::federation::accept_the_agreement;
use helhet_tests::samples::CHAPTER_FILES;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::office::Office;

/// A chapter whose program serves.
pub(crate) struct Chapter {
    pub(crate) name: &'static str,
    /// Of its screens, as the browser wants it.
    pub(crate) address: String,
    pub(crate) cable: Cable,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<()>>,
}

impl Chapter {
    /// Opens the chapter's folder, or joins the office and imports the chapter's files.
    pub(crate) async fn open(folder: &Path, name: &'static str, port: u16, office: &Office) -> Result<Self> {
        let folder = folder.join(plain(name));
        let (node, cable) = match folder.exists() {
            true => {
                let node = Node::open(&folder, Arc::new(SystemClock))?;
                let near: SocketAddr = node.identity().hub_address.parse()?;
                let cable = Cable::between(near, office.quic()).await;
                (node, cable.with_context(|| format!("the address {near} of {name}'s cable is taken"))?)
            }
            false => {
                let cable = Cable::to(office.quic()).await?;
                (found(&folder, name, office, &cable).await?, cable)
            }
        };
        node.sync().await?;
        let http = format!("127.0.0.1:{}", crate::port_near(port)?);
        let address = format!("http://{}", http.replace("127.0.0.1", "localhost"));
        let (stop, stopped) = oneshot::channel::<()>();
        drop(node);
        let serving = tokio::spawn(async move {
            let until = async {
                let _ = stopped.await;
            };
            helhet_node::serve(&folder, Arc::new(SystemClock), &http, until).await
        });
        Ok(Self { name, address, cable, stop, serving })
    }

    /// Whether somebody who has no ø at hand means this chapter.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        plain(name) == plain(self.name)
    }

    pub(crate) async fn stop(self) {
        let _ = self.stop.send(());
        let _ = tokio::time::timeout(std::time::Duration::from_secs(3), self.serving).await;
    }
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace('ø', "o")
}

async fn found(folder: &Path, name: &str, office: &Office, cable: &Cable) -> Result<Node> {
    let mut invite = office.hub.add_chapter(name)?;
    invite.hub_address = cable.address().to_string();
    let joined = join(folder, &invite.to_string(), "Demo", Arc::new(SystemClock)).await?;
    // Nobody needs the recovery words of a chapter that is gone tonight.
    joined.phrase_is_kept()?;
    let node = joined.node;
    accept_the_agreement(&node);
    for sample in CHAPTER_FILES.iter().filter(|sample| sample.chapter == Some(name)) {
        let bytes = std::fs::read(sample.path())?;
        let preview = files::preview(node.writer(), sample.name, &bytes, "")?;
        let imported = files::carry_out(node.writer(), &preview)?;
        println!("  {name}: {} lines of {}", imported.report.lines, sample.name);
    }
    let now = node.writer().clock().now().timestamp();
    access::add_user(node.store(), "leder", crate::PASSWORD, UserRole::ChapterLeader, now, None)?;
    Ok(node)
}
