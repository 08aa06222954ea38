//! The actions of the two programs, each with the zones that it opens.

use crate::zone::Zone;

/// Whose users do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Program {
    /// A chapter's program.
    Node,
    /// The national office's.
    Hub,
}

/// What somebody who is signed in may be allowed to do. Every page and every deed of a program asks for one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// The chapter's.
    OwnAccess,
    LookIn,
    ReadSupporters,
    AddSupporter,
    ChangeSupporter,
    RecordConsent,
    ReadHealth,
    WriteHealth,
    DecideDoubles,
    BringInFile,
    EraseSupporter,
    ReadWhatOfficeSees,
    FollowSending,
    AcceptAgreement,
    LookAfterComputers,
    LookAfterUsers,
    LendList,
    SeeLentList,
    /// The office's.
    OwnOfficeAccess,
    LookInAtOffice,
    ReadNational,
    Correct,
    DecideLinks,
    BringInOfficeFile,
    TakeOutList,
    ReadHistory,
    ReadChapters,
    LookAfterChapters,
    LookAfterOfficeUsers,
}

impl Action {
    pub const ALL: [Action; 29] = [
        Self::OwnAccess,
        Self::LookIn,
        Self::ReadSupporters,
        Self::AddSupporter,
        Self::ChangeSupporter,
        Self::RecordConsent,
        Self::ReadHealth,
        Self::WriteHealth,
        Self::DecideDoubles,
        Self::BringInFile,
        Self::EraseSupporter,
        Self::ReadWhatOfficeSees,
        Self::FollowSending,
        Self::AcceptAgreement,
        Self::LookAfterComputers,
        Self::LookAfterUsers,
        Self::LendList,
        Self::SeeLentList,
        Self::OwnOfficeAccess,
        Self::LookInAtOffice,
        Self::ReadNational,
        Self::Correct,
        Self::DecideLinks,
        Self::BringInOfficeFile,
        Self::TakeOutList,
        Self::ReadHistory,
        Self::ReadChapters,
        Self::LookAfterChapters,
        Self::LookAfterOfficeUsers,
    ];

    /// The zones whose plain text this opens, or whose content it changes.
    pub fn zones(self) -> &'static [Zone] {
        use Zone::{Chapter, Confidential, Office, Published, Shared};
        match self {
            Self::OwnAccess | Self::OwnOfficeAccess | Self::LookIn => &[],
            Self::LookAfterComputers | Self::LookAfterUsers | Self::LookAfterOfficeUsers => &[],
            Self::ReadSupporters | Self::AddSupporter | Self::DecideDoubles | Self::BringInFile => &[Chapter],
            Self::FollowSending | Self::LendList | Self::SeeLentList => &[Chapter],
            Self::ChangeSupporter | Self::RecordConsent => &[Chapter, Shared],
            Self::ReadHealth | Self::WriteHealth => &[Confidential],
            Self::EraseSupporter => &[Confidential, Chapter, Shared],
            Self::ReadWhatOfficeSees => &[Shared, Published],
            Self::AcceptAgreement => &[Shared, Published],
            Self::LookInAtOffice | Self::ReadChapters => &[Shared],
            Self::ReadNational | Self::Correct | Self::TakeOutList => &[Shared, Office],
            Self::DecideLinks | Self::BringInOfficeFile | Self::ReadHistory => &[Office],
            Self::LookAfterChapters => &[Published],
        }
    }

    pub fn program(self) -> Program {
        if self < Self::OwnOfficeAccess { Program::Node } else { Program::Hub }
    }

    /// In logs.
    pub fn code(self) -> &'static str {
        match self {
            Self::OwnAccess => "own_access",
            Self::LookIn => "look_in",
            Self::ReadSupporters => "read_supporters",
            Self::AddSupporter => "add_supporter",
            Self::ChangeSupporter => "change_supporter",
            Self::RecordConsent => "record_consent",
            Self::ReadHealth => "read_health",
            Self::WriteHealth => "write_health",
            Self::DecideDoubles => "decide_doubles",
            Self::BringInFile => "bring_in_file",
            Self::EraseSupporter => "erase_supporter",
            Self::ReadWhatOfficeSees => "read_what_office_sees",
            Self::FollowSending => "follow_sending",
            Self::AcceptAgreement => "accept_agreement",
            Self::LookAfterComputers => "look_after_computers",
            Self::LookAfterUsers => "look_after_users",
            Self::LendList => "lend_list",
            Self::SeeLentList => "see_lent_list",
            Self::OwnOfficeAccess => "own_office_access",
            Self::LookInAtOffice => "look_in_at_office",
            Self::ReadNational => "read_national",
            Self::Correct => "correct",
            Self::DecideLinks => "decide_links",
            Self::BringInOfficeFile => "bring_in_office_file",
            Self::TakeOutList => "take_out_list",
            Self::ReadHistory => "read_history",
            Self::ReadChapters => "read_chapters",
            Self::LookAfterChapters => "look_after_chapters",
            Self::LookAfterOfficeUsers => "look_after_office_users",
        }
    }
}
