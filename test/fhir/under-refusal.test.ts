import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Bundle,
  CapabilityStatement,
  FhirResource,
  OperationOutcome,
  ParametersParameter,
} from 'fhir/r4.js';
import { operationDefinitions } from '../support/operations.js';
import type { OperationName } from '../support/operations.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { directoryId, practitionerRoleId } from '../../src/projection/identity.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { carePlan, consent, informed, parameters, staff } from '../support/svu.js';

/**
 * CON-5 at every door: a case under refusal of each policy, and everything that a receiver gets of it by search with every include,
 * read, history, earlier versions, operations and refusals, looked through for what leads to what may not be shared.
 */

const reason = 'Höftfraktur efter fall';
const doctor = staff.doctor.user;
const regions = {
  skane: {
    patient: '193406129829',
    nurse: 'SE4999000013-P001',
    ward: 'SE4999000013-W101',
    next: 'SE4999000013-W102',
    consultant: 'SE4999000013-W103',
    hidden: ['Medicinavdelningen', 'Ortopedavdelningen', 'Geriatriska avdelningen'],
  },
  norrbotten: {
    patient: '192908059831',
    nurse: 'SE4999001011-P001',
    ward: 'SE4999001011-W101',
    next: undefined,
    consultant: 'SE4999000013-W103',
    hidden: ['Geriatriska avdelningen', 'Informationsbroschyr', 'patient-information'],
  },
  vasterbotten: {
    patient: '193309019903',
    nurse: 'SE4999002019-P001',
    ward: 'SE4999002019-W101',
    next: undefined,
    consultant: 'SE4999000013-W103',
    hidden: ['Geriatriska avdelningen', 'Informationsbroschyr', 'patient-information'],
  },
} as const;

const directoryTypes = new Set(['Organization', 'Location', 'Practitioner', 'PractitionerRole']);

/** What is shared about a person: not the directory, the published codes, or the trail, which is reviewed by rights of its own. */
const isOfPersons = (type: string, parameters: readonly { readonly name: string }[]): boolean =>
  type === 'Patient' || (type !== 'AuditEvent' && parameters.some(({ name }) => name === 'patient'));

/** A discharge under refusal says where to (SVU-21). */
const kept = new Set(['discharge dischargedTo']);

let hub: TestHub;
let statement: CapabilityStatement;
beforeAll(async () => {
  hub = await startHub();
  statement = (await hub.http().get('/fhir/metadata')).body as CapabilityStatement;
});
afterAll(() => hub.stop());

const at = async (user: string, unit: string) => {
  const token = await hub.user(user, unit);
  return {
    get: async (path: string) => await hub.http().get(`/fhir/${path}`).set('authorization', token),
    post: async (path: string, body: object) =>
      await hub
        .http()
        .post(`/fhir/${path}`)
        .set('authorization', token)
        .set('content-type', 'application/fhir+json')
        .send(JSON.stringify(body)),
  };
};
const unitIs = (hsaId: string) => ({
  name: 'unit',
  valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: hsaId } },
});

/** What must have happened before anything can be looked at. */
function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

