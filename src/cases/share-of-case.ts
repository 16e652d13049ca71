/**
 * Whether a unit may say no more in a case that has a limit of what is said: there is as much as there may be, and the unit has sent its
 * share, which is even among the units that have sent any and the one that asks. One that fills a case stops itself and nobody else, until
 * there is twice as much, which is the end for all (decision 103).
 *
 * @param senders the unit of each that was sent by one
 * @param sent how many were sent, those of no unit too
 */
export function hasSentItsShare(
  unit: string,
  most: number,
  { senders, sent = senders.length }: { readonly senders: readonly string[]; readonly sent?: number },
): boolean {
  if (sent < most) return false;
  const own = senders.filter((sender) => sender === unit).length;
  return sent >= 2 * most || own >= most / new Set([...senders, unit]).size;
}
