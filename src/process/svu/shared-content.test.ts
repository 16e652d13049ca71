import { units } from '../../../test/support/process/cast.js';
import type { PolicyName } from '../../../test/support/policies.js';
import {
  discharge,
  now,
  opened,
  publishedCase,
  publishedUnderRefusal,
  refuse,
} from '../../../test/support/process/svu.js';
import { sharedContent } from './shared-content.js';

describe('What a case may show', () => {
  it.each<[PolicyName, object]>([
    [
      'skane',
      {
        admittedAt: '2026-03-02T06:30:00.000Z',
        expectedDischarge: '2026-03-06',
        information: { written: true },
      },
    ],
    ['norrbotten', { ward: units.ward, expectedDischarge: '2026-03-06' }],
    ['vasterbotten', { ward: units.ward, expectedDischarge: '2026-03-06' }],
  ])('CON-5: under refusal in %s exactly the minimum', (policy, minimum) => {
    const { decisions, notices, steps, ...shared } = sharedContent(publishedUnderRefusal(policy).state);
    expect(shared).toEqual({
      level: 'minimum',
      registerData: policy !== 'skane',
      freeText: false,
      hospitalUnits: policy === 'skane' ? 'none' : 'wards',
      namesHospitalStaff: false,
      showsReady: false,
      contacts: {},
      ...minimum,
    });
    expect(decisions.map((decision) => decision.data.kind)).toEqual(['refusal']);
    expect(steps.ready).toBe('not-begun');
    const { information, ...fields } = minimum as { information?: object };
    expect(notices['admission-notice:1']?.content).toEqual({
      ...fields,
      ...(information === undefined ? {} : { writtenInformation: 'true' }),
    });
  });

  it.each<PolicyName>(['skane', 'norrbotten', 'vasterbotten'])(
    'CON-5: under refusal in %s also the closing discharge notice',
    (policy) => {
      expect(sharedContent(publishedUnderRefusal(policy).after(discharge).state).discharge).toEqual({
        dischargedAt: now,
        form: 'discharge',
        dischargedTo: 'Ordinärt boende',
        at: now,
      });
    },
  );

  it('CON-5: a draft hides its reason from the moment the patient refuses', () => {
    expect(sharedContent(opened().state).reason).toBe('Höftfraktur efter fall');
    expect(sharedContent(opened().after(refuse).state)).toMatchObject({ level: 'minimum', freeText: false });
  });

  it('SVU-3: under consent everything', () => {
    expect(sharedContent(publishedCase().state)).toMatchObject({
      level: 'full',
      reason: 'Höftfraktur efter fall',
      information: { informed: true, oral: true, written: true },
    });
  });

  it('CON-5: a policy that this build does not know shares nothing under refusal', () => {
    const { state } = publishedUnderRefusal();
    const shared = sharedContent({ ...state, policy: { name: 'skane', version: 99 } });
    expect(shared.admittedAt).toBeUndefined();
    expect(shared.expectedDischarge).toBeUndefined();
  });
});
