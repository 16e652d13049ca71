import { expect, it } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { readPolicies } from '../../src/policies/read-policies.js';
import { readQuestionnaires } from '../../src/questionnaires/read-questionnaires.js';
import { tellMissingQuestionnaires } from '../../src/start/checks/missing-questionnaires.js';

/** What is told of policies and questionnaires in two folders, as `policy: document`. */
function told(policies: string, questionnaires: string): readonly string[] {
  const lines: string[] = [];
  tellMissingQuestionnaires(
    readPolicies(policies, caseKinds.all),
    readQuestionnaires(questionnaires),
    caseKinds.all,
    pino({}, { write: (line) => void lines.push(line) }),
  );
  return lines.map((line) => {
    const { level, policy, kind, document } = JSON.parse(line) as Record<string, unknown>;
    expect([level, kind]).toEqual([40, 'svu']);
    return `${String(policy)}: ${String(document)}`;
  });
}

it('SVU-32: every working document of the policies that are here has a questionnaire', () => {
  expect(told('policies', 'questionnaires')).toEqual([]);
});

it('SVU-32: a working document of a policy that has none, as of a name that is misspelt, is told at start by its name', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'policies-'));
  try {
    cpSync('policies', folder, { recursive: true });
    const file = path.join(folder, 'skane.json');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll('["assessment", "statement"]', '["assesment"]'),
    );
    expect(told(folder, 'questionnaires')).toContain('skane: assesment');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
