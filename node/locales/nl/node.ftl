## Around every page
nav-front = Start
nav-supporters = Supporters
nav-import = Lijst inlezen
nav-office = Wat het landelijk bureau ziet
nav-sync = Verzending
nav-settings = Instellingen
only-your-chapter = Alleen uw afdeling ziet dit.
light-sent = Verstuurd naar het landelijk bureau, { $ago }
light-nothing-yet = Nog niets te versturen
light-waiting = { $count ->
    [one] Eén wijziging wacht op verzending
   *[other] { $count } wijzigingen wachten op verzending
}
light-refused = { $count ->
    [one] Het landelijk bureau weigerde één wijziging
   *[other] Het landelijk bureau weigerde { $count } wijzigingen
}

## What was done
done-added = De supporter is toegevoegd.
done-saved = De wijziging is opgeslagen.
done-granted = De toestemming is vastgelegd.
done-withdrawn = De toestemming is ingetrokken. Wat daardoor was gedeeld, wordt teruggehaald.
done-sharing-confirmed = Bevestigd. Wat hier staat geldt.
done-refused = Het antwoord nee is vastgelegd.
done-erased = Alles over de supporter is hier gewist. Het landelijk bureau krijgt bericht om het zijne te wissen.
done-erased-soon = Niemand ziet de supporter hier nog. Er wordt nog gelezen, dus de laatste sporen verdwijnen van deze computer zodra dat klaar is. Het landelijk bureau krijgt bericht zijn deel te wissen.
done-undone = Het inlezen is ongedaan gemaakt.
done-agreed = De afspraak over delen is aanvaard.
done-password = Het wachtwoord is gewijzigd.
done-locked = Vanaf nu vraagt deze computer om een wachtwoord voordat er iets te lezen is.
done-first-forgotten = Het wachtwoord van toen deze computer werd ingericht, opent niets meer.
done-welcome = Welkom! Alles is klaar.
done-protected = Het adres is beschermd. Er gaat niets meer over deze persoon naar het landelijk bureau.
done-unprotected = De bescherming is opgeheven.
done-apart = Onthouden dat dit twee verschillende zijn.
done-merged = De twee zijn samengevoegd tot één.

## Signing in
login-title = Inloggen bij { $chapter }
login-name = Gebruikersnaam
login-password = Wachtwoord
login-button = Inloggen
login-forgot = Wachtwoord vergeten? Wie de herstelwoorden op papier heeft, kan u helpen.
error-login-wait = Te veel pogingen. Wacht een paar minuten en probeer het opnieuw
unlock-title = Ontgrendelen
unlock-lead = De gegevens van de afdeling zijn vergrendeld. Ze zijn te lezen zodra iemand met een gebruikersnaam hier inlogt.
unlock-button = Ontgrendelen

## Setting up
setup-step = Stap { $step } van { $steps }
setup-title = Welkom bij Helhet
setup-lead = Hier houdt uw afdeling haar supporters bij, ook zonder internet. Beginnen kost ongeveer tien minuten.
setup-invite = De uitnodiging
setup-invite-hint = De tekst die u van het landelijk bureau kreeg. Ze begint met helhet1. Kopieer alles en plak het hier.
setup-device = Naam van deze computer
setup-device-hint = Zodat u weet welke het is, bijvoorbeeld “Laptop van de voorzitter”.
setup-next = Verder
setup-paper-title = Is de computer van de afdeling weg?
setup-paper-text = Heeft de afdeling Helhet al eerder gebruikt, dan brengt het papier met de herstelwoorden alles terug.
setup-paper-link = De afdeling terughalen met het papier
paper-title = De afdeling terughalen
paper-lead = Houd het papier met de herstelwoorden bij de hand. Alles wat naar het landelijk bureau was gestuurd, komt terug op deze computer.
paper-others = De andere computers van de afdeling worden vanaf dan buiten gehouden, voor het geval er een gestolen is. U kunt ze daarna weer toelaten, bij de computers van de afdeling.
paper-words-hint = Alle 24, in de volgorde van het papier, met spaties ertussen
paper-office = Het adres van het landelijk bureau
paper-office-hint = De regel onder de woorden op het papier. Die ziet eruit als hub.example:4433#abc… Staat die er niet, vraag dan het landelijk bureau.
paper-patience = Dit kan enkele minuten duren. Laat de pagina openstaan.
paper-button = Alles terughalen
paper-wrong-word = Kijk nog eens naar woord nummer { $number }: het is geen van de woorden die er zijn.
error-paper-office = Dat is niet de regel onder de woorden
error-words-unknown = Een van de woorden is verkeerd gespeld
error-words-together = De woorden horen niet bij elkaar: controleer de volgorde en de spelling
setup-agreement-title = Wat mag het landelijk bureau zien?
setup-agreement-lead = Dit is de afspraak tussen { $chapter } en het landelijk bureau. Al het andere blijft bij u.
setup-signed-legend = Hebben uw leden getekend?
setup-signed = Ja, onze leden hebben de verklaring bij aanmelding ondertekend
setup-signed-hint = Daarin staat dat het landelijk bureau hun naam en contactgegevens krijgt.
setup-accept-legend = Aanvaardt de afdeling de afspraak?
setup-accept = Ja, wij aanvaarden de afspraak over delen
setup-agreement-button = Aanvaarden en verbinden
setup-phrase-title = De herstelwoorden van { $chapter }
setup-phrase-lead = Raakt de computer kwijt, dan krijgt u met deze 24 woorden alles terug. Ze worden alleen deze ene keer getoond.
setup-phrase-print = Afdrukken
setup-phrase-warning = Bewaar het blad als een sleutel
setup-phrase-warning-text = Leg het op een veilige plek, niet bij de computer. Maak er geen foto van en stuur het naar niemand.
setup-code-title = De code voor het landelijk bureau
setup-code-text = Het landelijk bureau ziet dezelfde code. Bel gerust en lees hem voor, dan weten beide kanten dat ze met de juiste verbonden zijn.
setup-kept-legend = Hebt u de woorden afgedrukt?
setup-kept = Ja, de woorden zijn afgedrukt of met de hand overgeschreven
setup-user-title = Kies een gebruikersnaam en wachtwoord
setup-user-lead = Daarmee logt u op deze computer in.
setup-user-locks = Het wachtwoord vergrendelt ook de gegevens van de afdeling op deze computer. Zonder dat kan niemand ze lezen, dus schrijf het op en bewaar het waar niemand het vindt.
setup-login-hint = Bijvoorbeeld uw voornaam.
setup-password-hint = Minstens 12 tekens. Drie of vier woorden achter elkaar zijn veilig en makkelijk te onthouden.
setup-again = Nog eens het wachtwoord
setup-user-button = Klaar
error-invite-missing = Plak de uitnodiging die u van het landelijk bureau kreeg
error-invite-unreadable = De tekst is geen volledige uitnodiging. Kopieer hem opnieuw, van helhet1 tot het eind
error-invite-used = De uitnodiging is al gebruikt of verlopen. Vraag het landelijk bureau om een nieuwe
error-office-unreachable = Het landelijk bureau antwoordt niet. Kijk of de computer internet heeft en probeer het opnieuw
error-device-missing = Geef de computer een naam
error-signed = Vink aan als de leden hebben getekend
error-accept = Vink aan dat de afdeling de afspraak aanvaardt
error-kept = Vink aan als de woorden op papier staan
error-login-missing = Kies een gebruikersnaam
error-again = De twee wachtwoorden zijn niet gelijk

