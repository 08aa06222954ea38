## Around every page
nav-front = Front page
nav-supporters = Supporters
nav-import = Bring in a list
nav-office = What the office sees
nav-sync = Sending
nav-settings = Settings
only-your-chapter = Only your chapter sees this.
light-sent = Sent to the national office { $ago }
light-nothing-yet = Nothing to send yet
light-waiting = { $count ->
    [one] One change waits to be sent
   *[other] { $count } changes wait to be sent
}
light-refused = { $count ->
    [one] The national office refused one change
   *[other] The national office refused { $count } changes
}

## What was done
done-added = The supporter has been added.
done-saved = The change has been saved.
done-granted = The consent has been recorded.
done-withdrawn = The consent has been withdrawn. What was shared because of it is being taken back.
done-sharing-confirmed = Confirmed. What is recorded here holds.
done-refused = The answer no has been recorded.
done-erased = Everything about the supporter has been erased here. The national office is told to erase its part.
done-erased-soon = Nobody sees the supporter here any more. Something is still reading, so the last traces leave this computer when that has ended. The national office is told to erase its part.
done-undone = The import has been undone.
done-agreed = The sharing agreement has been accepted.
done-password = The password has been changed.
done-locked = From now on this computer asks for a password before anything can be read.
done-first-forgotten = The password from when this computer was set up opens nothing any more.
done-welcome = Welcome! Everything is ready.
done-protected = The address is protected. Nothing about the person goes to the national office any more.
done-unprotected = The protection has been lifted.
done-apart = It is remembered that these are two different supporters.
done-merged = The two have been put together as one.

## Signing in
login-title = Sign in to { $chapter }
login-name = Login name
login-password = Password
login-button = Sign in
login-forgot = Forgotten the password? Whoever keeps the recovery words on paper can help you.
error-login-wait = Too many attempts. Wait a few minutes and try again
unlock-title = Unlock
unlock-lead = The chapter’s details are locked. They can be read when somebody who has a login here signs in.
unlock-button = Unlock

## Setting up
setup-step = Step { $step } of { $steps }
setup-title = Welcome to Helhet
setup-lead = Here your chapter keeps track of its supporters, also without a network. Getting started takes about ten minutes.
setup-invite = The invite
setup-invite-hint = The text you got from the national office. It begins with helhet1. Copy all of it and paste it here.
setup-device = A name for this computer
setup-device-hint = So that you know which one it is, for example “The leader's laptop”.
setup-next = Continue
setup-paper-title = The chapter’s computer is gone?
setup-paper-text = If your chapter has used Helhet before, the paper with the recovery words brings everything back.
setup-paper-link = Bring the chapter back from the paper
paper-title = Bring the chapter back
paper-lead = Have the paper with the recovery words at hand. Everything that was sent to the national office comes back to this computer.
paper-others = The chapter’s other computers are kept out from then on, in case one of them was stolen. You can let them in again afterwards, under the chapter’s computers.
paper-words-hint = All 24, in the order of the paper, with spaces between them
paper-office = The national office’s address
paper-office-hint = The line beneath the words on the paper. It looks like hub.example:4433#abc… Without it, ask the national office.
paper-patience = This can take some minutes. Leave the page open.
paper-button = Bring everything back
paper-wrong-word = Look at word number { $number } once more: it is none of the words that there are.
error-paper-office = That is not the line beneath the words
error-words-unknown = One of the words is misspelled
error-words-together = The words do not belong together: check their order and their spelling
setup-agreement-title = What may the national office see?
setup-agreement-lead = This is the agreement between { $chapter } and the national office. Everything else stays with you.
setup-signed-legend = Have your members signed?
setup-signed = Yes, our members signed the declaration when they joined
setup-signed-hint = It says that the national office gets their name and contact details.
setup-accept-legend = Does the chapter accept the agreement?
setup-accept = Yes, we accept the sharing agreement
setup-agreement-button = Accept and connect
setup-phrase-title = The recovery words of { $chapter }
setup-phrase-lead = If you lose this computer, these 24 words bring everything back. They are shown only this once.
setup-phrase-print = Print
setup-phrase-warning = Keep the sheet like a key
setup-phrase-warning-text = Put it in a safe place away from the computer. Do not photograph it, and do not send it to anyone.
setup-code-title = The code for the national office
setup-code-text = The national office sees the same code. Feel free to ring and read it out, and both sides know they are connected to the right one.
setup-kept-legend = Have you printed the words?
setup-kept = Yes, the words are printed or copied by hand
setup-user-title = Choose a login name and a password
setup-user-lead = You sign in on this computer with them.
setup-user-locks = The password also locks the chapter’s details on this computer. Nobody can read them without it, so write it down and keep it where nobody finds it.
setup-login-hint = Your first name, for example.
setup-password-hint = At least 12 characters. Three or four words in a row are safe and easy to remember.
setup-again = The password once more
setup-user-button = Finish
error-invite-missing = Paste the invite you got from the national office
error-invite-unreadable = The text is not a whole invite. Copy it again, from helhet1 to the end
error-invite-used = The invite has been used before or has expired. Ask the national office for a new one
error-office-unreachable = The national office does not answer. Check that the computer is online and try again
error-device-missing = Give the computer a name
error-signed = Tick this once the members have signed
error-accept = Tick that the chapter accepts the agreement
error-kept = Tick this once the words are on paper
error-login-missing = Choose a login name
error-again = The two passwords are not the same

