import type { Language } from './language';

const current = '(?:huidige?|actuele|tegenwoordige)';

export const dutch: Language = {
  months: 'januari februari maart april mei juni juli augustus september oktober november december mrt',
  weekdays: 'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag',
  today: 'vandaag|nu',
  now: [
    'gisteren was(?: het)?',
    'vandaag(?: is)?(?: het)?',
    'het(?: is)? (?:nu|vandaag|momenteel)',
    '(?:nu|momenteel|op dit moment) is het',
    `${current} (?:datum(?: en (?:tijd|tijdstip))?|tijd|tijdstip|dag|weekdag|systeemtijd)(?: is)?`,
    'datum(?: en tijd)?(?: van)? vandaag(?: is)?',
    '(?:datum|tijd|tijdstip)(?: en tijd)? van (?:dit|deze|het) (?:verzoek|gesprek|aanvraag|sessie|bericht)',
    'systeem(?:datum|tijd)',
    'per vandaag',
    '(?:dit bericht|deze prompt|dit verzoek|deze context) (?:is|werd) (?:gegenereerd|gemaakt|aangemaakt) op',
  ],
  opens: [
    '(?:lokale|plaatselijke) tijd(?: van de (?:gebruiker|klant))?',
    'nu(?=[^\\S\\n]{0,2}[:=])',
    '(?:sessie|gesprek) (?:gestart|begonnen) op',
  ],
  states: ['(?:datum|tijd)(?: en (?:de )?tijd)? is(?: het)?'],
  labels: ['tijd'],
  stamps: [
    'het is',
    'datum (?:en|/) tijd(?:stip)?(?: van (?:de|het) (?:aanvraag|verzoek|gesprek))?|datum/tijd',
    'tijdstempel',
    '(?:gegenereerd|bijgewerkt)(?: op)?',
    'stand(?: van zaken)? op',
  ],
  ids: ['willekeurige seed', '(?:aanvraag|verzoek)nummer', '(?:sessie|aanvraag|verzoek|gesprek)s?-?id'],
  supposes: ['bijv\\.|bijvoorbeeld|als|wanneer|indien|stel|zodra'],
  examples: ['voorbeeld'],
  speakers: ['gebruiker|klant|assistent|invoer|uitvoer|vraag|antwoord'],
};
