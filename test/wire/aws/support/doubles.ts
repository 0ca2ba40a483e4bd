import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer as createPlain } from 'node:net';
import { connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { wholeAnswer } from './rawBedrock';

// In the extension host this module stands elsewhere.
export const tlsFixtures = join(process.env['CACHEPOINT_TEST_FIXTURES'] ?? join(__dirname, '..', '..', '..', 'fixtures'), 'tls');

/** The certificate that the doubles' own is signed with. */
export const testCa = join(tlsFixtures, 'ca.pem');

/** What a double was asked. */
export interface Asked {
  readonly host: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Answer = Reply | 'hang' | 'cut';
type Double = (asked: Asked) => Answer;

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});

/** An error in the XML of STS. */
export const stsError = (status: number, code: string, message: string): Reply => ({
  status,
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  headers: { 'content-type': 'text/xml' },
});

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

/** A success of STS: the keys of a role. */
export const stsKeys = (action: string, key: string, role = 'Dev'): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${inAnHour()}</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/${role}/s</Arn></AssumedRoleUser></${action}Result></${action}Response>`,
});

/** What GetCallerIdentity says of somebody. */
export const stsCaller = (arn: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>A</UserId><Account>${arn.split(':')[4] ?? ''}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
});

export interface Doubles {
  /** Address of the proxy through which every name leads to the doubles. */
  readonly proxy: string;
  /** Port of the TLS server itself. */
  readonly port: number;
  /** All requests so far, in order. */
  readonly asked: readonly Asked[];
  /** Names that the proxy was asked to connect to, with ports. */
  readonly tunnels: readonly string[];
  /** `proxy-authorization` of each CONNECT. */
  readonly authorizations: readonly (string | undefined)[];
  /** How a host answers; the part of its name before the Region is enough. Others answer 404. */
  on(host: string, double: Double): void;
  /** How the proxy answers from now on: it leads on, or refuses with a status. */
  refuse(status: number | undefined): void;
  reset(): void;
  close(): Promise<void>;
}

const listen = (server: Server, port = 0): Promise<number> =>
  new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

const stop = (server: Server, sockets: ReadonlySet<Socket>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });

const remember = (server: Server): Set<Socket> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
};

/** The shortest whole answer of Bedrock Runtime. */
export const bedrockAnswer: Double = () => ({
  status: 200,
  headers: { 'content-type': 'application/vnd.amazon.eventstream' },
  body: Buffer.concat([...wholeAnswer()]).toString('latin1'),
});

/**
 * AWS's services by their names, behind a CONNECT proxy and TLS with a certificate of a test CA. Nothing of it leaves this machine. The proxy takes a
 * free port where none is given.
 */
export const startDoubles = async (portOfProxy?: number): Promise<Doubles> => {
  const doubles = new Map<string, Double>();
  const asked: Asked[] = [];
  const tunnels: string[] = [];
  const authorizations: (string | undefined)[] = [];
  let refusal: number | undefined;
  const answer = (reply: Answer, response: ServerResponse): void => {
    if (reply === 'hang') return;
    if (reply === 'cut') {
      response.socket?.destroy();
      return;
    }
    response.writeHead(reply.status, reply.headers);
    response.end(Buffer.from(reply.body, 'latin1'));
  };
  const tls = createServer(
    { key: readFileSync(join(tlsFixtures, 'server.key')), cert: readFileSync(join(tlsFixtures, 'server.pem')) },
    (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const host = (request.headers.host ?? '').replace(/:\d+$/, '');
        const one = { host, path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString('utf8') };
        asked.push(one);
        const double = [...doubles].find(([name]) => host === name || host.startsWith(`${name}.`))?.[1];
        answer(double?.(one) ?? { status: 404, body: '' }, response);
      });
    },
  );
  const tlsSockets = remember(tls);
  const port = await listen(tls);
  const proxy = createPlain((socket) => {
    let head = '';
    const read = (bytes: Buffer): void => {
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', read);
      tunnels.push(/^CONNECT (\S+)/.exec(head)?.[1] ?? head);
      authorizations.push(/^proxy-authorization: (.*)\r$/im.exec(head)?.[1]);
      if (refusal !== undefined) {
        socket.end(`HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const onward = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
      socket.pipe(onward).pipe(socket);
      onward.on('error', () => socket.destroy());
    };
    socket.on('data', read);
    socket.on('error', () => undefined);
  });
  const proxySockets = remember(proxy);
  const proxyPort = await listen(proxy, portOfProxy);
  return {
    proxy: `http://127.0.0.1:${proxyPort}`,
    port,
    asked,
    tunnels,
    authorizations,
    on: (host, double) => void doubles.set(host, double),
    refuse: (status) => (refusal = status),
    reset() {
      doubles.clear();
      refusal = undefined;
      for (const list of [asked, tunnels, authorizations]) list.length = 0;
      doubles.set('bedrock-runtime', bedrockAnswer);
    },
    async close() {
      await stop(proxy, proxySockets);
      await stop(tls, tlsSockets);
    },
  };
};
