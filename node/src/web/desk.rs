//! What the screens ask and do, as one list. The chapter's program stands behind it; the tests of the screens put a small one in its
//! place. Every call may read the disk, and a few the network: handlers make them off the async threads.

use chrono::{DateTime, Utc};
use helhet_protocol::identity::{OfficeAddress, RecoveryPhrase};
use helhet_shared::command::{
    CommandError, PeerSupportInput, Revision, RoleInput, SupporterInput, VolunteeringInput,
};
use helhet_shared::erasures::Erasure;
use helhet_shared::gate::{Agreement, Verdict};
use helhet_shared::id::{EntryKey, SupporterId};
use helhet_shared::supporter::value::Country;
use helhet_shared::supporter::{KeptFor, Purpose, Role, Supporter};

pub use super::access_desk::{AccessDesk, Entry, ForApp, Lock, User, UserAdded};
use super::lending_desk::LendingDesk;
use super::passkey_desk::PasskeyDesk;
pub use crate::read::{Changed, HealthNotes, Overview, WaitingErasure};
use crate::write::Which;

/// All that the screens need of the program below.
pub trait Desk: AccessDesk + LendingDesk + PasskeyDesk + Send + Sync + 'static {
    fn standing(&self) -> Result<Standing, DeskError>;
    /// Whose program this is; blank before the chapter has joined.
    fn place(&self) -> Result<Place, DeskError>;
    fn light(&self) -> Result<LightFigures, DeskError>;
    /// Calls back after every commit that a page may show.
    fn watch(&self, changed: Box<dyn Fn() + Send + Sync>);

    /// Redeems an invite: the chapter has joined, and shares figures alone until the agreement is accepted.
    fn open_invite(&self, invite: &str, device: &str) -> Result<(), DeskError>;
    /// What this computer waits for, if it asked one of the chapter's own to be let in.
    fn knock(&self) -> Result<Option<Knock>, DeskError>;
    /// What was opened: the chapter's name and the agreement to accept.
    fn invited(&self) -> Result<Option<(String, Agreement)>, DeskError>;
    /// Accepts the agreement that was shown, and goes on to the recovery words.
    fn join(&self) -> Result<(), DeskError>;
    /// The recovery words and the code, until they are confirmed as kept.
    fn recovery(&self) -> Result<Option<Recovery>, DeskError>;
    fn recovery_kept(&self) -> Result<(), DeskError>;
    /// The chapter of these words is back on this computer, with all that the office has kept of it.
    fn bring_back(
        &self,
        office: &OfficeAddress,
        phrase: &RecoveryPhrase,
        device: &str,
    ) -> Result<(), DeskError>;

    fn needs(&self) -> Result<Needs, DeskError>;
    fn supporters(&self, question: &Question) -> Result<Found, DeskError>;
    fn supporter(&self, id: SupporterId) -> Result<Supporter, DeskError>;
    /// The gate's own output, and whether the office has confirmed that it holds exactly this.
    fn verdict(&self, id: SupporterId) -> Result<(Verdict, bool), DeskError>;
    /// What the confidential zone holds on a supporter's health, for this user.
    fn health_notes(&self, who: &str, id: SupporterId) -> Result<HealthNotes, DeskError>;
    /// What was changed when, the newest first.
    fn history(&self, id: SupporterId) -> Result<Vec<Changed>, DeskError>;
    /// How many pairs may be one supporter, and the first of them.
    fn doubles(&self, first: usize) -> Result<(usize, Vec<(Supporter, Supporter)>), DeskError>;
    /// A person decided that two who look alike are two.
    fn tell_apart(&self, one: SupporterId, other: SupporterId) -> Result<(), DeskError>;
    /// A person decided that they are one: `gone` goes into `kept`.
    fn merge(&self, who: &str, kept: SupporterId, gone: SupporterId) -> Result<(), DeskError>;
    fn overview(&self) -> Result<Overview, DeskError>;
    /// Of whom the office is given nothing until a person confirms what still holds.
    fn withheld(&self) -> Result<Few, DeskError>;
    /// The agreement that waits to be accepted, else the accepted one.
    fn agreement(&self) -> Result<Option<(Agreement, Acceptance)>, DeskError>;
    fn accept_agreement(&self) -> Result<(), DeskError>;
    fn waiting(&self) -> Result<Waiting, DeskError>;
    /// Wakes the sync; returns at once.
    fn sync_now(&self) -> Result<(), DeskError>;

    fn computers(&self) -> Result<Computers, DeskError>;
    /// An invite of a further computer, which may decide on others or not.
    fn invite_computer(&self, admin: bool) -> Result<String, DeskError>;
    /// Lets in who asks with this code, with or without what peer support reads; without an answer, turns it away.
    fn answer(&self, who: &str, code: &str, let_in: Option<bool>) -> Result<(), DeskError>;
    /// Lets a computer in again that was kept out, or removes one.
    fn keep_computer(&self, who: &str, key: &str, keep: bool) -> Result<(), DeskError>;
    /// Whether the chapter has removed this computer.
    fn is_removed(&self) -> Result<bool, DeskError>;
    /// Wipes all that is here; afterwards the program is as on its first day.
    fn wipe(&self) -> Result<(), DeskError>;
    /// What to type at the chapter's other computers, if this one waits for them.
    fn waits_at(&self) -> Result<Option<String>, DeskError>;
    /// From now on it does.
    fn wait_here(&self) -> Result<(), DeskError>;
    /// Goes to a computer that waits; afterwards both have the same.
    fn meet(&self, address: &str) -> Result<(), DeskError>;

    fn register(&self, input: &SupporterInput, consents: &[Purpose]) -> Result<SupporterId, DeskError>;
    fn change(&self, who: &str, id: SupporterId, change: Change) -> Result<(), DeskError>;
    fn erase(&self, id: SupporterId) -> Result<Erased, DeskError>;
    /// Erasures that wait for a second word.
    fn waiting_erasures(&self) -> Result<Vec<WaitingErasure>, DeskError>;
    /// Says it, with the recovery phrase where this computer is the one that asked.
    fn confirm_erasures(&self, which: Which, phrase: Option<RecoveryPhrase>) -> Result<(), DeskError>;
    /// Takes it back.
    fn take_back_erasures(&self, which: Which) -> Result<(), DeskError>;
    /// What was erased, and who has confirmed it.
    fn erasures(&self) -> Result<Vec<Erasure>, DeskError>;

    /// Keeps an uploaded file to be looked at; gives the name of the batch.
    fn look_at(&self, file_name: &str, bytes: &[u8]) -> Result<String, DeskError>;
    fn columns(&self, batch: &str) -> Result<Columns, DeskError>;
    /// Takes the columns as given (a code for each, in their order) and works out what would happen.
    fn preview(&self, batch: &str, meanings: &[String]) -> Result<Report, DeskError>;
    /// What would happen, as last previewed, or what has happened.
    fn report(&self, batch: &str) -> Result<Report, DeskError>;
    fn run(&self, batch: &str) -> Result<(), DeskError>;
    fn left_out(&self, batch: &str) -> Result<Vec<u8>, DeskError>;
    fn undo(&self, batch: &str) -> Result<(), DeskError>;
    fn imports(&self) -> Result<Vec<Past>, DeskError>;
}

