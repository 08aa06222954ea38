## Rond elke pagina
nav-front = Voorpagina
nav-supporters = Supporters
nav-chapters = Afdelingen
nav-import = Bestand inlezen
nav-reports = Wie bekeek wat
nav-settings = Instellingen
back-front = Voorpagina
office-name = Landelijk bureau
source = { $who }, { $when }
money = { $sign }{ $whole },{ $rest } { $currency }
money-whole = { $sign }{ $whole } { $currency }
light-all-in = Alles wat ontvangen is, staat in de lijsten
light-coming = { $count ->
    [one] Eén wijziging is onderweg naar de lijsten
   *[other] { $count } wijzigingen zijn onderweg naar de lijsten
}

## Wat er gedaan is
done-corrected = De correctie is gemaakt. Elke afdeling krijgt haar zodra die weer verbonden is.
done-same-already = Zo staat het er al, dus er is niets verstuurd.
done-parted = Ze worden nu uit elkaar gehouden. Je kunt dit altijd terugdraaien.
done-joined = Ze worden nu als één supporter getoond. Je kunt dit altijd terugdraaien.
done-taken-back = De beslissing is teruggedraaid.
done-undone = Ongedaan gemaakt. Alles is weer zoals het was.
done-undone-kept = Ongedaan gemaakt. Wie ook in een ander bestand staat, is gebleven.
done-password = Het wachtwoord is gewijzigd.

## Inloggen
login-title = Inloggen bij { $office }
login-name = Gebruikersnaam
login-password = Wachtwoord
login-button = Inloggen
login-forgot = Wachtwoord vergeten of telefoon kwijt? Vraag een collega die de gebruikers beheert om een code.
error-login-wait = Te veel pogingen. Wacht een paar minuten en probeer het opnieuw
first-title = Nog niemand kan inloggen
first-lead = Het bureau heeft nog geen gebruikers. De eerste maak je op de computer waarop dit programma draait.
first-command = Typ dit daar, met je eigen gebruikersnaam en de map die je bij het starten koos:
first-command-hint = Er wordt om een wachtwoord van minstens 12 tekens gevraagd. Kom daarna terug naar deze pagina.
first-again = Ik heb een gebruiker gemaakt

## De voorpagina
front-title = Wat op het bureau wacht
front-empty-title = Nog geen afdelingen
front-empty-text = Nodig je eerste afdeling uit, dan verschijnen haar supporters hier zodra ze meedoet.
front-empty-invite = Nodig je eerste afdeling uit
front-empty-import = Bestand inlezen
front-nothing-title = Alles in orde
front-nothing-text = Er wacht nu niets op het bureau.
front-look = Bekijken
front-figures = Het geheel in cijfers
front-figures-hint = Geteld zijn de supporters die de afdelingen met het bureau delen, en die van het bureau zelf.
front-supporters = { $count ->
    [one] supporter
   *[other] supporters
}
front-chapters = { $count ->
    [one] afdeling
   *[other] afdelingen
}
need-doubtful = { $count ->
    [one] Eén paar is misschien dezelfde persoon
   *[other] { $count } paren zijn misschien dezelfde persoon
}
need-doubtful-text = Twee vermeldingen lijken op elkaar. Jij beslist of het dezelfde is.
need-refused = { $count ->
    [one] Eén wijziging van een afdeling is geweigerd
   *[other] { $count } wijzigingen van afdelingen zijn geweigerd
}
need-refused-text = De afdeling stuurde iets wat hier niet thuishoort, en het is niet bewaard. De afdeling ziet dat ook, maar kan hulp nodig hebben.
need-corrections = { $count ->
    [one] Eén correctie is nog niet door de afdeling overgenomen
   *[other] { $count } correcties zijn nog niet door de afdelingen overgenomen
}
need-corrections-text = Dat gaat vanzelf zodra de afdeling verbonden is. Hebben beide hetzelfde gewijzigd, dan kiest iemand bij de afdeling.
need-silent = { $count ->
    [one] Eén afdeling is al lang stil
   *[other] { $count } afdelingen zijn al lang stil
}
need-silent-text = Er is al meer dan drie weken niets gekomen. Bellen kan helpen: wordt de computer gebruikt, en heeft hij verbinding?
need-not-joined = { $count ->
    [one] Eén afdeling is uitgenodigd en doet nog niet mee
   *[other] { $count } afdelingen zijn uitgenodigd en doen nog niet mee
}
need-not-joined-text = Een uitnodiging geldt drie dagen. Is ze verlopen, maak dan een nieuwe op de pagina van de afdeling.

