import { policyNames, type PolicyName } from '../../../test/support/policies.js';
import {
  districtNurse,
  homeNurse,
  municipalReader,
  needsAssessor,
  nurse,
  otherDistrictNurse,
  secondNeedsAssessor,
  units,
} from '../../../test/support/process/cast.js';
import { given } from '../../../test/support/process/given.js';
import {
  annul,
  discharge,
  dischargedCase,
  fact,
  freeze,
  giveConsent,
  now,
  opened,
  personId,
  publish,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  step,
  withdrawConsent,
  type Case,
} from '../../../test/support/process/svu.js';
import type { UserActor } from '../vocabulary.js';
import type { MessageCommand, MessageEvent } from './message.js';
import { message } from './message-decider.js';

type Asked = Partial<Extract<MessageCommand, { type: 'send' }>['data']>;
const caseId = '0b1d3a52-0000-4000-8000-00000000000d';

const send = (
  { state: of }: Pick<Case, 'state'>,
  asked: Asked = {},
  by: UserActor = districtNurse,
): MessageCommand => ({
  type: 'send',
  at: now,
  by,
  of,
  data: { caseId, text: 'Kan ni ta emot på torsdag?', duringStay: true, ...asked },
});
const asking = (of: Pick<Case, 'state'>, asked?: Asked, by?: UserActor) =>
  given(message).when(send(of, asked, by));

/** What was sent of a message that is taken. */
function sent(
  of: Pick<Case, 'state'>,
  asked?: Asked,
  by?: UserActor,
): Extract<MessageEvent, { type: 'MessageSent' }> {
  const { events, rejection } = message.decide(send(of, asked, by), undefined);
  expect(rejection).toBeUndefined();
  const [event] = events ?? [];
  if (event?.type !== 'MessageSent') throw new Error('nothing was sent');
  return event;
}
const others = [units.ward, units.homeNursing, units.needsAssessment].toSorted();

describe('A message is written', () => {
  it.each([districtNurse, homeNurse, needsAssessor, nurse])(
    'MSG-1, ORG-12: by every unit that takes part: $unit',
    (by) => {
      expect(sent(publishedCase(), {}, by).data).toMatchObject({
        text: 'Kan ni ta emot på torsdag?',
        personId,
      });
    },
  );
  it('ACC-1: by no other unit', () =>
    asking(publishedCase(), {}, otherDistrictNurse).thenRejected('not-participating'));
  it('ORG-2: by nobody who only reads or acknowledges', () => {
    asking(publishedCase(), {}, municipalReader).thenRejected('role-lacks-responsibility');
    asking(publishedCase(), {}, secondNeedsAssessor).thenRejected('role-lacks-responsibility');
  });
  it('ACC-7: by none that was removed', () => {
    const without = publishedCase().after(
      step('remove-participant', { unit: units.homeNursing, confirmed: true, reason: 'Fel enhet' }),
    );
    asking(without, {}, homeNurse).thenRejected('not-participating');
  });
  it('MSG-1, ACC-2: not in a draft', () => {
    asking(opened(), {}, nurse).thenRejected('message-in-draft');
    asking(opened(), {}, homeNurse).thenRejected('draft-of-another-side');
  });
  it.each(policyNames)('CON-5: never under a refusal, %s', (policy) =>
    asking(publishedUnderRefusal(policy)).thenRejected('refusal-shares-minimum', { field: 'text' }),
  );
  it('CON-5, CON-8: not when consent came after a refusal, until all is published', () => {
    const consented = publishedCase().after(refuse, {
      ...giveConsent,
      data: { ...giveConsent.data, decisionId: caseId } as never,
    });
    asking(consented).thenRejected('refusal-shares-minimum');
    asking(consented.after({ ...publish, data: { reason: 'Höftfraktur' } } as never)).thenAccepted();
  });
  it('CON-8: not while no decision stands', () =>
    asking(publishedCase().after(withdrawConsent)).thenRejected('no-current-decision'));
  it('PAT-6: not in a frozen case', () => asking(publishedCase().after(freeze)).thenRejected('case-frozen'));
  it('SVU-23: not in a case that is over', () => {
    asking(dischargedCase()).thenRejected('case-locked');
    asking(publishedCase().after(annul)).thenRejected('case-annulled');
  });
  it.each<[PolicyName, boolean]>([
    ['skane', true],
    ['norrbotten', true],
    ['vasterbotten', false],
  ])('MSG-9: under %s after the stay that the journal ended: %s', (policy, taken) => {
    const asked = asking(publishedCase(policy), { duringStay: false });
    if (taken) asked.thenAccepted();
    else asked.thenRejected('message-after-stay');
  });
  it('MSG-1: with something in it', () =>
    asking(publishedCase(), { text: ' . ' }).thenRejected('message-without-text', { field: 'text' }));
  it('MSG-1: once', () =>
    given(message, sent(publishedCase())).when(send(publishedCase())).thenRejected('step-unknown'));
});

