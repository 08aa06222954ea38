## Around every page
nav-front = Forsiden
nav-supporters = Støttespillere
nav-import = Hent inn liste
nav-office = Det landskontoret ser
nav-sync = Sending
nav-settings = Innstillinger
only-your-chapter = Bare laget deres ser dette.
light-sent = Sendt til landskontoret { $ago }
light-nothing-yet = Ingenting å sende ennå
light-waiting = { $count ->
    [one] Én endring venter på å bli sendt
   *[other] { $count } endringer venter på å bli sendt
}
light-refused = { $count ->
    [one] Landskontoret avviste én endring
   *[other] Landskontoret avviste { $count } endringer
}

## What was done
done-added = Støttespilleren er lagt til.
done-saved = Endringen er lagret.
done-granted = Samtykket er registrert.
done-withdrawn = Samtykket er trukket tilbake. Det som ble delt på grunn av det, blir hentet tilbake.
done-sharing-confirmed = Bekreftet. Det som står her, gjelder.
done-refused = Svaret nei er registrert.
done-erased = Alt om støttespilleren er slettet her. Landskontoret får beskjed om å slette sitt.
done-erased-soon = Ingen ser støttespilleren her lenger. Noe leser fortsatt, så de siste sporene forsvinner fra maskinen når det er ferdig. Landskontoret får beskjed om å slette sin del.
done-undone = Innhentingen er angret.
done-agreed = Avtalen om deling er godtatt.
done-password = Passordet er byttet.
done-locked = Fra nå av spør denne maskinen etter et passord før noe kan leses.
done-first-forgotten = Passordet fra da maskinen ble satt opp, åpner ingenting lenger.
done-welcome = Velkommen! Alt er klart.
done-protected = Adressen er beskyttet. Ingenting om personen går lenger til landskontoret.
done-unprotected = Beskyttelsen er opphevet.
done-apart = Det er husket at dette er to forskjellige.
done-merged = De to er slått sammen til én.

## Signing in
login-title = Logg inn hos { $chapter }
login-name = Brukernavn
login-password = Passord
login-button = Logg inn
login-forgot = Glemt passordet? Den som har gjenopprettingsordene på papir, kan hjelpe deg.
error-login-wait = For mange forsøk. Vent noen minutter og prøv igjen
unlock-title = Lås opp
unlock-lead = Lokallagets opplysninger er låst. De kan leses når en som har brukernavn her, logger inn.
unlock-button = Lås opp

## Setting up
setup-step = Steg { $step } av { $steps }
setup-title = Velkommen til Helhet
setup-lead = Her holder laget orden på støttespillerne sine, også uten nett. Det tar omtrent ti minutter å komme i gang.
setup-invite = Invitasjonen
setup-invite-hint = Teksten dere fikk fra landskontoret. Den begynner med helhet1. Kopier hele og lim den inn her.
setup-device = Navn på denne maskinen
setup-device-hint = Så dere vet hvilken det er, for eksempel «Leders PC».
setup-next = Gå videre
setup-paper-title = Er maskinen til lokallaget borte?
setup-paper-text = Har laget brukt Helhet før, henter arket med gjenopprettingsordene alt tilbake.
setup-paper-link = Hent laget tilbake fra arket
paper-title = Hent laget tilbake
paper-lead = Finn fram arket med gjenopprettingsordene. Alt som var sendt til landskontoret, kommer tilbake til denne maskinen.
paper-others = Lagets andre maskiner holdes ute fra da av, i tilfelle en av dem er stjålet. Du kan slippe dem inn igjen etterpå, under lagets maskiner.
paper-words-hint = Alle 24, i samme rekkefølge som på arket, med mellomrom mellom
paper-office = Adressen til landskontoret
paper-office-hint = Linjen under ordene på arket. Den ser ut som hub.example:4433#abc… Mangler den, spør landskontoret.
paper-patience = Dette kan ta noen minutter. La siden stå åpen.
paper-button = Hent alt tilbake
paper-wrong-word = Se på ord nummer { $number } en gang til: Det er ikke et av ordene som finnes.
error-paper-office = Det er ikke linjen under ordene
error-words-unknown = Et av ordene er feil stavet
error-words-together = Ordene hører ikke sammen: Sjekk rekkefølgen og stavemåten
setup-agreement-title = Hva skal landskontoret få se?
setup-agreement-lead = Dette er avtalen mellom { $chapter } og landskontoret. Alt annet blir hos dere.
setup-signed-legend = Har medlemmene deres skrevet under?
setup-signed = Ja, medlemmene våre har skrevet under på innmeldingserklæringen
setup-signed-hint = Der står det at landskontoret får navnet og kontaktopplysningene deres.
setup-accept-legend = Godtar laget avtalen?
setup-accept = Ja, vi godtar avtalen om deling
setup-agreement-button = Godta og koble til
setup-phrase-title = Gjenopprettingsordene til { $chapter }
setup-phrase-lead = Mister dere maskinen, får dere alt tilbake med disse 24 ordene. De vises bare denne ene gangen.
setup-phrase-print = Skriv ut
setup-phrase-warning = Ta vare på arket som på en nøkkel
setup-phrase-warning-text = Legg det et trygt sted som ikke er sammen med maskinen. Ikke ta bilde av det, og ikke send det til noen.
setup-code-title = Koden til landskontoret
setup-code-text = Landskontoret ser den samme koden. Ring gjerne og les den opp, så vet begge at dere er koblet til de rette.
setup-kept-legend = Har dere skrevet ut ordene?
setup-kept = Ja, ordene er skrevet ut eller skrevet av for hånd
setup-user-title = Velg brukernavn og passord
setup-user-lead = Med dem logger du inn på denne maskinen.
setup-user-locks = Passordet låser også lokallagets opplysninger på denne maskinen. Ingen kan lese dem uten, så skriv det ned og legg det et sted der ingen finner det.
setup-login-hint = For eksempel fornavnet ditt.
setup-password-hint = Minst 12 tegn. Tre eller fire ord etter hverandre er trygt og lett å huske.
setup-again = Passordet en gang til
setup-user-button = Ferdig
error-invite-missing = Lim inn invitasjonen dere fikk fra landskontoret
error-invite-unreadable = Teksten er ikke en hel invitasjon. Kopier den på nytt, fra helhet1 til slutten
error-invite-used = Invitasjonen er brukt før eller gått ut. Be landskontoret om en ny
error-office-unreachable = Landskontoret svarer ikke. Sjekk at maskinen er på nett, og prøv igjen
error-device-missing = Gi maskinen et navn
error-signed = Kryss av når medlemmene har skrevet under
error-accept = Kryss av for at laget godtar avtalen
error-kept = Kryss av når ordene er på papir
error-login-missing = Velg et brukernavn
error-again = De to passordene er ikke like

