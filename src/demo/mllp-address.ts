import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import type { Configuration } from '../configuration/configuration.js';

/** Where the demo's journal sends its HL7 v2; `tls` absent: plain TCP. */
export type MllpAddress = {
  readonly host: string;
  readonly port: number;
  readonly tls?: ConnectionOptions;
};

/**
 * The address of the hub's own listener. Where it takes TLS alone the demo trusts the very certificate that the listener shows, read
 * from the same file, and nobody else; the name in it need not be the address it listens on.
 * @throws Error where senders must show a certificate, for the demo has none
 */
export async function mllpAddress({ melior }: Pick<Configuration, 'melior'>): Promise<MllpAddress> {
  const { host, port, tls } = melior;
  if (tls === undefined) return { host, port };
  if (tls.clients?.required === true) {
    throw new Error(
      'the MLLP listener takes only senders that show a certificate (MLLP_TLS_CLIENT_CERTIFICATE=required), and the demo has none; ' +
        'run it against a hub with MLLP_TLS_CLIENT_CERTIFICATE=optional.',
    );
  }
  const ca = await readFile(tls.certificateFile, 'utf8');
  return { host, port, tls: { ca, allowPartialTrustChain: true, checkServerIdentity: () => undefined } };
}
