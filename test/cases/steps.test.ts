import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Consent, QuestionnaireResponse, Task } from 'fhir/r4.js';
import type { LiveDirectory } from '../../src/directory/live-directory.js';
import {
  codeSystems,
  coding,
  extensions,
  harmAssessmentQuestionnaire,
} from '../../src/projection/codes/codes.js';
import { localDateOf } from '../../src/process/time.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import {
  as,
  carePlan,
  codesOf,
  consent,
  informed,
  opened,
  parameters,
  published,
  staff,
} from '../support/svu.js';

/** A day that lies ahead. */
const ahead = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

let hub: TestHub;
/** Both live in Ljungåsa, whose two inboxes the tests act for. */
const astrid = '193406129829';
const borje = '194102039817';
const numbers = [
  '194711199846',
  '192908059831',
  '193804289860',
  '195209179851',
  '194401309887',
  '193612229876',
  '195007149908',
  '196311909847',
  '195506069953',
  '194910129974',
  '196002299862',
  '195707239991',
  '196204189887',
  '193309019903',
];
const person = (): string => {
  const number = numbers.shift();
  if (number === undefined) throw new Error('the tests have used up the region');
  return number;
};
const hsa = (value: string) => ({ identifier: { system: 'urn:oid:1.2.752.29.4.19', value } });
const today = (): string => localDateOf(new Date().toISOString());
const discharge = (...more: Parameters<typeof parameters>) =>
  parameters(
    { name: 'dischargedAt', valueDateTime: new Date(Date.now() - 60_000).toISOString() },
    { name: 'form', valueCode: 'discharge' },
    { name: 'dischargedTo', valueString: 'Hemmet' },
    ...more,
  );

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

/** A harm assessment with its answers contained. */
function harmAssessment(caseId: string, assessor: string, changes: Partial<Consent> = {}): Consent {
  const answers: QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse',
    id: 'answers',
    questionnaire: harmAssessmentQuestionnaire,
    status: 'completed',
    item: [{ linkId: 'reason-consent-unavailable', answer: [{ valueString: 'Medvetslös' }] }],
  };
  const { extension: _none, ...basis } = consent(caseId);
  return {
    ...basis,
    category: [{ coding: [coding(codeSystems.decision, 'harm-assessment')] }],
    contained: [answers],
    sourceReference: { reference: '#answers' },
    performer: [hsa(assessor)],
    ...changes,
  };
}

