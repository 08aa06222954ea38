## Rundt hver side
nav-front = Forsiden
nav-supporters = Støttespillere
nav-chapters = Lokallag
nav-import = Hent inn en fil
nav-reports = Hvem så på hva
nav-settings = Innstillinger
back-front = Forsiden
office-name = Landskontoret
source = { $who }, { $when }
money = { $sign }{ $whole },{ $rest } { $currency }
money-whole = { $sign }{ $whole } { $currency }
light-all-in = Alt som er mottatt, står i listene
light-coming = { $count ->
    [one] Én endring er på vei inn i listene
   *[other] { $count } endringer er på vei inn i listene
}

## Det som ble gjort
done-corrected = Rettelsen er gjort. Hvert lokallag får den neste gang det er tilkoblet.
done-same-already = Det står slik allerede, så ingenting ble sendt.
done-parted = De holdes fra hverandre nå. Du kan når som helst ta det tilbake.
done-joined = De vises som én støttespiller nå. Du kan når som helst ta det tilbake.
done-taken-back = Avgjørelsen er tatt tilbake.
done-undone = Angret. Alt er slik det var før.
done-undone-kept = Angret. De som en annen fil også har noe om, er beholdt.
done-password = Passordet er byttet.

## Logge inn
login-title = Logg inn hos { $office }
login-name = Brukernavn
login-password = Passord
login-button = Logg inn
login-forgot = Glemt passordet eller mistet telefonen? Be en kollega som har ansvar for brukerne, om en kode.
error-login-wait = For mange forsøk. Vent noen minutter og prøv igjen
first-title = Ingen kan logge inn ennå
first-lead = Kontoret har ingen brukere. Den første lages på maskinen der dette programmet kjører.
first-command = Skriv dette der, med ditt eget brukernavn og mappen du valgte da du satte det i gang:
first-command-hint = Du blir bedt om et passord på minst 12 tegn. Kom så tilbake til denne siden.
first-again = Jeg har laget en bruker

## Forsiden
front-title = Dette venter på kontoret
front-empty-title = Ingen lokallag ennå
front-empty-text = Inviter det første lokallaget, så dukker støttespillerne opp her straks det er med.
front-empty-invite = Inviter det første lokallaget
front-empty-import = Hent inn en fil
front-nothing-title = Alt er i orden
front-nothing-text = Ingenting venter på kontoret akkurat nå.
front-look = Se nærmere
front-figures = Helheten i tall
front-figures-hint = Her telles støttespillerne som lokallagene deler med kontoret, og kontorets egne.
front-supporters = { $count ->
    [one] støttespiller
   *[other] støttespillere
}
front-chapters = { $count ->
    [one] lokallag
   *[other] lokallag
}
need-doubtful = { $count ->
    [one] Ett par kan være samme person
   *[other] { $count } par kan være samme person
}
need-doubtful-text = To oppføringer ligner hverandre. Du avgjør om det er den samme.
need-refused = { $count ->
    [one] Én endring fra et lokallag ble avvist
   *[other] { $count } endringer fra lokallag ble avvist
}
need-refused-text = Lokallaget sendte noe som ikke hører hjemme her, og det ble ikke tatt vare på. Lokallaget ser det også, men kan trenge hjelp.
need-corrections = { $count ->
    [one] Én rettelse er ikke tatt imot av lokallaget ennå
   *[other] { $count } rettelser er ikke tatt imot av lokallagene ennå
}
need-corrections-text = Den går av seg selv når lokallaget er tilkoblet. Har begge endret det samme, velger noen i lokallaget.
need-silent = { $count ->
    [one] Ett lokallag har vært stille lenge
   *[other] { $count } lokallag har vært stille lenge
}
need-silent-text = Det har ikke kommet noe på over tre uker. En telefon kan hjelpe: Er maskinen i bruk, og har den nett?
need-not-joined = { $count ->
    [one] Ett lokallag er invitert, men ikke med ennå
   *[other] { $count } lokallag er invitert, men ikke med ennå
}
need-not-joined-text = En invitasjon varer i tre dager. Lag en ny på lokallagets side hvis den er gått ut.