## De lijst met supporters
supporters-title = Supporters
supporters-search = Zoeken
supporters-search-hint = Naam, telefoon, e-mail of plaats. De resultaten komen terwijl je typt.
supporters-role = Rol
supporters-any-role = Alle rollen
supporters-count = { $count ->
    [one] Eén supporter
   *[other] { $count } supporters
}
supporters-none = Niemand past bij de zoekopdracht. Probeer minder letters, of kies alle rollen.
supporters-empty-title = Nog geen supporters
supporters-empty-text = Ze komen vanzelf zodra een afdeling meedoet en de afspraken over delen heeft aanvaard.
supporters-name = Naam
supporters-roles = Rollen
supporters-chapters = Afdelingen
supporters-phone = Telefoon
supporters-email = E-mail
supporters-place = Plaats
supporters-all = Toon alle { $count }

## Eén supporter
supporter-back = Alle supporters
supporter-nameless = Zonder naam
supporter-correct = Corrigeren
supporter-contact = Wie en hoe te bereiken
supporter-roles = Rollen
supporter-no-roles = Geen rollen.
supporter-consents = Toestemmingen
supporter-no-consents = Er zijn geen toestemmingen met het bureau gedeeld.
supporter-gifts = Giften
supporter-gifts-sum = In totaal: { $sums }
supporter-gifts-all = Alle { $count } giften
frequency-once = Eenmalig
frequency-monthly = Elke maand
frequency-yearly = Elk jaar
method-card = kaart
method-bank_transfer = bankoverschrijving
supporter-more = Meer gegevens
supporter-difference = Hierover zijn ze het niet eens: { $field }
supporter-difference-text = Alles wat gezegd is, is bewaard. Het nieuwste staat bovenaan.
supporter-corrections = Correcties van het bureau
supporter-records = { $count ->
    [one] Staat op één plek
   *[other] Staat op { $count } plekken
}
supporter-records-text = Ze worden als één supporter getoond, maar er is niets vermengd: uit elkaar halen kost niets.
supporter-part = Niet dezelfde persoon
supporter-apart = Uit elkaar gehouden van
supporter-apart-other = Een andere supporter
supporter-take-back = Terugdraaien
together-exact = Hetzelfde e-mailadres en dezelfde naam, en de geboortedatum spreekt het niet tegen.
together-said = { $login } zei op { $date } dat het dezelfde is.
apart-said = { $login } zei op { $date } dat het niet dezelfde is.
role-since = sinds { $from }
role-between = van { $from } tot { $to }
role-until = tot { $to }
consent-given = Ja, { $date }
consent-given-undated = Ja
consent-withdrawn = Ingetrokken, { $date }
consent-refused = Zei nee, { $date }
consent-refused-undated = Zei nee
correction-line = { $fields }: gecorrigeerd door { $login } op { $date }, { $source }.
said-by-supporter = op aanwijzing van de supporter
said-by-returned_post = na onbestelbare post
outcome-waiting = nog niet overgenomen
outcome-shown = overgenomen
outcome-rejected = hield het eigen gegeven
outcome-gone = heeft dit gewist

