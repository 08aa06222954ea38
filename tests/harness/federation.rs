//! A hub and its chapters in one process: the programs' libraries on temporary folders, meeting over QUIC on this
//! machine whenever a test says so and never by themselves.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use helhet_hub::office::Founding;
use helhet_hub::read::{self, Extraction};
use helhet_hub::store::{StoreError, documents};
use helhet_hub::{Config as HubConfig, Hub, ServeConfig, Serving};
use helhet_node::Node;
use helhet_node::join::join;
use helhet_node::sync::Connection;
use helhet_node::write::Writer;
use helhet_shared::clock::{Clock, SystemClock};
use helhet_shared::document::{ChangeBody, Document};
use helhet_shared::id::{ActorId, DocumentId};
use helhet_shared::supporter::Supporter;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

use crate::invariants;

/// Everything of one organisation.
pub struct Federation {
    /// The office.
    pub hub: Hub,
    chapters: Vec<Node>,
    serving: Option<Serving>,
    runtime: Runtime,
    _folder: TempDir,
}

impl std::fmt::Debug for Federation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Federation").field("chapters", &self.chapters.len()).finish_non_exhaustive()
    }
}

impl Federation {
    /// An office and chapters of these names, joined and with the agreement accepted.
    pub fn found(names: &[&str]) -> Self {
        Self::found_by(names, Arc::new(SystemClock))
    }

    /// The same with a clock that the test may move.
    pub fn found_by(names: &[&str], clock: Arc<dyn Clock>) -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let runtime = Runtime::new().expect("a runtime starts");
        let config = HubConfig { data: folder.path().join("hub"), clock: clock.clone() };
        let founding = Founding { name: "Lysning".to_owned(), language: "nb".to_owned() };
        let (hub, _words) = Hub::init(&config, &founding).expect("an office can be founded");
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let serve =
            ServeConfig { http: any, quic: any, public: None, reach: Default::default(), metrics: None };
        let serving =
            runtime.block_on(helhet_hub::serve(&hub, &serve, helhet_hub::screens)).expect("the hub serves");
        let found = |name: &&str| {
            let invite = hub.add_chapter(name).expect("a chapter can be added").to_string();
            let own = folder.path().join(name);
            let joining = join(&own, &invite, "laptop", clock.clone());
            let node = runtime.block_on(joining).expect("the chapter joins").node;
            accept_the_agreement(&node);
            node
        };
        let chapters = names.iter().map(found).collect();
        Self { hub, chapters, serving: Some(serving), runtime, _folder: folder }
    }

    /// The door of one chapter's program.
    pub fn writer(&self, chapter: usize) -> &Writer {
        self.chapters[chapter].writer()
    }

    /// The chapter's program stays connected until the given handle is aborted or the federation ends; returns once it is.
    pub fn stay_connected(&self, chapter: usize) -> JoinHandle<()> {
        let node = self.chapters[chapter].clone();
        let mut connection = node.connection();
        let staying = self.runtime.spawn(async move { node.keep_syncing().await });
        let connected = connection.wait_for(|connection| *connection == Connection::Connected);
        self.runtime.block_on(connected).expect("the chapter's program goes on");
        staying
    }

    /// Every chapter meets the office until nobody has anything more to say; whether nobody had from the start.
    pub fn meet(&self) -> bool {
        for round in 0..10 {
            let said: u64 = self.chapters.iter().map(|node| self.pass(node)).sum();
            self.hub.project().expect("the hub projects");
            if said == 0 {
                return round == 0;
            }
        }
        panic!("chapters and office never come to rest");
    }

    /// One pass of one chapter; how many entries went either way.
    fn pass(&self, node: &Node) -> u64 {
        let pass = self.runtime.block_on(node.sync()).expect("the chapter reaches the hub");
        pass.entries_in + pass.entries_out
    }

    /// What the office's store holds of the supporter with this shared document.
    pub fn office_record(&self, shared: DocumentId) -> Option<Supporter> {
        let said = self.hub.database().read(|connection| -> Result<_, StoreError> {
            let Some(generation) = documents::generations(connection, shared.as_bytes())?.pop() else {
                return Ok(None);
            };
            Ok(Some(documents::said(connection, shared.as_bytes(), generation)?))
        });
        let said = said.expect("the hub can be asked")?;
        let bodies: Vec<ChangeBody> = said.into_iter().map(|said| ChangeBody(said.body)).collect();
        let mut document = Document::new(ActorId::from_bytes([0; 16]));
        document.apply(&bodies).expect("what the hub stored can be applied");
        Some(Supporter::from_content(shared.into(), &document.content()))
    }

    /// The national record that holds this shared document.
    pub fn national_record(&self, shared: DocumentId) -> Option<Value> {
        self.hub
            .database()
            .read(|connection| read::supporter(connection, shared))
            .expect("the hub can be asked")
    }

    /// The office's whole list.
    pub fn office_list(&self) -> Vec<Value> {
        let extraction =
            Extraction { login: "kontor".to_owned(), what: "list".to_owned(), why: "a test".to_owned() };
        let now = self.hub.now().timestamp();
        let all = |connection: &rusqlite::Connection| read::supporters(connection, "", None, None, 0);
        let listed =
            read::take_out(self.hub.database(), &extraction, now, all).expect("the hub can be asked");
        listed.into_iter().map(|one| one.national).collect()
    }
}

/// Accepts the newest agreement, as a chapter's board does.
pub fn accept_the_agreement(node: &Node) {
    let agreements = helhet_node::read::agreements(node.store()).expect("the agreements can be read");
    let (id, _) = agreements.to_accept().expect("the hub has published an agreement").clone();
    node.writer().act(|deed| deed.accept(id, true)).expect("the agreement can be accepted");
}

impl Drop for Federation {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let stores = self.chapters.iter().map(|node| node.store().database());
            let broken: Vec<String> =
                stores.chain([self.hub.database()]).flat_map(invariants::in_store).collect();
            assert!(broken.is_empty(), "{} are broken: {:#?}", broken.len(), &broken[..broken.len().min(10)]);
        }
        if let Some(serving) = self.serving.take() {
            self.runtime.block_on(serving.stop());
        }
    }
}
