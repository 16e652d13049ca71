import type { CarePlan, Communication, Task } from 'fhir/r4.js';
import type { Player } from '../cast.js';
import type { Scene } from '../scene.js';

/** What one person's unit sees of a case. */
type Seen = {
  readonly who: string;
  /** The case itself is found. */
  readonly sees: boolean;
  /** Notices and messages that are found. */
  readonly communications: number;
  /** To-dos of the person's own unit that are open. */
  readonly todos: number;
};

/** Asks for each person, through the same searches as any client, what of the case is to be seen. */
async function whoSees(scene: Scene, caseId: string, players: readonly Player[]): Promise<readonly Seen[]> {
  const all: Seen[] = [];
  for (const player of players) {
    const client = await scene.client(player);
    const [plan] = await client.search<CarePlan>('CarePlan', { _id: caseId });
    const basedOn = { 'based-on': `CarePlan/${caseId}` };
    const communications = await client.search<Communication>('Communication', basedOn);
    const todos: readonly Task[] = plan === undefined ? [] : await client.todos(caseId);
    all.push({
      who: player.shown,
      sees: plan !== undefined,
      communications: communications.length,
      todos: todos.length,
    });
  }
  return all;
}

/** Prints who sees what at this moment, as a table. */
export async function showWhoSees(
  scene: Scene,
  caseId: string,
  players: readonly Player[],
): Promise<readonly Seen[]> {
  const seen = await whoSees(scene, caseId, players);
  scene.timeline.table(
    ['Vem ser vad', 'Ärendet', 'Meddelanden', 'Att göra'],
    seen.map(({ who, sees, communications, todos }) => [
      who,
      sees ? 'ja' : 'nej',
      String(communications),
      String(todos),
    ]),
  );
  return seen;
}
