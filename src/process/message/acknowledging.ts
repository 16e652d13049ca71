import type { SharedSettings } from '../policy/shared-settings.js';
import { reject } from '../rejections/rejection.js';
import type { Rejected } from '../rejections/rejection.js';
import type { HsaId } from '../vocabulary.js';

/** MSG-2: by default all who get it but the sender; others may be chosen as far as the policy lets them, the own unit too. */
export function chosenToAcknowledge(
  { messageAcknowledgement }: Pick<SharedSettings, 'messageAcknowledgement'>,
  {
    sender,
    chosen,
    readable,
    recipients,
    called,
  }: {
    readonly sender: HsaId;
    readonly chosen: readonly HsaId[] | undefined;
    readonly readable: readonly HsaId[];
    readonly recipients: readonly HsaId[];
    /** What staff call a unit. */
    readonly called: (unit: HsaId) => string;
  },
): readonly HsaId[] | Rejected {
  const usual = recipients.filter((unit) => unit !== sender);
  if (chosen === undefined) return usual;
  const field = 'acknowledgedBy';
  const stranger = chosen.find((unit) => !readable.includes(unit));
  if (stranger !== undefined)
    return reject('acknowledgement-beyond-message', { field, values: { unit: called(stranger) } });
  if (messageAcknowledgement !== 'optional' && chosen.length === 0 && usual.length > 0)
    return reject('acknowledgement-always-asked', { field });
  const missing = usual.find((unit) => !chosen.includes(unit));
  if (messageAcknowledgement === 'all-addressees' && missing !== undefined)
    return reject('acknowledgement-from-all', { field, values: { unit: called(missing) } });
  return [...new Set(chosen)].toSorted();
}
