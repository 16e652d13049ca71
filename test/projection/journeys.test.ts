import { currentDecision } from '../../src/process/case/questions.js';
import { svuTables } from '../../src/process/svu/tables.js';
import { silentNoticeFields, svuNoticeWords } from '../../src/projection/svu/notice-words.js';
import { projectSvu } from '../../src/projection/svu/svu.js';
import { r4Faults } from '../support/r4-resources.js';
import type { SvuState } from '../../src/process/svu/state.js';
import { everyState, inform, open, publish, secret, statesOf, step } from './any-journey.js';
import { caseId, healthCentre } from './states.js';

describe('any journey of a case through the process', () => {
  it('shows resources that are valid FHIR R4, each with one id', () => {
    everyState((state) => {
      const { resources } = projectSvu(caseId, state);
      expect(resources.flatMap(({ content }) => r4Faults(content))).toEqual([]);
      const ids = resources.map(({ content }) => `${content.resourceType}/${content.id}`);
      expect(new Set(ids).size).toBe(ids.length);
    });
    expect.hasAssertions();
  });

  it('CON-5: shows no reason and no other free text under a refusal, in any resource', () => {
    let refused = 0;
    everyState((state) => {
      if (currentDecision(state)?.data.kind !== 'refusal') return;
      refused += 1;
      expect(JSON.stringify(projectSvu(caseId, state).resources)).not.toContain(secret);
    }, 120);
    expect(refused).toBeGreaterThan(50);
  });

  it('goes through every phase, and sends every kind of notice but one of a freeze', () => {
    const phases = new Set<string>();
    const kinds = new Set<string>();
    everyState((state) => {
      phases.add(state.phase);
      for (const { kind } of Object.values(state.notices)) kinds.add(kind);
    }, 600);
    expect(phases).toEqual(new Set(['draft', 'published', 'discharged', 'annulled']));
    const sent = Object.keys(svuTables.notices).filter((kind) => kind !== 'frozen');
    expect(kinds).toEqual(new Set(sent));
  });

  it('words every field that a notice carries', () => {
    const known = new Set([...Object.keys(svuNoticeWords.fields), ...silentNoticeFields]);
    everyState((state) => {
      const fields = Object.values(state.notices).flatMap(({ content }) => Object.keys(content));
      expect(fields.filter((field) => !known.has(field))).toEqual([]);
    });
    expect.hasAssertions();
  });

  it('has a code for every value that a to-do carries', () => {
    everyState((state) => {
      const inputs = projectSvu(caseId, state).resources.flatMap(({ content }) =>
        content.resourceType === 'Task' ? (content.input ?? []) : [],
      );
      expect(inputs.filter(({ type, valueString }) => !type.coding || valueString !== undefined)).toEqual([]);
    });
    expect.hasAssertions();
  });

  it('PAT-6: has the same resources after a freeze as before it, but for the case and what is to do', () => {
    everyState((state) => {
      if (state.frozen) return;
      const lasting = (of: SvuState) =>
        projectSvu(caseId, of).resources.filter(({ content }) =>
          ['Consent', 'Communication', 'QuestionnaireResponse'].includes(content.resourceType),
        );
      expect(JSON.stringify(lasting({ ...state, frozen: true }))).toBe(JSON.stringify(lasting(state)));
    });
    expect.hasAssertions();
  });
});

it('ADR-12: staff read what units are called, not their HSA-ids', () => {
  const unitNames = { [healthCentre]: 'Vårdcentralen Ekbacken' };
  const steps = [
    { ...open({ name: 'vasterbotten', version: 1 }) },
    inform,
    step('register-decision', { decisionId: caseId, kind: 'consent', form: 'oral', givenBy: 'patient' }),
    publish,
  ].map((each) =>
    each.type === 'open'
      ? {
          ...each,
          data: { ...(each.data as object), outpatient: { found: true, units: [healthCentre], unitNames } },
        }
      : each,
  );
  const [shown] = statesOf(steps)
    .slice(-1)
    .map((state) => projectSvu(caseId, state).resources.map(({ content }) => content));
  const notice = shown?.find(({ resourceType }) => resourceType === 'Communication');
  expect(JSON.stringify(notice)).toContain('"display":"Vårdcentralen Ekbacken"');
  expect(JSON.stringify(notice?.resourceType === 'Communication' && notice.payload)).not.toMatch(/SE\d{10}/);
});