## Listen over støttespillere
supporters-title = Støttespillere
supporters-search = Søk
supporters-search-hint = Navn, telefon, e-post eller sted. Treffene kommer mens du skriver.
supporters-role = Rolle
supporters-any-role = Alle roller
supporters-count = { $count ->
    [one] Én støttespiller
   *[other] { $count } støttespillere
}
supporters-none = Ingen passer til søket. Prøv færre bokstaver, eller velg alle roller.
supporters-empty-title = Ingen støttespillere ennå
supporters-empty-text = De kommer av seg selv når et lokallag er med og har godtatt avtalen om deling.
supporters-name = Navn
supporters-roles = Roller
supporters-chapters = Lokallag
supporters-phone = Telefon
supporters-email = E-post
supporters-place = Sted
supporters-all = Vis alle { $count }

## Én støttespiller
supporter-back = Alle støttespillere
supporter-nameless = Uten navn
supporter-correct = Rett
supporter-contact = Hvem og hvordan nå
supporter-roles = Roller
supporter-no-roles = Ingen roller.
supporter-consents = Samtykker
supporter-no-consents = Ingen samtykker er delt med kontoret.
supporter-gifts = Gaver
supporter-gifts-sum = Til sammen: { $sums }
supporter-gifts-all = Alle { $count } gavene
frequency-once = Én gang
frequency-monthly = Hver måned
frequency-yearly = Hvert år
method-card = kort
method-bank_transfer = bankoverføring
supporter-more = Flere opplysninger
supporter-difference = Dette er de ikke enige om: { $field }
supporter-difference-text = Alt som er sagt, er tatt vare på. Det nyeste står først.
supporter-corrections = Kontorets rettelser
supporter-records = { $count ->
    [one] Finnes ett sted
   *[other] Finnes { $count } steder
}
supporter-records-text = De vises som én støttespiller, men ingenting er blandet sammen: Ingenting går tapt om de skilles.
supporter-part = Ikke samme person
supporter-apart = Holdes fra
supporter-apart-other = En annen støttespiller
supporter-take-back = Ta tilbake
together-exact = Samme e-postadresse og samme navn, og ingenting i fødselsdatoen taler imot.
together-said = { $login } sa { $date } at det er den samme.
apart-said = { $login } sa { $date } at det ikke er den samme.
role-since = siden { $from }
role-between = fra { $from } til { $to }
role-until = til { $to }
consent-given = Ja, { $date }
consent-given-undated = Ja
consent-withdrawn = Trukket tilbake, { $date }
consent-refused = Sa nei, { $date }
consent-refused-undated = Sa nei
correction-line = { $fields }: rettet av { $login } { $date }, { $source }.
said-by-supporter = etter beskjed fra støttespilleren
said-by-returned_post = etter post i retur
outcome-waiting = ikke tatt imot ennå
outcome-shown = tatt imot
outcome-rejected = beholdt sitt eget
outcome-gone = har slettet dette

## Rette
correct-title = Rett { $name }
correct-lead = Det du endrer her, går til lokallagene som har støttespilleren: { $chapters }.
correct-lead-office = Bare kontoret har denne støttespilleren. Ingen lokallag får beskjed.
correct-source = Hvordan vet kontoret dette?
correct-source-hint = Det lagres sammen med rettelsen.
correct-save = Lagre rettelsen
source-supporter = Støttespilleren har sagt det
source-returned_post = Post eller e-post kom i retur
error-source-missing = Velg hvordan kontoret vet det
error-nothing-changed = Ingenting ble endret. Rett det som er galt, og lagre så
error-correct-nowhere = Ingen lokallag deler denne opplysningen, så kontoret kan ikke rette den. Spør lokallaget

## Par som kan være én
doubtful-title = Er det samme person?
doubtful-lead = Programmet overprøver aldri det du sier, og du kan ta det tilbake.
doubtful-none = Det er ingen par å ta stilling til.
doubtful-same = Ja, den samme
doubtful-not-same = Nei, ikke den samme

