import { waitFor } from '../../support/wait-for.js';
import type { WholeHub } from './whole-hub.js';

/** So that one round does not wait in line behind the one before. @throws Error when facts were not taken */
export async function inboxEmpty({ store }: WholeHub): Promise<void> {
  await waitFor(
    'the inbox to be empty',
    async () => {
      const { rows } = await store.database.query<{ waiting: number; dead: number }>(
        `select (select count(*) from connector_receipt where not published)
              + count(*) filter (where state = 'waiting') as waiting,
                count(*) filter (where state = 'dead') as dead from inbox where state in ('waiting', 'dead')`,
      );
      if (rows[0]?.dead) throw new Error(`${rows[0].dead} facts became dead letters`);
      return rows[0]?.waiting === 0;
    },
    60_000,
  );
}
