## Around every page
nav-front = Startsidan
nav-supporters = Stödjare
nav-import = Läs in lista
nav-office = Det riksförbundet ser
nav-sync = Sändning
nav-settings = Inställningar
only-your-chapter = Bara er förening ser det här.
light-sent = Skickat till riksförbundet { $ago }
light-nothing-yet = Inget att skicka än
light-waiting = { $count ->
    [one] En ändring väntar på att skickas
   *[other] { $count } ändringar väntar på att skickas
}
light-refused = { $count ->
    [one] Riksförbundet avvisade en ändring
   *[other] Riksförbundet avvisade { $count } ändringar
}

## What was done
done-added = Stödjaren är tillagd.
done-saved = Ändringen är sparad.
done-granted = Samtycket är registrerat.
done-withdrawn = Samtycket är återkallat. Det som delades på grund av det dras tillbaka.
done-sharing-confirmed = Bekräftat. Det som står här gäller.
done-refused = Svaret nej är registrerat.
done-erased = Allt om stödjaren är raderat här. Riksförbundet får besked om att radera sitt.
done-erased-soon = Ingen ser stödjaren här längre. Något läser fortfarande, så de sista spåren försvinner från datorn när det är klart. Riksförbundet får besked om att radera sin del.
done-undone = Inläsningen är ångrad.
done-agreed = Avtalet om delning är godkänt.
done-password = Lösenordet är bytt.
done-locked = Från och med nu frågar den här datorn efter ett lösenord innan något kan läsas.
done-first-forgotten = Lösenordet från när datorn ställdes in öppnar ingenting längre.
done-welcome = Välkommen! Allt är klart.
done-protected = Adressen är skyddad. Inget om personen går längre till riksförbundet.
done-unprotected = Skyddet är hävt.
done-apart = Det är noterat att det här är två olika.
done-merged = De två är sammanslagna till en.

## Signing in
login-title = Logga in hos { $chapter }
login-name = Användarnamn
login-password = Lösenord
login-button = Logga in
login-forgot = Glömt lösenordet? Den som har återställningsorden på papper kan hjälpa dig.
error-login-wait = För många försök. Vänta några minuter och försök igen
unlock-title = Lås upp
unlock-lead = Lokalföreningens uppgifter är låsta. De kan läsas när någon som har användarnamn här loggar in.
unlock-button = Lås upp

## Setting up
setup-step = Steg { $step } av { $steps }
setup-title = Välkommen till Helhet
setup-lead = Här håller föreningen ordning på sina stödjare, även utan nät. Det tar ungefär tio minuter att komma igång.
setup-invite = Inbjudan
setup-invite-hint = Texten ni fick från riksförbundet. Den börjar med helhet1. Kopiera hela och klistra in den här.
setup-device = Namn på den här datorn
setup-device-hint = Så att ni vet vilken det är, till exempel ”Ordförandens dator”.
setup-next = Fortsätt
setup-paper-title = Är föreningens dator borta?
setup-paper-text = Har föreningen använt Helhet förut hämtar papperet med återställningsorden tillbaka allt.
setup-paper-link = Hämta tillbaka föreningen från papperet
paper-title = Hämta tillbaka föreningen
paper-lead = Ta fram papperet med återställningsorden. Allt som hade skickats till riksförbundet kommer tillbaka till den här datorn.
paper-others = Föreningens andra datorer hålls ute från och med då, om någon av dem skulle vara stulen. Du kan släppa in dem igen efteråt, under föreningens datorer.
paper-words-hint = Alla 24, i papperets ordning, med mellanslag emellan
paper-office = Riksförbundets adress
paper-office-hint = Raden under orden på papperet. Den ser ut som hub.example:4433#abc… Saknas den, fråga riksförbundet.
paper-patience = Det kan ta några minuter. Låt sidan vara öppen.
paper-button = Hämta tillbaka allt
paper-wrong-word = Titta på ord nummer { $number } en gång till: det är inget av orden som finns.
error-paper-office = Det är inte raden under orden
error-words-unknown = Ett av orden är felstavat
error-words-together = Orden hör inte ihop: kontrollera ordningen och stavningen
setup-agreement-title = Vad ska riksförbundet få se?
setup-agreement-lead = Det här är avtalet mellan { $chapter } och riksförbundet. Allt annat stannar hos er.
setup-signed-legend = Har era medlemmar skrivit under?
setup-signed = Ja, våra medlemmar har skrivit under medlemsförklaringen
setup-signed-hint = Där står det att riksförbundet får deras namn och kontaktuppgifter.
setup-accept-legend = Godkänner föreningen avtalet?
setup-accept = Ja, vi godkänner avtalet om delning
setup-agreement-button = Godkänn och anslut
setup-phrase-title = Återställningsorden för { $chapter }
setup-phrase-lead = Om ni förlorar datorn får ni tillbaka allt med de här 24 orden. De visas bara den här enda gången.
setup-phrase-print = Skriv ut
setup-phrase-warning = Förvara pappret som en nyckel
setup-phrase-warning-text = Lägg det på ett säkert ställe, inte tillsammans med datorn. Fotografera det inte och skicka det inte till någon.
setup-code-title = Koden till riksförbundet
setup-code-text = Riksförbundet ser samma kod. Ring gärna och läs upp den, så vet båda att ni är anslutna till rätt ställe.
setup-kept-legend = Har ni skrivit ut orden?
setup-kept = Ja, orden är utskrivna eller avskrivna för hand
setup-user-title = Välj användarnamn och lösenord
setup-user-lead = Med dem loggar du in på den här datorn.
setup-user-locks = Lösenordet låser också lokalföreningens uppgifter på den här datorn. Ingen kan läsa dem utan det, så skriv ner det och lägg det där ingen hittar det.
setup-login-hint = Till exempel ditt förnamn.
setup-password-hint = Minst 12 tecken. Tre eller fyra ord i rad är säkert och lätt att minnas.
setup-again = Lösenordet en gång till
setup-user-button = Klart
error-invite-missing = Klistra in inbjudan ni fick från riksförbundet
error-invite-unreadable = Texten är inte en hel inbjudan. Kopiera den på nytt, från helhet1 till slutet
error-invite-used = Inbjudan har redan använts eller gått ut. Be riksförbundet om en ny
error-office-unreachable = Riksförbundet svarar inte. Kontrollera att datorn är ansluten till nätet och försök igen
error-device-missing = Ge datorn ett namn
error-signed = Kryssa i när medlemmarna har skrivit under
error-accept = Kryssa i att föreningen godkänner avtalet
error-kept = Kryssa i när orden finns på papper
error-login-missing = Välj ett användarnamn
error-again = De två lösenorden är inte lika

