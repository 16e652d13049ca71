/** Whom a client certificate that was checked against the authorities names. */
export type ClientCertificate = {
  readonly commonNames: readonly string[];
  /** Subject SERIALNUMBER: the HSA-id in a SITHS function certificate. */
  readonly serialNumbers: readonly string[];
  /** Subject alternative names of type DNS, in lower case. */
  readonly dnsNames: readonly string[];
  /** SHA-256 of the certificate, hexadecimal in upper case without colons. */
  readonly fingerprint: string;
};

/** Which certificates a sender may show; everything that is given must fit. */
export type CertificateRule = {
  readonly commonName?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly dnsName?: string | undefined;
  readonly fingerprint?: string | undefined;
};

/** Whether a certificate is one that a rule means. */
export function fitsRule(certificate: ClientCertificate, rule: CertificateRule): boolean {
  return (
    holds(certificate.commonNames, rule.commonName) &&
    holds(certificate.serialNumbers, rule.serialNumber) &&
    holds(certificate.dnsNames, rule.dnsName?.toLowerCase()) &&
    holds([certificate.fingerprint], rule.fingerprint?.replaceAll(':', '').toUpperCase())
  );
}

function holds(values: readonly string[], wanted: string | undefined): boolean {
  return wanted === undefined || values.includes(wanted);
}