## The front page
front-title = Hier moet u even naar kijken
front-empty-title = Nog geen supporters
front-empty-text = Voeg de eerste toe, of lees de lijst in die u al hebt.
front-empty-add = De eerste toevoegen
front-empty-import = Een lijst inlezen
front-nothing-title = Alles is in orde
front-nothing-text = Er wacht nu niets op u.
front-more = { $count ->
    [one] en nog één
   *[other] en nog { $count }
}
front-figures = De afdeling in cijfers
front-supporters = { $count ->
    [one] supporter
   *[other] supporters
}
need-conflicts = { $count ->
    [one] Bij één staan verschillende gegevens
   *[other] Bij { $count } staan verschillende gegevens
}
need-conflicts-text = Hetzelfde gegeven is op twee plekken gewijzigd. Kies wat klopt.
need-doubles = { $count ->
    [one] Eén staat er misschien dubbel in
   *[other] { $count } staan er misschien dubbel in
}
need-doubles-text = Ze lijken op iemand die er al was. Kijk of het dezelfde persoon is.
need-doubles-look = Bekijk ze twee aan twee
need-refused = { $count ->
    [one] Het landelijk bureau weigerde er één
   *[other] Het landelijk bureau weigerde er { $count }
}
need-refused-text = Open de pagina en verbeter de fout, dan wordt het opnieuw verstuurd.
need-withheld = { $count ->
    [one] Eén wordt achtergehouden tot u bevestigt
   *[other] { $count } worden achtergehouden tot u bevestigt
}
need-withheld-text = Deze computer is hersteld uit een back-up, of een andere kopie van de gegevens is ook gebruikt. Er mocht minder over hen worden gedeeld, en hier is niet meer bekend wat is ingetrokken. Het landelijk bureau krijgt niets over hen tot u hebt beslist.
need-waiting = { $count ->
    [one] Eén wacht op verzending
   *[other] { $count } wachten op verzending
}
need-waiting-text = Ze worden vanzelf verstuurd zodra de computer internet heeft. U hoeft niets te doen.

## The list of supporters
supporters-title = Supporters
supporters-search = Zoeken
supporters-search-hint = Naam, telefoon, e-mail of plaats. De treffers komen terwijl u typt.
supporters-role = Rol
supporters-any-role = Alle rollen
supporters-count = { $count ->
    [one] Eén supporter
   *[other] { $count } supporters
}
supporters-none = Niemand past bij de zoekopdracht. Probeer minder letters, of kies alle rollen.
supporters-name = Naam
supporters-roles = Rollen
supporters-phone = Telefoon
supporters-email = E-mail
supporters-place = Plaats
supporters-conflict = keuze nodig
supporters-all = Toon alle { $count }