## The front page
front-title = Det här behöver ni titta på
front-empty-title = Inga stödjare än
front-empty-text = Lägg till den första, eller läs in listan ni redan har.
front-empty-add = Lägg till den första
front-empty-import = Läs in en lista
front-nothing-title = Allt är i sin ordning
front-nothing-text = Inget väntar på dig just nu.
front-more = { $count ->
    [one] och en till
   *[other] och { $count } till
}
front-figures = Föreningen i siffror
front-supporters = { $count ->
    [one] stödjare
   *[other] stödjare
}
need-conflicts = { $count ->
    [one] En har olika uppgifter
   *[other] { $count } har olika uppgifter
}
need-conflicts-text = Samma uppgift har ändrats på två ställen. Välj den som är rätt.
need-doubles = { $count ->
    [one] En kan stå två gånger
   *[other] { $count } kan stå två gånger
}
need-doubles-text = De liknar någon som redan fanns här. Se om det är samma person.
need-doubles-look = Titta på dem två och två
need-refused = { $count ->
    [one] Riksförbundet avvisade en
   *[other] Riksförbundet avvisade { $count }
}
need-refused-text = Öppna sidan och rätta felet, så skickas det på nytt.
need-withheld = { $count ->
    [one] En hålls tillbaka tills ni bekräftar
   *[other] { $count } hålls tillbaka tills ni bekräftar
}
need-withheld-text = Den här datorn återställdes från en säkerhetskopia, eller så har en annan kopia av uppgifterna också använts. Mindre skulle delas om dem, och här är det inte längre känt vad som togs tillbaka. Riksförbundet får ingenting om dem förrän ni har bestämt.
need-waiting = { $count ->
    [one] En väntar på att skickas
   *[other] { $count } väntar på att skickas
}
need-waiting-text = De skickas av sig själva när datorn har nät. Du behöver inte göra något.

## The list of supporters
supporters-title = Stödjare
supporters-search = Sök
supporters-search-hint = Namn, telefon, e-post eller ort. Träffarna kommer medan du skriver.
supporters-role = Roll
supporters-any-role = Alla roller
supporters-count = { $count ->
    [one] En stödjare
   *[other] { $count } stödjare
}
supporters-none = Ingen stämmer med sökningen. Prova färre bokstäver, eller välj alla roller.
supporters-name = Namn
supporters-roles = Roller
supporters-phone = Telefon
supporters-email = E-post
supporters-place = Ort
supporters-conflict = måste väljas
supporters-all = Visa alla { $count }

