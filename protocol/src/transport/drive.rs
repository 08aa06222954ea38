//! Runs a session on a link: carries its actions out against a [`Store`] and brings the answers back.
//!
//! Store calls block and run off the async threads, one at a time. While one runs no further message is taken, so a slow
//! store slows its peer by QUIC's flow control. Dropping the future is safe at any point: a store call that has begun
//! ends by itself, and the next session starts from the positions.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use quinn::{RecvStream, SendStream};
use tokio::sync::{Notify, mpsc, oneshot};

use super::link::{Link, LinkError, Traffic, close, traffic_since};
use super::store::{EntriesRead, Next, Notice, Store};
use crate::frame::{self, FrameError, FrameReader};
use crate::identity::Signed;
use crate::log::Revocation;
use crate::session::{Action, Counts, Event, Outcome, Session};
use crate::v1::{CloseCode, Message};

/// Messages read ahead of the session.
const READ_AHEAD: usize = 8;
/// Frames that may wait to be written. A session's windows are far smaller; what reaches this are the floors of a
/// million documents, or a peer that asks and asks and takes no answer.
const UNWRITTEN_MAX: usize = 1_024;
/// How long the last words may take to be written and to arrive.
const LAST_WORDS: Duration = Duration::from_secs(3);
/// How long who dialled may keep silent before its hello.
const UNTIL_HELLO: Duration = Duration::from_secs(30);

/// How a driven session went.
#[derive(Debug)]
pub struct Report {
    /// How it ended: the session's own end, or the connection's.
    pub ended: Result<Outcome, LinkError>,
    /// What went over it.
    pub counts: Counts,
    /// What it cost on the wire.
    pub traffic: Traffic,
}

impl Report {
    /// The code that says why it ended, where one was said.
    pub fn code(&self) -> Option<CloseCode> {
        match &self.ended {
            Ok(outcome) => Some(outcome.code),
            Err(LinkError::Closed(code)) => Some(*code),
            Err(_) => None,
        }
    }
}

/// A pair: the handle stays with the program, the control goes to [`Link::run`].
///
/// Make it before the session's standing is read: a wake is kept until the session can look, so nothing that is written
/// in between is overlooked.
pub fn control() -> (Handle, Control) {
    let (sender, commands) = mpsc::unbounded_channel();
    let wake = Arc::new(Notify::new());
    (Handle { wake: wake.clone(), commands: sender }, Control { wake, commands })
}

/// Speaks to a running session. Cheap to clone; when every clone is dropped the session ends with `going-away`.
#[derive(Debug, Clone)]
pub struct Handle {
    wake: Arc<Notify>,
    commands: mpsc::UnboundedSender<Command>,
}

impl Handle {
    /// The store has something new. Many calls are one.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Whether both sides have the same now: answered when they do, dropped when the session ends before.
    pub fn ask(&self) -> oneshot::Receiver<()> {
        let (answer, answered) = oneshot::channel();
        // Of a session that has ended the question is dropped with it.
        let _ = self.commands.send(Command::Ask(answer));
        answered
    }

    /// The peer was revoked just now: it gets the proof and nothing else.
    pub fn revoke(&self, revocation: Signed<Revocation>) {
        // A session that has ended needs no telling.
        let _ = self.commands.send(Command::Revoke(revocation));
    }

    /// End it.
    pub fn close(&self, code: CloseCode) {
        let _ = self.commands.send(Command::Close(code));
    }
}

/// The session's end of a [`Handle`].
#[derive(Debug)]
pub struct Control {
    wake: Arc<Notify>,
    commands: mpsc::UnboundedReceiver<Command>,
}

#[derive(Debug)]
enum Command {
    Ask(oneshot::Sender<()>),
    Revoke(Signed<Revocation>),
    Close(CloseCode),
}

impl Link {
    /// Runs a session until it ends.
    pub async fn run<S: Store>(self, session: Session, store: Arc<S>, control: Control) -> Report {
        let handshake = self.handshake();
        let Self { connection, send, receive, .. } = self;
        let (to_peer, frames) = mpsc::channel(UNWRITTEN_MAX);
        let (to_session, heard) = mpsc::channel(READ_AHEAD);
        let reading = async {
            read(receive, to_session).await;
            std::future::pending::<()>().await;
        };
        let session = Arc::new(Mutex::new(session));
        let asked = Vec::new();
        let conversation = Conversation { session, store, control, heard, to_peer, asked };
        let (over, talked) = oneshot::channel::<()>();
        let talking = async {
            let ended = conversation.run().await;
            drop(over);
            ended
        };
        let both = async { tokio::join!(talking, write(send, frames, talked)) };
        let ((ended, counts), ()) = tokio::select! {
            result = both => result,
            () = reading => unreachable!("reading never ends by itself"),
        };
        // Without an outcome the connection has ended, or the peer broke its stream off.
        let code = ended.as_ref().map_or(CloseCode::Unexpected, |outcome| outcome.code);
        close(&connection, code).await;
        Report { ended, counts, traffic: traffic_since(&connection, handshake) }
    }
}

