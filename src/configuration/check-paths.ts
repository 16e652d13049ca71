import { variables, type Values, type VariableName } from './variables/index.js';
import type { guardedPaths } from './variables/general.js';
import { isLoopback } from '../wire/loopback.js';

type Path = (typeof guardedPaths)[number];
type Runs = (...names: ('hub' | 'melior')[]) => boolean;
type Tell = (variable: VariableName, problem: string) => void;

/** http to another machine; on this one a proxy may add TLS. */
export function isPlainHttp(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol !== 'https:' && !isLoopback(hostname);
}

/**
 * Production carries personal data between machines over TLS alone, save on the paths that `GUARDED_PATHS` says something
 * else guards. Checked where this process uses them: its listeners, and what it connects to.
 */
export function checkPaths(values: Partial<Values>, { runs, fault }: { runs: Runs; fault: Tell }): void {
  const refuse = (path: Path, variable: VariableName, otherwise: string) => {
    if (values.GUARDED_PATHS?.includes(path)) return;
    fault(
      variable,
      `production carries personal data to and from other machines over TLS alone: ${otherwise}, or name \`${path}\` in GUARDED_PATHS where the network itself guards the way`,
    );
  };
  const isOutside = (host: string | undefined) => host !== undefined && !isLoopback(host);

  if (runs('hub') && isOutside(values.HTTP_HOST))
    refuse('facade', 'HTTP_HOST', 'listen on loopback behind a proxy that speaks https');
  if (runs('melior') && isOutside(values.MLLP_HOST) && values.MLLP_TLS_CERTIFICATE_FILE === undefined)
    refuse('mllp', 'MLLP_HOST', 'set MLLP_TLS_CERTIFICATE_FILE');
  if (values.LOOKUP_PORT !== undefined && isOutside(values.LOOKUP_HOST))
    refuse('lookups', 'LOOKUP_HOST', 'listen on loopback behind a proxy that speaks https');
  for (const name of lookupUrls) {
    const url = values[name];
    if (typeof url === 'string' && isPlainHttp(url)) refuse('lookups', name, 'use https');
  }
  const usesKafka = (values.TRANSPORT ?? 'kafka') === 'kafka';
  if (
    usesKafka &&
    values.KAFKA_TLS === false &&
    values.KAFKA_BROKERS?.some((each) => isOutside(hostOf(each)))
  )
    refuse('kafka', 'KAFKA_TLS', 'set it to true');
  for (const name of ['DATABASE_URL', 'AUDIT_DATABASE_URL'] as const) {
    const url = values[name];
    if (url !== undefined && isPlainDatabase(url))
      refuse('database', name, 'end it with ?sslmode=verify-full');
  }
}

/** Every variable that says where a lookup answers in another process. */
const lookupUrls = (Object.keys(variables) as VariableName[]).filter((name) => name.endsWith('_LOOKUP_URL'));

/** Of `host:port`. */
function hostOf(broker: string): string {
  return broker.slice(0, broker.lastIndexOf(':'));
}

/** A database on another machine that is not sure to be reached over TLS, or not sure to be that one. */
function isPlainDatabase(url: string): boolean {
  const { hostname, searchParams } = new URL(url);
  // As the driver reads it: a parameter goes before the address, and the last of several counts.
  const host = searchParams.getAll('host').at(-1) ?? decodeURIComponent(hostname);
  const isHere = host === '' || host.startsWith('/') || isLoopback(host);
  return !isHere && searchParams.getAll('sslmode').at(-1) !== 'verify-full';
}
