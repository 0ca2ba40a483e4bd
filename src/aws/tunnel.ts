import { serviceText } from '../core/messages/serviceText';
import { Agent } from 'node:https';
import type { AgentOptions, RequestOptions } from 'node:https';
import { connect as connectPlain, isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectSecure } from 'node:tls';
import type { ConnectionOptions, SecureContext } from 'node:tls';

/** A proxy that leads connections on by CONNECT. */
export interface Proxy {
  readonly url: URL;
  /** Is the certificate of a proxy that is itself reached by TLS checked? Those of the services behind it always are. */
  readonly strictSsl: boolean;
}

/** The most that a proxy may say before the tunnel stands. */
const maxHead = 64_000;

/** The proxy did not open the way: no request has left. */
const refused = (url: URL, answer: string): Error => {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1];
  const said = status === undefined ? serviceText.notHttp : serviceText.http(status);
  return Object.assign(new Error(serviceText.tunnelRefused(url.host, said)), {
    code: status === undefined ? 'ERR_PROXY_TUNNEL' : `ERR_PROXY_HTTP_${status}`,
  });
};

const authorization = ({ username, password }: URL): string =>
  username === ''
    ? ''
    : `Proxy-Authorization: Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}\r\n`;

const portOf = (url: URL): number => (url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port));

const toProxy = ({ url, strictSsl }: Proxy, trusted: ConnectionOptions): Socket => {
  const [host, port] = [url.hostname.replace(/^\[|\]$/g, ''), portOf(url)];
  if (url.protocol !== 'https:') return connectPlain({ host, port });
  return connectSecure({
    ...trusted,
    host,
    port,
    rejectUnauthorized: strictSsl,
    ...(isIP(host) ? {} : { servername: host }),
  });
};

/** A connection to `target` (`host:port`) through a proxy, before TLS. */
const openTunnel = (
  proxy: Proxy,
  target: string,
  trusted: ConnectionOptions,
  done: (error: Error | null, socket?: Socket) => void,
): void => {
  const socket = toProxy(proxy, trusted);
  let head = '';
  const end = (error: Error): void => {
    socket.off('data', read);
    socket.destroy();
    done(error);
  };
  const closed = (): void => end(refused(proxy.url, head));
  const read = (bytes: Buffer): void => {
    head += bytes.toString('latin1');
    const length = head.indexOf('\r\n\r\n') + 4;
    if (length < 4) {
      if (head.length > maxHead) closed();
      return;
    }
    socket.off('data', read);
    socket.off('error', end);
    socket.off('close', closed);
    socket.pause();
    // The service speaks second: bytes behind the head could only be somebody else's.
    if (!/^HTTP\/1\.[01] 2\d\d/.test(head) || head.length > length) end(refused(proxy.url, head));
    else done(null, socket);
  };
  socket.on('error', end);
  socket.on('close', closed);
  socket.on('data', read);
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization(proxy.url)}\r\n`);
};

/** The option by which VS Code hands the operating system's certificates to a connection (`http.systemCertificates`). */
const ofEditor = '_vscodeAdditionalCaCerts';

/** What of the options of a call says which certificates are trusted. */
const trustOf = (
  options: RequestOptions & { readonly secureContext?: SecureContext; readonly [ofEditor]?: unknown },
): ConnectionOptions => {
  const { ca, secureContext, [ofEditor]: added } = options;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(secureContext === undefined ? {} : { secureContext }),
    ...(added === undefined ? {} : { [ofEditor]: added }),
  };
};

/** A pool of connections that all go through a proxy; TLS is between this machine and the service, so the proxy sees names and sizes only. */
export class TunnelAgent extends Agent {
  readonly #proxy: Proxy;

  constructor(proxy: Proxy, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(
    options: RequestOptions & { readonly secureContext?: SecureContext },
    connected?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const host = options.host ?? 'localhost';
    const target = `${host.includes(':') ? `[${host}]` : host}:${options.port ?? 443}`;
    const trusted = trustOf(options);
    openTunnel(this.#proxy, target, trusted, (error, socket) => {
      if (socket === undefined) {
        // Node's own agents give no stream with an error either; the type knows of none.
        connected?.(error, undefined as unknown as Duplex);
        return;
      }
      connected?.(
        null,
        connectSecure({
          ...trusted,
          ...(isIP(host) ? {} : { servername: options.servername ?? host }),
          socket,
          ALPNProtocols: ['http/1.1'],
        }),
      );
    });
  }
}
