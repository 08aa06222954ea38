## Runt varje sida
nav-front = Startsidan
nav-supporters = Stödjare
nav-chapters = Lokalföreningar
nav-import = Hämta in en fil
nav-reports = Vem såg vad
nav-settings = Inställningar
back-front = Startsidan
office-name = Riksorganisationen
source = { $who }, { $when }
money = { $sign }{ $whole },{ $rest } { $currency }
money-whole = { $sign }{ $whole } { $currency }
light-all-in = Allt som tagits emot står i listorna
light-coming = { $count ->
    [one] En ändring är på väg in i listorna
   *[other] { $count } ändringar är på väg in i listorna
}

## Det som gjordes
done-corrected = Rättelsen är gjord. Varje lokalförening får den nästa gång den är ansluten.
done-same-already = Det står så redan, så ingenting skickades.
done-parted = De hålls isär nu. Du kan när som helst ta tillbaka det.
done-joined = De visas som en stödjare nu. Du kan när som helst ta tillbaka det.
done-taken-back = Beslutet har tagits tillbaka.
done-undone = Ångrat. Allt är som det var förut.
done-undone-kept = Ångrat. De som en annan fil också har något om har behållits.
done-password = Lösenordet är bytt.

## Logga in
login-title = Logga in hos { $office }
login-name = Användarnamn
login-password = Lösenord
login-button = Logga in
login-forgot = Glömt lösenordet eller tappat telefonen? Be en kollega som ansvarar för användarna om en kod.
error-login-wait = För många försök. Vänta några minuter och försök igen
first-title = Ingen kan logga in ännu
first-lead = Det finns inga användare. Den första skapas på datorn där programmet körs.
first-command = Skriv detta där, med ditt eget användarnamn och den mapp du valde när du startade:
first-command-hint = Du får frågan om ett lösenord på minst 12 tecken. Kom sedan tillbaka till den här sidan.
first-again = Jag har skapat en användare

## Startsidan
front-title = Det här väntar på er
front-empty-title = Inga lokalföreningar ännu
front-empty-text = Bjud in den första lokalföreningen, så dyker stödjarna upp här så snart den är med.
front-empty-invite = Bjud in den första lokalföreningen
front-empty-import = Hämta in en fil
front-nothing-title = Allt är i ordning
front-nothing-text = Ingenting väntar på er just nu.
front-look = Titta närmare
front-figures = Helheten i siffror
front-figures-hint = Här räknas de stödjare som lokalföreningarna delar med er, och era egna.
front-supporters = { $count ->
    [one] stödjare
   *[other] stödjare
}
front-chapters = { $count ->
    [one] lokalförening
   *[other] lokalföreningar
}
need-doubtful = { $count ->
    [one] Ett par kan vara samma person
   *[other] { $count } par kan vara samma person
}
need-doubtful-text = Två uppgifter liknar varandra. Du avgör om det är samma person.
need-refused = { $count ->
    [one] En ändring från en lokalförening avvisades
   *[other] { $count } ändringar från lokalföreningar avvisades
}
need-refused-text = Lokalföreningen skickade något som inte hör hemma här, och det sparades inte. Lokalföreningen ser det också, men kan behöva hjälp.
need-corrections = { $count ->
    [one] En rättelse har inte tagits emot av lokalföreningen ännu
   *[other] { $count } rättelser har inte tagits emot av lokalföreningarna ännu
}
need-corrections-text = Den går av sig själv när lokalföreningen är ansluten. Har båda ändrat samma sak väljer någon i lokalföreningen.
need-silent = { $count ->
    [one] En lokalförening har varit tyst länge
   *[other] { $count } lokalföreningar har varit tysta länge
}
need-silent-text = Inget har kommit på över tre veckor. Ett samtal kan hjälpa: Används datorn, och har den nät?
need-not-joined = { $count ->
    [one] En lokalförening är inbjuden men inte med ännu
   *[other] { $count } lokalföreningar är inbjudna men inte med ännu
}
need-not-joined-text = En inbjudan gäller i tre dagar. Gör en ny på lokalföreningens sida om den har gått ut.

