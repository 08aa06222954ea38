//! The chapter's devices: who joins them, who leaves, and what follows from that for keys.
use helhet_protocol::identity::admission::admission_code;
use helhet_protocol::identity::{
    Application, DeviceCertificate, DeviceChain, DeviceRole, Invite, KeyPair, PublicKey, RootKey, Signed,
};
use helhet_protocol::log::{Body, Change, ChangeKind, Generation, Position, Revocation};
use helhet_protocol::seal::{Epoch, EpochSecret, SealPublicKey};
use helhet_shared::sqlite::{log, members as stored};
use helhet_shared::zone::Zone;

use super::sealed::SEALED;
use super::{Deed, WriteError};
use crate::store::applicants::{self, ApplicantRow};
use crate::store::entries::{wire_log, wire_position};
use crate::store::members::{self, Member};
use crate::store::{keyring, peer_support, settings, wipe};

/// Set while the records of a chapter are on their way to a device that begins: devices that wrote under older chapter
/// keys are heard of for the first time.
pub(crate) const BEGINNING: &str = "restoring";
/// What a device asks with until it is certified.
pub(crate) const APPLICATION: &str = "application";
const CHAPTER_KEY: &str = "chapter_key";
/// What one secret opens is what was written in so many days.
const EPOCH_LIFE_SECONDS: i64 = 30 * 24 * 60 * 60;

