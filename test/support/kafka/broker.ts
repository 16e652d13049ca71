import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import { stablePort } from '../stable-ports.js';
import { brokerClassPath } from './broker-jars.js';

/** A real Apache Kafka broker: one node, KRaft, loopback only. */
export type Broker = {
  /** `host:port`, the same after a restart. */
  readonly brokers: string;
  /** The process, while it runs. */
  readonly pid: number | undefined;
  /** SIGKILL, as an outage would. The data stays. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  restart(): Promise<void>;
  /** Ends it, and removes the data unless a directory was given. */
  stop(): Promise<void>;
};

const startLimitMs = 60_000;

/**
 * Starts a broker with what Maven Central has (see pom.xml); needs `java` (17 or later) and, the first time, `mvn`.
 * @param options `directory` keeps the data there; `port` absent: a free one
 * @throws Error with the broker's last words when it does not come up within a minute
 */
export async function startBroker(
  options: {
    directory?: string;
    port?: number;
    /** Users and their passwords (SASL PLAIN): then nobody may do anything but `admin`, and what access rules allow. */
    users?: Readonly<Record<'admin' | (string & {}), string>>;
  } = {},
): Promise<Broker> {
  const classPath = await brokerClassPath();
  const home = options.directory ?? (await mkdtemp(path.join(tmpdir(), `hemgang-kafka-${process.pid}-`)));
  await mkdir(home, { recursive: true });
  const port = options.port ?? (await stablePort());
  const settings = path.join(home, 'server.properties');
  await writeFile(settings, propertiesOf(home, port, await stablePort(), options.users));
  if (!(await exists(path.join(home, 'data', 'meta.properties')))) {
    const cluster = randomBytes(16).toString('base64url');
    await promisify(execFile)('java', [
      '-cp',
      classPath,
      'kafka.tools.StorageTool',
      'format',
      `--cluster-id=${cluster}`, // It may begin with a dash.
      '-c',
      settings,
    ]);
  }
  let server = await launch(classPath, settings, port);
  return {
    brokers: `127.0.0.1:${port}`,
    get pid() {
      return server.exitCode === null && server.signalCode === null ? server.pid : undefined;
    },
    kill: () => end(server, 'SIGKILL'),
    async restart() {
      server = await launch(classPath, settings, port);
    },
    async stop() {
      await end(server, 'SIGTERM');
      if (options.directory === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}

async function launch(classPath: string, settings: string, port: number): Promise<ChildProcess> {
  const options = ['-Xms128m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const server = spawn(
    'java',
    [...options, '-Dorg.slf4j.simpleLogger.defaultLogLevel=error', '-cp', classPath, 'kafka.Kafka', settings],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  // Whoever started it takes it along.
  const endWithUs = () => server.kill('SIGKILL');
  process.on('exit', endWithUs);
  server.once('exit', () => process.off('exit', endWithUs));
  let fatalErrorText = '';
  server.stderr.on(
    'data',
    (text: Buffer) => (fatalErrorText = (fatalErrorText + text.toString()).slice(-4000)),
  );
  const until = Date.now() + startLimitMs;
  while (!(await accepts(port))) {
    if (server.exitCode !== null || Date.now() > until) {
      server.kill('SIGKILL');
      throw new Error(`Kafka did not start: ${fatalErrorText}`);
    }
    await after(100);
  }
  return server;
}

/** One node is broker and controller; internal topics have one copy; rebalances do not wait for more members. */
function propertiesOf(
  home: string,
  port: number,
  controllerPort: number,
  users?: Readonly<Record<string, string>>,
): string {
  const listener = users === undefined ? 'PLAINTEXT' : 'SASL_PLAINTEXT';
  return Object.entries({
    ...(users && accessControlled(users)),
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `${listener}://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `${listener}://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': listener,
    'log.dirs': path.join(home, 'data'),
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'auto.create.topics.enable': false,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** The controller's listener is the broker's own, on loopback, without a login. */
function accessControlled(users: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const known = Object.entries(users).map(([name, password]) => `user_${name}="${password}"`);
  const login = `username="admin" password="${users['admin'] ?? ''}" ${known.join(' ')}`;
  return {
    'listener.security.protocol.map': 'SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN',
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    'listener.name.sasl_plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required ${login};`,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:admin;User:ANONYMOUS',
  };
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill(signal);
  await exited;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
