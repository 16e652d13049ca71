import type { ConnectorRows, Heartbeat, Pile } from './read-connectors.js';

/** One line of the screen; no personal data. */
export type ConnectorLine = {
  readonly connector: string;
  /** `silent`: it stopped writing and did not say goodbye. `stopped`: it did. `not started`: configured, never seen here. */
  readonly state: 'up' | 'degraded' | 'down' | 'silent' | 'stopped' | 'not started';
  readonly lastMessageAt?: string;
  /** Taken, and not yet handled by the hub: on the way to the topic, or in the inbox. */
  readonly waiting: number;
  readonly oldestWaitingSeconds: number;
  readonly dead: number;
  readonly why: readonly string[];
  readonly processes: readonly {
    readonly host: string;
    readonly pid: number;
    readonly alive: boolean;
    readonly detail: Heartbeat['detail'];
  }[];
};

/** A process that has not written for so long is gone: four beats. */
const silentAfterSeconds = 20;
/** What waits longer than this is worth a word. */
const longWaitSeconds = 60;

/** True when somebody has to look: something is not up, or facts are dead. */
export function needsAttention(lines: readonly ConnectorLine[]): boolean {
  return lines.length === 0 || lines.some(({ state, dead }) => dead > 0 || state !== 'up');
}

/** Each connector that is configured or has been seen, by name. */
export function connectorReport(
  rows: ConnectorRows,
  configured: readonly string[],
): readonly ConnectorLine[] {
  const piles = [...rows.receipts, ...rows.waiting, ...rows.dead];
  const names = new Set([...configured, ...[...rows.heartbeats, ...piles].map(({ connector }) => connector)]);
  return [...names].toSorted().map((name) => lineOf(name, rows));
}

function lineOf(connector: string, rows: ConnectorRows): ConnectorLine {
  const own = <Row extends { readonly connector: string }>(all: readonly Row[]) =>
    all.filter((row) => row.connector === connector);
  const heartbeats = own(rows.heartbeats);
  const [receipts, waiting, dead] = [own(rows.receipts)[0], own(rows.waiting)[0], own(rows.dead)[0]];
  const lastMessageAt = heartbeats
    .flatMap((beat) => beat.lastMessageAt ?? [])
    .toSorted((a, b) => a.getTime() - b.getTime())
    .at(-1);
  const { state, why } = stateOf(connector, heartbeats);
  return {
    connector,
    state,
    ...(lastMessageAt && { lastMessageAt: lastMessageAt.toISOString() }),
    waiting: (receipts?.count ?? 0) + (waiting?.count ?? 0),
    oldestWaitingSeconds: Math.round(Math.max(0, receipts?.oldestSeconds ?? 0, waiting?.oldestSeconds ?? 0)),
    dead: dead?.count ?? 0,
    why: [
      ...why,
      ...waits(receipts, 'on the way to the topic'),
      ...waits(waiting, 'in the inbox'),
      ...died(dead),
    ],
    processes: heartbeats.map((beat) => ({
      host: beat.host,
      pid: beat.pid,
      alive: isAlive(beat),
      detail: beat.detail,
    })),
  };
}

function isAlive({ state, silentSeconds }: Heartbeat): boolean {
  return state === 'running' && silentSeconds < silentAfterSeconds;
}

function stateOf(connector: string, beats: readonly Heartbeat[]): Pick<ConnectorLine, 'state' | 'why'> {
  if (/^(?:unreadable|removed) /.test(connector)) return { state: 'up', why: [] };
  const alive = beats.filter(isAlive);
  const others = beats.filter((beat) => !isAlive(beat)).toSorted((a, b) => a.silentSeconds - b.silentSeconds);
  const [last] = others;
  if (alive.length > 0) {
    const silent = others.filter(({ state }) => state === 'running').length;
    const worst = (['down', 'degraded'] as const).find((status) =>
      alive.some((beat) => beat.status === status),
    );
    return {
      state: worst ?? 'up',
      why: [
        ...new Set(alive.flatMap((beat) => beat.why ?? [])),
        ...(silent > 0 ? [`${silent} of ${beats.length} processes went silent within the hour`] : []),
      ],
    };
  }
  if (last === undefined) return { state: 'not started', why: ['configured, but never seen here'] };
  const ago = `${duration(last.silentSeconds)} ago`;
  return last.state === 'stopped'
    ? { state: 'stopped', why: [`stopped in order ${ago}`] }
    : {
        state: 'silent',
        why: [`no sign of life from ${last.host}, process ${last.pid}; the last was ${ago}`],
      };
}

function waits(pile: Pile | undefined, where: string): readonly string[] {
  if (!pile || (pile.oldestSeconds < longWaitSeconds && !pile.cause)) return [];
  const cause = pile.cause ? `, tried again: ${pile.cause}` : '';
  return [`${pile.count} ${where} for up to ${duration(pile.oldestSeconds)}${cause}`];
}

function died(pile: Pile | undefined): readonly string[] {
  if (!pile) return [];
  return [
    `${pile.count} dead, the latest (${pile.owner ?? 'owner unknown'} to mend): ${pile.cause ?? 'no cause'}`,
  ];
}

/** `12 s`, `3 min`, `2 h`, `4 d`. */
export function duration(seconds: number): string {
  const steps = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
  ] as const;
  const step = steps.find(([size]) => seconds >= size * 2);
  return step ? `${Math.floor(seconds / step[0])} ${step[1]}` : `${Math.max(0, Math.floor(seconds))} s`;
}