## The front page
front-title = Dette trenger dere å se på
front-empty-title = Ingen støttespillere ennå
front-empty-text = Legg til den første, eller hent inn listen dere har fra før.
front-empty-add = Legg til den første
front-empty-import = Hent inn en liste
front-nothing-title = Alt er i orden
front-nothing-text = Ingenting venter på deg akkurat nå.
front-more = { $count ->
    [one] og én til
   *[other] og { $count } til
}
front-figures = Laget i tall
front-supporters = { $count ->
    [one] støttespiller
   *[other] støttespillere
}
need-conflicts = { $count ->
    [one] Én har ulike opplysninger
   *[other] { $count } har ulike opplysninger
}
need-conflicts-text = Samme opplysning er endret to steder. Velg den som er riktig.
need-doubles = { $count ->
    [one] Én kan stå to ganger
   *[other] { $count } kan stå to ganger
}
need-doubles-text = De ligner på noen som var her fra før. Se om det er samme person.
need-doubles-look = Se på dem to og to
need-refused = { $count ->
    [one] Landskontoret avviste én
   *[other] Landskontoret avviste { $count }
}
need-refused-text = Åpne siden og rett det som er feil, så sendes det på nytt.
need-withheld = { $count ->
    [one] Én holdes tilbake til dere bekrefter
   *[other] { $count } holdes tilbake til dere bekrefter
}
need-withheld-text = Denne maskinen ble gjenopprettet fra en sikkerhetskopi, eller en annen kopi av dataene er også brukt. Mindre skulle deles om disse, og her vet vi ikke lenger hva som ble trukket tilbake. Landskontoret får ingenting om dem før dere har bestemt.
need-waiting = { $count ->
    [one] Én venter på å bli sendt
   *[other] { $count } venter på å bli sendt
}
need-waiting-text = De sendes av seg selv når maskinen har nett. Du trenger ikke gjøre noe.

## The list of supporters
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
supporters-name = Navn
supporters-roles = Roller
supporters-phone = Telefon
supporters-email = E-post
supporters-place = Sted
supporters-conflict = må velges
supporters-all = Vis alle { $count }