## Lokallag
chapters-title = Lokallag
chapters-name = Lokallag
chapters-seen = Sist sett
chapters-supporters = Støttespillere
chapters-entries = Mottatt
chapters-devices = Maskiner
chapters-waiting = Venter
chapters-refused = Avvist
chapters-hint = Mottatt er antall sendinger. Venter er rettelser som lokallaget ikke har tatt imot ennå. Avvist gjelder de siste 30 dagene.
chapter-back = Alle lokallag
chapter-seen = sist sett { $ago }
chapter-silent = stille lenge
chapter-not-joined = Er ikke med ennå
chapter-not-joined-text = Lokallaget limer inn invitasjonen på sin egen maskin. Etter det går alt av seg selv.
chapter-never-seen = Ikke sett ennå
chapter-refused = Avvist de siste 30 dagene
chapter-standing = Hvor langt det er kommet
chapter-shared = Støttespillere som kontoret ser
chapter-waiting-count = Rettelser ikke tatt imot ennå
chapter-code = Kode
chapter-code-text = Lokallagets maskin viser de samme seks sifrene. Ring og sammenlign, så vet begge at dere er koblet til den rette.
chapter-figures = Lokallagets egne tall
chapter-figures-text = Hvor mange lokallaget har i hver rolle, uten navn.
chapter-no-figures = Lokallaget har ikke sendt tall ennå.
chapter-agreement = Avtalen om deling
chapter-no-agreement = Ikke godtatt ennå. Til da ser kontoret bare tall.
chapter-accepted = Versjon { $version }, godtatt { $date }.
chapter-signed = Medlemmene har skrevet under erklæringen.
chapter-not-signed = Ikke alle medlemmene har skrevet under erklæringen.
chapter-waiting = Rettelser ikke tatt imot ennå
chapter-open-supporter = Åpne støttespilleren
chapter-no-devices = Ingen maskin har vært tilkoblet ennå.
chapter-invite = Lag en ny invitasjon
chapter-invite-text = Til et lokallag som har mistet invitasjonen, eller der den er gått ut.
device-name = Maskin
device-begun-anew = { $count ->
    [one] Begynt på nytt én gang: gjenopprettet fra en sikkerhetskopi, eller en kopi av dataene er også brukt.
   *[other] Begynt på nytt { $count } ganger: gjenopprettet fra en sikkerhetskopi, eller en kopi av dataene er også brukt.
}
device-same = Samme som her
device-differs = nei, prøver igjen
device-not-compared = ikke sett på ennå
device-until = Sertifikat til
device-fingerprint = Fingeravtrykk
chapter-add-title = Inviter et lokallag
chapter-add-lead = Du får en invitasjon som du sender til lederen i lokallaget. Med den setter lokallaget opp sitt eget program.
chapter-add-name = Lokallagets navn
chapter-add-hint = Slik dere sier det, for eksempel Bergen.
chapter-add-button = Lag invitasjonen
error-chapter-name = Skriv et navn på høyst 100 tegn
error-chapter-taken = Det finnes allerede et lokallag med dette navnet
error-no-address = Invitasjoner ville oppgi en adresse som ingen når. Programmet må startes med: helhet-hub serve --public ADRESSE:4433
invite-title = Invitasjon til { $name }
invite-lead = Send denne til lederen i lokallaget. Den virker én gang, for én maskin.
invite-once = Invitasjonen vises bare denne ene gangen
invite-until = Den varer til { $date }.
invite-safe = Send den slik at bare lederen leser den, eller vis bildet på stedet. Går den tapt, lager du en ny på lokallagets side.
invite-text = Invitasjonen som tekst
invite-text-hint = Klikk i feltet, merk alt og kopier. Hele teksten må være med.
invite-picture = Invitasjonen som bilde
invite-picture-alt = QR-kode med samme tekst som feltet
invite-then = Hva som skjer så
invite-then-text = Når lokallaget har limt inn invitasjonen, kommer seks sifre på skjermen der og på lokallagets side her. Ring hverandre og sammenlign.

