import {
  districtNurse,
  homeNurse,
  nurse,
  otherDistrictNurse,
  units,
} from '../../../test/support/process/cast.js';
import {
  discharge,
  fact,
  freeze,
  giveConsent,
  inform,
  now,
  opened,
  openTodos,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  step,
  undo,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import type { AddressingResult } from './addressing-result.js';

const third = 'SE2321000016-H203';
const at = (unit: string): AddressingResult => ({
  found: true,
  units: [unit],
  unitNames: { [unit]: `Vårdcentral ${unit}` },
});
const listed = (where: AddressingResult) =>
  fact('note-register-change', { changed: ['listing'], listed: where });
const nowhere: AddressingResult = { found: false, cause: 'no-listing' };
const elsewhere = listed(at(units.otherHealthCentre));
const add = (unit: string, by = districtNurse) =>
  step('add-participant', { unit, unitName: unit, side: 'outpatient', organisation: 'o' }, by);
const first = 'forward-to-new-health-centre:1';
const forwarding = (state: Parameters<typeof openTodos>[0]) =>
  openTodos(state).filter((key) => key.startsWith('forward-') || key.startsWith('review-'));

describe('A patient who is listed at another health centre', () => {
  it('ADR-7: the addressed health centre is asked to forward the case, and the ward has nothing to look over', () => {
    const { state } = publishedCase().after(elsewhere);
    expect(forwarding(state)).toEqual([first]);
    expect(state.todos[first]).toMatchObject({
      unit: units.healthCentre,
      responsibility: 'write',
      input: { unit: units.otherHealthCentre, unitName: `Vårdcentral ${units.otherHealthCentre}` },
    });
    expect(state.participants[units.otherHealthCentre]).toBeUndefined();
  });

  it('ADR-7: told again, changed or not, it asks for nothing new', () => {
    const asked = publishedCase().after(elsewhere);
    const unchanged = fact('note-register-change', { changed: [], listed: at(units.otherHealthCentre) });
    asked.when(unchanged).thenNothing();
    publishedCase()
      .when(fact('note-register-change', { changed: [], listed: at(units.healthCentre) }))
      .thenNothing();
  });

  it.each([districtNurse, nurse, homeNurse])('ADR-7: it is done when $unit adds the new one', (by) => {
    const { state } = publishedCase().after(elsewhere, add(units.otherHealthCentre, by));
    expect(state.todos[first]).toMatchObject({ state: 'completed', endedBy: by });
  });

  it('ADR-7: who forwards to another than the new one is still asked', () => {
    expect(forwarding(publishedCase().after(elsewhere, add(third)).state)).toEqual([first]);
  });

  it('ADR-7: it is done when the health centre says so, and not asked again', () => {
    const done = publishedCase().after(elsewhere, step('complete-todo', { key: first }, districtNurse));
    expect(forwarding(done.after(elsewhere).state)).toEqual(['review-register-change:1']);
    expect(done.state.todos[first]?.state).toBe('completed');
  });

  it('ADR-7: it goes away when the listing goes back', () => {
    const { state } = publishedCase().after(elsewhere, listed(at(units.healthCentre)));
    expect(forwarding(state)).toEqual([]);
    expect(state.todos[first]?.state).toBe('cancelled');
  });

  it('ADR-7: a further relisting takes its place', () => {
    const { state } = publishedCase().after(elsewhere, listed(at(third)));
    expect(forwarding(state)).toEqual(['forward-to-new-health-centre:2']);
    expect(state.todos['forward-to-new-health-centre:2']?.input?.['unit']).toBe(third);
  });

  it('ADR-7: relisted again after it was forwarded, the one that has the case now is asked', () => {
    const { state } = publishedCase().after(elsewhere, add(units.otherHealthCentre), listed(at(third)));
    expect(state.todos['forward-to-new-health-centre:2']?.unit).toBe(otherDistrictNurse.unit);
  });

  it('ADR-7: listed nowhere, or outside the directory, is for the ward to look over', () => {
    for (const where of [nowhere, { found: false, cause: 'listed-unit-unknown' } as const]) {
      expect(forwarding(publishedCase().after(listed(where)).state)).toEqual(['review-register-change:1']);
      const { state } = publishedCase().after(elsewhere, listed(where));
      expect(forwarding(state)).toEqual(['review-register-change:1']);
    }
  });

  it('ADR-7: what else changed is still the ward to look over', () => {
    const { state } = publishedCase().after(
      fact('note-register-change', {
        changed: ['listing', 'municipality'],
        listed: at(units.otherHealthCentre),
      }),
    );
    expect(forwarding(state)).toEqual([first, 'review-register-change:1']);
    expect(state.todos['review-register-change:1']?.input).toEqual({ changed: 'municipality' });
  });

  it('ADR-7, ADR-13: nobody of the side takes part: the ward', () => {
    const unlisted = opened('skane', { outpatient: nowhere }).after(
      inform,
      giveConsent,
      step('publish-admission-notice', { confirmedWarnings: ['primary-care-missing'] }),
    );
    expect(forwarding(unlisted.after(elsewhere).state)).toEqual(['review-register-change:1']);
  });

  it('ADR-7: the interrupted to-do is back with an undone discharge; a discharged case takes no listing', () => {
    const over = publishedCase().after(elsewhere, discharge);
    over.when(listed(at(third))).thenNothing();
    expect(forwarding(over.after(undo).state)).toEqual([first]);
  });
});

describe('A new listing that nobody outside may know', () => {
  it('ADR-7, ACC-2: a draft is addressed to the new one, and the one before has never heard of it', () => {
    const { state } = opened().after(elsewhere);
    expect(forwarding(state)).toEqual([]);
    expect(state.participants[units.healthCentre]).toBeUndefined();
    expect(state.participants[units.otherHealthCentre]).toMatchObject({ ground: 'listing' });
    expect(Object.keys(state.notices)).toEqual([]);
  });

  it('ADR-7: who was added to a draft by hand stays in it', () => {
    const { state } = opened().after(add(third, nurse), elsewhere);
    expect(state.participants[third]).toMatchObject({ ground: 'by-hand' });
    expect(state.participants[units.healthCentre]).toBeUndefined();
  });

  it('ADR-7, ADR-13: of a draft whose patient is listed nowhere the ward is asked to address it', () => {
    const { state } = opened().after(listed(nowhere));
    expect(state.participants[units.healthCentre]).toBeUndefined();
    expect(openTodos(state)).toContain('address-by-hand:outpatient');
    const found = opened().after(listed(nowhere), elsewhere);
    expect(found.state.notAddressed).toEqual({});
    expect(found.state.participants[units.otherHealthCentre]).toMatchObject({ ground: 'listing' });
  });

  it('ADR-7, CON-5: under refusal it is told where the minimum has register data, else the ward looks it over', () => {
    expect(forwarding(publishedUnderRefusal('norrbotten').after(elsewhere).state)).toEqual([first]);
    expect(forwarding(publishedUnderRefusal('skane').after(elsewhere).state)).toEqual([
      'review-register-change:1',
    ]);
  });

  it('ADR-7, CON-5: a refusal takes back where the patient is listed', () => {
    const { state } = publishedCase().after(elsewhere, refuse);
    expect(forwarding(state)).toEqual([]);
    expect(JSON.stringify(state)).not.toContain(units.otherHealthCentre);
  });

  it('ADR-7, CON-8: without a decision nothing new is told', () => {
    const { state } = publishedCase().after(withdrawConsent, elsewhere);
    expect(forwarding(state)).toEqual(['review-register-change:1']);
  });

  it('ADR-7, PAT-6: a frozen case takes no listing; after it the listing is heard of anew before anybody is asked', () => {
    const frozen = publishedCase().after(elsewhere, freeze);
    frozen.when(listed(at(third))).thenNothing();
    const thawed = frozen.after(fact('unfreeze', {}));
    expect(forwarding(thawed.state)).toEqual([]);
    const { state } = thawed.after(fact('note-register-change', { changed: [], listed: at(third) }, now));
    expect(state.todos['forward-to-new-health-centre:2']).toMatchObject({
      state: 'requested',
      input: { unit: third },
    });
  });
});
