import type { Language } from './language';

export const polish: Language = {
  months: 'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  weekdays: 'poniedziałek wtorek środa czwartek piątek sobota niedziela',
  today: 'dzisiaj|dziś|teraz',
  now: [
    'wczoraj (?:był|było)',
    '(?:dzisiaj|dziś)(?: jest| mamy| to)?',
    '(?:jest|mamy) (?:teraz|obecnie|dzisiaj|dziś)(?: godzina)?',
    '(?:teraz|obecnie|aktualnie|w tej chwili) jest(?: godzina)?',
    '(?:dzisiejsza|aktualna|bieżąca|obecna) (?:data(?: i (?:godzina|czas))?|godzina)(?: to| jest)?',
    '(?:aktualny|bieżący|obecny|dzisiejszy) (?:czas|dzień(?: tygodnia)?)(?: to)?',
    '(?:data|dzień(?: tygodnia)?) (?:dzisiejsza|dzisiaj|bieżąca)',
    'na dzień dzisiejszy|na dziś',
    '(?:data|godzina|czas)(?: i (?:godzina|czas))? te(?:go|j) (?:zapytania|żądania|rozmowy|sesji|wiadomości)',
    '(?:data systemowa|czas systemowy)',
    't[ae]n? (?:wiadomość|prompt|zapytanie|żądanie|kontekst) (?:został[ao]?) (?:wygenerowan|utworzon)[aoy]',
  ],
  opens: ['czas lokalny(?: użytkownika)?', 'teraz(?=[^\\S\\n]{0,2}[:=])'],
  states: ['(?:data|godzina)(?: i godzina)? to'],
  stamps: [
    'jest',
    'data (?:i|/) (?:godzina|czas)(?: (?:zapytania|żądania|rozmowy))?|data/godzina',
    'znacznik czasu',
    'wygenerowano',
    'stan na(?: dzień)?',
  ],
  ids: ['ziarno losowe', '(?:zgłoszenie|żądanie) nr', '(?:id|identyfikator) (?:sesji|żądania|zapytania|rozmowy)'],
  supposes: ['np\\.|na przykład|jeśli|jeżeli|gdy|gdyby|kiedy|załóżmy|przypuśćmy|powiedzmy|wyobraź'],
  examples: ['przykład'],
  speakers: ['użytkownik|klient(?:ka)?|asystent(?:ka)?|wejście|wyjście|pytanie|odpowiedź'],
};

export const czech: Language = {
  months: 'ledna února března dubna května června července srpna září října listopadu prosince',
  weekdays: 'pondělí úterý středa čtvrtek pátek sobota neděle',
  today: 'dnes|nyní',
  now: [
    'dnes je(?: den)?',
    'dnešní datum(?: je)?',
    '(?:aktuální|současn[éý]) (?:datum(?: a čas)?|čas|den)(?: je)?',
    '(?:nyní|právě|teď) je',
    'je právě',
  ],
  opens: [],
  stamps: ['datum a čas', 'časové razítko', 'vygenerováno'],
  ids: [],
  supposes: ['např\\.|například|pokud|když|kdyby|až|předpokládejme'],
  examples: ['příklad'],
  speakers: ['uživatel|zákazník|asistent'],
};

export const russian: Language = {
  months: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  weekdays: 'понедельник вторник среда четверг пятница суббота воскресенье',
  today: 'сегодня|сейчас',
  now: [
    'вчера было',
    '(?:на )?сегодня(?: уже)?',
    'сейчас(?: уже)?|[вн]а? данный момент',
    'сегодняшн(?:яя дата|ее число|ий день)',
    'текущ(?:ая|ее|ий|ие) (?:дата(?: и время)?|время|число|день(?: недели)?)',
    '(?:дата|время)(?: и время)? (?:этого |этой |текущего )?(?:запроса|разговора|беседы|сессии|сеанса|сообщения)',
    'систем(?:ное время|ная дата)',
    '(?:это сообщение|этот запрос|этот промпт|этот текст) (?:был[оа]? )?(?:создан|сгенерирован|сформирован)о?',
  ],
  opens: ['местное время(?: пользователя| клиента)?'],
  stamps: ['дата (?:и|/) время(?: запроса)?|дата/время', 'метка времени', 'создано|сгенерировано|сформировано', 'по состоянию на'],
  ids: ['случайное (?:зерно|число)', 'запрос №', '(?:id|идентификатор) (?:сессии|сеанса|запроса|разговора)'],
  supposes: ['напр\\.|например|если|когда|предположим|допустим|представь|пусть|до'],
  examples: ['пример'],
  speakers: ['пользователь|клиент|ассистент|помощник|ввод|вывод|вопрос|ответ'],
};