## Corrigeren
correct-title = { $name } corrigeren
correct-lead = Wat je hier wijzigt, gaat naar de afdelingen die deze supporter hebben: { $chapters }.
correct-lead-office = Alleen het bureau heeft deze supporter. Geen afdeling krijgt bericht.
correct-source = Hoe weet het bureau dit?
correct-source-hint = Het wordt bij de correctie bewaard.
correct-save = Correctie opslaan
source-supporter = De supporter heeft het gezegd
source-returned_post = Post of e-mail kwam terug
error-source-missing = Kies hoe het bureau het weet
error-nothing-changed = Er is niets gewijzigd. Verbeter wat fout is en sla dan op
error-correct-nowhere = Geen afdeling deelt dit gegeven, dus het bureau kan het niet corrigeren. Vraag het de afdeling

## Paren die één kunnen zijn
doubtful-title = Is het dezelfde persoon?
doubtful-lead = Het programma gaat nooit tegen je beslissing in, en je kunt haar terugdraaien.
doubtful-none = Er zijn geen paren om over te beslissen.
doubtful-same = Ja, dezelfde
doubtful-not-same = Nee, niet dezelfde

## Afdelingen
chapters-title = Afdelingen
chapters-name = Afdeling
chapters-seen = Laatst gezien
chapters-supporters = Supporters
chapters-entries = Ontvangen
chapters-devices = Computers
chapters-waiting = Wacht
chapters-refused = Geweigerd
chapters-hint = Ontvangen is het aantal zendingen. Wacht telt de correcties die de afdeling nog niet heeft overgenomen. Geweigerd gaat over de laatste 30 dagen.
chapter-back = Alle afdelingen
chapter-seen = laatst gezien { $ago }
chapter-silent = al lang stil
chapter-not-joined = Doet nog niet mee
chapter-not-joined-text = De afdeling plakt haar uitnodiging op haar eigen computer. Daarna gaat alles vanzelf.
chapter-never-seen = Nog niet gezien
chapter-refused = Geweigerd in de laatste 30 dagen
chapter-standing = Hoe ver ze is
chapter-shared = Supporters die het bureau ziet
chapter-waiting-count = Correcties nog niet overgenomen
chapter-code = Code
chapter-code-text = De computer van de afdeling toont dezelfde zes cijfers. Bel en vergelijk ze: dan weten jullie allebei dat jullie met de juiste verbonden zijn.
chapter-figures = De eigen cijfers van de afdeling
chapter-figures-text = Hoeveel de afdeling er in elke rol heeft, zonder namen.
chapter-no-figures = De afdeling heeft nog geen cijfers gestuurd.
chapter-agreement = De afspraken over delen
chapter-no-agreement = Nog niet aanvaard. Tot dan ziet het bureau alleen cijfers.
chapter-accepted = Versie { $version }, aanvaard op { $date }.
chapter-signed = De leden hebben de verklaring ondertekend.
chapter-not-signed = Niet alle leden hebben de verklaring ondertekend.
chapter-waiting = Correcties nog niet overgenomen
chapter-open-supporter = Open de supporter
chapter-no-devices = Er is nog geen computer verbonden geweest.
chapter-invite = Maak een nieuwe uitnodiging
chapter-invite-text = Voor een afdeling waarvan de uitnodiging verlopen of kwijt is.
device-name = Computer
device-begun-anew = { $count ->
    [one] Eén keer opnieuw begonnen: hersteld uit een back-up, of een kopie van de gegevens is ook gebruikt.
   *[other] { $count } keer opnieuw begonnen: hersteld uit een back-up, of een kopie van de gegevens is ook gebruikt.
}
device-same = Hetzelfde als hier
device-differs = nee, probeert opnieuw
device-not-compared = nog niet vergeleken
device-until = Certificaat tot
device-fingerprint = Vingerafdruk
chapter-add-title = Afdeling uitnodigen
chapter-add-lead = Je krijgt een uitnodiging om naar de voorzitter van de afdeling te sturen. Daarmee richt de afdeling haar eigen programma in.
chapter-add-name = Naam van de afdeling
chapter-add-hint = Zoals jullie haar noemen, bijvoorbeeld Utrecht.
chapter-add-button = Maak de uitnodiging
error-chapter-name = Schrijf een naam van ten hoogste 100 tekens
error-chapter-taken = Er is al een afdeling met deze naam
error-no-address = Uitnodigingen zouden een adres noemen dat niemand kan bereiken. Start het programma met: helhet-hub serve --public ADRES:4433
invite-title = Uitnodiging voor { $name }
invite-lead = Stuur deze naar de voorzitter van de afdeling. Ze werkt één keer, voor één computer.
invite-once = De uitnodiging wordt alleen deze ene keer getoond
invite-until = Ze geldt tot { $date }.
invite-safe = Stuur haar zo dat alleen de voorzitter haar leest, of laat het plaatje ter plekke zien. Raakt ze kwijt, maak dan een nieuwe op de pagina van de afdeling.
invite-text = De uitnodiging als tekst
invite-text-hint = Klik in het vak, selecteer alles en kopieer. De hele tekst is nodig.
invite-picture = De uitnodiging als plaatje
invite-picture-alt = QR-code met dezelfde tekst als het vak
invite-then = Wat er daarna gebeurt
invite-then-text = Als de afdeling de uitnodiging heeft geplakt, verschijnen zes cijfers op haar scherm en hier op de pagina van de afdeling. Bel elkaar en vergelijk ze.

