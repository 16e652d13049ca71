import { asStored } from '../../src/log/as-stored.js';
import { asJson } from '../../src/log/recorded-event.js';
import { svu } from '../../src/process/svu/svu.js';
import type { SvuState } from '../../src/process/svu/state.js';
import type { Projection } from '../../src/projection/projection.js';
import { projectSvu, projectSvuChange } from '../../src/projection/svu/svu.js';
import { publishedCase, step } from '../support/process/svu.js';
import { none, play } from '../support/process/play.js';

const id = '0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c01';

/** What differs between two projections: what is new or other, and what is gone, by reference and text. */
function differences(before: Projection, after: Projection): readonly string[] {
  const texts = ({ resources }: Projection) =>
    new Map(resources.map((each) => [each.content.resourceType + each.content.id, JSON.stringify(each)]));
  const [was, is] = [texts(before), texts(after)];
  return [
    ...[...is].filter(([key, text]) => was.get(key) !== text).map(([, text]) => text),
    ...[...was.keys()].filter((key) => !is.has(key)),
  ].toSorted();
}

describe('what a step changes', () => {
  it('is found by rendering what changed alone, as by rendering all, whatever happens to a case', () => {
    let leftOut = 0;
    play({
      each: ({ before, events }) => {
        let state: SvuState = asJson(before);
        for (const event of events) {
          const evolved = svu.evolve(state, event);
          const next = asStored(evolved, state);
          // The same text, in the same order, as what is stored and read back.
          none(JSON.stringify(next) === JSON.stringify(asJson(evolved)) ? [] : [event.type]);
          const [one, other] = [projectSvu(id, state), projectSvu(id, next)];
          const both = projectSvuChange(id, state, next);
          expect(differences(both.before, both.after)).toEqual(differences(one, other));
          expect([both.before.grants, both.after.grants]).toEqual([one.grants, other.grants]);
          leftOut += other.resources.length - both.after.resources.length;
          state = next;
        }
      },
      end: () => undefined,
    });
    expect(leftOut).toBeGreaterThan(1000);
  });

  it('is a few resources, however much the case has said before', () => {
    let course = publishedCase();
    const days = ['2026-03-08', '2026-03-09'] as const;
    const day = (index: number) =>
      step('change-planned-discharge', { date: days[index % 2] ?? '', reason: `Skäl ${index}` });
    const rendered: number[] = [];
    for (let index = 1; index <= 40; index += 1) {
      const before = asJson(course.state);
      course = course.after({ ...day(index), at: new Date(Date.UTC(2026, 2, 2, 9, index)).toISOString() });
      const event = course.events.at(-1);
      if (event === undefined) throw new Error('nothing happened');
      const next = asStored(svu.evolve(before, event), before);
      rendered.push(projectSvuChange(id, before, next).after.resources.length);
    }
    expect(rendered.at(-1)).toBe(rendered[2]);
  });
});
