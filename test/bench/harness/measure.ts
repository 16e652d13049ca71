import type { BenchServer } from './server.js';

/** What was measured once, with its floor where it has one. */
export type Figure = {
  /** What it is of, with the conditions that differ between the figures of one measure. */
  readonly of: string;
  readonly subject: Quantity;
  /** What it is held against: the least that could be done, or the same with less in the store. */
  readonly floor?: Quantity;
  /** subject ÷ floor */
  readonly ratio?: number;
  readonly aim?: Aim;
  /** Anything more that a reader should know, such as what was lost on the way. */
  readonly note?: string;
};

export type Quantity = {
  readonly unit: 'per second' | 'ms' | 'µs' | 'bytes' | 'statements' | '%';
  /** `rate` or `time`, or the percentiles `p50` and `p99`. */
  readonly values: Readonly<Record<string, number>>;
};

export type Aim = { readonly text: string; readonly met: boolean };

/** How long to take over it. */
export type Pace = {
  /** Rounds that the median is taken of. */
  readonly rounds: number;
  /** Of one round of one side. */
  readonly milliseconds: number;
  /** True: fewer data too, to see that everything runs; the figures mean little. */
  readonly quick: boolean;
};

export type BenchContext = {
  readonly server: BenchServer;
  readonly pace: Pace;
  /** Tells a person how it goes on. */
  readonly tell: (text: string) => void;
  /** The version that a measure of whole hubs is held against, in turn with this one; then it is the floor. */
  readonly against?: Against;
};

/** Which hub is measured, and beside which other: a checkout of another version, built by whoever asks for it. */
export type Against = { readonly name: string; readonly root: string };

/** One measure: its own file, its own databases. */
export type Measure = {
  readonly name: string;
  readonly title: string;
  /** Data, concurrency and what is on either side, in a sentence or two. */
  readonly setting: (pace: Pace) => string;
  readonly run: (context: BenchContext) => Promise<readonly Figure[]>;
  /** It measures whole hubs from outside, so another version can be held against this one. */
  readonly ofWholeHubs?: true;
};

export const rate = (perSecond: number): Quantity => ({
  unit: 'per second',
  values: { rate: Math.round(perSecond) },
});

/** Processor time of one thing, in microseconds. */
export const processorTime = (microseconds: number): Quantity => ({
  unit: 'µs',
  values: { time: Math.round(microseconds) },
});

/** One figure in a unit of its own. */
export const amount = (unit: Quantity['unit'], value: number): Quantity => ({
  unit,
  values: { time: value < 100 ? oneDecimal(value) : Math.round(value) },
});

/** @param p50 milliseconds @param p99 milliseconds */
export const latency = (p50: number, p99: number): Quantity => ({
  unit: 'ms',
  values: { p50: oneDecimal(p50), p99: oneDecimal(p99) },
});

export const ratioOf = (subject: number, floor: number): number => Math.round((subject / floor) * 100) / 100;

/** Beside the least program that keeps the same promises: what of the distance to the floor is the promise, and what is the hub. */
export const beside = (of: string, subject: number, keeping: number): Figure => ({
  of: `${of}: beside the same promises`,
  subject: rate(subject),
  floor: rate(keeping),
  ratio: ratioOf(subject, keeping),
});

/** The aim that a subject does at least so much of its floor. */
export const atLeast = (share: number, ratio: number): Aim => ({ text: `≥ ${share}`, met: ratio >= share });

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
