import { describe, expect, it } from '@jest/globals';
import type { Consent } from 'fhir/r4.js';
import { codeSystems, coding, extensions, identifierSystems } from '../../src/projection/codes/codes.js';
import { answersOf, assessment } from '../support/harm-assessment.js';
import { consent, staff } from '../support/svu.js';
import { caseId, decision, expressions, nurse, task } from './decision-meaning-setup.js';

const unknown = [{ url: 'https://example.org/fhir/StructureDefinition/only-until', valueDate: '2026-12-01' }];

it.each(['municipality', 'otherRegion'] as const)(
  'CON-3: a harm assessment of the hospital is not made by %s',
  async (who) => {
    const user = staff[who].user;
    const performer = [{ identifier: { system: identifierSystems.hsa, value: user } }];
    const answer = await nurse.post('Consent', assessment(caseId, answersOf(), { performer }));
    expect([answer.status, ...expressions(answer)]).toEqual([422, 'Consent.performer[0]']);
    expect(answer.text).toContain('assessor-of-another-organisation');
  },
);

describe('CON-2: a decision is stored with its whole meaning or not at all', () => {
  const deny = { type: 'deny' as const };
  const provision = (more: object) => ({ provision: { ...consent(caseId).provision, ...more } });
  const answer = (valueString: string) => ({ valueString });
  const other = { reference: 'Patient/3f0c1a0e-9d55-4b0b-8a53-0b7c3d0f6e21' };
  const category = (...codes: ('consent' | 'refusal')[]) =>
    codes.map((code) => ({ coding: [coding(codeSystems.decision, code)] }));
  const item = (changes: object) => [
    { ...answersOf().item?.[0], linkId: 'reason-consent-unavailable', ...changes },
  ];
  const oral = { url: extensions.decisionForm, valueCoding: coding(codeSystems.decisionForm, 'oral') };
  const written = { url: extensions.decisionForm, valueCoding: coding(codeSystems.decisionForm, 'written') };

  const limits: readonly (readonly [string, () => Consent, string])[] = [
    [
      'a case whose reference has an identifier of another beside it',
      () => {
        const reference = {
          reference: `CarePlan/${caseId}`,
          identifier: { system: 'https://example.org/plans', value: 'another' },
        };
        return consent(caseId, 'consent', provision({ data: [{ meaning: 'related', reference }] }));
      },
      'Consent.provision.data',
    ],
    [
      'a nested deny',
      () => consent(caseId, 'consent', provision({ provision: [deny] })),
      'Consent.provision.provision',
    ],
    [
      'a period',
      () => consent(caseId, 'consent', provision({ period: { end: '2026-12-24' } })),
      'Consent.provision.period',
    ],
    [
      'an actor',
      () => consent(caseId, 'consent', provision({ actor: [{ role: { text: 'x' }, reference: other }] })),
      'Consent.provision.actor',
    ],
    [
      'a code',
      () => consent(caseId, 'consent', provision({ code: [{ text: 'x' }] })),
      'Consent.provision.code',
    ],
    [
      'consent and refusal, in two categories',
      () => consent(caseId, 'consent', { category: category('consent', 'refusal') }),
      'Consent.category',
    ],
    [
      'consent and refusal, in one category',
      () =>
        consent(caseId, 'consent', {
          category: [{ coding: category('consent', 'refusal').flatMap(({ coding: codings }) => codings) }],
        }),
      'Consent.category',
    ],
    [
      'words that limit it',
      () =>
        consent(caseId, 'consent', { category: [{ ...category('consent')[0], text: 'Bara hemtjänsten' }] }),
      'Consent.category[0].text',
    ],
    [
      'a word that contradicts the code',
      () =>
        consent(caseId, 'consent', {
          category: [{ coding: [{ ...coding(codeSystems.decision, 'consent'), display: 'Nekat samtycke' }] }],
        }),
      'Consent.category[0].coding[0].display',
    ],
    [
      'another scope',
      () => consent(caseId, 'consent', { scope: { coding: [{ code: 'research' }] } }),
      'Consent.scope',
    ],
    [
      'another rule',
      () => consent(caseId, 'consent', { policyRule: { text: 'Bara till fredag' } }),
      'Consent.policyRule.text',
    ],
    [
      'both forms',
      () => consent(caseId, 'consent', { extension: [...(consent(caseId).extension ?? []), written] }),
      'Consent.extension[2]',
    ],
    ['a time gone by', () => consent(caseId, 'consent', { dateTime: '2020-01-01' }), 'Consent.dateTime'],
    [
      'another organisation',
      () =>
        consent(caseId, 'consent', {
          organization: [{ identifier: { system: identifierSystems.hsa, value: staff.otherWard.unit } }],
        }),
      'Consent.organization[0]',
    ],
    ['another patient', () => consent(caseId, 'consent', { patient: other }), 'Consent.patient'],
    [
      'another one who decides',
      () => consent(caseId, 'consent', { performer: [other] }),
      'Consent.performer[0]',
    ],
    [
      'answers of no harm assessment',
      () => consent(caseId, 'consent', { contained: [answersOf()] }),
      'Consent.contained',
    ],
    [
      'two answers',
      () => assessment(caseId, answersOf({ item: item({ answer: [answer('a'), answer('b')] }) })),
      'Consent.contained[0].item[0].answer',
    ],
    [
      'the question twice',
      () => assessment(caseId, answersOf({ item: [...item({}), ...item({ answer: [answer('Sover')] })] })),
      'Consent.contained[0].item[1]',
    ],
    [
      'another question',
      () => assessment(caseId, answersOf({ item: item({ text: 'Har patienten samtyckt?' }) })),
      'Consent.contained[0].item[0].text',
    ],
    [
      'entered in error',
      () => assessment(caseId, answersOf({ status: 'entered-in-error' })),
      'Consent.contained[0].status',
    ],
    [
      'not completed',
      () => assessment(caseId, answersOf({ status: 'in-progress' })),
      'Consent.contained[0].status',
    ],
    [
      "another patient's",
      () => assessment(caseId, answersOf({ subject: other })),
      'Consent.contained[0].subject',
    ],
    [
      "another case's",
      () =>
        assessment(
          caseId,
          answersOf({ basedOn: [{ reference: 'CarePlan/3f0c1a0e-9d55-4b0b-8a53-0b7c3d0f6e21' }] }),
        ),
      'Consent.contained[0].basedOn[0]',
    ],
    [
      "another author's",
      () =>
        assessment(
          caseId,
          answersOf({ author: { identifier: { system: identifierSystems.hsa, value: staff.nurse.user } } }),
        ),
      'Consent.contained[0].author',
    ],
    [
      'somebody else as source',
      () => assessment(caseId, answersOf({ source: other })),
      'Consent.contained[0].source',
    ],
    [
      'a form with the assessment',
      () => assessment(caseId, answersOf(), { extension: [oral] }),
      'Consent.extension',
    ],
  ];
  it.each(limits)('%s: 422', async (_, body, expression) => {
    const answered = await nurse.post('Consent', body());
    expect([answered.status, expressions(answered)]).toEqual([422, [expression]]);
  });

  it.each<readonly [string, () => Consent]>([
    ['consent', () => consent(caseId)],
    ['refusal', () => consent(caseId, 'refusal')],
    ['harm assessment', () => assessment(caseId)],
  ])('%s without the rule that R4 demands (ppc-1) is refused', async (_, whole) => {
    const { policyRule: _rule, ...without } = whole();
    const uri = 'https://example.org/policy';
    for (const [body, places] of [
      [without, ['Consent.policyRule']],
      [{ ...without, policyRule: {} }, ['Consent.policyRule']],
      [{ ...without, policy: [{ uri }] }, ['Consent.policyRule', 'Consent.policy']],
    ] as const) {
      const answered = await nurse.post('Consent', body);
      expect([answered.status, expressions(answered)]).toEqual([422, places]);
    }
  });

  // dom-4 and dom-5 of R4: what is contained has no version, time or label of its own.
  it.each<readonly [string, object]>([
    ['contained.meta.versionId', { meta: { versionId: '1' } }],
    ['contained.meta.lastUpdated', { meta: { lastUpdated: '2026-03-02T10:00:00Z' } }],
    ['contained.meta.security', { meta: { security: [{ code: 'R' }] } }],
  ])('answers with %s, which R4 forbids, are refused', async (_, changes) => {
    const answered = await nurse.post('Consent', assessment(caseId, answersOf(changes)));
    expect([answered.status, expressions(answered).join()]).toEqual([
      422,
      expect.stringContaining('Consent.contained[0]'),
    ]);
  });

  it('every fault is told at once', async () => {
    const answered = await nurse.post('Consent', {
      ...consent(caseId, 'consent', provision({ provision: [deny], period: { end: '2026-12-24' } })),
      modifierExtension: unknown,
      dateTime: '2020-01-01',
      verification: [{ verified: false }],
      implicitRules: 'https://example.org/rules',
    });
    expect(answered.status).toBe(422);
    expect(new Set(expressions(answered))).toEqual(
      new Set([
        'Consent.dateTime',
        'Consent.provision.provision',
        'Consent.provision.period',
        'Consent.modifierExtension',
        'Consent.verification',
        'Consent.implicitRules',
      ]),
    );
  });

  it('every fault is told at once of what is changed, too', async () => {
    const answered = await nurse.put(`Consent/${decision.id}`, {
      ...decision,
      status: 'rejected',
      modifierExtension: unknown,
      category: category('refusal'),
      provision: { ...decision.provision, type: 'deny', provision: [deny] },
    });
    expect([answered.status, new Set(expressions(answered))]).toEqual([
      422,
      new Set([
        'Consent.status',
        'Consent.modifierExtension',
        'Consent.category[0].coding[0].code',
        'Consent.category[0].coding[0].display',
        'Consent.provision.type',
        'Consent.provision.provision',
      ]),
    ]);
    const changed = await nurse.put(`Task/${task.id}`, {
      ...task,
      status: 'rejected',
      priority: 'urgent',
      description: 'Annat',
      modifierExtension: unknown,
      output: [{ type: { text: 'x' }, valueBoolean: true }],
      note: [{ text: 'a', time: '2026-03-02T10:00:00Z' }],
    });
    expect([changed.status, new Set(expressions(changed))]).toEqual([
      422,
      new Set([
        'Task.status',
        'Task.priority',
        'Task.description',
        'Task.modifierExtension',
        'Task.output[0].type',
        'Task.note[0].time',
      ]),
    ]);
  });

  it('what agrees with the case and the hub is taken', async () => {
    const near = new Date().toISOString();
    const unit = { identifier: { system: identifierSystems.hsa, value: staff.nurse.unit } };
    const person = decision.patient as { reference: string };
    const given = await nurse.post('Consent', {
      ...consent(caseId),
      patient: { ...person, type: 'Patient', display: 'Patienten' },
      dateTime: near,
      organization: [unit],
      performer: [person],
    });
    expect([given.status, expressions(given)]).toEqual([201, []]);
    const assessed = await nurse.post(
      'Consent',
      assessment(
        caseId,
        answersOf({
          subject: person,
          basedOn: [{ reference: `CarePlan/${caseId}` }],
          author: { identifier: { system: identifierSystems.hsa, value: staff.doctor.user } },
          authored: near,
        }),
      ),
    );
    expect([assessed.status, expressions(assessed)]).toEqual([201, []]);
  });
});
