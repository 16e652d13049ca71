/**
 * What a sender wants to be told, and when (HL7 v2.5 chapter 2.9.3, tables 0008 and 0155). `accept`: the answers of enhanced mode,
 * CA, CE, CR; otherwise AA, AE, AR.
 */
export type AcknowledgementMode = {
  readonly accept: boolean;
  readonly when: 'AL' | 'NE' | 'ER' | 'SU';
};

/** As long as a message says nothing else: every message is answered AA, AE or AR. */
export const originalMode: AcknowledgementMode = { accept: false, when: 'AL' };

const conditions: readonly string[] = ['AL', 'NE', 'ER', 'SU'];

/**
 * Reads MSH-15 (accept acknowledgement) and MSH-16 (application acknowledgement). Both empty is original mode, and so is, by the
 * standard, an accept acknowledgement never and an application acknowledgement on the same connection. Where an accept
 * acknowledgement is wanted it is all that is sent: it says already that the message is stored, which is all there is to say.
 * Undefined: not a value of table 0155.
 */
export function readMode(accept: string, application: string): AcknowledgementMode | undefined {
  if (accept === '' && application === '') return originalMode;
  if (![accept, application].every((each) => each === '' || conditions.includes(each))) return undefined;
  const [wanted, when] =
    accept === '' || accept === 'NE' ? [false, application === '' ? 'NE' : application] : [true, accept];
  return { accept: wanted, when: when as AcknowledgementMode['when'] };
}

/** Whether an answer of this kind is sent at all. */
export function isWanted({ when }: AcknowledgementMode, taken: boolean): boolean {
  return when === 'AL' || when === (taken ? 'SU' : 'ER');
}
