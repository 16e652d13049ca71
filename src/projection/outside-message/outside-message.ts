import type { Extension } from 'fhir/r4.js';
import { orderTexts, type HomeVisitOrder } from '../../process/outside-message/home-visit.js';
import { toldUnits } from '../../process/outside-message/closing.js';
import { readersOf } from '../../process/outside-message/outside-message-decider.js';
import type { OutsideMessageState, StatedConsent } from '../../process/outside-message/outside-message.js';
import type { Uuid } from '../../process/vocabulary.js';
import { codeSystems, coding, extensions, outsideMessageProfile } from '../codes/codes.js';
import { actorReference, annulledBy, shownMessage } from '../message/message.js';
import type { Projection } from '../projection.js';

/**
 * A message outside every case as Communication, with the consent that it states and what it orders (MSG-5, MSG-8, CON-10), and a Task for
 * each unit that is asked to acknowledge it. It says itself who reads it, and these know the
 * person as she was known when it was sent, and since (VIEW-6); who she was before a merge leads to the one who lives on (PAT-12). Who was told
 * that it closed, reads that and nothing else (PAT-6, CON-8).
 */
export function projectOutsideMessage(id: Uuid, state: OutsideMessageState): Projection {
  const { personId, formerPersons = [], consent, order, annulled, withdrawn } = state;
  const readers = readersOf(state);
  const told = toldUnits(state).filter((unit) => !readers.includes(unit));
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
    grants: [
      ...readers.flatMap((unit) =>
        [id, personId, ...formerPersons].map((scope) => ({
          ...grantOf(state, unit),
          scope,
          level: 'full' as const,
        })),
      ),
      ...[...new Set(told)].map((unit) => ({ ...grantOf(state, unit), scope: id, level: 'none' as const })),
    ],
  };
}

const grantOf = ({ sentAt }: OutsideMessageState, unit: string) => ({ unit, drafts: true, since: sentAt });

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
