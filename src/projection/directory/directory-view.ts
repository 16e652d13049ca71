import type { HsaId, Side } from '../../process/vocabulary.js';

/** What the directory must tell to be shown; the organisation file's types fit it. Plain data. */
export type ShownDirectory = {
  readonly roles: Readonly<Record<string, { readonly name: string; readonly titles: readonly string[] }>>;
  readonly providers: readonly ShownProvider[];
  readonly units: readonly ShownUnit[];
  readonly people: readonly ShownPerson[];
};

export type ShownProvider = {
  readonly organisationNumber: string;
  readonly name: string;
  readonly hsaId: HsaId;
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

/** What a person of the staff is called where somebody reads it; of who is protected, what care calls that. */
export function displayName(person: Pick<ShownPerson, 'given' | 'surname' | 'protectedPerson'>): string {
  if (person.protectedPerson === true) return 'Skyddade personuppgifter';
  return `${person.given} ${person.surname}`.trim();
}
