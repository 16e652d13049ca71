import * as fc from 'fast-check';
import { districtNurse, homeNurse, nurse } from '../../../test/support/process/cast.js';
import {
  consent,
  discharge,
  freeze,
  opened,
  personId,
  publish,
  publishedCase,
  refuse,
  reportReady,
  step,
  withdrawConsent,
  withdrawReady,
  type Case,
  type DataOf,
} from '../../../test/support/process/svu.js';
import { paymentBasis } from './payment-basis.js';
import { daysAfter, daysBetween, localDateOf } from '../time.js';

const basisOf = ({ state }: Case) => paymentBasis(state);
/** Ready, sent at a moment and dated its day. */
const readyAt = (at: string, date = localDateOf(at)) =>
  step('report-ready', { ...reportReady.data, date } as DataOf<'report-ready'>, nurse, at);
const dischargeAt = (dischargedAt: string) =>
  step('discharge', { ...discharge.data, dischargedAt } as DataOf<'discharge'>, nurse, dischargedAt);
const contact = step(
  'name-contact',
  { contact: 'SE2321000016-2009', contactName: 'Ulla Ek', isOfOutpatientCare: true, callsToSip: true },
  districtNurse,
);
const met = (of: Case) =>
  Object.fromEntries((basisOf(of)?.conditions ?? []).map(({ condition, met: is }) => [condition, is]));

