## Around every page
nav-front = Front page
nav-supporters = Supporters
nav-chapters = Chapters
nav-import = Bring in a file
nav-reports = Who looked at what
nav-settings = Settings
back-front = Front page
office-name = National office
source = { $who }, { $when }
money = { $sign }{ $whole }.{ $rest } { $currency }
money-whole = { $sign }{ $whole } { $currency }
light-all-in = Everything received is in the lists
light-coming = { $count ->
    [one] One change is on its way into the lists
   *[other] { $count } changes are on their way into the lists
}

## What was done
done-corrected = The correction has been made. Each chapter gets it the next time it is connected.
done-same-already = It says that already, so nothing was sent.
done-parted = They are kept apart now. You can take this back at any time.
done-joined = They are shown as one supporter now. You can take this back at any time.
done-taken-back = The decision has been taken back.
done-undone = Undone. Everything is back to how it was.
done-undone-kept = Undone. Those on whom another file has something have been kept.
done-password = The password has been changed.

## Signing in
login-title = Sign in to { $office }
login-name = Login name
login-password = Password
login-button = Sign in
login-forgot = Forgotten the password, or lost the phone? Ask a colleague who looks after the users for a code.
error-login-wait = Too many attempts. Wait a few minutes and try again
first-title = Nobody can sign in yet
first-lead = The office has no users. The first one is made on the computer that this program runs on.
first-command = Type this there, with your own login name and the folder you chose when you started:
first-command-hint = It asks for a password of at least 12 characters. Then come back to this page.
first-again = I have made a user

## The front page
front-title = What needs the office
front-empty-title = No chapters yet
front-empty-text = Invite your first chapter, and its supporters show up here as soon as it has joined.
front-empty-invite = Invite your first chapter
front-empty-import = Bring in a file
front-nothing-title = All is well
front-nothing-text = Nothing is waiting for the office right now.
front-look = Have a look
front-figures = The whole in figures
front-figures-hint = Counted are the supporters that the chapters share with the office, and the office's own.
front-supporters = { $count ->
    [one] supporter
   *[other] supporters
}
front-chapters = { $count ->
    [one] chapter
   *[other] chapters
}
need-doubtful = { $count ->
    [one] One pair may be the same person
   *[other] { $count } pairs may be the same person
}
need-doubtful-text = Two entries look alike. You decide whether it is the same.
need-refused = { $count ->
    [one] One change from a chapter was refused
   *[other] { $count } changes from chapters were refused
}
need-refused-text = The chapter sent something that does not belong here, and it was not kept. The chapter sees it too, but may need a hand.
need-corrections = { $count ->
    [one] One correction is not taken by its chapter yet
   *[other] { $count } corrections are not taken by their chapters yet
}
need-corrections-text = It goes by itself when the chapter is connected. Where both changed the same detail, somebody at the chapter picks.
need-silent = { $count ->
    [one] One chapter has been silent for long
   *[other] { $count } chapters have been silent for long
}
need-silent-text = Nothing has come for more than three weeks. A call may help: is the computer used, does it have a network?
need-not-joined = { $count ->
    [one] One chapter is invited and has not joined
   *[other] { $count } chapters are invited and have not joined
}
need-not-joined-text = An invite lasts three days. Make a new one on the chapter's page if it has run out.

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
supporters-empty-title = No supporters yet
supporters-empty-text = They come by themselves when a chapter has joined and accepted the sharing agreement.
supporters-name = Name
supporters-roles = Roles
supporters-chapters = Chapters
supporters-phone = Phone
supporters-email = E-mail
supporters-place = Place
supporters-all = Show all { $count }

