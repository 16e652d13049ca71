import { child, type XmlElement } from './xml.js';
import { soapNamespace } from './envelope.js';

/** Who has to act on a failure: our configuration, the other side's, or nobody because it passes. */
export type Blame = 'ours' | 'theirs' | 'passing';

/**
 * The faults of the national service platform (skltp/vp, VpSemanticErrorCodeEnum). One table: what each means, and
 * whether asking again can help.
 */
export const platformFaults: Readonly<Record<string, { readonly blame: Blame; readonly meaning: string }>> = {
  VP001: { blame: 'ours', meaning: 'RIV-TA version missing or not supported' },
  VP002: { blame: 'ours', meaning: 'client certificate wrong or missing' },
  VP003: { blame: 'ours', meaning: 'logical address missing' },
  VP004: { blame: 'ours', meaning: 'no route for the logical address and contract' },
  VP005: { blame: 'ours', meaning: 'the producer lacks the RIV-TA version asked for' },
  VP006: { blame: 'theirs', meaning: 'more than one producer matches' },
  VP007: { blame: 'ours', meaning: 'not authorised for the logical address and contract' },
  VP008: { blame: 'passing', meaning: 'no contact with the addressing catalogue' },
  VP009: { blame: 'passing', meaning: 'no contact with the producer' },
  VP010: { blame: 'theirs', meaning: 'the URL of the producer is missing' },
  VP011: { blame: 'ours', meaning: 'not called over TLS, or the caller is not listed' },
  VP012: { blame: 'passing', meaning: 'the platform lacks resources' },
  VP013: { blame: 'ours', meaning: 'the original service consumer may not be set' },
  VP014: { blame: 'theirs', meaning: 'a routing loop' },
  VP015: { blame: 'ours', meaning: 'malformed request' },
};

/**
 * A question that got no usable answer. `code` is one of `VP001` … `VP015`, the name of a contract's own fault, or one of
 * `soap-fault`, `timeout`, `connection`, `too-large`, `not-soap`, `wrong-character-set`, `http-<status>`, `partial`, `busy`, `stopped`, `thread-ended`. The other side's text is
 * not kept: it may quote the question.
 */
export class SoapFailure extends Error {
  override readonly name = 'SoapFailure';
  constructor(
    readonly code: string,
    readonly blame: Blame,
  ) {
    super(Object.hasOwn(platformFaults, code) ? `${code}: ${platformFaults[code]?.meaning}` : code);
  }
}

/** A SOAP 1.1 fault as sent: the failure it stands for, and the elements of its detail (a contract's own faults). */
export type SoapFault = { readonly failure: SoapFailure; readonly detail: readonly XmlElement[] };

/** Reads the content of a body as a fault; undefined when it is none. The platform's code is the start of `faultstring`. */
export function readFault(content: XmlElement): SoapFault | undefined {
  if (content.name !== 'Fault' || content.namespace !== soapNamespace) return undefined;
  const text = child(content, '', 'faultstring')?.text ?? '';
  const faultCode = child(content, '', 'faultcode')?.text ?? '';
  const detail = child(content, '', 'detail')?.children ?? [];
  const platform = /^\s*(VP\d{3})\b/.exec(text)?.[1];
  if (platform !== undefined) {
    const blame = platformFaults[platform]?.blame ?? 'theirs';
    return { failure: new SoapFailure(platform, blame), detail };
  }
  const blame = /(?:^|:)Client\b/.test(faultCode) ? 'ours' : 'passing';
  return { failure: new SoapFailure('soap-fault', blame), detail };
}
