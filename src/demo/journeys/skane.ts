import { acknowledgements } from '../acts/acknowledgements.js';
import { admission } from '../acts/admission.js';
import { consentAndNotice } from '../acts/consent-and-notice.js';
import { afterwards, home, ready } from '../acts/ending.js';
import { contact, plannedDischarge, wardChange } from '../acts/planning.js';
import { showWhoSees } from '../acts/who-sees.js';
import { cast, patients, receivers } from '../cast.js';
import { oralConsent } from '../requests.js';
import type { Journey } from './journey.js';

const everybody = [cast.nurse, cast.geriatrics, ...receivers];

/** An elderly woman who broke her hip goes home to home care, in a region with the policy skane. */
export const skane: Journey = {
  policy: 'skane',
  reader: cast.geriatrics,
  play: async (scene) => {
    const { nurse, geriatrics, doctor, healthCentre, needsAssessor, logReviewer } = cast;
    const admitted = await admission(scene, {
      nurse,
      patients,
      ward: { code: 'MED', shown: 'Medicinavdelningen' },
      reason: 'Höftfraktur efter fall i hemmet',
    });
    const { caseId, plan } = admitted;
    await showWhoSees(scene, caseId, everybody);

    const decision = { shown: 'registrerar patientens muntliga samtycke', resource: oralConsent(caseId) };
    await consentAndNotice(scene, caseId, { nurse, municipality: needsAssessor, decision });
    await showWhoSees(scene, caseId, everybody);
    const acknowledged = (asks: typeof nurse | typeof geriatrics, what = 'kvitterar') =>
      acknowledgements(scene, caseId, { receivers, asks, what });
    await acknowledged(nurse, 'kvitterar inskrivningsmeddelandet');

    const ward = { code: 'GER', shown: 'Geriatriska avdelningen', nurse: geriatrics };
    await wardChange(scene, admitted, ward);
    await showWhoSees(scene, caseId, everybody);
    await plannedDischarge(scene, caseId, {
      nurse: geriatrics,
      days: 2,
      reason: 'Mobiliseras snabbare än väntat',
    });
    await acknowledged(geriatrics);

    await contact(scene, caseId, { player: healthCentre, callsToSip: true });
    await ready(scene, caseId, { nurse: geriatrics, doctor });
    await acknowledged(geriatrics);

    await home(scene, admitted, { nurse: geriatrics, ward: 'GER', dischargedTo: 'Ordinärt boende' });
    await showWhoSees(scene, caseId, everybody);
    await afterwards(scene, plan, { logReviewer, region: 'Region Sundvik' });
    return caseId;
  },
};
