/**
 * A fact that no retry will help: it becomes a dead letter with this cause and owner.
 *
 * `hub`: our configuration is mended and the fact replayed. `sender`: the message itself is wrong. `register`: a register
 * refuses us.
 */
export class FactRefused extends Error {
  override readonly name = 'FactRefused';
  /** @param cause kebab-case, never personal data */
  constructor(
    cause: string,
    readonly owner: 'hub' | 'sender' | 'register',
  ) {
    super(cause);
  }
}
