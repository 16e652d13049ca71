import { platformFaults } from '../soap/fault.js';

/** What the other side can be asked to do wrong; docs/stand-ins.md has the table. */
const behaviours = [
  'timeout',
  'slow',
  'close',
  'fault',
  'malformed',
  'too-large',
  'wrong-character-set',
  'drop-idle',
  'partial',
  'duplicate',
  'out-of-order',
  'wrong-person',
  'missing-person',
  'missing-flags',
  'technical',
];

/** True for the name of a fault that a stand-in knows. */
export function isFault(name: unknown): name is string {
  return typeof name === 'string' && (behaviours.includes(name) || name in platformFaults);
}

/** Faults asked for over HTTP, for the next questions whoever they are about. */
export class RequestedFaults {
  private fault: string | undefined;
  private left = 0;

  set(fault: string, times: number): void {
    this.fault = fault;
    this.left = times;
  }

  clear(): void {
    this.left = 0;
  }

  /** The fault for this question, if any is left. */
  take(): string | undefined {
    if (this.left === 0) return undefined;
    this.left -= 1;
    return this.fault;
  }
}
