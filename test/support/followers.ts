import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { startSequencer } from '../../src/log/sequencer.js';
import { caseTopic } from '../../src/messaging/contracts/facts.js';
import { Relay } from '../../src/messaging/relay/relay.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { testOptions } from '../messaging/connect-transport.js';
import type { TestHub } from './hub.js';
import { waitFor } from './wait-for.js';

/** What the topic says of an event of a case. */
export type Told = {
  readonly caseId: string;
  readonly kind: string;
  readonly event: string;
  readonly units: readonly string[];
};

/** Tells what happens in a hub to those who follow cases. @param under the streams that hang on cases, if not those of the hub */
export async function tellFollowers(
  hub: TestHub,
  under: readonly { readonly name: string }[] = caseKinds.under,
) {
  const { database } = hub.store;
  const transport = new EmbeddedTransport(database, testOptions);
  await transport.ensureTopics([caseTopic]);
  const sequencer = startSequencer({ database, pollMs: 10 });
  const relay = new Relay({ database, transport, kinds: { all: caseKinds.all, under }, pollMs: 10 });
  return {
    /** What the topic holds of a case, once all that happened until now has been told. @param event of this name alone */
    told: async (caseId: string, event: string): Promise<readonly Told[]> => {
      await waitFor('the relay to have told everything', async () => {
        const { rows } = await database.query(
          `select from reader where name = 'relay' and sequence = (select count(*) from event)
            and not exists (select from unsequenced)`,
        );
        return rows.length === 1;
      });
      const { rows } = await database.query<{ value: string }>(
        `select value from transport_message where topic like '%' || $1 and key = $2 order by partition, number`,
        [caseTopic, caseId],
      );
      return rows
        .map(({ value }) => (JSON.parse(value) as { data: Told }).data)
        .filter((each) => each.event === event);
    },
    stop: async (): Promise<void> => {
      await relay.stop();
      await sequencer.stop();
      await transport.close();
    },
  };
}