describe('information and decision', () => {
  it('CON-1, SVU-4: the notice needs the information and a decision, in words the client can act on', async () => {
    const id = await opened(hub, person());
    const nurse = await as(hub, 'nurse');
    const publish = () => nurse.post(`CarePlan/${id}/$publish-admission-notice`, undefined);
    expect(codesOf(await publish())).toEqual(['SVU-4', 'information-missing']);
    const no = await nurse.post(
      `CarePlan/${id}/$record-patient-information`,
      parameters({ name: 'informed', valueBoolean: false }),
    );
    expect([no.status, codesOf(no)]).toEqual([422, ['CON-1', 'information-reason-required']]);
    expect(no.body.issue[0].expression).toEqual(["Parameters.parameter.where(name='reason')"]);
    expect((await nurse.post(`CarePlan/${id}/$record-patient-information`, informed)).status).toBe(200);
    expect(codesOf(await publish())).toEqual(['SVU-4', 'decision-missing']);
  });

  it('CON-2, CON-12: a new decision ends the one before; who, when and how are kept', async () => {
    const id = await opened(hub, person());
    const nurse = await as(hub, 'nurse');
    const first = await nurse.post('Consent', consent(id));
    expect([first.status, codesOf(first)]).toEqual([201, []]);
    expect(first.headers['location']).toContain(`/Consent/${first.body.id}/_history/`);
    expect(JSON.stringify(first.body)).toContain('"oral"');
    expect(first.body.policyRule.coding[0].code).toBe('skane');
    const second = await nurse.post('Consent', consent(id, 'refusal'));
    expect(second.body.provision.type).toBe('deny');
    expect((await nurse.get(`Consent/${first.body.id}`)).body.status).toBe('inactive');
  });

  it('CON-3, CON-13: licensed staff make a harm assessment, with the reason; read back, the answers are their own resource', async () => {
    const id = await opened(hub, person());
    const nurse = await as(hub, 'nurse');
    const unlicensed = await nurse.post('Consent', harmAssessment(id, staff.planner.user));
    expect([unlicensed.status, codesOf(unlicensed)]).toEqual([422, ['CON-3', 'assessor-not-licensed']]);
    const nobody = await nurse.post('Consent', harmAssessment(id, 'SE4999000013-P999'));
    expect(codesOf(nobody)).toEqual(['ORG-1', 'reference-unknown']);
    const { contained, ...noAnswers } = harmAssessment(id, staff.doctor.user);
    expect(contained).toHaveLength(1);
    expect((await nurse.post('Consent', noAnswers)).body.issue[0].expression).toEqual(['Consent.contained']);
    const made = await nurse.post('Consent', harmAssessment(id, staff.doctor.user));
    expect([made.status, codesOf(made)]).toEqual([201, []]);
    const answers = await nurse.get(made.body.sourceReference.reference);
    expect(answers.body.item[0].answer[0].valueString).toBe('Medvetslös');
    expect(answers.body.author.display).toContain('Bertil Källbrink');
  });

  it('CON-3, ORG-9: nor does somebody whose licence the catalogue has no more, whatever the title', async () => {
    const directory = hub.cases.directory as LiveDirectory;
    const { organisation } = directory;
    const people = organisation.people.map((each) =>
      each.hsaId === staff.doctor.user ? { ...each, licences: [] } : each,
    );
    const id = await opened(hub, '194206219919');
    const nurse = await as(hub, 'nurse');
    directory.replace({ ...organisation, people });
    const answer = await nurse.post('Consent', harmAssessment(id, staff.doctor.user));
    directory.replace(organisation);
    expect([answer.status, codesOf(answer)[0]]).toEqual([422, 'CON-3']);
  });

  it('CON-6: a harm assessment does not override a refusal', async () => {
    const id = await opened(hub, person());
    const nurse = await as(hub, 'nurse');
    await nurse.post('Consent', consent(id, 'refusal'));
    const answer = await nurse.post('Consent', harmAssessment(id, staff.doctor.user));
    expect([answer.status, codesOf(answer)]).toEqual([422, ['CON-6', 'harm-assessment-over-refusal']]);
  });

  it('CON-5: under refusal the receivers are told the minimum and never the reason', async () => {
    const id = await opened(hub, person());
    const nurse = await as(hub, 'nurse');
    await nurse.post(`CarePlan/${id}/$record-patient-information`, informed);
    await nurse.post('Consent', consent(id, 'refusal'));
    const answer = await nurse.post(`CarePlan/${id}/$publish-admission-notice`, undefined);
    expect([answer.status, codesOf(answer)]).toEqual([200, []]);
    expect(answer.text).not.toContain('Höftfraktur');
    const { rows } = await hub.store.database.query<{ content: string }>(
      `select content from resource where scope = $1 and type = 'Communication'`,
      [id],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('Höftfraktur');
  });

  it('CON-8: the hospital alone deregisters; nothing new is published without a decision', async () => {
    const id = await published(hub, borje);
    const [nurse, centre] = [await as(hub, 'nurse'), await as(hub, 'homeNursing')];
    const { rows } = await hub.store.database.query<{ content: string }>(
      `select content from resource where scope = $1 and type = 'Consent'`,
      [id],
    );
    const decision = JSON.parse(rows[0]?.content ?? '') as Consent & { id: string };
    const other = await nurse.put(`Consent/${decision.id}`, {
      ...decision,
      status: 'inactive',
      dateTime: '2020-01-01',
    });
    expect([other.status, codesOf(other)]).toEqual([422, ['element-not-changeable']]);
    expect(other.body.issue[0].expression).toEqual(['Consent.dateTime']);
    const receiver = await centre.put(`Consent/${decision.id}`, { ...decision, status: 'inactive' });
    expect([receiver.status, codesOf(receiver)]).toEqual([403, ['CON-8', 'only-hospital-deregisters']]);
    const done = await nurse.put(`Consent/${decision.id}`, { ...decision, status: 'inactive' });
    expect([done.status, done.body.status]).toEqual([200, 'inactive']);
    const moved = await nurse.post(
      `CarePlan/${id}/$change-planned-discharge`,
      parameters({ name: 'date', valueDate: ahead }, { name: 'reason', valueString: 'x' }),
    );
    expect(codesOf(moved)).toEqual(['CON-8', 'no-current-decision']);
  });

  it('CON-2: a Consent of another person than the case is refused', async () => {
    const id = await opened(hub, person());
    const answer = await (
      await as(hub, 'nurse')
    ).post('Consent', {
      ...consent(id),
      patient: { reference: 'Patient/00000000-0000-4000-8000-000000000000' },
    });
    expect([answer.status, answer.body.issue[0].expression]).toEqual([422, ['Consent.patient']]);
  });
});

describe('the case and its to-dos', () => {
  let id = '';
  beforeAll(async () => {
    id = await published(hub, astrid);
  });

  it('ORG-5, ACC-1: a unit acts for itself only', async () => {
    const [nursing, assessor, outsider] = [
      await as(hub, 'homeNursing'),
      await as(hub, 'municipality'),
      await as(hub, 'otherMunicipality'),
    ];
    const [todo] = await nursing.todos(id);
    const done = { ...todo, status: 'completed' };
    const other = await assessor.put(`Task/${todo?.id}`, done);
    expect([other.status, codesOf(other)]).toEqual([403, ['ORG-5', 'todo-of-another-unit']]);
    const unknown = await outsider.put(`Task/${todo?.id}`, done);
    expect([unknown.status, codesOf(unknown)]).toEqual([404, ['ACC-1', 'not-found']]);
    expect(await nursing.todos(id)).toHaveLength(1);
  });

  it('ORG-12: a receiver acknowledges and cannot reject; other elements are named', async () => {
    const nursing = await as(hub, 'homeNursing');
    const [todo] = await nursing.todos(id);
    const no = await nursing.put(`Task/${todo?.id}`, { ...todo, status: 'rejected' });
    expect([no.status, codesOf(no)]).toEqual([422, ['ORG-12', 'receiver-cannot-reject']]);
    const other = await nursing.put(`Task/${todo?.id}`, { ...todo, status: 'completed', priority: 'urgent' });
    expect([other.status, codesOf(other)]).toEqual([422, ['ORG-12', 'todo-change-not-allowed']]);
    expect(other.body.issue[0].expression).toEqual(['Task.priority']);
    const same = await nursing.put(`Task/${todo?.id}`, todo);
    expect([same.status, same.body.status]).toEqual([200, 'requested']);
    const done = await nursing.put(`Task/${todo?.id}`, { ...todo, status: 'completed' });
    expect([done.status, done.body.status]).toEqual([200, 'completed']);
    const back = await nursing.put(`Task/${todo?.id}`, todo);
    expect(codesOf(back)).toEqual(['ORG-12', 'todo-ended']);
  });

  it('SVU-9: a receiver cannot move the day, and a past step is refused by its rule', async () => {
    const assessor = await as(hub, 'municipality');
    const answer = await assessor.post(
      `CarePlan/${id}/$change-planned-discharge`,
      parameters({ name: 'date', valueDate: ahead }, { name: 'reason', valueString: 'x' }),
    );
    expect([answer.status, codesOf(answer)]).toEqual([
      403,
      ['SVU-9', 'only-hospital-changes-planned-discharge'],
    ]);
    const again = await (await as(hub, 'nurse')).post(`CarePlan/${id}/$publish-admission-notice`, undefined);
    expect([again.status, codesOf(again)]).toEqual([422, ['SVU-3', 'already-published']]);
  });

  it('ADR-12, ACC-7: a unit that is added is told; one that is removed loses access at once, also to repeats', async () => {
    const [nurse, added] = [await as(hub, 'nurse'), await as(hub, 'otherHealthCentre')];
    expect((await added.get(`CarePlan/${id}`)).status).toBe(404);
    const unit = { name: 'unit', valueReference: hsa(staff.otherHealthCentre.unit) };
    expect((await nurse.post(`CarePlan/${id}/$add-participant`, parameters(unit))).status).toBe(200);
    expect((await added.get(`CarePlan/${id}`)).status).toBe(200);
    const [todo] = await added.todos(id);
    const first = await added.put(`Task/${todo?.id}`, { ...todo, status: 'completed' }, { key: 'ack' });
    expect(first.status).toBe(200);
    const removed = await nurse.post(
      `CarePlan/${id}/$remove-participant`,
      parameters(
        unit,
        { name: 'confirmed', valueBoolean: true },
        { name: 'reason', valueString: 'Fel område' },
      ),
    );
    expect([removed.status, codesOf(removed)]).toEqual([200, []]);
    expect((await added.get(`CarePlan/${id}`)).status).toBe(404);
    const repeat = await added.put(`Task/${todo?.id}`, { ...todo, status: 'completed' }, { key: 'ack' });
    expect(repeat.status).toBe(404);
    const nobody = await nurse.post(
      `CarePlan/${id}/$add-participant`,
      parameters({ name: 'unit', valueReference: hsa('SE4999000013-X999') }),
    );
    expect([nobody.status, codesOf(nobody)]).toEqual([422, ['ORG-1', 'reference-unknown']]);
  });

  it('ADR-10: a unit removes itself, sees the case no more, and is answered without it', async () => {
    const assessor = await as(hub, 'municipality');
    const answer = await assessor.post(
      `CarePlan/${id}/$remove-participant`,
      parameters(
        { name: 'unit', valueReference: hsa(staff.municipality.unit) },
        { name: 'confirmed', valueBoolean: true },
        { name: 'reason', valueString: 'Fel enhet' },
      ),
    );
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await assessor.get(`CarePlan/${id}`)).status).toBe(404);
  });

  it('SVU-10, SVU-12: ready is reported and withdrawn by the hospital', async () => {
    const nurse = await as(hub, 'nurse');
    const early = await nurse.post(
      `CarePlan/${id}/$withdraw-ready`,
      parameters({ name: 'expectedDischarge', valueDate: ahead }),
    );
    expect(codesOf(early)).toEqual(['SVU-12', 'not-ready']);
    const ready = await nurse.post(
      `CarePlan/${id}/$ready`,
      parameters(
        { name: 'date', valueDate: today() },
        { name: 'doctor', valueReference: hsa(staff.doctor.user) },
      ),
    );
    expect([ready.status, codesOf(ready)]).toEqual([200, []]);
    const withdrawn = await nurse.post(
      `CarePlan/${id}/$withdraw-ready`,
      parameters({ name: 'expectedDischarge', valueDate: ahead }),
    );
    expect([withdrawn.status, withdrawn.body.period.end]).toEqual([200, ahead]);
  });

  it('SVU-21: without a contact who calls to the SIP the discharge is a warning that can be confirmed', async () => {
    const nurse = await as(hub, 'nurse');
    const warned = await nurse.post(`CarePlan/${id}/$discharge`, discharge());
    expect([warned.status, codesOf(warned)]).toEqual([422, ['SVU-21', 'no-contact-calls-to-sip']]);
    const confirmed = await nurse.post(
      `CarePlan/${id}/$discharge`,
      discharge({ name: 'confirmedWarning', valueCode: 'no-contact-calls-to-sip' }),
    );
    expect([confirmed.status, confirmed.body.status]).toEqual([200, 'completed']);
  });

  it('SVU-23, SVU-24: after discharge every part is locked, until the hospital undoes it', async () => {
    const nurse = await as(hub, 'nurse');
    const locked = await nurse.post('Consent', consent(id));
    expect([locked.status, codesOf(locked)]).toEqual([422, ['SVU-23', 'case-locked']]);
    const receiver = await (await as(hub, 'homeNursing')).post(`CarePlan/${id}/$undo-discharge`, undefined);
    expect([receiver.status, codesOf(receiver)]).toEqual([403, ['SVU-24', 'only-hospital-undoes-discharge']]);
    const undone = await nurse.post(`CarePlan/${id}/$undo-discharge`, undefined);
    expect([undone.status, undone.body.status]).toEqual([200, 'active']);
  });
});

