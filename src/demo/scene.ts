import { randomUUID } from 'node:crypto';
import { sendMllp } from '../../connectors/melior/mllp/send-mllp.js';
import type { DemoIssuer } from '../access/demo-issuer.js';
import { adtMessage, type AdtMessage } from './adt.js';
import type { Player } from './cast.js';
import { FhirClient } from './fhir-client.js';
import type { MllpAddress } from './mllp-address.js';
import type { Timeline } from './timeline.js';

export type JourneyOptions = {
  /** Base address of the FHIR facade. */
  readonly fhir: string;
  readonly mllp: MllpAddress;
  readonly issuer: DemoIssuer;
  readonly timeline: Timeline;
};

/** What every act of a journey needs: the clients of the hub, one for each person who plays, and what is printed. */
export type Scene = JourneyOptions & { readonly client: (player: Player) => Promise<FhirClient> };

/** The patient's stay, as the journal tells it. */
export type DemoStay = Pick<AdtMessage, 'patient' | 'visit' | 'admittedAt'>;

const hour = 3_600_000;
export const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * hour);
/** The day so many days from now, in Sweden. */
export const dayFromNow = (days: number): string => localDay(new Date(Date.now() + days * 24 * hour));
const localDay = (moment: Date): string =>
  moment.toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });

/** A scene whose persons each open their client once. */
export function setScene(options: JourneyOptions): Scene {
  const clients = new Map<Player, Promise<FhirClient>>();
  return {
    ...options,
    client: (player) => {
      const client = clients.get(player) ?? FhirClient.open(options.fhir, options.issuer, player);
      clients.set(player, client);
      return client;
    },
  };
}

/**
 * The journal system sends an ADT message over MLLP.
 * @param what what happened, in Swedish
 * @throws Error where the hub does not answer `AA`
 */
export async function journalTells(
  { timeline, mllp }: Scene,
  event: AdtMessage['event'],
  stay: DemoStay,
  ward: string,
  what: string,
): Promise<void> {
  timeline.step('Journalsystemet', `${what} (HL7 ADT ${event})`);
  const at = event === 'A01' ? stay.admittedAt : new Date();
  const controlId = randomUUID().slice(0, 18);
  const answer = await sendMllp(
    mllp.host,
    mllp.port,
    adtMessage({ ...stay, event, ward, at, controlId }),
    mllp.tls,
  );
  const code = /^MSA\|(\w+)/m.exec(answer.replaceAll('\r', '\n'))?.[1] ?? 'inget svar';
  timeline.result(`Hemgång svarar ${code}: meddelandet är mottaget och sparat.`);
  if (code !== 'AA') throw new Error(`the hub answered ${code}`);
}
