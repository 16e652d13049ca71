/** PEM texts. `certificate` and `key` are the client's own (SITHS function certificate); `authorities` whom it trusts. */
export type ClientTls = {
  readonly certificate?: string;
  readonly key?: string;
  readonly authorities?: string;
};

/** The same as Node's TLS takes it. */
export function tlsOptions(tls: ClientTls | undefined): { cert?: string; key?: string; ca?: string } {
  return {
    ...(tls?.certificate !== undefined && { cert: tls.certificate }),
    ...(tls?.key !== undefined && { key: tls.key }),
    ...(tls?.authorities !== undefined && { ca: tls.authorities }),
  };
}
