import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import { CaseKinds } from '../../src/cases/kinds/case-kind.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { startSequencer } from '../../src/log/sequencer.js';
import type { CloudEvent } from '../../src/messaging/contracts/cloud-event.js';
import { caseTopic, factTopics, type CaseEvent } from '../../src/messaging/contracts/facts.js';
import { Relay } from '../../src/messaging/relay/relay.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { testOptions } from '../messaging/connect-transport.js';
import { startHub } from '../support/hub.js';
import { as, codesOf, consent, parameters, type Who } from '../support/svu.js';
import { category } from './follow-up/codes.js';
import { policiesWithFollowUps } from './follow-up/policies.js';
import { followUpKind } from './follow-up/kind.js';

/** A hub that has follow-ups beside the kind it comes with, a sequencer, a relay and what followers received. Municipalities have a policy. */
export const kinds = new CaseKinds(...caseKinds.all, followUpKind);

export async function startHubWithFollowUps() {
  const hub = await startHub({
    kinds,
    policies: policiesWithFollowUps(kinds.all),
    organisation: (of) => ({
      ...of,
      providers: of.providers.map((each) => ({ policy: 'skane', ...each })),
    }),
  });
  const { database } = hub.store;
  const received: CloudEvent<CaseEvent>[] = [];
  const transport = new EmbeddedTransport(database, testOptions);
  await transport.ensureTopics([caseTopic]);
  await transport.subscribe({
    group: randomUUID(),
    topics: [caseTopic],
    handle: (batch) => {
      received.push(...batch.map(({ value }) => JSON.parse(value) as CloudEvent<CaseEvent>));
      return Promise.resolve();
    },
  });
  const sequencer = startSequencer({ database, pollMs: 20 });
  const relay = new Relay({
    kinds,
    database,
    transport,
    pollMs: 20,
  });

  const open = async (number: string, who: Who = 'healthCentre'): Promise<string> => {
    const answer = await (await as(hub, who)).post('CarePlan', plan(number));
    expect([answer.status, codesOf(answer)]).toEqual([201, []]);
    return (answer.body as CarePlan & { id: string }).id;
  };
  return {
    hub,
    received,
    open,
    shared: async (number: string, who: Who = 'healthCentre'): Promise<string> => {
      const id = await open(number, who);
      const opener = await as(hub, who);
      expect((await opener.post('Consent', consent(id))).status).toBe(201);
      expect((await opener.post(`CarePlan/${id}/$share`, parameters())).status).toBe(200);
      return id;
    },
    read: async (who: Who, id: string) => (await as(hub, who)).get(`CarePlan/${id}`),
    /** The register tells that the person is protected, or no longer. */
    protect: async (value: string, protectedPerson: boolean): Promise<void> => {
      const person = { type: 'personnummer', value } as const;
      const record = { identifier: person, protectedPerson };
      await hub.population.change(value, { protectedPerson });
      await hub.tell(factTopics.person, { person, found: true, record, readAt: new Date().toISOString() });
    },
    stop: async (): Promise<void> => {
      await relay.stop();
      await sequencer.stop();
      await transport.close();
      await hub.stop();
    },
  };
}

export type HubWithFollowUps = Awaited<ReturnType<typeof startHubWithFollowUps>>;

/** A CarePlan that opens a follow-up. */
export const plan = (number: string, changes: Partial<CarePlan> = {}): CarePlan => ({
  resourceType: 'CarePlan',
  status: 'draft',
  intent: 'plan',
  category: [category],
  subject: { identifier: { system: identifierSystems.personnummer, value: number } },
  period: { end: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) },
  description: 'Sårvård efter hemgång',
  ...changes,
});

/** Persons of Ljungåsa, whose municipality takes part when a follow-up is shared. */
export const ljungasa = ['194711199846', '193406129829', '194102039817'] as const;