## The front page
front-title = What needs you
front-empty-title = No supporters yet
front-empty-text = Add the first one, or bring in the list you already have.
front-empty-add = Add the first one
front-empty-import = Bring in a list
front-nothing-title = All is well
front-nothing-text = Nothing is waiting for you right now.
front-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
front-figures = The chapter in figures
front-supporters = { $count ->
    [one] supporter
   *[other] supporters
}
need-conflicts = { $count ->
    [one] One has differing details
   *[other] { $count } have differing details
}
need-conflicts-text = The same detail was changed in two places. Pick the one that is right.
need-doubles = { $count ->
    [one] One may be listed twice
   *[other] { $count } may be listed twice
}
need-doubles-text = They look like somebody who was here before. See whether it is the same person.
need-doubles-look = Look at them two by two
need-refused = { $count ->
    [one] The national office refused one
   *[other] The national office refused { $count }
}
need-refused-text = Open the page and put it right, and it is sent again.
need-withheld = { $count ->
    [one] One is withheld until you confirm
   *[other] { $count } are withheld until you confirm
}
need-withheld-text = This computer was restored from a backup, or another copy of its data was used too. Less was to be shared about these, and it is no longer known here what was taken back. The national office gets nothing of them until you have decided.
need-waiting = { $count ->
    [one] One waits to be sent
   *[other] { $count } wait to be sent
}
need-waiting-text = They are sent by themselves when the computer is online. You need do nothing.

## The list of supporters
supporters-title = Supporters
supporters-search = Search
supporters-search-hint = Name, phone, e-mail or place. Results come as you type.
supporters-role = Role
supporters-any-role = All roles
supporters-count = { $count ->
    [one] One supporter
   *[other] { $count } supporters
}
supporters-none = Nobody fits the search. Try fewer letters, or choose all roles.
supporters-name = Name
supporters-roles = Roles
supporters-phone = Phone
supporters-email = E-mail
supporters-place = Place
supporters-conflict = needs a choice
supporters-all = Show all { $count }

