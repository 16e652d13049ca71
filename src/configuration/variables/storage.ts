import { z } from 'zod';
import {
  file,
  key,
  list,
  numberBetween,
  oneOf,
  optional,
  port,
  publicKey,
  text,
  variable,
  yesOrNo,
} from './variable.js';

export const databaseUrl = z
  .string()
  .trim()
  .pipe(
    z.url({
      protocol: /^postgres(ql)?$/,
      error: 'must be a URL that begins with postgres:// or postgresql://',
    }),
  )
  .refine(isDecodable, {
    // What is no URL has been refused for that.
    when: ({ issues }) => issues.length === 0,
    error:
      'has a % in it that begins no character: in a URL it is written %25, and other letters as their UTF-8',
  });

function isDecodable(url: string): boolean {
  const { username, password, hostname, pathname } = new URL(url);
  try {
    for (const part of [username, password, hostname, pathname]) decodeURIComponent(part);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

const broker = z.string().regex(/^[^\s:,/@]+:\d{1,5}$/, 'must be host:port');

export const storage = {
  DATABASE_URL: optional(databaseUrl, {
    meaning:
      'The PostgreSQL of the hub. Absent: the embedded one, in the data directory; production refuses that. Through PgBouncer only with `pool_mode=session`; others are refused at start.',
    example: 'postgres://hemgang:secret@db.example:5432/hemgang?sslmode=verify-full',
    secret: true,
  }),
  DATABASE_CONNECTIONS: variable(numberBetween(2, 500), {
    meaning: 'Most connections that one process opens.',
    default: '20',
    example: '40',
  }),
  EMBEDDED_DATABASE_PORT: variable(port, {
    meaning: 'Port of the embedded PostgreSQL on 127.0.0.1. 0: a free one.',
    default: '0',
    example: '5433',
  }),
  INBOX_CONCURRENCY: variable(numberBetween(1, 256), {
    meaning: 'How many persons’ facts one worker process takes at the same time.',
    default: '32',
    example: '64',
  }),
  INBOX_RETRY_FIRST_MILLISECONDS: variable(numberBetween(10, 60_000), {
    meaning: 'The wait before the first retry of a fact that could not be taken; it grows with each.',
    default: '200',
    example: '1000',
  }),
  INBOX_RETRY_LONGEST_SECONDS: variable(numberBetween(1, 86_400), {
    meaning: 'The longest wait between two retries of a fact.',
    default: '60',
    example: '300',
  }),
  INBOX_HOLD_MINUTES: variable(numberBetween(1, 43_200), {
    meaning:
      'How long a fact that fails may hold back later facts of the same person; then it is a dead letter and they go on.',
    default: '60',
    example: '240',
  }),
  INBOX_PAYLOAD_RETENTION_DAYS: variable(numberBetween(1, 365), {
    meaning:
      'How long the payload of a fact that is done stays in the inbox; its id stays, so a repeat is known.',
    default: '7',
    example: '3',
  }),
  SEQUENCER_INTERVAL_MILLISECONDS: variable(numberBetween(1, 10_000), {
    meaning:
      'How soon sequencer and relay look for new events when nobody wakes them; up to ten times as seldom while there are none.',
    default: '50',
    example: '100',
  }),
  TRANSPORT: optional(oneOf('kafka', 'embedded'), {
    meaning:
      'What carries the topics. Absent: `kafka` when `KAFKA_BROKERS` is set, otherwise `embedded` (on PostgreSQL).',
    example: 'kafka',
  }),
  TOPIC_PARTITIONS: variable(numberBetween(1, 1_000), {
    meaning: 'Partitions of every topic. The same everywhere; cannot be changed while facts are under way.',
    default: '12',
    example: '24',
  }),
  TOPIC_RETENTION_HOURS: variable(numberBetween(1, 8_760), {
    meaning: 'How long facts and case events stay on their topics. Facts carry personal data: keep it short.',
    default: '168',
    example: '72',
  }),
  RECOVERY_PUBLIC_KEY: optional(publicKey, {
    meaning:
      'Public key for which each sealed fact carries its own key wrapped, so that facts on Kafka can be opened after the database was restored to an earlier point; `npm run recovery-key` makes a pair. Production on Kafka requires it. Absent in development: that of `RECOVERY_KEY`.',
    example: 'QrJO4Eq6d5GQJ6mYfgXXpIyPZ5hX6vJmKHtZ4dO7l3A',
  }),
  RECOVERY_KEY: optional(key, {
    meaning:
      'The secret of `RECOVERY_PUBLIC_KEY`. Keep it away from the hub; give it to the workers after a restore of the database, until the facts on Kafka have been read again. Absent in development: made at first start.',
    example: '(64 hexadecimal digits)',
    secret: true,
  }),
  KAFKA_BROKERS: optional(list(broker), {
    meaning: 'Brokers to begin with, `host:port` divided by commas.',
    example: 'kafka-1:9092,kafka-2:9092,kafka-3:9092',
  }),
  KAFKA_REPLICATION_FACTOR: variable(numberBetween(1, 32), {
    meaning: 'Copies of every topic. Production refuses fewer than 3.',
    default: '3',
    example: '3',
  }),
  KAFKA_MIN_IN_SYNC_REPLICAS: variable(numberBetween(1, 32), {
    meaning: 'Copies that must have a fact before it counts as stored. Production refuses fewer than 2.',
    default: '2',
    example: '2',
  }),
  KAFKA_TLS: variable(yesOrNo, {
    meaning: 'Whether the brokers are reached over TLS.',
    default: 'false',
    example: 'true',
  }),
  KAFKA_TLS_CA_FILE: optional(file, {
    meaning: 'Authorities that vouch for the brokers (PEM). Absent: those of the system.',
    example: '/etc/hemgang/kafka-ca.pem',
  }),
  KAFKA_TLS_CERTIFICATE_FILE: optional(file, {
    meaning: 'Client certificate towards the brokers (PEM), with `KAFKA_TLS_KEY_FILE`.',
    example: '/etc/hemgang/kafka.pem',
  }),
  KAFKA_TLS_KEY_FILE: optional(file, {
    meaning: 'Private key of the client certificate (PEM).',
    example: '/etc/hemgang/kafka.key',
  }),
  KAFKA_SASL_MECHANISM: optional(oneOf('plain', 'scram-sha-256', 'scram-sha-512'), {
    meaning: 'How to log in at the brokers. Absent: not by user and password.',
    example: 'scram-sha-512',
  }),
  KAFKA_SASL_USERNAME: optional(text, { meaning: 'User at the brokers.', example: 'hemgang' }),
  KAFKA_SASL_PASSWORD: optional(text, {
    meaning: 'Password at the brokers.',
    example: '(a secret)',
    secret: true,
  }),
} as const;
