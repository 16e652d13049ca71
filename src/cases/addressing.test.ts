import { describe, expect, it } from '@jest/globals';
import { sample, sampleOrganisation, unitOf } from '../../test/support/organisation.js';
import { buildDirectory } from '../directory/directory.js';
import type { Listing } from '../messaging/contracts/facts.js';
import { addressOutpatient } from './addressing.js';

const second = `SE${sample.region}-H2`;
const closed = `SE${sample.region}-H3`;
const base = sampleOrganisation();
const centre = { side: 'outpatient', kind: 'health-centre' } as const;
const directory = buildDirectory({
  ...base,
  units: [
    ...base.units,
    unitOf(sample.region, 'H2', centre),
    unitOf(sample.region, 'H3', { ...centre, active: false }),
  ],
});
const doctor = { id: sample.nurse };
const today = '2026-03-02';
const addressed = (...listings: Listing[]) => {
  const result = addressOutpatient(directory, listings, today);
  return result.found ? result.units : result.cause;
};

describe('which listing counts', () => {
  it('ADR-13: none, an ended one and one to come are no listing', () => {
    expect(addressed()).toBe('no-listing');
    expect(addressed({ facility: sample.healthCentre, validTo: '2026-03-01' })).toBe('no-listing');
    expect(addressed({ facility: sample.healthCentre, validFrom: '2026-03-03' })).toBe('no-listing');
  });

  it('ADR-1: from its first day to its last, in Swedish days, whatever the day in UTC', () => {
    // Midnight in Stockholm is the day before in UTC.
    expect(addressed({ facility: sample.healthCentre, validFrom: '2026-03-02T23:00:00.000Z' })).toBe(
      'no-listing',
    );
    expect(addressed({ facility: sample.healthCentre, validFrom: '2026-03-01T23:00:00.000Z' })).toEqual([
      sample.healthCentre,
    ]);
    expect(addressed({ facility: sample.healthCentre, validTo: '2026-03-01T23:00:00.000Z' })).toEqual([
      sample.healthCentre,
    ]);
    expect(addressed({ facility: sample.healthCentre, validTo: '2026-02-28T23:00:00.000Z' })).toBe(
      'no-listing',
    );
  });

  it('ADR-1: of several the one with a doctor, then the latest', () => {
    const early = { facility: sample.healthCentre, validFrom: '2024-01-01' };
    const late = { facility: second, validFrom: '2025-01-01' };
    expect(addressed(early, late)).toEqual([second]);
    expect(addressed({ ...early, doctor }, late)).toEqual([sample.healthCentre]);
    expect(addressed({ ...early, doctor, validTo: '2025-01-01' }, late)).toEqual([second]);
  });

  it('ADR-13: a unit outside the hub, a closed one and one that is no outpatient unit are not addressed', () => {
    for (const facility of ['SE4999009999-X', closed, sample.ward])
      expect(addressed({ facility })).toBe('listed-unit-unknown');
  });
});