## One supporter
supporter-back = All supporters
supporter-edit = Edit
supporter-office-link = What the office sees
supporter-protected = The address is protected
supporter-protected-text = Nothing about this person leaves the chapter.
supporter-withheld = Withheld from the national office until you confirm
supporter-withheld-text = This computer was restored from a backup, or another copy of its data was used too. Less was to be shared about this supporter, and it is no longer known here what was taken back. Look in your papers, or ask. If one consent was withdrawn, record that below first, and then confirm.
supporter-withheld-holds = What is recorded holds
supporter-withheld-taken-back = Taken back: share nothing
supporter-conflict = Which is right: { $field }?
supporter-conflict-text = The detail was changed in two places at once. Nothing has been lost.
supporter-pick = Use { $value }
supporter-contact = Contact
supporter-no-contact = No contact details yet.
supporter-roles = Roles
supporter-no-roles = No roles yet.
supporter-end-role = End today
supporter-add-role = Add a role
supporter-role = Role
supporter-role-from = From
supporter-role-from-hint = For example 4.5.2026. Empty means today.
role-since = since { $from }
role-between = from { $from } to { $to }
role-until = until { $to }
supporter-consents = Consents
supporter-grant = Record a yes
supporter-withdraw = Withdraw
supporter-refuse = Said no
consent-given = Yes, { $date }
consent-given-undated = Yes
consent-withdrawn = Withdrawn
consent-refused = No
consent-unasked = Not asked
supporter-office = What the national office sees
supporter-office-more = See it field by field
supporter-volunteering = Volunteering
supporter-peer-support = Peer support
supporter-membership = Membership and origin
supporter-notes = Notes
supporter-new-note = New note
supporter-save-note = Save the note
supporter-remove-note = Remove
supporter-unreadable = cannot be read
supporter-erase = Erase everything about this supporter
supporter-protect = Protect the address
supporter-protect-text = For somebody who lives at a secret address. The address is no longer shown, stands in no list, and nothing about the person goes to the national office.
supporter-unprotect = Lift the protection
supporter-unprotect-text = The address is shown again, and what the agreement says goes to the national office again. Do it only when the person has asked for it.
supporter-answers = Every answer given
answer-yes = yes
answer-no = no
answer-withdrawn = withdrawn
channel-form = recorded here
channel-import = from a list
channel-paper = on paper
channel-command_line = recorded on the computer
supporter-health = About health
supporter-health-hint = Only the chapter leader and the peer support coordinator see this, and it never goes to the national office. Write only what you need in order to help.
supporter-new-health = New note about health
supporter-tags = Tags
supporter-tag = Tag
supporter-tag-hint = A word or two, for example Walking group.
supporter-new-tag = Add a tag
supporter-remove-tag = Remove
supporter-past = What changed when
supporter-past-show = Show the changes

## Two who may be one
doubles-title = Is this the same person?
doubles-lead = These have the same name, and the same date of birth, e-mail or phone. Nobody is put together unless you say so.
doubles-count = { $count ->
    [one] One pair
   *[other] { $count } pairs
}
doubles-pair = { $number }. { $name }
doubles-same = It is the same person
doubles-apart = They are two different people
doubles-more = { $count ->
    [one] One more pair comes when these are decided.
   *[other] { $count } more pairs come when these are decided.
}
doubles-none = Nobody is listed twice
doubles-none-text = Those who seem to be entered twice show up here.
doubles-to-front = To the front page
merge-title = Put { $name } together
merge-lead = If you are sure that this is the same person, the two become one.
merge-all = Everything that stands with the one and with the other is kept.
merge-differs = Where they say different things, both show until you pick.
merge-no = If the person has said no in one place, the no holds until you have asked again.
merge-for-good = This cannot be undone.
merge-sure-legend = Have you looked at both?
merge-sure = Yes, this is the same person
error-merge-sure = Tick that it is the same person
error-merge-health = Something is written here about health that is closed to you. Ask the chapter leader or the peer support coordinator to put the two together.
merge-button = Put together

