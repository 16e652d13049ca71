import { table } from '../rejections/rejection-text.js';

/** Who may take no step on a case, and when: of every kind of case. */
export const guardRejections = table({
  'case-frozen': {
    rule: 'PAT-6',
    sv: 'Ärendet är stängt för nya uppgifter. Fortsätt per telefon.',
    en: 'The case takes no new data. Go on by telephone.',
  },
  'no-role-at-unit': {
    rule: 'ORG-1',
    forbidden: true,
    sv: 'Användaren har ingen roll på enheten.',
    en: 'The user has no role at unit {unit}.',
  },
  'role-lacks-responsibility': {
    rule: 'ORG-2',
    forbidden: true,
    sv: 'Rollen saknar den behörighet som steget kräver: {responsibility}.',
    en: 'The role lacks the responsibility that the step requires: {responsibility}.',
  },
  'user-required': {
    rule: 'ORG-2',
    forbidden: true,
    sv: 'Steget kräver en inloggad användare med en roll på enheten.',
    en: 'The step requires a signed-in user with a role at the unit.',
  },
  'outside-own-organisation': {
    rule: 'ORG-3',
    forbidden: true,
    sv: 'Användaren kan bara arbeta inom sin egen organisation.',
    en: 'A user acts within the own organisation only.',
  },
  'no-policy': {
    rule: 'ORG-11',
    sv: 'Enhetens organisation har inget regelverk i tjänstens inställningar.',
    en: "The unit's organisation has no policy in the configuration.",
  },
  'not-participating': {
    rule: 'ACC-1',
    hidden: true,
    sv: 'Enheten deltar inte i ärendet.',
    en: 'The unit does not take part in the case.',
  },
  'fact-from-a-user': {
    rule: 'ACC-1',
    sv: 'Uppgiften kommer från ett anslutet system och kan inte lämnas av en användare.',
    en: 'This is told by a connected system, not by a user.',
  },
  'no-such-case': {
    rule: 'ACC-1',
    hidden: true,
    sv: 'Ärendet finns inte eller är inte tillgängligt för enheten.',
    en: 'There is no such case, or the unit cannot reach it.',
  },
  'draft-of-another-side': {
    rule: 'ACC-2',
    hidden: true,
    sv: 'Ett utkast är synligt enbart för {side}.',
    en: 'A draft is seen by {side} only.',
  },
  'time-not-understood': {
    rule: 'SVU-3',
    sv: 'Tiden eller datumet går inte att tolka.',
    en: 'The time or date cannot be understood.',
  },
  'case-annulled': {
    rule: 'SVU-6',
    sv: 'Ärendet är makulerat.',
    en: 'The case has been annulled.',
  },
  'case-locked': {
    rule: 'SVU-23',
    sv: 'Ärendet är avslutat och låst.',
    en: 'The case is over and locked.',
  },
  'case-full': {
    rule: 'MSG-1',
    sv: 'Ärendet har så många meddelanden som det får ha ({most}), och enheten har skickat sin del av dem. Avsluta det, och öppna ett nytt om planeringen fortsätter.',
    en: 'The case has as many notices as it may have ({most}), and the unit has sent its share of them. End it, and open a new one where the planning goes on.',
  },
  'step-unknown': {
    rule: 'ACC-1',
    sv: 'Steget finns inte i ärendet.',
    en: 'The process of the case has no such step.',
  },
});
