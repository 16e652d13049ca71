import {
  districtNurse,
  homeNurse,
  needsAssessor,
  otherDistrictNurse,
  units,
} from '../../../test/support/process/cast.js';
import {
  discharge,
  freeze,
  giveConsent,
  inform,
  opened,
  openTodos,
  publish,
  refuse,
  reportReady,
  step,
  undo,
  withdrawReady,
  fact,
  type Case,
} from '../../../test/support/process/svu.js';
import type { Instant, UserActor } from '../vocabulary.js';
import { sharedContent } from './shared-content.js';
import type { SvuCommand } from './subjects.js';

const short = step('publish-admission-notice', { shortStay: true });
const published = (): Case => opened('vasterbotten').after(inform, giveConsent, short);
/** 12:00 in Stockholm, and a second later; the patient came 07:30 the same day. */
const noon = '2026-03-02T11:00:00.000Z';
const afterNoon = '2026-03-02T11:00:01.000Z';
const readyAt = (at: Instant): SvuCommand => ({ ...reportReady, at });
const acknowledge = (by: UserActor, round = 1) =>
  step('complete-todo', { key: `acknowledge-ready:${by.unit}:${round}` }, by);
const all = [districtNurse, needsAssessor, homeNurse].map((by) => acknowledge(by));
const leave = (at: Instant, ...confirmedWarnings: readonly string[]): SvuCommand => ({
  ...step('discharge', {
    ...(discharge as Extract<SvuCommand, { type: 'discharge' }>).data,
    dischargedAt: at,
    confirmedWarnings: ['no-contact-calls-to-sip', ...confirmedWarnings],
  }),
  at,
});
const callOpen = ({ state }: Case) =>
  openTodos(state, units.ward).filter((key) => key.startsWith('contact-receivers'));
const uncalled = ({ state }: Case) => sharedContent(state).shortStay?.uncalled;
const later = '2026-03-02T14:00:00.000Z';

describe('SVU-28 (vasterbotten): a short stay with unchanged needs', () => {
  it('SVU-28 (vasterbotten): is stated in the admission notice, and shown', () => {
    const { state } = published();
    expect(state.notices['admission-notice:1']?.content['shortStay']).toBe('true');
    expect(sharedContent(state).shortStay).toEqual({ uncalled: false });
  });

  it('SVU-28: of a stay that is not longer than 24 hours, under a policy that has it, and never under a refusal', () => {
    const draft = opened('vasterbotten').after(inform, giveConsent);
    const at = (moment: Instant) => draft.when({ ...short, at: moment });
    at('2026-03-03T06:30:00.000Z').thenAccepted();
    at('2026-03-03T06:30:00.001Z').thenRejected('stay-not-short', { field: 'shortStay' });
    for (const policy of ['skane', 'norrbotten'] as const)
      opened(policy)
        .after(inform, giveConsent)
        .when(short)
        .thenRejected('short-stay-not-here', { field: 'shortStay' });
    opened('vasterbotten')
      .after(inform, refuse)
      .when(short)
      .thenRejected('refusal-shares-minimum', { field: 'shortStay' });
    expect(published().after(refuse).state).not.toHaveProperty('shortStay');
  });

  it('SVU-28 (vasterbotten): ready sent by 12:00 and acknowledged by all: home the same day without more contact', () => {
    const ready = published().after(readyAt(noon));
    expect(callOpen(ready)).toEqual(['contact-receivers:1']);
    ready.when(leave(later)).thenRejected('receivers-not-contacted', { field: 'confirmedWarnings' });
    const some = ready.after(...all.slice(0, 2));
    some.when(leave(later)).thenRejected('receivers-not-contacted');
    const every = some.after(...all.slice(2));
    expect([callOpen(every), uncalled(every)]).toEqual([[], true]);
    every.when(leave(later)).thenAccepted();
    // Not on the next day, nor after 24 hours.
    every.when(leave('2026-03-03T06:00:00.000Z')).thenRejected('receivers-not-contacted');
  });

  it('SVU-28 (vasterbotten): sent later, contact is required though all have acknowledged; the ward says that it called', () => {
    const ready = published().after(readyAt(afterNoon), ...all);
    expect([callOpen(ready), uncalled(ready)]).toEqual([['contact-receivers:1'], false]);
    ready.when(leave(later)).thenRejected('receivers-not-contacted');
    ready.when(leave(later, 'receivers-not-contacted')).thenEvents({
      type: 'Discharged',
      data: { confirmedWarnings: ['no-contact-calls-to-sip', 'receivers-not-contacted'] },
    });
    const called = ready.after(step('complete-todo', { key: 'contact-receivers:1' }));
    expect(callOpen(called)).toEqual([]);
    called.when(leave(later)).thenAccepted();
  });

  it('SVU-28: a unit that joins late has not acknowledged, so contact is asked for again', () => {
    const joined = published().after(
      readyAt(noon),
      ...all,
      step('add-participant', {
        unit: units.otherHealthCentre,
        unitName: 'Hamnen',
        side: 'outpatient',
        organisation: 'o',
      }),
    );
    expect([callOpen(joined), uncalled(joined)]).toEqual([['contact-receivers:1'], false]);
    expect(callOpen(joined.after(acknowledge(otherDistrictNurse)))).toEqual([]);
  });

  it('SVU-28: ready withdrawn asks nothing; ready again asks anew, also where it was called about before', () => {
    const called = published().after(
      readyAt(afterNoon),
      step('complete-todo', { key: 'contact-receivers:1' }),
    );
    const withdrawn = called.after(withdrawReady);
    expect(callOpen(withdrawn)).toEqual([]);
    const again = withdrawn.after(readyAt(afterNoon));
    expect(callOpen(again)).toEqual(['contact-receivers:2']);
    again.when(leave(later)).thenRejected('receivers-not-contacted');
  });

  it('SVU-28: what was asked comes back after a freeze and an undone discharge, and not after a refusal', () => {
    const ready = published().after(readyAt(afterNoon));
    const frozen = ready.after(freeze);
    expect(callOpen(frozen)).toEqual([]);
    expect(callOpen(frozen.after(fact('unfreeze', {})))).toEqual(['contact-receivers:1']);
    const over = ready.after(leave(later, 'receivers-not-contacted'));
    expect(callOpen(over)).toEqual([]);
    expect(callOpen(over.after({ ...undo, at: later }))).toEqual(['contact-receivers:1']);
    expect(callOpen(ready.after(refuse))).toEqual([]);
  });

  it('SVU-28: of a death, and of a stay that is not short, nobody is called', () => {
    const ready = published().after(readyAt(afterNoon));
    const data = { dischargedAt: later, form: 'early-end', confirmedWarnings: [] } as const;
    ready.when({ ...step('discharge', data), at: later }).thenAccepted();
    const ordinary = opened('vasterbotten').after(inform, giveConsent, publish, readyAt(afterNoon));
    expect([callOpen(ordinary), uncalled(ordinary)]).toEqual([[], undefined]);
    ordinary.when(leave(later)).thenAccepted();
  });
});
