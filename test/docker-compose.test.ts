import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { loadConfiguration } from '../src/configuration/load-configuration.js';
import { fromProjectRoot } from '../src/configuration/project-root.js';
import { variables } from '../src/configuration/variables/index.js';
import { processNames } from '../src/configuration/variables/general.js';
import { connectorConnections } from '../src/start/processes/connectors.js';
import { rebuildConnections } from '../src/start/processes/shown.js';
import { trailConnections } from '../src/start/processes/open-trail.js';

type Service = {
  image: string;
  command?: string[];
  environment: Record<string, string>;
  ports?: string[];
  network_mode?: string;
  volumes: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  mem_limit?: string;
  shm_size?: string;
  stop_grace_period?: string;
  restart?: string;
  logging?: { driver: string; options: Record<string, string> };
};

/** There is no Docker where this is built, so the file is checked by reading it. */
const text = await readFile(fromProjectRoot('docker-compose.yml'), 'utf8');
/** The file after compose has put in its variables: `${NAME:-default}` with nothing set, and `$$` for `$`. */
const compose = parse(text.replace(/\$\{\w+:-([^}]*)\}/g, '$1').replaceAll('$$', '$'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};
const services = Object.entries(compose.services);
const own = services.filter(([, { image }]) => image.startsWith('hemgang:'));
const brokers = services.filter(([name]) => name.startsWith('kafka-'));

/** At start the schema is migrated (four) and a pooler looked for (two). */
const startConnections = 6;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'compose-'));
});
afterAll(() => rm(folder, { recursive: true }));

const configurationOf = ({ environment }: Service) =>
  loadConfiguration({ ...environment, DATA_DIRECTORY: folder });

test('every variable of a hub process is one that the configuration knows', () => {
  const used = new Set(own.flatMap(([, { environment }]) => Object.keys(environment)));
  expect([...used].filter((name) => !(name in variables))).toEqual([]);
});

test.each(own)(
  'the environment of %s makes a configuration, on Kafka and a database of its own',
  (_, service) => {
    const configuration = configurationOf(service);
    expect(configuration.transport.kafka).toMatchObject({ replicationFactor: 3, minInSyncReplicas: 2 });
    expect(configuration.database.url).toBeDefined();
  },
);

/** What plays the systems outside. */
const ofOneKind = new Set<string>(['stand-ins']);

test('the processes together run everything, and two of each part that can be two', () => {
  const running = own.flatMap(([, service]) => [...configurationOf(service).processes]);
  const wanted = processNames.flatMap((name) => (ofOneKind.has(name) ? [name] : [name, name]));
  expect(running.toSorted()).toEqual(wanted.toSorted());
});

test('two of a part differ in ports, files and whom they ask alone', () => {
  const differing = new Set<string>();
  const pairs = own.filter(([name]) => name.endsWith('-1'));
  expect(pairs).toHaveLength(6);
  for (const [name, { environment: one }] of pairs) {
    const other = compose.services[name.replace(/1$/, '2')]?.environment ?? {};
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
      if (one[key] !== other[key]) differing.add(key);
  }
  expect([...differing].filter((key) => !/_PORT$|_LOOKUP_URL$|^AUDIT_HEADS_FILE$/.test(key))).toEqual([]);
});

test('the connections of all processes are fewer than PostgreSQL takes, with some left for people', () => {
  const most = own.map(([, service]) => {
    const { database, audit } = configurationOf(service);
    const trail = audit.databaseUrl === undefined ? 0 : trailConnections;
    return (
      (database.connections ?? 20) + connectorConnections + startConnections + rebuildConnections + trail
    );
  });
  const setting = compose.services['postgres']?.command?.find((each) => each.startsWith('max_connections='));
  const taken = most.reduce((sum, each) => sum + each, 0);
  expect(taken).toBeGreaterThan(100);
  expect(taken + 20).toBeLessThan(Number(setting?.split('=')[1]));
});

test.each(services)(
  '%s is pinned, bounded in memory and log, started again, and given time to stop',
  (_, service) => {
    expect(service.image).toMatch(/^[a-z/]+:\d+\.\d+(\.\d+)?(@sha256:[0-9a-f]{64})?$/);
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    expect(service.logging?.options).toEqual({
      'max-size': expect.stringMatching(/^\d+m$/),
      'max-file': '5',
    });
    expect(service.restart).toBe('unless-stopped');
    expect(service.stop_grace_period).toMatch(/^\d+s$/);
  },
);

test('the image of the hub bears its version, and is made from one exact version of Node that it runs on', async () => {
  const { version, engines } = JSON.parse(await readFile(fromProjectRoot('package.json'), 'utf8')) as {
    version: string;
    engines: { node: string };
  };
  expect(new Set(own.map(([, { image }]) => image))).toEqual(new Set([`hemgang:${version}`]));
  const dockerfile = await readFile(fromProjectRoot('Dockerfile'), 'utf8');
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base ?? '');
  expect(new Set(bases).size).toBe(1);
  expect(bases[0]).toMatch(/^node:\d+\.\d+\.\d+-/);
  expect(Number(bases[0]?.split(/[:.]/)[1])).toBeGreaterThanOrEqual(Number(engines.node.replace(/\D/g, '')));
});

