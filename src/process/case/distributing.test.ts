import { homeNurse, needsAssessor, nurse, units } from '../../../test/support/process/cast.js';
import {
  discharge,
  fact,
  freeze,
  inform,
  giveConsent,
  opened,
  openTodos,
  publish,
  publishedCase,
  refuse,
  step,
  undo,
  type Case,
} from '../../../test/support/process/svu.js';
import type { Actor } from '../vocabulary.js';

const municipality = '212000-1124';
const area = { ...homeNurse, unit: 'SE2321000016-K150', organisation: municipality };
const ifo = 'SE2321000016-K160';
/** A municipality with one inbox, or with two, of which the first passes its cases on. */
const draft = (...inboxes: readonly string[]): Case =>
  opened('skane', {
    municipality: {
      found: true,
      units: inboxes.length === 0 ? [units.needsAssessment] : inboxes,
      distributing: { [units.needsAssessment]: municipality },
    },
  });
const published = (...inboxes: readonly string[]): Case =>
  draft(...inboxes).after(inform, giveConsent, publish);
const add = (unit: string, by: Actor = needsAssessor, more: object = {}) =>
  step(
    'add-participant',
    { unit, unitName: unit, side: 'municipality', organisation: municipality, ...more },
    by,
  );
const leaves = (by: typeof needsAssessor) =>
  step('remove-participant', { unit: by.unit, confirmed: true, reason: 'Fel enhet' }, by);
const takes = step('complete-todo', { key: `acknowledge-admission-notice:${area.unit}:1` }, area);
const staysHere = step('complete-todo', { key: `distribute-case:${units.needsAssessment}` }, needsAssessor);
const asked = ({ state }: Case) => openTodos(state).filter((key) => key.startsWith('distribute-case'));
const own = [`distribute-case:${units.needsAssessment}`];

describe('ADR-14: an inbox that passes its cases on', () => {
  it('ADR-14: is asked to, from the notice until a unit of its municipality was added', () => {
    expect(asked(draft())).toEqual([]);
    expect(asked(published())).toEqual(own);
    const placed = published().after(add(area.unit));
    expect(asked(placed)).toEqual([]);
    expect(placed.state.todos[own[0] ?? '']).toMatchObject({ state: 'completed', endedBy: needsAssessor });
    // Of another municipality, or another preselected inbox, is not the right area.
    expect(asked(published().after(add(area.unit, nurse, { organisation: '212000-9999' })))).toEqual(own);
    expect(asked(published(units.needsAssessment, units.homeNursing))).toEqual(own);
  });

  it('ADR-14, ADR-11: a wrong area is put right: it is asked again when that unit leaves', () => {
    const gone = published().after(add(area.unit), leaves(area));
    expect(asked(gone)).toEqual(own);
    expect(asked(gone.after(add('SE2321000016-K151')))).toEqual([]);
  });

  it('ADR-14: the case stays in the inbox until somebody has taken it', () => {
    published().when(leaves(needsAssessor)).thenRejected('inbox-not-taken', { field: 'unit' });
    const placed = published().after(add(area.unit));
    placed.when(leaves(needsAssessor)).thenRejected('inbox-not-taken', { field: 'unit' });
    placed.after(takes).when(leaves(needsAssessor)).thenAccepted();
    published(units.needsAssessment, units.homeNursing)
      .when(leaves(needsAssessor))
      .thenRejected('inbox-not-taken', { field: 'unit' });
  });

  it('ADR-10, ADR-14: a unit always leaves by its own act: the inbox says first that there is nothing to pass on', () => {
    const said = published().after(staysHere);
    expect(asked(said)).toEqual([]);
    said.when(leaves(needsAssessor)).thenAccepted();
    // It was passed on after all, and nobody has taken it yet.
    said.after(add(area.unit)).when(leaves(needsAssessor)).thenRejected('inbox-not-taken');
    // An inbox that does not pass cases on leaves as any unit.
    published(units.needsAssessment, units.homeNursing).when(leaves(homeNurse)).thenAccepted();
    publishedCase().when(leaves(needsAssessor)).thenAccepted();
  });

  it('ADR-16, ADR-14: the hospital takes it out with a reason', () => {
    const out = published().after(
      step('remove-participant', { unit: units.needsAssessment, confirmed: true, reason: 'Fel kommun' }),
    );
    expect(Object.keys(out.state.participants)).not.toContain(units.needsAssessment);
    expect(asked(out)).toEqual([]);
  });

  it('ORG-14, ADR-14: the inbox of another kind of service is passed the case and is asked itself', () => {
    const placed = published().after(add(ifo, needsAssessor, { distributesIn: municipality }));
    expect(asked(placed)).toEqual([`distribute-case:${ifo}`]);
    expect(asked(placed.after(add(area.unit)))).toEqual([]);
  });

  it('ADR-14: what was asked comes back after a freeze and an undone discharge, and stands under a refusal', () => {
    const frozen = published().after(freeze);
    expect(asked(frozen)).toEqual([]);
    expect(asked(frozen.after(fact('unfreeze', {})))).toEqual(own);
    const over = published().after(discharge);
    expect(asked(over)).toEqual([]);
    expect(asked(over.after(undo))).toEqual(own);
    expect(asked(published().after(refuse))).toEqual(own);
    expect(asked(draft().after(inform, refuse, publish))).toEqual(own);
  });

  it('a log that does not say that an inbox passes cases on asks nobody', () => {
    expect(asked(publishedCase())).toEqual([]);
  });
});