## One supporter
supporter-back = All supporters
supporter-nameless = Without a name
supporter-correct = Correct
supporter-contact = Who and how to reach
supporter-roles = Roles
supporter-no-roles = No roles.
supporter-consents = Consents
supporter-no-consents = No consents have been shared with the office.
supporter-gifts = Gifts
supporter-gifts-sum = In all: { $sums }
supporter-gifts-all = All { $count } gifts
frequency-once = Once
frequency-monthly = Monthly
frequency-yearly = Yearly
method-card = card
method-bank_transfer = bank transfer
supporter-more = More details
supporter-difference = They do not agree: { $field }
supporter-difference-text = All that was said is kept. The newest stands first.
supporter-corrections = The office's corrections
supporter-records = { $count ->
    [one] Kept in one place
   *[other] Kept in { $count } places
}
supporter-records-text = They are shown as one supporter, and nothing has been mixed together: parting them loses nothing.
supporter-part = Not the same person
supporter-apart = Kept apart from
supporter-apart-other = Another supporter
supporter-take-back = Take back
together-exact = The same e-mail address and the same name, and nothing in the birth date speaks against it.
together-said = { $login } said on { $date } that it is the same.
apart-said = { $login } said on { $date } that it is not the same.
role-since = since { $from }
role-between = from { $from } to { $to }
role-until = until { $to }
consent-given = Yes, { $date }
consent-given-undated = Yes
consent-withdrawn = Withdrawn, { $date }
consent-refused = Said no, { $date }
consent-refused-undated = Said no
correction-line = { $fields }: corrected by { $login } on { $date }, { $source }.
said-by-supporter = told by the supporter
said-by-returned_post = after returned post
outcome-waiting = not taken yet
outcome-shown = taken
outcome-rejected = kept its own
outcome-gone = has erased this

## Correcting
correct-title = Correct { $name }
correct-lead = What you change here goes to the chapters that hold this supporter: { $chapters }.
correct-lead-office = Only the office holds this supporter. No chapter is told.
correct-source = How does the office know?
correct-source-hint = It is kept together with the correction.
correct-save = Save the correction
source-supporter = The supporter told us
source-returned_post = Post or e-mail came back
error-source-missing = Choose how the office knows
error-nothing-changed = Nothing was changed. Put right what is wrong, then save
error-correct-nowhere = No chapter shares this detail, so the office cannot correct it. Ask the chapter

## Pairs that may be one
doubtful-title = Is it the same person?
doubtful-lead = Your word is never overruled by the program, and you can take it back.
doubtful-none = There are no pairs to decide on.
doubtful-same = Yes, the same
doubtful-not-same = No, not the same