impl Deed<'_> {
    /// Certificates of this chapter's devices that a peer knows. What the chapter's root does not stand behind is left
    /// aside, and so is a device that nobody knew while the chapter key that certified it was the latest.
    pub fn receive_devices(&mut self, chains: &[DeviceChain]) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        let ours = self.identity.chain.chapter_key.unverified().map_or(0, |certificate| certificate.serial);
        let beginning = self.is_beginning()?;
        for chain in chains {
            let Ok(verified) = chain.verify_authorship(&chapter, &self.identity.root) else { continue };
            let key = verified.device.key;
            let known = stored::device(self.transaction, &chapter, &key.0)?.is_some();
            if verified.chapter_key.serial < ours && !known && !beginning {
                continue;
            }
            let now = self.now.timestamp();
            // Who begins is told of those who were there before, and is itself the one that is new.
            let since = if beginning && key != self.identity.device.public() { 0 } else { now };
            let is_news = members::keep(self.transaction, &chapter, chain, now, since)?;
            self.heard_of_words |= is_news;
            if is_news && key == self.identity.device.public() {
                settings::write(self.transaction, "chain", &chain.to_bytes())?;
                settings::remove(self.transaction, APPLICATION)?;
            }
        }
        Ok(())
    }

    /// Whether the chapter's records are still on their way to this device for the first time.
    pub fn is_beginning(&self) -> Result<bool, WriteError> {
        Ok(settings::read(self.transaction, BEGINNING)?.is_some())
    }

    /// All is here, after the chapter was restored by its phrase: what was sealed to others is told to this device and to the
    /// paper, and what comes from now on is sealed anew, for those who are the chapter's now.
    pub fn finish_restoring(&mut self) -> Result<(), WriteError> {
        self.tell_epochs()?;
        self.turn_epochs()?;
        self.finish_beginning()
    }

    /// All is here.
    pub fn finish_beginning(&mut self) -> Result<(), WriteError> {
        settings::remove(self.transaction, BEGINNING)?;
        self.begin_day()
    }

    /// Devices that are the chapter's no longer, if its latest key says so.
    pub fn receive_revocations(&mut self, revocations: &[Signed<Revocation>]) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        for signed in revocations {
            let Ok(revocation) = signed.verify_own() else { continue };
            if revocation.chapter == chapter && self.is_chapter_key(&revocation.authority)? {
                let now = self.now.timestamp();
                let (device, bytes) = (&revocation.device.0, signed.to_bytes());
                if stored::revoke(self.transaction, &chapter, device, bytes, now)? {
                    self.forget_beyond(&revocation)?;
                    self.heard_of_words = true;
                }
            }
        }
        Ok(())
    }

    /// This device hears that it is the chapter's no longer; believed if the chapter's key says so.
    pub fn hear_of_removal(&mut self, signed: &Signed<Revocation>) -> Result<bool, WriteError> {
        let Ok(revocation) = signed.verify_own() else { return Ok(false) };
        let is_about_us = revocation.device == self.identity.device.public()
            && revocation.chapter == *self.identity.chapter.as_bytes();
        if !is_about_us || !self.is_chapter_key(&revocation.authority)? {
            return Ok(false);
        }
        wipe::note_removed(self.transaction, &revocation)?;
        Ok(true)
    }

    /// An invite of a further device. It is good once, by whoever it is handed to.
    pub fn invite_device(&mut self, role: DeviceRole) -> Result<Invite, WriteError> {
        let key = self.own_chapter_key()?;
        let (identity, now) = (self.identity, self.now.timestamp());
        let invite = Invite::new(
            &identity.hub_address,
            identity.office,
            *identity.chapter.as_bytes(),
            &identity.chapter_name,
            now,
            &mut self.rng,
        );
        let invite = invite.of_device(role, (identity.root, self.own_chain()?.chapter_key), &key);
        applicants::invite(self.transaction, &invite.token, invite.expires, now)?;
        Ok(invite)
    }

    /// Somebody asks to be a device of the chapter. Who was not handed an invite by this device is nobody here.
    pub(super) fn take_application(&mut self, body: &[u8]) -> Result<(), WriteError> {
        let Ok(application) = Application::from_bytes(body) else { return Ok(()) };
        let now = self.now.timestamp();
        let tokens = applicants::tokens(self.transaction, now)?;
        let Some(token) = tokens.iter().find(|token| application.knows(token)) else { return Ok(()) };
        let code = admission_code(token, &application.key);
        let row = ApplicantRow { key: application.key.0, application: body.to_vec(), code, at: now };
        applicants::add(self.transaction, &row)?;
        applicants::spend(self.transaction, token)?;
        Ok(())
    }

    /// A person has compared the code: this is the chapter's device from now on. `with_peer_support` says whether what only
    /// peer support reads is sealed to it too.
    pub fn confirm_device(&mut self, key: &PublicKey, with_peer_support: bool) -> Result<(), WriteError> {
        let rows = applicants::all(self.transaction)?;
        let row = rows.into_iter().find(|row| row.key == key.0).ok_or(WriteError::NoSuchDevice)?;
        let application = Application::from_bytes(&row.application).map_err(|_| WriteError::NoSuchDevice)?;
        let admission =
            application.admitted_by.admission.unverified().map_err(|_| WriteError::NoSuchDevice)?;
        let chapter = *self.identity.chapter.as_bytes();
        let now = self.now.timestamp();
        let name: String = application.name.chars().take(64).collect();
        let certificate = DeviceCertificate {
            confidential: with_peer_support.then_some(application.confidential),
            ..DeviceCertificate::new(chapter, name, application.key, admission.role, now)
        };
        applicants::remove(self.transaction, &row.key)?;
        self.certify(&certificate.sealed_to(application.seal))?;
        if admission.role == DeviceRole::Admin {
            self.hand_over_chapter_key(application.seal)?;
        }
        self.tell_epochs()
    }

    /// Nobody whom the chapter knows asked.
    pub fn turn_applicant_away(&mut self, key: &PublicKey) -> Result<(), WriteError> {
        Ok(applicants::remove(self.transaction, &key.0)?)
    }

    /// Lets a device in again that was kept out when the chapter was restored by its phrase.
    pub fn admit_device(&mut self, key: &PublicKey) -> Result<(), WriteError> {
        let member = self.member(key)?;
        if member.is_out {
            return Err(WriteError::DeviceIsOut);
        }
        self.certify(&member.certificate.renewed(self.now.timestamp()))?;
        if let (DeviceRole::Admin, Some(seal)) = (member.certificate.role, member.certificate.seal) {
            self.hand_over_chapter_key(seal)?;
        }
        self.tell_epochs()
    }

    /// A device is the chapter's no longer: what it wrote up to here stands, and nothing that comes is sealed to it. With
    /// the chapter's root its key is replaced too, which a device that held it could still certify others with.
    pub fn revoke_device(&mut self, key: &PublicKey, root: Option<&RootKey>) -> Result<(), WriteError> {
        if *key == self.identity.device.public() {
            return Err(WriteError::OwnDevice);
        }
        let member = self.member(key)?;
        if let Some(root) = root {
            self.replace_chapter_key(root, key)?;
        }
        let chapter = *self.identity.chapter.as_bytes();
        let authority = self.own_chapter_key()?;
        let revocation = Revocation {
            chapter,
            device: *key,
            last_accepted: self.last_positions(key)?,
            time: self.now.timestamp(),
            authority: authority.public(),
        };
        let signed = Signed::sign(&revocation, &authority);
        let now = self.now.timestamp();
        stored::revoke(self.transaction, &chapter, &member.key.0, signed.to_bytes(), now)?;
        self.heard_of_words = true;
        self.turn_epochs()
    }

    /// What is due before a session: what older programs left unsealed, the day's turn, and certificates that are about to
    /// run out.
    pub fn begin_session(&mut self) -> Result<(), WriteError> {
        self.seal_the_past()?;
        if !self.is_beginning()? {
            self.begin_day()?;
        }
        self.keep_certificates()?;
        self.turn_old_epochs()
    }

    /// What a key opens is a month's, at most: a device that may certify others sees to it.
    fn turn_old_epochs(&mut self) -> Result<(), WriteError> {
        if self.own_chapter_key().is_err() || self.is_beginning()? {
            return Ok(());
        }
        let chapter = *self.identity.chapter.as_bytes();
        for zone in SEALED {
            let begun = keyring::newest_epoch_at(self.transaction, &chapter, zone.code())?;
            if begun.is_some_and(|begun| self.now.timestamp() - begun > EPOCH_LIFE_SECONDS) {
                return self.turn_epochs();
            }
        }
        Ok(())
    }

    /// Certificates that run out soon are renewed by a device that may, its own and those of devices that are seldom on.
    fn keep_certificates(&mut self) -> Result<(), WriteError> {
        if settings::read(self.transaction, APPLICATION)?.is_some() {
            return Ok(());
        }
        let now = self.now.timestamp();
        let chain = self.own_chain()?;
        self.receive_devices(std::slice::from_ref(&chain))?;
        if self.own_chapter_key().is_err() {
            return Ok(());
        }
        if let Ok(own) = chain.device.unverified()
            && own.seal.is_none()
        {
            // From before there was sealing.
            let confidential = Some(peer_support::public(self.transaction)?);
            let seal = self.identity.device.seal_key().public();
            self.certify(&DeviceCertificate { confidential, ..own.renewed(now) }.sealed_to(seal))?;
        }
        let latest = chain.chapter_key.unverified().map_or(0, |certificate| certificate.serial);
        for member in members::all(self.transaction, self.identity.chapter.as_bytes())? {
            let is_due = member.certificate.renewal_is_due(now);
            if is_due && !member.is_out && member.chapter_key_serial() == latest {
                self.certify(&member.certificate.renewed(now))?;
            }
        }
        Ok(())
    }

    /// An admin device has given this one the chapter key.
    pub(super) fn take_chapter_key(&mut self, id: &[u8; 16], body: &[u8]) -> Result<(), WriteError> {
        let chapter = self.identity.chapter.as_bytes();
        let own = self.identity.device.seal_key();
        let Ok(row) = Epoch::read(body) else { return Ok(()) };
        let Ok(secret) = row.open(chapter, Zone::Chapter.code(), id, &own) else { return Ok(()) };
        let key = KeyPair::from_seed(secret.bytes());
        let latest = self.own_chain()?.chapter_key.unverified().map(|certificate| certificate.key);
        if latest.is_ok_and(|latest| latest == key.public()) {
            settings::write(self.transaction, CHAPTER_KEY, key.seed().as_slice())?;
        }
        Ok(())
    }

    fn certify(&mut self, certificate: &DeviceCertificate) -> Result<(), WriteError> {
        let chain =
            DeviceChain::certify(self.own_chain()?.chapter_key, certificate, &self.own_chapter_key()?);
        self.receive_devices(&[chain])
    }

    fn hand_over_chapter_key(&mut self, to: SealPublicKey) -> Result<(), WriteError> {
        let key = self.own_chapter_key()?;
        let mut id = [0; 16];
        id.copy_from_slice(&key.public().0[..16]);
        let secret = EpochSecret::from_bytes(&key.seed());
        let row = Epoch::seal(self.identity.chapter.as_bytes(), Zone::Chapter.code(), &id, &secret, &[to])?;
        let change = Change {
            kind: ChangeKind::ChapterKey,
            document: id,
            generation: Generation { number: 0, random: 0 },
            body: Body::Open(row.to_body()),
        };
        self.sign(Zone::Chapter, vec![change])
    }

    /// A new chapter key by the word of the root; all devices but `but` are certified by it.
    fn replace_chapter_key(&mut self, root: &RootKey, but: &PublicKey) -> Result<(), WriteError> {
        let chapter = *self.identity.chapter.as_bytes();
        let old = self.own_chain()?.chapter_key.unverified().map_or(0, |certificate| certificate.serial);
        let now = self.now.timestamp();
        let serial = old.saturating_add(1).max(now.unsigned_abs());
        let key = KeyPair::generate(&mut self.rng);
        let certified = root.certify_chapter_key(chapter, key.public(), serial);
        if certified.verify(&self.identity.root).is_err() {
            return Err(WriteError::OtherPhrase);
        }
        settings::write(self.transaction, CHAPTER_KEY, key.seed().as_slice())?;
        for member in members::all(self.transaction, &chapter)? {
            if member.is_out || member.key == *but || member.chapter_key_serial() != old {
                continue;
            }
            let chain = DeviceChain::certify(certified.clone(), &member.certificate.renewed(now), &key);
            self.receive_devices(&[chain])?;
            let own = member.key == self.identity.device.public();
            if let (DeviceRole::Admin, Some(seal), false) =
                (member.certificate.role, member.certificate.seal, own)
            {
                self.hand_over_chapter_key(seal)?;
            }
        }
        Ok(())
    }

    fn member(&self, key: &PublicKey) -> Result<Member, WriteError> {
        let all = members::all(self.transaction, self.identity.chapter.as_bytes())?;
        all.into_iter().find(|member| member.key == *key).ok_or(WriteError::NoSuchDevice)
    }

    fn last_positions(&self, device: &PublicKey) -> Result<Vec<Position>, WriteError> {
        let chapter = self.identity.chapter.as_bytes();
        let mut last = Vec::new();
        for zone in [Zone::Shared, Zone::Chapter, Zone::Confidential] {
            let held = log::positions(self.transaction, chapter, zone.code())?;
            let of_device = held.iter().filter(|(log, _)| log.author == device.0);
            last.extend(of_device.map(|(log, held)| wire_position(wire_log(log), *held)));
        }
        Ok(last)
    }

    /// As it stands in the store: another device may have renewed it since this program was started.
    fn own_chain(&self) -> Result<DeviceChain, WriteError> {
        let kept = settings::read(self.transaction, "chain")?;
        Ok(kept
            .and_then(|bytes| DeviceChain::from_bytes(&bytes).ok())
            .unwrap_or_else(|| self.identity.chain.clone()))
    }

    /// Whether this device may erase and decide on others, by its certificate.
    pub(super) fn is_admin(&self) -> Result<bool, WriteError> {
        Ok(self
            .own_chain()?
            .device
            .unverified()
            .is_ok_and(|certificate| certificate.role == DeviceRole::Admin))
    }

    /// The chapter key, if this device holds the latest.
    fn own_chapter_key(&self) -> Result<KeyPair, WriteError> {
        let seed = settings::read(self.transaction, CHAPTER_KEY)?.and_then(|seed| seed.try_into().ok());
        let key = seed.map_or_else(|| self.identity.chapter_key.clone(), |seed| KeyPair::from_seed(&seed));
        match self.own_chain()?.chapter_key.unverified() {
            Ok(certificate) if certificate.key == key.public() => Ok(key),
            Ok(_) | Err(_) => Err(WriteError::NotAdmin),
        }
    }

    /// Whether the root certified this key for the chapter, as far as is known here.
    fn is_chapter_key(&self, key: &PublicKey) -> Result<bool, WriteError> {
        if *key == self.identity.chapter_key.public() {
            return Ok(true);
        }
        let devices = members::all(self.transaction, self.identity.chapter.as_bytes())?;
        Ok(devices.iter().any(|device| {
            device.chain.chapter_key.unverified().is_ok_and(|certificate| certificate.key == *key)
        }))
    }
}
