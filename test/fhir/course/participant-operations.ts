import * as fc from 'fast-check';
import { cast, moments } from './cast.js';
import {
  asksReason,
  nextWard,
  organisationOf,
  hidesHospital,
  isRefused,
  leave,
  reasons,
  undecided,
  unitsOf,
  unkept,
  type Asked,
  type ModelCase,
} from './model.js';
import { maybe, mostly, nobody, operation } from './operation.js';

/** Who takes part, and the contacts of outpatient care (ADR-10, ADR-11, SVU-8). */

const units = [
  'SE4999000013-W103',
  'SE4999000013-Y101',
  'SE4999000062-G101',
  ...Object.values(cast).map(({ unit }) => unit),
];
const unit = mostly<string>('', 'SE4999000013-S1', nobody).chain((odd) =>
  odd === '' ? fc.constantFrom(...units) : fc.constant(odd),
);
/** Units of the catalogue that have no staff take no part. */
const unknownUnits = new Set(['SE4999000013-S1', nobody]);
const sides = new Map([
  ['SE4999000013-W103', 'hospital' as const],
  ['SE4999000013-Y101', 'outpatient' as const],
  ['SE4999000062-G101', 'other' as const],
  ...Object.values(cast).map((each) => [each.unit, each.side] as const),
]);
export const addUnit = operation('add-participant', fc.record({ unit }), 4, {
  asked: {},
  refusedFor: (of, values, by) =>
    reasons(
      [unknownUnits.has(values.unit), 'reference-unknown'],
      [
        sides.get(values.unit) === 'hospital' && by.side !== 'hospital' && hidesHospital(of),
        'hospital-unit-hidden',
      ],
    ),
  take: (of, values) => {
    const side = sides.get(values.unit) ?? 'other';
    if (of.units.has(values.unit)) return;
    const content = side === 'hospital' || !of.published || of.decision !== undefined;
    of.units.set(values.unit, { side, content });
  },
});

/** SVU-42: whether the case goes to another organisation when its ward leaves it. */
function goesAbroad(of: ModelCase): boolean {
  const next = nextWard(of, of.ward);
  return next !== undefined && organisationOf(next) !== organisationOf(of.ward);
}

export const removeUnit = operation(
  'remove-participant',
  fc.record({
    unit,
    confirmed: fc.constantFrom<(true | undefined)[]>(true, undefined),
    reason: maybe('Fel enhet'),
  }),
  5,
  {
    asked: {},
    refusedFor: (of, { unit: leaving, confirmed, reason }, by) => {
      const side = of.units.get(leaving)?.side;
      const last = side !== undefined && side !== 'other' && unitsOf(of, side).length === 1;
      return reasons(
        // It is in the catalogue, so naming it is no fault: it just takes no part.
        [leaving === nobody, 'reference-unknown'],
        [
          (side ?? sides.get(leaving) ?? 'hospital') === 'hospital' &&
            by.side !== 'hospital' &&
            hidesHospital(of),
          'hospital-unit-hidden',
        ],
        [last && side === 'hospital', 'last-hospital-unit'],
        [
          leaving === of.ward &&
            leaving !== by.unit &&
            (by.side !== 'hospital' || organisationOf(by.unit) !== organisationOf(leaving)),
          'ward-hands-over-itself',
        ],
        ...(side === undefined
          ? ([[reason !== undefined, 'unit-takes-no-part']] as const)
          : unkept(of, reason)),
        [
          of.units.get(leaving)?.preselected === true &&
            leaving !== by.unit &&
            reason === undefined &&
            asksReason(of),
          'preselected-needs-reason',
        ],
        [last && asksReason(of) && (confirmed !== true || reason === undefined), 'last-unit-of-side'],
        [
          side !== undefined &&
            (leaving !== by.unit || last || (leaving === of.ward && goesAbroad(of))) &&
            confirmed !== true,
          'removal-not-confirmed',
        ],
      );
    },
    take: (of, values) => leave(of, values.unit),
  },
);

