import { districtNurse, needsAssessor, nurse, units } from '../../../test/support/process/cast.js';
import type { Actor } from '../vocabulary.js';
import { opened, publishedCase, step, withdrawConsent } from '../../../test/support/process/svu.js';

const contact = 'SE2321000016-2001';
const name = (more: { callsToSip: boolean; responsibility?: string }, by: Actor = districtNurse) =>
  step('name-contact', { contact, contactName: 'Ulla Ek', isOfOutpatientCare: true, ...more }, by);
const callsToSip = name({ callsToSip: true });

describe('The contact', () => {
  it('SVU-8: outpatient care names one who calls to the SIP', () => {
    expect(publishedCase().after(callsToSip).state.contacts).toEqual({
      [contact]: { name: 'Ulla Ek', unit: units.healthCentre, callsToSip: true },
    });
  });

  it('SVU-8: or one with a stated responsibility', () => {
    publishedCase()
      .when(name({ callsToSip: false, responsibility: ' ' }))
      .thenRejected('contact-needs-responsibility', { field: 'responsibility' });
    publishedCase()
      .when(name({ callsToSip: false, responsibility: 'Dialys' }))
      .thenEvents({ type: 'ContactNamed', data: { responsibility: 'Dialys' } });
  });

  it('SVU-8: it can be changed and removed', () => {
    const named = publishedCase().after(callsToSip);
    named.when(callsToSip).thenNothing();
    const changed = named.after(name({ callsToSip: false, responsibility: 'Dialys' }));
    expect(changed.state.contacts[contact]).toMatchObject({ callsToSip: false, responsibility: 'Dialys' });
    const removed = changed.after(step('remove-contact', { contact }, districtNurse));
    expect(removed.state.contacts).toEqual({});
    removed.when(step('remove-contact', { contact }, districtNurse)).thenRejected('contact-not-named');
  });

  it.each([nurse, needsAssessor])('SVU-8: nobody else names it', (by) => {
    publishedCase()
      .when(name({ callsToSip: true }, by))
      .thenRejected('only-outpatient-names-contact');
  });

  it('SVU-8: it is named from the catalogue', () => {
    publishedCase()
      .when(
        step(
          'name-contact',
          { contact, contactName: ' ', isOfOutpatientCare: true, callsToSip: true },
          districtNurse,
        ),
      )
      .thenRejected('contact-not-identified');
  });

  it('SVU-8: it is one of the staff of outpatient care', () => {
    publishedCase()
      .when(
        step(
          'name-contact',
          { contact, contactName: 'Ulla Ek', isOfOutpatientCare: false, callsToSip: true },
          districtNurse,
        ),
      )
      .thenRejected('contact-not-of-outpatient', { field: 'contact' });
  });

  it('CON-8: nobody is named while no decision stands', () => {
    publishedCase().after(withdrawConsent).when(callsToSip).thenRejected('no-current-decision');
  });

  it('ACC-2: nobody is named in a draft', () => {
    opened().when(callsToSip).thenRejected('draft-of-another-side');
  });
});
