import { acknowledgements } from '../acts/acknowledgements.js';
import { admission } from '../acts/admission.js';
import { anotherUnit, consentAndNotice } from '../acts/consent-and-notice.js';
import { afterwards, home, ready } from '../acts/ending.js';
import { contact, message, planningDone } from '../acts/planning.js';
import { showWhoSees } from '../acts/who-sees.js';
import { castOfNorralven as cast, patientsOfNorralven as patients } from '../cast.js';
import { harmAssessment } from '../requests.js';
import type { Journey } from './journey.js';

const preselected = [cast.healthCentre, cast.needsAssessor, cast.homeNursing];
const receivers = [...preselected, cast.psychiatry];
const everybody = [cast.nurse, ...receivers];

/** A man in compulsory psychiatric care, who cannot consent now, goes home, in a region with the policy norrbotten. */
export const norrbotten: Journey = {
  policy: 'norrbotten',
  reader: cast.nurse,
  play: async (scene) => {
    const { nurse, doctor, psychiatry, needsAssessor, logReviewer } = cast;
    const admitted = await admission(scene, {
      nurse,
      patients,
      ward: { code: 'NPSY', shown: 'Psykiatriska avdelningen' },
      reason: 'Tvångsvård enligt LPT',
    });
    const { caseId, plan } = admitted;
    const acknowledged = (what: string) => acknowledgements(scene, caseId, { receivers, asks: nurse, what });
    await showWhoSees(scene, caseId, everybody);

    const decision = {
      shown: `registrerar menprövningen som gjordes av ${doctor.shown}: uppgifterna får lämnas`,
      resource: harmAssessment(caseId, doctor.user, 'Kan inte ta ställning på grund av sitt tillstånd'),
    };
    await consentAndNotice(scene, caseId, { nurse, municipality: needsAssessor, decision });
    await anotherUnit(scene, caseId, {
      by: nurse,
      added: psychiatry,
      why: 'lägger till Närpsykiatrin, som inte är förvald (ORG-7)',
    });
    await showWhoSees(scene, caseId, everybody);
    await acknowledged('kvitterar inskrivningsmeddelandet');

    await message(scene, caseId, {
      from: psychiatry,
      to: needsAssessor,
      text: 'Vi följer upp varje vecka. Boendestöd behövs från första dagen hemma.',
    });
    await showWhoSees(scene, caseId, everybody);
    await acknowledged('kvitterar meddelandet');
    await contact(scene, caseId, { player: psychiatry, callsToSip: true });
    await planningDone(scene, caseId, { players: receivers, welcomes: cast.needsAssessor });
    await ready(scene, caseId, { nurse, doctor });
    await acknowledged('kvitterar');

    await home(scene, admitted, { nurse, ward: 'NPSY', dischargedTo: 'Ordinärt boende' });
    await showWhoSees(scene, caseId, everybody);
    await afterwards(scene, plan, { logReviewer, region: 'Region Norrälven' });
    return caseId;
  },
};