## Een bestand inlezen
import-title = Bestand inlezen
import-lead = Lijsten van mensen en organisaties, of giften van de betaaldienst. Je ziet wat er gaat gebeuren voordat er iets wordt opgeslagen.
import-not-you = Je mag kijken, maar geen bestanden inlezen. Vraag een collega die dat mag.
import-file = Bestand
import-file-hint = Een lijst uit Excel of een ander programma, opgeslagen als CSV.
import-look = Bekijk het bestand
import-past = Eerdere bestanden
import-when = Ingelezen
import-brought = Wat erin stond
import-brought-gifts = { $count ->
    [one] Eén gift
   *[other] { $count } giften
}
import-brought-supporters = { $made } nieuw, { $changed } gewijzigd
import-nameless = Een bestand zonder naam
import-undo = Ongedaan maken
import-undone = Ongedaan gemaakt
import-undo-title = Het inlezen van { $file } ongedaan maken?
import-undo-lead = Dit gebeurt in één keer.
import-undo-gifts = { $count ->
    [one] Eén gift wordt teruggeboekt. Het giftenboek bewaart er een regel van.
   *[other] { $count } giften worden teruggeboekt. Het giftenboek bewaart van elk een regel.
}
import-undo-erased = { $count ->
    [0] Er wordt geen supporter gewist.
    [one] Eén supporter uit het bestand wordt gewist.
   *[other] { $count } supporters uit het bestand worden gewist.
}
import-undo-reversed = { $count ->
    [one] Eén gewijzigde krijgt terug wat er stond.
   *[other] { $count } gewijzigde krijgen terug wat er stond.
}
import-undo-kept = { $count ->
    [one] Eén supporter uit het bestand blijft, omdat een ander bestand er een gift of wijziging voor heeft.
   *[other] { $count } supporters uit het bestand blijven, omdat een ander bestand er een gift of wijziging voor heeft.
}
import-undo-button = Ja, maak alles ongedaan
import-undo-keep = Nee, behouden
import-back = Kies een ander bestand
import-back-mapping = Terug naar de kolommen
import-back-files = Terug naar de bestanden
import-cancel = Annuleren
import-mapping-title = Kloppen de kolommen?
import-mapping-lead = { $count ->
    [one] { $file } heeft één regel. Kijk na wat elke kolom betekent.
   *[other] { $file } heeft { $count } regels. Kijk na wat elke kolom betekent.
}
import-column = In het bestand staat
import-examples = Bijvoorbeeld
import-means = Dat betekent
import-mapping-chapters = Thema's, talen en cursussen van ervaringsdeskundigen worden hier niet ingelezen. Die blijven bij de afdeling.
import-preview = Laat zien wat er gaat gebeuren
import-preview-title = Dit gaat er gebeuren
import-preview-lead = Er is nog niets opgeslagen. Kijk de cijfers van { $file } na.
import-run = Nu inlezen
import-result-title = Het bestand is ingelezen
import-result-lead = Elke regel van { $file } is verantwoord.
import-lines = regels in het bestand
import-new-gifts = nieuwe giften
import-new-supporters = nieuw
import-changed = gewijzigd
import-same = hetzelfde als eerder
import-doubtful-gifts = van een gever die misschien bekend is
import-doubtful-supporters = misschien dubbel
import-refused = weggelaten
import-list-refused = Weggelaten ({ $count })
import-list-doubtful = Misschien dubbel ({ $count })
import-list-doubtful-text = Ze worden als eigen supporters ingelezen. Je beslist over elk paar onder “Is het dezelfde persoon?”.
import-doubt-of = Misschien dezelfde als
import-doubt-known = iemand die het landelijk bureau heeft
import-doubt-line = regel { $line } van dit bestand
import-list-remarks = Opmerkingen ({ $count })
import-list-remarks-text = Deze regels worden toch ingelezen.
import-line = Regel
import-reason = Reden
import-remark = Opmerking
import-see-givers = Bekijk de gevers
import-see-supporters = Bekijk de supporters
import-see-doubtful = Beslis over de paren
import-download = Download de weggelaten regels
import-download-hint = Verbeter ze in het bestand en lees het opnieuw in.
error-file-missing = Kies eerst een bestand
error-file-unreadable = Het bestand kan niet als lijst worden gelezen. Sla het op als CSV en probeer het opnieuw
error-no-name = Zeg in welke kolom de naam staat

