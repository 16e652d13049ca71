import type { Parameters } from 'fhir/r4.js';
import { visible } from '../../access/choke-point.js';
import type { Directory } from '../../directory/organisation.js';
import type { RecordedNpoDecision } from '../../process/case/npo-decision.js';
import type { CaseState } from '../../process/case/state.js';
import type { HsaId, Uuid } from '../../process/vocabulary.js';
import { codeSystems, coding } from '../../projection/codes/codes.js';
import { hubReference, staffReference } from '../../projection/references.js';
import { notForCaller, type ReadingOperation } from '../operations/reading-operation.js';

type Row = {
  readonly personId: Uuid | null;
  readonly seen: boolean;
  /** False of a case that is frozen, which is seen and holds nothing personal. */
  readonly personal: boolean;
  readonly state: CaseState | null;
};

/** The case as it is, decided by the choke point in the same statement. */
const find = `
  select r.person_id as "personId", c.seen, r.personal, s.state
  from resource as r
  left join stream as s on s.id = r.stream_id
  cross join lateral (select not r.deleted and ${visible('r', '$2')} as seen offset 0) as c
  where r.type = 'CarePlan' and r.id = $1`;

/** Kinds of unit of a municipality that give health care. */
const givesHealthCare: ReadonlySet<string> = new Set(['home-nursing', 'rehabilitation']);

/** CON-16: the hospital, which recorded it, and municipal health care, which looks people up in NPÖ. */
const reads = (state: CaseState, unit: HsaId, directory: Pick<Directory, 'unit'>): boolean => {
  const side = state.participants[unit]?.side;
  if (side === 'hospital') return true;
  return side === 'municipality' && givesHealthCare.has(directory.unit(unit)?.kind ?? '');
};

/** What the patient said of NPÖ, for those whom it concerns. */
export const npoOperation: ReadingOperation = {
  rules: ['CON-9', 'CON-16'],
  sv: 'Visa patientens beslut om nationell patientöversikt (NPÖ), för slutenvården och kommunens hälso- och sjukvård.',
  en: "Shows the patient's decision on NPÖ, the national patient overview, to the hospital and to municipal health care.",
  returns: 'Parameters',
  returned: 'Parameters `agrees`, `form`, `givenBy`, `recorded` (when), and `recordedBy`.',
  async read({ database, kinds, access, caseId, directory }) {
    const { rows } = await database.prepared<Row>('npo-find', find, [caseId, access.units]);
    const [row] = rows;
    if (row === undefined) return undefined;
    const { personId, seen, personal, state } = row;
    if (!seen) return notForCaller(personId);
    const mayRead = state !== null && access.units.some((unit) => reads(state, unit, directory));
    const decision = personal && mayRead ? kinds.of(state).npo?.decision(state) : undefined;
    if (decision === undefined) return { personId, fault: 'no-npo-decision', rule: 'CON-16' };
    return { personId, answer: parametersOf(decision) };
  },
};

const parametersOf = ({ agrees, form, givenBy, at, by }: RecordedNpoDecision): Parameters => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'agrees', valueBoolean: agrees },
    { name: 'form', valueCoding: coding(codeSystems.decisionForm, form) },
    { name: 'givenBy', valueCoding: coding(codeSystems.decisionGivenBy, givenBy) },
    { name: 'recorded', valueDateTime: at },
    { name: 'recordedBy', valueReference: by.kind === 'user' ? staffReference(by) : hubReference(by) },
  ],
});
