import type { Language } from './language';

export const romanian: Language = {
  months: 'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
  weekdays: 'luni marți miercuri joi vineri sâmbătă duminică',
  today: 'astăzi|azi|acum',
  now: [
    '(?:astăzi|azi)(?: este| e)?',
    'data (?:de astăzi|de azi|curentă|actuală)(?: este)?',
    'data și ora (?:curentă|curente|actuală|actuale)',
    'ora (?:curentă|actuală)(?: este)?|acum este ora',
    '(?:data|ora) (?:acestei (?:cereri|conversații|sesiuni)|acestui mesaj|cererii|sistemului)',
  ],
  opens: ['ora locală'],
  stamps: ['data și ora', 'marcaj temporal', 'generat la'],
  ids: ['(?:id|identificator)(?:ul)? (?:sesiunii|cererii|conversației)'],
  supposes: ['de exemplu|dacă|când|să presupunem|până'],
  examples: ['exemplu'],
  speakers: ['utilizator|client|asistent|întrebare|răspuns'],
};

export const hungarian: Language = {
  months: 'január február március április május június július augusztus szeptember október november december',
  weekdays: 'hétfő kedd szerda csütörtök péntek szombat vasárnap',
  today: 'ma|most',
  now: [
    'a mai (?:dátum|nap)',
    'mai dátum',
    '(?:a )?(?:jelenlegi|aktuális) (?:dátum(?: és idő)?|idő|időpont)',
    'a pontos idő',
    '(?:a )?(?:kérés|beszélgetés|munkamenet|üzenet|rendszer) (?:dátuma|ideje|időpontja)',
  ],
  opens: ['helyi idő'],
  stamps: ['dátum és idő', 'időbélyeg'],
  ids: ['(?:munkamenet|kérés|beszélgetés) (?:azonosító|id)'],
  supposes: ['például|pl\\.|ha|amikor|tegyük fel'],
  examples: ['példa'],
  speakers: ['felhasználó|ügyfél|asszisztens|kérdés|válasz'],
};