## Een lijst uitnemen
export-title = Lijst downloaden
export-lead = De lijst verlaat de bescherming van het programma. Neem niet meer dan je nodig hebt, en wis haar als je klaar bent.
export-role = Wie
export-format = In welke vorm?
export-why = Waar heb je haar voor nodig?
export-why-hint = Het blijft in de geschiedenis staan, dus schrijf hier geen namen.
export-button = Downloaden
format-csv = Rekenblad (CSV)
format-vcard = Adresboek (vCard)
format-json = Voor een ander programma (JSON)
error-why-missing = Schrijf waar je haar voor nodig hebt

## Wie bekeek wat
erasures-title = Wat er is gewist
erasures-lead = Wie er is gewist, en over wie minder bewaard mag worden, per afdeling. Hier staan geen namen. Een ontvangstbewijs zegt dat er hier niets meer van over is, in geen enkel bestand.
erasures-late = { $count ->
    [one] Eén ontvangstbewijs ontbreekt al meer dan dertig dagen. Wie deze hub beheert, kijkt in het logboek.
   *[other] { $count } ontvangstbewijzen ontbreken al meer dan dertig dagen. Wie deze hub beheert, kijkt in het logboek.
}
erasures-none = Er is nog niets gewist.
erasures-what = Wat
erasures-chapter = Afdeling
erasures-received = Ontvangen
erasures-receipt = Ontvangstbewijs
erasures-left = Voor het bureau
erasures-computers = Computers van de afdeling
erasures-computers-all = alle hebben bevestigd
erasures-computer-owes = { $name } heeft niet bevestigd
erasures-computer-out = { $name } hoort niet meer bij de afdeling en heeft niet bevestigd
erasures-erased = Een supporter is gewist
erasures-erased-sealed = Een supporter is gewist die het bureau niet kon zien
erasures-narrowed = Minder bewaard
erasures-owed = ontbreekt
erasures-owed-late = te laat
erasures-look = bekijken
erasures-waiting = { $count ->
    [one] Eén supporter van { $chapter } wacht om te worden gewist en wordt aan niemand getoond: een tweede computer van de afdeling moet het bevestigen. Vraag de afdeling of het de bedoeling was.
   *[other] { $count } supporters van { $chapter } wachten om te worden gewist en worden aan niemand getoond: een tweede computer van de afdeling moet het bevestigen. Vraag de afdeling of het de bedoeling was.
}
erasures-link = Wat er is gewist, en de ontvangstbewijzen
reports-title = Wie bekeek wat
reports-lead = Telkens als iemand een supporter opent of een lijst downloadt, komt dat hier te staan.
reports-none = Nog niemand heeft iets bekeken.
reports-what = Wat
reports-who = Wie
reports-when = Wanneer
reports-why = Waarvoor
reports-count = Supporters
taken-card = Eén supporter
taken-list = De lijst
taken-doubtful = Paren die één kunnen zijn
taken-export_csv = Download als rekenblad
taken-export_vcard = Download als adresboek
taken-export_json = Download voor een ander programma
why-screen = op het scherm bekeken
why-asked_for_on_the_command_line = op de opdrachtregel gevraagd

