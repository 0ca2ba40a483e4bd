import type { Language } from './language';

export const swedish: Language = {
  months: 'januari februari mars april maj juni juli augusti september oktober november december',
  weekdays: 'måndag tisdag onsdag torsdag fredag lördag söndag',
  today: 'i ?dag|nu',
  now: [
    'i ?dag(?: är)?(?: det)?(?: den)?',
    'det är (?:nu|i ?dag|just nu)(?: den)?',
    'just nu är (?:klockan|det)(?: den)?',
    '(?:dagens|nuvarande|aktuell[at]?) (?:datum(?: och (?:tid|klockslag))?|tid(?:punkt)?|klockslag|dag|veckodag)(?: är)?(?: den)?',
    'datum (?:för )?i ?dag(?: är)?',
    '(?:datum|tid|tidpunkt) för (?:denna|detta|den här|det här) (?:förfrågan|begäran|samtalet?|anropet?|meddelandet?)',
    'system(?:datum|tid)',
    'klockan är nu|nu är klockan',
    '(?:denna|det här|detta) (?:prompt|meddelandet?|förfrågan) (?:skapades|genererades)(?: den)?',
  ],
  opens: ['klockan är(?= \\d)', '(?:användarens |kundens )?lokala? tid', 'nu(?=[^\\S\\n]{0,2}[:=])'],
  states: ['(?:datumet|tiden|klockan) är(?: den)?'],
  labels: ['tid'],
  stamps: [
    'det är(?: den)?',
    'datum (?:och|/) (?:tid|klockslag)|datum/tid',
    'tidsstämpel',
    'tidpunkt',
    '(?:genererad|skapad|uppdaterad)(?: den)?',
  ],
  ids: ['(?:sessions|förfrågnings|samtals|begäran)-?id', 'slumpfrö'],
  supposes: ['t\\.\\s?ex\\.|till exempel|exempelvis|om|när|ifall|anta|antag|låtsas|föreställ'],
  examples: ['exempel'],
  speakers: ['användare|kund|assistent|indata|utdata|fråga|svar'],
};

/** Danish and Norwegian. */
export const danish: Language = {
  months: 'januar februar marts april maj juni juli august september oktober november december mars mai desember',
  weekdays: 'mandag tirsdag onsdag torsdag fredag lørdag søndag',
  today: 'i ?dag|nu|nå',
  now: [
    'i ?dag(?: er)?(?: det)?(?: den)?',
    'det er (?:nu|nå|i ?dag)(?: den)?',
    '(?:dagens|nuværende|nåværende|aktuel(?:le|t)?|gjeldende) (?:dato(?: og (?:tid|klokkeslæt|klokkeslett))?|tid(?:spunkt)?|klokkeslæt|klokkeslett|dag|ugedag|ukedag)(?: er)?(?: den)?',
    'dato(?:en)? i ?dag(?: er)?',
    'klokken er (?:nu|nå)',
  ],
  opens: ['klokken er(?= \\d)', '(?:brugerens |brukerens )?lokale? tid', 'systemtid'],
  states: ['(?:datoen|tiden|tidspunktet|klokken) er(?: den)?'],
  labels: ['dato'],
  stamps: [
    '(?:det|der) er(?: den)?',
    'dato (?:og|/) (?:tid(?:spunkt)?|klokkeslæt|klokkeslett)',
    'tidsstempel',
    '(?:genereret|generert)(?: den)?',
  ],
  ids: [],
  supposes: ['f\\.\\s?eks\\.|for eksempel|hvis|når|dersom|antag|anta|forestil'],
  examples: ['eksempel'],
  speakers: ['bruger|bruker|kunde|assistent'],
};

export const finnish: Language = {
  months:
    'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  weekdays: 'maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai',
  today: 'tänään|nyt',
  now: [
    'tänään on',
    '(?:nykyinen|tämänhetkinen) (?:päivämäärä|aika|kellonaika)(?: on)?',
    'tämän päivän päivämäärä(?: on)?',
    'kello on nyt',
    'nyt on',
  ],
  opens: ['kello on(?= \\d)'],
  stamps: ['päivämäärä ja (?:kellon)?aika', 'aikaleima'],
  ids: [],
  supposes: ['esim\\.|esimerkiksi|jos|kun|oletetaan'],
  examples: ['esimerkki'],
  speakers: ['käyttäjä|asiakas|avustaja'],
};