## Chapters
chapters-title = Chapters
chapters-name = Chapter
chapters-seen = Last seen
chapters-supporters = Supporters
chapters-entries = Entries received
chapters-devices = Computers
chapters-waiting = Waiting
chapters-refused = Refused
chapters-hint = Waiting are corrections that the chapter has not taken yet. Refused counts the last 30 days.
chapter-back = All chapters
chapter-seen = last seen { $ago }
chapter-silent = silent for long
chapter-not-joined = Has not joined yet
chapter-not-joined-text = The chapter pastes its invite on its own computer. After that everything comes by itself.
chapter-never-seen = Not seen yet
chapter-refused = Refused in the last 30 days
chapter-standing = How far it has come
chapter-shared = Supporters the office sees
chapter-waiting-count = Corrections not taken yet
chapter-code = Code
chapter-code-text = The chapter's computer shows the same six digits. Ring and compare them: then both know that they are connected to the right one.
chapter-figures = The chapter's own figures
chapter-figures-text = How many the chapter has in each role, with no names.
chapter-no-figures = The chapter has sent no figures yet.
chapter-agreement = The sharing agreement
chapter-no-agreement = Not accepted yet. Until then the office sees figures only.
chapter-accepted = Version { $version }, accepted on { $date }.
chapter-signed = The members have signed the declaration.
chapter-not-signed = The members have not all signed the declaration.
chapter-waiting = Corrections not taken yet
chapter-open-supporter = Open the supporter
chapter-no-devices = No computer has been connected yet.
chapter-invite = Make a new invite
chapter-invite-text = For a chapter whose invite has run out or was lost.
device-name = Computer
device-begun-anew = { $count ->
    [one] Begun anew once: restored from a backup, or a copy of its data was used too.
   *[other] Begun anew { $count } times: restored from a backup, or a copy of its data was used too.
}
device-same = Same as here
device-differs = no, trying again
device-not-compared = not compared yet
device-until = Certificate until
device-fingerprint = Fingerprint
chapter-add-title = Invite a chapter
chapter-add-lead = You get an invite to send to the chapter's leader. With it the chapter sets up its own program.
chapter-add-name = Name of the chapter
chapter-add-hint = As you say it, for example Bergen.
chapter-add-button = Make the invite
error-chapter-name = Write a name of at most 100 characters
error-chapter-taken = There is a chapter of this name already
error-no-address = Invites would name an address that nobody can reach. The program must be started with: helhet-hub serve --public ADDRESS:4433
invite-title = Invite for { $name }
invite-lead = Send this to the chapter's leader. It works once, for one computer.
invite-once = The invite is shown only this once
invite-until = It lasts until { $date }.
invite-safe = Send it in a way that only the leader reads, or show the picture on the spot. If it is lost, make a new one on the chapter's page.
invite-text = The invite as text
invite-text-hint = Click in the box, choose all and copy. All of it is needed.
invite-picture = The invite as a picture
invite-picture-alt = QR code that holds the same text as the box
invite-then = What happens then
invite-then-text = When the chapter has pasted the invite, six digits appear on its screen and on the chapter's page here. Ring each other and compare them.

## Bringing in a file
import-title = Bring in a file
import-lead = Lists of people and organisations, or gifts from the payment provider. You see what will happen before anything is saved.
import-not-you = You may look, but not bring in files. Ask a colleague who may.
import-file = File
import-file-hint = A list from Excel or another program, saved as CSV.
import-look = Look at the file
import-past = Earlier files
import-when = Brought in
import-brought = What it brought
import-brought-gifts = { $count ->
    [one] One gift
   *[other] { $count } gifts
}
import-brought-supporters = { $made } new, { $changed } changed
import-nameless = A file without a name
import-undo = Undo
import-undone = Undone
import-undo-title = Undo bringing in { $file }?
import-undo-lead = This is done in one go.
import-undo-gifts = { $count ->
    [one] One gift is taken back. The ledger keeps a line for it.
   *[other] { $count } gifts are taken back. The ledger keeps a line for each.
}
import-undo-erased = { $count ->
    [0] No supporter is erased.
    [one] One supporter that the file brought is erased.
   *[other] { $count } supporters that the file brought are erased.
}
import-undo-reversed = { $count ->
    [one] One that was changed gets back what stood before.
   *[other] { $count } that were changed get back what stood before.
}
import-undo-kept = { $count ->
    [one] One supporter that the file brought stays, because another file has a gift or a change for them.
   *[other] { $count } supporters that the file brought stay, because another file has a gift or a change for them.
}
import-undo-button = Yes, undo it all
import-undo-keep = No, keep
import-back = Choose another file
import-back-mapping = Back to the columns
import-back-files = Back to the files
import-cancel = Cancel
import-mapping-title = Are the columns right?
import-mapping-lead = { $count ->
    [one] { $file } has one line. Check what each column means.
   *[other] { $file } has { $count } lines. Check what each column means.
}
import-column = The file says
import-examples = For example
import-means = This means
import-mapping-chapters = Themes, languages and courses of peer supporters are not read here. They stay with the chapter.
import-preview = Show what will happen
import-preview-title = This is what will happen
import-preview-lead = Nothing is saved yet. Look over the figures for { $file }.
import-run = Bring it in now
import-result-title = The file has been brought in
import-result-lead = Every line of { $file } is accounted for.
import-lines = lines in the file
import-new-gifts = new gifts
import-new-supporters = new
import-changed = changed
import-same = same as before
import-doubtful-gifts = from a giver who may be known
import-doubtful-supporters = may be listed twice
import-refused = left out
import-list-refused = Left out ({ $count })
import-list-doubtful = May be listed twice ({ $count })
import-list-doubtful-text = They are taken in as supporters of their own. You decide on each pair under "Is it the same person?".
import-doubt-of = May be the same as
import-doubt-known = one the office has
import-doubt-line = line { $line } of this file
import-list-remarks = Remarks ({ $count })
import-list-remarks-text = These lines are brought in all the same.
import-line = Line
import-reason = Reason
import-remark = Remark
import-see-givers = See the givers
import-see-supporters = See the supporters
import-see-doubtful = Decide on the pairs
import-download = Download the lines left out
import-download-hint = Put them right in the file and bring it in again.
error-file-missing = Choose a file first
error-file-unreadable = The file cannot be read as a list. Save it as CSV and try again
error-no-name = Say which column holds the name