## Listan över stödjare
supporters-title = Stödjare
supporters-search = Sök
supporters-search-hint = Namn, telefon, e-post eller ort. Träffarna kommer medan du skriver.
supporters-role = Roll
supporters-any-role = Alla roller
supporters-count = { $count ->
    [one] En stödjare
   *[other] { $count } stödjare
}
supporters-none = Ingen passar in på sökningen. Prova färre bokstäver, eller välj alla roller.
supporters-empty-title = Inga stödjare ännu
supporters-empty-text = De kommer av sig själva när en lokalförening är med och har godkänt avtalet om delning.
supporters-name = Namn
supporters-roles = Roller
supporters-chapters = Lokalförening
supporters-phone = Telefon
supporters-email = E-post
supporters-place = Ort
supporters-all = Visa alla { $count }

## En stödjare
supporter-back = Alla stödjare
supporter-nameless = Utan namn
supporter-correct = Rätta
supporter-contact = Vem och hur man når
supporter-roles = Roller
supporter-no-roles = Inga roller.
supporter-consents = Samtycken
supporter-no-consents = Inga samtycken har delats med er.
supporter-gifts = Gåvor
supporter-gifts-sum = Sammanlagt: { $sums }
supporter-gifts-all = Alla { $count } gåvorna
frequency-once = En gång
frequency-monthly = Varje månad
frequency-yearly = Varje år
method-card = kort
method-bank_transfer = banköverföring
supporter-more = Fler uppgifter
supporter-difference = Här är de inte överens: { $field }
supporter-difference-text = Allt som sagts är sparat. Det nyaste står först.
supporter-corrections = Era rättelser
supporter-records = { $count ->
    [one] Finns på ett ställe
   *[other] Finns på { $count } ställen
}
supporter-records-text = De visas som en stödjare, men ingenting har blandats ihop: Inget går förlorat om de skiljs åt.
supporter-part = Inte samma person
supporter-apart = Hålls isär från
supporter-apart-other = En annan stödjare
supporter-take-back = Ta tillbaka
together-exact = Samma e-postadress och samma namn, och inget i födelsedatumet talar emot.
together-said = { $login } sade { $date } att det är samma.
apart-said = { $login } sade { $date } att det inte är samma.
role-since = sedan { $from }
role-between = från { $from } till { $to }
role-until = till { $to }
consent-given = Ja, { $date }
consent-given-undated = Ja
consent-withdrawn = Återkallat, { $date }
consent-refused = Sade nej, { $date }
consent-refused-undated = Sade nej
correction-line = { $fields }: rättat av { $login } { $date }, { $source }.
said-by-supporter = enligt stödjaren
said-by-returned_post = efter post i retur
outcome-waiting = inte mottaget ännu
outcome-shown = mottaget
outcome-rejected = behöll sitt eget
outcome-gone = har raderat detta

## Rätta
correct-title = Rätta { $name }
correct-lead = Det du ändrar här går till de lokalföreningar som har stödjaren: { $chapters }.
correct-lead-office = Bara ni har den här stödjaren. Ingen lokalförening får veta något.
correct-source = Hur vet ni detta?
correct-source-hint = Det sparas tillsammans med rättelsen.
correct-save = Spara rättelsen
source-supporter = Stödjaren har sagt det
source-returned_post = Post eller e-post kom i retur
error-source-missing = Välj hur ni vet det
error-nothing-changed = Inget ändrades. Rätta det som är fel och spara sedan
error-correct-nowhere = Ingen lokalförening delar den här uppgiften, så ni kan inte rätta den. Fråga lokalföreningen

## Par som kan vara en
doubtful-title = Är det samma person?
doubtful-lead = Programmet ändrar aldrig på det du säger, och du kan ta tillbaka det.
doubtful-none = Det finns inga par att ta ställning till.
doubtful-same = Ja, samma
doubtful-not-same = Nej, inte samma

