import { stated } from '../case/event.js';
import { reject } from '../rejections/rejection.js';
import type { Rejected } from '../rejections/rejection.js';
import type { Side } from '../vocabulary.js';

/** MSG-8: what may be ordered as single home visits; all else goes by a SIP (SIP-23). */
export const homeVisitMeasures = [
  'eye-drops',
  'ear-drops',
  'injection',
  'dressing',
  'suture-removal',
  'sampling',
] as const;

/** For how many weeks. */
const [fewestWeeks, mostWeeks] = [1, 4];

/** The parts of SBAR, and why the visits are needed. */
export const orderTexts = ['situation', 'background', 'assessment', 'recommendation', 'reason'] as const;

/** An order of single home visits, as it was said. */
export type HomeVisitOrder = Readonly<Record<(typeof orderTexts)[number], string>> & {
  readonly measure: (typeof homeVisitMeasures)[number];
  readonly weeks: number;
  /** Whether a doctor of primary care has to follow it up; then it is no single visit. */
  readonly doctorFollowsUp: boolean;
};

/** An order as far as a client said it. */
export type AskedOrder = Partial<HomeVisitOrder>;

/**
 * The order, or why single home visits cannot be ordered so: only by the hospital or outpatient care, from the municipality, within the list
 * and the weeks.
 */
export function orderOf(
  asked: AskedOrder,
  { side, to }: { readonly side: Side; readonly to: readonly { readonly side: Side }[] },
): HomeVisitOrder | Rejected {
  if (side !== 'hospital' && side !== 'outpatient') return reject('home-visits-ordered-by-region');
  if (to.some((each) => each.side !== 'municipality'))
    return reject('home-visits-of-municipality', { field: 'to' });
  const field = 'order';
  const { measure, weeks, doctorFollowsUp } = asked;
  const [situation, background, assessment, recommendation, reason] = orderTexts.map((part) =>
    stated(asked[part]),
  );
  if (
    situation === undefined ||
    background === undefined ||
    assessment === undefined ||
    recommendation === undefined ||
    reason === undefined ||
    weeks === undefined ||
    doctorFollowsUp === undefined
  )
    return reject('home-visit-order-incomplete', { field });
  const single = Number.isInteger(weeks) && weeks >= fewestWeeks && weeks <= mostWeeks && !doctorFollowsUp;
  if (measure === undefined || !homeVisitMeasures.includes(measure) || !single)
    return reject('home-visits-by-sip', { field });
  return { situation, background, assessment, recommendation, reason, measure, weeks, doctorFollowsUp };
}