describe('The basis for payment of one case', () => {
  // 2 March 2026 is a Monday; Sweden is an hour before UTC.
  it.each([
    ['Monday 12:00:00', '2026-03-02T11:00:00Z', '2026-03-02', '2026-03-05'],
    ['Monday 12:00:01', '2026-03-02T11:00:01Z', '2026-03-03', '2026-03-06'],
    ['a Friday afternoon: calendar days', '2026-03-06T14:00:00Z', '2026-03-07', '2026-03-10'],
    ['the morning of the day when summer time begins', '2026-03-29T10:00:00Z', '2026-03-29', '2026-04-01'],
  ])('PAY-1: under norrbotten, ready sent on %s', (_when, at, day, liableFrom) => {
    const basis = basisOf(publishedCase('norrbotten').after(contact, readyAt(at)));
    expect(basis).toMatchObject({ model: 'statutory', dayZero: { day, notice: 'ready:1' }, liableFrom });
  });

  it('PAY-1: nobody is liable while nothing says that the patient is ready', () => {
    const basis = basisOf(publishedCase('norrbotten').after(contact));
    expect(basis).toMatchObject({ withdrawn: [] });
    expect(basis).not.toHaveProperty('dayZero');
    expect(basis).not.toHaveProperty('liableFrom');
  });

  it('PAY-2, SVU-31: a coordinated care plan is in the place of the invitation, by its notice, until it is withdrawn', () => {
    const planned = step('record-coordinated-care-plan', {
      date: '2026-02-27',
      doctor: 'SE2321000016-1009',
      doctorName: 'Lena Åberg',
      isHospitalDoctor: true,
      madeBy: 'chief-psychiatrist',
      law: 'LPT',
    });
    const of = publishedCase('norrbotten').after(planned);
    const invitation = (course: Case) =>
      basisOf(course)?.conditions.find(({ condition }) => condition === 'sip-invitation');
    expect(invitation(of)).toEqual({
      condition: 'sip-invitation',
      met: true,
      notices: ['coordinated-care-plan:1'],
    });
    expect(invitation(of.after(step('withdraw-coordinated-care-plan', {})))).toEqual({
      condition: 'sip-invitation',
      notices: [],
    });
  });

  it('PAY-2: under norrbotten no contact is named, and nobody is liable', () => {
    const of = publishedCase('norrbotten').after(readyAt('2026-03-02T09:00:00Z'));
    expect(met(of)).toEqual({
      'admission-notice-in-time': true,
      'ready-sent': true,
      'contact-named': false,
      'sip-invitation': undefined,
    });
    expect(basisOf(of)).not.toHaveProperty('liableFrom');
  });

  it('PAY-2: an admission notice after more than 24 hours makes nobody liable, a later assessment of needs gives it its time', () => {
    const late = { admittedAt: '2026-03-01T06:00:00Z' };
    const course = [contact, readyAt('2026-03-02T09:00:00Z')];
    const steps = publishedCase('norrbotten');
    expect(met(steps.after(...course))['admission-notice-in-time']).toBe(true);
    const decided = (more: object) =>
      opened('norrbotten', { ...late, ...more }).after(
        step('record-patient-information', { informed: true, oral: true, written: true }),
        step('register-decision', { decisionId: personId, ...consent }),
        publish,
        ...course,
      );
    expect(met(decided({}))['admission-notice-in-time']).toBe(false);
    expect(basisOf(decided({}))).not.toHaveProperty('liableFrom');
    const assessed = { needsAssessedAt: '2026-03-02T06:00:00Z' };
    expect(met(decided(assessed))['admission-notice-in-time']).toBe(true);
    expect(basisOf(decided(assessed))).toHaveProperty('liableFrom');
  });

  it('PAY-4: under vasterbotten day zero is counted, and one case makes nobody liable', () => {
    const of = publishedCase('vasterbotten').after(
      readyAt('2026-03-02T12:30:00Z'),
      dischargeAt('2026-03-05T09:00:00Z'),
    );
    expect(basisOf(of)).toMatchObject({
      model: 'average',
      dayZero: { day: '2026-03-03' },
      leftOn: '2026-03-05',
      daysReady: 2,
    });
    expect(basisOf(of)).not.toHaveProperty('liableFrom');
  });

  it('PAY-7: a withdrawn ready counts no more, and a new one from its own day', () => {
    const withdrawn = publishedCase('norrbotten').after(
      contact,
      readyAt('2026-03-02T09:00:00Z'),
      withdrawReady,
    );
    expect(basisOf(withdrawn)).toMatchObject({ withdrawn: ['ready:1'] });
    expect(basisOf(withdrawn)).not.toHaveProperty('dayZero');
    expect(basisOf(withdrawn.after(readyAt('2026-03-04T09:00:00Z')))).toMatchObject({
      dayZero: { day: '2026-03-04', notice: 'ready:2' },
      liableFrom: '2026-03-07',
      withdrawn: ['ready:1'],
    });
  });

  it('PAY-9: reported again with the same day, by another doctor, it counts from the first notice', () => {
    const again = step(
      'report-ready',
      { ...reportReady.data, date: '2026-03-02', doctor: 'SE2321000016-1010' } as DataOf<'report-ready'>,
      nurse,
      '2026-03-02T15:00:00Z',
    );
    const of = publishedCase('norrbotten').after(contact, readyAt('2026-03-02T09:00:00Z'), again, again);
    expect(basisOf(of)).toMatchObject({
      dayZero: { day: '2026-03-02', notice: 'ready:1' },
      withdrawn: [],
      liableFrom: '2026-03-05',
    });
  });

  it('PAY-2, PAY-9: a municipality that came late is liable by what it was told itself, and that is not called withdrawn', () => {
    const late = step(
      'add-participant',
      {
        unit: homeNurse.unit,
        unitName: 'Hemsjukvård',
        side: 'municipality',
        organisation: homeNurse.organisation,
      },
      nurse,
      '2026-03-05T07:00:00Z',
    );
    const alone = opened('norrbotten', {
      municipality: { found: false, cause: 'service-unavailable' },
    }).after(
      step('record-patient-information', { informed: true, oral: true, written: true }),
      step('register-decision', { decisionId: personId, ...consent }),
      publish,
      contact,
      readyAt('2026-03-02T09:00:00Z'),
    );
    expect(met(alone)).toMatchObject({ 'admission-notice-in-time': false, 'ready-sent': false });
    expect(basisOf(alone)).not.toHaveProperty('dayZero');
    const told = alone.after(late);
    expect(basisOf(told)).toMatchObject({ dayZero: { day: '2026-03-05', notice: 'ready:2' }, withdrawn: [] });
    expect(met(told)).toMatchObject({ 'admission-notice-in-time': false, 'ready-sent': true });
  });

  it('PAY-1: who left before it began makes nobody liable; an undone discharge counts on from the same ready', () => {
    const left = publishedCase('norrbotten').after(
      contact,
      readyAt('2026-03-02T09:00:00Z'),
      dischargeAt('2026-03-04T09:00:00Z'),
    );
    expect(basisOf(left)).toMatchObject({ leftOn: '2026-03-04', daysReady: 2 });
    expect(basisOf(left)).not.toHaveProperty('liableFrom');
    const undone = left.after(step('undo-discharge', { reason: 'Åter' }, nurse, '2026-03-04T12:00:00Z'));
    expect(basisOf(undone)).toMatchObject({ liableFrom: '2026-03-05' });
    expect(basisOf(undone)).not.toHaveProperty('leftOn');
  });

  it('PAY-11: under skane nothing is counted', () => {
    expect(basisOf(publishedCase('skane').after(reportReady))).toEqual({
      model: 'none',
      conditions: [],
      withdrawn: [],
    });
  });

  it('CON-5, PAT-6: says no more than the case shares', () => {
    const ready = readyAt('2026-03-02T09:00:00Z');
    expect(basisOf(publishedCase('norrbotten').after(contact, ready, freeze))).toBeUndefined();
    const refused = publishedCase('norrbotten').after(contact, ready, withdrawConsent, refuse);
    expect(refused.state.ready).toBeDefined();
    expect(met(refused)).toMatchObject({ 'ready-sent': false, 'contact-named': undefined });
    expect(basisOf(refused)).not.toHaveProperty('dayZero');
    expect(basisOf(refused)).toMatchObject({ withdrawn: [] });
  });

  it('PAY-1: whenever ready is sent, liability begins three or four days after the day of sending', () => {
    const moments = fc.date({
      min: new Date('2026-03-02T08:00:00Z'),
      max: new Date('2027-03-02'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, (sent) => {
        const at = sent.toISOString();
        const { liableFrom = '' } = basisOf(publishedCase('norrbotten').after(contact, readyAt(at))) ?? {};
        const late =
          new Intl.DateTimeFormat('sv-SE', { timeStyle: 'medium', timeZone: 'Europe/Stockholm' }).format(
            sent,
          ) > '12:00:00';
        expect(liableFrom).toBe(daysAfter(localDateOf(at), late ? 4 : 3));
        expect(daysBetween(localDateOf(at), liableFrom)).toBe(late ? 4 : 3);
      }),
    );
  });
});