## Lokalföreningar
chapters-title = Lokalföreningar
chapters-name = Lokalförening
chapters-seen = Senast sedd
chapters-supporters = Stödjare
chapters-entries = Mottaget
chapters-devices = Datorer
chapters-waiting = Väntar
chapters-refused = Avvisat
chapters-hint = Mottaget är antalet försändelser. Väntar är rättelser som lokalföreningen inte har tagit emot ännu. Avvisat gäller de senaste 30 dagarna.
chapter-back = Alla lokalföreningar
chapter-seen = senast sedd { $ago }
chapter-silent = tyst länge
chapter-not-joined = Är inte med ännu
chapter-not-joined-text = Lokalföreningen klistrar in sin inbjudan på sin egen dator. Efter det går allt av sig självt.
chapter-never-seen = Inte sedd ännu
chapter-refused = Avvisat de senaste 30 dagarna
chapter-standing = Hur långt den har kommit
chapter-shared = Stödjare som ni ser
chapter-waiting-count = Rättelser som inte tagits emot
chapter-code = Kod
chapter-code-text = Lokalföreningens dator visar samma sex siffror. Ring och jämför, så vet båda att ni är anslutna till rätt.
chapter-figures = Lokalföreningens egna siffror
chapter-figures-text = Hur många lokalföreningen har i varje roll, utan namn.
chapter-no-figures = Lokalföreningen har inte skickat några siffror ännu.
chapter-agreement = Avtalet om delning
chapter-no-agreement = Inte godkänt ännu. Tills dess ser ni bara siffror.
chapter-accepted = Version { $version }, godkänd { $date }.
chapter-signed = Medlemmarna har skrivit under förklaringen.
chapter-not-signed = Alla medlemmar har inte skrivit under förklaringen.
chapter-waiting = Rättelser som inte tagits emot
chapter-open-supporter = Öppna stödjaren
chapter-no-devices = Ingen dator har varit ansluten ännu.
chapter-invite = Gör en ny inbjudan
chapter-invite-text = För en lokalförening vars inbjudan har gått ut eller kommit bort.
device-name = Dator
device-begun-anew = { $count ->
    [one] Börjat om en gång: återställd från en säkerhetskopia, eller så har en kopia av uppgifterna också använts.
   *[other] Börjat om { $count } gånger: återställd från en säkerhetskopia, eller så har en kopia av uppgifterna också använts.
}
device-same = Samma som här
device-differs = nej, försöker igen
device-not-compared = inte jämfört än
device-until = Certifikat till
device-fingerprint = Fingeravtryck
chapter-add-title = Bjud in en lokalförening
chapter-add-lead = Du får en inbjudan att skicka till lokalföreningens ledare. Med den sätter lokalföreningen upp sitt eget program.
chapter-add-name = Lokalföreningens namn
chapter-add-hint = Som ni säger det, till exempel Malmö.
chapter-add-button = Gör inbjudan
error-chapter-name = Skriv ett namn på högst 100 tecken
error-chapter-taken = Det finns redan en lokalförening med det namnet
error-no-address = Inbjudningar skulle ange en adress som ingen når. Programmet måste startas med: helhet-hub serve --public ADRESS:4433
invite-title = Inbjudan till { $name }
invite-lead = Skicka den till lokalföreningens ledare. Den fungerar en gång, för en dator.
invite-once = Inbjudan visas bara den här enda gången
invite-until = Den gäller till { $date }.
invite-safe = Skicka den så att bara ledaren läser den, eller visa bilden på plats. Kommer den bort gör du en ny på lokalföreningens sida.
invite-text = Inbjudan som text
invite-text-hint = Klicka i rutan, markera allt och kopiera. Hela texten behövs.
invite-picture = Inbjudan som bild
invite-picture-alt = QR-kod med samma text som rutan
invite-then = Vad som händer sedan
invite-then-text = När lokalföreningen har klistrat in inbjudan visas sex siffror på dess skärm och på lokalföreningens sida här. Ring varandra och jämför.

