import type { LocalDate } from '../vocabulary.js';

/** What liability for payment depends on (PAY-2). */
type PaymentCondition = 'admission-notice-in-time' | 'ready-sent' | 'contact-named' | 'sip-invitation';

/** `statutory`: by days after ready; `average`: by the month's average of the municipality, which one case does not decide (PAY-3). */
export type PaymentModel = 'statutory' | 'average' | 'none';

/** What liability of a municipality is counted from in one case; no amounts. Every figure is traced to notices by their keys (PAY-9). */
export type PaymentBasis = {
  readonly model: PaymentModel;
  /** `met` left out: the hub does not know. */
  readonly conditions: readonly {
    readonly condition: PaymentCondition;
    readonly met?: boolean;
    readonly notices: readonly string[];
  }[];
  /** The day that ready counts for (PAY-1, PAY-4), with the notice that it is counted from. */
  readonly dayZero?: { readonly day: LocalDate; readonly notice?: string };
  /** The first day of liability under the statutory model, as far as the hub knows its conditions; left out where one is not met. */
  readonly liableFrom?: LocalDate;
  /** The day on which the patient left. */
  readonly leftOn?: LocalDate;
  /** Calendar days from day zero to the day on which the patient left. */
  readonly daysReady?: number;
  /** Notices that count no more: of a ready that was withdrawn (PAY-7) or has another day since. */
  readonly withdrawn: readonly string[];
};