#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error("there is no such supporter, batch or page")]
    NotFound,
    #[error("this computer may not do that")]
    MayNot,
    #[error("something asks for the supporter to be kept")]
    Kept,
    #[error("only who reads the notes on health may do that")]
    Closed,
    #[error(transparent)]
    Input(#[from] CommandError),
    #[error("that is not an invite")]
    InviteUnreadable,
    #[error("the invite was used before or has expired")]
    InviteUsed,
    #[error("the office does not answer")]
    OfficeUnreachable,
    #[error("no computer of the chapter answers there")]
    NobodyThere,
    #[error("the other computer let nobody in")]
    NotLetIn,
    /// It answered and refused: the key of the sentence.
    #[error("the office refused")]
    OfficeSaid(&'static str),
    #[error("the file cannot be read as a list")]
    FileUnreadable,
    /// For the log; the visitor sees a plain sentence.
    #[error(transparent)]
    Failed(#[from] Box<dyn std::error::Error + Send + Sync>),
}

/// What became of a supporter who was to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    Gone,
    /// Nobody sees it any more, and its bytes go when something that reads has ended.
    Soon,
    /// Nobody sees it any more, and it goes when a second one has said so too.
    Waits,
}

/// How far the program is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing can be read before somebody gives a passphrase.
    Locked,
    NotJoined,
    /// It has asked one of the chapter's computers to be let in.
    Knocking,
    /// Joined, but the recovery words are not confirmed as kept.
    WordsShown,
    WithoutUser,
    Ready,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    Open,
    Accepted,
}

#[derive(Debug, Clone, Default)]
pub struct Place {
    pub chapter: String,
    pub device: String,
    pub folder: String,
    /// Where its phone numbers are, if they do not say so themselves.
    pub country: Country,
}

/// What the light shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct LightFigures {
    pub connected: bool,
    /// The key of what the office said when it refused the connection.
    pub said: Option<&'static str>,
    /// When the office last confirmed that it holds everything that is to be sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Changes that the office has not confirmed.
    pub waiting: usize,
    pub refused: usize,
}

/// Its `Debug` hides the words.
#[derive(Clone)]
pub struct Recovery {
    pub words: Vec<String>,
    pub code: String,
    /// What is to be written on the paper beside the words.
    pub office: String,
}

impl std::fmt::Debug for Recovery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recovery(…)")
    }
}

#[derive(Debug, Clone)]
pub struct Named {
    pub id: SupporterId,
    pub name: String,
}