## Adding and editing
add-button = Add a supporter
add-title = Add a supporter
add-organisation-title = Add an organisation
add-a-person = Is it a person?
add-an-organisation = Is it a business or an association?
add-given-name = First name
add-family-name = Last name
add-legal-name = Name of the organisation
add-organisation-number = Organisation number
add-optional = May be left empty.
add-phone = Phone
add-email = E-mail
add-roles = What does the supporter do with you?
add-roles-hint = Tick everything that fits.
add-more = More details
add-birth = Born
add-birth-hint = A date or only a year, for example 4.5.1959 or 1959.
add-street = Street address
add-postcode = Postcode
add-city = Town
add-note = Note
add-consents = What has the supporter said yes to?
add-consents-hint = Tick only what you have asked about.
add-save = Save
add-cancel = Cancel
edit-title = Edit { $name }
edit-name = Name
edit-contact = Contact
edit-another-email = Another e-mail
edit-another-phone = Another phone
edit-one-per-line = One on each line.
edit-hours-this-year = Hours this year

## Erasing
erase-title = Erase { $name }?
erase-lead = This cannot be undone.
erase-here = Everything about the supporter is removed from this computer: contact, roles, consents and notes.
erase-office = The national office is told to erase what you shared, and confirms when it is done.
erase-stays = All that stays is a mark without a name, which keeps the details from coming back.
erase-instead = Has somebody only left? Then it is better to end the role.
erase-sure-legend = Are you sure?
erase-sure = Yes, erase everything about { $name }
erase-own = Your password
erase-own-hint = So that nobody else does this when you are away from the computer.
erase-button = Erase for good
erase-keep = No, keep
error-sure = Tick this if you want to erase

## Bringing in a list
import-title = Bring in a list
import-lead = Choose the file, and you see what will happen before anything is saved.
import-file = File
import-file-hint = A list from Excel or another program, saved as CSV.
import-look = Look at the file
import-past = Earlier lists
import-when = Brought in
import-undo = Undo
import-undone = Undone
import-back = Choose another file
import-back-mapping = Back to the columns
import-back-result = Back
import-mapping-title = Are the columns right?
import-mapping-lead = { $count ->
    [one] { $file } has one line. Check what each column means.
   *[other] { $file } has { $count } lines. Check what each column means.
}
import-column = The file says
import-examples = For example
import-means = This means
import-preview = Show what will happen
import-preview-title = This is what will happen
import-preview-lead = Nothing is saved yet. Look over the figures for { $file }.
import-run = Bring it in now
import-result-title = The list has been brought in
import-result-lead = Every line of { $file } is accounted for.
import-lines = lines in the file
import-new = new
import-changed = changed
import-same = same as before
import-doubtful = may be listed twice
import-refused = left out
import-list-doubtful = May be listed twice ({ $count })
import-list-doubtful-text = They are taken in as supporters of their own, and you find them again on the front page.
import-list-refused = Left out ({ $count })
import-list-refused-text = Download the lines, put them right and bring them in again.
import-list-unreadable = Worth a look ({ $count })
import-list-unreadable-text = The lines are taken in. What cannot be read is kept as written, is marked, and never leaves the chapter.
import-line = Line
import-reason = Reason
import-see = See the supporters
import-download = Download the lines left out
import-download-hint = Put them right in the file and bring it in again.
import-undo-title = Undo bringing in { $file }?
import-undo-lead = Everything goes back to how it was.
import-undo-new = { $count ->
    [one] One supporter that came from the list is erased.
   *[other] { $count } supporters that came from the list are erased.
}
import-undo-changed = { $count ->
    [one] One that was changed gets back what stood before.
   *[other] { $count } that were changed get back what stood before.
}
import-undo-button = Yes, undo it all
error-file-missing = Choose a file first
error-file-unreadable = The file cannot be read as a list. Save it as CSV and try again