test('PostgreSQL has shared memory for parallel queries, within its bound', () => {
  const { shm_size: shared = '', mem_limit: bound = '' } = compose.services['postgres'] ?? {};
  expect([shared, bound]).toEqual(['256m', '2g']);
});

test.each(own)('the command of %s is there once the project is built', (_, { command }) => {
  expect(command?.[0]).toBe('node');
  const source = /^dist\/(.*)\.js$/.exec(command?.[1] ?? '')?.[1];
  expect(existsSync(fromProjectRoot(`${source}.ts`))).toBe(true);
});

test('every service has a health check, and whoever depends on another waits until it is well', () => {
  expect(services.filter(([, { healthcheck }]) => !healthcheck).map(([name]) => name)).toEqual([]);
  const conditions = own.flatMap(([, one]) => Object.entries(one.depends_on ?? {}));
  expect(conditions.filter(([name]) => !compose.services[name])).toEqual([]);
  expect(conditions.every(([, { condition }]) => condition === 'service_healthy')).toBe(true);
});

test('every health check is a list of texts, as compose takes it', () => {
  const tests = services.flatMap(([, { healthcheck }]) => healthcheck?.test ?? []);
  expect(tests.filter((each) => typeof each !== 'string')).toEqual([]);
});

test.each([
  [200, 0],
  [503, 1],
])('the health check of a hub process that answers %d ends with %d', async (status, code) => {
  const server = createServer((_request, response) => response.writeHead(status).end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const [, command = '', ...rest] = own[0]?.[1].healthcheck?.test ?? [];
  const check = spawn(command, rest, { env: { ...process.env, METRICS_PORT: String(port) } });
  expect(await once(check, 'exit')).toEqual([code, null]);
  await new Promise((closed) => server.close(closed));
});

test('processes on one network take ports of their own, and everything is on loopback', () => {
  const configurations = own.map(([, service]) => configurationOf(service));
  const ports = configurations.flatMap(({ processes, http, melior, metrics, registers, standIns }) => [
    metrics.port,
    ...(processes.has('hub') ? [http.port] : []),
    ...(processes.has('melior') ? [melior.port] : []),
    ...(registers.lookup.port === undefined ? [] : [registers.lookup.port]),
    ...(processes.has('stand-ins')
      ? [standIns.populationRegisterPort, standIns.listingPort, standIns.hsaPort, standIns.cosmicPort]
      : []),
  ]);
  const published = services.flatMap(([, one]) => one.ports ?? []);
  const all = [...ports, ...published.map((port) => Number(port.split(':')[1]))];
  expect(new Set(all).size).toBe(all.length);
  expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  expect(configurations.flatMap(({ http, melior }) => [http.host, melior.host])).toEqual(
    expect.not.arrayContaining(['0.0.0.0']),
  );
});

test('hub and worker ask the lookups where the registers’ connectors answer, the first the first and the second the second', () => {
  const registers = own
    .map(([, one]) => configurationOf(one))
    .filter(({ processes }) => processes.has('listing'));
  const answering = registers.map(({ registers: { lookup } }) => `http://${lookup.host}:${lookup.port}`);
  const asking = own
    .map(([, one]) => configurationOf(one))
    .filter(({ processes }) => processes.has('worker') || processes.has('hub'));
  expect(
    asking.flatMap((one) => [one.registers.listing.lookupUrl, one.registers.populationRegister.lookupUrl]),
  ).toEqual([...answering, ...answering].flatMap((address) => [address, address]));
});

describe('the brokers', () => {
  test('are the three that the hub is told of', () => {
    const told = own.map(([, { environment }]) => environment['KAFKA_BROKERS']);
    const published = brokers.map(([, { ports }]) => ports?.[0]?.split(':').slice(0, 2).join(':'));
    expect(published).toHaveLength(3);
    expect(new Set(told)).toEqual(new Set([published.join(',')]));
    for (const [name, { environment, ports }] of brokers) {
      expect(environment['KAFKA_ADVERTISED_LISTENERS']).toBe(
        `BETWEEN://${name}:19092,MACHINE://${ports?.[0]?.split(':').slice(0, 2).join(':')}`,
      );
    }
  });

  test('keep what they have in volumes of their own', () => {
    const volumes = services.flatMap(([, one]) => one.volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect(new Set(volumes)).toEqual(new Set(Object.keys(compose.volumes)));
    expect(new Set(brokers.map(([, one]) => one.volumes[0])).size).toBe(3);
  });
});
