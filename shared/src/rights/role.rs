//! The roles of users, and what each may do: the table itself.

use super::action::{Action, Program};

/// What a user of a program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UserRole {
    ChapterLeader,
    MembershipCoordinator,
    VolunteerCoordinator,
    PeerSupportCoordinator,
    EventHelper,
    Auditor,
    Administrator,
    MemberService,
    Fundraiser,
    DataProtectionOfficer,
    Analyst,
}

impl UserRole {
    pub const ALL: [UserRole; 11] = [
        Self::ChapterLeader,
        Self::MembershipCoordinator,
        Self::VolunteerCoordinator,
        Self::PeerSupportCoordinator,
        Self::EventHelper,
        Self::Auditor,
        Self::Administrator,
        Self::MemberService,
        Self::Fundraiser,
        Self::DataProtectionOfficer,
        Self::Analyst,
    ];

    /// The roles that one program's users have, the one who may most first.
    pub fn of(program: Program) -> impl Iterator<Item = UserRole> {
        Self::ALL.into_iter().filter(move |role| role.program() == program)
    }

    pub fn program(self) -> Program {
        if self < Self::Administrator { Program::Node } else { Program::Hub }
    }

    /// As typed and stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::ChapterLeader => "chapter_leader",
            Self::MembershipCoordinator => "membership_coordinator",
            Self::VolunteerCoordinator => "volunteer_coordinator",
            Self::PeerSupportCoordinator => "peer_support_coordinator",
            Self::EventHelper => "event_helper",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
            Self::MemberService => "member_service",
            Self::Fundraiser => "fundraiser",
            Self::DataProtectionOfficer => "data_protection_officer",
            Self::Analyst => "analyst",
        }
    }

    /// The role of this name among one program's; a name that nobody knows is no role, and may nothing.
    pub fn from_code(program: Program, code: &str) -> Option<UserRole> {
        Self::of(program).find(|role| role.code() == code)
    }

    /// Everything that this role may do.
    pub fn actions(self) -> &'static [Action] {
        use Action::*;
        match self {
            Self::ChapterLeader => &[
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
            ],
            Self::MembershipCoordinator => &[
                OwnAccess,
                LookIn,
                ReadSupporters,
                AddSupporter,
                ChangeSupporter,
                RecordConsent,
                DecideDoubles,
                BringInFile,
                ReadWhatOfficeSees,
                FollowSending,
                LendList,
            ],
            Self::VolunteerCoordinator => &[
                OwnAccess,
                LookIn,
                ReadSupporters,
                AddSupporter,
                ChangeSupporter,
                RecordConsent,
                ReadWhatOfficeSees,
                FollowSending,
                LendList,
            ],
            Self::PeerSupportCoordinator => &[
                OwnAccess,
                LookIn,
                ReadSupporters,
                AddSupporter,
                ChangeSupporter,
                RecordConsent,
                ReadHealth,
                WriteHealth,
                ReadWhatOfficeSees,
                FollowSending,
            ],
            Self::EventHelper => &[OwnAccess, LookIn, AddSupporter, SeeLentList],
            Self::Auditor => &[OwnAccess, LookIn, ReadSupporters, ReadWhatOfficeSees, FollowSending],
            Self::Administrator => &[
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
            ],
            Self::MemberService => &[
                OwnOfficeAccess,
                LookInAtOffice,
                ReadNational,
                Correct,
                DecideLinks,
                BringInOfficeFile,
                TakeOutList,
                ReadChapters,
            ],
            Self::Fundraiser => &[
                OwnOfficeAccess,
                LookInAtOffice,
                ReadNational,
                Correct,
                BringInOfficeFile,
                TakeOutList,
                ReadChapters,
            ],
            Self::DataProtectionOfficer => {
                &[OwnOfficeAccess, LookInAtOffice, ReadNational, ReadHistory, ReadChapters]
            }
            Self::Analyst => &[OwnOfficeAccess, LookInAtOffice, ReadChapters],
        }
    }
}

impl std::fmt::Display for UserRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}