## Instellingen
settings-title = Instellingen
settings-password = Wachtwoord wijzigen
settings-current = Je huidige wachtwoord
settings-new = Nieuw wachtwoord
settings-new-hint = Minstens 12 tekens. Drie of vier woorden achter elkaar zijn veilig en makkelijk te onthouden.
settings-again = Het nieuwe wachtwoord nog een keer
settings-change = Wijzigen
error-current = Je huidige wachtwoord klopt niet
error-again = De twee wachtwoorden zijn niet gelijk
settings-here = Dit programma
settings-office = Organisatie
settings-address = Adres in de uitnodigingen

## Waarom een regel is weggelaten, en opmerkingen
left-out-names_nobody = De regel noemt niemand.
left-out-no_amount = Het bedrag kan niet worden gelezen.
left-out-too_long = De regel is te lang: kort de langste cel in.
left-out-national_number = De regel bevat een burgerservicenummer. Dat mag niet worden bewaard: haal het uit de lijst.
left-out-erased_since = De supporter is gewist terwijl de lijst werd ingelezen.
left-out-unknown_currency = De valuta is geen code zoals EUR of NOK.
left-out-no_payment_date = De betaaldag kan niet worden gelezen.
left-out-transaction_differs = De gift is er al, met een ander bedrag, een andere munt of een andere dag.
remark-unreadable_email = is geen e-mailadres, bewaard zoals het er staat
remark-unreadable_phone = is geen telefoonnummer, bewaard zoals het er staat
remark-unreadable_date = is geen datum, bewaard zoals het er staat
remark-month_only = is een maand zonder dag, het jaar wordt gebruikt
remark-unreadable_yes_no = is ja noch nee, bewaard als notitie
remark-unreadable_postcode = is geen postcode, bewaard zoals het er staat
remark-unreadable_address = kan niet in straat en plaats worden verdeeld, bewaard zoals het er staat
remark-unreadable_organisation_number = is geen organisatienummer, bewaard zoals het er staat
remark-unreadable_hours = zijn geen uren, bewaard zoals het er staat
remark-unknown_membership_kind = is een onbekend soort lidmaatschap, bewaard zoals het er staat
remark-unknown_kind = zegt persoon noch organisatie
remark-unknown_role = is een onbekende rol, bewaard als label
remark-contact_kept_as_note = noemt een contactpersoon, bewaard als notitie
remark-surplus_cells = De regel heeft meer cellen dan er koppen zijn.
remark-newsletter_contradiction = De regel zegt ja en nee tegen de nieuwsbrief. Het nee geldt.
remark-number_repeated = Het nummer staat ook op een eerdere regel.
remark-number_reused = Het nummer was eerder van iemand anders.
remark-chapter_edit_kept = is sinds de vorige keer gewijzigd, en die wijziging blijft
remark-consent_not_renewed = zegt ja waar een nee staat. Het nee geldt.
remark-currency_assumed = Er staat geen munt bij, dus het telt als die van de organisatie.

