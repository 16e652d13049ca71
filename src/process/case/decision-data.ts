import type { HsaId } from '../vocabulary.js';

/** The one current decision of a case (CON-2), who gave it and how (CON-12), and what a harm assessment needs (CON-3, CON-4, CON-13). */
export type DecisionData =
  | {
      readonly kind: 'consent' | 'refusal';
      readonly form: 'oral' | 'written';
      readonly givenBy: 'patient' | 'guardian' | 'legal-representative';
    }
  | {
      readonly kind: 'harm-assessment';
      readonly assessor: HsaId;
      readonly assessorName: string;
      readonly assessorTitle: string;
      readonly assessorLicensed: boolean;
      readonly reasonConsentUnavailable: string;
      /** Answers to the two questions of CON-4, where asked. */
      readonly mayHarm?: boolean;
      readonly necessary?: boolean;
    }
  | { readonly kind: 'secrecy-breaking-rule'; readonly law: 'LPT' | 'LRV' };
