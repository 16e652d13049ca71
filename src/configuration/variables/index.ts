import { catalogue, melior, recording, registers, standIns } from './connectors.js';
import { cosmic } from './cosmic.js';
import { facade } from './facade.js';
import { general } from './general.js';
import { storage } from './storage.js';
import { trail } from './trail.js';
import type { Variable } from './variable.js';

/** Every environment variable there is, as `docs/configuration.md` lists them. */
export const sections = {
  'The process': general,
  'Store and transport': storage,
  'Facade and access': facade,
  'Trail of accesses': trail,
  Melior: melior,
  Cosmic: cosmic,
  Recording: recording,
  Registers: registers,
  Catalogue: catalogue,
  'Stand-ins': standIns,
} as const;

export const variables = {
  ...general,
  ...storage,
  ...facade,
  ...trail,
  ...melior,
  ...cosmic,
  ...recording,
  ...registers,
  ...catalogue,
  ...standIns,
} as const;

export type VariableName = keyof typeof variables;

/** The values of all variables, before they are put together. */
export type Values = {
  readonly [Name in VariableName]: (typeof variables)[Name] extends Variable<infer Value>
    ? (typeof variables)[Name] extends { readonly default: string }
      ? Value
      : Value | undefined
    : never;
};
