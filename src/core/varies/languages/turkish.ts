import type { Language } from './language';

const current = '(?:şu ?an(?:ki|daki)?|geçerli|güncel|mevcut|bugünkü)';

export const turkish: Language = {
  months: 'ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık',
  weekdays: 'pazartesi salı çarşamba perşembe cuma cumartesi pazar',
  today: 'bugün|şimdi',
  now: [
    'bugün(?: günlerden| itibarıyla)?',
    'bugünün tarihi',
    `${current} (?:tarih(?: ve saat)?|saat|zaman|gün)`,
    '(?:şu ?an(?:da)?|şimdi)(?: saat)?',
    '(?:saat|tarih) (?:şu ?an(?:da)?|şimdi|bugün)',
    'sistem (?:saati|tarihi|zamanı)',
    'istek (?:zamanı|tarihi|saati)',
    'bu (?:konuşmanın|isteğin|oturumun|mesajın) (?:tarihi|zamanı|saati)',
  ],
  opens: ['(?:kullanıcının |müşterinin )?yerel (?:saati?|zamanı?)'],
  stamps: ['tarih (?:ve|/) saat|tarih/saat', 'zaman damgası', 'oluşturulma(?: (?:zamanı|tarihi))?'],
  ids: ['(?:oturum|istek|talep|konuşma) (?:kimliği|no|numarası|id)'],
  supposes: ['örn\\.|örneğin|mesela|eğer|diyelim|varsayalım|farz'],
  examples: ['örnek'],
  speakers: ['kullanıcı|müşteri|asistan|girdi|çıktı|soru|yanıt|cevap'],
};
