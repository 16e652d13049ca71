import { isDeepStrictEqual } from 'node:util';
import { developmentKey, KeyDamaged, keptKey, type DevelopmentKey } from './development-key.js';
import type { ConfigurationFault } from './read-variables.js';
import type { Values, VariableName } from './variables/index.js';

/** A secret that stands behind what is stored or told. The database keeps a fingerprint of each (ADR 41). */
export type HubKey = {
  /** What it is for. In development its file is `<name>.key` in the data directory. */
  readonly name: string;
  readonly variable: VariableName;
  /** The variable of the name it goes by; absent for a key that has none. */
  readonly idVariable?: VariableName;
  /** The name it goes by; empty where it has none. */
  readonly keyId: string;
  readonly secret: Buffer;
  /**
   * Whether another may take its place: never, only under another name, once the public keys of those before it are given, or freely.
   */
  readonly change: 'never' | 'with-id' | 'with-public-key' | 'free';
  /** What would be lost with it, for whoever is told that it is the wrong one. */
  readonly loses: string;
  /** Where development keeps it; absent when the variable gave it. */
  readonly file?: string;
  /** Nobody had one: made at this start. */
  readonly made: boolean;
};

/** How long recordings are kept when nobody says: nowhere but in development, because they hold personal data. */
export function recordingHours({ RECORDING_HOURS, HEMGANG_ENVIRONMENT }: Partial<Values>): number {
  return RECORDING_HOURS ?? (HEMGANG_ENVIRONMENT === 'production' ? 0 : 24);
}

type Description = Pick<HubKey, 'name' | 'change' | 'loses'> & {
  readonly idVariable?: 'PERSON_KEY_ID' | 'RECORDING_KEY_ID';
  /** Absent: every hub needs it. */
  readonly isNeeded?: (values: Partial<Values>) => boolean;
};

/** Every key of the hub, by the variable that gives it. A key is added here and nowhere else. */
const keyVariables = {
  PERSON_KEY: {
    name: 'person',
    idVariable: 'PERSON_KEY_ID',
    change: 'with-id',
    loses: 'facts about one person would no longer be dealt with in their order',
  },
  IDENTITY_KEY: {
    name: 'identity',
    change: 'never',
    loses: 'persons would not be found again, and the same person would get a second case',
  },
  CURSOR_KEY: { name: 'cursor', change: 'free', loses: 'links between pages that were handed out end' },
  AUDIT_KEY: {
    name: 'audit',
    change: 'with-public-key',
    loses: 'what it sealed of the trail verifies only with its public key in AUDIT_PUBLIC_KEYS',
    isNeeded: ({ PROCESSES }) => PROCESSES === undefined || PROCESSES.includes('hub'),
  },
  RECOVERY_KEY: {
    name: 'recovery',
    change: 'with-public-key',
    loses: 'facts on Kafka that are newer than a backup could not be opened after it was restored',
    // Production is given it after a restore alone.
    isNeeded: ({ HEMGANG_ENVIRONMENT, RECOVERY_KEY }) =>
      HEMGANG_ENVIRONMENT !== 'production' || RECOVERY_KEY !== undefined,
  },
  RECORDING_KEY: {
    name: 'recording',
    idVariable: 'RECORDING_KEY_ID',
    change: 'with-id',
    loses: 'recordings could not be opened',
    isNeeded: (values) => recordingHours(values) > 0,
  },
} as const satisfies Partial<Record<VariableName, Description>>;

export type KeyVariable = keyof typeof keyVariables;
const entries = Object.entries(keyVariables) as [KeyVariable, Description][];

/** The variables of the keys that this configuration needs. */
export function neededKeys(values: Partial<Values>): readonly KeyVariable[] {
  return entries.flatMap(([variable, { isNeeded }]) => (isNeeded?.(values) === false ? [] : [variable]));
}

/** Whether keys that development lacks are made: by a hub that starts, and never by a command beside it. */
export type MissingKeys = 'made' | 'left-out';

/**
 * Every key that this configuration needs, of variables or, in development, of the data directory; and each one that cannot be had,
 * by variable and file.
 */
export function readKeys(
  values: Values,
  missing: MissingKeys,
): { readonly keys: readonly HubKey[]; readonly faults: readonly ConfigurationFault[] } {
  const needed = new Set(neededKeys(values));
  const keys: HubKey[] = [];
  const faults: ConfigurationFault[] = [];
  for (const [variable, { isNeeded: _needed, ...description }] of entries) {
    if (!needed.has(variable)) continue;
    const keyId = description.idVariable === undefined ? '' : values[description.idVariable];
    const given = values[variable];
    const common = { ...description, variable, keyId };
    if (given !== undefined) keys.push({ ...common, secret: given, made: false });
    else {
      const { key, fault } = fromDirectory(values.DATA_DIRECTORY, variable, description.name, missing);
      if (key !== undefined) keys.push({ ...common, ...key });
      if (fault !== undefined && !faults.some((told) => isDeepStrictEqual(told, fault))) faults.push(fault);
    }
  }
  return { keys, faults };
}

function fromDirectory(
  directory: string,
  variable: KeyVariable,
  name: string,
  missing: MissingKeys,
): { readonly key?: DevelopmentKey; readonly fault?: ConfigurationFault } {
  try {
    const key = missing === 'made' ? developmentKey(directory, name) : keptKey(directory, name);
    return key === undefined ? {} : { key };
  } catch (error) {
    if (error instanceof KeyDamaged)
      return { fault: { variable, file: error.file, problem: `${error.message}; put the right one back` } };
    const { code, path: file } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code !== 'ENOTDIR' && file?.endsWith(`${name}.key`) === true)
      return { fault: { variable, file, problem: `cannot be read (${code})` } };
    return {
      fault: { variable: 'DATA_DIRECTORY', file: directory, problem: `cannot be written (${code})` },
    };
  }
}