## What the office sees
office-title = What the national office sees
office-lead = This is worked out by the same gate that everything passes before it is sent.
office-seen = whose names the office sees
office-unseen = of whom the office sees nothing
office-said-no = said no to sharing
office-undeclared = members with no recorded declaration
office-each = On each supporter's page you see, field by field, what the office gets.
office-to-supporters = Choose a supporter
office-agreement = The sharing agreement
office-of-title = What the national office sees of { $name }
office-field = Detail
office-here = With you
office-there = At the national office
office-why = Why
office-nothing = does not see this
office-not-yet = The latest change is not confirmed as received yet.
office-summary-nothing = The national office sees nothing of this supporter, not even the name.
office-summary-some = The national office sees { $fields }. Everything else stays with you.

## The agreement
agreement-title = The sharing agreement
agreement-accepted = The chapter has accepted version { $version }.
agreement-not-accepted = The agreement is not accepted yet. Until then the national office sees figures only.
agreement-lines = What you share
agreement-on-consent = Only when the supporter has said yes.
agreement-on-basis = Basis: { $basis }.
agreement-never = What you never share
agreement-never-list = Notes, tasks, health themes, and anything about peer support that the supporter has not said yes to.
agreement-figures = The national office gets how many you are in each role, with no names.
agreement-accept = Accept the agreement

## Sending
sync-title = Sending to the national office
sync-connected = This computer is connected to the national office now.
sync-offline = This computer is not connected to the national office now. You can work as usual; it is sent when the network is back.
office-said-unknown-chapter = The national office does not know this chapter. Ask the office.
office-said-unknown-device = The national office does not know this computer. Ask the office for a new invite.
office-said-revoked = This computer was removed from its chapter. Ask your chapter leader.
office-said-certificate-expired = This computer has been away for so long that its key has run out. Check that its clock is right, then ask the office.
office-said-certificate-invalid = It is not certain that it was the national office that answered. Ask the office whether its program was moved.
office-said-other-office = Another organisation answered at the office's address. Ask the office for the right address.
office-said-clock-differs = The clock of this computer and that of the national office differ by more than a day. Set the clock right, then try again.
office-said-version = This program and the national office's do not understand each other any more. Update this program.
office-said-fork = Another copy of this chapter's data has been used too, and the two could not be put together. Nothing is lost. Use one copy only, and ask the office for help.
office-said-other = The national office did not take what was sent. Nothing is lost. If it still says so tomorrow, ask the office.
sync-same = You and the national office hold the same. Last compared: { $ago }.
sync-copy = Another copy of this chapter's data had been used too: an older disk, or a second computer. What both wrote is put together, { $ago }. Where they differ, both values stand until you pick one. Use one copy only.
sync-differs = The national office and this computer do not hold quite the same. The program tries again each time it connects. If this still stands here tomorrow, ask the national office.
sync-refused = { $count ->
    [one] Refused: one
   *[other] Refused: { $count }
}
sync-refused-text = The national office did not take this. Open the page and put it right.
sync-waiting = { $count ->
    [one] Waiting: one
   *[other] Waiting: { $count }
}
sync-waiting-text = These are saved here, and are sent when the national office answers.
sync-now = Try to send now
sync-what = See what the office gets

## Settings
settings-title = Settings
settings-language = Language
settings-here = This computer
settings-chapter = Chapter
settings-device = Name of the computer
settings-folder = Where the details are kept
settings-password = Change the password
settings-current = Your present password
settings-new = New password
settings-change = Change it
error-current = Your present password is not right

