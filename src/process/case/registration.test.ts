import { units } from '../../../test/support/process/cast.js';
import {
  discharge,
  fact,
  giveConsent,
  inform,
  opened,
  openTodos,
  publish,
  publishedCase,
  step,
} from '../../../test/support/process/svu.js';
import type { AddressingResult } from './addressing-result.js';

const inboxes = ['SE2120000002-K401', 'SE2120000002-K402'] as const;
const there: AddressingResult = { found: true, units: inboxes };
const unknown: AddressingResult = { found: false, cause: 'municipality-unknown' };
const moved = (registered?: AddressingResult) =>
  fact('note-register-change', {
    changed: ['municipality'],
    ...(registered === undefined ? {} : { registered }),
  });
const byHand = step('add-participant', {
  unit: 'SE2120000003-K501',
  unitName: 'Tredje kommunen',
  side: 'municipality',
  organisation: '212000-0003',
});
const municipal = (state: Parameters<typeof openTodos>[0]) =>
  Object.values(state.participants)
    .filter(({ side }) => side === 'municipality')
    .map(({ unit }) => unit)
    .toSorted();
const reviewing = (state: Parameters<typeof openTodos>[0]) =>
  openTodos(state).filter((key) => key.startsWith('review-') || key.startsWith('address-'));

describe('A patient who is registered in another municipality', () => {
  it('ADR-2, ACC-2: a draft is addressed to the inboxes of the new one, and the one before never hears of it', () => {
    const { state } = opened().after(moved(there));
    expect(municipal(state)).toEqual(inboxes);
    expect(reviewing(state)).toEqual([]);
    const published = opened().after(moved(there), inform, giveConsent, publish).state;
    expect(published.notices['admission-notice:1']?.recipients).toEqual(
      [...inboxes, units.healthCentre].toSorted(),
    );
  });

  it('ADR-2: who was added by hand stays', () => {
    expect(municipal(opened().after(byHand, moved(there)).state)).toEqual([...inboxes, 'SE2120000003-K501']);
  });

  it('ADR-2, ADR-13: of one outside the configuration nobody is left, and the ward addresses it by hand', () => {
    const { state } = opened().after(moved(unknown));
    expect(municipal(state)).toEqual([]);
    expect(state.notAddressed.municipality).toBe('municipality-unknown');
    expect(reviewing(state)).toEqual(['address-by-hand:municipality']);
    expect(municipal(opened().after(moved(unknown), moved(there)).state)).toEqual(inboxes);
  });

  it('ADR-10: a unit that the ward has taken out stays out, whatever a register says; added by hand it is back', () => {
    const out = step('remove-participant', { unit: inboxes[1], confirmed: true, reason: 'Fel enhet' });
    const without = opened().after(moved(there), out);
    expect(municipal(without.after(moved(there)).state)).toEqual([inboxes[0]]);
    const listed = fact('note-register-change', {
      changed: ['listing'],
      listed: { found: true, units: [units.healthCentre] },
    });
    const centreOut = step('remove-participant', { unit: units.healthCentre, confirmed: true, reason: 'x' });
    expect(opened().after(centreOut, listed).state.participants[units.healthCentre]).toBeUndefined();
    const back = step('add-participant', {
      unit: units.healthCentre,
      unitName: 'x',
      side: 'outpatient',
      organisation: 'x',
    });
    const again = opened().after(centreOut, back).state;
    expect([again.participants[units.healthCentre]?.ground, again.takenOut]).toEqual(['by-hand', undefined]);
  });

  it('ADR-2: told again it changes nothing', () => {
    const again = fact('note-register-change', { changed: [], registered: there });
    opened().after(moved(there)).when(again).thenNothing();
  });

  it("ADR-13: while the lookup has not answered, addressing is the retry's", () => {
    const waiting = opened('skane', { municipality: { found: false, cause: 'service-unavailable' } });
    expect(municipal(waiting.after(moved(there)).state)).toEqual([]);
  });

  it('PAT-7: of a published case the ward looks over who takes part', () => {
    const { state } = publishedCase().after(moved(there));
    expect(municipal(state)).not.toContain(inboxes[0]);
    expect(reviewing(state)).toEqual(['review-register-change:1']);
  });

  it('PAT-7: nor is one that is over told anything', () => {
    publishedCase().after(discharge).when(moved(there)).thenNothing();
  });
});
