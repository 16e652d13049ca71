import { constants, createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createServer, type PeerCertificate, type Server, type TLSSocket } from 'node:tls';
import type { Logger } from 'pino';
import { errorCode } from '../../common/log-text.js';
import type { ClientCertificate } from '../client-certificate.js';

/** TLS of the listener; files in PEM, read again when they change. */
export type MllpTls = {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Whether senders show a certificate of their own, and who vouches for it. Absent: they are not asked. */
  readonly clients?: { readonly authoritiesFile: string; readonly required: boolean };
  /** How often the files are looked at. Default half a minute. */
  readonly lookMilliseconds?: number;
};

type Material = { readonly cert: string; readonly key: string; readonly ca?: string };

const halfAMinute = 30_000;

/**
 * A TLS server, 1.2 or later. Certificate, key and authorities are taken again when their files change, for the connections that come
 * then; files that do not fit together leave what was there in force.
 * @throws when a file is missing, or key and certificate do not fit.
 */
export async function createTlsServer(
  tls: MllpTls,
  handshakeMilliseconds: number,
  logger: Logger,
  accept: (socket: TLSSocket) => void,
): Promise<{ readonly server: Server; readonly endWatch: () => void }> {
  let inForce = await readMaterial(tls);
  const server = createServer(
    {
      ...inForce,
      ...always,
      allowHalfOpen: true,
      handshakeTimeout: handshakeMilliseconds,
      requestCert: tls.clients !== undefined,
      rejectUnauthorized: tls.clients?.required === true,
    },
    accept,
  );
  server.on('connection', (socket: Socket) => socket.setNoDelay(true));
  server.on('tlsClientError', (error) => logger.warn({ error: errorCode(error) }, 'TLS handshake failed'));
  const look = async (): Promise<void> => {
    try {
      const found = await readMaterial(tls);
      if (JSON.stringify(found) === JSON.stringify(inForce)) return;
      server.setSecureContext({ ...found, ...always });
      inForce = found;
      logger.info({ validTo: validTo(found.cert) }, 'new certificates taken');
    } catch (error) {
      logger.error(
        { error: errorCode(error) },
        'the certificate files are not usable; the former stay in force',
      );
    }
  };
  const timer = setInterval(() => void look(), tls.lookMilliseconds ?? halfAMinute);
  timer.unref();
  logger.info({ validTo: validTo(inForce.cert) }, 'TLS certificate in force');
  return { server, endWatch: () => clearInterval(timer) };
}

// No session is resumed, and no handshake made twice: the certificate is looked at once, against the authorities that hold then.
const always = {
  minVersion: 'TLSv1.2',
  secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
} as const;

async function readMaterial({ certificateFile, keyFile, clients }: MllpTls): Promise<Material> {
  const [cert, key, ca] = await Promise.all(
    [certificateFile, keyFile, ...(clients ? [clients.authoritiesFile] : [])].map((file) =>
      readFile(file, 'utf8'),
    ),
  );
  const material = { cert: cert ?? '', key: key ?? '', ...(ca !== undefined && { ca }) };
  check(material);
  return material;
}

/**
 * A file that is just being written may be read empty, and TLS takes an empty one for none: no certificate at all, or the authorities of
 * the whole world.
 * @throws when one is no certificate or key, or they are not of one pair.
 */
function check({ cert, key, ca }: Material): void {
  if (ca !== undefined) void new X509Certificate(ca);
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
    throw new Error('the private key is not that of the certificate');
}

/** What a connection showed: nothing, a certificate that the authorities vouch for, or one they do not. */
export function clientCertificateOf(
  socket: TLSSocket,
):
  | { readonly kind: 'verified'; readonly certificate: ClientCertificate }
  | { readonly kind: 'unverified'; readonly certificate?: undefined; readonly cause: string }
  | undefined {
  const peer: PeerCertificate | undefined = socket.getPeerCertificate();
  if (!peer?.raw) return undefined;
  if (!socket.authorized) {
    const cause: unknown = socket.authorizationError;
    return { kind: 'unverified', cause: typeof cause === 'string' ? cause : errorCode(cause) };
  }
  const subject = peer.subject as unknown as Readonly<Record<string, string | string[] | undefined>>;
  return {
    kind: 'verified',
    certificate: {
      commonNames: [subject['CN'] ?? []].flat(),
      serialNumbers: [subject['serialNumber'] ?? []].flat(),
      dnsNames: dnsNames(peer.subjectaltname),
      fingerprint: createHash('sha256').update(peer.raw).digest('hex').toUpperCase(),
    },
  };
}

/** Names with anything unusual in them are written in quotation marks by Node, and are not taken. */
function dnsNames(alternatives: string | undefined): readonly string[] {
  return (alternatives ?? '')
    .split(', ')
    .filter((each) => /^DNS:[A-Za-z0-9.*-]+$/.test(each))
    .map((each) => each.slice('DNS:'.length).toLowerCase());
}

function validTo(certificate: string): string {
  return new X509Certificate(certificate).validToDate.toISOString();
}