## Hämta in en fil
import-title = Hämta in en fil
import-lead = Listor över personer och organisationer, eller gåvor från betaltjänsten. Du ser vad som kommer att hända innan något sparas.
import-not-you = Du får titta, men inte hämta in filer. Fråga en kollega som får.
import-file = Fil
import-file-hint = En lista från Excel eller ett annat program, sparad som CSV.
import-look = Titta på filen
import-past = Tidigare filer
import-when = Hämtad
import-brought = Vad den hade med
import-brought-gifts = { $count ->
    [one] En gåva
   *[other] { $count } gåvor
}
import-brought-supporters = { $made } nya, { $changed } ändrade
import-nameless = En fil utan namn
import-undo = Ångra
import-undone = Ångrad
import-undo-title = Ångra inläsningen av { $file }?
import-undo-lead = Det görs i ett svep.
import-undo-gifts = { $count ->
    [one] En gåva återförs. Gåvoboken behåller en rad för den.
   *[other] { $count } gåvor återförs. Gåvoboken behåller en rad för var och en.
}
import-undo-erased = { $count ->
    [0] Ingen stödjare raderas.
    [one] En stödjare som kom med filen raderas.
   *[other] { $count } stödjare som kom med filen raderas.
}
import-undo-reversed = { $count ->
    [one] En som ändrades får tillbaka det som stod förut.
   *[other] { $count } som ändrades får tillbaka det som stod förut.
}
import-undo-kept = { $count ->
    [one] En stödjare som kom med filen blir kvar, eftersom en annan fil har en gåva eller en ändring där.
   *[other] { $count } stödjare som kom med filen blir kvar, eftersom en annan fil har en gåva eller en ändring där.
}
import-undo-button = Ja, ångra allt
import-undo-keep = Nej, behåll
import-back = Välj en annan fil
import-back-mapping = Tillbaka till kolumnerna
import-back-files = Tillbaka till filerna
import-cancel = Avbryt
import-mapping-title = Stämmer kolumnerna?
import-mapping-lead = { $count ->
    [one] { $file } har en rad. Se efter vad varje kolumn betyder.
   *[other] { $file } har { $count } rader. Se efter vad varje kolumn betyder.
}
import-column = I filen står det
import-examples = Till exempel
import-means = Det betyder
import-mapping-chapters = Teman, språk och kurser för stödpersoner läses inte in här. De stannar hos lokalföreningen.
import-preview = Visa vad som kommer att hända
import-preview-title = Det här kommer att hända
import-preview-lead = Inget är sparat ännu. Se över siffrorna för { $file }.
import-run = Hämta in nu
import-result-title = Filen är inhämtad
import-result-lead = Varje rad i { $file } är redovisad.
import-lines = rader i filen
import-new-gifts = nya gåvor
import-new-supporters = nya
import-changed = ändrade
import-same = som förut
import-doubtful-gifts = från en givare som kan vara känd
import-doubtful-supporters = kan stå två gånger
import-refused = utelämnade
import-list-refused = Utelämnade ({ $count })
import-list-doubtful = Kan stå två gånger ({ $count })
import-list-doubtful-text = De tas med som egna stödjare. Du tar ställning till varje par under ”Är det samma person?”.
import-doubt-of = Kan vara samma som
import-doubt-known = en som riksorganisationen har
import-doubt-line = rad { $line } i den här filen
import-list-remarks = Anmärkningar ({ $count })
import-list-remarks-text = De här raderna hämtas in ändå.
import-line = Rad
import-reason = Skäl
import-remark = Anmärkning
import-see-givers = Se givarna
import-see-supporters = Se stödjarna
import-see-doubtful = Ta ställning till paren
import-download = Ladda ner de utelämnade raderna
import-download-hint = Rätta dem i filen och hämta in den igen.
error-file-missing = Välj en fil först
error-file-unreadable = Filen kan inte läsas som en lista. Spara den som CSV och försök igen
error-no-name = Säg vilken kolumn som har namnet

