## Layout
layout-skip = Skip to content
layout-navigation = Main menu
layout-languages = Language
layout-sign-out = Sign out
onward-title = One moment
onward-link = Go on
search-button = Search

## Numbers, dates and how long ago
number = { $count }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date-long = { $day } { $month } { $year }
date-short = { $day }.{ $month }.{ $year }
ago-now = just now
ago-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
ago-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
ago-days = { $count ->
    [one] yesterday
   *[other] { $count } days ago
}
ago-date = on { $date }
span-hours = { $count ->
    [one] an hour
   *[other] { $count } hours
}
span-days = { $count ->
    [one] a day
   *[other] { $count } days
}

## Forms
form-errors = { $count ->
    [one] Something needs to be put right
   *[other] { $count } things need to be put right
}
error-email = Write an e-mail address, such as kari@example.org
error-password-short = The password needs at least 12 characters. Three or four words in a row are easy to remember
error-password-long = The password may have at most 256 characters
error-password-common = This password is easy to guess. Choose another one

## What can go wrong
problem-home = Go to the front page
problem-not-found = This page does not exist
problem-not-found-next = It may have been removed or moved. Start from the front page, or search for the name.
problem-old-form = The page was open for too long
problem-old-form-next = Nothing was saved. Go back, reload the page and try once more.
problem-unreadable = The form could not be read
problem-unreadable-next = Nothing was saved. Go back and try once more.
problem-too-large = The file is too large
problem-too-large-next = Nothing was read. Split the file in two and bring in one part at a time.
problem-not-allowed = You may not do this
problem-not-allowed-next = Ask the person who looks after the users where you are.
problem-failed = Something went wrong on our side
problem-failed-next = What you had saved before is safe. Try once more. If it happens again, tell the national office.

## The second factor
factor-title = A code besides the password
factor-lead = An app on your phone shows a code that changes every half minute. With it, somebody who has seen your password still does not get in.
factor-mandatory = You need it before you can go on.
factor-step-app = Open an app for codes on your phone. If you have none, Aegis, 2FAS and the password apps of phones are free.
factor-step-picture = Let the app take this picture.
factor-picture = Picture for the app
factor-by-hand = I cannot take a picture: what to type into the app
factor-code = The code that the app shows now
factor-code-hint = Six digits.
factor-button = Use this code from now on
error-factor-code = The code is not right. Wait for the next one and type that
factor-codes-title = Ten codes for paper
factor-codes-lead = If the phone is lost, one of these gets you in. Each works once. They are shown this once: print them, or write them down, and keep them away from the computer.
factor-codes-print = Print them
factor-codes-next = I have them on paper
login-code = Code from the app
login-code-hint = Leave it empty if you have set up no app, or use a passkey. If the phone is lost, type one of your codes on paper.
error-login = The login name, the password or the code is not right
done-clock = Your phone’s clock or this computer’s is wrong by half a minute or more: the code was that of a while ago. Set both by the network.
done-by-paper = You came in with one of the codes on paper. If the phone is lost, set up the new one under Settings.

## Passkeys
passkeys-title = Passkeys
passkeys-text = With a passkey you touch the fingerprint reader, your phone or a security key in place of typing a code when you sign in. Nobody can trick you out of it.
passkeys-code-first = Set up the code besides the password first: it is what gets you in when the passkey is not at hand.
passkeys-elsewhere = Passkeys work at this address alone:
passkeys-add = Add a passkey
passkeys-added = Added { $ago }.
passkeys-remove = Remove
passkey-add-title = Add a passkey
passkey-add-lead = Press the button, and do what the browser asks of you. You can keep the passkey on this computer, on your phone or on a security key.
passkey-back = Back to the settings
passkey-name = What you call it
passkey-name-hint = So that you know it again, such as “My phone”.
passkey-add-button = Make the passkey
passkey-use-title = Use your passkey
passkey-use-lead = The password is right. Press the button, and do what the browser asks of you.
passkey-use-button = Use the passkey
passkey-with-code = Sign in with a code instead
passkey-no-script = Scripts are switched off in this browser, and a passkey needs one. Sign in with a code.
passkey-unable = This browser cannot use passkeys. Bring it up to date, or sign in with a code.
passkey-failed = The browser gave no passkey. Try once more, or use a code.
done-passkey-added = The passkey is added. Leave the field for the code empty when you sign in next.
done-passkey-removed = The passkey is removed. You are signed out everywhere else.
error-passkey = The passkey was not taken. Sign in again, or type a code
error-passkey-elsewhere = Passkeys do not work at this address. Type the code from the app

## One's own sign-ins
sessions-title = Where you are signed in
sessions-limits = A sign-in ends by itself after { $idle } without use, and after { $longest } in any case.
sessions-here = This browser
sessions-since = Signed in { $ago }.
sessions-used = Last used { $ago }.
sessions-end = Sign out there
sessions-end-others = Sign out everywhere else
sessions-end-text = Is there one that you do not know, or a computer that others use? Give your password, and end it.
sessions-password = Your password
done-sessions-ended = Signed out there. Whoever sits there has to sign in again.
browser-on = { $browser } on { $system }
browser-unknown-on = A browser on { $system }
browser-unknown = A browser that does not say which it is

## The page of components
design-title = The building blocks
design-lead = Everything the screens are made of, in one place.
design-back = Back to the front page
design-buttons = Buttons
design-button-primary = The main thing
design-button-other = Something else
design-button-danger = Erase
design-button-link = A link as a button
design-lights = The light
design-light-sent = Everything was sent two minutes ago
design-light-waiting = Three changes wait for the network
design-light-refused = One change was refused
design-form = Form
design-name = Name
design-name-hint = As in the passport.
design-email = E-mail
design-choice = Choose one
design-roles = Roles
design-one = Only one of these
design-note = Note
design-file = File
design-file-hint = A list from Excel, saved as CSV.
design-notices = Notices
design-notice-info = Good to know
design-notice-success = Saved
design-notice-warning = Have a look at this
design-notice-error = This did not work
design-notice-sentence = A sentence says what it is about and what you can do.
design-table = Table
design-tags = Tags
design-tag = A tag
design-summary = Summary
design-compare = Side by side
design-compare-here = What you see
design-compare-there = What the others see
design-search = Search
design-search-label = Search by name
design-empty = When there is nothing
design-empty-title = Nobody here yet
design-empty-sentence = Add the first one, and the list shows here.