describe.each(Object.entries(regions))('a case under refusal in %s', (policy, region) => {
  const admitted = new Date(Date.now() - 30 * 3600_000);
  let caseId = '';
  let patient = '';

  beforeAll(async () => {
    const nurse = await at(region.nurse, region.ward);
    const told = {
      kind: 'admitted',
      person: { type: 'personnummer', value: region.patient },
      visit: `VISIT-${policy}`,
      ward: region.ward,
      admittedAt: admitted.toISOString(),
      occurredAt: admitted.toISOString(),
      sender: 'MELIOR-TEST',
      messageId: `M-${policy}`,
    } as const;
    await hub.tell(factTopics.stay, told);
    const plan = carePlan(region.patient);
    const opened = await nurse.post('CarePlan', {
      ...plan,
      period: { ...plan.period, start: admitted.toISOString() },
      description: reason,
    });
    demand(opened.status === 201, opened.text);
    caseId = (opened.body as { id: string }).id;
    patient = (opened.body as { subject: { reference: string } }).subject.reference;
    const refusal = { ...consent(caseId, 'refusal'), policyRule: { text: 'Lag (2017:612)' } };
    const done = [
      await nurse.post(`CarePlan/${caseId}/$record-patient-information`, informed),
      await nurse.post('Consent', refusal),
      await nurse.post(`CarePlan/${caseId}/$publish-admission-notice`, parameters()),
      await nurse.post(`CarePlan/${caseId}/$add-participant`, parameters(unitIs(region.consultant))),
      await nurse.post(
        `CarePlan/${caseId}/$change-planned-discharge`,
        parameters({ name: 'date', valueDate: new Date(Date.now() + 864e5 * 9).toISOString().slice(0, 10) }),
      ),
      await nurse.post(`CarePlan/${caseId}/$remove-participant`, {
        ...parameters(unitIs(region.consultant), { name: 'confirmed', valueBoolean: true }),
      }),
    ];
    for (const { status, text } of done) demand(status < 300, text);
    if (region.next !== undefined) {
      const moved = { kind: 'transferred', ward: region.next, messageId: `M2-${policy}` } as const;
      const when = new Date(admitted.getTime() + 3600_000).toISOString();
      const { admittedAt: _admission, ...rest } = told;
      const { outcome } = await hub.tell(factTopics.stay, { ...rest, ...moved, occurredAt: when });
      demand(outcome === 'stay-recorded, change-ward', String(outcome));
    }
  });

  const wards = [region.ward, ...(region.next === undefined ? [] : [region.next])];
  const hiddenUnits = [region.consultant, ...(policy === 'skane' ? wards : [])];
  const needles = [
    reason,
    ...region.hidden,
    `VISIT-${policy}`,
    ...hiddenUnits.flatMap((unit) => [unit, directoryId(unit)]),
    ...[region.nurse, doctor].flatMap((person) => [person, directoryId(person)]),
    ...wards.map((unit) => practitionerRoleId(region.nurse, unit)),
    ...(policy === 'skane' ? [] : [admitted.toISOString().slice(0, 13)]),
  ];
  const leaks = (where: string, text: string): readonly string[] =>
    needles.filter((needle) => text.includes(needle)).map((needle) => `${where}: ${needle}`);

  const receivers = [staff.healthCentre, staff.municipality];

  it.each(receivers)('CON-5: $unit reads nothing that the policy does not list, at any door', async (who) => {
    const receiver = await at(who.user, who.unit);
    const found: string[] = [];
    const seen = new Set<string>();
    for (const { type, searchParam = [], searchInclude = [] } of statement.rest?.[0]?.resource ?? []) {
      if (!isOfPersons(type, searchParam)) continue;
      const byPatient = type === 'Patient' ? [] : [`patient=${patient}`];
      const query = [...byPatient, ...searchInclude.map((each) => `_include=${each}`), '_count=200'].join(
        '&',
      );
      const answer = await receiver.get(`${type}?${query}`);
      expect([type, answer.status]).toEqual([type, 200]);
      found.push(...leaks(`search ${type}`, answer.text));
      const entries = (answer.body as Bundle).entry?.map(({ resource }) => resource as FhirResource) ?? [];
      for (const { resourceType, id } of entries) {
        if (directoryTypes.has(resourceType) || seen.has(`${resourceType}/${id}`)) continue;
        seen.add(`${resourceType}/${id}`);
        const history = await receiver.get(`${resourceType}/${id}/_history`);
        found.push(...leaks(`history ${resourceType}`, history.text));
        found.push(...leaks(`read ${resourceType}`, (await receiver.get(`${resourceType}/${id}`)).text));
        for (const { resource } of (history.body as Bundle).entry ?? []) {
          const version = resource?.meta?.versionId ?? '1';
          const earlier = await receiver.get(`${resourceType}/${id}/_history/${version}`);
          found.push(...leaks(`vread ${resourceType}`, earlier.text));
        }
      }
    }
    expect([...new Set(found)]).toEqual([]);
    const types = [...seen].map((each) => each.split('/')[0]);
    expect(types).toEqual(
      expect.arrayContaining(['CarePlan', 'CareTeam', 'Communication', 'Consent', 'Task']),
    );
  });

  it.each(receivers)('CON-5: $unit finds no case by a unit that it may not know', async (who) => {
    const receiver = await at(who.user, who.unit);
    const found: string[] = [];
    for (const { type, searchParam = [] } of statement.rest?.[0]?.resource ?? []) {
      if (!isOfPersons(type, searchParam)) continue;
      for (const { name, type: kind } of searchParam) {
        if (kind !== 'reference') continue;
        for (const unit of hiddenUnits) {
          const answer = await receiver.get(
            `${type}?${name}:identifier=urn:oid:1.2.752.29.4.19|${unit}&_total=accurate`,
          );
          const byId = await receiver.get(
            `${type}?${name}=Organization/${directoryId(unit)}&_total=accurate`,
          );
          for (const { status, body } of [answer, byId]) {
            if (status === 200 && (body as Bundle).total !== 0) found.push(`${type}?${name}`);
          }
        }
      }
    }
    expect(found).toEqual([]);
  });

  const texts = Object.entries(operationDefinitions).flatMap(([operation, { parameters: all }]) =>
    all
      .filter(({ type, name }) => type === 'string' && !kept.has(`${operation} ${name}`))
      .map(({ name }) => [operation, name] as const),
  );
  it.each(texts)(
    'CON-5: $%s refuses a %s that would be shared with nobody, and says where',
    async (operation, name) => {
      const nurse =
        region.next === undefined
          ? await at(region.nurse, region.ward)
          : await at(staff.otherWard.user, region.next);
      const day = new Date(Date.now() + 864e5 * 8).toISOString().slice(0, 10);
      const given: Readonly<Record<string, ParametersParameter>> = {
        informed: { name: 'informed', valueBoolean: false },
        date: { name: 'date', valueDate: day },
        expectedDischarge: { name: 'expectedDischarge', valueDate: day },
        dischargedAt: { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
        form: { name: 'form', valueCode: 'early-end' },
        unit: unitIs('SE4999000039-M101'),
        confirmed: { name: 'confirmed', valueBoolean: true },
      };
      const asked = operationDefinitions[operation as OperationName].parameters.flatMap(
        (each) => given[each.name] ?? [],
      );
      const answer = await nurse.post(
        `CarePlan/${caseId}/$${operation}`,
        parameters(...asked, { name, valueString: 'Sagt i förtroende' }),
      );
      const impossible = [
        'not-ready',
        'not-discharged',
        'already-published',
        'only-outpatient-names-contact',
      ];
      expect(answer.text).not.toContain('Sagt i förtroende');
      const [issue] = (answer.body as OperationOutcome).issue;
      const code = issue?.details?.coding?.at(-1)?.code ?? '';
      if (impossible.includes(code) || operation === 'name-contact') return;
      expect([answer.status, code]).toEqual([422, 'refusal-shares-minimum']);
      expect(issue?.expression).toEqual([`Parameters.parameter.where(name='${name}')`]);
    },
  );

  it('CON-5: an operation does not tell which unit of the hospital takes part, by its answer or by its refusal', async () => {
    const receiver = await at(staff.municipality.user, staff.municipality.unit);
    const units = [...wards, region.consultant, 'SE4999000013-E101', 'SE4999001011-W101'];
    for (const operation of ['$add-participant', '$remove-participant']) {
      const answers = new Set<string>();
      for (const unit of units) {
        const confirmed = operation === '$add-participant' ? [] : [{ name: 'confirmed', valueBoolean: true }];
        const answer = await receiver.post(`CarePlan/${caseId}/${operation}`, {
          resourceType: 'Parameters',
          parameter: [unitIs(unit), ...confirmed],
        });
        answers.add(`${answer.status} ${JSON.stringify((answer.body as { issue?: unknown }).issue)}`);
      }
      expect([...answers]).toEqual([expect.stringMatching(/^403 .*hospital-unit-hidden/u)]);
    }
    const added = await receiver.post(`CarePlan/${caseId}/$add-participant`, {
      resourceType: 'Parameters',
      parameter: [unitIs(staff.homeNursing.unit)],
    });
    expect(added.status).toBe(200);
    expect(leaks('$add-participant', added.text)).toEqual([]);
  });
});