# The chapter's computers.
waiting-title = Waiting to be let in
waiting-lead = This computer asks to be one of the computers of { $chapter }. Show or read out these six digits to whoever sits at the chapter's other computer.
waiting-text = They find them under Settings, Computers of the chapter, and let this computer in if the digits are the same. This page goes on by itself then.
waiting-look = Look again
computers-title = Computers of the chapter
computers-asks = { $name } asks to be let in
computers-asks-text = Compare these six digits with those on its screen. Let it in only if they are the same and you know who sits there.
computers-peer-legend = Peer support
computers-peer = Health notes and peer support can be read there too
computers-peer-hint = Only if those who use that computer may read them.
computers-let-in = The digits are the same: let it in
computers-turn-away = Turn it away
computers-this = This computer.
computers-in = Has the chapter's records and sends to the national office.
computers-kept-out = Kept out since the chapter was restored on another computer.
computers-removed = Removed.
computers-decides = May let others in.
computers-admit = Let it in again
computers-remove = Remove { $name }
computers-add = Add a computer
computers-add-text = For a stand, a deputy or a new laptop: it gets everything that is here, and works without a network too. What both write comes together.
computers-admin-legend = What it may do
computers-admin = It may let other computers in, and erase supporters
computers-admin-hint = For the leader's or the deputy's own computer. Not for one that many use.
computers-invite = Make an invite
computers-paper = If this computer is lost
computers-paper-text = A new computer gets everything back with the chapter's 24 words. Write this line on the same paper:
computers-invite-title = Invite of a computer
computers-invite-lead = Copy this line to the other computer. It is shown this once, is good once, and for three days. Give it to nobody else.
computers-invite-first = Start Helhet on the other computer and paste the line where it asks for the invite.
computers-invite-second = It shows six digits. After a moment they stand here too, under Computers of the chapter.
computers-invite-third = If they are the same, let it in.
computers-invite-done = To the computers of the chapter
computers-remove-title = Remove { $name } from the chapter?
computers-remove-lead = Do this when the computer is lost, stolen, sold or given back.
computers-remove-office = It is cut off at the national office at once, and nothing that is written from now on can be read there.
computers-remove-stays = What it had already sent stays. What is on its disk stays there until somebody wipes it.
computers-remove-admin = It could let other computers in. If it may be in wrong hands, ask the national office how to replace the chapter's key with the 24 words as well.
computers-remove-sure = Yes, remove this computer
computers-remove-button = Remove
computers-remove-keep = Keep it
removed-title = This computer was removed from the chapter
removed-lead = The chapter has decided that this computer is no longer its own. Nothing that is written here reaches anybody any more, and what lies here should not stay here.
removed-mistake = If that was a mistake, ask the chapter's leader for an invite: after wiping, this computer can join again and gets everything back.
removed-unsent = What was written here and not sent goes with the rest. Write down what you still need.
removed-sure = Yes, wipe everything that Helhet keeps on this computer
removed-button = Wipe this computer
removed-link = Wipe it
error-sure-wiped = Tick this if you want everything here to be wiped
meeting-title = Meet the other computer
meeting-lead = With no connection to the national office, two computers of the chapter in the same network can still bring each other up to date. What both wrote comes together.
meeting-link = Meet the other computer
meeting-here = Wait here
meeting-here-text = This computer then answers the chapter's other computers, and nobody else, until Helhet is closed here.
meeting-here-button = Wait for the other computer
meeting-here-open = This computer waits, until Helhet is closed here. Type this at the other one:
meeting-there = Go to the other
meeting-there-text = Let the other computer wait first. Then type here what it shows.
meeting-address = What the other computer shows
meeting-there-button = Bring both up to date
done-waits-here = This computer waits for the other one.
done-met = Both computers have the same now.
error-meeting-missing = Type what the other computer shows
error-meeting-nobody = Nobody answers there: see whether the other computer waits, and whether both are in the same network
error-meeting-refused = The other computer did not let this one in: both must be computers of this chapter, and none of them removed
done-let-in = The computer is one of the chapter's now. It gets everything with its next connection.
done-turned-away = The computer was turned away.
done-removed-computer = The computer was removed from the chapter.
done-admitted = The computer is let in again.
error-sure-removed = Tick the box if you want to remove it
settings-lock = What opens the details
settings-lock-file = The key to the chapter’s details lies in a file on this computer. Whoever takes the computer, or a copy of the folder, can read everything. With a password instead, nobody can.
settings-lock-hint = Everyone who has a login here must sign in once before they can unlock the computer themselves.
settings-lock-button = Use my password instead
settings-lock-on = The details are locked, and your password opens them. If everybody forgets theirs, nobody can bring them back from this computer.
settings-lock-first = The password that was given when this computer was set up still opens them too.
settings-lock-first-button = Stop that password from working

