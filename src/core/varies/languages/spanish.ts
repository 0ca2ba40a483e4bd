import type { Language } from './language';

const current = '(?:actual(?:es)?|de hoy|del día|en curso|presentes?|de (?:la|esta) (?:solicitud|consulta|conversación|sesión|petición))';

export const spanish: Language = {
  months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre setiembre',
  weekdays: 'lunes martes miércoles jueves viernes sábado domingo miercoles sabado',
  today: 'hoy',
  now: [
    'ayer fue(?: el)?',
    'hoy(?: es| estamos a)?(?: (?:el )?día| el)?',
    `fecha(?: y (?:la )?hora)? ${current}(?: es)?(?: el)?`,
    `(?:hora|día) ${current}(?: es| son)?`,
    '(?:ahora(?: mismo)?|en este momento|actualmente) (?:son las|es la|son|es)',
    'a día de hoy|a fecha de hoy',
    '(?:fecha|hora) del (?:sistema|servidor)',
    'est[ea] (?:mensaje|prompt|solicitud|contexto) (?:fue|se) (?:generad[oa]|generó|cread[oa]|creó) el',
  ],
  opens: [
    'estamos (?:hoy )?a',
    'hora local(?: del (?:usuario|cliente))?',
    '(?:son las|es la)(?= \\d)',
    'ahora(?=[^\\S\\n]{0,2}[:=])',
    '(?:sesión|conversación) (?:iniciada|abierta|comenzada) el',
  ],
  states: ['fecha(?: y (?:la )?hora)? es(?: el)?|hora es(?: la)?|día es'],
  labels: ['fecha|hora'],
  stamps: [
    'es(?: el)?',
    'fecha y hora|fecha/hora',
    'marca (?:de tiempo|temporal)',
    '(?:generad|actualizad|consultad)[oa] el',
    'a fecha de',
  ],
  ids: [
    'semilla aleatoria',
    '(?:solicitud|petición|sesión) n\\.?[°º]',
    '(?:id|identificador) de (?:la )?(?:solicitud|sesión|conversación|petición)',
  ],
  supposes: ['p\\.\\s?ej\\.|por ejemplo|si|cuando|supongamos|supón|suponga|imagina|imagine'],
  examples: ['ejemplo'],
  speakers: ['usuari[oa]|cliente|asistente|entrada|salida|pregunta|respuesta'],
};