## One supporter
supporter-back = Alle supporters
supporter-edit = Wijzigen
supporter-office-link = Wat het landelijk bureau ziet
supporter-protected = Het adres is beschermd
supporter-protected-text = Niets over deze persoon verlaat de afdeling.
supporter-withheld = Achtergehouden voor het landelijk bureau tot u bevestigt
supporter-withheld-text = Deze computer is hersteld uit een back-up, of een andere kopie van de gegevens is ook gebruikt. Er mocht minder over deze supporter worden gedeeld, en hier is niet meer bekend wat is ingetrokken. Kijk in uw papieren, of vraag het. Is één toestemming ingetrokken, leg dat dan eerst hieronder vast en bevestig daarna.
supporter-withheld-holds = Wat hier staat geldt
supporter-withheld-taken-back = Ingetrokken: deel niets
supporter-conflict = Wat klopt: { $field }?
supporter-conflict-text = Het gegeven is op twee plekken tegelijk gewijzigd. Er is niets verloren gegaan.
supporter-pick = Gebruik { $value }
supporter-contact = Contact
supporter-no-contact = Nog geen contactgegevens.
supporter-roles = Rollen
supporter-no-roles = Nog geen rollen.
supporter-end-role = Vandaag beëindigen
supporter-add-role = Een rol toevoegen
supporter-role = Rol
supporter-role-from = Vanaf
supporter-role-from-hint = Bijvoorbeeld 4-5-2026. Leeg is vandaag.
role-since = sinds { $from }
role-between = van { $from } tot { $to }
role-until = tot { $to }
supporter-consents = Toestemmingen
supporter-grant = Ja vastleggen
supporter-withdraw = Intrekken
supporter-refuse = Zei nee
consent-given = Ja, { $date }
consent-given-undated = Ja
consent-withdrawn = Ingetrokken
consent-refused = Nee
consent-unasked = Niet gevraagd
supporter-office = Wat het landelijk bureau ziet
supporter-office-more = Bekijk veld voor veld
supporter-volunteering = Vrijwilligerswerk
supporter-peer-support = Ervaringsdeskundigheid
supporter-membership = Lidmaatschap en herkomst
supporter-notes = Notities
supporter-new-note = Nieuwe notitie
supporter-save-note = Notitie opslaan
supporter-remove-note = Verwijderen
supporter-unreadable = onleesbaar
supporter-erase = Alles over deze supporter wissen
supporter-protect = Het adres beschermen
supporter-protect-text = Voor wie een geheim adres heeft. Het adres wordt niet meer getoond, staat in geen enkele lijst, en er gaat niets over de persoon naar het landelijk bureau.
supporter-unprotect = De bescherming opheffen
supporter-unprotect-text = Het adres wordt weer getoond, en wat de afspraak zegt, gaat weer naar het landelijk bureau. Doe dit alleen als de persoon erom heeft gevraagd.
supporter-answers = Alle antwoorden
answer-yes = ja
answer-no = nee
answer-withdrawn = ingetrokken
channel-form = hier vastgelegd
channel-import = uit een lijst
channel-paper = op papier
channel-command_line = op de computer vastgelegd
supporter-health = Over de gezondheid
supporter-health-hint = Alleen de afdelingsleider en de coördinator ervaringsdeskundigen zien dit, en het gaat nooit naar het landelijk bureau. Schrijf alleen op wat u nodig hebt om te helpen.
supporter-new-health = Nieuwe notitie over de gezondheid
supporter-tags = Labels
supporter-tag = Label
supporter-tag-hint = Een woord of twee, bijvoorbeeld Wandelgroep.
supporter-new-tag = Een label toevoegen
supporter-remove-tag = Verwijderen
supporter-past = Wat is wanneer gewijzigd
supporter-past-show = Wijzigingen tonen

## Two who may be one
doubles-title = Is dit dezelfde persoon?
doubles-lead = Deze hebben dezelfde naam, en dezelfde geboortedatum, e-mail of telefoon. Niemand wordt samengevoegd zonder dat u het zegt.
doubles-count = { $count ->
    [one] Eén paar
   *[other] { $count } paren
}
doubles-pair = { $number }. { $name }
doubles-same = Het is dezelfde persoon
doubles-apart = Het zijn twee verschillende
doubles-more = { $count ->
    [one] Nog één paar volgt als deze zijn beslist.
   *[other] Nog { $count } paren volgen als deze zijn beslist.
}
doubles-none = Niemand staat er twee keer in
doubles-none-text = Hier komen zij die twee keer lijken te zijn ingevoerd.
doubles-to-front = Naar de startpagina
merge-title = { $name } samenvoegen
merge-lead = Weet u zeker dat dit dezelfde persoon is, dan worden de twee er één.
merge-all = Alles wat bij de een en bij de ander staat, blijft staan.
merge-differs = Waar ze iets anders zeggen, worden beide getoond tot u kiest.
merge-no = Heeft de persoon ergens nee gezegd, dan geldt dat nee tot u het opnieuw hebt gevraagd.
merge-for-good = Dit kan niet ongedaan worden gemaakt.
merge-sure-legend = Hebt u beide bekeken?
merge-sure = Ja, dit is dezelfde persoon
error-merge-sure = Vink aan dat het dezelfde persoon is
error-merge-health = Hier staat iets over gezondheid dat voor u gesloten is. Vraag de afdelingsleider of de coördinator ervaringsdeskundigen om ze samen te voegen.
merge-button = Samenvoegen

