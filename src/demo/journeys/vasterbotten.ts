import { acknowledgements } from '../acts/acknowledgements.js';
import { admission } from '../acts/admission.js';
import { consentAndNotice } from '../acts/consent-and-notice.js';
import { afterwards, home, ready } from '../acts/ending.js';
import { contact, message, plannedDischarge } from '../acts/planning.js';
import { showWhoSees } from '../acts/who-sees.js';
import { castOfVasterdal as cast, patientsOfVasterdal as patients } from '../cast.js';
import { oralConsent } from '../requests.js';
import type { Journey } from './journey.js';

const receivers = [cast.healthCentre, cast.needsAssessor, cast.homeNursing];
const everybody = [cast.nurse, ...receivers];

/** A man with new needs after a stroke goes to a short-term place, in a region with the policy vasterbotten. */
export const vasterbotten: Journey = {
  policy: 'vasterbotten',
  reader: cast.nurse,
  play: async (scene) => {
    const { nurse, doctor, healthCentre, needsAssessor, homeNursing, logReviewer } = cast;
    const admitted = await admission(scene, {
      nurse,
      patients,
      ward: { code: 'VMED', shown: 'Medicinavdelningen' },
      reason: 'Stroke med nedsatt kraft i höger sida',
    });
    const { caseId, plan } = admitted;
    const acknowledged = (what: string) => acknowledgements(scene, caseId, { receivers, asks: nurse, what });
    await showWhoSees(scene, caseId, everybody);

    const decision = { shown: 'registrerar patientens muntliga samtycke', resource: oralConsent(caseId) };
    await consentAndNotice(scene, caseId, { nurse, municipality: needsAssessor, decision });
    await acknowledged('kvitterar inskrivningsmeddelandet');
    await showWhoSees(scene, caseId, everybody);

    await message(scene, caseId, {
      from: nurse,
      to: needsAssessor,
      text: 'Nya behov: hjälp vid förflyttning och måltider. Kan en korttidsplats bli aktuell?',
    });
    // A directed message is read by its sender and the units it names alone (MSG-1 under this policy).
    await showWhoSees(scene, caseId, everybody);
    await acknowledged('kvitterar meddelandet');
    await message(scene, caseId, {
      from: needsAssessor,
      to: homeNursing,
      text: 'Korttidsplats från den dag patienten är utskrivningsklar. Ni tar över läkemedlen.',
    });
    await acknowledged('kvitterar meddelandet');

    await plannedDischarge(scene, caseId, { nurse, days: 3, reason: 'Korttidsplatsen är klar då' });
    await acknowledged('kvitterar det nya inskrivningsmeddelandet');
    await contact(scene, caseId, { player: healthCentre, callsToSip: true });
    await ready(scene, caseId, { nurse, doctor });
    await acknowledged('kvitterar inom dagen (SVU-34)');

    await home(scene, admitted, { nurse, ward: 'VMED', dischargedTo: 'Korttidsboende' });
    await showWhoSees(scene, caseId, everybody);
    await afterwards(scene, plan, { logReviewer, region: 'Region Västerdal' });
    return caseId;
  },
};
