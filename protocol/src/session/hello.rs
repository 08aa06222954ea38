//! The hello phase: who is there, and may they come in. Nothing of ours but a hello is sent before that is decided.

use super::{Action, Authorization, Phase, Session, Standing};
use crate::identity::join::join_code;
use crate::session::Peer;
use crate::v1::{CloseCode, Credential, Hello, Introduction, MINOR, Message};

/// What was asked of the driver.
#[derive(Debug)]
pub(super) enum Question {
    /// May we say hello to whom we see?
    Introduction,
    /// May the peer who says this come in?
    Hello(Box<Hello>),
}

/// More logs than any chapter has.
const POSITIONS_MAX: usize = 10_000;

impl Session {
    pub(super) fn start(&mut self, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        if !matches!(self.phase, Phase::Fresh) {
            return Err(CloseCode::Unexpected);
        }
        match &self.config.opening {
            None => self.phase = Phase::AwaitingHello { authorized: false },
            Some(opening) if opening.peer_is_known => self.say_hello_first(false, actions),
            Some(_) => {
                self.phase = Phase::Introducing;
                self.send(Message::Introduction(Introduction {}), actions);
            }
        }
        Ok(())
    }

    /// The side that was dialled shows who it is; it may be asked once, before any hello.
    pub(super) fn introduce(&mut self, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        if self.config.opening.is_some() || std::mem::replace(&mut self.introduced, true) {
            return Err(CloseCode::Unexpected);
        }
        self.send(Message::Credential(self.config.credential.clone()), actions);
        Ok(())
    }

    pub(super) fn introduced(
        &mut self,
        credential: Credential,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let peer = self.peer(&credential)?;
        self.phase = Phase::Deciding(Question::Introduction);
        actions.push(Action::Authorize(peer));
        Ok(())
    }

    pub(super) fn hello_arrived(
        &mut self,
        hello: Hello,
        authorized: bool,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        if hello.positions.len() > POSITIONS_MAX {
            return Err(CloseCode::OverLimit);
        }
        let mut peer = self.peer(&hello.credential)?;
        peer.store = Some(hello.store);
        if let Some(join) = &hello.join {
            if self.config.opening.is_some() || !join.holds(&self.config.exporter) {
                return Err(CloseCode::InviteMismatch);
            }
            peer.join_code = Some(join_code(&self.config.exporter, &join.root));
            peer.join = Some(join.clone());
        }
        if authorized {
            return self.meet(hello, actions);
        }
        self.phase = Phase::Deciding(Question::Hello(Box::new(hello)));
        actions.push(Action::Authorize(peer));
        Ok(())
    }

    pub(super) fn decided(
        &mut self,
        authorization: Authorization,
        actions: &mut Vec<Action>,
    ) -> Result<(), CloseCode> {
        let Phase::Deciding(question) = std::mem::replace(&mut self.phase, Phase::Closed) else {
            return Err(CloseCode::Unexpected);
        };
        let standing = match authorization {
            Authorization::Accepted(standing) => standing,
            Authorization::Refused(code) => return Err(code),
            Authorization::Revoked(revocation) => {
                self.tell_revoked(revocation, actions);
                return Ok(());
            }
        };
        match (question, self.config.opening.is_some()) {
            (Question::Introduction, _) => {
                self.say_hello_first(true, actions);
                self.standing.scopes = standing.scopes;
            }
            // What we said of ourselves in our hello stands; the decision brings the scopes.
            (Question::Hello(hello), true) => {
                self.standing.scopes = standing.scopes;
                return self.meet(*hello, actions);
            }
            (Question::Hello(hello), false) => {
                self.standing = standing.within_scopes();
                let ours = self.hello(None);
                self.send(Message::Hello(Box::new(ours)), actions);
                return self.meet(*hello, actions);
            }
        }
        Ok(())
    }

    fn say_hello_first(&mut self, authorized: bool, actions: &mut Vec<Action>) {
        self.phase = Phase::AwaitingHello { authorized };
        let Some(opening) = self.config.opening.clone() else { return };
        if let Some(search) = opening.search {
            return self.search(search, actions);
        }
        self.standing = opening.standing.within_scopes();
        let hello = self.hello(opening.join);
        self.send(Message::Hello(Box::new(hello)), actions);
    }

    fn hello(&self, join: Option<crate::identity::JoinRequest>) -> Hello {
        let Standing { positions, retired, fingerprints, .. } = &self.standing;
        Hello {
            minor: MINOR,
            store: self.config.store,
            credential: self.config.credential.clone(),
            retired: *retired,
            positions: positions.clone(),
            fingerprints: fingerprints.clone(),
            join,
        }
    }

    /// The credential must be about the key that TLS saw, before anybody looks at it more closely.
    fn peer(&self, credential: &Credential) -> Result<Peer, CloseCode> {
        let key = self.config.peer_key;
        if credential.claimed_key() != Some(key) {
            return Err(CloseCode::CertificateInvalid);
        }
        Ok(Peer { credential: credential.clone(), key, store: None, join: None, join_code: None })
    }

    /// Both are known: remember what the peer has, and let what is gone travel first.
    fn meet(&mut self, hello: Hello, actions: &mut Vec<Action>) -> Result<(), CloseCode> {
        self.phase = Phase::Meeting;
        self.peer_positions = hello.positions;
        self.peer_positions.retain(|position| self.standing.scope_of(&position.log).is_some());
        self.held_by_peer =
            self.peer_positions.iter().map(|position| (position.log, position.sequence)).collect();
        self.receiving.know(&self.standing.positions);
        self.sending.begin(self.standing.arrival, self.standing.scopes.len());
        let (positions, retired) = (self.peer_positions.clone(), hello.retired);
        let theirs = Standing { positions, retired, fingerprints: hello.fingerprints, ..Standing::default() };
        self.begin_retired(retired, actions)?;
        // After what goes out at once: nobody waits for the note that is made of it.
        self.compare_hellos(hello.minor, &theirs, actions);
        Ok(())
    }
}