## Ta ut en lista
export-title = Ta ut en lista
export-lead = Listan lämnar programmets skydd. Ta inte ut mer än du behöver, och radera den när du är klar.
export-role = Vilka
export-format = I vilken form?
export-why = Vad behöver du den till?
export-why-hint = Det står kvar i historiken, så skriv inga namn här.
export-button = Ladda ner
format-csv = Kalkylblad (CSV)
format-vcard = Adressbok (vCard)
format-json = Till ett annat program (JSON)
error-why-missing = Skriv vad du behöver den till

## Vem såg vad
erasures-title = Vad som har raderats
erasures-lead = Vilka som har raderats, och om vilka mindre ska finnas kvar, förening för förening. Här står inga namn. Ett kvitto säger att inget av det finns kvar här, i ingen fil.
erasures-late = { $count ->
    [one] Ett kvitto har saknats i mer än trettio dagar. Den som sköter hubben ser i loggen.
   *[other] { $count } kvitton har saknats i mer än trettio dagar. Den som sköter hubben ser i loggen.
}
erasures-none = Inget har raderats än.
erasures-what = Vad
erasures-chapter = Förening
erasures-received = Mottaget
erasures-receipt = Kvitto
erasures-left = Till riksförbundet
erasures-computers = Föreningens datorer
erasures-computers-all = alla har bekräftat
erasures-computer-owes = { $name } har inte bekräftat
erasures-computer-out = { $name } är ute ur föreningen och har inte bekräftat
erasures-erased = En stödjare har raderats
erasures-erased-sealed = En stödjare har raderats som kansliet inte kunde se
erasures-narrowed = Mindre bevaras
erasures-owed = saknas
erasures-owed-late = för sent
erasures-look = titta på det
erasures-waiting = { $count ->
    [one] En stödjare i { $chapter } väntar på att raderas och visas inte för någon: en dator till i föreningen måste bekräfta det. Fråga föreningen om det var meningen.
   *[other] { $count } stödjare i { $chapter } väntar på att raderas och visas inte för någon: en dator till i föreningen måste bekräfta det. Fråga föreningen om det var meningen.
}
erasures-link = Vad som har raderats, och kvittona
reports-title = Vem såg vad
reports-lead = Varje gång någon öppnar en stödjare eller tar ut en lista skrivs det här.
reports-none = Ingen har tittat på något ännu.
reports-what = Vad
reports-who = Vem
reports-when = När
reports-why = Till vad
reports-count = Stödjare
taken-card = En stödjare
taken-list = Listan
taken-doubtful = Par som kan vara en
taken-export_csv = Nedladdning som kalkylblad
taken-export_vcard = Nedladdning som adressbok
taken-export_json = Nedladdning till ett annat program
why-screen = sedd på skärmen
why-asked_for_on_the_command_line = efterfrågad på kommandoraden

## Inställningar
settings-title = Inställningar
settings-password = Byt lösenord
settings-current = Lösenordet du har nu
settings-new = Nytt lösenord
settings-new-hint = Minst 12 tecken. Tre eller fyra ord i rad är säkert och lätt att minnas.
settings-again = Det nya lösenordet en gång till
settings-change = Byt
error-current = Lösenordet du har nu stämmer inte
error-again = De två lösenorden är inte lika
settings-here = Det här programmet
settings-office = Organisation
settings-address = Adressen i inbjudningarna