describe('A message goes', () => {
  it('MSG-1: to all others, where nobody is named', () => {
    const { recipients, readers } = sent(publishedCase('vasterbotten')).data;
    expect([recipients, readers]).toEqual([others, undefined]);
  });
  it.each<[PolicyName, boolean]>([
    ['skane', false],
    ['norrbotten', true],
    ['vasterbotten', true],
  ])('MSG-1: under %s a directed one is read by addressees and sender alone: %s', (policy, alone) => {
    const { recipients, readers } = sent(publishedCase(policy), { to: [units.homeNursing] }).data;
    expect(recipients).toEqual([units.homeNursing]);
    expect(readers).toEqual(alone ? [units.homeNursing, units.healthCentre].toSorted() : undefined);
  });
  it('MSG-7: to no unit outside the case', () =>
    asking(publishedCase(), { to: [units.homeNursing, units.school] }).thenRejected('message-beyond-case', {
      field: 'to',
      values: { unit: units.school },
    }));
  it('MSG-1: an answer to a directed one to those who read that', () => {
    const answers = { id: caseId, readers: [units.healthCentre, units.homeNursing] };
    const of = publishedCase('vasterbotten');
    expect(sent(of, { answers }).data).toMatchObject({
      recipients: [units.homeNursing],
      readers: [units.homeNursing, units.healthCentre].toSorted(),
      answers: caseId,
    });
    asking(of, { answers, to: [units.ward] }).thenRejected('answer-beyond-thread', { field: 'to' });
  });
  it('MSG-1: to a circle of its own, once another unit has joined the one that these units had', () => {
    const of = publishedCase('vasterbotten');
    const readers = [units.healthCentre, units.ward].toSorted();
    const first = readers.join(' ');
    const joined = [...readers, units.otherWard];
    const circleIn = (circles: Readonly<Record<string, readonly string[]>>) =>
      sent({ state: { ...of.state, circles } }, { to: [units.ward] }).data.circle;
    expect(circleIn({})).toBe(first);
    expect(circleIn({ [first]: readers })).toBe(first);
    expect(circleIn({ [first]: joined })).toBe(`${first}#2`);
    expect(circleIn({ [first]: joined, [`${first}#2`]: readers })).toBe(`${first}#2`);
    expect(circleIn({ [first]: joined, [`${first}#2`]: joined })).toBe(`${first}#3`);
  });
  it('MSG-1: to no more circles than a case has room for', () => {
    const full = publishedCase('vasterbotten');
    const circles = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index}`, []]));
    const of = { state: { ...full.state, circles } };
    asking(of, { to: [units.ward] }).thenRejected('circles-full');
    asking(of).thenAccepted();
  });
});

describe('A message is acknowledged', () => {
  it.each(policyNames)('MSG-2: by all but the own unit where nothing is said, %s', (policy) => {
    expect(sent(publishedCase(policy)).data.acknowledgedBy).toEqual(others);
    expect(sent(publishedCase(policy), { to: [units.ward] }).data.acknowledgedBy).toEqual([units.ward]);
  });
  it('MSG-2: by chosen units, the own one too', () => {
    const acknowledgedBy = [units.healthCentre, units.homeNursing];
    expect(sent(publishedCase(), { acknowledgedBy }).data.acknowledgedBy).toEqual(acknowledgedBy.toSorted());
  });
  it.each<[PolicyName, string | undefined, string | undefined]>([
    ['skane', undefined, undefined],
    ['norrbotten', 'acknowledgement-always-asked', 'acknowledgement-from-all'],
    ['vasterbotten', 'acknowledgement-always-asked', 'acknowledgement-from-all'],
  ])('MSG-2: under %s by nobody (%s), or by some of them (%s)', (policy, nobody, some) => {
    for (const [acknowledgedBy, code] of [
      [[], nobody],
      [[units.homeNursing], some],
    ] as const) {
      const asked = asking(publishedCase(policy), { acknowledgedBy });
      if (code === undefined) asked.thenAccepted();
      else asked.thenRejected(code, { field: 'acknowledgedBy' });
    }
  });
  it('MSG-2: by no unit that does not get it', () => {
    const asked = { to: [units.homeNursing], acknowledgedBy: [units.homeNursing, units.ward] };
    asking(publishedCase('vasterbotten'), asked).thenRejected('acknowledgement-beyond-message');
    asking(publishedCase('skane'), asked).thenAccepted();
  });

  const key = `acknowledge:${units.needsAssessment}`;
  const acknowledge = ({ state: of }: Case, by: UserActor): MessageCommand => ({
    type: 'complete-todo',
    at: now,
    by,
    of,
    data: { key },
  });
  it('MSG-2, ORG-4, VIEW-12: once for the unit, by any role that acknowledges; who did it is kept', () => {
    const of = publishedCase();
    const message1 = given(message, sent(of));
    message1.when(acknowledge(of, municipalReader)).thenRejected('role-lacks-responsibility');
    message1.when(acknowledge(of, homeNurse)).thenRejected('todo-of-another-unit');
    message1.when(acknowledge(of, secondNeedsAssessor)).thenEvents({ type: 'TodoCompleted', data: { key } });
    const done = {
      type: 'TodoCompleted',
      at: now,
      by: secondNeedsAssessor,
      data: { key, unit: units.needsAssessment },
    } as const;
    given(message, sent(of), done).when(acknowledge(of, needsAssessor)).thenNothing();
    expect(given(message, sent(of), done).state?.todos[key]?.endedBy).toEqual(secondNeedsAssessor);
  });
  it('MSG-2: also when the case is over, but not when it is frozen, annulled or left', () => {
    const of = publishedCase();
    const before = given(message, sent(of));
    before.when(acknowledge(of.after(discharge), needsAssessor)).thenAccepted();
    before.when(acknowledge(of.after(freeze), needsAssessor)).thenRejected('case-frozen');
    before.when(acknowledge(of.after(annul), needsAssessor)).thenRejected('case-annulled');
    const left = of.after(
      step('remove-participant', { unit: units.needsAssessment, confirmed: true, reason: 'Fel enhet' }),
    );
    before.when(acknowledge(left, needsAssessor)).thenRejected('not-participating');
  });
  it('MSG-2: without notes, which nobody would read', () => {
    const of = publishedCase();
    const noting = {
      ...acknowledge(of, needsAssessor),
      data: { key, notes: ['Ring dottern'] },
    } as MessageCommand;
    given(message, sent(of)).when(noting).thenRejected('todo-takes-no-notes', { field: 'notes' });
  });
});

describe('A message under a case', () => {
  const annulling = ({ state: of }: Case, by: UserActor): MessageCommand => ({
    type: 'annul',
    at: now,
    by,
    of,
    data: {},
  });

  it('MSG-3: is annulled by the unit of the sender alone; it stays, and nobody has to acknowledge it any more', () => {
    const of = publishedCase();
    const before = given(message, sent(of));
    before.when(annulling(of, nurse)).thenRejected('annulled-by-sender-alone');
    before.when(annulling(of, districtNurse)).thenEvents({ type: 'MessageAnnulled', data: {} });
    const taken = { type: 'MessageAnnulled', at: now, by: districtNurse, data: {} } as const;
    const { state } = given(message, sent(of), taken);
    expect(state?.text).toBe('Kan ni ta emot på torsdag?');
    expect(Object.values(state?.todos ?? {}).map((todo) => todo.state)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
    given(message, sent(of), taken).when(annulling(of, districtNurse)).thenNothing();
  });
  it('MSG-3, PAT-6: also when the case is over, but not when it is frozen', () => {
    const of = publishedCase();
    given(message, sent(of))
      .when(annulling(of.after(discharge), districtNurse))
      .thenAccepted();
    given(message, sent(of))
      .when(annulling(of.after(freeze), districtNurse))
      .thenRejected('case-frozen');
  });

  const leaving = (successor?: string) =>
    ({
      type: 'unit-left',
      at: now,
      by: { kind: 'system', system: 'journal' },
      data: {
        unit: units.ward,
        ...(successor === undefined ? {} : { successor, successorName: 'Avdelning 102' }),
      },
    }) as const;
  const after = (command: MessageCommand, of = publishedCase()) => {
    const before = given(message, sent(of));
    const { events = [] } = message.decide(command, before.state);
    return given(message, sent(of), ...events).state;
  };
  it('ACC-7: is no longer to be acknowledged by a unit that left', () => {
    expect(after(leaving())?.todos[`acknowledge:${units.ward}`]?.state).toBe('cancelled');
  });
  it('SVU-25, ADR-11: is to be acknowledged by who leads the case instead', () => {
    expect(after(leaving(units.otherWard))?.todos[`acknowledge:${units.ward}`]).toMatchObject({
      unit: units.otherWard,
      state: 'requested',
    });
  });
  it('PAT-12: follows the case to another person', () => {
    const other = '0b1d3a52-0000-4000-8000-000000000002';
    const moved = {
      type: 'replace-person',
      at: now,
      by: fact('freeze', { cause: 'protected-identity' }).by,
      data: { personId: other },
    } as const;
    expect(after(moved)?.personId).toBe(other);
  });
});
