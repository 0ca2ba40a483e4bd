import type { Language } from './language';

export const indonesian: Language = {
  months: 'januari februari maret april mei juni juli agustus september oktober november desember',
  weekdays: 'senin selasa rabu kamis jumat sabtu minggu',
  today: 'hari ini|sekarang',
  now: [
    '(?:tanggal |pada )?hari ini(?: adalah| tanggal)?',
    'sekarang(?: adalah| pukul| jam| tanggal)?',
    '(?:tanggal|waktu|jam|hari)(?: dan (?:waktu|jam))? (?:sekarang|saat ini|kini)(?: adalah)?',
    'saat ini (?:pukul|jam|tanggal)',
    '(?:tanggal|waktu) (?:permintaan|percakapan|pesan|sesi) ini',
    'waktu sistem|tanggal sistem',
  ],
  opens: ['waktu (?:setempat|lokal)(?: pengguna)?'],
  stamps: ['tanggal (?:dan|&|/) (?:waktu|jam)', 'stempel waktu|cap waktu', 'dibuat pada'],
  ids: ['(?:id|nomor) (?:sesi|permintaan|percakapan)'],
  supposes: ['misalnya|contohnya|jika|kalau|bila|ketika|andaikan|anggaplah|sampai'],
  examples: ['contoh'],
  speakers: ['pengguna|pelanggan|asisten|masukan|keluaran|pertanyaan|jawaban'],
};

export const vietnamese: Language = {
  months: '',
  weekdays: '',
  today: 'hôm nay|bây giờ',
  now: [
    '(?:ngày )?hôm nay(?: là)?(?: ngày)?',
    'bây giờ là(?: ngày| lúc)?',
    '(?:ngày|giờ|thời gian|ngày giờ)(?: và (?:giờ|thời gian))? hiện tại(?: là)?',
    '(?:ngày|thời gian) của (?:yêu cầu|cuộc trò chuyện|tin nhắn|phiên) này',
    '(?:thời gian|giờ) hệ thống',
  ],
  opens: ['giờ địa phương'],
  stamps: ['ngày (?:và |/ ?)?giờ', 'dấu thời gian'],
  ids: ['(?:mã|id) (?:phiên|yêu cầu|cuộc trò chuyện)'],
  supposes: ['nếu|khi|ví dụ|giả sử|chẳng hạn'],
  examples: ['ví dụ'],
  speakers: ['người dùng|khách hàng|trợ lý|câu hỏi|trả lời'],
};
