import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { AuditTrail } from '../access/access-context.js';
import type { Authenticator } from '../access/authenticator.js';
import type { CaseKinds } from '../cases/kinds/case-kind.js';
import type { Directory } from '../directory/organisation.js';
import type { TimeBounds } from '../messaging/contracts/time-bounds.js';
import type { SqlConnection } from '../persistence/database.js';
import type { Questionnaires } from '../questionnaires/questionnaires.js';
import type { BodyBounds } from './http/body-bounds.js';
import type { FacadeLimits } from './http/limits.js';

/**
 * What the facade is given by the composition, and the tokens by which its parts ask Nest for it
 * (`@Inject(AUDIT_TRAIL) audit: AuditTrail`). Nothing in the facade opens a connection or reads an environment variable.
 */
export type FacadeDependencies = {
  /** Connections for reading. Writing steps have their own through `src/cases`. */
  readonly database: SqlConnection;
  readonly directory: Directory;
  /** The kinds of case that there are. */
  readonly kinds: CaseKinds;
  /** What forms under cases ask. */
  readonly questionnaires: Questionnaires;
  readonly authenticator: Authenticator;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: FacadeSettings;
  readonly metrics: Registry;
  /** What must answer before the hub takes requests, by name. A check that rejects counts as not ready. */
  readonly readiness: Readonly<Record<string, () => Promise<boolean>>>;
};

/** The one thing a test may replace: what time it is. */
export type Clock = { readonly now: () => Date };

export type FacadeSettings = {
  /** Address clients reach the facade at, without a trailing slash, e.g. `http://127.0.0.1:8080/fhir`. */
  readonly baseUrl: string;
  /** Largest request body in bytes; more is 413. */
  readonly bodyLimit: number;
  /** What a body may hold, whatever its bytes; more is 400. */
  readonly bodyBounds: BodyBounds;
  /** How far from now a time of a case may lie; beyond it is 422. */
  readonly timeBounds: TimeBounds;
  readonly limits: FacadeLimits;
  /** Resources on a page when the client does not say, and at most. */
  readonly defaultPageSize: number;
  readonly maximumPageSize: number;
  /** 32 bytes; encrypts the cursors between pages. The same in every process behind one address. */
  readonly cursorKey: Uint8Array;
  /** The secret under which `person_identity` knows a number (`identityHash` of src/persons). */
  readonly identitySecret: string;
  readonly softwareVersion: string;
};

export const DATABASE = Symbol('DATABASE');
export const KINDS = Symbol('KINDS');
export const QUESTIONNAIRES = Symbol('QUESTIONNAIRES');
export const DIRECTORY = Symbol('DIRECTORY');
export const AUDIT_TRAIL = Symbol('AUDIT_TRAIL');
export const CLOCK = Symbol('CLOCK');
export const LOGGER = Symbol('LOGGER');
export const SETTINGS = Symbol('SETTINGS');
export const METRICS = Symbol('METRICS');
export const READINESS = Symbol('READINESS');
