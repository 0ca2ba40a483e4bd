import type { Language } from './language';

const current =
  '(?:atual|atuais|actual|actuais|corrente|de hoje|do dia|d[ae]st?a (?:requisição|solicitação|conversa|sessão|consulta)|da (?:requisição|solicitação|conversa|sessão|consulta))';

export const portuguese: Language = {
  months: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  weekdays: 'segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo',
  today: 'hoje',
  now: [
    'ontem foi(?: dia)?',
    'hoje(?: é| estamos (?:em|a))?(?: o)?(?: dia)?',
    `data(?: e (?:a )?hora|/hora)? ${current}(?: é)?(?: o dia)?`,
    `(?:hora|horário|dia) ${current}(?: é| são)?`,
    '(?:agora|neste momento|no momento|atualmente)(?: mesmo)? (?:são(?: as)?|é)',
    '(?:data|hora|horário) do (?:sistema|servidor)',
    'est[ea] (?:mensagem|prompt|pedido|solicitação|contexto) foi (?:gerad|criad)[oa] em',
  ],
  opens: [
    'estamos (?:em|a)',
    '(?:hora|horário) local(?: d[oa] (?:utilizador|usuário|cliente))?',
    'são(?: as)?(?= \\d)',
    'agora(?=[^\\S\\n]{0,2}[:=])',
    '(?:sessão|conversa) (?:iniciada|aberta) em',
  ],
  states: ['(?:a )?data(?: e (?:a )?hora)? é|(?:a )?hora é|dia é'],
  labels: ['data|hora|horário'],
  stamps: [
    'data e hora|data/hora',
    '(?:carimbo|marca) (?:de data/hora|de tempo|temporal)',
    '(?:dados )?(?:gerad|atualizad)[oa]s? (?:em|a)',
  ],
  ids: ['semente aleatória', '(?:solicitação|pedido) n[°º]', '(?:id|identificador) d[ae] (?:requisição|sessão|solicitação|conversa)'],
  supposes: ['p\\.\\s?ex\\.|por exemplo|se|quando|caso|suponha|suponhamos|supondo|imagine|imaginemos'],
  examples: ['exemplo'],
  speakers: ['usuári[oa]|utilizador|cliente|assistente|entrada|saída|pergunta|resposta'],
};
