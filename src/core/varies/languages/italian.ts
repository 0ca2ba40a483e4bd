import type { Language } from './language';

const current =
  '(?:odiern[ao]|attual[ei]|corrent[ei]|di oggi|del giorno|di adesso|(?:della|di questa) (?:richiesta|conversazione|sessione))';

export const italian: Language = {
  months: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  weekdays: 'lunedì martedì mercoledì giovedì venerdì sabato domenica lunedi martedi mercoledi giovedi venerdi',
  today: 'oggi',
  now: [
    'ieri era(?: il)?',
    "oggi(?: (?:è|e['’])| siamo)?(?: il| al| giorno)?",
    `data(?: (?:e|ed) (?:l['’])?(?:ora|orario))? ${current}(?: è)?(?: il)?`,
    `(?:ora|orario|giorno) ${current}(?: è| sono le)?`,
    "(?:adesso|ora|in questo momento|attualmente) (?:sono le|è l[’']una|sono)",
    'ad oggi|alla data odierna',
    '(?:data|ora|orario) (?:di|del) sistema',
    'quest[oa] (?:messaggio|prompt|richiesta|contesto) (?:è stat[oa] )?(?:generat|creat)[oa] il',
  ],
  opens: [
    'siamo (?:il|al)',
    "(?:ora|orario) locale(?: (?:dell['’]utente|del cliente))?",
    "(?:sono le|è l[’']una)(?= \\d)",
    'adesso(?=[^\\S\\n]{0,2}[:=])',
    '(?:sessione|conversazione) (?:iniziata|avviata|aperta) il',
  ],
  states: ["data(?: (?:e|ed) (?:l['’])?ora)? è(?: il)?|ora è"],
  labels: ['ora|orario'],
  stamps: ['data (?:e|ed) (?:ora|orario)|data/ora', 'marca temporale', '(?:generat|aggiornat)[oai] il'],
  ids: ['seme casuale', 'richiesta n\\.', '(?:id|identificativo)(?: della| di)? (?:richiesta|sessione|conversazione)'],
  supposes: ['p\\.\\s?es\\.|per esempio|ad esempio|se|quando|supponiamo|supponi|immagina|immaginiamo|mettiamo'],
  examples: ['esempio'],
  speakers: ['utente|cliente|assistente|ingresso|uscita|domanda|risposta'],
};
