import { createHash } from 'node:crypto';
import type { FhirResource } from 'fhir/r4.js';
import type { StreamType } from '../../src/log/stream-type.js';
import { accept, reject } from '../../src/process/rejections/rejection.js';
import type { Actor, Command, HsaId, ProcessEvent, Uuid } from '../../src/process/vocabulary.js';
import type { Projection } from '../../src/projection/projection.js';

/** A small stream type for tests of the log: an errand of a person, with items and units that take part. */
export type ErrandCommand =
  | Command<'open', { readonly personId: Uuid; readonly exclusive: boolean }>
  | Command<'add', { readonly item: string }>
  | Command<'add-many', { readonly items: readonly string[] }>
  | Command<'drop', { readonly item: string }>
  | Command<'admit', { readonly unit: HsaId }>
  | Command<'dismiss', { readonly unit: HsaId }>
  | Command<'close', Record<string, never>>;

export type ErrandEvent =
  | ProcessEvent<'Opened', { readonly personId: Uuid; readonly exclusive: boolean }>
  | ProcessEvent<'Added', { readonly item: string }>
  | ProcessEvent<'Dropped', { readonly item: string }>
  | ProcessEvent<'Admitted', { readonly unit: HsaId }>
  | ProcessEvent<'Dismissed', { readonly unit: HsaId }>
  | ProcessEvent<'Closed', Record<string, never>>;

export type ErrandState = {
  readonly personId: Uuid;
  readonly exclusive: boolean;
  readonly closed: boolean;
  /** Item → how often it was added. */
  readonly items: Readonly<Record<string, number>>;
  readonly units: readonly HsaId[];
};

export const errand: StreamType<ErrandState, ErrandCommand, ErrandEvent> = {
  name: 'svu',
  decider: {
    decide(command, state) {
      const { at, by } = command;
      if (command.type === 'open') return accept({ type: 'Opened', at, by, data: command.data });
      if (!state || state.closed) return reject('no-such-todo');
      switch (command.type) {
        case 'add':
          return accept({ type: 'Added', at, by, data: command.data });
        case 'add-many':
          return accept(
            ...command.data.items.map((item): ErrandEvent => ({ type: 'Added', at, by, data: { item } })),
          );
        case 'drop':
          return command.data.item in state.items
            ? accept({ type: 'Dropped', at, by, data: command.data })
            : accept();
        case 'admit':
          return accept({ type: 'Admitted', at, by, data: command.data });
        case 'dismiss':
          return accept({ type: 'Dismissed', at, by, data: command.data });
        default:
          return accept({ type: 'Closed', at, by, data: {} });
      }
    },
    evolve(state, event) {
      const current = state ?? { personId: '', exclusive: false, closed: false, items: {}, units: [] };
      switch (event.type) {
        case 'Opened':
          return { ...current, ...event.data };
        case 'Added':
          return {
            ...current,
            items: { ...current.items, [event.data.item]: (current.items[event.data.item] ?? 0) + 1 },
          };
        case 'Dropped': {
          const { [event.data.item]: _, ...items } = current.items;
          return { ...current, items };
        }
        case 'Admitted':
          return { ...current, units: [...current.units, event.data.unit] };
        case 'Dismissed':
          return { ...current, units: current.units.filter((unit) => unit !== event.data.unit) };
        default:
          return { ...current, closed: true };
      }
    },
  },
  personOf: (state) => state.personId,
  project,
};

function project(id: Uuid, state: ErrandState): Projection {
  const plan: FhirResource & { id: string } = {
    resourceType: 'CarePlan',
    id,
    status: state.closed ? 'completed' : 'active',
    intent: 'plan',
    subject: { reference: `Patient/${state.personId}` },
    // The order of items is the order of their first adding: it shows whether a replay keeps it.
    description: Object.entries(state.items)
      .map(([item, count]) => `${item}:${count}`)
      .join(' '),
  };
  const tasks = Object.keys(state.items).map((item) => ({
    content: {
      resourceType: 'Task' as const,
      id: taskId(id, item),
      status: 'requested' as const,
      intent: 'order' as const,
      description: item,
    },
    scope: id,
    personId: state.personId,
    needs: 'none' as const,
    draft: false,
    tokens: ['status|requested', `based-on|CarePlan/${id}`],
    owner: 'SE2321000016-W101',
    deadline: '2026-01-02T00:00:00.000Z',
  }));
  return {
    resources: [
      {
        content: plan,
        scope: id,
        personId: state.personId,
        needs: 'minimum',
        draft: false,
        tokens: [`status|${plan.status}`],
      },
      ...tasks,
    ],
    grants: state.units.flatMap((unit) =>
      [id, state.personId].map((scope) => ({ scope, unit, drafts: true, level: 'full' as const })),
    ),
    ...(state.exclusive && !state.closed ? { exclusive: `svu:${state.personId}` } : {}),
  };
}

/** The id of an item's Task. */
export function taskId(id: Uuid, item: string): Uuid {
  const hex = createHash('sha256').update(`${id} ${item}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const at = '2026-01-01T12:00:00.000Z';
const by: Actor = { kind: 'system', system: 'test' };

/** Builds commands at one moment by one actor. */
export const command = {
  open: (personId: Uuid, exclusive = false): ErrandCommand => ({
    type: 'open',
    at,
    by,
    data: { personId, exclusive },
  }),
  add: (item: string): ErrandCommand => ({ type: 'add', at, by, data: { item } }),
  addMany: (...items: string[]): ErrandCommand => ({ type: 'add-many', at, by, data: { items } }),
  drop: (item: string): ErrandCommand => ({ type: 'drop', at, by, data: { item } }),
  admit: (unit: HsaId): ErrandCommand => ({ type: 'admit', at, by, data: { unit } }),
  dismiss: (unit: HsaId): ErrandCommand => ({ type: 'dismiss', at, by, data: { unit } }),
  close: (): ErrandCommand => ({ type: 'close', at, by, data: {} }),
};

/** The options of a transaction in these tests. */
export const origin = (...locks: string[]) => ({
  locks,
  cause: { kind: 'request' as const, id: 'test' },
  recordedAt: '2026-01-01T12:00:01.000Z',
});