struct Conversation<S> {
    /// Never contended: shared only with the thread that verifies a batch, which is awaited.
    session: Arc<Mutex<Session>>,
    store: Arc<S>,
    control: Control,
    heard: mpsc::Receiver<Result<Message, Broken>>,
    to_peer: mpsc::Sender<Vec<u8>>,
    /// Who waits to hear that both sides have the same.
    asked: Vec<oneshot::Sender<()>>,
}

impl<S: Store> Conversation<S> {
    async fn run(mut self) -> (Result<Outcome, LinkError>, Counts) {
        let mut actions: VecDeque<Action> = self.session().handle(Event::Start).into();
        let until_hello = tokio::time::sleep(UNTIL_HELLO);
        tokio::pin!(until_hello);
        loop {
            while let Some(action) = actions.pop_front() {
                match self.carry_out(action).await {
                    Done::Ended(outcome) => return (Ok(outcome), self.session().counts()),
                    Done::Answer(Some(event)) => actions.extend(self.session().handle(event)),
                    Done::Answer(None) => {}
                    Done::CaughtUp(next) => actions.extend(self.caught_up(next)),
                }
            }
            let awaits_hello = self.session().awaits_first_hello();
            let event = tokio::select! {
                () = &mut until_hello, if awaits_hello => Event::Close(CloseCode::Busy),
                message = self.heard.recv() => match message {
                    Some(Ok(message)) => Event::Received(message),
                    Some(Err(Broken::Frame(error))) => Event::Failed(code_of(error)),
                    Some(Err(Broken::Link(error))) => return (Err(error), self.session().counts()),
                    None => return (Err(LinkError::Cut), self.session().counts()),
                },
                () = self.control.wake.notified() => Event::Wake,
                command = self.control.commands.recv() => match command {
                    Some(Command::Ask(answer)) => {
                        self.asked.push(answer);
                        Event::Ask
                    }
                    Some(Command::Revoke(revocation)) => Event::Revoke(revocation),
                    Some(Command::Close(code)) => Event::Close(code),
                    None => Event::Close(CloseCode::GoingAway),
                },
            };
            actions.extend(self.handle(event).await);
        }
    }

    /// Verifying a batch takes milliseconds, which the async threads do not have.
    async fn handle(&mut self, event: Event) -> Vec<Action> {
        let Event::Received(Message::Entries(_)) = &event else { return self.session().handle(event) };
        let session = self.session.clone();
        let verified = tokio::task::spawn_blocking(move || lock(&session).handle(event));
        let failed = Action::Close(Outcome { code: CloseCode::StoreFailed, by_peer: false });
        verified.await.unwrap_or_else(|_| vec![failed])
    }

    fn caught_up(&mut self, next: Next) -> Vec<Action> {
        if next != Next::Again {
            for answer in self.asked.drain(..) {
                // Who asked may have gone.
                let _ = answer.send(());
            }
        }
        match next {
            Next::Stay | Next::Again => Vec::new(),
            Next::Close => self.session().handle(Event::Close(CloseCode::Done)),
        }
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        lock(&self.session)
    }