## Hente inn en fil
import-title = Hent inn en fil
import-lead = Lister over folk og organisasjoner, eller gaver fra betalingsløsningen. Du ser hva som vil skje før noe lagres.
import-not-you = Du kan se, men ikke hente inn filer. Spør en kollega som kan.
import-file = Fil
import-file-hint = En liste fra Excel eller et annet program, lagret som CSV.
import-look = Se på filen
import-past = Tidligere filer
import-when = Hentet inn
import-brought = Hva den hadde med
import-brought-gifts = { $count ->
    [one] Én gave
   *[other] { $count } gaver
}
import-brought-supporters = { $made } nye, { $changed } endret
import-nameless = En fil uten navn
import-undo = Angre
import-undone = Angret
import-undo-title = Angre innhentingen av { $file }?
import-undo-lead = Dette gjøres i én vending.
import-undo-gifts = { $count ->
    [one] Én gave tilbakeføres. Regnskapet beholder en linje for den.
   *[other] { $count } gaver tilbakeføres. Regnskapet beholder en linje for hver.
}
import-undo-erased = { $count ->
    [0] Ingen støttespiller blir slettet.
    [one] Én støttespiller som kom med filen, blir slettet.
   *[other] { $count } støttespillere som kom med filen, blir slettet.
}
import-undo-reversed = { $count ->
    [one] Én som ble endret, får tilbake det som stod før.
   *[other] { $count } som ble endret, får tilbake det som stod før.
}
import-undo-kept = { $count ->
    [one] Én støttespiller som kom med filen, blir stående, fordi en annen fil har en gave eller en endring på vedkommende.
   *[other] { $count } støttespillere som kom med filen, blir stående, fordi en annen fil har en gave eller en endring på dem.
}
import-undo-button = Ja, angre alt
import-undo-keep = Nei, behold
import-back = Velg en annen fil
import-back-mapping = Tilbake til kolonnene
import-back-files = Tilbake til filene
import-cancel = Avbryt
import-mapping-title = Stemmer kolonnene?
import-mapping-lead = { $count ->
    [one] { $file } har én linje. Se etter hva hver kolonne betyr.
   *[other] { $file } har { $count } linjer. Se etter hva hver kolonne betyr.
}
import-column = I filen står det
import-examples = For eksempel
import-means = Det betyr
import-mapping-chapters = Temaer, språk og kurs for likepersoner leses ikke inn her. De blir hos lokallaget.
import-preview = Vis hva som vil skje
import-preview-title = Dette vil skje
import-preview-lead = Ingenting er lagret ennå. Se over tallene for { $file }.
import-run = Hent inn nå
import-result-title = Filen er hentet inn
import-result-lead = Det er gjort rede for hver linje i { $file }.
import-lines = linjer i filen
import-new-gifts = nye gaver
import-new-supporters = nye
import-changed = endret
import-same = som før
import-doubtful-gifts = fra en giver som kan være kjent
import-doubtful-supporters = kan stå to ganger
import-refused = utelatt
import-list-refused = Utelatt ({ $count })
import-list-doubtful = Kan stå to ganger ({ $count })
import-list-doubtful-text = De tas med som egne støttespillere. Du tar stilling til hvert par under «Er det samme person?».
import-doubt-of = Kan være den samme som
import-doubt-known = en som landskontoret har
import-doubt-line = linje { $line } i denne filen
import-list-remarks = Merknader ({ $count })
import-list-remarks-text = Disse linjene blir hentet inn likevel.
import-line = Linje
import-reason = Grunn
import-remark = Merknad
import-see-givers = Se giverne
import-see-supporters = Se støttespillerne
import-see-doubtful = Ta stilling til parene
import-download = Last ned linjene som er utelatt
import-download-hint = Rett dem i filen, og hent den inn igjen.
error-file-missing = Velg en fil først
error-file-unreadable = Filen kan ikke leses som en liste. Lagre den som CSV og prøv igjen
error-no-name = Si hvilken kolonne som har navnet

## Ta ut en liste
export-title = Ta ut en liste
export-lead = Listen går ut av programmets varetekt. Ta ikke ut mer enn du trenger, og slett den når du er ferdig.
export-role = Hvem
export-format = I hvilken form?
export-why = Hva trenger du den til?
export-why-hint = Det blir stående i historikken, så skriv ingen navn her.
export-button = Last ned
format-csv = Regneark (CSV)
format-vcard = Adressebok (vCard)
format-json = Til et annet program (JSON)
error-why-missing = Skriv hva du trenger den til

