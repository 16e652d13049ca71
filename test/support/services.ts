import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startKafka } from './kafka/kafka-service.js';
import { startPostgres } from './postgres-server.js';
import type { Service } from './service.js';

/**
 * The real parts that one run of the tests shares. Each is started the first time a test asks for it, in jest's own
 * process, and stopped when the run ends; so a run of pure tests starts nothing. Tests ask over HTTP on loopback. A new shared part is one more line here.
 */
const startersByName: Readonly<Record<string, () => Promise<Service>>> = {
  postgres: startPostgres,
  kafka: startKafka,
};

const started = new Map<string, Promise<Service>>();
let server: Server | undefined;

/** Opens the door that tests ask at; its address goes to every test process in TEST_SERVICES_URL. */
export async function openServices(): Promise<void> {
  server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    const starter = startersByName[name];
    if (!starter) {
      response.writeHead(404).end(`there is no service ${name}`);
      return;
    }
    const service = started.get(name) ?? starter();
    started.set(name, service);
    service.then(
      ({ answer }) => response.end(JSON.stringify(answer)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  process.env['TEST_SERVICES_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Stops everything that was started. */
export async function closeServices(): Promise<void> {
  server?.closeAllConnections();
  server?.close();
  const outcomes = await Promise.allSettled(started.values());
  await Promise.all(
    outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.stop()] : [])),
  );
}

/** In a test: what a shared part answers, started now if it was not yet. Throws with its error when it cannot start. */
export async function askService(name: string): Promise<Readonly<Record<string, string>>> {
  const base = process.env['TEST_SERVICES_URL'];
  if (!base) throw new Error('TEST_SERVICES_URL is not set: run the tests through jest');
  // A connection of its own: one kept from an earlier question may be closed by the other side just as it is used.
  const headers = { connection: 'close' };
  const response = await fetch(`${base}/${name}`, { headers, signal: AbortSignal.timeout(120_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`The service ${name} did not start: ${text}`);
  return JSON.parse(text) as Record<string, string>;
}
