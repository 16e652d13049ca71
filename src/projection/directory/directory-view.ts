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
  readonly assignments: readonly {
    readonly hsaId: HsaId;
    readonly unit: HsaId;
    readonly titles: readonly string[];
  }[];
};