## Varför en rad utelämnades, och anmärkningar
left-out-names_nobody = Raden har inget namn.
left-out-no_amount = Beloppet kan inte läsas.
left-out-too_long = Raden är för lång: korta den längsta cellen.
left-out-national_number = Raden har ett personnummer. Det ska inte sparas: ta bort det ur listan.
left-out-erased_since = Stödjaren raderades medan listan lästes in.
left-out-unknown_currency = Valutan är ingen kod som SEK eller EUR.
left-out-no_payment_date = Betalningsdagen kan inte läsas.
left-out-transaction_differs = Gåvan finns redan, med ett annat belopp, en annan valuta eller en annan dag.
remark-unreadable_email = är ingen e-postadress, sparad som den står
remark-unreadable_phone = är inget telefonnummer, sparat som det står
remark-unreadable_date = är inget datum, sparat som det står
remark-month_only = är en månad utan dag, året används
remark-unreadable_yes_no = är varken ja eller nej, sparat som anteckning
remark-unreadable_postcode = är inget postnummer, sparat som det står
remark-unreadable_address = kan inte delas i gata och ort, sparad som den står
remark-unreadable_organisation_number = är inget organisationsnummer, sparat som det står
remark-unreadable_hours = är inga timmar, sparat som det står
remark-unknown_membership_kind = är en okänd typ av medlemskap, sparad som den står
remark-unknown_kind = säger varken person eller organisation
remark-unknown_role = är en okänd roll, sparad som etikett
remark-contact_kept_as_note = nämner en kontaktperson, sparad som anteckning
remark-surplus_cells = Raden har fler celler än det finns rubriker.
remark-newsletter_contradiction = Raden säger både ja och nej till nyhetsbrevet. Nejet gäller.
remark-number_repeated = Numret står på en tidigare rad också.
remark-number_reused = Numret tillhörde en annan person förut.
remark-chapter_edit_kept = har ändrats sedan förra gången, och den ändringen behålls
remark-consent_not_renewed = säger ja där ett nej finns antecknat. Nejet gäller.
remark-currency_assumed = Valutan saknas, så det räknas som organisationens egen.

## A code besides the password
settings-factor = Ny telefon
settings-factor-on = Du blir frågad om en kod från appen när du loggar in. Koder kvar på papper: { $count }
settings-factor-again = Ställ in en ny telefon
settings-let-in = Släppa in någon igen
settings-let-in-text = Har någon tappat bort telefonen och koderna på papper, eller glömt lösenordet, ger du en kod som gäller en gång, i ett dygn. Försäkra dig på telefon eller ansikte mot ansikte om att det är den personen.
settings-let-in-button = Gör en kod för { $login }
let-in-title = En kod för { $login }
let-in-lead = Läs upp den på telefon eller lämna den på papper. Den gäller en gång, till samma tid i morgon. Sedan väljer { $login } ett nytt lösenord och ställer in appen igen.
let-in-back = Tillbaka till inställningarna
recover-title = Välj ett nytt lösenord
recover-lead = Någon annan på kontoret som sköter användarna har gett dig en kod.
recover-code = Koden du har fått
recover-link = Jag har fått en kod av en kollega
error-recover = Användarnamnet eller koden stämmer inte

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
done-user-added = Användaren är tillagd.
done-user-removed = Användaren är borttagen och utloggad.
users-add-text = Välj ett första lösenord tillsammans med den nya användaren, som ställer in en kod vid första inloggningen och sedan byter lösenordet.
error-user-login = Använd 1–64 bokstäver, siffror eller tecknen . _ - @

## Inloggning på annat håll
elsewhere-sign-in = Logga in med { $name }
elsewhere-text = Koppla din användare till { $name }. Då kan du logga in med { $name } i stället för lösenord och kod.
elsewhere-since = Kopplad { $ago }. Du kan fortfarande logga in med lösenord och kod.
elsewhere-connect = Koppla { $name }
elsewhere-remove = Ta bort { $name }
done-elsewhere-connected = Kopplingen är gjord. Du är utloggad överallt annars.
done-elsewhere-removed = Kopplingen är borttagen. Du är utloggad överallt annars.
error-elsewhere = Inloggningen fungerade inte. Försök en gång till, eller logga in med lösenordet.
error-elsewhere-again = Det här gäller inte längre. Börja en gång till.
error-elsewhere-stopped = Du avbröt inloggningen. Försök en gång till, eller logga in med lösenordet.
error-elsewhere-unreachable = Tjänsten svarar inte just nu. Logga in med lösenordet, eller försök igen lite senare.
error-elsewhere-weak = Inloggningen var inte säker nog, eller för länge sedan. Logga in på nytt där, på det säkraste sättet.
error-elsewhere-nobody = Ingen användare här är kopplad till den inloggningen. Logga in med lösenordet och koppla den under Inställningar.
error-elsewhere-taken = Den är redan kopplad till en användare.