## One supporter
supporter-back = Alle støttespillere
supporter-edit = Endre
supporter-office-link = Det landskontoret ser
supporter-protected = Adressen er beskyttet
supporter-protected-text = Ingenting om denne personen forlater laget.
supporter-withheld = Holdes tilbake fra landskontoret til dere bekrefter
supporter-withheld-text = Denne maskinen ble gjenopprettet fra en sikkerhetskopi, eller en annen kopi av dataene er også brukt. Mindre skulle deles om denne støttespilleren, og her vet vi ikke lenger hva som ble trukket tilbake. Se i papirene deres, eller spør. Ble ett samtykke trukket, registrer det nedenfor først, og bekreft så.
supporter-withheld-holds = Det som står her, gjelder
supporter-withheld-taken-back = Trukket tilbake: del ingenting
supporter-conflict = Hva er riktig: { $field }?
supporter-conflict-text = Opplysningen er endret to steder samtidig. Ingenting er gått tapt.
supporter-pick = Bruk { $value }
supporter-contact = Kontakt
supporter-no-contact = Ingen kontaktopplysninger ennå.
supporter-roles = Roller
supporter-no-roles = Ingen roller ennå.
supporter-end-role = Avslutt i dag
supporter-add-role = Gi en ny rolle
supporter-role = Rolle
supporter-role-from = Fra
supporter-role-from-hint = For eksempel 4.5.2026. Tomt er i dag.
role-since = siden { $from }
role-between = fra { $from } til { $to }
role-until = til { $to }
supporter-consents = Samtykker
supporter-grant = Registrer ja
supporter-withdraw = Trekk tilbake
supporter-refuse = Sa nei
consent-given = Ja, { $date }
consent-given-undated = Ja
consent-withdrawn = Trukket tilbake
consent-refused = Nei
consent-unasked = Ikke spurt
supporter-office = Det landskontoret ser
supporter-office-more = Se felt for felt
supporter-volunteering = Frivillig innsats
supporter-peer-support = Likepersonarbeid
supporter-membership = Medlemskap og innhenting
supporter-notes = Notater
supporter-new-note = Nytt notat
supporter-save-note = Lagre notatet
supporter-remove-note = Fjern
supporter-unreadable = kan ikke leses
supporter-erase = Slett alt om denne støttespilleren
supporter-protect = Beskytt adressen
supporter-protect-text = For den som lever med hemmelig adresse. Adressen vises ikke lenger, står i ingen lister, og ingenting om personen går til landskontoret.
supporter-unprotect = Opphev beskyttelsen
supporter-unprotect-text = Adressen vises igjen, og det avtalen sier, går igjen til landskontoret. Gjør det bare når personen selv har bedt om det.
supporter-answers = Alt som er svart
answer-yes = ja
answer-no = nei
answer-withdrawn = trukket tilbake
channel-form = registrert her
channel-import = fra en liste
channel-paper = på papir
channel-command_line = registrert på maskinen
supporter-health = Om helsen
supporter-health-hint = Bare lagleder og likepersonsansvarlig ser dette, og det går aldri til landskontoret. Skriv bare det dere trenger for å hjelpe.
supporter-new-health = Nytt notat om helsen
supporter-tags = Merkelapper
supporter-tag = Merkelapp
supporter-tag-hint = Et ord eller to, for eksempel Turgruppa.
supporter-new-tag = Sett på en merkelapp
supporter-remove-tag = Ta av
supporter-past = Hva ble endret når
supporter-past-show = Vis endringene

## Two who may be one
doubles-title = Er dette samme person?
doubles-lead = Disse har samme navn, og samme fødselsdato, e-post eller telefon. Ingen blir slått sammen uten at du sier det.
doubles-count = { $count ->
    [one] Ett par
   *[other] { $count } par
}
doubles-pair = { $number }. { $name }
doubles-same = Det er samme person
doubles-apart = Det er to forskjellige
doubles-more = { $count ->
    [one] Ett par til kommer når disse er avgjort.
   *[other] { $count } par til kommer når disse er avgjort.
}
doubles-none = Ingen står to ganger
doubles-none-text = Her kommer de som ser ut til å være lagt inn to ganger.
doubles-to-front = Til forsiden
merge-title = Slå sammen { $name }
merge-lead = Er du sikker på at dette er samme person, blir de to til én.
merge-all = Alt som står på den ene og den andre, blir stående.
merge-differs = Der de sier forskjellige ting, vises begge til du velger.
merge-no = Har personen sagt nei et sted, gjelder nei-et til dere har spurt på nytt.
merge-for-good = Dette kan ikke gjøres om.
merge-sure-legend = Har du sett på begge?
merge-sure = Ja, dette er samme person
error-merge-sure = Kryss av for at det er samme person
error-merge-health = Her står det noe om helse som er lukket for deg. Be lagleder eller likepersonsansvarlig om å slå dem sammen.
merge-button = Slå sammen