## Adding and editing
add-button = Supporter toevoegen
add-title = Een supporter toevoegen
add-organisation-title = Een organisatie toevoegen
add-a-person = Is het een persoon?
add-an-organisation = Is het een bedrijf of vereniging?
add-given-name = Voornaam
add-family-name = Achternaam
add-legal-name = Naam van de organisatie
add-organisation-number = KVK-nummer
add-optional = Mag leeg blijven.
add-phone = Telefoon
add-email = E-mail
add-roles = Wat doet de supporter bij u?
add-roles-hint = Vink alles aan wat past.
add-more = Meer gegevens
add-birth = Geboren
add-birth-hint = Datum of alleen jaar, bijvoorbeeld 4-5-1959 of 1959.
add-street = Straat en huisnummer
add-postcode = Postcode
add-city = Plaats
add-note = Notitie
add-consents = Waar heeft de supporter ja op gezegd?
add-consents-hint = Vink alleen aan als u het hebt gevraagd.
add-save = Opslaan
add-cancel = Annuleren
edit-title = { $name } wijzigen
edit-name = Naam
edit-contact = Contact
edit-another-email = Nog een e-mail
edit-another-phone = Nog een telefoon
edit-one-per-line = Eén per regel.
edit-hours-this-year = Uren dit jaar

## Erasing
erase-title = { $name } wissen?
erase-lead = Dit kan niet ongedaan worden gemaakt.
erase-here = Alles over de supporter verdwijnt van deze computer: contact, rollen, toestemmingen en notities.
erase-office = Het landelijk bureau krijgt bericht om te wissen wat u hebt gedeeld, en bevestigt als dat is gebeurd.
erase-stays = Het enige wat blijft, is een merkteken zonder naam dat voorkomt dat de gegevens terugkomen.
erase-instead = Is iemand alleen gestopt? Dan kunt u beter de rol beëindigen.
erase-sure-legend = Weet u het zeker?
erase-sure = Ja, wis alles over { $name }
erase-own = Uw wachtwoord
erase-own-hint = Zodat niemand anders dit doet als u even weg bent van de computer.
erase-button = Definitief wissen
erase-keep = Nee, behouden
error-sure = Vink aan als u wilt wissen

## Bringing in a list
import-title = Een lijst inlezen
import-lead = Kies het bestand, dan ziet u wat er gaat gebeuren voordat er iets wordt opgeslagen.
import-file = Bestand
import-file-hint = Een lijst uit Excel of een ander programma, opgeslagen als CSV.
import-look = Bestand bekijken
import-past = Eerdere lijsten
import-when = Ingelezen
import-undo = Ongedaan maken
import-undone = Ongedaan gemaakt
import-back = Kies een ander bestand
import-back-mapping = Terug naar de kolommen
import-back-result = Terug
import-mapping-title = Kloppen de kolommen?
import-mapping-lead = { $count ->
    [one] { $file } heeft één regel. Kijk na wat elke kolom betekent.
   *[other] { $file } heeft { $count } regels. Kijk na wat elke kolom betekent.
}
import-column = In het bestand staat
import-examples = Bijvoorbeeld
import-means = Dat betekent
import-preview = Toon wat er gaat gebeuren
import-preview-title = Dit gaat er gebeuren
import-preview-lead = Er is nog niets opgeslagen. Bekijk de cijfers van { $file }.
import-run = Nu inlezen
import-result-title = De lijst is ingelezen
import-result-lead = Elke regel van { $file } is verantwoord.
import-lines = regels in het bestand
import-new = nieuw
import-changed = gewijzigd
import-same = ongewijzigd
import-doubtful = misschien dubbel
import-refused = niet meegenomen
import-list-doubtful = Misschien dubbel ({ $count })
import-list-doubtful-text = Ze worden als eigen supporters meegenomen, en u vindt ze terug op de startpagina.
import-list-refused = Niet meegenomen ({ $count })
import-list-refused-text = Download de regels, verbeter ze en lees ze opnieuw in.
import-list-unreadable = Het nakijken waard ({ $count })
import-list-unreadable-text = De regels gaan mee. Wat niet te lezen is, blijft staan zoals het is, is gemarkeerd en verlaat de afdeling nooit.
import-line = Regel
import-reason = Reden
import-see = Bekijk de supporters
import-download = De niet meegenomen regels downloaden
import-download-hint = Verbeter ze in het bestand en lees het opnieuw in.
import-undo-title = Het inlezen van { $file } ongedaan maken?
import-undo-lead = Alles wordt weer zoals het was.
import-undo-new = { $count ->
    [one] Eén supporter uit de lijst wordt gewist.
   *[other] { $count } supporters uit de lijst worden gewist.
}
import-undo-changed = { $count ->
    [one] Eén gewijzigde krijgt terug wat er stond.
   *[other] { $count } gewijzigde krijgen terug wat er stond.
}
import-undo-button = Ja, maak alles ongedaan
error-file-missing = Kies eerst een bestand
error-file-unreadable = Het bestand is niet als lijst te lezen. Sla het op als CSV en probeer het opnieuw

