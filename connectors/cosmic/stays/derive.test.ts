import * as fc from 'fast-check';
import { present } from '../present.js';
import { derive, stayEndedBefore, type Step, type Reported } from './derive.js';
import type { Observed } from './translate.js';

const person = (value: string) => ({ type: 'personnummer', value }) as const;
const now = '2026-01-10T12:00:00.000Z';
const time = fc.integer({ min: 0, max: 9 }).map((hour) => `2026-01-10T0${hour}:00:00.000Z`);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const stay = fc
  .record({
    status: fc.constantFrom('open' as const, 'ended' as const),
    person: fc.constantFrom(person('1'), person('2')),
    patient: fc.constantFrom('p'),
    ward: optional(fc.constantFrom('A', 'B')),
    admittedAt: time,
    dischargedAt: optional(time),
    expectedDischarge: optional(time),
    updatedAt: optional(time),
    otherCare: optional(fc.constant(true as const)),
  })
  .map(({ status, ...rest }): Observed => ({ status, ...present(rest) }));
const none = fc
  .record({ updatedAt: time, otherCare: optional(fc.constant(true as const)) })
  .map((rest): Observed => ({ status: 'none', ...present(rest) }));
const sightings = fc.array(fc.oneof({ weight: 4, arbitrary: stay }, none), { minLength: 1, maxLength: 12 });

function play(all: readonly Observed[]): {
  readonly steps: readonly Step[];
  readonly told: Reported | undefined;
} {
  let told: Reported | undefined;
  const steps: Step[] = [];
  for (const seen of all) {
    const derived = derive(told, seen, now);
    told = derived.told;
    steps.push(...derived.steps);
  }
  return { steps, told };
}

it('what is seen twice is told once', () => {
  fc.assert(
    fc.property(sightings, (all) => {
      const { steps } = play(all);
      expect(play(all.flatMap((each) => [each, each])).steps).toEqual(steps);
    }),
  );
});

it('the order of the facts never turns around, whatever the clock of the server says', () => {
  fc.assert(
    fc.property(sightings, (all) => {
      const order = play(all).steps.map((step) => (step.topic === 'stay' ? step.fact : step));
      expect(order.map(({ sequence }) => sequence)).toEqual(order.map((_, index) => index + 1));
      const times = order.map(({ occurredAt }) => occurredAt);
      expect(times).toEqual(times.toSorted());
      expect(times.every((each) => each <= now)).toBe(true);
    }),
  );
});

it('every stay is told in a course that can be: in, moved or changed, out, in again, or never', () => {
  const allowed: Readonly<Record<string, readonly string[]>> = {
    none: ['admitted'],
    open: ['transferred', 'changed', 'discharged', 'admission-cancelled'],
    ended: ['discharged', 'discharge-cancelled', 'admission-cancelled'],
  };
  const after: Readonly<Record<string, string>> = {
    discharged: 'ended',
    'admission-cancelled': 'none',
  };
  fc.assert(
    fc.property(sightings, (all) => {
      const { steps, told } = play(all);
      const status = new Map<number, string>();
      for (const step of steps) {
        if (step.topic !== 'stay') continue;
        expect(allowed[status.get(step.visit) ?? 'none']).toContain(step.fact.kind);
        status.set(step.visit, after[step.fact.kind] ?? 'open');
      }
      expect(status.get(told?.visit ?? 1) ?? 'none').toBe(told?.status);
      const open = [...status].filter(([visit, each]) => each !== 'none' && visit !== told?.visit);
      expect(open).toEqual([]);
    }),
  );
});

it('another class is told beside a fact as long as it stands, begins no stay and takes none back', () => {
  fc.assert(
    fc.property(sightings, (all) => {
      let told: Reported | undefined;
      for (const seen of all) {
        const before: Reported | undefined = told;
        const derived = derive(before, seen, now);
        ({ told } = derived);
        if (seen.status === 'none' || !seen.otherCare) continue;
        const ofPerson = before?.person?.value === seen.person?.value;
        const was = ofPerson ? (before?.status ?? 'none') : 'none';
        expect([was, told.status]).toEqual([was, was === 'open' ? seen.status : was]);
        expect(told.status === 'open' && !told.otherCare).toBe(false);
        const kinds = derived.steps.flatMap((step) => (step.topic === 'stay' ? step.fact.kind : []));
        expect(kinds).not.toContain('admitted');
        expect(kinds).not.toContain('discharge-cancelled');
      }
    }),
  );
});

it.each(['open', 'ended', 'none'] as const)(
  'SVU-24: a stay that was over stays as it was told when another class makes it %s',
  (status) => {
    const over: Observed = { status: 'ended', person: person('1'), ward: 'A', dischargedAt: now };
    const { told } = play([{ ...over, status: 'open' }, over]);
    const later = { status, dischargedAt: '2026-01-10T13:00:00.000Z', otherCare: true } as const;
    const seen = status === 'none' ? { status, otherCare: true as const } : { ...over, ward: 'B', ...later };
    expect(derive(told, seen, now)).toEqual({ steps: [], told });
  },
);

it('SVU-21: one that goes on and is cancelled in another class is told as taken back in that class; deleted, or of another person, as never', () => {
  const open: Observed = { status: 'open', person: person('1'), ward: 'A', otherCare: true };
  const { otherCare: _, ...inpatient } = open;
  const { told } = play([inpatient, open]);
  const last = (seen: Observed) =>
    derive(told, seen, now).steps.map((step) => [
      step.topic === 'stay' && step.fact.kind,
      step.topic === 'stay' && step.otherCare,
    ]);
  expect(last({ status: 'none', otherCare: true })).toEqual([['admission-cancelled', true]]);
  expect(last({ status: 'none' })).toEqual([['admission-cancelled', undefined]]);
  expect(last({ ...open, person: person('2') })).toEqual([['admission-cancelled', undefined]]);
});

it('what is kept as known without being told is told when it goes on', () => {
  const seen: Observed = { status: 'ended', person: person('1'), ward: 'A', updatedAt: now };
  const { steps } = derive(stayEndedBefore(seen), { ...seen, status: 'open' }, now);
  expect(steps.map((step) => step.topic === 'stay' && step.fact.kind)).toEqual(['discharge-cancelled']);
});
