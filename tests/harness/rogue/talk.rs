//! One connection of a rogue, word by word.

use std::time::Duration;

use helhet_protocol::frame::{self, FrameReader};
use helhet_protocol::identity::JoinRequest;
use helhet_protocol::log::tombstone::RetiredDigest;
use helhet_protocol::log::{ChangeKind, Entry, Refusal};
use helhet_protocol::transport::{self, Endpoint};
use helhet_protocol::v1::{Ack, CloseCode, Credential, Entries, Hello, MINOR, Message, Retired};
use quinn::{Connection, ConnectionError, RecvStream, SendStream};
use tokio::runtime::Runtime;

use super::Rogue;

/// Far longer than the hub takes for anything.
const PATIENCE: Duration = Duration::from_secs(30);
const EXPORTER_LABEL: &[u8] = b"EXPORTER-helhet/1";

/// What is said and heard on one stream.
#[derive(Debug)]
pub struct Talk {
    // In this order: a stream must not outlive what drives it.
    send: SendStream,
    receive: RecvStream,
    reader: FrameReader,
    connection: Connection,
    _endpoint: Endpoint,
    runtime: Runtime,
    /// What the hub told this chapter that it does not take.
    pub refusals: Vec<Refusal>,
    /// Changes of the chapter's sealed zones that the hub sent.
    pub sealed: Vec<helhet_protocol::log::Change>,
    batches: u64,
}

impl Talk {
    /// A connection and its stream; nothing is said yet.
    pub fn open(rogue: &Rogue) -> Result<Self, CloseCode> {
        let runtime = Runtime::new().expect("a runtime starts");
        let (endpoint, connection, streams) = runtime.block_on(async {
            let endpoint = transport::dialling_endpoint(&rogue.key, rogue.hub()).expect("a free port");
            let connecting = endpoint.connect(rogue.hub(), "helhet.invalid").expect("an address");
            let connection = connecting.await.map_err(|error| code_of(&error))?;
            let streams = connection.open_bi().await.map_err(|error| code_of(&error))?;
            Ok::<_, CloseCode>((endpoint, connection, streams))
        })?;
        let (send, receive) = streams;
        Ok(Self {
            send,
            receive,
            reader: FrameReader::default(),
            connection,
            _endpoint: endpoint,
            runtime,
            refusals: Vec::new(),
            sealed: Vec::new(),
            batches: 0,
        })
    }

    /// Said hello, and heard and told what is retired.
    pub fn begin(rogue: &Rogue) -> Result<Self, CloseCode> {
        let mut talk = Self::open(rogue)?;
        talk.begin_with(rogue, Retired { last: true, ..Retired::default() })?;
        Ok(talk)
    }

    /// The same, with something to tell.
    pub fn begin_with(&mut self, rogue: &Rogue, rows: Retired) -> Result<(), CloseCode> {
        self.hello(rogue, None)?;
        self.say(&Message::Retired(rows));
        // Who has stored what was told answers with all it has.
        self.until(|message| matches!(message, Message::CaughtUp(_)).then_some(()))
    }

    /// What this connection is known by.
    pub fn exporter(&self) -> [u8; 32] {
        let mut exporter = [0; 32];
        self.connection.export_keying_material(&mut exporter, EXPORTER_LABEL, b"").expect("TLS is done");
        exporter
    }

    /// Says hello and waits for the hub's.
    pub fn hello(&mut self, rogue: &Rogue, join: Option<JoinRequest>) -> Result<(), CloseCode> {
        self.say(&Message::Hello(Box::new(Hello {
            minor: MINOR,
            store: [7; 16],
            credential: Credential::Device(rogue.chain.clone()),
            retired: RetiredDigest::default(),
            positions: Vec::new(),
            fingerprints: Vec::new(),
            join,
        })));
        self.until(|message| matches!(message, Message::Hello(_)).then_some(()))
    }

    /// Sends a batch; how many of its changes were refused.
    pub fn batch(&mut self, entries: Vec<Entry>) -> Result<u64, CloseCode> {
        self.batches += 1;
        let number = self.batches;
        self.say(&Message::Entries(Entries::whole(number, entries)));
        self.until(|message| {
            let Message::Ack(ack) = message else { return None };
            (ack.number == number).then_some(ack.refused)
        })
    }

    /// A message, if it fits in a frame; the hub may have hung up.
    pub fn say(&mut self, message: &Message) {
        let frame = frame::encode(message).expect("it fits in a frame");
        self.say_bytes(&frame);
    }

    /// Any bytes.
    pub fn say_bytes(&mut self, bytes: &[u8]) {
        // Whether they were heard is told by what comes back.
        let _ = self.runtime.block_on(self.send.write_all(bytes));
    }

    /// Waits for the end that the hub makes.
    pub fn ends(mut self) -> CloseCode {
        self.until(|_| None::<()>).expect_err("nothing else was waited for")
    }

    /// Listens until `what` finds what it waits for, or the hub ends it.
    fn until<T>(&mut self, what: impl Fn(&Message) -> Option<T>) -> Result<T, CloseCode> {
        loop {
            let message = self.next()?;
            self.note(&message);
            if let Some(found) = what(&message) {
                return Ok(found);
            }
        }
    }

    fn note(&mut self, message: &Message) {
        let Message::Entries(Entries { number, entries, .. }) = message else { return };
        for change in entries.iter().flat_map(|entry| &entry.changes) {
            if change.kind == ChangeKind::Refusal
                && let helhet_protocol::log::Body::Open(body) = &change.body
            {
                self.refusals.extend(Refusal::read(body));
            }
            if matches!(change.body, helhet_protocol::log::Body::Sealed(_)) {
                self.sealed.push(change.clone());
            }
        }
        let number = *number;
        self.say(&Message::Ack(Ack { number, refused: 0 }));
    }

    fn next(&mut self) -> Result<Message, CloseCode> {
        loop {
            match self.reader.next_message().expect("the hub keeps to the protocol") {
                Some(Message::Close(close)) => return Err(close.code),
                Some(Message::Revoked(_)) => return Err(CloseCode::Revoked),
                Some(message) => return Ok(message),
                None => {}
            }
            let mut portion = vec![0; 64 * 1024];
            let read = self
                .runtime
                .block_on(async { tokio::time::timeout(PATIENCE, self.receive.read(&mut portion)).await });
            match read.expect("the hub answers or hangs up") {
                Ok(Some(length)) => self.reader.push(&portion[..length]),
                Ok(None) | Err(_) => {
                    let closed = self.runtime.block_on(self.connection.closed());
                    return Err(code_of(&closed));
                }
            }
        }
    }
}

fn code_of(error: &ConnectionError) -> CloseCode {
    let ConnectionError::ApplicationClosed(close) = error else { panic!("the connection broke: {error}") };
    CloseCode::from_number(u16::try_from(close.error_code.into_inner()).unwrap_or(u16::MAX))
}