## What the office sees
office-title = Wat het landelijk bureau ziet
office-lead = Dit wordt berekend door dezelfde poort waar alles door moet voordat het wordt verstuurd.
office-seen = van wie het bureau de naam ziet
office-unseen = van wie het bureau niets ziet
office-said-no = zeiden nee tegen delen
office-undeclared = leden zonder vastgelegde verklaring
office-each = Op de pagina van elke supporter ziet u veld voor veld wat het bureau krijgt.
office-to-supporters = Kies een supporter
office-agreement = De afspraak over delen
office-of-title = Wat het landelijk bureau van { $name } ziet
office-field = Gegeven
office-here = Bij u
office-there = Bij het landelijk bureau
office-why = Waarom
office-nothing = ziet dit niet
office-not-yet = De laatste wijziging is nog niet als ontvangen bevestigd.
office-summary-nothing = Het landelijk bureau ziet niets van deze supporter, ook de naam niet.
office-summary-some = Het landelijk bureau ziet { $fields }. Al het andere blijft bij u.

## The agreement
agreement-title = De afspraak over delen
agreement-accepted = De afdeling heeft versie { $version } aanvaard.
agreement-not-accepted = De afspraak is nog niet aanvaard. Tot dan ziet het landelijk bureau alleen cijfers.
agreement-lines = Dit deelt u
agreement-on-consent = Alleen als de supporter ja heeft gezegd.
agreement-on-basis = Grondslag: { $basis }.
agreement-never = Dit deelt u nooit
agreement-never-list = Notities, taken, gezondheidsthema's en alles over ervaringsdeskundigheid waar de supporter geen ja op heeft gezegd.
agreement-figures = Het landelijk bureau krijgt te horen met hoevelen u in elke rol bent, zonder namen.
agreement-accept = De afspraak aanvaarden

## Sending
sync-title = Verzending naar het landelijk bureau
sync-connected = De computer is nu verbonden met het landelijk bureau.
sync-offline = De computer is nu niet verbonden met het landelijk bureau. U kunt gewoon doorwerken; het wordt verstuurd zodra er weer internet is.
office-said-unknown-chapter = Het landelijk bureau kent deze afdeling niet. Vraag het bureau.
office-said-unknown-device = Het landelijk bureau kent deze computer niet. Vraag het bureau om een nieuwe uitnodiging.
office-said-revoked = Deze computer is uit de afdeling verwijderd. Vraag de leider van uw afdeling.
office-said-certificate-expired = Deze computer is zo lang weg geweest dat zijn sleutel is verlopen. Kijk of de klok goed staat en vraag het dan aan het bureau.
office-said-certificate-invalid = Het is niet zeker dat het landelijk bureau antwoordde. Vraag het bureau of hun programma is verplaatst.
office-said-other-office = Een andere organisatie antwoordde op het adres van het bureau. Vraag het bureau om het juiste adres.
office-said-clock-differs = De klok van deze computer en die van het landelijk bureau verschillen meer dan een dag. Zet de klok goed en probeer het opnieuw.
office-said-version = Dit programma en dat van het landelijk bureau begrijpen elkaar niet meer. Werk dit programma bij.
office-said-fork = Een andere kopie van de gegevens van deze afdeling is ook gebruikt, en de twee konden niet worden samengevoegd. Er is niets verloren. Gebruik maar één kopie en vraag het bureau om hulp.
office-said-other = Het landelijk bureau nam niet aan wat is gestuurd. Er is niets verloren. Staat dit er morgen nog, vraag het dan aan het bureau.
sync-same = U en het landelijk bureau hebben hetzelfde. Laatst vergeleken: { $ago }.
sync-copy = Een andere kopie van de gegevens van deze afdeling was ook gebruikt: een oudere schijf of een tweede computer. Wat op beide is geschreven, is samengevoegd, { $ago }. Waar ze verschillen, blijven beide waarden staan tot u er een kiest. Gebruik maar één kopie.
sync-differs = Het landelijk bureau en deze computer hebben niet helemaal hetzelfde. Het programma probeert het bij elke verbinding opnieuw. Staat dit er morgen nog, vraag het dan aan het landelijk bureau.
sync-refused = { $count ->
    [one] Geweigerd: één
   *[other] Geweigerd: { $count }
}
sync-refused-text = Het landelijk bureau heeft dit niet aangenomen. Open de pagina en verbeter de fout.
sync-waiting = { $count ->
    [one] Wacht: één
   *[other] Wachten: { $count }
}
sync-waiting-text = Deze zijn hier opgeslagen en worden verstuurd zodra het landelijk bureau antwoordt.
sync-now = Nu proberen te versturen
sync-what = Bekijk wat het landelijk bureau krijgt

## Settings
settings-title = Instellingen
settings-language = Taal
settings-here = Deze computer
settings-chapter = Afdeling
settings-device = Naam van de computer
settings-folder = Hier staan de gegevens
settings-password = Wachtwoord wijzigen
settings-current = Uw huidige wachtwoord
settings-new = Nieuw wachtwoord
settings-change = Wijzigen
error-current = Uw huidige wachtwoord klopt niet

