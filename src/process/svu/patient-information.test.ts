import { needsAssessor, nurse } from '../../../test/support/process/cast.js';
import {
  giveConsent,
  inform,
  now,
  opened,
  publishedCase,
  refuse,
  step,
} from '../../../test/support/process/svu.js';

const information = (data: { informed: boolean; oral: boolean; written: boolean; reason?: string }) =>
  step('record-patient-information', data);

describe('Information to the patient', () => {
  it('CON-1: yes means orally and in writing', () => {
    opened()
      .when(inform)
      .thenEvents({ type: 'PatientInformationRecorded', data: { informed: true } });
    opened()
      .when(information({ informed: true, oral: true, written: false }))
      .thenRejected('information-not-both-ways');
  });

  it('CON-1: no needs a reason', () => {
    opened()
      .when(information({ informed: false, oral: false, written: false, reason: ' ' }))
      .thenRejected('information-reason-required', { field: 'reason' });
    opened()
      .when(information({ informed: false, oral: true, written: false, reason: 'Broschyren är slut' }))
      .thenEvents({ type: 'PatientInformationRecorded', data: { reason: 'Broschyren är slut' } });
  });

  it('CON-1: it keeps who recorded it and when; recorded twice is recorded once', () => {
    const informed = opened().after(inform);
    expect(informed.state.information).toMatchObject({ at: now, by: nurse });
    informed.when(inform).thenNothing();
  });

  it('CON-1: it is recorded by the hospital', () => {
    publishedCase()
      .when(step('record-patient-information', { informed: true, oral: true, written: true }, needsAssessor))
      .thenRejected('only-hospital-records-information');
  });

  it('CON-5: why she was not informed is not taken under a refusal, and not kept after one', () => {
    const why = { informed: false, oral: true, written: false, reason: 'Broschyren är slut' };
    const refused = opened().after(refuse);
    refused.when(information(why)).thenRejected('refusal-shares-minimum', { field: 'reason' });
    const { reason: _why, ...no } = why;
    refused.when(information(no)).thenEvents({ type: 'PatientInformationRecorded', data: no });
    const told = opened().after(information(why), refuse, giveConsent);
    expect(told.state.information).toMatchObject(no);
    expect(JSON.stringify(told.state)).not.toContain(why.reason);
  });
});