## Hvem så på hva
erasures-title = Hva som er slettet
erasures-lead = Hvem som er slettet, og hvem det skal finnes mindre om, lag for lag. Her står ingen navn. En kvittering sier at ingenting av det finnes igjen her, i ingen fil.
erasures-late = { $count ->
    [one] Én kvittering har manglet i mer enn tretti dager. Den som driver huben, ser i loggen.
   *[other] { $count } kvitteringer har manglet i mer enn tretti dager. Den som driver huben, ser i loggen.
}
erasures-none = Ingenting er slettet ennå.
erasures-what = Hva
erasures-chapter = Lokallag
erasures-received = Mottatt
erasures-receipt = Kvittering
erasures-left = Til landskontoret
erasures-computers = Lagets maskiner
erasures-computers-all = alle har bekreftet
erasures-computer-owes = { $name } har ikke bekreftet
erasures-computer-out = { $name } er ute av laget og har ikke bekreftet
erasures-erased = En støttespiller er slettet
erasures-erased-sealed = En støttespiller er slettet som kontoret ikke kunne se
erasures-narrowed = Mindre bevares
erasures-owed = mangler
erasures-owed-late = for sent
erasures-look = se på det
erasures-waiting = { $count ->
    [one] Én støttespiller i { $chapter } venter på å bli slettet, og vises ikke til noen: en maskin til i laget må bekrefte det. Spør laget om det var meningen.
   *[other] { $count } støttespillere i { $chapter } venter på å bli slettet, og vises ikke til noen: en maskin til i laget må bekrefte det. Spør laget om det var meningen.
}
erasures-link = Hva som er slettet, og kvitteringene
reports-title = Hvem så på hva
reports-lead = Hver gang noen åpner en støttespiller eller tar ut en liste, skrives det her.
reports-none = Ingen har sett på noe ennå.
reports-what = Hva
reports-who = Hvem
reports-when = Når
reports-why = Til hva
reports-count = Støttespillere
taken-card = Én støttespiller
taken-list = Listen
taken-doubtful = Par som kan være én
taken-export_csv = Nedlasting som regneark
taken-export_vcard = Nedlasting som adressebok
taken-export_json = Nedlasting til et annet program
why-screen = sett på skjermen
why-asked_for_on_the_command_line = spurt om på kommandolinjen

## Innstillinger
settings-title = Innstillinger
settings-password = Bytt passord
settings-current = Passordet du har nå
settings-new = Nytt passord
settings-new-hint = Minst 12 tegn. Tre eller fire ord etter hverandre er trygt og lett å huske.
settings-again = Det nye passordet en gang til
settings-change = Bytt
error-current = Passordet du har nå, er ikke riktig
error-again = De to passordene er ikke like
settings-here = Dette programmet
settings-office = Organisasjon
settings-address = Adressen i invitasjonene

## Hvorfor en linje ble utelatt, og merknader
left-out-names_nobody = Linjen har ikke noe navn.
left-out-no_amount = Beløpet kan ikke leses.
left-out-too_long = Linjen er for lang: kort ned den lengste cellen.
left-out-national_number = Linjen har et fødselsnummer. Det skal ikke lagres: ta det ut av listen.
left-out-erased_since = Støttespilleren ble slettet mens listen ble hentet inn.
left-out-unknown_currency = Valutaen er ingen kode som NOK eller EUR.
left-out-no_payment_date = Betalingsdagen kan ikke leses.
left-out-transaction_differs = Gaven finnes fra før, med et annet beløp, en annen valuta eller en annen dag.
remark-unreadable_email = er ingen e-postadresse, beholdt slik det står
remark-unreadable_phone = er ikke noe telefonnummer, beholdt slik det står
remark-unreadable_date = er ingen dato, beholdt slik det står
remark-month_only = er en måned uten dag, året brukes
remark-unreadable_yes_no = er verken ja eller nei, beholdt som notat
remark-unreadable_postcode = er ikke noe postnummer, beholdt slik det står
remark-unreadable_address = kan ikke deles i gate og sted, beholdt slik det står
remark-unreadable_organisation_number = er ikke noe organisasjonsnummer, beholdt slik det står
remark-unreadable_hours = er ikke timer, beholdt slik det står
remark-unknown_membership_kind = er en ukjent type medlemskap, beholdt slik det står
remark-unknown_kind = sier verken person eller organisasjon
remark-unknown_role = er en ukjent rolle, beholdt som merkelapp
remark-contact_kept_as_note = nevner en kontaktperson, beholdt som notat
remark-surplus_cells = Linjen har flere celler enn det er overskrifter.
remark-newsletter_contradiction = Linjen sier både ja og nei til nyhetsbrevet. Neiet gjelder.
remark-number_repeated = Nummeret står på en tidligere linje også.
remark-number_reused = Nummeret tilhørte en annen person før.
remark-chapter_edit_kept = er endret siden forrige gang, og den endringen beholdes
remark-consent_not_renewed = sier ja der det er registrert et nei. Neiet gjelder.
remark-currency_assumed = Valutaen mangler, så det regnes som organisasjonens egen.