## One supporter
supporter-back = Alla stödjare
supporter-edit = Ändra
supporter-office-link = Det riksförbundet ser
supporter-protected = Adressen är skyddad
supporter-protected-text = Inget om den här personen lämnar föreningen.
supporter-withheld = Hålls tillbaka från riksförbundet tills ni bekräftar
supporter-withheld-text = Den här datorn återställdes från en säkerhetskopia, eller så har en annan kopia av uppgifterna också använts. Mindre skulle delas om den här stödjaren, och här är det inte längre känt vad som togs tillbaka. Titta i era papper, eller fråga. Om ett samtycke togs tillbaka, registrera det nedan först och bekräfta sedan.
supporter-withheld-holds = Det som står här gäller
supporter-withheld-taken-back = Togs tillbaka: dela ingenting
supporter-conflict = Vad är rätt: { $field }?
supporter-conflict-text = Uppgiften har ändrats på två ställen samtidigt. Inget har gått förlorat.
supporter-pick = Använd { $value }
supporter-contact = Kontakt
supporter-no-contact = Inga kontaktuppgifter än.
supporter-roles = Roller
supporter-no-roles = Inga roller än.
supporter-end-role = Avsluta i dag
supporter-add-role = Ge en ny roll
supporter-role = Roll
supporter-role-from = Från
supporter-role-from-hint = Till exempel 2026-05-04. Tomt är i dag.
role-since = sedan { $from }
role-between = från { $from } till { $to }
role-until = till { $to }
supporter-consents = Samtycken
supporter-grant = Registrera ja
supporter-withdraw = Återkalla
supporter-refuse = Sa nej
consent-given = Ja, { $date }
consent-given-undated = Ja
consent-withdrawn = Återkallat
consent-refused = Nej
consent-unasked = Inte tillfrågad
supporter-office = Det riksförbundet ser
supporter-office-more = Se fält för fält
supporter-volunteering = Volontärarbete
supporter-peer-support = Stödpersonsarbete
supporter-membership = Medlemskap och inläsning
supporter-notes = Anteckningar
supporter-new-note = Ny anteckning
supporter-save-note = Spara anteckningen
supporter-remove-note = Ta bort
supporter-unreadable = går inte att läsa
supporter-erase = Radera allt om den här stödjaren
supporter-protect = Skydda adressen
supporter-protect-text = För den som lever med skyddade uppgifter. Adressen visas inte längre, står i inga listor, och inget om personen går till riksförbundet.
supporter-unprotect = Häv skyddet
supporter-unprotect-text = Adressen visas igen, och det som avtalet säger går åter till riksförbundet. Gör det bara om personen själv har bett om det.
supporter-answers = Alla svar
answer-yes = ja
answer-no = nej
answer-withdrawn = återkallat
channel-form = registrerat här
channel-import = från en lista
channel-paper = på papper
channel-command_line = registrerat på datorn
supporter-health = Om hälsan
supporter-health-hint = Bara föreningsledaren och den stödpersonsansvariga ser det här, och det går aldrig till riksförbundet. Skriv bara det ni behöver för att hjälpa.
supporter-new-health = Ny anteckning om hälsan
supporter-tags = Etiketter
supporter-tag = Etikett
supporter-tag-hint = Ett ord eller två, till exempel Vandringsgruppen.
supporter-new-tag = Sätt på en etikett
supporter-remove-tag = Ta bort
supporter-past = Vad ändrades när
supporter-past-show = Visa ändringarna

## Two who may be one
doubles-title = Är det här samma person?
doubles-lead = De här har samma namn, och samma födelsedatum, e-post eller telefon. Ingen slås ihop utan att du säger det.
doubles-count = { $count ->
    [one] Ett par
   *[other] { $count } par
}
doubles-pair = { $number }. { $name }
doubles-same = Det är samma person
doubles-apart = Det är två olika
doubles-more = { $count ->
    [one] Ett par till kommer när de här är avgjorda.
   *[other] { $count } par till kommer när de här är avgjorda.
}
doubles-none = Ingen står två gånger
doubles-none-text = Här visas de som verkar ha lagts in två gånger.
doubles-to-front = Till startsidan
merge-title = Slå ihop { $name }
merge-lead = Är du säker på att det är samma person blir de två till en.
merge-all = Allt som står hos den ena och den andra finns kvar.
merge-differs = Där de säger olika saker visas båda tills du väljer.
merge-no = Har personen sagt nej någonstans gäller nejet tills ni har frågat på nytt.
merge-for-good = Det här går inte att ångra.
merge-sure-legend = Har du tittat på båda?
merge-sure = Ja, det är samma person
error-merge-sure = Kryssa i att det är samma person
error-merge-health = Här står något om hälsa som är stängt för dig. Be föreningsledaren eller den stödpersonsansvariga att slå ihop dem.
merge-button = Slå ihop