## Adding and editing
add-button = Legg til støttespiller
add-title = Legg til en støttespiller
add-organisation-title = Legg til en virksomhet
add-a-person = Er det en person?
add-an-organisation = Er det en bedrift eller forening?
add-given-name = Fornavn
add-family-name = Etternavn
add-legal-name = Navn på virksomheten
add-organisation-number = Organisasjonsnummer
add-optional = Kan stå tomt.
add-phone = Telefon
add-email = E-post
add-roles = Hva gjør støttespilleren hos dere?
add-roles-hint = Kryss av for alt som passer.
add-more = Flere opplysninger
add-birth = Født
add-birth-hint = Dato eller bare år, for eksempel 4.5.1959 eller 1959.
add-street = Gateadresse
add-postcode = Postnummer
add-city = Poststed
add-note = Notat
add-consents = Hva har støttespilleren sagt ja til?
add-consents-hint = Kryss bare av når du har spurt.
add-save = Lagre
add-cancel = Avbryt
edit-title = Endre { $name }
edit-name = Navn
edit-contact = Kontakt
edit-another-email = En e-post til
edit-another-phone = En telefon til
edit-one-per-line = Én på hver linje.
edit-hours-this-year = Timer i år

## Erasing
erase-title = Slette { $name }?
erase-lead = Dette kan ikke angres.
erase-here = Alt om støttespilleren blir fjernet fra denne maskinen: kontakt, roller, samtykker og notater.
erase-office = Landskontoret får beskjed om å slette det dere har delt, og kvitterer når det er gjort.
erase-stays = Det eneste som blir igjen, er et merke uten navn som hindrer at opplysningene kommer tilbake.
erase-instead = Har noen bare sluttet? Da er det bedre å avslutte rollen.
erase-sure-legend = Er du sikker?
erase-sure = Ja, slett alt om { $name }
erase-own = Passordet ditt
erase-own-hint = Slik at ingen andre gjør dette mens du er borte fra maskinen.
erase-button = Slett for godt
erase-keep = Nei, behold
error-sure = Kryss av hvis du vil slette

## Bringing in a list
import-title = Hent inn en liste
import-lead = Velg filen, så ser du hva som vil skje før noe blir lagret.
import-file = Fil
import-file-hint = En liste fra Excel eller et annet program, lagret som CSV.
import-look = Se på filen
import-past = Tidligere lister
import-when = Hentet inn
import-undo = Angre
import-undone = Angret
import-back = Velg en annen fil
import-back-mapping = Tilbake til kolonnene
import-back-result = Tilbake
import-mapping-title = Stemmer kolonnene?
import-mapping-lead = { $count ->
    [one] { $file } har én linje. Se over hva hver kolonne betyr.
   *[other] { $file } har { $count } linjer. Se over hva hver kolonne betyr.
}
import-column = I filen står det
import-examples = For eksempel
import-means = Det betyr
import-preview = Vis hva som vil skje
import-preview-title = Dette vil skje
import-preview-lead = Ingenting er lagret ennå. Se over tallene for { $file }.
import-run = Hent inn nå
import-result-title = Listen er hentet inn
import-result-lead = Hver linje i { $file } er gjort rede for.
import-lines = linjer i filen
import-new = nye
import-changed = endret
import-same = som før
import-doubtful = kan stå to ganger
import-refused = ikke tatt med
import-list-doubtful = Kan stå to ganger ({ $count })
import-list-doubtful-text = De tas med som egne støttespillere, og du finner dem igjen på forsiden.
import-list-refused = Ikke tatt med ({ $count })
import-list-refused-text = Last ned linjene, rett dem og hent dem inn igjen.
import-list-unreadable = Verdt å se over ({ $count })
import-list-unreadable-text = Linjene er tatt med. Det som ikke kan leses, beholdes slik det står, er merket og forlater aldri laget.
import-line = Linje
import-reason = Grunn
import-see = Se støttespillerne
import-download = Last ned linjene som ikke ble med
import-download-hint = Rett dem i filen og hent den inn på nytt.
import-undo-title = Angre innhentingen av { $file }?
import-undo-lead = Alt går tilbake til slik det var.
import-undo-new = { $count ->
    [one] Én støttespiller som kom fra listen, blir slettet.
   *[other] { $count } støttespillere som kom fra listen, blir slettet.
}
import-undo-changed = { $count ->
    [one] Én som ble endret, får tilbake det som stod før.
   *[other] { $count } som ble endret, får tilbake det som stod før.
}
import-undo-button = Ja, angre alt
error-file-missing = Velg en fil først
error-file-unreadable = Filen kan ikke leses som en liste. Lagre den som CSV og prøv igjen

## What the office sees
office-title = Det landskontoret ser
office-lead = Dette regnes ut av den samme porten som alt må gjennom før det sendes.
office-seen = ser landskontoret navnet på
office-unseen = ser landskontoret ingenting av
office-said-no = har sagt nei til deling
office-undeclared = medlemmer uten registrert erklæring
office-each = På siden til hver støttespiller ser du felt for felt hva landskontoret får.
office-to-supporters = Velg en støttespiller
office-agreement = Avtalen om deling
office-of-title = Det landskontoret ser av { $name }
office-field = Opplysning
office-here = Hos dere
office-there = Hos landskontoret
office-why = Hvorfor
office-nothing = ser ikke dette
office-not-yet = Siste endring er ikke bekreftet mottatt ennå.
office-summary-nothing = Landskontoret ser ingenting om denne støttespilleren, heller ikke navnet.
office-summary-some = Landskontoret ser { $fields }. Alt annet blir hos dere.