## A code besides the password
settings-factor = Ny telefon
settings-factor-on = Du blir spurt om en kode fra appen når du logger inn. Koder igjen på papir: { $count }
settings-factor-again = Sett opp en ny telefon
settings-let-in = Slippe noen inn igjen
settings-let-in-text = Har noen mistet telefonen og kodene på papir, eller glemt passordet, gir du dem en kode som virker én gang, i ett døgn. Forsikre deg på telefon eller ansikt til ansikt om at det er dem.
settings-let-in-button = Lag en kode for { $login }
let-in-title = En kode for { $login }
let-in-lead = Les den opp på telefon eller gi den på papir. Den virker én gang, til samme tid i morgen. Så velger { $login } et nytt passord og setter opp appen på nytt.
let-in-back = Tilbake til innstillingene
recover-title = Velg et nytt passord
recover-lead = En annen på kontoret som tar seg av brukerne, har gitt deg en kode.
recover-code = Koden du har fått
recover-link = Jeg har fått en kode av en kollega
error-recover = Brukernavnet eller koden stemmer ikke

# Users
users-title = Brukere
users-lead = De som kan logge inn her, og hva hver av dem får gjøre.
users-own = Det er deg
users-sessions = { $count ->
    [one] Logget inn i én nettleser
   *[other] Logget inn i { $count } nettlesere
}
users-sign-out = Logg ut overalt
users-remove = Fjern
users-add = Legg til bruker
users-login = Brukernavn
users-role = Rolle
error-user-taken = Det finnes en bruker med dette navnet
error-user-last = Ingen kunne lenger ta hånd om brukerne. Legg til en annen som kan det først.
done-user-added = Brukeren er lagt til.
done-user-removed = Brukeren er fjernet og logget ut.
users-add-text = Velg et første passord sammen med den nye brukeren, som setter opp kode i tillegg ved første innlogging og så bytter passordet.
error-user-login = Bruk 1–64 bokstaver, tall eller tegnene . _ - @

## Innlogging et annet sted
elsewhere-sign-in = Logg inn med { $name }
elsewhere-text = Koble brukeren din til { $name }. Da kan du logge inn med { $name } i stedet for passord og kode.
elsewhere-since = Koblet til { $ago }. Du kan fortsatt logge inn med passord og kode.
elsewhere-connect = Koble til { $name }
elsewhere-remove = Fjern { $name }
done-elsewhere-connected = Koblingen er laget. Du er logget ut alle andre steder.
done-elsewhere-removed = Koblingen er fjernet. Du er logget ut alle andre steder.
error-elsewhere = Innloggingen virket ikke. Prøv en gang til, eller logg inn med passordet.
error-elsewhere-again = Dette gjelder ikke lenger. Begynn en gang til.
error-elsewhere-stopped = Du avbrøt innloggingen. Prøv en gang til, eller logg inn med passordet.
error-elsewhere-unreachable = Tjenesten svarer ikke akkurat nå. Logg inn med passordet, eller prøv igjen litt senere.
error-elsewhere-weak = Innloggingen var ikke sikker nok, eller for lenge siden. Logg inn på nytt der, på den sikreste måten.
error-elsewhere-nobody = Ingen bruker her er koblet til denne innloggingen. Logg inn med passordet, og koble den til under Innstillinger.
error-elsewhere-taken = Den er allerede koblet til en bruker.