## Adding and editing
add-button = Lägg till stödjare
add-title = Lägg till en stödjare
add-organisation-title = Lägg till en organisation
add-a-person = Är det en person?
add-an-organisation = Är det ett företag eller en förening?
add-given-name = Förnamn
add-family-name = Efternamn
add-legal-name = Organisationens namn
add-organisation-number = Organisationsnummer
add-optional = Kan lämnas tomt.
add-phone = Telefon
add-email = E-post
add-roles = Vad gör stödjaren hos er?
add-roles-hint = Kryssa i allt som passar.
add-more = Fler uppgifter
add-birth = Född
add-birth-hint = Datum eller bara år, till exempel 1959-05-04 eller 1959.
add-street = Gatuadress
add-postcode = Postnummer
add-city = Postort
add-note = Anteckning
add-consents = Vad har stödjaren sagt ja till?
add-consents-hint = Kryssa bara i om du har frågat.
add-save = Spara
add-cancel = Avbryt
edit-title = Ändra { $name }
edit-name = Namn
edit-contact = Kontakt
edit-another-email = En e-post till
edit-another-phone = En telefon till
edit-one-per-line = En på varje rad.
edit-hours-this-year = Timmar i år

## Erasing
erase-title = Radera { $name }?
erase-lead = Det här går inte att ångra.
erase-here = Allt om stödjaren tas bort från den här datorn: kontakt, roller, samtycken och anteckningar.
erase-office = Riksförbundet får besked om att radera det ni har delat och kvitterar när det är gjort.
erase-stays = Det enda som blir kvar är ett märke utan namn som hindrar att uppgifterna kommer tillbaka.
erase-instead = Har någon bara slutat? Då är det bättre att avsluta rollen.
erase-sure-legend = Är du säker?
erase-sure = Ja, radera allt om { $name }
erase-own = Ditt lösenord
erase-own-hint = Så att ingen annan gör detta när du är borta från datorn.
erase-button = Radera för gott
erase-keep = Nej, behåll
error-sure = Kryssa i om du vill radera

## Bringing in a list
import-title = Läs in en lista
import-lead = Välj filen, så ser du vad som kommer att hända innan något sparas.
import-file = Fil
import-file-hint = En lista från Excel eller ett annat program, sparad som CSV.
import-look = Titta på filen
import-past = Tidigare listor
import-when = Inläst
import-undo = Ångra
import-undone = Ångrad
import-back = Välj en annan fil
import-back-mapping = Tillbaka till kolumnerna
import-back-result = Tillbaka
import-mapping-title = Stämmer kolumnerna?
import-mapping-lead = { $count ->
    [one] { $file } har en rad. Se över vad varje kolumn betyder.
   *[other] { $file } har { $count } rader. Se över vad varje kolumn betyder.
}
import-column = I filen står det
import-examples = Till exempel
import-means = Det betyder
import-preview = Visa vad som kommer att hända
import-preview-title = Det här kommer att hända
import-preview-lead = Inget är sparat än. Se över siffrorna för { $file }.
import-run = Läs in nu
import-result-title = Listan är inläst
import-result-lead = Varje rad i { $file } är redovisad.
import-lines = rader i filen
import-new = nya
import-changed = ändrade
import-same = som förut
import-doubtful = kan stå två gånger
import-refused = inte medtagna
import-list-doubtful = Kan stå två gånger ({ $count })
import-list-doubtful-text = De tas med som egna stödjare, och du hittar dem igen på startsidan.
import-list-refused = Inte medtagna ({ $count })
import-list-refused-text = Ladda ner raderna, rätta dem och läs in dem igen.
import-list-unreadable = Värt att se över ({ $count })
import-list-unreadable-text = Raderna tas med. Det som inte går att läsa behålls som det står, är märkt och lämnar aldrig föreningen.
import-line = Rad
import-reason = Skäl
import-see = Se stödjarna
import-download = Ladda ner raderna som inte kom med
import-download-hint = Rätta dem i filen och läs in den igen.
import-undo-title = Ångra inläsningen av { $file }?
import-undo-lead = Allt återgår till hur det var.
import-undo-new = { $count ->
    [one] En stödjare som kom från listan raderas.
   *[other] { $count } stödjare som kom från listan raderas.
}
import-undo-changed = { $count ->
    [one] En som ändrades får tillbaka det som stod förut.
   *[other] { $count } som ändrades får tillbaka det som stod förut.
}
import-undo-button = Ja, ångra allt
error-file-missing = Välj en fil först
error-file-unreadable = Filen går inte att läsa som en lista. Spara den som CSV och försök igen

## What the office sees
office-title = Det riksförbundet ser
office-lead = Det här räknas ut av samma grind som allt måste genom innan det skickas.
office-seen = ser riksförbundet namnet på
office-unseen = ser riksförbundet inget av
office-said-no = har sagt nej till delning
office-undeclared = medlemmar utan registrerad förklaring
office-each = På varje stödjares sida ser du fält för fält vad riksförbundet får.
office-to-supporters = Välj en stödjare
office-agreement = Avtalet om delning
office-of-title = Det riksförbundet ser av { $name }
office-field = Uppgift
office-here = Hos er
office-there = Hos riksförbundet
office-why = Varför
office-nothing = ser inte det här
office-not-yet = Den senaste ändringen är inte bekräftat mottagen än.
office-summary-nothing = Riksförbundet ser inget om den här stödjaren, inte heller namnet.
office-summary-some = Riksförbundet ser { $fields }. Allt annat stannar hos er.

