import type { Extension } from 'fhir/r4.js';
import { orderTexts, type HomeVisitOrder } from '../../process/outside-message/home-visit.js';
import { readersOf } from '../../process/outside-message/outside-message-decider.js';
import type { OutsideMessageState, StatedConsent } from '../../process/outside-message/outside-message.js';
import type { Uuid } from '../../process/vocabulary.js';
import { codeSystems, coding, extensions, outsideMessageProfile } from '../codes/codes.js';
import { actorReference, annulledBy, shownMessage } from '../message/message.js';
import type { Projection } from '../projection.js';

/**
 * A message outside every case as Communication, with the consent that it states and what it orders (MSG-5, MSG-8, CON-10), and a Task for
 * each unit that is asked to acknowledge it. It says itself who reads it, and these know the
 * person as she was known when it was sent, and since (VIEW-6); who she was before a merge leads to the one who lives on (PAT-12).
 */
export function projectOutsideMessage(id: Uuid, state: OutsideMessageState): Projection {
  const { personId, formerPersons = [], consent, order, annulled, withdrawn } = state;
  return {
    resources: shownMessage(id, state, {
      scope: id,
      needs: 'full',
      draft: false,
      personId,
      profile: outsideMessageProfile,
      status: annulled !== undefined ? 'entered-in-error' : withdrawn === undefined ? 'completed' : 'stopped',
      extension: [
        ...consentOf(consent),
        ...(order === undefined ? [] : [orderOf(order)]),
        ...(annulled === undefined ? [] : [annulledBy(annulled.by)]),
        ...(withdrawn === undefined
          ? []
          : [{ url: extensions.consentWithdrawnBy, valueReference: actorReference(withdrawn.by) }]),
      ],
    }),
    grants: readersOf(state).flatMap((unit) =>
      [id, personId, ...formerPersons].map((scope) => ({
        scope,
        unit,
        drafts: true,
        level: 'full' as const,
        since: state.sentAt,
      })),
    ),
  };
}

const consentOf = ({ form, givenBy, givenAt }: StatedConsent): readonly Extension[] => [
  { url: extensions.decisionForm, valueCoding: coding(codeSystems.decisionForm, form) },
  { url: extensions.decisionGivenBy, valueCoding: coding(codeSystems.decisionGivenBy, givenBy) },
  { url: extensions.consentGivenAt, valueDateTime: givenAt },
];

const orderOf = (order: HomeVisitOrder): Extension => ({
  url: extensions.homeVisitOrder,
  extension: [
    { url: 'measure', valueCoding: coding(codeSystems.homeVisitMeasure, order.measure) },
    { url: 'weeks', valuePositiveInt: order.weeks },
    { url: 'doctorFollowsUp', valueBoolean: order.doctorFollowsUp },
    ...orderTexts.map((part) => ({ url: part, valueString: order[part] })),
  ],
});
