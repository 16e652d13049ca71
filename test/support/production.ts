import { randomBytes } from 'node:crypto';
import type { Environment } from '../../src/configuration/read-variables.js';

export const newKey = (): Buffer => randomBytes(32);
/** A secret of 32 characters that holds no word by chance: hexadecimal digits spell few. */
export const newSecret = (): string => randomBytes(16).toString('hex');

/** A whole configuration of production; its keys are made anew for each run. */
export const production: Environment = {
  HEMGANG_ENVIRONMENT: 'production',
  DATABASE_URL: `postgres://hemgang:${newSecret()}@db.example:5432/hemgang?sslmode=verify-full`,
  KAFKA_TLS: 'true',
  KAFKA_BROKERS: 'k1:9092, k2:9092,k3:9092',
  PERSON_KEY: newKey().toString('hex'),
  IDENTITY_KEY: newKey().toString('hex'),
  CURSOR_KEY: newKey().toString('base64'),
  AUDIT_KEY: newKey().toString('hex'),
  RECOVERY_PUBLIC_KEY: 'QrJO4Eq6d5GQJ6mYfgXXpIyPZ5hX6vJmKHtZ4dO7l3A',
  AUDIT_HEADS_FILE: '/var/log/hemgang/audit-heads.jsonl',
  BASE_URL: 'https://hemgang.example/fhir/',
  ORGANISATION_FILE: '/etc/hemgang/organisation.json',
  MELIOR_MAPPING_FILE: '/etc/hemgang/melior-mapping.json',
  TOKEN_ISSUERS_FILE: '/etc/hemgang/issuers.json',
  POPULATION_REGISTER_URL: 'https://tp.example/persons',
  LISTING_URL: 'https://tp.example/listing',
  LISTING_LOGICAL_ADDRESS: 'SE0000000000-LISTING',
  HSA_UNIT_URL: 'https://tp.example/unit',
  HSA_HEALTH_CARE_UNIT_URL: 'https://tp.example/health-care-unit',
  HSA_CREDENTIALS_URL: 'https://tp.example/credentials',
};
