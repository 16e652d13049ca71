import {
  districtNurse,
  homeNurse,
  municipalReader,
  needsAssessor,
  nurse,
  units,
} from '../../../test/support/process/cast.js';
import {
  opened,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  reportReady,
  step,
  withdrawConsent,
  withdrawReady,
} from '../../../test/support/process/svu.js';
import { projectSvu } from '../../projection/svu/svu.js';
import type { Actor } from '../vocabulary.js';
import { sharedContent } from './shared-content.js';

const caseId = '0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c01';
const homeAt = '2026-03-06T13:00:00.000Z';
const state = (met = true, by: Actor = needsAssessor, at = homeAt) =>
  step('state-homecoming', { homeAt: at, met }, by);
const ready = () => publishedCase().after(reportReady);

describe('The going home', () => {
  it('SVU-37: the municipality states when, and whether somebody meets; everybody else is told', () => {
    const { notices } = ready().after(state()).state;
    expect(notices['homecoming:1']).toMatchObject({
      content: { homeAt, met: 'true' },
      recipients: [units.homeNursing, units.ward, units.healthCentre].toSorted(),
      personal: true,
    });
  });

  it('SVU-37: may be stated before ready, for planning begins with the admission notice', () => {
    publishedCase()
      .when(state())
      .thenEvents({ type: 'HomecomingStated', data: { homeAt, met: true } });
  });

  it.each([nurse, districtNurse])('SVU-37: no other side states it', (by) => {
    ready().when(state(true, by)).thenRejected('only-municipality-states-homecoming');
  });

  it('ORG-2: who only reads does not state it', () => {
    ready().when(state(true, municipalReader)).thenRejected('role-lacks-responsibility');
  });

  it('ACC-2: nor is it stated of a draft', () => {
    opened().when(state()).thenRejected('draft-of-another-side');
  });

  it('SVU-37: is a moment, of today or later', () => {
    const wrong = (at: string) => ready().when(state(true, needsAssessor, at));
    wrong('på fredag').thenRejected('time-not-understood', { field: 'homeAt' });
    wrong('2026-03-01T13:00:00.000Z').thenRejected('homecoming-passed', { field: 'homeAt' });
    wrong('2026-03-02T07:00:00.000Z').thenAccepted();
  });

  it('SVU-37: a repeat changes nothing, another time or answer is told', () => {
    const stated = ready().after(state());
    stated.when(state()).thenNothing();
    stated.when(state(false)).thenEvents({ type: 'HomecomingStated', data: { met: false } });
    stated.when(state(true, homeNurse)).thenNothing();
  });

  it('SVU-12, SVU-37: is stated anew once ready was withdrawn', () => {
    const later = '2026-03-02T09:00:00.000Z';
    const withdrawn = ready()
      .after(state())
      .after({ ...withdrawReady, at: later });
    withdrawn.when({ ...state(), at: later }).thenEvents({ type: 'HomecomingStated', data: { homeAt } });
  });

  it('CON-5, CON-8: not while the patient refuses, or no decision stands', () => {
    publishedUnderRefusal().when(state()).thenRejected('refusal-shares-minimum', { field: 'homeAt' });
    ready().after(withdrawConsent).when(state()).thenRejected('no-current-decision');
  });

  it('CON-5: what was stated before a refusal is not shown after it', () => {
    const { notices } = sharedContent(ready().after(state(), refuse).state);
    expect(notices).not.toHaveProperty(['homecoming:1']);
  });

  it('VIEW-12: is read in words, and a new time of either unit of the municipality replaces the one before', () => {
    const changed = ready().after(state(), state(false, homeNurse));
    const texts = projectSvu(caseId, changed.state)
      .resources.map(({ content }) => content)
      .filter((each) => each.resourceType === 'Communication')
      .map(({ payload }) => payload?.[0]?.contentString ?? '')
      .filter((text) => text.includes('Tid för hemgång'));
    expect(texts).toHaveLength(2);
    expect(texts[0]).toMatch(
      /^Gäller inte längre.*\nTid för hemgång\nHemgång: .*kl. 14\.00.*\nNågon möter upp: ja$/u,
    );
    expect(texts[1]).toMatch(/^Tid för hemgång\nÄndrat. Ersätter .*\nHemgång: .*\nNågon möter upp: nej$/u);
  });
});
