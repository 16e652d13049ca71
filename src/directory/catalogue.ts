import type { HsaId, Instant } from '../process/vocabulary.js';

/** A unit as the catalogue described it last. */
export type CatalogueUnit = {
  readonly unit: HsaId;
  readonly found: boolean;
  readonly name?: string;
  readonly endsAt?: Instant;
  readonly archived?: boolean;
  /** Absent of a unit that is found: it belongs to no care unit, so nobody has a care assignment there. */
  readonly healthCareUnit?: HsaId;
};

/** One of the staff as the catalogue described him or her last; `readAt` when it last said so. */
export type CataloguePractitioner = {
  readonly practitioner: HsaId;
  readonly found: boolean;
  readonly protectedPerson?: boolean;
  readonly name?: { readonly given?: string; readonly surname: string };
  readonly titles?: readonly string[];
  readonly licences?: readonly string[];
  readonly assignments?: readonly {
    readonly hsaId: HsaId;
    readonly unit: HsaId;
    readonly purpose: string;
    readonly endsAt?: Instant;
  }[];
  readonly readAt: Instant;
};

/** What the catalogue told, by HSA-id. */
export type Catalogue = {
  readonly units: ReadonlyMap<HsaId, CatalogueUnit>;
  readonly practitioners: ReadonlyMap<HsaId, CataloguePractitioner>;
};

/** Where titles, licences and assignments of the staff come from. */
export type StaffRules = {
  /** `file`: the organisation file alone. `merged`: the catalogue where it told, else the file. `catalogue`: nobody without it. */
  readonly source: 'file' | 'merged' | 'catalogue';
  /** How old what it told may be; from then on the person has no assignment until it answers again. */
  readonly longestAgeMilliseconds: number;
};
