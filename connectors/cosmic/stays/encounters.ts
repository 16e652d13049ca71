import { personFactMessage } from '../../../src/messaging/contracts/build-event.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import type { PersonKeySecret } from '../../../src/messaging/contracts/person-key.js';
import { withSending } from '../../../src/messaging/contracts/sending.js';
import { contentHash } from '../../common/content-hash.js';
import type { CosmicSettings } from '../configuration-file.js';
import { readEncounter, type Encounter } from '../fhir/resources.js';
import type { ResourceKind, Source, Report } from '../kind.js';
import { derive, stayEndedBefore, type Step, type Reported } from './derive.js';
import { translate, type Observed, type Surroundings } from './translate.js';

/** How a ward in no table is told; when it was left out, a stay was left where it had been. */
const unknownWardIsAPlace = 'unknown ward is a place';

const day = 24 * 60 * 60 * 1000;

/** Encounters, told as stays and as identities. */
export function encounters(
  settings: CosmicSettings,
  surroundings: Surroundings,
  personKeys: PersonKeySecret,
): ResourceKind<Encounter, Observed, Reported> {
  const { classes, status, plannedEnd, person, ward, sender, rememberDays } = settings;
  const source = `urn:hemgang:connector:cosmic:${sender}`;
  return {
    resourceType: 'Encounter',
    source,
    settings: [classes, status, plannedEnd, person, { ...ward, table: [...ward.table] }, unknownWardIsAPlace],
    read: readEncounter,
    beginSweep: () => surroundings.beginSweep?.(),
    prepare: async (all) => surroundings.prepare?.(all),
    translate: (encounter, told) => translate(encounter, settings, surroundings, told),
    gone: { status: 'none' },
    readTogether: settings.encountersTogether,
    unreadableIsGone: false,
    // Its Patient may have got another number, and its ward a place in a table, which no change of the Encounter would tell.
    isDue: (told) => told.status !== 'none',
    tell(before, seen, of, now) {
      if (before === undefined && isLongAgo(seen, now, rememberDays))
        return { state: stayEndedBefore(seen), reports: [] };
      const { steps, told } = derive(before, seen, now.toISOString());
      const reports = steps.map((step) => reportOf(step, of, source, sender, personKeys));
      // Of one that has ended, the ward is nothing to tell any more.
      const fault = seen.status === 'open' && seen.wardNotReadable ? { fault: 'ward-not-readable' } : {};
      return { state: told, reports, ...fault };
    },
  };
}

function isLongAgo(seen: Observed, now: Date, rememberDays: number): boolean {
  const ended = Date.parse(seen.dischargedAt ?? seen.updatedAt ?? '');
  return seen.status === 'ended' && ended < now.getTime() - rememberDays * day;
}

function reportOf(
  step: Step,
  { id, version }: Source,
  source: string,
  sender: string,
  personKeys: PersonKeySecret,
): Report {
  const sequence = step.topic === 'stay' ? step.fact.sequence : step.sequence;
  const messageId = `${id}/${version}#${sequence}`;
  const origin = { sender, messageId };
  const idOf = (data: object, kind: string) => [id, version, contentHash([JSON.stringify(data)]), kind];
  if (step.topic === 'identity') {
    const { person, replaced, occurredAt } = step;
    const data = { person, replaced: [replaced], occurredAt, sequence, ...origin };
    const event = { source, id: idOf(data, 'identity'), time: occurredAt, data };
    const topic = factTopics.identity;
    return { kind: 'identity', topic, messageId, message: personFactMessage(personKeys, topic, event) };
  }
  const visit = step.visit === 1 ? id : `${id}~${step.visit}`;
  const data = { ...step.fact, visit, ...origin };
  const event = { source, id: idOf(data, data.kind), time: data.occurredAt, data };
  const topic = factTopics.stay;
  const message = personFactMessage(personKeys, topic, event);
  const sent = step.otherCare ? withSending(message, { received: sequence, otherCare: true }) : message;
  return { kind: data.kind, topic, messageId, message: sent };
}
