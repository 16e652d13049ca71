import {
  districtNurse,
  homeNurse,
  needsAssessor,
  nurse,
  register,
} from '../../../test/support/process/cast.js';
import { newest, type PolicyName } from '../../../test/support/policies.js';
import { Course, given } from '../../../test/support/process/given.js';
import { now } from '../../../test/support/process/svu.js';
import { hoursAfter } from '../time.js';
import type { Actor } from '../vocabulary.js';
import { homeVisitMeasures } from './home-visit.js';
import type { AskedOrder } from './home-visit.js';
import { outsideMessage, outsideMessageEvents, readersOf } from './outside-message-decider.js';
import type { OutsideMessageCommand, OutsideMessageEvent, OutsideMessageState } from './outside-message.js';

const personId = '0b1d3a52-0000-4000-8000-0000000000b1';
type Sending = Extract<OutsideMessageCommand, { type: 'send' }>['data'];

const send = (changes: Partial<Sending> = {}, by: Actor = districtNurse): OutsideMessageCommand => ({
  type: 'send',
  at: now,
  by,
  data: {
    personId,
    text: 'Kan ni göra hembesök?',
    to: [{ unit: homeNurse.unit, name: 'Hemsjukvården', side: 'municipality' }],
    consent: { form: 'oral', givenBy: 'patient', givenAt: now },
    policy: { messagesOutsideStay: 'and-home-visits', messageAcknowledgement: 'all-addressees' },
    ...changes,
  },
});
const order: AskedOrder = {
  measure: 'dressing',
  weeks: 2,
  doctorFollowsUp: false,
  situation: 'Sår',
  background: 'Opererad',
  assessment: 'Rent',
  recommendation: 'Läggs om',
  reason: 'Kan inte gå',
};
const step = (type: OutsideMessageCommand['type'], by: Actor, data: object = {}): OutsideMessageCommand =>
  ({ type, at: now, by, data }) as OutsideMessageCommand;
const todosOf = ({ todos }: OutsideMessageState) =>
  Object.values(todos).map(({ kind, unit, state }) => [kind, unit, state]);
const sent = (...more: readonly OutsideMessageCommand[]) =>
  new Course<OutsideMessageState, OutsideMessageCommand, OutsideMessageEvent>(outsideMessage).after(
    send(),
    ...more,
  );

