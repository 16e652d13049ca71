import type { Communication } from 'fhir/r4.js';
import { extensions, identifierSystems } from '../../src/projection/codes/codes.js';
import { staff, type Who } from './staff.js';

const unitOf = (who: Who) => ({ identifier: { system: identifierSystems.hsa, value: staff[who].unit } });

/** What is said of a message; the rest is as clients send it. */
type Written = {
  readonly to?: readonly Who[];
  /** Left out: the extension is not sent. Empty: nobody is asked. */
  readonly acknowledgedBy?: readonly Who[];
  readonly answers?: string;
  readonly text?: string;
  readonly more?: Partial<Communication>;
};

/** What a client posts to write to others of a case: to all, unless some are named. */
export function messageTo(
  caseId: string,
  { to = [], acknowledgedBy, answers, text = 'Kan ni ta emot på torsdag?', more = {} }: Written = {},
): Communication {
  const url = extensions.acknowledgedBy;
  const extension =
    acknowledgedBy?.length === 0
      ? [{ url, valueBoolean: false }]
      : acknowledgedBy?.map((who) => ({ url, valueReference: unitOf(who) }));
  return {
    resourceType: 'Communication',
    status: 'completed',
    basedOn: [{ reference: `CarePlan/${caseId}` }],
    payload: [{ contentString: text }],
    ...(extension === undefined ? {} : { extension }),
    ...(to.length > 0 ? { recipient: to.map(unitOf) } : {}),
    ...(answers === undefined ? {} : { inResponseTo: [{ reference: `Communication/${answers}` }] }),
    ...more,
  };
}