## The agreement
agreement-title = Avtalen om deling
agreement-accepted = Laget har godtatt versjon { $version }.
agreement-not-accepted = Avtalen er ikke godtatt ennå. Til da ser landskontoret bare tall.
agreement-lines = Dette deler dere
agreement-on-consent = Bare når støttespilleren har sagt ja.
agreement-on-basis = Grunnlag: { $basis }.
agreement-never = Dette deler dere aldri
agreement-never-list = Notater, oppgaver, helsetemaer og alt om likepersonarbeid som støttespilleren ikke har sagt ja til.
agreement-figures = Landskontoret får hvor mange dere er i hver rolle, uten navn.
agreement-accept = Godta avtalen

## Sending
sync-title = Sending til landskontoret
sync-connected = Maskinen er koblet til landskontoret nå.
sync-offline = Maskinen er ikke koblet til landskontoret nå. Dere kan jobbe som vanlig; det sendes når nettet er tilbake.
office-said-unknown-chapter = Landskontoret kjenner ikke dette lokallaget. Spør kontoret.
office-said-unknown-device = Landskontoret kjenner ikke denne datamaskinen. Be kontoret om en ny invitasjon.
office-said-revoked = Denne datamaskinen er fjernet fra lokallaget. Spør lederen i lokallaget.
office-said-certificate-expired = Denne datamaskinen har vært borte så lenge at nøkkelen er utløpt. Se om klokken går riktig, og spør så kontoret.
office-said-certificate-invalid = Det er ikke sikkert at det var landskontoret som svarte. Spør kontoret om programmet deres er flyttet.
office-said-other-office = En annen organisasjon svarte på kontorets adresse. Be kontoret om riktig adresse.
office-said-clock-differs = Klokken på denne datamaskinen og landskontorets er mer enn et døgn fra hverandre. Still klokken, og prøv igjen.
office-said-version = Dette programmet og landskontorets forstår ikke hverandre lenger. Oppdater dette programmet.
office-said-fork = En annen kopi av lokallagets data er også brukt, og de to lot seg ikke føre sammen. Ingenting er tapt. Bruk bare én kopi, og be kontoret om hjelp.
office-said-other = Landskontoret tok ikke imot det som ble sendt. Ingenting er tapt. Sier det det samme i morgen, så spør kontoret.
sync-same = Dere og landskontoret har det samme. Sist sammenlignet: { $ago }.
sync-copy = En annen kopi av lokallagets data var også brukt: en eldre disk eller en maskin til. Det som ble skrevet begge steder, er ført sammen, { $ago }. Der de er uenige, står begge verdiene til dere velger én. Bruk bare én kopi.
sync-differs = Landskontoret og denne maskinen har ikke helt det samme. Programmet prøver igjen hver gang det kobler til. Står dette her i morgen også, så spør landskontoret.
sync-refused = { $count ->
    [one] Avvist: én
   *[other] Avvist: { $count }
}
sync-refused-text = Landskontoret tok ikke imot dette. Åpne siden og rett det som er feil.
sync-waiting = { $count ->
    [one] Venter: én
   *[other] Venter: { $count }
}
sync-waiting-text = Disse er lagret her, og sendes når landskontoret svarer.
sync-now = Prøv å sende nå
sync-what = Se hva landskontoret får

## Settings
settings-title = Innstillinger
settings-language = Språk
settings-here = Denne maskinen
settings-chapter = Lokallag
settings-device = Navn på maskinen
settings-folder = Her ligger opplysningene
settings-password = Bytt passord
settings-current = Passordet du har nå
settings-new = Nytt passord
settings-change = Bytt passord
error-current = Passordet du har nå, stemmer ikke