## Taking a list out
export-title = Take out a list
export-lead = The list leaves the program's care. Take out no more than you need, and delete it when you are done.
export-role = Who
export-format = In which form?
export-why = What do you need it for?
export-why-hint = It stands in the history, so name no persons here.
export-button = Download
format-csv = Spreadsheet (CSV)
format-vcard = Address book (vCard)
format-json = For another program (JSON)
error-why-missing = Write what you need it for

## Who looked at what
erasures-title = What was erased
erasures-lead = Who was erased, and of whom less may be kept, by chapter. No name is written here. A receipt says that nothing of it is left here, in no file.
erasures-late = { $count ->
    [one] One receipt has been owed for more than thirty days. Whoever runs this hub looks into its log.
   *[other] { $count } receipts have been owed for more than thirty days. Whoever runs this hub looks into its log.
}
erasures-none = Nothing has been erased yet.
erasures-what = What
erasures-chapter = Chapter
erasures-received = Received
erasures-receipt = Receipt
erasures-left = Left for the office
erasures-computers = The chapter's computers
erasures-computers-all = all have confirmed
erasures-computer-owes = { $name } has not confirmed
erasures-computer-out = { $name } is out, and has not confirmed
erasures-erased = A supporter was erased
erasures-erased-sealed = A supporter was erased whom the office could not see
erasures-narrowed = Less is kept
erasures-owed = owed
erasures-owed-late = late
erasures-look = look at it
erasures-waiting = { $count ->
    [one] One supporter of { $chapter } waits to be erased and is shown to nobody: a second computer of the chapter has to confirm it. Ask the chapter whether it was meant.
   *[other] { $count } supporters of { $chapter } wait to be erased and are shown to nobody: a second computer of the chapter has to confirm it. Ask the chapter whether it was meant.
}
erasures-link = What was erased, and the receipts
reports-title = Who looked at what
reports-lead = Whenever somebody opens a supporter or takes out a list, it is written here.
reports-none = Nobody has looked at anything yet.
reports-what = What
reports-who = Who
reports-when = When
reports-why = What for
reports-count = Supporters
taken-card = One supporter
taken-list = The list
taken-doubtful = Pairs that may be one
taken-export_csv = Download as a spreadsheet
taken-export_vcard = Download as an address book
taken-export_json = Download for another program
why-screen = looked at on the screen
why-asked_for_on_the_command_line = asked for on the command line

## Settings
settings-title = Settings
settings-password = Change the password
settings-current = Your present password
settings-new = New password
settings-new-hint = At least 12 characters. Three or four words in a row are safe and easy to remember.
settings-again = The new password once more
settings-change = Change it
error-current = Your present password is not right
error-again = The two passwords are not the same
settings-here = This program
settings-office = Organisation
settings-address = Address that invites name