export const stateHomecoming = operation(
  'state-homecoming',
  fc.record({
    homeAt: fc.constantFrom<(string | undefined)[]>(moments.future, moments.before, undefined),
    met: mostly<boolean | undefined>(true, false, undefined),
  }),
  8,
  {
    asked: { side: ['municipality', 'only-municipality-states-homecoming'], phases: ['published'] },
    needs: ['homeAt', 'met'],
    refusedFor: (of, { homeAt }) =>
      reasons(
        undecided(of),
        [isRefused(of), 'refusal-shares-minimum'],
        [homeAt === moments.before, 'homecoming-passed'],
      ),
    take: () => {},
  },
);

/** ADR-9 */
export const statePlacing = operation(
  'state-placing-municipality',
  fc.record({ municipality: mostly<string | undefined>('1283', undefined, '12', 'abcd') }),
  3,
  {
    asked: {},
    refusedFor: (of, { municipality }, by) =>
      reasons(
        [by.side !== 'hospital' && by.side !== 'municipality', 'placing-not-of-this-side'],
        // ORG-3
        [
          by.side === 'hospital' && organisationOf(by.unit) !== organisationOf(of.ward),
          'step-of-another-organisation',
        ],
        undecided(of),
        [isRefused(of), 'refusal-shares-minimum'],
        [of.sharing === 'minimum', 'publish-in-full-first'],
        [municipality === '12' || municipality === 'abcd', 'municipality-code-of-four'],
      ),
    take: () => {},
  },
);

/** SVU-32: the cases of the courses are of one policy, skane, which has it never said (SVU-27). */
export const reportPlanning = operation(
  'report-planning-done',
  fc.record({ welcomeFrom: maybe(moments.future) }),
  2,
  {
    asked: { phases: ['published'] },
    refusedFor: () => ['planning-not-reported-here'],
    take: () => {},
  },
);

/** SVU-32: skane has no patient information. */
export const handInformationOver = operation(
  'record-information-handed-over',
  fc.record({ handedOverAt: fc.constant(moments.before), to: fc.constantFrom('patient', 'relative') }),
  2,
  {
    asked: { side: ['hospital', 'only-hospital-hands-information-over'], phases: ['published'] },
    refusedFor: () => ['document-not-of-policy'],
    take: () => {},
  },
);

const outpatient: Asked = { side: ['outpatient', 'only-outpatient-names-contact'], phases: ['published'] };
const contact = mostly<string | undefined>(
  cast.ekbacken.user,
  cast.hamnen.user,
  nobody,
  undefined,
  cast.nurse.user,
);

export const nameContact = operation(
  'name-contact',
  fc.record({
    contact,
    callsToSip: mostly<boolean | undefined>(true, false, undefined),
    responsibility: maybe('Läkemedel'),
  }),
  8,
  {
    asked: outpatient,
    needs: ['contact', 'callsToSip'],
    refusedFor: (of, values) =>
      reasons(
        undecided(of),
        [isRefused(of), 'refusal-shares-minimum'],
        [values.contact === nobody, 'reference-unknown'],
        [values.contact === cast.nurse.user, 'contact-not-of-outpatient'],
        [values.callsToSip !== true && values.responsibility === undefined, 'contact-needs-responsibility'],
      ),
    take: (of, values, by) => {
      of.contacts.set(values.contact ?? '', { unit: by.unit, callsToSip: values.callsToSip === true });
    },
  },
);

export const removeContact = operation('remove-contact', fc.record({ contact }), 5, {
  asked: outpatient,
  needs: ['contact'],
  refusedFor: (of, values) =>
    reasons(
      [values.contact === nobody, 'reference-unknown'],
      [!of.contacts.has(values.contact ?? ''), 'contact-not-named'],
    ),
  take: (of, values) => {
    of.contacts.delete(values.contact ?? '');
  },
});