## The agreement
agreement-title = Avtalet om delning
agreement-accepted = Föreningen har godkänt version { $version }.
agreement-not-accepted = Avtalet är inte godkänt än. Till dess ser riksförbundet bara siffror.
agreement-lines = Det här delar ni
agreement-on-consent = Bara när stödjaren har sagt ja.
agreement-on-basis = Grund: { $basis }.
agreement-never = Det här delar ni aldrig
agreement-never-list = Anteckningar, uppgifter, hälsoteman och allt om stödpersonsarbete som stödjaren inte har sagt ja till.
agreement-figures = Riksförbundet får veta hur många ni är i varje roll, utan namn.
agreement-accept = Godkänn avtalet

## Sending
sync-title = Sändning till riksförbundet
sync-connected = Datorn är ansluten till riksförbundet nu.
sync-offline = Datorn är inte ansluten till riksförbundet nu. Ni kan arbeta som vanligt; det skickas när nätet är tillbaka.
office-said-unknown-chapter = Riksförbundet känner inte till den här lokalföreningen. Fråga kansliet.
office-said-unknown-device = Riksförbundet känner inte till den här datorn. Be kansliet om en ny inbjudan.
office-said-revoked = Den här datorn har tagits bort från lokalföreningen. Fråga ledaren i lokalföreningen.
office-said-certificate-expired = Den här datorn har varit borta så länge att dess nyckel har gått ut. Se efter att klockan går rätt och fråga sedan kansliet.
office-said-certificate-invalid = Det är inte säkert att det var riksförbundet som svarade. Fråga kansliet om deras program har flyttats.
office-said-other-office = En annan organisation svarade på kansliets adress. Be kansliet om rätt adress.
office-said-clock-differs = Klockan på den här datorn och riksförbundets skiljer sig mer än ett dygn. Ställ klockan och försök igen.
office-said-version = Det här programmet och riksförbundets förstår inte varandra längre. Uppdatera det här programmet.
office-said-fork = En annan kopia av lokalföreningens uppgifter har också använts, och de två gick inte att föra samman. Inget har gått förlorat. Använd bara en kopia och be kansliet om hjälp.
office-said-other = Riksförbundet tog inte emot det som skickades. Inget har gått förlorat. Om det står kvar i morgon, fråga kansliet.
sync-same = Ni och riksförbundet har samma uppgifter. Senast jämfört: { $ago }.
sync-copy = En annan kopia av lokalföreningens uppgifter hade också använts: en äldre disk eller en dator till. Det som skrevs på båda ställena är sammanfört, { $ago }. Där de skiljer sig står båda värdena kvar tills ni väljer ett. Använd bara en kopia.
sync-differs = Riksförbundet och den här datorn har inte riktigt samma uppgifter. Programmet försöker igen varje gång det ansluter. Står det här kvar i morgon, så fråga riksförbundet.
sync-refused = { $count ->
    [one] Avvisad: en
   *[other] Avvisade: { $count }
}
sync-refused-text = Riksförbundet tog inte emot det här. Öppna sidan och rätta felet.
sync-waiting = { $count ->
    [one] Väntar: en
   *[other] Väntar: { $count }
}
sync-waiting-text = De här är sparade här och skickas när riksförbundet svarar.
sync-now = Försök skicka nu
sync-what = Se vad riksförbundet får

## Settings
settings-title = Inställningar
settings-language = Språk
settings-here = Den här datorn
settings-chapter = Lokalförening
settings-device = Datorns namn
settings-folder = Här ligger uppgifterna
settings-password = Byt lösenord
settings-current = Lösenordet du har nu
settings-new = Nytt lösenord
settings-change = Byt lösenord
error-current = Lösenordet du har nu stämmer inte

