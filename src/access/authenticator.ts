import type { AccessContext } from './access-context.js';

/** What an interface gets back for the `Authorization` header of a request. */
export interface Authenticator {
  /**
   * Establishes who asks, from the header and the directory.
   * @param authorization the `Authorization` header as received; absent when there was none
   * @param requestId the id this request is logged under
   * @throws {AuthenticationFailure} 401 for the token, 403 for a unit or role the person does not have (ORG-1),
   * 503 when the issuer's keys cannot be had, or the catalogue does not answer about a person that only it can know
   */
  authenticate(authorization: string | undefined, requestId: string): Promise<AccessContext>;
}

/** Why nobody could be established. The code is for our log and tests; the client is told no more than its status. */
export type AuthenticationFailureCode =
  | 'token-missing'
  | 'token-malformed'
  | 'token-wrong-issuer'
  | 'token-wrong-audience'
  | 'token-wrong-algorithm'
  | 'token-wrong-type'
  | 'token-lives-too-long'
  | 'token-expired'
  | 'token-not-yet-valid'
  | 'token-unknown-key'
  | 'token-wrong-signature'
  | 'token-claims'
  | 'unit-not-assigned'
  | 'organisation-not-of-issuer'
  | 'catalogue-unavailable'
  | 'keys-unavailable';

/** Who a verified token says that it is. */
export type Claimed = {
  readonly issuer: string;
  readonly client: string;
  readonly actor: string;
  readonly unit?: string;
};

export class AuthenticationFailure extends Error {
  override readonly name = 'AuthenticationFailure';
  constructor(
    readonly code: AuthenticationFailureCode,
    readonly status: 401 | 403 | 503,
    /** Who a verified token says it is, where it got that far; for the trail of refusals, and the limit of the client. */
    readonly claimed?: Claimed,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
