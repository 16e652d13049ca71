import type { Task } from 'fhir/r4.js';
import type { Player } from '../cast.js';
import type { Scene } from '../scene.js';
import { codeText } from './show.js';

export type Acknowledgements = {
  readonly receivers: readonly Player[];
  /** Who asks what is left to do. */
  readonly asks: Player;
  /** What a receiver does with a to-do, in Swedish. */
  readonly what: string;
};

const acknowledging = (todo: Task): boolean =>
  todo.code?.coding?.some(({ code }) => code?.startsWith('acknowledge-')) === true;

/** Every receiving unit sees on its work list what waits to be acknowledged, and acknowledges it (VIEW-3). */
export async function acknowledgements(
  scene: Scene,
  caseId: string,
  { receivers, asks, what }: Acknowledgements,
): Promise<void> {
  const { timeline } = scene;
  for (const player of receivers) {
    const client = await scene.client(player);
    for (const todo of (await client.todos(caseId)).filter(acknowledging)) {
      timeline.step(player.shown, `ser på sin att göra-lista: ${codeText(todo)}; ${what}`);
      await client.complete(todo);
    }
  }
  const client = await scene.client(asks);
  const open = await client.search<Task>('Task', { 'based-on': `CarePlan/${caseId}`, status: 'requested' });
  const left = open.filter(acknowledging);
  timeline.result(left.length === 0 ? 'Alla har kvitterat.' : `${left.length} ska ännu kvittera.`);
}