# The chapter's computers.
waiting-title = Väntar på att släppas in
waiting-lead = Den här datorn ber om att bli en av datorerna i { $chapter }. Visa eller läs upp de här sex siffrorna för den som sitter vid föreningens andra dator.
waiting-text = Där står de under Inställningar, Föreningens datorer, och datorn släpps in om siffrorna är lika. Då går den här sidan vidare av sig själv.
waiting-look = Titta igen
computers-title = Föreningens datorer
computers-asks = { $name } ber om att släppas in
computers-asks-text = Jämför de här sex siffrorna med dem på skärmen där. Släpp in datorn bara om de är lika och du vet vem som sitter där.
computers-peer-legend = Stödverksamhet
computers-peer = Hälsoanteckningar och stödverksamhet kan läsas där också
computers-peer-hint = Bara om de som använder den datorn får läsa dem.
computers-let-in = Siffrorna är lika: släpp in den
computers-turn-away = Avvisa den
computers-this = Den här datorn.
computers-in = Har föreningens uppgifter och skickar till riksförbundet.
computers-kept-out = Hålls utanför sedan föreningen återställdes på en annan dator.
computers-removed = Borttagen.
computers-decides = Får släppa in andra.
computers-admit = Släpp in den igen
computers-remove = Ta bort { $name }
computers-add = Lägg till en dator
computers-add-text = För ett stånd, en vice ordförande eller en ny bärbar: den får allt som finns här och fungerar utan nät också. Det båda skriver kommer samman.
computers-admin-legend = Vad den får göra
computers-admin = Den får släppa in andra datorer och radera supportrar
computers-admin-hint = För ordförandens eller vice ordförandens egen dator. Inte för en som många använder.
computers-invite = Gör en inbjudan
computers-paper = Om den här datorn försvinner
computers-paper-text = En ny dator får tillbaka allt med föreningens 24 ord. Skriv den här raden på samma papper:
computers-invite-title = Inbjudan till en dator
computers-invite-lead = Kopiera den här raden till den andra datorn. Den visas bara nu, gäller en gång och i tre dagar. Ge den inte till någon annan.
computers-invite-first = Starta Helhet på den andra datorn och klistra in raden där den frågar efter inbjudan.
computers-invite-second = Den visar sex siffror. Efter en liten stund står de här också, under Föreningens datorer.
computers-invite-third = Om de är lika släpper du in den.
computers-invite-done = Till föreningens datorer
computers-remove-title = Ta bort { $name } från föreningen?
computers-remove-lead = Gör det här när datorn är borttappad, stulen, såld eller återlämnad.
computers-remove-office = Den stängs ute hos riksförbundet genast, och inget som skrivs från och med nu kan läsas där.
computers-remove-stays = Det den redan har skickat står kvar. Det som ligger på disken ligger kvar tills någon raderar den.
computers-remove-admin = Den kunde släppa in andra datorer. Om den kan vara i fel händer, fråga riksförbundet hur föreningens nyckel också byts med de 24 orden.
computers-remove-sure = Ja, ta bort den här datorn
computers-remove-button = Ta bort
computers-remove-keep = Behåll den
removed-title = Den här datorn är borttagen från föreningen
removed-lead = Föreningen har beslutat att den här datorn inte längre är deras. Inget som skrivs här når någon längre, och det som ligger här bör inte ligga kvar.
removed-mistake = Var det ett misstag, så be föreningens ordförande om en inbjudan: efter raderingen kan datorn vara med igen och får allt tillbaka.
removed-unsent = Det som skrevs här och inte har skickats försvinner med resten. Skriv ned det du fortfarande behöver.
removed-sure = Ja, radera allt som Helhet har på den här datorn
removed-button = Radera allt på den här datorn
removed-link = Gå till radering
error-sure-wiped = Kryssa i om du vill radera allt här
meeting-title = Möt den andra datorn
meeting-lead = Även utan förbindelse med riksförbundet kan två av föreningens datorer i samma nätverk uppdatera varandra. Det båda har skrivit kommer samman.
meeting-link = Möt den andra datorn
meeting-here = Vänta här
meeting-here-text = Då svarar den här datorn föreningens andra datorer, och ingen annan, tills Helhet stängs här.
meeting-here-button = Vänta på den andra datorn
meeting-here-open = Den här datorn väntar, tills Helhet stängs här. Skriv detta på den andra:
meeting-there = Gå till den andra
meeting-there-text = Låt den andra datorn vänta först. Skriv sedan här det den visar.
meeting-address = Det som den andra datorn visar
meeting-there-button = Uppdatera båda
done-waits-here = Den här datorn väntar på den andra.
done-met = Båda datorerna har samma uppgifter nu.
error-meeting-missing = Skriv det som den andra datorn visar
error-meeting-nobody = Ingen svarar där: se om den andra datorn väntar och om båda är i samma nätverk
error-meeting-refused = Den andra datorn släppte inte in den här: båda måste vara föreningens egna, och ingen av dem borttagen
done-let-in = Datorn är en av föreningens nu. Den får allt vid nästa anslutning.
done-turned-away = Datorn avvisades.
done-removed-computer = Datorn är borttagen från föreningen.
done-admitted = Datorn är insläppt igen.
error-sure-removed = Kryssa i om du vill ta bort den
settings-lock = Vad som öppnar uppgifterna
settings-lock-file = Nyckeln till lokalföreningens uppgifter ligger i en fil på den här datorn. Den som tar datorn eller en kopia av mappen kan läsa allt. Med ett lösenord i stället kan ingen det.
settings-lock-hint = Alla som har användarnamn här måste logga in en gång innan de kan låsa upp datorn själva.
settings-lock-button = Använd mitt lösenord i stället
settings-lock-on = Uppgifterna är låsta, och ditt lösenord öppnar dem. Om alla glömmer sitt kan ingen få tillbaka dem från den här datorn.
settings-lock-first = Lösenordet som gavs när datorn ställdes in öppnar dem fortfarande också.
settings-lock-first-button = Låt det lösenordet sluta gälla

