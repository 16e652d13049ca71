import { createListingLookup } from '../../connectors/listing/listing-lookup.js';
import type { Health } from '../../connectors/common/health.js';
import { HttpListingLookup, HttpPersonLookup } from '../../connectors/common/lookup/lookup-client.js';
import { metered } from '../../connectors/common/lookup/metered-lookup.js';
import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { recordedLookup } from '../../connectors/common/recording/recorded-lookup.js';
import { RecordingWriter } from '../../connectors/common/recording/recording-writer.js';
import { createPersonLookup } from '../../connectors/population-register/person-lookup.js';
import type { ListingLookup, PersonLookup } from '../messaging/contracts/lookups.js';
import { Registers } from '../persons/registers.js';
import type { Foundation } from './foundation.js';
import type { StandIns } from './processes/stand-ins.js';
import type { StopList } from './stop-list.js';
import { tlsContent } from './transport.js';
import type { ClientTls } from '../../connectors/common/tls.js';
import type { TlsFiles } from '../configuration/configuration.js';

export type Lookups = {
  readonly persons: PersonLookup;
  readonly listings: ListingLookup;
  /** The same for whoever reads registers again: what they say is recorded where it became a fact. */
  readonly reread: { readonly persons: PersonLookup; readonly listings: ListingLookup };
  /** How the registers answer that are asked from this process. */
  readonly health: Readonly<Record<string, () => Promise<Health>>>;
};

/** Where the registers answer: in another process, or by their connectors in this one. */
export function createLookups(
  foundation: Foundation,
  standIns: StandIns | undefined,
  stops: StopList,
): Lookups {
  const { configuration, logger, connectorMetrics } = foundation;
  const { populationRegister, listing, lookup, timeoutMilliseconds, tls } = configuration.registers;
  const common = { logger, timeoutMilliseconds, ...(tls ? { tls: clientTls(tls) } : {}) };
  const secret = lookup.secret ?? '';
  const health: Record<string, () => Promise<Health>> = {};
  const here = <Question, Answer>(
    name: string,
    asked: { lookUp(question: Question): Promise<Answer>; health(): Promise<Health>; stop(): void },
  ): { lookUp(question: Question): Promise<Answer> } => {
    stops.add(() => asked.stop());
    health[name] = () => asked.health();
    return metered(connectorMetrics, name, asked);
  };
  const reread = {
    persons:
      populationRegister.lookupUrl === undefined
        ? here(
            'population-register',
            createPersonLookup({
              ...common,
              url: address(populationRegister.url ?? standIns?.populationRegister.url),
              logicalAddress: populationRegister.logicalAddress,
              profile: populationRegister.profile,
              requestsPerSecond: populationRegister.requestsPerSecond,
              development: configuration.environment === 'development',
            }),
          )
        : new HttpPersonLookup({ url: populationRegister.lookupUrl, secret }),
    listings:
      listing.lookupUrl === undefined
        ? here(
            'listing',
            createListingLookup({
              ...common,
              url: address(listing.url ?? standIns?.listing.url),
              logicalAddress: listing.logicalAddress,
            }),
          )
        : new HttpListingLookup({ url: listing.lookupUrl, secret }),
  };
  return { health, reread, ...recordedHere(foundation, reread, stops) };
}

/** Lookups whose answers are recorded, where anything is; those asked in another process are recorded there. */
function recordedHere(
  { recorder, databaseUrl, logger }: Foundation,
  lookups: Lookups['reread'],
  stops: StopList,
): Lookups['reread'] {
  if (!recorder) return lookups;
  const pool = createConnectorPool(databaseUrl, 2);
  stops.add(() => pool.end());
  const writer = (connector: string) => new RecordingWriter({ connector, pool, logger, recorder });
  return {
    persons: recordedLookup(writer('population-register'), lookups.persons),
    listings: recordedLookup(writer('listing'), lookups.listings),
  };
}

/** The registers as the hub asks them: through what it knows already. */
export function createRegisters(foundation: Foundation, lookups: Lookups): Registers {
  const { configuration, database, clock } = foundation;
  return new Registers(
    database,
    lookups.persons,
    lookups.listings,
    {
      identitySecret: configuration.identityKey.toString('hex'),
      maxAgeMilliseconds: configuration.registers.lookup.cacheSeconds * 1000,
      allowTestPersons: configuration.environment === 'development',
    },
    clock.now,
  );
}

export function clientTls(files: TlsFiles): ClientTls {
  const { cert, key, ca } = tlsContent(files);
  return {
    ...(cert === undefined ? {} : { certificate: cert }),
    ...(key === undefined ? {} : { key }),
    ...(ca === undefined ? {} : { authorities: ca }),
  };
}

function address(url: string | undefined): string {
  // The configuration refuses this before it can happen (check-combination.ts).
  if (url === undefined) throw new Error('a register has neither an address nor a stand-in');
  return url;
}