/// A computer that asks to be one of a chapter's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knock {
    pub chapter: String,
    /// The six digits that the chapter's other computer shows too.
    pub code: String,
}

/// The chapter's computers.
#[derive(Debug, Clone, Default)]
pub struct Computers {
    /// Whether this one may decide on the others.
    pub may_decide: bool,
    /// What is to be written on the paper beside the recovery words.
    pub office: String,
    pub computers: Vec<Computer>,
    /// Name and code of each that asks.
    pub asking: Vec<(String, String)>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Computer {
    pub key: String,
    pub name: String,
    pub is_this: bool,
    pub is_admin: bool,
    pub is_in: bool,
    pub is_removed: bool,
    /// Until when it is let in without being renewed.
    pub until: DateTime<Utc>,
}

/// What needs a person, each with the first few; and the chapter in figures.
#[derive(Debug, Clone, Default)]
pub struct Needs {
    pub supporters: usize,
    /// Erasures that wait for a second word.
    pub waiting_erasures: usize,
    pub by_role: Vec<(Role, usize)>,
    pub conflicts: Few,
    pub doubles: Few,
}

#[derive(Debug, Clone, Default)]
pub struct Few {
    pub count: usize,
    pub first: Vec<Named>,
}

#[derive(Debug, Clone, Default)]
pub struct Waiting {
    /// When this device and the office last held the same; none, if never or if that is what was found last.
    pub same_at: Option<DateTime<Utc>>,
    /// What was found last is that they do not.
    pub differs: bool,
    /// When another copy of this data was last found to have been used too.
    pub copy_met_at: Option<DateTime<Utc>>,
    pub waiting: Few,
    /// Each with the key of the reason's sentence.
    pub refused: Vec<(Named, String)>,
}

#[derive(Debug, Clone, Default)]
pub struct Question {
    pub search: String,
    pub role: Option<Role>,
    pub limit: Option<usize>,
}

#[derive(Debug, Clone, Default)]
pub struct Found {
    pub total: usize,
    pub found: usize,
    pub rows: Vec<Listed>,
}

/// A supporter in the list. Its `Debug` shows the id alone.
#[derive(Clone)]
pub struct Listed {
    pub id: SupporterId,
    pub name: String,
    pub roles: Vec<Role>,
    pub phone: String,
    pub email: String,
    pub place: String,
    pub in_conflict: bool,
}

impl std::fmt::Debug for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Listed({})", self.id)
    }
}

/// The edit form as sent.
#[derive(Debug, Clone)]
pub struct EditedForm {
    pub revision: Revision,
    pub volunteering: VolunteeringInput,
    pub peer_support: PeerSupportInput,
}

/// What a person does to one supporter.
#[derive(Debug, Clone)]
pub enum Change {
    /// The edit form: all of it in one entry.
    Edit(Box<EditedForm>),
    AddRole(RoleInput),
    EndRole(EntryKey),
    AddNote(String),
    RemoveNote(EntryKey),
    AddHealthNote(String),
    RemoveHealthNote(EntryKey),
    AddTag(String),
    RemoveTag(EntryKey),
    ProtectAddress,
    UnprotectAddress,
    /// Not to be erased before a day, as typed.
    Keep {
        because: KeptFor,
        until: String,
    },
    KeepNoLonger,
    Grant(Purpose),
    Withdraw(Purpose),
    Refuse(Purpose),
    /// What the record tells of consents still holds, though a restored backup has forgotten something.
    ConfirmSharing,
    TakeBackSharing,
    Pick {
        key: String,
        value: String,
    },
}

#[derive(Debug, Clone, Default)]
pub struct Columns {
    pub file: String,
    pub lines: usize,
    pub columns: Vec<FileColumn>,
}

#[derive(Debug, Clone)]
pub struct FileColumn {
    pub heading: String,
    /// The first few different values.
    pub examples: Vec<String>,
    /// A column's code, `ignored` if it is left out.
    pub meaning: String,
}

/// What an import will do or has done; lines = the sum of the five counts after it.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub file: String,
    pub lines: usize,
    pub new: usize,
    pub changed: usize,
    pub same: usize,
    pub doubtful: usize,
    pub refused: usize,
    pub refusals: Vec<LineNote>,
    pub doubts: Vec<LineNote>,
    /// Remarks on lines that were taken in all the same.
    pub unreadable: Vec<LineNote>,
    pub undone: bool,
}

#[derive(Debug, Clone)]
pub struct LineNote {
    pub line: u32,
    pub name: String,
    /// The supporter it became, or is like.
    pub supporter: Option<SupporterId>,
    /// The key of a sentence.
    pub reason: String,
}

#[derive(Debug, Clone)]
pub struct Past {
    pub batch: String,
    pub file: String,
    pub at: DateTime<Utc>,
    pub new: usize,
    pub undone: bool,
}
