import type { Language } from './language';

const current = "(?:actuel(?:le)?s?|courante?s?|en cours|du jour|du moment|d['’]aujourd['’]hui|présente)";
const thing = '(?:requête|demande|conversation|session|appel)';

export const french: Language = {
  months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre fevrier aout decembre',
  weekdays: 'lundi mardi mercredi jeudi vendredi samedi dimanche',
  today: "aujourd['’]hui",
  now: [
    "hier,? (?:nous étions|c'était)(?: le)?",
    "aujourd['’]hui(?:,? (?:c['’]est|nous sommes|on est))?(?: le)?",
    "(?:nous sommes|on est)(?: aujourd['’]hui)? le",
    "nous sommes(?: aujourd['’]hui)?",
    `date(?: et (?:l['’])?heure)? ${current}(?: est(?: le)?)?`,
    `(?:heure|jour) ${current}(?: est)?`,
    'il est (?:actuellement|maintenant|à présent|en ce moment)',
    'à ce jour|à cette heure|en ce moment(?:,? il est)?',
    '(?:date|heure) (?:du )?système',
    `(?:date|heure)(?: et heure)? de (?:la|cette|l['’]) ?${thing}`,
    'ce(?:tte)? (?:message|prompt|requête|contexte|texte) (?:a été )?(?:généré|créé|produit)e? le',
  ],
  opens: [
    "heure locale(?: (?:de l['’]utilisateur|du client))?",
    'il est(?= \\d)',
    'maintenant(?=[^\\S\\n]{0,2}[:=])',
    '(?:session|conversation) (?:commencée|démarrée|ouverte) le',
  ],
  states: ["(?:date|heure)(?: et (?:l['’])?heure)? est(?: le)?"],
  labels: ['heure'],
  stamps: ['date et heure|date/heure', 'horodatage', '(?:générée?|mise? à jour|récupérée?) le', '(?:état|situation) au'],
  ids: [
    'graine aléatoire',
    '(?:demande|requête|session) n[°º]|numéro de (?:la )?(?:demande|requête|session)',
    "(?:id|identifiant) (?:de (?:la |cette )?|d['’])(?:requête|session|conversation|demande|appel)",
  ],
  supposes: ['p\\.\\s?ex\\.|par exemple|si|quand|lorsque|supposons|supposez|imaginons|imagine|imaginez|admettons'],
  examples: ['exemple'],
  speakers: ['utilisateur|utilisatrice|client|cliente|assistante?|entrée|sortie|question|réponse'],
};
