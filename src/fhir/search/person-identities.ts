import { Inject, Injectable } from '@nestjs/common';
import type { SqlConnection } from '../../persistence/database.js';
import { identityHash } from '../../persons/identity-hash.js';
import { checkPersonalNumber } from '../../persons/personal-number.js';
import { DATABASE, SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { fault } from '../outcome.js';
import { systemOfNumber } from '../person-number-system.js';
import { splitAtBar } from './search-input.js';

/** Finds persons by number, through its keyed hash. The number goes no further than this. */
@Injectable()
export class PersonIdentities {
  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
  ) {}

  /**
   * @param identifiers `system|number`, or the number alone
   * @param parameter the search parameter they were given to, for the fault
   * @returns random ids of the persons the hub knows by these numbers
   * @throws {FhirError} 400 for a malformed number (PAT-3), or a system that is not the one of the number's kind
   */
  async personsOf(identifiers: readonly string[], parameter: string): Promise<readonly string[]> {
    const hashes = identifiers.map((text) => {
      const [system, number] = splitAtBar(text) ?? [undefined, text];
      const check = checkPersonalNumber(number);
      // The hash is the same for both kinds; what a client says of the kind must hold all the same.
      if (!check.valid || (system !== undefined && system !== systemOfNumber(check.identifier)))
        throw fault('bad-person-number', { values: { parameter } });
      return identityHash(this.settings.identitySecret, check.identifier);
    });
    const { rows } = await this.database.prepared<{ personId: string }>(
      'persons-by-identity',
      'select distinct person_id as "personId" from person_identity where hash = any($1)',
      [hashes],
    );
    return rows.map(({ personId }) => personId);
  }
}
