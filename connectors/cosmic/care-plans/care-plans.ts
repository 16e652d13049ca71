import { personFactMessage } from '../../../src/messaging/contracts/build-event.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import type { PersonKeySecret } from '../../../src/messaging/contracts/person-key.js';
import { contentHash } from '../../common/content-hash.js';
import { readCarePlan, type CarePlan } from '../fhir/resources.js';
import type { ResourceKind, Source, Report } from '../kind.js';
import { derivePlan, isDue, planEndedBefore, type PlanStep, type ReportedPlan } from './derive.js';
import { translatePlan, type PlanContext, type ObservedPlan } from './translate.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/** CarePlans, told for background as they are now. */
export function carePlans(
  context: PlanContext,
  personKeys: PersonKeySecret,
): ResourceKind<CarePlan, ObservedPlan, ReportedPlan> {
  const { settings, plans } = context;
  const { status, author, receivers, title } = plans;
  const { person, ward, sender } = settings;
  const source = `urn:hemgang:connector:cosmic-care-plans:${sender}`;
  const tellAgain = plans.tellAgainMinutes * minute;
  return {
    resourceType: 'CarePlan',
    source,
    settings: [status, author, receivers, title, person, { ...ward, table: [...ward.table] }],
    read: readCarePlan,
    beginSweep: () => context.surroundings.beginSweep?.(),
    translate: (plan) => translatePlan(plan, context),
    gone: { status: 'none' },
    // What the journal no longer lets us read is not for us to show.
    readTogether: 1,
    unreadableIsGone: true,
    isDue: (told, now) => isDue(told, now, tellAgain),
    tell(before, seen, of, now) {
      const fault = seen.fault === undefined ? {} : { fault: seen.fault };
      if (before === undefined && isLongAgo(seen, now, plans.rememberDays))
        return { state: planEndedBefore(seen), reports: [], ...fault };
      const { steps, told } = derivePlan(before, seen, of, now, tellAgain);
      const reports = steps.map((step) => reportOf(step, of, source, sender, personKeys));
      return { state: told, reports, ...fault };
    },
  };
}

function isLongAgo(
  { status, description, updatedAt }: ObservedPlan,
  now: Date,
  rememberDays: number,
): boolean {
  const ended = Date.parse(description?.period?.end ?? updatedAt ?? '');
  return status === 'ended' && ended < now.getTime() - rememberDays * day;
}

function reportOf(
  { fact, repeat }: PlanStep,
  { id, version }: Source,
  source: string,
  sender: string,
  personKeys: PersonKeySecret,
): Report {
  const topic = factTopics.carePlan;
  const data = { ...fact, plan: id, sender };
  // An inbox takes an id once, so what is told again has another.
  const parts = [id, version, contentHash([JSON.stringify(data)]), String(repeat)];
  const message = personFactMessage(personKeys, topic, { source, id: parts, time: fact.occurredAt, data });
  const kind = fact.gone ? 'gone' : repeat > 0 ? 'again' : 'told';
  return { kind, topic, messageId: fact.messageId, message, ...(repeat > 0 && { again: true }) };
}