## A code besides the password
settings-factor = A code besides the password
settings-factor-off = Nobody is asked for one when you sign in. With an app on the phone, who has seen your password does not get in at these screens. Against somebody who steals the computer, the password alone protects.
settings-factor-begin = Set it up
settings-factor-on = You are asked for a code when you sign in. Codes on paper left: { $count }
settings-factor-remove = Stop asking for a code
done-factor-removed = No code is asked for any more.
error-may-not-erase = This computer may not erase anybody. Do it on one that may, such as the leader's.

# Users
users-title = Users
users-lead = Who can log in here, and what each of them may do.
users-own = This is you
users-sessions = { $count ->
    [one] Signed in in one browser
   *[other] Signed in in { $count } browsers
}
users-sign-out = Sign out everywhere
users-remove = Remove
users-add = Add a user
users-login = User name
users-role = Role
error-user-taken = There is a user of this name
error-user-last = Nobody could look after the users any more. Add somebody else who can first.
error-user-last-holder = Then nobody at this computer could read what is written about health any more. First let somebody else who is to read it sign in after you.
done-user-added = The user is added.
done-user-removed = The user is removed and logged out.
users-add-text = Choose a password together with the new user. It also opens the chapter’s data on this computer.
front-adding-title = New supporters
front-only-adding = Here you add new supporters. You do not see others.
supporter-health-closed = This part is closed. The chapter leader and the peer support coordinator open it.
supporter-health-waits = This part is still closed for you. Ask somebody who reads it already to sign in on this computer, and then sign in anew.
supporter-health-out-of-touch = This part is closed until this computer has been in touch with the national office or another of the chapter’s computers again. The last time is more than { $days } days ago. Connect to the internet, and it opens.

## Lists for event helpers
lending-title = Lists for event helpers
lending-lead = An event helper sees nobody. Lend one list until a day: then the helper sees the names and phone numbers on it, and adds new people to it. Nothing else.
lending-now = What is lent now
lending-none = Nothing is lent.
lending-take-back = Take back
lending-add = Lend a list
lending-no-helper = Nobody is an event helper on this computer. The chapter leader adds one under Users.
lending-helper = Event helper
lending-list = List
lending-list-hint = All who have a role, or all who carry a tag. For an event, give those who come a tag of their own.
lending-until = Last day
lending-until-hint = A month from today at most. It ends by itself.
error-lend-helper = Choose an event helper
error-lend-list = Choose a list that you look after
error-lend-until = Choose a day from today until a month from now
done-lent = The list is lent. The helper sees it at once.
done-taken-back = The list is taken back. The helper does not see it any more.
lent-title = Lists lent to you
lent-role = Role: { $role }
lent-tag = Tag: { $tag }
lent-until = Until { $date }. Lent by { $by }.
lent-add = Add somebody to this list
lent-back = Back to the list
lent-search-hint = Part of a name is enough.
lent-none = Nobody is found. Try fewer letters.
lent-more = The first { $count } are shown. Search for the others by name.