    async fn carry_out(&self, action: Action) -> Done {
        let store = self.store.clone();
        let event = match action {
            Action::Send(message) => {
                return match frame::encode(&message) {
                    Ok(frame) => match self.to_peer.try_send(frame) {
                        // The writer ends only with the connection, which the reader reports.
                        Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => Done::Answer(None),
                        // Waiting here instead would let two full sides wait for each other.
                        Err(mpsc::error::TrySendError::Full(_)) => {
                            Done::Ended(Outcome { code: CloseCode::OverLimit, by_peer: false })
                        }
                    },
                    Err(_) => Done::Answer(Some(Event::Failed(CloseCode::OverLimit))),
                };
            }
            Action::Close(outcome) => return Done::Ended(outcome),
            Action::Authorize(peer) => blocking(move || Ok(Event::Authorized(store.authorize(&peer)))).await,
            Action::ReadRetired { after } => {
                blocking(move || store.read_retired(after).map(Event::RetiredRead)).await
            }
            Action::StoreRetired(rows) => {
                blocking(move || store.store_retired(rows).map(|()| Event::RetiredStored)).await
            }
            Action::Compare(positions) => {
                blocking(move || store.compare(&positions).map(Event::Compared)).await
            }
            Action::ReadEntries(request) => {
                blocking(move || {
                    let EntriesRead { entries, arrival, more } = store.read_entries(&request)?;
                    Ok(Event::EntriesRead { entries, arrival, more })
                })
                .await
            }
            Action::Store(batch) => {
                blocking(move || store.store(batch).map(|refused| Event::Stored { refused })).await
            }
            Action::SampleLog(log) => blocking(move || store.sample_log(&log).map(Event::Sampled)).await,
            Action::Acknowledged { positions, refused } => {
                let done = blocking(move || store.acknowledged(&positions, refused)).await;
                return Done::Answer(done.err().map(Event::Failed));
            }
            Action::Forked(fork) => {
                let done = blocking(move || store.forked(&fork)).await;
                return Done::Answer(done.err().map(Event::Failed));
            }
            Action::ReadStanding => blocking(move || store.standing().map(Event::StandingRead)).await,
            Action::ReadSums(scope) => blocking(move || store.sums(&scope).map(Event::SumsRead)).await,
            Action::CompareSums { scope, sums } => {
                blocking(move || {
                    let (ranges, items) = store.differing(&scope, &sums)?;
                    Ok(Event::SumsCompared { ranges, items })
                })
                .await
            }
            Action::CompareItems { scope, ranges, items } => {
                blocking(move || store.missing(&scope, &ranges, &items).map(Event::ItemsCompared)).await
            }
            Action::Fill { scope, changes, wanted } => {
                blocking(move || {
                    let (filled, given) = store.fill(&scope, changes, &wanted)?;
                    Ok(Event::Filled { filled, given })
                })
                .await
            }
            Action::Search(root) => blocking(move || store.search(&root).map(Event::Searched)).await,
            Action::Found(found) => {
                store.found(found);
                return Done::Answer(None);
            }
            Action::Agreed => return self.notice(Notice::Agreed).await,
            Action::Diverged(scope) => return self.notice(Notice::Diverged(scope)).await,
            Action::Reconciled(reconciled) => return self.notice(Notice::Reconciled(reconciled)).await,
            Action::Revoked(revocation) => return self.notice(Notice::Revoked(revocation)).await,
            Action::CaughtUp => {
                return match blocking(move || Ok(store.caught_up())).await {
                    Ok(next) => Done::CaughtUp(next),
                    Err(code) => Done::Answer(Some(Event::Close(code))),
                };
            }
        };
        Done::Answer(Some(event.unwrap_or_else(Event::Failed)))
    }

    async fn notice(&self, notice: Notice) -> Done {
        let store = self.store.clone();
        let done = blocking(move || {
            store.notice(notice);
            Ok(())
        });
        Done::Answer(done.await.err().map(Event::Failed))
    }
}

fn lock(session: &Mutex<Session>) -> MutexGuard<'_, Session> {
    session.lock().unwrap_or_else(PoisonError::into_inner)
}

enum Done {
    Answer(Option<Event>),
    CaughtUp(Next),
    Ended(Outcome),
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CloseCode> + Send + 'static,
) -> Result<T, CloseCode> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(CloseCode::StoreFailed))
}

enum Broken {
    Frame(FrameError),
    Link(LinkError),
}

fn code_of(error: FrameError) -> CloseCode {
    match error {
        FrameError::TooLarge { .. } => CloseCode::OverLimit,
        FrameError::Compressed | FrameError::Malformed(_) => CloseCode::Malformed,
    }
}

async fn read(mut stream: RecvStream, to_session: mpsc::Sender<Result<Message, Broken>>) {
    let mut frames = FrameReader::default();
    loop {
        loop {
            let message = match frames.next_message() {
                Ok(Some(message)) => Ok(message),
                Ok(None) => break,
                Err(error) => Err(Broken::Frame(error)),
            };
            let broken = message.is_err();
            if to_session.send(message).await.is_err() || broken {
                return;
            }
        }
        match stream.read_chunk(64 * 1024, true).await {
            Ok(Some(chunk)) => frames.push(&chunk.bytes),
            Ok(None) => return,
            Err(error) => {
                let error = match error {
                    quinn::ReadError::ConnectionLost(error) => LinkError::from(error),
                    quinn::ReadError::Reset(_)
                    | quinn::ReadError::ClosedStream
                    | quinn::ReadError::IllegalOrderedRead
                    | quinn::ReadError::ZeroRttRejected => LinkError::Cut,
                };
                let _ = to_session.send(Err(Broken::Link(error))).await;
                return;
            }
        }
    }
}

/// Writes until the conversation is over, then the rest, and waits until the peer has it: [`LAST_WORDS`] at most, for
/// a peer that reads nothing would be written to for ever.
async fn write(mut stream: SendStream, mut frames: mpsc::Receiver<Vec<u8>>, talked: oneshot::Receiver<()>) {
    let writing = async {
        while let Some(frame) = frames.recv().await {
            if stream.write_all(&frame).await.is_err() {
                return;
            }
        }
        if stream.finish().is_ok() {
            let _ = stream.stopped().await;
        }
    };
    let patience = async {
        let _ = talked.await;
        tokio::time::sleep(LAST_WORDS).await;
    };
    tokio::select! {
        () = writing => {}
        () = patience => {}
    }
}

#[cfg(test)]
#[path = "drive_tests.rs"]
mod tests;
