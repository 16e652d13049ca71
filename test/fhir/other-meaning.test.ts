import { describe, expect, it } from '@jest/globals';
import { directoryId } from '../../src/projection/identity.js';
import { testBaseUrl } from '../support/facade.js';
import { consent, opened, parameters, staff } from '../support/svu.js';
import { centre, expressions, hub, nurse, task } from './same-meaning-setup.js';

describe('what means something else is refused by its place', () => {
  const later = (moment: string | undefined, by: number) =>
    new Date(Date.parse(moment ?? '') + by).toISOString();
  const owner = () => task.owner as { reference: string; identifier: { system: string; value: string } };
  const others: readonly (readonly [string, () => object, string])[] = [
    ['a millisecond later', () => ({ authoredOn: later(task.authoredOn, 1) }), 'Task.authoredOn'],
    [
      'less than a millisecond later',
      () => ({ authoredOn: (task.authoredOn ?? '').replace('Z', '0001Z') }),
      'Task.authoredOn',
    ],
    [
      'whole seconds, where the hub says more',
      () => ({
        authoredOn: new Date(Date.parse(task.authoredOn ?? '')).toISOString().replace(/\.\d+Z$/u, 'Z'),
      }),
      'Task.authoredOn',
    ],
    [
      'a code that a user chose',
      () => ({
        code: { ...task.code, coding: [{ ...task.code?.coding?.[0], userSelected: true }] },
      }),
      'Task.code.coding[0].userSelected',
    ],
    [
      'another zone with the same hands',
      () => ({ authoredOn: (task.authoredOn ?? '').replace('Z', '+01:00') }),
      'Task.authoredOn',
    ],
    [
      "another server's",
      () => ({ owner: { ...owner(), reference: `http://elsewhere.test/fhir/${owner().reference}` } }),
      'Task.owner.reference',
    ],
    [
      'one version alone',
      () => ({ owner: { ...owner(), reference: `${owner().reference}/_history/1` } }),
      'Task.owner.reference',
    ],
    [
      'another unit by identifier',
      () => ({ owner: { ...owner(), identifier: { ...owner().identifier, value: 'SE4999000013-H102' } } }),
      'Task.owner.identifier.value',
    ],
    ['another type', () => ({ owner: { ...owner(), type: 'Patient' } }), 'Task.owner.type'],
    ['words alone', () => ({ owner: { display: 'Vårdcentralen Ekbacken' } }), 'Task.owner'],
    ['nobody', () => ({ owner: undefined }), 'Task.owner'],
    [
      'another code',
      () => ({ code: { ...task.code, coding: [{ ...task.code?.coding?.[0], code: 'acknowledge-ready' }] } }),
      'Task.code.coding[0].code',
    ],
    [
      'one code more',
      () => ({ code: { ...task.code, coding: [...(task.code?.coding ?? []), { code: 'x' }] } }),
      'Task.code.coding',
    ],
    ['other words for a code', () => ({ code: { ...task.code, text: 'Gör inget' } }), 'Task.code.text'],
  ];
  it.each(others)('%s', async (_, changes, expression) => {
    const { body } = await centre.get(`Task/${task.id}`);
    const answer = await centre.put(`Task/${task.id}`, { ...body, ...changes() });
    expect([answer.status, expressions(answer).some((each) => each.startsWith(expression))]).toEqual([
      422,
      true,
    ]);
  });
});

it('absolute references to the own base are taken wherever something is written', async () => {
  const draft = await opened(hub, '194102039817');
  const at = { meaning: 'related' as const, reference: { reference: `${testBaseUrl}/CarePlan/${draft}` } };
  const given = await nurse.post(
    'Consent',
    consent(draft, 'consent', { provision: { type: 'permit', data: [at] } }),
  );
  expect([given.status, expressions(given)]).toEqual([201, []]);
  const unit = {
    reference: `${testBaseUrl}/Organization/${directoryId(staff.otherWard.unit)}`,
    type: 'Organization',
    display: 'Avdelningen',
  };
  const added = await nurse.post(
    `CarePlan/${draft}/$add-participant`,
    parameters({ name: 'unit', valueReference: unit }),
  );
  expect([added.status, expressions(added)]).toEqual([200, []]);
});
