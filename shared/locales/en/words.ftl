## Kinds and roles
kind-person = Person
kind-organisation = Organisation
role-member = Member
role-volunteer = Volunteer
role-peer_supporter = Peer supporter
role-donor = Donor
role-elected = Elected representative
role-contact_person = Contact person
role-sponsor = Sponsor
role-partner = Partner
role-speaker = Speaker
role-subscriber = Newsletter reader
role-prospect = Interested
role-hint-member = Has joined the association.
role-hint-volunteer = Lends a hand, at a stand or elsewhere.
role-hint-peer_supporter = Has own experience and training, and supports others.
role-hint-donor = Gives money.
role-hint-elected = Holds an elected post, for example on the board.
role-hint-contact_person = Is the one we talk to in an organisation.
role-hint-sponsor = Supports us with money for agreed visibility.
role-hint-partner = Works together with us.
role-hint-speaker = Gives talks with us.
role-hint-subscriber = Likes to read the newsletter.
role-hint-prospect = Has shown interest, but has not joined yet.

## What a consent is for, and on which ground
purpose-membership = Membership
purpose-newsletter = Newsletter
purpose-gifts = Gifts
purpose-volunteering = Volunteering
purpose-peer_support = Peer support
purpose-partnership = Partnership and sponsoring
purpose-national_record = Sharing with the national office
basis-consent = consent
basis-contract = contract
basis-legitimate_interest = legitimate interest
basis-legal_obligation = legal duty