# The chapter's computers.
waiting-title = Wachten op toelating
waiting-lead = Deze computer vraagt om een van de computers van { $chapter } te worden. Toon of lees deze zes cijfers voor aan wie bij de andere computer van de afdeling zit.
waiting-text = Daar staan ze onder Instellingen, Computers van de afdeling, en de computer wordt toegelaten als de cijfers gelijk zijn. Deze pagina gaat dan vanzelf verder.
waiting-look = Opnieuw kijken
computers-title = Computers van de afdeling
computers-asks = { $name } vraagt om toelating
computers-asks-text = Vergelijk deze zes cijfers met die op het scherm daar. Laat de computer alleen toe als ze gelijk zijn en u weet wie daar zit.
computers-peer-legend = Ervaringssteun
computers-peer = Gezondheidsnotities en ervaringssteun zijn daar ook te lezen
computers-peer-hint = Alleen als wie die computer gebruikt, ze mag lezen.
computers-let-in = De cijfers zijn gelijk: toelaten
computers-turn-away = Weigeren
computers-this = Deze computer.
computers-in = Heeft de gegevens van de afdeling en verzendt naar het landelijk bureau.
computers-kept-out = Buitengesloten sinds de afdeling op een andere computer is hersteld.
computers-removed = Verwijderd.
computers-decides = Mag andere toelaten.
computers-admit = Weer toelaten
computers-remove = { $name } verwijderen
computers-add = Een computer toevoegen
computers-add-text = Voor een kraam, een plaatsvervanger of een nieuwe laptop: die krijgt alles wat hier staat en werkt ook zonder netwerk. Wat beide schrijven, komt samen.
computers-admin-legend = Wat die mag
computers-admin = Die mag andere computers toelaten en supporters wissen
computers-admin-hint = Voor de eigen computer van de voorzitter of plaatsvervanger. Niet voor een die velen gebruiken.
computers-invite = Een uitnodiging maken
computers-paper = Als deze computer kwijtraakt
computers-paper-text = Een nieuwe computer krijgt alles terug met de 24 woorden van de afdeling. Schrijf deze regel op hetzelfde papier:
computers-invite-title = Uitnodiging voor een computer
computers-invite-lead = Kopieer deze regel naar de andere computer. Hij staat hier alleen nu, geldt één keer en drie dagen. Geef hem aan niemand anders.
computers-invite-first = Start Helhet op de andere computer en plak de regel waar om de uitnodiging wordt gevraagd.
computers-invite-second = Die toont zes cijfers. Even later staan ze hier ook, onder Computers van de afdeling.
computers-invite-third = Zijn ze gelijk, laat de computer dan toe.
computers-invite-done = Naar de computers van de afdeling
computers-remove-title = { $name } uit de afdeling verwijderen?
computers-remove-lead = Doe dit als de computer kwijt, gestolen, verkocht of teruggegeven is.
computers-remove-office = Hij wordt bij het landelijk bureau meteen afgesloten, en niets wat vanaf nu wordt geschreven is daar te lezen.
computers-remove-stays = Wat hij al had verzonden, blijft staan. Wat op de schijf staat, blijft daar tot iemand die wist.
computers-remove-admin = Hij kon andere computers toelaten. Als hij in verkeerde handen kan zijn, vraag het landelijk bureau hoe ook de sleutel van de afdeling met de 24 woorden wordt vervangen.
computers-remove-sure = Ja, deze computer verwijderen
computers-remove-button = Verwijderen
computers-remove-keep = Behouden
removed-title = Deze computer is uit de afdeling verwijderd
removed-lead = De afdeling heeft besloten dat deze computer niet meer van haar is. Wat hier wordt geschreven, bereikt niemand meer, en wat hier staat, hoort hier niet te blijven.
removed-mistake = Was dat een vergissing, vraag de leider van de afdeling dan om een uitnodiging: na het wissen kan deze computer weer meedoen en krijgt die alles terug.
removed-unsent = Wat hier is geschreven en niet is verstuurd, verdwijnt mee. Schrijf op wat u nog nodig hebt.
removed-sure = Ja, wis alles wat Helhet op deze computer bewaart
removed-button = Deze computer wissen
removed-link = Naar het wissen
error-sure-wiped = Vink dit aan als u alles hier wilt wissen
meeting-title = De andere computer ontmoeten
meeting-lead = Ook zonder verbinding met het landelijk bureau kunnen twee computers van de afdeling in hetzelfde netwerk elkaar bijwerken. Wat op beide is geschreven, komt samen.
meeting-link = De andere computer ontmoeten
meeting-here = Hier wachten
meeting-here-text = Deze computer antwoordt dan de andere computers van de afdeling, en niemand anders, tot Helhet hier wordt gesloten.
meeting-here-button = Op de andere computer wachten
meeting-here-open = Deze computer wacht, tot Helhet hier wordt gesloten. Typ dit op de andere:
meeting-there = Naar de andere gaan
meeting-there-text = Laat eerst de andere computer wachten. Typ dan hier wat die laat zien.
meeting-address = Wat de andere computer laat zien
meeting-there-button = Beide bijwerken
done-waits-here = Deze computer wacht op de andere.
done-met = Beide computers hebben nu hetzelfde.
error-meeting-missing = Typ wat de andere computer laat zien
error-meeting-nobody = Daar antwoordt niemand: kijk of de andere computer wacht, en of beide in hetzelfde netwerk zijn
error-meeting-refused = De andere computer liet deze niet binnen: beide moeten van de afdeling zijn, en geen van beide verwijderd
done-let-in = De computer hoort nu bij de afdeling. Hij krijgt alles bij de volgende verbinding.
done-turned-away = De computer is geweigerd.
done-removed-computer = De computer is uit de afdeling verwijderd.
done-admitted = De computer is weer toegelaten.
error-sure-removed = Vink aan als u hem wilt verwijderen
settings-lock = Wat de gegevens opent
settings-lock-file = De sleutel van de gegevens van de afdeling staat in een bestand op deze computer. Wie de computer of een kopie van de map meeneemt, kan alles lezen. Met een wachtwoord in plaats daarvan kan niemand dat.
settings-lock-hint = Iedereen met een gebruikersnaam hier moet één keer inloggen voordat die de computer zelf kan ontgrendelen.
settings-lock-button = Mijn wachtwoord gebruiken
settings-lock-on = De gegevens zijn vergrendeld en uw wachtwoord opent ze. Als iedereen het zijne vergeet, kan niemand ze van deze computer terughalen.
settings-lock-first = Het wachtwoord van toen deze computer werd ingericht, opent ze ook nog.
settings-lock-first-button = Dat wachtwoord niet meer laten werken