## Why a line was left out, and remarks on lines that were not
left-out-names_nobody = The line names nobody.
left-out-no_amount = The amount cannot be read.
left-out-too_long = The line is too long: shorten its longest cell.
left-out-national_number = The line has a national identity number in it, which is not to be kept: take it out of the list.
left-out-erased_since = The supporter was erased while the list was being brought in.
left-out-unknown_currency = The currency is no code such as NOK or EUR.
left-out-no_payment_date = The day of payment cannot be read.
left-out-transaction_differs = The gift is in already, with another amount, currency or day.
remark-unreadable_email = is no e-mail address, kept as written
remark-unreadable_phone = is no phone number, kept as written
remark-unreadable_date = is no date, kept as written
remark-month_only = is a month without a day, the year is used
remark-unreadable_yes_no = is neither yes nor no, kept as a note
remark-unreadable_postcode = is no postcode, kept as written
remark-unreadable_address = cannot be divided into street and place, kept as written
remark-unreadable_organisation_number = is no organisation number, kept as written
remark-unreadable_hours = are no hours, kept as written
remark-unknown_membership_kind = is an unknown kind of membership, kept as written
remark-unknown_kind = says neither person nor organisation
remark-unknown_role = is an unknown role, kept as a tag
remark-contact_kept_as_note = names a contact person, kept as a note
remark-surplus_cells = The line has more cells than there are headings.
remark-newsletter_contradiction = The line says both yes and no to the newsletter. The no holds.
remark-number_repeated = The number stands on an earlier line too.
remark-number_reused = The number was another person's before.
remark-chapter_edit_kept = has been changed since the last import, and that change is kept
remark-consent_not_renewed = says yes where a no is on record. The no holds.
remark-currency_assumed = No currency is given, so it is taken as the organisation's own.

## A code besides the password
settings-factor = A new phone
settings-factor-on = You are asked for a code from the app when you sign in. Codes on paper left: { $count }
settings-factor-again = Set up a new phone
settings-let-in = Let somebody in again
settings-let-in-text = If somebody has lost the phone and the codes on paper, or forgotten the password, give them a code that is good once, for one day. Make sure on the phone or face to face that it is they.
settings-let-in-button = Make a code for { $login }
let-in-title = A code for { $login }
let-in-lead = Read it out on the phone, or hand it over on paper. It is good once, until this time tomorrow. Then { $login } chooses a new password and sets up the app again.
let-in-back = Back to the settings
recover-title = Choose a new password
recover-lead = Somebody else at the office who looks after the users has given you a code.
recover-code = The code that you were given
recover-link = I have a code from a colleague
error-recover = The login name or the code is not right

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
done-user-added = The user is added.
done-user-removed = The user is removed and logged out.
users-add-text = Choose a first password together with the new user, who sets up a code at the first login and then changes the password.
error-user-login = Use 1–64 letters, digits or the signs . _ - @

## Signing in elsewhere
elsewhere-sign-in = Sign in with { $name }
elsewhere-text = Connect your login with { $name }. Then you can sign in with { $name } in place of password and code.
elsewhere-since = Connected { $ago }. You can still sign in with password and code.
elsewhere-connect = Connect { $name }
elsewhere-remove = Remove { $name }
done-elsewhere-connected = It is connected. You are signed out everywhere else.
done-elsewhere-removed = It is removed. You are signed out everywhere else.
error-elsewhere = Signing in did not work. Try once more, or sign in with the password.
error-elsewhere-again = This does not hold any more. Begin once more.
error-elsewhere-stopped = You stopped signing in. Try once more, or sign in with the password.
error-elsewhere-unreachable = The service does not answer just now. Sign in with the password, or try again a little later.
error-elsewhere-weak = That sign-in was not safe enough, or too long ago. Sign in there anew, in the safest way.
error-elsewhere-nobody = Nobody here is connected with that sign-in. Sign in with the password, and connect it under Settings.
error-elsewhere-taken = It is already connected with a user.
