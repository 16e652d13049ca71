import { nurse, otherDistrictNurse, units } from '../../../test/support/process/cast.js';
import {
  fact,
  giveConsent,
  inform,
  opened,
  openTodos,
  publish,
  publishedCase,
  step,
} from '../../../test/support/process/svu.js';

const noListing = { outpatient: { found: false, cause: 'no-listing' } } as const;
const down = { outpatient: { found: false, cause: 'service-unavailable' } } as const;

describe('Addressing', () => {
  it('ADR-1: the outpatient unit is the one of the listing', () => {
    expect(opened().state.participants[units.healthCentre]).toMatchObject({
      side: 'outpatient',
      ground: 'listing',
    });
  });

  it('ADR-2: the municipality takes part with each of its receiving units', () => {
    const { participants } = opened().state;
    expect(participants[units.needsAssessment]).toMatchObject({ side: 'municipality', ground: 'register' });
    expect(participants[units.homeNursing]).toMatchObject({ side: 'municipality', ground: 'register' });
  });

  it.each(['no-listing', 'listed-unit-unknown', 'service-unavailable'] as const)(
    'ADR-13: outpatient care that cannot be addressed (%s) is a to-do of the ward, and the case is kept',
    (cause) => {
      const { state } = opened('skane', { outpatient: { found: false, cause } });
      expect(state.notAddressed).toEqual({ outpatient: cause });
      expect(state.todos['address-by-hand:outpatient']).toMatchObject({
        unit: units.ward,
        state: 'requested',
        input: { side: 'outpatient', cause },
      });
    },
  );

  it.each(['no-municipality', 'municipality-unknown'] as const)(
    'ADR-13: a municipality that cannot be addressed (%s) is a to-do of the ward',
    (cause) => {
      const { state } = opened('skane', { municipality: { found: false, cause } });
      expect(openTodos(state)).toEqual(['address-by-hand:municipality', 'publish-admission-notice']);
    },
  );

  it('ADR-13: a lookup that finds no unit at all has failed', () => {
    const { state } = opened('skane', { municipality: { found: true, units: [] } });
    expect(state.notAddressed).toEqual({ municipality: 'municipality-unknown' });
  });

  it('ADR-13: a lookup that answers later addresses the case, and the to-do goes away', () => {
    const later = opened('skane', down).after(
      fact('address', { outpatient: { found: true, units: [units.healthCentre] } }),
    );
    expect(later.state.notAddressed).toEqual({});
    expect(openTodos(later.state)).toEqual(['publish-admission-notice']);
    expect(later.state.participants[units.healthCentre]?.ground).toBe('listing');
  });

  it('ADR-13: a unit addressed after publication has the admission notice to acknowledge', () => {
    const later = opened('skane', down)
      .after(inform, giveConsent, publish)
      .after(fact('address', { outpatient: { found: true, units: [units.healthCentre] } }));
    expect(openTodos(later.state)).toContain(`acknowledge-admission-notice:${units.healthCentre}:1`);
  });

  it('ADR-13: the same failure again says nothing new; another cause does', () => {
    const waiting = opened('skane', down);
    waiting.when(fact('address', down)).thenNothing();
    const told = waiting.after(fact('address', noListing));
    expect(told.state.notAddressed).toEqual({ outpatient: 'no-listing' });
    expect(openTodos(told.state)).toEqual(['address-by-hand:outpatient', 'publish-admission-notice']);
  });

  it('ADR-13: addressed by hand it stays, and the to-do is done', () => {
    const byHand = opened('skane', noListing).after(
      step('add-participant', {
        unit: units.otherHealthCentre,
        unitName: 'Vårdcentralen Östra',
        side: 'outpatient',
        organisation: nurse.organisation,
      }),
    );
    expect(byHand.state.todos['address-by-hand:outpatient']).toMatchObject({
      state: 'completed',
      endedBy: nurse,
    });
    byHand.when(fact('address', { outpatient: { found: true, units: [units.healthCentre] } })).thenNothing();
  });

  it('ADR-1, ADR-13: a unit added by hand while the service is down does not stand for the listed one', () => {
    const psychiatry = opened('skane', down).after(
      step('add-participant', {
        unit: units.otherHealthCentre,
        unitName: 'Närpsykiatrin',
        side: 'outpatient',
        organisation: nurse.organisation,
      }),
    );
    expect(openTodos(psychiatry.state)).toEqual(['publish-admission-notice']);
    psychiatry.when(fact('address', down)).thenNothing();
    const answered = psychiatry.after(
      fact('address', { outpatient: { found: true, units: [units.healthCentre] } }),
    );
    expect(Object.keys(answered.state.participants)).toEqual(
      expect.arrayContaining([units.healthCentre, units.otherHealthCentre]),
    );
    expect(answered.state.notAddressed).toEqual({});
    const same = psychiatry.after(
      fact('address', { outpatient: { found: true, units: [units.otherHealthCentre] } }),
    );
    expect(same.state.notAddressed).toEqual({});
    expect(psychiatry.after(fact('address', noListing)).state.notAddressed).toEqual({});
  });

  it('ADR-13: a unit added by hand that leaves again leaves the side to be addressed', () => {
    const unit = units.otherHealthCentre;
    const { state } = opened('skane', down).after(
      step('add-participant', { unit, unitName: 'x', side: 'outpatient', organisation: 'x' }),
      step('remove-participant', { unit, confirmed: true, reason: 'Fel enhet' }),
    );
    expect(openTodos(state)).toEqual(['address-by-hand:outpatient', 'publish-admission-notice']);
  });

  it('ADR-13: the to-do ends by addressing, not by saying so', () => {
    opened('skane', noListing)
      .when(step('complete-todo', { key: 'address-by-hand:outpatient' }))
      .thenRejected('todo-ends-by-its-step');
  });

  it('a retried lookup changes nothing in a case that is addressed', () => {
    publishedCase()
      .when(fact('address', { outpatient: { found: true, units: [units.otherHealthCentre] } }))
      .thenNothing();
  });

  it('a lookup is told by a system, not by a user', () => {
    opened('skane', noListing)
      .when(step('address', { outpatient: { found: true, units: [units.healthCentre] } }, otherDistrictNurse))
      .thenRejected('fact-from-a-user');
  });
});
