import { asJson } from './recorded-event.js';

/**
 * The value as it will be when it was stored and read again, like `asJson`. What it shares with `before`, which came from there, is taken
 * as it is and not copied: a step costs by what it changed, and what it did not change is known by identity.
 */
export function asStored<Value>(value: Value, before: unknown): Value {
  if (value === before) return value;
  if (!isPlain(value) || !isPlain(before)) return asJson(value);
  const stored: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    // What JSON does not carry is gone.
    if (each === undefined || typeof each === 'function') continue;
    stored[name] = Object.hasOwn(before, name) ? asStored(each, before[name]) : asJson(each);
  }
  return stored as Value;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !('toJSON' in value);
}