# The chapter's computers.
waiting-title = Venter på å bli sluppet inn
waiting-lead = Denne datamaskinen ber om å bli en av datamaskinene til { $chapter }. Vis eller les opp disse seks sifrene for den som sitter ved lokallagets andre datamaskin.
waiting-text = Der står de under Innstillinger, Lokallagets datamaskiner, og maskinen slippes inn hvis sifrene er like. Da går denne siden videre av seg selv.
waiting-look = Se etter igjen
computers-title = Lokallagets datamaskiner
computers-asks = { $name } ber om å bli sluppet inn
computers-asks-text = Sammenlign disse seks sifrene med dem på skjermen der. Slipp maskinen inn bare hvis de er like og du vet hvem som sitter der.
computers-peer-legend = Likepersonsarbeid
computers-peer = Helsenotater og likepersonsarbeid kan leses der også
computers-peer-hint = Bare hvis de som bruker den maskinen, har lov til å lese dem.
computers-let-in = Sifrene er like: slipp den inn
computers-turn-away = Avvis den
computers-this = Denne datamaskinen.
computers-in = Har lokallagets opplysninger og sender til landskontoret.
computers-kept-out = Holdt ute siden lokallaget ble gjenopprettet på en annen datamaskin.
computers-removed = Fjernet.
computers-decides = Kan slippe inn andre.
computers-admit = Slipp den inn igjen
computers-remove = Fjern { $name }
computers-add = Legg til en datamaskin
computers-add-text = Til en stand, en nestleder eller en ny bærbar: den får alt som er her, og virker uten nett også. Det begge skriver, kommer sammen.
computers-admin-legend = Hva den kan gjøre
computers-admin = Den kan slippe inn andre datamaskiner og slette støttespillere
computers-admin-hint = For lederens eller nestlederens egen maskin. Ikke for en som mange bruker.
computers-invite = Lag en invitasjon
computers-paper = Hvis denne datamaskinen blir borte
computers-paper-text = En ny datamaskin får alt tilbake med lokallagets 24 ord. Skriv denne linjen på samme papir:
computers-invite-title = Invitasjon til en datamaskin
computers-invite-lead = Kopier denne linjen til den andre datamaskinen. Den vises bare nå, gjelder én gang og i tre dager. Gi den ikke til noen andre.
computers-invite-first = Start Helhet på den andre datamaskinen og lim inn linjen der den spør etter invitasjonen.
computers-invite-second = Den viser seks sifre. Etter en liten stund står de her også, under Lokallagets datamaskiner.
computers-invite-third = Hvis de er like, slipper du den inn.
computers-invite-done = Til lokallagets datamaskiner
computers-remove-title = Fjerne { $name } fra lokallaget?
computers-remove-lead = Gjør dette når datamaskinen er mistet, stjålet, solgt eller levert tilbake.
computers-remove-office = Den stenges ute hos landskontoret med det samme, og ingenting som skrives fra nå av, kan leses der.
computers-remove-stays = Det den allerede har sendt, blir stående. Det som ligger på disken, blir liggende til noen sletter den.
computers-remove-admin = Den kunne slippe inn andre datamaskiner. Hvis den kan være i gale hender, spør landskontoret hvordan lokallagets nøkkel også byttes med de 24 ordene.
computers-remove-sure = Ja, fjern denne datamaskinen
computers-remove-button = Fjern
computers-remove-keep = Behold den
removed-title = Denne datamaskinen er fjernet fra lokallaget
removed-lead = Lokallaget har bestemt at denne maskinen ikke lenger er deres. Ingenting som skrives her, når noen lenger, og det som ligger her, bør ikke bli liggende.
removed-mistake = Var det en feil, så be lagets leder om en invitasjon: etter slettingen kan maskinen bli med igjen og får alt tilbake.
removed-unsent = Det som ble skrevet her og ikke er sendt, blir borte med resten. Skriv ned det du fortsatt trenger.
removed-sure = Ja, slett alt Helhet har på denne maskinen
removed-button = Slett alt på denne maskinen
removed-link = Gå til sletting
error-sure-wiped = Kryss av hvis du vil slette alt her
meeting-title = Møt den andre datamaskinen
meeting-lead = Også uten forbindelse til landskontoret kan to av lokallagets datamaskiner i samme nettverk bringe hverandre à jour. Det begge har skrevet, kommer sammen.
meeting-link = Møt den andre datamaskinen
meeting-here = Vent her
meeting-here-text = Da svarer denne maskinen lokallagets andre maskiner, og ingen andre, til Helhet lukkes her.
meeting-here-button = Vent på den andre maskinen
meeting-here-open = Denne maskinen venter, til Helhet lukkes her. Skriv dette på den andre:
meeting-there = Gå til den andre
meeting-there-text = La den andre maskinen vente først. Skriv så her det den viser.
meeting-address = Det den andre maskinen viser
meeting-there-button = Bring begge à jour
done-waits-here = Denne maskinen venter på den andre.
done-met = Begge maskinene har det samme nå.
error-meeting-missing = Skriv det den andre maskinen viser
error-meeting-nobody = Ingen svarer der: se om den andre maskinen venter, og om begge er i samme nettverk
error-meeting-refused = Den andre maskinen slapp ikke denne inn: begge må være lokallagets egne, og ingen av dem fjernet
done-let-in = Datamaskinen er en av lokallagets nå. Den får alt ved neste forbindelse.
done-turned-away = Datamaskinen ble avvist.
done-removed-computer = Datamaskinen er fjernet fra lokallaget.
done-admitted = Datamaskinen er sluppet inn igjen.
error-sure-removed = Kryss av hvis du vil fjerne den
settings-lock = Hva som åpner opplysningene
settings-lock-file = Nøkkelen til lokallagets opplysninger ligger i en fil på denne maskinen. Den som tar maskinen eller en kopi av mappen, kan lese alt. Med et passord i stedet kan ingen det.
settings-lock-hint = Alle som har brukernavn her, må logge inn én gang før de kan låse opp maskinen selv.
settings-lock-button = Bruk passordet mitt i stedet
settings-lock-on = Opplysningene er låst, og passordet ditt åpner dem. Hvis alle glemmer sitt, kan ingen få dem tilbake fra denne maskinen.
settings-lock-first = Passordet som ble gitt da maskinen ble satt opp, åpner dem fortsatt også.
settings-lock-first-button = La det passordet slutte å virke