## A code besides the password
settings-factor = En kod utöver lösenordet
settings-factor-off = Du blir inte frågad om någon kod när du loggar in. Med en app i telefonen kommer den som har sett ditt lösenord inte in på de här sidorna. Mot den som stjäl datorn skyddar bara lösenordet.
settings-factor-begin = Ställ in den
settings-factor-on = Du blir frågad om en kod när du loggar in. Koder kvar på papper: { $count }
settings-factor-remove = Sluta fråga efter kod
done-factor-removed = Ingen kod efterfrågas längre.
error-may-not-erase = Den här datorn får inte radera någon. Gör det på en som får, till exempel ordförandens.

# Users
users-title = Användare
users-lead = De som kan logga in här, och vad var och en får göra.
users-own = Det är du
users-sessions = { $count ->
    [one] Inloggad i en webbläsare
   *[other] Inloggad i { $count } webbläsare
}
users-sign-out = Logga ut överallt
users-remove = Ta bort
users-add = Lägg till användare
users-login = Användarnamn
users-role = Roll
error-user-taken = Det finns en användare med det namnet
error-user-last = Ingen skulle kunna sköta användarna längre. Lägg först till någon annan som kan det.
error-user-last-holder = Då skulle ingen vid den här datorn längre kunna läsa det som står om hälsa. Låt först någon annan som ska kunna läsa det logga in efter dig.
done-user-added = Användaren är tillagd.
done-user-removed = Användaren är borttagen och utloggad.
users-add-text = Välj ett lösenord tillsammans med den nya användaren. Lösenordet öppnar också föreningens uppgifter på den här datorn.
front-adding-title = Nya stödjare
front-only-adding = Här lägger du till nya stödjare. Andra ser du inte.
supporter-health-closed = Den här delen är stängd. Den öppnas av föreningsledare och stödpersonsansvarig.
supporter-health-waits = Den här delen är ännu stängd för dig. Be någon som redan läser den att logga in på den här datorn, och logga sedan in på nytt.
supporter-health-out-of-touch = Den här delen är stängd tills den här datorn har haft kontakt med riksförbundet eller en av föreningens andra datorer igen. Det är mer än { $days } dagar sedan sist. Anslut till nätet, så öppnas den.

## Lists for event helpers
lending-title = Listor för hjälpare på evenemang
lending-lead = En hjälpare på evenemang ser ingen. Låna ut en lista till en viss dag: då ser hjälparen namnen och telefonnumren på den, och lägger till nya. Inget annat.
lending-now = Det som är utlånat nu
lending-none = Inget är utlånat.
lending-take-back = Ta tillbaka
lending-add = Låna ut en lista
lending-no-helper = Ingen är hjälpare på evenemang på den här datorn. Föreningsledaren lägger till en under Användare.
lending-helper = Hjälpare på evenemang
lending-list = Lista
lending-list-hint = Alla som har en roll, eller alla med en etikett. För ett evenemang: ge dem som kommer en egen etikett.
lending-until = Sista dag
lending-until-hint = Högst en månad från i dag. Det upphör av sig självt.
error-lend-helper = Välj en hjälpare på evenemang
error-lend-list = Välj en lista som du ansvarar för
error-lend-until = Välj en dag från i dag till om en månad
done-lent = Listan är utlånad. Hjälparen ser den genast.
done-taken-back = Listan är tagen tillbaka. Hjälparen ser den inte längre.
lent-title = Listor som du har fått låna
lent-role = Roll: { $role }
lent-tag = Etikett: { $tag }
lent-until = Till och med { $date }. Utlånad av { $by }.
lent-add = Lägg till någon på den här listan
lent-back = Tillbaka till listan
lent-search-hint = En del av namnet räcker.
lent-none = Hittade ingen. Prova färre bokstäver.
lent-more = De första { $count } visas. Sök efter de andra på namn.