it('SVU-2, SVU-24, CON-14: a discharge is not undone while the person has a new case, which needs its own decision', async () => {
  const number = person();
  const id = await published(hub, number);
  const nurse = await as(hub, 'nurse');
  const confirmed = { name: 'confirmedWarning', valueCode: 'no-contact-calls-to-sip' };
  expect((await nurse.post(`CarePlan/${id}/$discharge`, discharge(confirmed))).status).toBe(200);
  const next = await opened(hub, number);
  const answer = await nurse.post(`CarePlan/${id}/$undo-discharge`, undefined);
  expect([answer.status, codesOf(answer)]).toEqual([409, ['SVU-2', 'svu-already-open']]);
  // CON-14: the decision of the stay before does not cover this one.
  await nurse.post(`CarePlan/${next}/$record-patient-information`, informed);
  const publish = await nurse.post(`CarePlan/${next}/$publish-admission-notice`, undefined);
  expect([publish.status, codesOf(publish)]).toEqual([422, ['SVU-4', 'decision-missing']]);
});

it('ACC-2: a draft is seen and changed by the hospital side only', async () => {
  const id = await opened(hub, person());
  for (const who of ['healthCentre', 'municipality'] as const) {
    const other = await as(hub, who);
    expect((await other.get(`CarePlan/${id}`)).status).toBe(404);
    expect(
      (await other.post(`CarePlan/${id}/$annul`, parameters({ name: 'reason', valueString: 'x' }))).status,
    ).toBe(404);
  }
});

