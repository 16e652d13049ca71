import { readFileSync } from 'node:fs';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { asPolicy } from '../../src/policies/policy-file.js';
import type { AddressingResult } from '../../src/process/case/addressing-result.js';
import type { Policy } from '../../src/process/policy/policy.js';
import { districtNurse, units } from '../support/process/cast.js';
import { partOfFollowUps, policiesWithFollowUps, withPart } from './follow-up/policies.js';
import { followUp, type FollowUpCommand } from './follow-up/process.js';
import type { FollowUpState } from './follow-up/state.js';
import { followUpKind } from './follow-up/kind.js';
import { kinds } from './hub-with-follow-ups.js';

const [svuKind] = caseKinds.all;
const policyOf = (part: object = partOfFollowUps, kind: (typeof kinds.all)[number] = followUpKind) =>
  policiesWithFollowUps(kinds.all, part).ofOrganisation({ policy: 'skane' }, kind);

const nobody: AddressingResult = { found: false, cause: 'no-listing' };
const municipality: AddressingResult = { found: true, units: [units.needsAssessment] };

/** A follow-up that was shared with the municipality under a policy, with consent or under a refusal. */
function sharedUnder(policy: Policy | undefined, kind: 'consent' | 'refusal'): FollowUpState {
  let state: FollowUpState | undefined;
  const step = (type: string, data: unknown) => {
    const command = { type, at: '2026-11-30T09:00:00.000Z', by: districtNurse, data } as FollowUpCommand;
    const { events, rejection } = followUp.decide(command, state);
    expect(rejection).toBeUndefined();
    for (const event of events ?? []) state = followUp.evolve(state, event);
  };
  const asked = { personId: 'p', until: '2026-12-24', purpose: 'Sårvård' };
  step('open', { ...asked, policy, outpatient: nobody, municipality });
  step('register-decision', { decisionId: '0b1d3a52-0000-4000-8000-0000000000a1', kind });
  step('share', {});
  return state!;
}
const told = ({ notices }: FollowUpState) => notices['follow-up-shared:1']?.content;
const asked = ({ todos }: FollowUpState) => Object.values(todos).map((todo) => todo.kind);

describe('What a policy decides of a second kind of case', () => {
  it('CON-5: shares under a refusal what the part of this kind lists, and nothing by the word of another kind', () => {
    expect(told(sharedUnder(policyOf(), 'refusal'))).toEqual({ until: '2026-12-24' });
    const none = {
      ...partOfFollowUps,
      minimumUnderRefusal: { ...partOfFollowUps.minimumUnderRefusal, value: [] },
    };
    const policy = policyOf(none);
    expect(policiesWithFollowUps(kinds.all, none).newest('skane')?.settings['minimumUnderRefusal']).toContain(
      'expected-discharge',
    );
    expect(told(sharedUnder(policy, 'refusal'))).toEqual({});
  });

  it('SVU-32: its own setting decides, and a case that does not state it has the strictest', () => {
    expect(asked(sharedUnder(policyOf(), 'consent'))).toContain('visit-at-home');
    const no = { ...partOfFollowUps, followUpVisits: { ...partOfFollowUps.followUpVisits, value: false } };
    expect(asked(sharedUnder(policyOf(no), 'consent'))).not.toContain('visit-at-home');
    expect(asked(sharedUnder({ name: 'skane', version: 3, settings: {} }, 'consent'))).not.toContain(
      'visit-at-home',
    );
  });

  it('SVU-32: a case keeps the settings of its own kind, and those of every kind', () => {
    const names = (policy?: Policy) => Object.keys(policy?.settings ?? {});
    expect(names(policyOf()).toSorted()).toEqual([
      'directedMessages',
      'followUpVisits',
      'harmQuestions',
      'messageAcknowledgement',
      'messagesOnlyDuringStay',
      'messagesOutsideStay',
      'minimumUnderRefusal',
      'minors',
      'secrecyBreakingRule',
    ]);
    expect(names(policyOf(partOfFollowUps, svuKind))).not.toContain('followUpVisits');
    const newest = JSON.parse(readFileSync('policies/skane.json', 'utf8')) as object;
    const before = asPolicy(newest, 'skane', caseKinds.all).versions.at(-1)?.settings;
    expect(policyOf(partOfFollowUps, svuKind)?.settings).toEqual(before);
  });

  it('ORG-11: a policy that lacks the part, or states in it what is of another kind, is refused by its place', () => {
    const read = (content: object) => () => asPolicy(content, 'skane', kinds.all);
    expect(read(JSON.parse(readFileSync('policies/skane.json', 'utf8')) as object)).toThrow(
      'lacks followUpVisits (ADR-2)',
    );
    expect(read(withPart('skane', { minimumUnderRefusal: partOfFollowUps.minimumUnderRefusal }))).toThrow(
      'lacks followUpVisits (ADR-2)',
    );
    const foreign = { ...partOfFollowUps, readyUnderRefusal: { rule: 'SVU-33', value: true, source: 'x' } };
    expect(read(withPart('skane', foreign))).toThrow('readyUnderRefusal');
    const field = {
      ...partOfFollowUps,
      minimumUnderRefusal: { rule: 'CON-5', value: ['expected-discharge'], source: 'x' },
    };
    expect(read(withPart('skane', field))).toThrow('follow-up-until');
  });
});
