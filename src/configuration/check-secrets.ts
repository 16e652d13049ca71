import type { Values, VariableName } from './variables/index.js';
import { variables } from './variables/index.js';

type Tell = (variable: VariableName, problem: string) => void;
type Secret = { readonly variable: VariableName; readonly bytes: Buffer; readonly text?: string };

/** Words of examples, and of people who are in a hurry: a secret that holds one is known to others. */
const wellKnown =
  /password|passwd|secret|changeme|change-me|hemgang|example|default|development|made-up|letmein|qwerty|123456|admin|postgres|kafka|cosmic/i;
const fewestCharacters = 12;
/** Of 32 random bytes some thirty differ. */
const fewestDifferentBytes = 16;
const fewestDifferentCharacters = 8;

/**
 * What is wrong with the secrets of production: one that can be guessed, that stands in documentation, or that serves two ends, so
 * that who learns one of them has both. How a secret is written does not make it another.
 */
export function checkSecrets(values: Partial<Values>, fault: Tell): void {
  const secrets = secretsOf(values);
  for (const { variable, bytes, text } of secrets) {
    const problem = text === undefined ? weakKey(bytes) : weakText(text, variable, values);
    if (problem !== undefined)
      fault(variable, `production needs a secret that cannot be guessed: this one ${problem}`);
  }
  for (const [index, { variable, bytes }] of secrets.entries()) {
    const other = secrets.slice(0, index).find((earlier) => isSame(earlier.bytes, bytes));
    if (other !== undefined) fault(variable, `is the same secret as ${other.variable}: each has its own`);
  }
}

/** Every value that is marked as a secret; of a database's address the password. */
function secretsOf(values: Partial<Values>): readonly Secret[] {
  return (Object.keys(variables) as VariableName[]).flatMap((variable): Secret[] => {
    const description = variables[variable];
    const value = values[variable];
    if (!('secret' in description) || value === undefined) return [];
    if (Buffer.isBuffer(value)) return [{ variable, bytes: value }];
    const text = isDatabase(variable) ? passwordOf(String(value)) : String(value);
    return text === undefined ? [] : [{ variable, text, bytes: Buffer.from(text) }];
  });
}

const isDatabase = (variable: VariableName): variable is 'DATABASE_URL' | 'AUDIT_DATABASE_URL' =>
  variable === 'DATABASE_URL' || variable === 'AUDIT_DATABASE_URL';

/** Absent where the database lets in by other means, such as a certificate. */
function passwordOf(url: string): string | undefined {
  const { password, searchParams } = new URL(url);
  const given = searchParams.getAll('password').at(-1) ?? decodeURIComponent(password);
  return given === '' ? undefined : given;
}

function weakKey(bytes: Buffer): string | undefined {
  if (new Set(bytes).size < fewestDifferentBytes) return 'has few different bytes';
  if (bytes.every((_byte, index) => index < 2 || step(bytes, index) === step(bytes, 1)))
    return 'counts its bytes up or down';
  for (let length = 1; length <= bytes.length / 2; length++)
    if (bytes.every((byte, index) => byte === bytes[index % length])) return 'repeats a part of itself';
  if (bytes.every((byte) => byte >= 0x20 && byte <= 0x7e)) return 'is text, not random bytes';
  // A sentence without capitals, or without small letters, that was taken for base64.
  const written = bytes.toString('base64').replaceAll(/[^A-Za-z]/g, '');
  if (written === written.toLowerCase() || written === written.toUpperCase())
    return 'is text, not random bytes';
  if (wellKnown.test(bytes.toString('base64url')) || wellKnown.test(bytes.toString('latin1')))
    return 'holds a word that is easily guessed';
  return undefined;
}

function step(bytes: Buffer, index: number): number {
  return ((bytes[index] ?? 0) - (bytes[index - 1] ?? 0) + 256) % 256;
}

function weakText(text: string, variable: VariableName, values: Partial<Values>): string | undefined {
  if (text.length < fewestCharacters) return `has fewer than ${fewestCharacters} characters`;
  if (new Set(text).size < fewestDifferentCharacters) return 'has few different characters';
  if (wellKnown.test(text)) return 'holds a word that is easily guessed';
  const user = userOf(variable, values)?.toLowerCase();
  return user !== undefined && user.length > 3 && text.toLowerCase().includes(user)
    ? 'holds the name of its user'
    : undefined;
}

function userOf(variable: VariableName, values: Partial<Values>): string | undefined {
  if (variable === 'KAFKA_SASL_PASSWORD') return values.KAFKA_SASL_USERNAME;
  if (variable === 'COSMIC_CLIENT_SECRET') return values.COSMIC_CLIENT_ID;
  const url = isDatabase(variable) ? values[variable] : undefined;
  if (url !== undefined) return decodeURIComponent(new URL(url).username);
  return undefined;
}

/** The same bytes, also where one was written as text, in hexadecimal or in base64. */
function isSame(one: Buffer, other: Buffer): boolean {
  const forms = (bytes: Buffer) => {
    const text = bytes.toString('latin1');
    return [
      bytes,
      ...(/^(?:[0-9a-f]{2})+$/i.test(text) ? [Buffer.from(text, 'hex')] : []),
      ...(/^[\w+/-]+={0,2}$/.test(text) ? [Buffer.from(text, 'base64')] : []),
    ];
  };
  return forms(one).some((first) => forms(other).some((second) => first.length > 0 && first.equals(second)));
}