## A code besides the password
settings-factor = Nieuwe telefoon
settings-factor-on = U wordt bij het inloggen om een code uit de app gevraagd. Codes over op papier: { $count }
settings-factor-again = Een nieuwe telefoon instellen
settings-let-in = Iemand weer binnenlaten
settings-let-in-text = Is iemand de telefoon en de codes op papier kwijt, of het wachtwoord vergeten, geef dan een code die één keer werkt, één dag lang. Vergewis u er telefonisch of in persoon van dat het die persoon is.
settings-let-in-button = Een code voor { $login } maken
let-in-title = Een code voor { $login }
let-in-lead = Lees de code voor aan de telefoon of geef die op papier. De code werkt één keer, tot morgen om deze tijd. Daarna kiest { $login } een nieuw wachtwoord en stelt de app opnieuw in.
let-in-back = Terug naar de instellingen
recover-title = Kies een nieuw wachtwoord
recover-lead = Iemand anders op het kantoor die over de gebruikers gaat, heeft u een code gegeven.
recover-code = De code die u hebt gekregen
recover-link = Ik heb een code van een collega
error-recover = De gebruikersnaam of de code klopt niet

# Users
users-title = Gebruikers
users-lead = Wie hier kan inloggen, en wat ieder mag.
users-own = Dat bent u
users-sessions = { $count ->
    [one] Ingelogd in één browser
   *[other] Ingelogd in { $count } browsers
}
users-sign-out = Overal uitloggen
users-remove = Verwijderen
users-add = Gebruiker toevoegen
users-login = Gebruikersnaam
users-role = Rol
error-user-taken = Er is al een gebruiker met deze naam
error-user-last = Niemand zou de gebruikers nog kunnen beheren. Voeg eerst een ander toe die dat kan.
done-user-added = De gebruiker is toegevoegd.
done-user-removed = De gebruiker is verwijderd en uitgelogd.
users-add-text = Kies een eerste wachtwoord samen met de nieuwe gebruiker, die bij de eerste keer inloggen een code instelt en daarna het wachtwoord wijzigt.
error-user-login = Gebruik 1–64 letters, cijfers of de tekens . _ - @

## Elders inloggen
elsewhere-sign-in = Inloggen met { $name }
elsewhere-text = Koppel je gebruiker aan { $name }. Dan kun je met { $name } inloggen in plaats van met wachtwoord en code.
elsewhere-since = Gekoppeld { $ago }. Je kunt nog steeds met wachtwoord en code inloggen.
elsewhere-connect = { $name } koppelen
elsewhere-remove = { $name } verwijderen
done-elsewhere-connected = De koppeling is gemaakt. Overal elders ben je uitgelogd.
done-elsewhere-removed = De koppeling is verwijderd. Overal elders ben je uitgelogd.
error-elsewhere = Het inloggen is niet gelukt. Probeer het nog een keer, of log in met het wachtwoord.
error-elsewhere-again = Dit geldt niet meer. Begin nog een keer.
error-elsewhere-stopped = Je hebt het inloggen afgebroken. Probeer het nog een keer, of log in met het wachtwoord.
error-elsewhere-unreachable = De dienst antwoordt nu niet. Log in met het wachtwoord, of probeer het later nog eens.
error-elsewhere-weak = Deze manier van inloggen was niet veilig genoeg, of te lang geleden. Log daar opnieuw in, op de veiligste manier.
error-elsewhere-nobody = Hier is geen gebruiker aan die inlog gekoppeld. Log in met het wachtwoord en koppel hem onder Instellingen.
error-elsewhere-taken = Die is al aan een gebruiker gekoppeld.
