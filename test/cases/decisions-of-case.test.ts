import { describe, expect, it } from '@jest/globals';
import type { Consent, QuestionnaireResponse } from 'fhir/r4.js';
import type { LiveDirectory } from '../../src/directory/live-directory.js';
import {
  codeSystems,
  coding,
  extensions,
  harmAssessmentQuestionnaire,
} from '../../src/projection/codes/codes.js';
import { as, codesOf, consent, informed, opened, parameters, published, staff } from '../support/svu.js';
import { ahead, hsa, hub, person } from './steps-setup.js';

const borje = '194102039817';

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
    // What had left already, and to whom.
    const left = (done.body as Consent).extension?.filter(({ url }) => url === extensions.leftBefore) ?? [];
    const told = left.map(({ extension = [] }) => [
      extension[0]?.valueReference?.display,
      extension.slice(1).length > 0,
    ]);
    expect(told).toEqual(expect.arrayContaining([[expect.stringContaining('Hemsjukvård'), true]]));
    expect(JSON.stringify(left)).not.toContain('Medicinavdelningen');
    for (const each of left.flatMap(({ extension = [] }) => extension.slice(1)))
      expect((await nurse.get(each.valueReference?.reference ?? '')).status).toBe(200);
    const moved = await nurse.post(
      `CarePlan/${id}/$change-planned-discharge`,
      parameters({ name: 'date', valueDate: ahead }, { name: 'reason', valueString: 'x' }),
    );
    expect(codesOf(moved)).toEqual(['CON-8', 'no-current-decision']);
  });

  it('CON-8: also after the discharge the consent is withdrawn, or refused; only then the receivers read less (CON-5)', async () => {
    const id = await published(hub, person());
    const [nurse, receiver] = [await as(hub, 'nurse'), await as(hub, 'homeNursing')];
    const joining = { name: 'unit', valueReference: hsa(staff.homeNursing.unit) };
    expect((await nurse.post(`CarePlan/${id}/$add-participant`, parameters(joining))).status).toBe(200);
    const ended = parameters(
      { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
      { name: 'form', valueCode: 'early-end' },
    );
    expect((await nurse.post(`CarePlan/${id}/$discharge`, ended)).status).toBe(200);
    const found = await nurse.get(`Consent?status=active&_count=50`);
    const decision = (found.body.entry as { resource: Consent & { id: string } }[])
      .map(({ resource }) => resource)
      .find((each) => JSON.stringify(each).includes(id));
    if (decision === undefined) throw new Error('no decision');
    const withdrawn = await nurse.put(`Consent/${decision.id}`, { ...decision, status: 'inactive' });
    expect([withdrawn.status, withdrawn.body.status]).toEqual([200, 'inactive']);
    const reason = async () => (await receiver.get(`CarePlan/${id}`)).body.description;
    expect(await reason()).toBe('Höftfraktur efter fall');
    const again = await nurse.post('Consent', consent(id));
    expect([again.status, codesOf(again)]).toEqual([422, ['SVU-23', 'case-locked']]);
    expect((await nurse.post('Consent', consent(id, 'refusal'))).status).toBe(201);
    expect(await reason()).toBeUndefined();
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