## What was erased
erasures-link = Vad som har raderats, och vilka som har bekräftat det
erasures-title = Vad som har raderats
erasures-lead = Varje radering, med dag och nummer. Här står inga namn: de är borta. En radering är fullständig när alla som hade stödjaren har bekräftat att inget finns kvar hos dem.
erasures-none = Inget har raderats än.
erasures-late = { $count ->
    [one] En radering är inte bekräftad efter en månad
   *[other] { $count } raderingar är inte bekräftade efter en månad
}
erasures-late-text = Slå på datorerna som står med fet stil nedan, och låt var och en få kontakt med riksförbundet en gång. En dator som är borttappad, såld eller trasig tar du bort ur föreningen; då står den som en som inte har bekräftat. Är det riksförbundet som inte har bekräftat kan du be dem titta på sitt program.
erasures-number = Nummer
erasures-day = Raderat
erasures-state = Läge
erasures-stores = Vilka som hade det
erasures-paper = Till stödjaren
erasures-certificate = Intyg (PDF)
erasures-office = Riksförbundet
erasures-confirmed = borta { $on }, och ur säkerhetskopior senast { $until }
erasures-owes = har inte bekräftat än
erasures-removed = är borttagen ur föreningen och har inte bekräftat
erasures-kept-out = är utestängd ur föreningen och har inte bekräftat
erasures-expired = har inte haft kontakt på länge och har inte bekräftat
erasures-complete = Fullständig
erasures-open = Väntar
erasures-is-late = För sent

certificate-title = Intyg om radering
certificate-chapter = Förening
certificate-number = Radering
certificate-name = Namn. Skrivs för hand: föreningen har det inte längre.
certificate-what = { $day } raderade föreningen allt den hade om dig: namn, kontaktuppgifter, roller, samtycken och anteckningar, och det om hälsa eller stödpersonsarbete om det fanns. Det som föreningen hade delat med riksförbundet är raderat där också.
certificate-stays = Det enda som blir kvar är ett märke utan namn. Det hindrar att dina uppgifter kommer tillbaka från en gammal dator eller en gammal säkerhetskopia.
certificate-stores = Vilka som hade dina uppgifter
certificate-complete = Alla som kunde bekräfta det har bekräftat att inget finns kvar.
certificate-open = { $count ->
    [one] En har inte bekräftat än. Be om ett nytt intyg senare.
   *[other] { $count } har inte bekräftat än. Be om ett nytt intyg senare.
}
certificate-signature = Datum och underskrift, för föreningen
certificate-made = Gjort { $day } med Helhet.
certificate-digits = För den som kontrollerar: { $number }

done-kept = Stödjaren bevaras till den dagen.
done-kept-no-longer = Inget hindrar längre att stödjaren raderas.
kept-title = Får inte raderas än
kept-until = Bevaras till { $day } på grund av { $because }.
kept-for-bookkeeping = bokföringsskyldigheten
kept-for-claim = ett rättsligt anspråk
kept-lift = Det gäller inte längre
kept-set = Får inte raderas än
kept-set-text = Ibland kräver lagen, eller ett anspråk, att det som är registrerat bevaras i några år. Anteckna det här, så raderar ingen stödjaren av misstag.
kept-because = På grund av
kept-day = Till
kept-day-hint = Den första dagen som stödjaren får raderas, till exempel 31.12.2031
kept-erase-text = Stödjaren kan raderas från den dagen. Om det inte gäller längre antecknar du det först på stödjarens sida.

done-erased-waits = Ingen ser stödjaren längre. I dag har fler raderats än en dator får på egen hand, så en dator till, eller återställningsorden, måste bekräfta det.
done-here-again = Återtaget. Stödjarna finns här igen.
done-confirmed-erasures = Bekräftat. Nu är de raderade.
second-title = Raderingar att bekräfta
second-lead = En dator som raderar många på en dag kan vara i fel händer, eller så kan någon ha tagit fel. Därför göms de som är fler än tjugo om dagen, och inget tas bort förrän en till har bekräftat det.
second-none = Inget väntar.
second-need = { $count ->
    [one] En stödjare väntar på att raderas
   *[other] { $count } stödjare väntar på att raderas
}
second-need-text = Ingen ser dem förrän någon bekräftar det eller tar tillbaka det.
second-link = Titta på dem
second-by = { $count ->
    [one] { $computer } vill radera en stödjare
   *[other] { $computer } vill radera { $count } stödjare
}
second-own = Den här datorn bad om det. Bekräfta på en annan av föreningens datorer som får radera, eller här med återställningsorden.
second-other = Var det meningen? Fråga den som använder datorn.
second-words = Återställningsorden
second-words-hint = De 24 orden på föreningens papper
second-confirm-all = Radera alla
second-take-back-all = Ta tillbaka, och behåll alla
second-confirm = Radera
second-take-back = Behåll
second-stolen = Är datorn borttappad eller stulen? Ta bort den ur föreningen: då kommer alla tillbaka av sig själva.
error-waiting-words = Det är inte 24 återställningsord
error-waiting-words-other = Det är inte den här föreningens återställningsord
error-waiting-newcomer = Den här datorn har varit föreningens i mindre än tre dagar. Bekräfta på en annan, eller här med återställningsorden
