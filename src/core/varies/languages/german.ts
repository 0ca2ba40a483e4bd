import type { Language } from './language';

const current = '(?:aktuelle|heutige|derzeitige|momentane|gegenwärtige|jetzige)[rsn]?';
const thing = '(?:anfrage|nachricht|sitzung|abfrage|unterhaltung|konversation)';

export const german: Language = {
  months: 'januar februar märz april mai juni juli august september oktober november dezember jänner mrz maerz',
  weekdays: 'montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend',
  today: 'heute',
  now: [
    'heute(?: ist(?: es)?(?: der)?| haben wir(?: den)?)?',
    `(?:${current} )(?:datum(?: (?:und|/) (?:${current} )?(?:uhrzeit|zeit))?|uhrzeit|zeit(?:punkt|stempel)?|tag|wochentag|systemzeit|ortszeit)(?: (?:ist|lautet)(?: der)?)?`,
    '(?:es ist|wir haben) (?:jetzt|gerade|derzeit|momentan|nun|aktuell|heute)(?: den)?',
    '(?:jetzt|gerade|momentan|derzeit|aktuell) ist es',
    'gestern war(?: der)?',
    'wir schreiben (?:heute )?(?:den|das datum)',
    'stand (?:heute|jetzt)',
    '(?:datum|uhrzeit|tag|wochentag)(?: von)? (?:heute|jetzt)',
    `(?:datum|zeitpunkt|zeitstempel|uhrzeit|zeit) (?:dieser|der aktuellen|der) ${thing}`,
    '(?:tages|system)datum|systemzeit|serverzeit',
    'diese[rs]? (?:prompt|nachricht|anfrage|kontext|text) wurde(?: am)?',
  ],
  opens: [
    '(?:lokale zeit|ortszeit)(?: (?:des|der) (?:nutzers|nutzerin|benutzers|kunden|kundin))?',
    'jetzt(?=[^\\S\\n]{0,2}[:=])',
    '(?:sitzung|unterhaltung|gespräch|konversation) (?:gestartet|begonnen)(?: am| um)?',
  ],
  states: ['(?:datum|uhrzeit|zeit|tag) (?:ist|lautet)(?: der)?'],
  labels: ['datum|uhrzeit|zeit'],
  stamps: [
    'es ist(?: der)?',
    'datum (?:und|/|,) (?:uhr)?zeit',
    'datum/(?:uhr)?zeit',
    'stand',
    'zeitstempel',
    'zeitpunkt',
    '(?:generiert|erzeugt|erstellt|aktualisiert|abgerufen)(?: am| um)?',
  ],
  ids: [
    'zufalls(?:wert|zahl)',
    'anfrage ?nr\\.',
    '(?:anfrage|sitzungs?|vorgangs|gesprächs|konversations|unterhaltungs)-?(?:id|kennung|nummer)(?: dieser (?:anfrage|sitzung))?',
  ],
  supposes: ['z\\.\\s?b\\.|zum beispiel|wenn|falls|als|sobald|angenommen|nimm an|stell dir vor|etwa'],
  examples: ['beispiel'],
  speakers: ['nutzer(?:in)?|benutzer(?:in)?|kunde|kundin|assistent(?:in)?|eingabe|ausgabe|frage|antwort'],
};
