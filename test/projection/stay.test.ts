import type { Encounter } from 'fhir/r4.js';
import type { WardNoticeState } from '../../src/process/ward-notice/ward-notice.js';
import type { StayState } from '../../src/process/stay/stay.js';
import { projectWardNotice } from '../../src/projection/ward-notice/ward-notice.js';
import { projectStay } from '../../src/projection/stay/encounter.js';
import { r4Faults } from '../support/r4-resources.js';
import { personId, stayId, ward } from './states.js';

const otherWard = 'SE2321000255-W102';
const order = { time: '2026-11-22T10:00:00.000Z' };
const moved: StayState = {
  kind: 'stay',
  personId,
  status: 'in-progress',
  ward: otherWard,
  admittedAt: '2026-11-20T07:30:00.000Z',
  wards: [
    { ward, from: '2026-11-20T07:30:00.000Z' },
    { ward: otherWard, from: '2026-11-22T10:00:00.000Z' },
  ],
  lastOrder: order,
  facts: [],
};
const encounter = (state: StayState) => projectStay(stayId, state).resources[0]?.content as Encounter;

describe('a stay', () => {
  it('SVU-25: is an inpatient Encounter at its present ward, with every ward and its period', () => {
    const content = encounter(moved);
    expect(r4Faults(content)).toEqual([]);
    expect(content).toMatchObject({
      id: stayId,
      status: 'in-progress',
      class: { code: 'IMP' },
      period: { start: moved.admittedAt },
      serviceProvider: { identifier: { value: otherWard } },
      location: [
        {
          status: 'completed',
          period: { end: '2026-11-22T10:00:00.000Z' },
          location: { identifier: { value: ward } },
        },
        { status: 'active', location: { identifier: { value: otherWard } } },
      ],
    });
  });

  it('ends with the discharge', () => {
    const dischargedAt = '2026-11-26T11:00:00.000Z';
    const content = encounter({ ...moved, status: 'finished', dischargedAt });
    expect(r4Faults(content)).toEqual([]);
    expect(content.period?.end).toBe(dischargedAt);
    expect(content.location?.map(({ status }) => status)).toEqual(['completed', 'completed']);
  });

  it.each([
    ['before the admission', { dischargedAt: '2026-11-20T07:00:00.000Z' }],
    ['before the last move', { dischargedAt: '2026-11-21T23:00:00.000Z' }],
    ['before the admission, and searched by', { dischargedAt: '2025-11-20T07:00:00.000Z' }],
    ['at a ward before it came there', { wards: moved.wards.toReversed() }],
  ])('that ends %s shows no period that ends before it begins (per-1)', (_what, changes) => {
    const state: StayState = {
      ...moved,
      status: 'finished',
      dischargedAt: '2026-11-26T11:00:00.000Z',
      ...changes,
    };
    const [resource] = projectStay(stayId, state).resources;
    const { status, period, location = [] } = encounter(state);
    const periods = [
      period,
      { start: resource?.periodStart, end: resource?.periodEnd },
      ...location.map((each) => each.period),
    ];
    for (const { start = '', end } of periods.flatMap((each) => each ?? []))
      expect(Date.parse(end ?? start)).toBeGreaterThanOrEqual(Date.parse(start));
    expect([status, ...location.map((each) => each.status)]).toEqual(['finished', 'completed', 'completed']);
  });

  it('is valid when the facts have not told its beginning or its ward', () => {
    const { ward: _ward, admittedAt: _admittedAt, ...rest } = moved;
    const content = encounter({ ...rest, wards: [] });
    expect(r4Faults(content)).toEqual([]);
    expect(content.period).toBeUndefined();
    expect(projectStay(stayId, { ...rest, wards: [] }).grants).toEqual([]);
  });

  it('ACC-7: opens the stay and the person for the present ward, and no more for the one before', () => {
    expect(projectStay(stayId, moved).grants).toEqual([
      { scope: stayId, unit: otherWard, drafts: true, level: 'full' },
      { scope: personId, unit: otherWard, drafts: true, level: 'full' },
    ]);
  });

  it('ACC-1: does not open the person once the patient has gone home', () => {
    const grants = projectStay(stayId, { ...moved, status: 'finished' }).grants;
    expect(grants.map(({ scope }) => scope)).toEqual([stayId]);
  });

  it('has the planned end as the extension of R5, where the journal told it', () => {
    const [resource] = projectStay(stayId, { ...moved, expectedDischarge: '2026-11-26' }).resources;
    expect((resource?.content as Encounter | undefined)?.extension).toEqual([
      {
        url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedEndDate',
        valueDateTime: '2026-11-26',
      },
    ]);
  });
});

describe('a notice to a ward', () => {
  const noticeId = 'f3f7a8b0-2d0e-4c2b-8c51-6a5d4e3f2a07';
  const state: WardNoticeState = {
    kind: 'ward-notice',
    todos: {
      telephone: {
        key: 'telephone',
        kind: 'plan-by-telephone',
        unit: ward,
        responsibility: 'write',
        openedAt: '2026-11-22T10:00:00.000Z',
        state: 'requested',
        input: { reference: 'MSG00017' },
        personal: false,
      },
    },
  };

  it('PAT-1, PAT-4, PAT-5: is a Task for the ward alone, about nobody', () => {
    const { resources, grants } = projectWardNotice(noticeId, state);
    const [task] = resources;
    expect(r4Faults(task?.content ?? { resourceType: 'none' })).toEqual([]);
    expect(task?.content).not.toHaveProperty('for');
    expect(task?.content).not.toHaveProperty('basedOn');
    expect(task?.personId).toBeUndefined();
    expect(task?.content).toMatchObject({ input: [{ valueString: 'MSG00017' }] });
    expect(grants).toEqual([{ scope: noticeId, unit: ward, drafts: true, level: 'full' }]);
  });
});