describe('A message outside every case', () => {
  it('MSG-5, MSG-2: goes to the units that it names, who are asked to acknowledge it', () => {
    const { state } = sent();
    expect(readersOf(state)).toEqual([districtNurse.unit, homeNurse.unit]);
    expect(Object.values(state.todos).map(({ unit, state: how }) => [unit, how])).toEqual([
      [homeNurse.unit, 'requested'],
    ]);
    given(outsideMessage)
      .when(send({ to: [] }))
      .thenRejected('outside-message-without-addressee', { field: 'to' });
    given(outsideMessage)
      .when(send({ text: ' ' }))
      .thenRejected('message-without-text');
    given(outsideMessage)
      .when(send({ acknowledgedBy: [] }))
      .thenRejected('acknowledgement-always-asked');
    given(outsideMessage)
      .when(send({}, { ...districtNurse, responsibilities: ['read'] }))
      .thenRejected('role-lacks-responsibility');
    given(outsideMessage).when(send({}, register)).thenRejected('user-required');
  });

  it('MSG-5: is sent where the policy has it, and home visits are ordered where it has these', () => {
    const policy = { messageAcknowledgement: 'optional' } as const;
    given(outsideMessage)
      .when(send({ policy: { ...policy, messagesOutsideStay: 'no' } }))
      .thenRejected('no-messages-outside-stay');
    const plain = { ...policy, messagesOutsideStay: 'yes' } as const;
    given(outsideMessage)
      .when(send({ policy: plain }))
      .thenAccepted();
    given(outsideMessage)
      .when(send({ policy: plain, order }))
      .thenRejected('home-visits-not-here');
  });

  it.each<PolicyName>(['norrbotten', 'vasterbotten'])(
    'CON-10: under %s it states the consent, given before it',
    (name) => {
      const policy = newest(name).settings as Sending['policy'];
      const { consent: _consent, ...data } = (send({ policy }) as { data: Sending }).data;
      given(outsideMessage)
        .when({ ...send(), data } as OutsideMessageCommand)
        .thenRejected('consent-not-stated');
      const later = { form: 'oral', givenBy: 'patient', givenAt: hoursAfter(now, 1) } as const;
      given(outsideMessage)
        .when(send({ policy, consent: later }))
        .thenRejected('consent-not-given-yet');
    },
  );

  it('CON-8, PAT-6: who reads it when the consent is taken back, and while the person is protected', () => {
    sent().when(step('withdraw-consent', needsAssessor)).thenRejected('no-such-case');
    const withdrawn = sent(step('withdraw-consent', homeNurse));
    expect(readersOf(withdrawn.state)).toEqual([districtNurse.unit]);
    expect(todosOf(withdrawn.state)).toEqual([
      ['acknowledge-written-message', homeNurse.unit, 'cancelled'],
      ['stop-what-was-asked', districtNurse.unit, 'requested'],
    ]);
    withdrawn.when(step('withdraw-consent', districtNurse)).thenNothing();
    const sealed = sent(step('seal', register));
    expect(readersOf(sealed.state)).toEqual([]);
    sealed.when(step('seal', register)).thenNothing();
    expect(readersOf(sealed.after(step('unseal', register)).state)).toHaveLength(2);
    sent().when(step('unseal', register)).thenNothing();
  });

  it('CON-8: each unit that had it is told that there is nothing more to do, but the one that registered it; each says so for itself', () => {
    const to = [homeNurse, needsAssessor].map(({ unit }) => ({
      unit,
      name: unit,
      side: 'municipality' as const,
    }));
    const two = new Course<OutsideMessageState, OutsideMessageCommand, OutsideMessageEvent>(
      outsideMessage,
    ).after(send({ to }), step('withdraw-consent', homeNurse));
    const told = Object.values(two.state.todos).filter(({ personal }) => !personal);
    expect(told.map(({ unit }) => unit)).toEqual([districtNurse.unit, needsAssessor.unit]);
    const key = `stop-what-was-asked:${needsAssessor.unit}`;
    two.when(step('complete-todo', districtNurse, { key })).thenRejected('todo-of-another-unit');
    expect(two.after(step('complete-todo', needsAssessor, { key })).state.todos[key]?.state).toBe(
      'completed',
    );
  });

  it('PAT-6: each unit that had it is told to go on by telephone, until it can be read again', () => {
    const sealed = sent(step('seal', register));
    const telephone = (state: string) =>
      [districtNurse.unit, homeNurse.unit].map((unit) => ['continue-by-telephone', unit, state]);
    expect(todosOf(sealed.state)).toEqual([
      ['acknowledge-written-message', homeNurse.unit, 'requested'],
      ...telephone('requested'),
    ]);
    const open = sealed.after(step('unseal', register));
    expect(todosOf(open.state).slice(1)).toEqual(telephone('cancelled'));
    expect(todosOf(open.after(step('seal', register)).state).slice(1)).toEqual(telephone('requested'));
  });

  it.each([step('annul', districtNurse), step('withdraw-consent', districtNurse)])(
    'PAT-6: of what was over already nobody is told to telephone ($type)',
    (over) => {
      const before = sent(over);
      expect(before.after(step('seal', register)).state.todos).toEqual(before.state.todos);
    },
  );

  it.each(['ConsentWithdrawn', 'MessageSealed', 'MessageAnnulled'] as const)(
    'an older log of %s tells nobody',
    (type) => {
      const { state } = sent();
      const closed = outsideMessage.evolve(state, { type, at: now, by: districtNurse, data: {} });
      expect(Object.keys(closed.todos)).toEqual(Object.keys(state.todos));
    },
  );

  it('MSG-3, ORG-5: the sender annuls it, and each unit acknowledges for itself', () => {
    sent().when(step('annul', homeNurse)).thenRejected('annulled-by-sender-alone');
    const annulled = sent(step('annul', districtNurse));
    expect(readersOf(annulled.state)).toHaveLength(2);
    annulled.when(step('annul', districtNurse)).thenNothing();
    const key = `acknowledge:${homeNurse.unit}`;
    annulled.when(step('complete-todo', homeNurse, { key })).thenRejected('todo-ended');
    sent()
      .when(step('complete-todo', districtNurse, { key }))
      .thenRejected('todo-of-another-unit');
    const done = sent(step('complete-todo', homeNurse, { key }));
    expect(done.state.todos[key]).toMatchObject({ state: 'completed', endedBy: homeNurse });
    sent()
      .when(step('update-todo', homeNurse, { key, notes: ['Hej'] }))
      .thenRejected('todo-carries-no-content');
  });

  it('MSG-3, CON-8: whatever order it closes in, nobody else ends what a unit was told to stop', () => {
    const acknowledged = step('complete-todo', homeNurse, { key: `acknowledge:${homeNurse.unit}` });
    const annul = step('annul', districtNurse);
    const withdraw = step('withdraw-consent', districtNurse);
    const stopped = (kind: string) => [kind, homeNurse.unit, 'requested'];
    for (const [steps, kind] of [
      [[annul], 'stop-what-was-annulled'],
      [[annul, withdraw], 'stop-what-was-annulled'],
      [[withdraw, annul], 'stop-what-was-asked'],
    ] as const) {
      const closed = sent(acknowledged, ...steps);
      expect(todosOf(closed.state).slice(1)).toEqual([stopped(kind)]);
      const key = `${kind}:${homeNurse.unit}`;
      closed.when(step('complete-todo', districtNurse, { key })).thenRejected('todo-of-another-unit');
      closed.when(step('complete-todo', homeNurse, { key })).thenAccepted();
    }
    expect(todosOf(sent(annul).state)).toEqual([
      ['acknowledge-written-message', homeNurse.unit, 'cancelled'],
      stopped('stop-what-was-annulled'),
    ]);
  });

  it('PAT-12: is another person’s when two are one', () => {
    const survivor = '0b1d3a52-0000-4000-8000-0000000000b2';
    const merged = sent(step('replace-person', register, { personId: survivor }));
    expect(merged.state).toMatchObject({ personId: survivor, formerPersons: [personId] });
  });

  it.each(homeVisitMeasures)('MSG-8: orders %s for one to four weeks', (measure) => {
    for (const by of [nurse, districtNurse])
      for (const weeks of [1, 2, 3, 4])
        given(outsideMessage)
          .when(send({ order: { ...order, measure, weeks } }, by))
          .thenAccepted();
    for (const weeks of [0, 5, 1.5])
      given(outsideMessage)
        .when(send({ order: { ...order, measure, weeks } }))
        .thenRejected('home-visits-by-sip');
  });

  it('MSG-8: with every part of SBAR, and never of the region or by the municipality', () => {
    for (const part of Object.keys(order) as (keyof AskedOrder)[]) {
      const { [part]: _left, ...rest } = order;
      const code = part === 'measure' ? 'home-visits-by-sip' : 'home-visit-order-incomplete';
      given(outsideMessage)
        .when(send({ order: rest }))
        .thenRejected(code);
    }
    given(outsideMessage)
      .when(send({ order: { ...order, doctorFollowsUp: true } }))
      .thenRejected('home-visits-by-sip');
    given(outsideMessage).when(send({ order }, needsAssessor)).thenRejected('home-visits-ordered-by-region');
    const to = [{ unit: nurse.unit, name: 'Avdelningen', side: 'hospital' }] as const;
    given(outsideMessage).when(send({ order, to })).thenRejected('home-visits-of-municipality');
  });

  it('knows its events, and bears a log without its beginning', () => {
    expect(outsideMessageEvents.size).toBe(8);
    const { events } = sent(step('seal', register), step('unseal', register));
    expect(events.every(({ type }) => outsideMessageEvents.has(type))).toBe(true);
    const [, sealing] = events;
    expect(sealing && readersOf(outsideMessage.evolve(undefined, sealing))).toEqual([]);
  });
});
