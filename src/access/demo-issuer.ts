import { link, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import type { HsaId } from '../process/vocabulary.js';
import { isLoopback } from '../wire/loopback.js';
import { makeFolder } from '../wire/make-folder.js';
import type { WrittenIssuer } from './issuers.js';

export class DemoIssuerRefused extends Error {
  override readonly name = 'DemoIssuerRefused';
}

/** The file of the key is there and holds none. Nothing but tokens of the last hour depends on it. */
export class DemoKeyDamaged extends Error {
  override readonly name = 'DemoKeyDamaged';
  constructor(readonly file: string) {
    super('is damaged: it holds no private key; remove it, and a new one is made');
  }
}

export type DemoIssuerOptions = {
  /** Where the key is kept, made at the first start. */
  readonly dataDirectory: string;
  readonly audience: string;
  /** Addresses that the hub listens on. */
  readonly addresses: readonly string[];
  readonly development: boolean;
};

const issuer = 'urn:hemgang:demo-issuer';
const algorithm = 'ES256';
const keyFile = 'demo-issuer-key.json';
const publicFile = 'demo-issuer-jwks.json';

/** Issues tokens for the fictional region. It vouches for anybody, so it refuses to be where others could reach it. */
export class DemoIssuer {
  private constructor(
    private readonly options: DemoIssuerOptions,
    private readonly key: CryptoKey,
    private readonly keyId: string,
  ) {}

  /**
   * @throws {DemoIssuerRefused} outside development, or when any address is not loopback
   */
  static async open(options: DemoIssuerOptions): Promise<DemoIssuer> {
    mayRun(options);
    return DemoIssuer.#of(options, await readOrMakeKey(options.dataDirectory));
  }

  /**
   * The issuer of the hub that runs, or ran, on the data directory; nothing is made.
   * @returns undefined when none has run there
   * @throws {DemoIssuerRefused} as `open`
   */
  static async beside(options: DemoIssuerOptions): Promise<DemoIssuer | undefined> {
    mayRun(options);
    const jwk = await readKey(path.join(options.dataDirectory, keyFile));
    return jwk && DemoIssuer.#of(options, jwk);
  }

  static async #of(options: DemoIssuerOptions, jwk: JWK): Promise<DemoIssuer> {
    const damaged = () => new DemoKeyDamaged(path.join(options.dataDirectory, keyFile));
    const key = await importJWK(jwk, algorithm).catch(() => Promise.reject(damaged()));
    if (key instanceof Uint8Array || jwk.kid === undefined || jwk.d === undefined) throw damaged();
    return new DemoIssuer(options, key, jwk.kid);
  }

  /** How the hub is told to trust this issuer. */
  get configuration(): WrittenIssuer {
    return {
      issuer,
      audience: this.options.audience,
      keys: { file: path.join(this.options.dataDirectory, publicFile) },
      algorithms: [algorithm],
      kind: 'both',
      claims: { client: 'client_id', user: 'employeeHsaId', unit: 'unitHsaId', role: 'role', units: 'units' },
    };
  }

  /** A token of a person at a unit. @param lifetime seconds */
  userToken(
    who: { user: HsaId; unit: HsaId; role?: string },
    now = new Date(),
    lifetime = 3600,
  ): Promise<string> {
    const role = who.role === undefined ? {} : { role: who.role };
    return this.sign(
      { client_id: 'demo-client', employeeHsaId: who.user, unitHsaId: who.unit, ...role },
      now,
      lifetime,
    );
  }

  /** A token of a system and its units. @param lifetime seconds */
  systemToken(
    who: { client: string; units: readonly HsaId[] },
    now = new Date(),
    lifetime = 3600,
  ): Promise<string> {
    return this.sign({ client_id: who.client, units: who.units }, now, lifetime);
  }

  private sign(claims: Record<string, unknown>, now: Date, lifetime: number): Promise<string> {
    const seconds = Math.floor(now.getTime() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, kid: this.keyId, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(this.options.audience)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + lifetime)
      .setJti(randomUUID())
      .sign(this.key);
  }
}

/** @throws {DemoIssuerRefused} */
function mayRun({ development, addresses }: DemoIssuerOptions): void {
  if (!development) throw new DemoIssuerRefused('the demo issuer runs in development only');
  const outside = addresses.find((address) => !isLoopback(address));
  if (outside !== undefined)
    throw new DemoIssuerRefused(`the demo issuer runs on loopback only, and the hub listens on ${outside}`);
}

async function readOrMakeKey(directory: string): Promise<JWK> {
  makeFolder(directory);
  const file = path.join(directory, keyFile);
  const kept = await readKey(file);
  const key = kept ?? (await makeKey(file));
  const { d: _private, ...visible } = key;
  const draft = await writeDraft(
    path.join(directory, publicFile),
    JSON.stringify({ keys: [visible] }),
    0o644,
  );
  await rename(draft, path.join(directory, publicFile));
  return key;
}

async function makeKey(file: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const made = { ...jwk, alg: algorithm, use: 'sig', kid: await calculateJwkThumbprint(jwk) };
  await putUnlessThere(file, JSON.stringify(made), 0o600);
  // Another process may have been first; its key is the key.
  const key = await readKey(file);
  if (key === undefined) throw new Error(`${keyFile} vanished while it was made`);
  return key;
}

async function readKey(file: string): Promise<JWK | undefined> {
  try {
    const jwk: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof jwk !== 'object' || jwk === null) throw new DemoKeyDamaged(file);
    return jwk;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) throw new DemoKeyDamaged(file);
    throw error;
  }
}

/** Puts a whole file in place, or leaves the one that is there. */
async function putUnlessThere(file: string, content: string, mode: number): Promise<void> {
  const draft = await writeDraft(file, content, mode);
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Writes under a name of its own, so that nobody reads half a file. */
async function writeDraft(file: string, content: string, mode: number): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return draft;
}