## A code besides the password
settings-factor = Een code naast het wachtwoord
settings-factor-off = U wordt bij het inloggen niet om een code gevraagd. Met een app op de telefoon komt wie uw wachtwoord heeft gezien niet op deze pagina’s. Tegen wie de computer steelt, beschermt alleen het wachtwoord.
settings-factor-begin = Instellen
settings-factor-on = U wordt bij het inloggen om een code gevraagd. Codes over op papier: { $count }
settings-factor-remove = Niet meer om een code vragen
done-factor-removed = Er wordt geen code meer gevraagd.
error-may-not-erase = Deze computer mag niemand wissen. Doe het op een die dat mag, zoals die van de voorzitter.

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
error-user-last-holder = Dan zou niemand op deze computer nog kunnen lezen wat er over gezondheid staat. Laat eerst een ander die het mag lezen na u inloggen.
done-user-added = De gebruiker is toegevoegd.
done-user-removed = De gebruiker is verwijderd en uitgelogd.
users-add-text = Kies een wachtwoord samen met de nieuwe gebruiker. Het wachtwoord opent ook de gegevens van de afdeling op deze computer.
front-adding-title = Nieuwe supporters
front-only-adding = Hier voegt u nieuwe supporters toe. Anderen ziet u niet.
supporter-health-closed = Dit deel is gesloten. Het wordt geopend door de afdelingsleider en de coördinator ervaringsdeskundigen.
supporter-health-waits = Dit deel is voor u nog gesloten. Vraag iemand die het al leest om op deze computer in te loggen, en log daarna opnieuw in.
supporter-health-out-of-touch = Dit deel is gesloten tot deze computer weer contact heeft gehad met het landelijk bureau of met een andere computer van de afdeling. Dat is meer dan { $days } dagen geleden. Maak verbinding met internet, dan gaat het weer open.

## Lists for event helpers
lending-title = Lijsten voor helpers bij evenementen
lending-lead = Een helper bij evenementen ziet niemand. Leen één lijst uit tot een dag: dan ziet de helper de namen en telefoonnummers die erop staan, en voegt nieuwe mensen toe. Verder niets.
lending-now = Wat nu is uitgeleend
lending-none = Er is niets uitgeleend.
lending-take-back = Terugnemen
lending-add = Een lijst uitlenen
lending-no-helper = Niemand is helper bij evenementen op deze computer. De afdelingsleider voegt er een toe onder Gebruikers.
lending-helper = Helper bij evenementen
lending-list = Lijst
lending-list-hint = Iedereen met een rol, of iedereen met een label. Voor een evenement: geef wie komt een eigen label.
lending-until = Laatste dag
lending-until-hint = Hoogstens een maand vanaf vandaag. Het eindigt vanzelf.
error-lend-helper = Kies een helper bij evenementen
error-lend-list = Kies een lijst waar u voor zorgt
error-lend-until = Kies een dag van vandaag tot over een maand
done-lent = De lijst is uitgeleend. De helper ziet hem meteen.
done-taken-back = De lijst is teruggenomen. De helper ziet hem niet meer.
lent-title = Lijsten die aan u zijn uitgeleend
lent-role = Rol: { $role }
lent-tag = Label: { $tag }
lent-until = Tot en met { $date }. Uitgeleend door { $by }.
lent-add = Iemand aan deze lijst toevoegen
lent-back = Terug naar de lijst
lent-search-hint = Een deel van de naam is genoeg.
lent-none = Niemand gevonden. Probeer minder letters.
lent-more = De eerste { $count } staan hier. Zoek de anderen op naam.

