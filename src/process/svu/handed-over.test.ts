import { districtNurse, nurse, otherNurse, units } from '../../../test/support/process/cast.js';
import {
  discharge,
  giveConsent,
  inform,
  now,
  opened,
  openTodos,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  reportReady,
  step,
  withdrawConsent,
  withdrawReady,
  type Case,
} from '../../../test/support/process/svu.js';
import type { UserActor } from '../vocabulary.js';
import { sharedContent } from './shared-content.js';

const handOver = (by: UserActor = nurse, handedOverAt = now) =>
  step('record-information-handed-over', { handedOverAt, to: 'relative' }, by);
const asked = ({ state }: Case, kind = 'hand-over-patient-information'): readonly string[] =>
  openTodos(state).filter((key) => key.startsWith(kind));

describe.each(['norrbotten', 'vasterbotten'] as const)('The patient information of %s', (policy) => {
  const ready = publishedCase(policy).after(reportReady);

  it('SVU-26: each unit is asked to write its part from the admission notice in full, and a unit that joins later too', () => {
    const of = publishedCase(policy);
    const kind = 'write-patient-information';
    const all = [units.ward, units.healthCentre, units.homeNursing, units.needsAssessment];
    expect(asked(opened(policy).after(inform, giveConsent), kind)).toEqual([]);
    expect(asked(of, kind)).toEqual(all.map((unit) => `${kind}:${unit}`).toSorted());
    const joined = of.after(
      step('add-participant', {
        unit: units.otherHealthCentre,
        unitName: 'Norra',
        side: 'outpatient',
        organisation: '1',
      }),
    );
    expect(asked(joined, kind)).toContain(`${kind}:${units.otherHealthCentre}`);
    expect(asked(of.after(refuse), kind)).toEqual([]);
    const stands = (complete: boolean) =>
      step(
        'note-document-standing',
        {
          document: 'patient-information',
          unit: units.healthCentre,
          standing: complete ? { complete } : {},
        },
        districtNurse,
      );
    const written = of.after(stands(true));
    expect(asked(written, kind)).not.toContain(`${kind}:${units.healthCentre}`);
    // It can change during the whole stay: who takes away what is required is asked again.
    expect(asked(written.after(stands(false)), kind)).toContain(`${kind}:${units.healthCentre}`);
  });

  it('SVU-26: the hospital is asked for the printed copy once she is ready, and records who took it', () => {
    expect(asked(publishedCase(policy))).toEqual([]);
    expect(asked(ready)).toEqual([`hand-over-patient-information:${units.ward}`]);
    expect(asked(ready.after(withdrawReady))).toEqual([]);
    const over = ready.after(handOver());
    expect(asked(over)).toEqual([]);
    expect(sharedContent(over.state).informationHandedOver).toEqual({ handedOverAt: now, to: 'relative' });
    expect(over.state.todos[`hand-over-patient-information:${units.ward}`]).toMatchObject({
      state: 'completed',
      endedBy: nurse,
    });
    // The same said again changes nothing; a later print does.
    const later = handOver(nurse, '2026-03-02T07:30:00.000Z');
    expect(over.after(handOver()).events.length).toBe(over.events.length);
    expect(over.after(later).state.informationHandedOver?.handedOverAt).toBe('2026-03-02T07:30:00.000Z');
  });

  it('SVU-26, CON-5: is recorded by the hospital alone, at a time of the stay, and not under a refusal', () => {
    ready.when(handOver(districtNurse)).thenRejected('only-hospital-hands-information-over');
    ready.when(handOver(otherNurse)).thenRejected('not-participating');
    ready.when(handOver(nurse, 'x')).thenRejected('time-not-understood', { field: 'handedOverAt' });
    ready
      .when(handOver(nurse, '2026-03-03T08:00:00.000Z'))
      .thenRejected('handed-over-in-the-future', { field: 'handedOverAt' });
    ready
      .when(handOver(nurse, '2026-02-20T08:00:00.000Z'))
      .thenRejected('handed-over-before-admission', { field: 'handedOverAt' });
    publishedUnderRefusal(policy).when(handOver()).thenRejected('refusal-shares-minimum');
    ready.after(withdrawConsent).when(handOver()).thenRejected('no-current-decision');
    ready.after(discharge).when(handOver()).thenRejected('case-locked');
    const refused = ready.after(handOver(), refuse);
    expect(sharedContent(refused.state)).not.toHaveProperty('informationHandedOver');
  });
});

it('SVU-32: skane has no patient information', () => {
  publishedCase('skane').when(handOver()).thenRejected('document-not-of-policy');
});
