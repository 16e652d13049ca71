/**
 * What a register copy must hold to be shown as Patient: the part of the population register's record that the hub keeps
 * (`RegisterRecord` of the fact topics fits it). Read as unknown, because a copy lives outside the log and may be of an
 * older version.
 */
export type RegisterCopy = {
  readonly identifier: { readonly type: string; readonly value: string };
  /** Numbers that the person had before. */
  readonly former?: readonly { readonly type: string; readonly value: string }[];
  readonly protectedPerson?: boolean;
  readonly protectedPopulationRecord?: boolean;
  readonly name?: {
    readonly given?: string;
    readonly middle?: string;
    readonly surname?: string;
    readonly givenNameIndicator?: string;
  };
  readonly gender?: 'male' | 'female';
  readonly birthDate?: string;
  readonly address?: {
    readonly careOf?: string;
    readonly line1?: string;
    readonly line2?: string;
    readonly postalCode?: string;
    readonly city?: string;
  };
};

/**
 * The copy as something to show; undefined when there is none, when it is sealed, or when it does not clearly say that the
 * person is not protected (PAT-5: unknown counts as protected).
 */
export function readRegisterCopy(copy: unknown): RegisterCopy | undefined {
  if (!isObject(copy) || !isObject(copy['identifier'])) return undefined;
  const { type, value } = copy['identifier'];
  if (typeof type !== 'string' || typeof value !== 'string') return undefined;
  if (copy['protectedPerson'] !== false || (copy['protectedPopulationRecord'] ?? false) !== false)
    return undefined;
  const { gender } = copy;
  const former = formerOf(copy);
  return {
    identifier: { type, value },
    protectedPerson: false,
    ...(former.length > 0 ? { former } : {}),
    ...optional('name', strings(copy['name'], ['given', 'middle', 'surname', 'givenNameIndicator'])),
    ...(gender === 'male' || gender === 'female' ? { gender } : {}),
    ...optional('birthDate', typeof copy['birthDate'] === 'string' ? copy['birthDate'] : undefined),
    ...optional('address', strings(copy['address'], ['careOf', 'line1', 'line2', 'postalCode', 'city'])),
  };
}

/**
 * The other identities that the register refers to. The register follows a reference to the number that holds now, so they
 * are earlier ones; of a number that it has deregistered they may be the later, and none of them is called old.
 */
function formerOf(copy: Record<string, unknown>): { readonly type: string; readonly value: string }[] {
  const { referred, deregistration } = copy;
  const ended = isObject(deregistration) && deregistration['reason'] !== deceasedReason;
  if (!Array.isArray(referred) || ended) return [];
  return (referred as readonly unknown[]).flatMap((each) =>
    isObject(each) && typeof each['type'] === 'string' && typeof each['value'] === 'string'
      ? [{ type: each['type'], value: each['value'] }]
      : [],
  );
}

/** KV Avregistreringsorsak: the person has died. */
const deceasedReason = 'AV';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [key in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [key in Key]: Value });
}

/** The named fields that are strings with something in them; undefined when none is. */
function strings<Key extends string>(
  value: unknown,
  keys: readonly Key[],
): { [key in Key]?: string } | undefined {
  if (!isObject(value)) return undefined;
  const found: { [key in Key]?: string } = {};
  for (const key of keys) {
    const text = value[key];
    if (typeof text === 'string' && text.trim() !== '') found[key] = text.trim();
  }
  return Object.keys(found).length > 0 ? found : undefined;
}
