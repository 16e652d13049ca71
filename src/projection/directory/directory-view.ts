import type { HsaId, Responsibility, Service, Side } from '../../process/vocabulary.js';

/** What the directory must tell to be shown; the organisation file's types fit it. Plain data. */
export type ShownDirectory = {
  readonly roles: Readonly<Record<string, { readonly name: string; readonly titles: readonly string[] }>>;
  readonly providers: readonly ShownProvider[];
  readonly units: readonly ShownUnit[];
  readonly people: readonly ShownPerson[];
  /** Which units receive for a municipality, and the kinds of service of each (ORG-7). */
  readonly municipalities: readonly {
    readonly inboxes: readonly { readonly unit: HsaId; readonly serves: readonly Service[] }[];
  }[];
};

export type ShownProvider = {
  readonly organisationNumber: string;
  readonly name: string;
  readonly hsaId: HsaId;
  /** Outside health and social care (ORG-10). */
  readonly weakerSecrecy?: boolean;
};

export type ShownUnit = {
  readonly hsaId: HsaId;
  readonly name: string;
  readonly organisationNumber: string;
  readonly parent?: HsaId;
  readonly side: Side;
  readonly kind: string;
  readonly telephone?: string;
  readonly active: boolean;
  /** Active roles and what each may do for the unit (ORG-2). */
  readonly roles: Readonly<Record<string, readonly Responsibility[]>>;
};

export type ShownPerson = {
  readonly hsaId: HsaId;
  readonly given: string;
  readonly surname: string;
  /** The name is shown to nobody and found by nobody; the HSA-id is. */
  readonly protectedPerson?: boolean;
  readonly assignments: readonly {
    readonly hsaId: HsaId;
    readonly unit: HsaId;
    readonly titles: readonly string[];
  }[];
};

/** What stands for the name of staff who are protected, where a text must stand: what care calls that. */
export const withheldName = 'Skyddade personuppgifter';

/**
 * Whether the name of somebody of the staff may be shown: what the directory says of the person now. Of whom it does not know,
 * nobody has said that they are not protected.
 */
export const isNamed = (person: Pick<ShownPerson, 'protectedPerson'> | undefined): boolean =>
  person !== undefined && person.protectedPerson !== true;

/** What a person of the staff is called where somebody reads it. */
export function displayName(person: Pick<ShownPerson, 'given' | 'surname' | 'protectedPerson'>): string {
  if (!isNamed(person)) return withheldName;
  return `${person.given} ${person.surname}`.trim();
}