## A code besides the password
settings-factor = En kode i tillegg til passordet
settings-factor-off = Du blir ikke spurt om noen kode når du logger inn. Med en app på telefonen slipper den som har sett passordet ditt, ikke inn på disse sidene. Mot den som stjeler maskinen, beskytter bare passordet.
settings-factor-begin = Sett den opp
settings-factor-on = Du blir spurt om en kode når du logger inn. Koder igjen på papir: { $count }
settings-factor-remove = Slutt å spørre om kode
done-factor-removed = Det spørres ikke etter noen kode lenger.
error-may-not-erase = Denne datamaskinen kan ikke slette noen. Gjør det på en som kan, for eksempel lederens.

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
error-user-last-holder = Da kunne ingen på denne datamaskinen lese det som står om helse lenger. La først en annen som skal kunne lese det, logge inn etter deg.
done-user-added = Brukeren er lagt til.
done-user-removed = Brukeren er fjernet og logget ut.
users-add-text = Velg et passord sammen med den nye brukeren. Passordet åpner også laget sine opplysninger på denne datamaskinen.
front-adding-title = Nye støttespillere
front-only-adding = Her legger du til nye støttespillere. Andre ser du ikke.
supporter-health-closed = Denne delen er lukket. Den åpnes av lagleder og likepersonsansvarlig.
supporter-health-waits = Denne delen er ennå lukket for deg. Be en som alt leser den, om å logge inn på denne datamaskinen, og logg så inn på nytt.
supporter-health-out-of-touch = Denne delen er lukket til denne datamaskinen har hatt kontakt med landskontoret eller en av lagets andre maskiner igjen. Det er mer enn { $days } dager siden sist. Koble til nettet, så åpner den seg.

## Lists for event helpers
lending-title = Lister for hjelpere på arrangementer
lending-lead = En hjelper på arrangement ser ingen. Lån ut én liste til en bestemt dag: da ser hjelperen navnene og telefonnumrene på den, og legger nye til. Ikke noe annet.
lending-now = Det som er lånt ut nå
lending-none = Ingenting er lånt ut.
lending-take-back = Ta tilbake
lending-add = Lån ut en liste
lending-no-helper = Ingen er hjelper på arrangement på denne datamaskinen. Laglederen legger til en under Brukere.
lending-helper = Hjelper på arrangement
lending-list = Liste
lending-list-hint = Alle som har en rolle, eller alle med en merkelapp. Til et arrangement: gi dem som kommer, en egen merkelapp.
lending-until = Siste dag
lending-until-hint = Høyst en måned fra i dag. Det tar slutt av seg selv.
error-lend-helper = Velg en hjelper på arrangement
error-lend-list = Velg en liste du har ansvar for
error-lend-until = Velg en dag fra i dag til om en måned
done-lent = Listen er lånt ut. Hjelperen ser den med en gang.
done-taken-back = Listen er tatt tilbake. Hjelperen ser den ikke lenger.
lent-title = Lister du har fått låne
lent-role = Rolle: { $role }
lent-tag = Merkelapp: { $tag }
lent-until = Til og med { $date }. Lånt ut av { $by }.
lent-add = Legg noen til på denne listen
lent-back = Tilbake til listen
lent-search-hint = En del av navnet er nok.
lent-none = Fant ingen. Prøv færre bokstaver.
lent-more = De første { $count } vises. Søk etter de andre på navn.

