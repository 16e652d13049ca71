import type { Parameters } from 'fhir/r4.js';
import type { Directory } from '../../directory/organisation.js';
import type { RecordedNpoDecision } from '../../process/case/npo-decision.js';
import type { CaseState } from '../../process/case/state.js';
import type { HsaId } from '../../process/vocabulary.js';
import { codeSystems, coding } from '../../projection/codes/codes.js';
import { hubReference, staffReference } from '../../projection/references.js';
import { findCase } from '../operations/find-case.js';
import { notForCaller, type ReadingOperation } from '../operations/reading-operation.js';

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
    const found = await findCase(database, access, caseId);
    if (found === undefined) return undefined;
    const { personId, seen, state } = found;
    if (!seen) return notForCaller(personId);
    const mayRead = state !== undefined && access.units.some((unit) => reads(state, unit, directory));
    const decision = mayRead ? kinds.of(state).npo?.decision(state) : undefined;
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
