//! Asking the office whose chapter a recovery phrase is, before there is anything here.
use std::sync::{Arc, Mutex, PoisonError};

use helhet_protocol::identity::{
    DeviceCertificate, DeviceChain, DeviceRole, KeyPair, OfficeAddress, RootKey,
};
use helhet_protocol::log::{Change, LogId, Position};
use helhet_protocol::session::{
    Authorization, Batch, Comparison, Config, Missing, Opening, Peer, ReadEntries, RetiredRows, Scope,
    Session, Standing,
};
use helhet_protocol::transport::{self, EntriesRead, LinkError, Next, Notice, Store};
use helhet_protocol::v1::compare::Short;
use helhet_protocol::v1::{CloseCode, Credential, Fork, Found, Search};

use super::{SyncError, dial};

/// The chapter that `root` is pinned for at this office. `now` is unix seconds.
pub async fn search(office: &OfficeAddress, root: &RootKey, now: i64) -> Result<Found, SyncError> {
    let address = dial::resolve(&office.hub_address).await?;
    // Nobody's device: it says no hello.
    let device = KeyPair::generate(&mut rand::rng());
    let endpoint = transport::dialling_endpoint(&device, address)?;
    let link = transport::connect(&endpoint, address)
        .await
        .map_err(|source| SyncError::Unreachable { address: office.hub_address.clone(), source })?;
    let certificate = DeviceCertificate::new([0; 16], "", device.public(), DeviceRole::Editor, now);
    let chain =
        DeviceChain::certify(root.certify_chapter_key([0; 16], device.public(), 0), &certificate, &device);
    let session = Session::new(Config {
        credential: Credential::Device(chain),
        store: [0; 16],
        peer_key: link.peer_key,
        exporter: link.exporter,
        opening: Some(Opening {
            peer_is_known: false,
            join: None,
            search: Some(Search::new(root, &link.exporter)),
            standing: Standing::default(),
        }),
    });
    let asker = Arc::new(Asker { office: office.root_hash, now, found: Mutex::default() });
    let (_handle, control) = transport::control();
    let report = link.run(session, asker.clone(), control).await;
    let found = asker.found.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (found, report.ended) {
        (Some(found), _) => Ok(found),
        (None, Ok(outcome)) => Err(SyncError::Refused(outcome.code)),
        (None, Err(LinkError::Closed(code))) => Err(SyncError::Refused(code)),
        (None, Err(error)) => Err(SyncError::Broken(error)),
    }
}

/// Asks, and exchanges nothing.
struct Asker {
    office: [u8; 32],
    now: i64,
    found: Mutex<Option<Found>>,
}

impl Store for Asker {
    fn authorize(&self, peer: &Peer) -> Authorization {
        let Credential::Hub(chain) = &peer.credential else {
            return Authorization::Refused(CloseCode::CertificateInvalid);
        };
        match chain.verify(&self.office, 0, &peer.key, self.now) {
            Ok(_) => Authorization::Accepted(Standing::default()),
            Err(error) => Authorization::Refused(CloseCode::from(&error)),
        }
    }

    fn found(&self, found: Found) {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
    }

    fn notice(&self, _notice: Notice) {}

    fn caught_up(&self) -> Next {
        Next::Close
    }

    fn read_retired(&self, _after: u64) -> Result<RetiredRows, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn store_retired(&self, _rows: RetiredRows) -> Result<(), CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn compare(&self, _positions: &[Position]) -> Result<Comparison, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn read_entries(&self, _request: &ReadEntries) -> Result<EntriesRead, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn store(&self, _batch: Batch) -> Result<u64, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn acknowledged(&self, _positions: &[Position], _refused: u64) -> Result<(), CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn sample_log(&self, _log: &LogId) -> Result<Fork, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn forked(&self, _fork: &Fork) -> Result<(), CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn standing(&self) -> Result<Standing, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn sums(&self, _scope: &Scope) -> Result<Vec<u8>, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn differing(&self, _scope: &Scope, _sums: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn missing(&self, _scope: &Scope, _ranges: &[u8], _items: &[u8]) -> Result<Missing, CloseCode> {
        Err(CloseCode::Unexpected)
    }

    fn fill(
        &self,
        _scope: &Scope,
        _changes: Vec<Change>,
        _wanted: &[Short],
    ) -> Result<(u64, Vec<Change>), CloseCode> {
        Err(CloseCode::Unexpected)
    }
}