it('two writers on one case at the same moment both get an answer, and the case has one history', async () => {
  const id = await published(hub, person());
  const nurse = await as(hub, 'nurse');
  const days = Array.from({ length: 8 }, (_, index) =>
    new Date(Date.now() + (30 + index) * 86_400_000).toISOString().slice(0, 10),
  );
  const answers = await Promise.all(
    days.map((day) =>
      nurse.post(
        `CarePlan/${id}/$change-planned-discharge`,
        parameters({ name: 'date', valueDate: day }, { name: 'reason', valueString: day }),
      ),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(days.map(() => 200));
  const { rows } = await hub.store.database.query<{ type: string; version: number }>(
    `select type, stream_version as version from event where stream_id = $1 order by stream_version`,
    [id],
  );
  expect(rows.filter(({ type }) => type === 'PlannedDischargeChanged')).toHaveLength(days.length);
  expect(rows.map(({ version }) => version)).toEqual(rows.map((_, index) => index + 1));
});

it('SVU-5: the time of the later assessment moves the day the notice is due', async () => {
  const assessed = new Date(Date.now() - 3600_000).toISOString();
  const plan = carePlan(person(), {
    extension: [{ url: extensions.needsAssessed, valueDateTime: assessed }],
  });
  const answer = await (await as(hub, 'nurse')).post('CarePlan', plan);
  const due = answer.body.extension.find(({ url }: { url: string }) => url === extensions.admissionNoticeDue);
  expect(Date.parse(due.valueDateTime)).toBe(Date.parse(assessed) + 24 * 3600_000);
});

it('SVU-5: the ward, and it alone, has a to-do with the time the draft is due, which moves and ends with publishing', async () => {
  const id = await opened(hub, person());
  const nurse = await as(hub, 'nurse');
  const chasing = async (status: string): Promise<Task[]> => {
    const bundle = (await nurse.get(`Task?based-on=CarePlan/${id}&code=publish-admission-notice`))
      .body as Bundle<Task>;
    return (bundle.entry ?? []).flatMap(({ resource }) => (resource?.status === status ? [resource] : []));
  };
  const plan = (await nurse.get(`CarePlan/${id}`)).body as CarePlan;
  const due = plan.extension?.find(({ url }) => url === extensions.admissionNoticeDue)?.valueDateTime;
  const [todo] = await chasing('requested');
  expect(todo?.restriction?.period?.end).toBe(due);
  expect((await (await as(hub, 'municipality')).get(`Task/${todo?.id}`)).status).toBe(404);

  const assessedAt = new Date((hub.time.now ?? new Date()).getTime() - 3600_000).toISOString();
  const assessed = await nurse.post(
    `CarePlan/${id}/$record-needs-assessment`,
    parameters({ name: 'assessedAt', valueDateTime: assessedAt }),
  );
  expect(assessed.status).toBe(200);
  const [moved] = await chasing('requested');
  expect(moved?.restriction?.period?.end).toBe(
    new Date(Date.parse(assessedAt) + 24 * 3600_000).toISOString(),
  );
  const early = await nurse.put(`Task/${todo?.id}`, { ...moved, status: 'completed' });
  expect([early.status, codesOf(early)]).toEqual([422, ['ORG-12', 'todo-ends-by-its-step']]);

  await nurse.post(`CarePlan/${id}/$record-patient-information`, informed);
  await nurse.post('Consent', consent(id));
  expect((await nurse.post(`CarePlan/${id}/$publish-admission-notice`, parameters())).status).toBe(200);
  expect(await chasing('requested')).toEqual([]);
  expect(await chasing('completed')).toHaveLength(1);
});
