/** A real part that the tests of one run share. */
export type Service = {
  /** What tests are told, as JSON. */
  readonly answer: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};
