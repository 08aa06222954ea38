## Layout
layout-skip = Hopp til innholdet
layout-navigation = Hovedmeny
layout-languages = Språk
layout-sign-out = Logg ut
onward-title = Et øyeblikk
onward-link = Gå videre
search-button = Søk

## Numbers, dates and how long ago
number = { $count }
month-1 = januar
month-2 = februar
month-3 = mars
month-4 = april
month-5 = mai
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = desember
date-long = { $day }. { $month } { $year }
date-short = { $day }.{ $month }.{ $year }
ago-now = nå nettopp
ago-minutes = { $count ->
    [one] for ett minutt siden
   *[other] for { $count } minutter siden
}
ago-hours = { $count ->
    [one] for en time siden
   *[other] for { $count } timer siden
}
ago-days = { $count ->
    [one] i går
   *[other] for { $count } dager siden
}
ago-date = den { $date }
span-hours = { $count ->
    [one] én time
   *[other] { $count } timer
}
span-days = { $count ->
    [one] én dag
   *[other] { $count } dager
}

## Forms
form-errors = { $count ->
    [one] Noe må rettes
   *[other] { $count } ting må rettes
}
error-email = Skriv en e-postadresse, for eksempel kari@epost.no
error-password-short = Passordet må ha minst 12 tegn. Tre eller fire ord etter hverandre er lett å huske
error-password-long = Passordet kan ha høyst 256 tegn
error-password-common = Dette passordet er lett å gjette. Velg et annet

## What can go wrong
problem-home = Til forsiden
problem-not-found = Denne siden finnes ikke
problem-not-found-next = Den kan være slettet eller flyttet. Begynn på forsiden, eller søk etter navnet.
problem-old-form = Siden har stått åpen for lenge
problem-old-form-next = Ingenting er lagret. Gå tilbake, last siden på nytt og prøv en gang til.
problem-unreadable = Skjemaet kunne ikke leses
problem-unreadable-next = Ingenting er lagret. Gå tilbake og prøv en gang til.
problem-too-large = Filen er for stor
problem-too-large-next = Ingenting er lest. Del filen i to og hent inn én del om gangen.
problem-not-allowed = Du har ikke tilgang til dette
problem-not-allowed-next = Spør den som har ansvar for brukerne hos dere.
problem-failed = Noe gikk galt hos oss
problem-failed-next = Det du hadde lagret før, er trygt. Prøv en gang til. Skjer det igjen, si fra til landskontoret.

## The second factor
factor-title = En kode i tillegg til passordet
factor-lead = En app på telefonen viser en kode som skifter hvert halve minutt. Da slipper ikke den som har sett passordet ditt, inn likevel.
factor-mandatory = Du trenger den før du kan gå videre.
factor-step-app = Åpne en app for koder på telefonen. Har du ingen, er Aegis, 2FAS og telefonens egen passordapp gratis.
factor-step-picture = La appen ta dette bildet.
factor-picture = Bilde til appen
factor-by-hand = Jeg kan ikke ta bilde: dette skrives inn i appen
factor-code = Koden appen viser nå
factor-code-hint = Seks sifre.
factor-button = Bruk kode fra nå av
error-factor-code = Koden stemmer ikke. Vent på den neste og skriv den
factor-codes-title = Ti koder på papir
factor-codes-lead = Hvis telefonen blir borte, slipper du inn med en av disse. Hver virker én gang. De vises bare nå: skriv dem ut eller skriv dem ned, og legg dem et annet sted enn maskinen.
factor-codes-print = Skriv dem ut
factor-codes-next = Jeg har dem på papir
login-code = Kode fra appen
login-code-hint = La feltet stå tomt hvis du ikke har satt opp noen app, eller bruker en passnøkkel. Er telefonen borte, skriv en av kodene på papir.
error-login = Brukernavnet, passordet eller koden stemmer ikke
done-clock = Klokken på telefonen eller denne maskinen går et halvt minutt feil eller mer: koden var gammel. La nettet stille begge.
done-by-paper = Du kom inn med en av kodene på papir. Er telefonen borte, sett opp den nye under Innstillinger.