## What was erased
erasures-link = Wat er is gewist, en wie het heeft bevestigd
erasures-title = Wat er is gewist
erasures-lead = Elke keer dat er is gewist, met de dag en een nummer. Hier staan geen namen: die zijn weg. Het is volledig als iedereen die de supporter had, heeft bevestigd dat er daar niets van over is.
erasures-none = Er is nog niets gewist.
erasures-late = { $count ->
    [one] Eén keer wissen is na een maand niet bevestigd
   *[other] { $count } keer wissen is na een maand niet bevestigd
}
erasures-late-text = Zet de computers die hieronder vet staan aan, en laat elk ervan één keer verbinding maken met het landelijk bureau. Een computer die kwijt, verkocht of kapot is, verwijdert u uit de afdeling; hij staat er dan als een die niet heeft bevestigd. Heeft het landelijk bureau niet bevestigd, vraag het dan naar zijn programma te kijken.
erasures-number = Nummer
erasures-day = Gewist
erasures-state = Stand
erasures-stores = Wie het had
erasures-paper = Voor de supporter
erasures-certificate = Bewijs (PDF)
erasures-office = Het landelijk bureau
erasures-confirmed = weg op { $on }, en uit reservekopieën uiterlijk { $until }
erasures-owes = heeft nog niet bevestigd
erasures-removed = is uit de afdeling verwijderd en heeft niet bevestigd
erasures-kept-out = wordt buiten de afdeling gehouden en heeft niet bevestigd
erasures-expired = heeft lang geen verbinding gehad en heeft niet bevestigd
erasures-complete = Volledig
erasures-open = Wacht
erasures-is-late = Te laat

certificate-title = Bewijs van wissen
certificate-chapter = Afdeling
certificate-number = Wissen
certificate-name = Naam. Met de hand geschreven: de afdeling heeft hem niet meer.
certificate-what = Op { $day } heeft de afdeling alles gewist wat zij over u had: naam, contactgegevens, rollen, toestemmingen en notities, en wat er over gezondheid of ervaringswerk was als dat er was. Wat zij met het landelijk bureau had gedeeld, is daar ook gewist.
certificate-stays = Het enige wat blijft, is een merkteken zonder naam. Het voorkomt dat uw gegevens terugkomen van een oude computer of uit een oude reservekopie.
certificate-stores = Wie uw gegevens had
certificate-complete = Iedereen die het kon bevestigen, heeft bevestigd dat er niets over is.
certificate-open = { $count ->
    [one] Eén heeft het nog niet bevestigd. Vraag later een nieuw bewijs.
   *[other] { $count } hebben het nog niet bevestigd. Vraag later een nieuw bewijs.
}
certificate-signature = Datum en handtekening, namens de afdeling
certificate-made = Gemaakt op { $day } met Helhet.
certificate-digits = Voor wie het controleert: { $number }

done-kept = De supporter wordt tot die dag bewaard.
done-kept-no-longer = Niets verhindert nog dat de supporter wordt gewist.
kept-title = Mag nog niet worden gewist
kept-until = Bewaard tot { $day } vanwege { $because }.
kept-for-bookkeeping = de boekhoudplicht
kept-for-claim = een rechtsvordering
kept-lift = Dit geldt niet meer
kept-set = Mag nog niet worden gewist
kept-set-text = Soms vraagt de wet, of een vordering, dat wat vastligt enkele jaren wordt bewaard. Leg het hier vast, dan wist niemand de supporter per ongeluk.
kept-because = Vanwege
kept-day = Tot
kept-day-hint = De eerste dag waarop de supporter mag worden gewist, bijvoorbeeld 31.12.2031
kept-erase-text = De supporter kan vanaf die dag worden gewist. Geldt het niet meer, leg dat dan eerst vast op de pagina van de supporter.

done-erased-waits = Niemand ziet de supporter nog. Vandaag zijn er meer gewist dan één computer alleen mag, dus een tweede computer, of de herstelwoorden, moeten het bevestigen.
done-here-again = Teruggenomen. De supporters zijn hier weer.
done-confirmed-erasures = Bevestigd. Nu zijn ze gewist.
second-title = Wissen dat bevestigd moet worden
second-lead = Een computer die er op één dag veel wist, kan in verkeerde handen zijn, of iemand heeft zich vergist. Daarom worden die boven de twintig per dag verborgen, en wordt niets verwijderd totdat een tweede het heeft bevestigd.
second-none = Er wacht niets.
second-need = { $count ->
    [one] Eén supporter wacht om te worden gewist
   *[other] { $count } supporters wachten om te worden gewist
}
second-need-text = Niemand ziet ze totdat iemand het bevestigt of terugneemt.
second-link = Ze bekijken
second-by = { $count ->
    [one] { $computer } wil één supporter wissen
   *[other] { $computer } wil { $count } supporters wissen
}
second-own = Deze computer vroeg erom. Bevestig het op een andere computer van de afdeling die mag wissen, of hier met de herstelwoorden.
second-other = Was dat de bedoeling? Vraag het wie die computer gebruikt.
second-words = De herstelwoorden
second-words-hint = De 24 woorden op het papier van de afdeling
second-confirm-all = Allemaal wissen
second-take-back-all = Terugnemen, en allemaal behouden
second-confirm = Wissen
second-take-back = Behouden
second-stolen = Is die computer kwijt of gestolen? Verwijder hem uit de afdeling: dan komen ze vanzelf allemaal terug.
error-waiting-words = Dat zijn geen 24 herstelwoorden
error-waiting-words-other = Dat zijn niet de herstelwoorden van deze afdeling
error-waiting-newcomer = Deze computer is nog geen drie dagen van de afdeling. Bevestig op een andere, of hier met de herstelwoorden