## What was erased
erasures-link = Hva som er slettet, og hvem som har bekreftet det
erasures-title = Hva som er slettet
erasures-lead = Hver sletting, med dag og nummer. Her står ingen navn: de er borte. En sletting er fullført når alle som hadde støttespilleren, har bekreftet at ingenting er igjen hos dem.
erasures-none = Ingenting er slettet ennå.
erasures-late = { $count ->
    [one] Én sletting er ikke bekreftet etter en måned
   *[other] { $count } slettinger er ikke bekreftet etter en måned
}
erasures-late-text = Slå på datamaskinene som står med fet skrift under, og la hver av dem få kontakt med landskontoret én gang. En maskin som er mistet, solgt eller ødelagt, fjerner du fra laget; da står den som en som ikke har bekreftet. Er det landskontoret som ikke har bekreftet, kan du be dem se på programmet sitt.
erasures-number = Nummer
erasures-day = Slettet
erasures-state = Tilstand
erasures-stores = Hvem som hadde det
erasures-paper = Til støttespilleren
erasures-certificate = Bevis (PDF)
erasures-office = Landskontoret
erasures-confirmed = borte { $on }, og fra sikkerhetskopier innen { $until }
erasures-owes = har ikke bekreftet ennå
erasures-removed = er fjernet fra laget og har ikke bekreftet
erasures-kept-out = er stengt ute fra laget og har ikke bekreftet
erasures-expired = har ikke hatt kontakt på lenge og har ikke bekreftet
erasures-complete = Fullført
erasures-open = Venter
erasures-is-late = For sent

certificate-title = Bevis på sletting
certificate-chapter = Lokallag
certificate-number = Sletting
certificate-name = Navn. Skrives for hånd: laget har det ikke lenger.
certificate-what = { $day } slettet laget alt det hadde om deg: navn, kontaktopplysninger, roller, samtykker og notater, og det om helse eller likepersonsarbeid hvis det fantes. Det laget hadde delt med landskontoret, er slettet der også.
certificate-stays = Det eneste som blir igjen, er et merke uten navn. Det hindrer at opplysningene dine kommer tilbake fra en gammel maskin eller en gammel sikkerhetskopi.
certificate-stores = Hvem som hadde opplysningene dine
certificate-complete = Alle som kunne bekrefte det, har bekreftet at ingenting er igjen.
certificate-open = { $count ->
    [one] Én har ikke bekreftet ennå. Be om et nytt bevis senere.
   *[other] { $count } har ikke bekreftet ennå. Be om et nytt bevis senere.
}
certificate-signature = Dato og underskrift, for laget
certificate-made = Laget { $day } med Helhet.
certificate-digits = For den som kontrollerer: { $number }

done-kept = Støttespilleren blir bevart til den dagen.
done-kept-no-longer = Ingenting hindrer lenger at støttespilleren blir slettet.
kept-title = Kan ikke slettes ennå
kept-until = Bevares til { $day } på grunn av { $because }.
kept-for-bookkeeping = bokføringsplikten
kept-for-claim = et rettskrav
kept-lift = Dette gjelder ikke lenger
kept-set = Må ikke slettes ennå
kept-set-text = Noen ganger krever loven, eller et krav, at det som er registrert, blir bevart i noen år. Noter det her, så sletter ingen støttespilleren ved en feil.
kept-because = På grunn av
kept-day = Til
kept-day-hint = Den første dagen støttespilleren kan slettes, for eksempel 31.12.2031
kept-erase-text = Støttespilleren kan slettes fra den dagen. Gjelder det ikke lenger, noterer du det først på støttespillerens side.

done-erased-waits = Ingen ser støttespilleren lenger. I dag er det slettet flere enn én datamaskin kan alene, så en maskin til, eller gjenopprettingsordene, må bekrefte det.
done-here-again = Trukket tilbake. Støttespillerne er her igjen.
done-confirmed-erasures = Bekreftet. Nå er de slettet.
second-title = Slettinger å bekrefte
second-lead = En datamaskin som sletter mange på én dag, kan være i gale hender, eller noen kan ha tatt feil. Derfor blir de over tjue om dagen skjult, og ingenting blir fjernet før en til har bekreftet det.
second-none = Ingenting venter.
second-need = { $count ->
    [one] Én støttespiller venter på å bli slettet
   *[other] { $count } støttespillere venter på å bli slettet
}
second-need-text = Ingen ser dem før noen bekrefter det eller trekker det tilbake.
second-link = Se på dem
second-by = { $count ->
    [one] { $computer } vil slette én støttespiller
   *[other] { $computer } vil slette { $count } støttespillere
}
second-own = Denne datamaskinen ba om det. Bekreft på en annen av lagets maskiner som kan slette, eller her med gjenopprettingsordene.
second-other = Var det meningen? Spør den som bruker maskinen.
second-words = Gjenopprettingsordene
second-words-hint = De 24 ordene på lagets papir
second-confirm-all = Slett alle
second-take-back-all = Trekk tilbake, og behold alle
second-confirm = Slett
second-take-back = Behold
second-stolen = Er maskinen mistet eller stjålet? Fjern den fra laget: da kommer alle tilbake av seg selv.
error-waiting-words = Det er ikke 24 gjenopprettingsord
error-waiting-words-other = Det er ikke dette lagets gjenopprettingsord
error-waiting-newcomer = Denne maskinen har vært lagets i mindre enn tre dager. Bekreft på en annen, eller her med gjenopprettingsordene