## What was erased
erasures-link = What was erased, and who has confirmed it
erasures-title = What was erased
erasures-lead = Every erasure, by its day and a number. No names are written here: they are gone. An erasure is complete when everybody who held the supporter has confirmed that nothing of it is left there.
erasures-none = Nothing has been erased yet.
erasures-late = { $count ->
    [one] One erasure is not confirmed after a month
   *[other] { $count } erasures are not confirmed after a month
}
erasures-late-text = Turn on the computers that are written in bold below, and let each of them connect to the national office once. A computer that is lost, sold or broken is removed from the chapter; it is then named as one that has not confirmed. If it is the national office that has not confirmed, ask it to look at its program.
erasures-number = Number
erasures-day = Erased
erasures-state = State
erasures-stores = Who held it
erasures-paper = For the supporter
erasures-certificate = Certificate (PDF)
erasures-office = The national office
erasures-confirmed = gone { $on }, and from backups by { $until }
erasures-owes = not confirmed yet
erasures-removed = was removed from the chapter and has not confirmed
erasures-kept-out = is kept out of the chapter and has not confirmed
erasures-expired = has not connected for a long time and has not confirmed
erasures-complete = Complete
erasures-open = Waits
erasures-is-late = Late

certificate-title = Certificate of erasure
certificate-chapter = Chapter
certificate-number = Erasure
certificate-name = Name. Written by hand: the chapter does not have it any more.
certificate-what = On { $day } the chapter erased everything that it had on you: name, contact details, roles, consents and notes, and what it had on health or peer support if it had any. What it had shared with the national office is erased there too.
certificate-stays = What stays is a mark without a name. It keeps your details from coming back from an old computer or an old backup.
certificate-stores = Who held your details
certificate-complete = All who could confirm it have confirmed that nothing is left.
certificate-open = { $count ->
    [one] One has not confirmed it yet. Ask for a new certificate later.
   *[other] { $count } have not confirmed it yet. Ask for a new certificate later.
}
certificate-signature = Date and signature, for the chapter
certificate-made = Made on { $day } with Helhet.
certificate-digits = For who checks it: { $number }

done-kept = The supporter is kept until that day.
done-kept-no-longer = Nothing keeps the supporter from being erased any more.
kept-title = May not be erased yet
kept-until = Kept until { $day } because of { $because }.
kept-for-bookkeeping = the bookkeeping duty
kept-for-claim = a legal claim
kept-lift = This is no longer so
kept-set = Must not be erased yet
kept-set-text = Sometimes the law, or a claim, asks for what is recorded to be kept for some years. Record it here, and nobody erases the supporter by mistake.
kept-because = Because of
kept-day = Until
kept-day-hint = The first day on which the supporter may be erased, such as 31.12.2031
kept-erase-text = The supporter can be erased from that day on. If nothing asks for it any more, record that on the supporter's page first.

done-erased-waits = Nobody sees the supporter any more. More were erased today than one computer may by itself, so a second computer, or the recovery words, have to confirm it.
done-here-again = Taken back. The supporters are here again.
done-confirmed-erasures = Confirmed. They are erased now.
second-title = Erasures to confirm
second-lead = A computer that erases many in one day may be in wrong hands, or somebody made a mistake. So those above twenty a day are hidden, and nothing is removed until a second one has confirmed it.
second-none = Nothing waits.
second-need = { $count ->
    [one] One supporter waits to be erased
   *[other] { $count } supporters wait to be erased
}
second-need-text = They are shown to nobody until somebody confirms it or takes it back.
second-link = Look at them
second-by = { $count ->
    [one] { $computer } would erase one supporter
   *[other] { $computer } would erase { $count } supporters
}
second-own = This computer asked for it. Confirm on another computer of the chapter that may erase, or here with the recovery words.
second-other = Was that meant? Ask whoever uses that computer.
second-words = The recovery words
second-words-hint = The 24 words on the chapter's paper
second-confirm-all = Erase them all
second-take-back-all = Take back, and keep them all
second-confirm = Erase
second-take-back = Keep
second-stolen = Is that computer lost or stolen? Remove it from the chapter: they all come back by themselves.
error-waiting-words = Those are not 24 recovery words
error-waiting-words-other = Those are not this chapter's recovery words
error-waiting-newcomer = This computer has been the chapter’s for less than three days. Confirm on another one, or here with the recovery words