## Passkeys
passkeys-title = Passnøkler
passkeys-text = Med en passnøkkel berører du fingeravtrykksleseren, telefonen eller en sikkerhetsnøkkel i stedet for å skrive en kode når du logger inn. Ingen kan lure den fra deg.
passkeys-code-first = Sett opp koden ved siden av passordet først: det er den som slipper deg inn når passnøkkelen ikke er for hånden.
passkeys-elsewhere = Passnøkler virker bare på denne adressen:
passkeys-add = Legg til en passnøkkel
passkeys-added = Lagt til { $ago }.
passkeys-remove = Fjern
passkey-add-title = Legg til en passnøkkel
passkey-add-lead = Trykk på knappen, og gjør det nettleseren ber deg om. Passnøkkelen kan ligge på denne datamaskinen, på telefonen eller på en sikkerhetsnøkkel.
passkey-back = Tilbake til innstillingene
passkey-name = Hva du kaller den
passkey-name-hint = Så du kjenner den igjen, for eksempel «Telefonen min».
passkey-add-button = Lag passnøkkelen
passkey-use-title = Bruk passnøkkelen
passkey-use-lead = Passordet er riktig. Trykk på knappen, og gjør det nettleseren ber deg om.
passkey-use-button = Bruk passnøkkelen
passkey-with-code = Logg inn med en kode i stedet
passkey-no-script = Skript er slått av i denne nettleseren, og en passnøkkel trenger det. Logg inn med en kode.
passkey-unable = Denne nettleseren kan ikke bruke passnøkler. Oppdater den, eller logg inn med en kode.
passkey-failed = Nettleseren ga ingen passnøkkel. Prøv en gang til, eller bruk en kode.
done-passkey-added = Passnøkkelen er lagt til. La feltet for koden stå tomt neste gang du logger inn.
done-passkey-removed = Passnøkkelen er fjernet. Du er logget ut alle andre steder.
error-passkey = Passnøkkelen ble ikke godtatt. Logg inn på nytt, eller skriv en kode
error-passkey-elsewhere = Passnøkler virker ikke på denne adressen. Skriv koden fra appen

## One's own sign-ins
sessions-title = Hvor du er logget inn
sessions-limits = En innlogging tar slutt av seg selv etter { $idle } uten bruk, og etter { $longest } uansett.
sessions-here = Denne nettleseren
sessions-since = Logget inn { $ago }.
sessions-used = Sist brukt { $ago }.
sessions-end = Logg ut der
sessions-end-others = Logg ut alle andre steder
sessions-end-text = Er det en du ikke kjenner, eller en datamaskin som andre bruker? Oppgi passordet ditt, og logg ut der.
sessions-password = Passordet ditt
done-sessions-ended = Logget ut der. Den som sitter der, må logge inn på nytt.
browser-on = { $browser } på { $system }
browser-unknown-on = En nettleser på { $system }
browser-unknown = En nettleser som ikke sier hvilken den er

## The page of components
design-title = Byggeklossene
design-lead = Alt skjermbildene er satt sammen av, på ett sted.
design-back = Tilbake til forsiden
design-buttons = Knapper
design-button-primary = Det viktigste
design-button-other = Noe annet
design-button-danger = Slett
design-button-link = En lenke som knapp
design-lights = Lyset
design-light-sent = Alt er sendt for to minutter siden
design-light-waiting = Tre endringer venter på nett
design-light-refused = Én endring ble avvist
design-form = Skjema
design-name = Navn
design-name-hint = Slik det står i passet.
design-email = E-post
design-choice = Velg én
design-roles = Roller
design-one = Bare én av disse
design-note = Notat
design-file = Fil
design-file-hint = En liste fra Excel, lagret som CSV.
design-notices = Beskjeder
design-notice-info = Verdt å vite
design-notice-success = Lagret
design-notice-warning = Se over dette
design-notice-error = Dette gikk ikke
design-notice-sentence = En setning sier hva det gjelder og hva du kan gjøre.
design-table = Tabell
design-tags = Merker
design-tag = Et merke
design-summary = Oversikt
design-compare = Side om side
design-compare-here = Dette ser dere
design-compare-there = Dette ser de andre
design-search = Søk
design-search-label = Søk etter navn
design-empty = Når det er tomt
design-empty-title = Ingen her ennå
design-empty-sentence = Legg til den første, så vises listen her.
