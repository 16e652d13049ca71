import * as fc from 'fast-check';
import type { Bundle, Communication, Consent } from 'fhir/r4.js';
import type { SvuState } from '../../../src/process/svu/state.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import { identifierSystems } from '../../../src/projection/codes/codes.js';
import type { TestHub } from '../../support/hub.js';
import { as, consent, parameters, staff, withoutPrimaryCare, type Who } from '../../support/svu.js';
import { everybody, inCases } from './messages-setup.js';

const number = '193406129829';
const person = { type: 'personnummer', value: number } as const;

/** Who may come to take part, and last one who never does. */
export const people = everybody;
const anybody = fc.constantFrom(...people.slice(0, -1));

/** Something that somebody tries to do with the case; it may be refused. */
export const anyDeed = fc.oneof(
  {
    weight: 18,
    arbitrary: fc.record({
      does: fc.constant('write'),
      who: anybody,
      to: fc.subarray(people.slice(0, 6), { maxLength: 3 }),
    }),
  },
  { weight: 9, arbitrary: fc.record({ does: fc.constant('answer'), who: anybody, of: fc.nat() }) },
  { weight: 9, arbitrary: fc.record({ does: fc.constant('join'), who: anybody }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('leave'), who: anybody }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('remove'), who: anybody }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('relist'),
      to: fc.constantFrom('SE4999000013-H101', 'SE4999000013-H102'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('decide'), kind: fc.constantFrom('consent', 'refusal') }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('publish') }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('deregister') }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('protect') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('annul') }) },
);
/** Each of them once, so that it is done. */
export const eachDeed: Deed[] = [
  { does: 'write', who: 'nurse', to: ['homeNursing'] },
  { does: 'answer', who: 'homeNursing', of: 0 },
  { does: 'relist', to: 'SE4999000013-H102' },
  { does: 'join', who: 'otherHealthCentre' },
  { does: 'write', who: 'otherHealthCentre', to: ['nurse', 'homeNursing'] },
  { does: 'join', who: 'otherWard' },
  { does: 'leave', who: 'nurse' },
  { does: 'write', who: 'otherWard', to: ['homeNursing'] },
  { does: 'deregister' },
  { does: 'join', who: 'nurse' },
  { does: 'decide', kind: 'consent' },
  { does: 'remove', who: 'healthCentre' },
  { does: 'protect' },
  { does: 'protect' },
  { does: 'decide', kind: 'refusal' },
  { does: 'publish' },
  { does: 'annul' },
];

type Deed = typeof anyDeed extends fc.Arbitrary<infer Of> ? Of : never;

/** A message as the rule has it: who was to read it, the sender included. Undefined: everybody who takes part. */
type Modelled = { readonly id: string; units?: readonly string[] };

/**
 * A case, what is done with it, and who should read its messages by MSG-1. Who takes part, and who of them may see content, is asked of the case
 * (other tests hold that to ACC-1 and CON-8); which messages are whose is kept here, by the rule alone.
 */
export class ReadersOfMessages {
  readonly messages: Modelled[] = [];
  #shares: 'all' | 'minimum' = 'all';
  #decision: 'consent' | 'refusal' | undefined = 'consent';
  #protected = false;
  #annulled = false;
  readonly #cases: ReturnType<typeof inCases>;

  private constructor(
    private readonly hub: TestHub,
    readonly caseId: string,
    private readonly allRead: boolean,
  ) {
    this.#cases = inCases(() => hub);
  }

  /** @param allRead whether everybody who takes part reads a directed message too (skane) */
  static async begin(hub: TestHub, allRead: boolean): Promise<ReadersOfMessages> {
    return new ReadersOfMessages(hub, await inCases(() => hub).published(number), allRead);
  }

  /** @returns whether the hub let it be done */
  async does(deed: Deed): Promise<boolean> {
    const { ward } = await this.#state();
    const taken = await this.#try(deed, ward);
    const { ward: next } = await this.#state();
    // SVU-25: who leads the case in a ward's place reads what that ward read.
    if (next !== ward)
      for (const each of this.messages)
        if (each.units?.includes(ward) === true) each.units = [...each.units, next];
    return taken;
  }

  /** Who should read each message now. */
  async expected(): Promise<Readonly<Record<string, readonly Who[]>>> {
    const { participants } = await this.#state();
    const hidden = this.#annulled || this.#protected || this.#shares === 'minimum';
    const reads = (who: Who, { units }: Modelled) =>
      !hidden &&
      participants[staff[who].unit]?.seesContent === true &&
      (units === undefined || units.includes(staff[who].unit));
    return Object.fromEntries(
      this.messages.map((each) => [each.id, people.filter((who) => reads(who, each))]),
    );
  }

  /** Who finds each message by searching. */
  async found(): Promise<Readonly<Record<string, readonly Who[]>>> {
    const readers = new Map<string, Who[]>(this.messages.map(({ id }) => [id, []]));
    for (const who of people) {
      const reader = await as(this.hub, who);
      const answer = await reader.get(
        `Communication?based-on=CarePlan/${this.caseId}&category=message&_count=100`,
      );
      // A message that the model does not know fails the comparison.
      for (const id of this.#cases.ids(answer))
        readers.set(id ?? '', [...(readers.get(id ?? '') ?? []), who]);
    }
    return Object.fromEntries(readers);
  }

  byEveryDoor(id: string): Promise<readonly Who[]> {
    return this.#cases.readers(this.caseId, id);
  }

  /** The case is annulled, so that the person can have another. */
  async end(): Promise<void> {
    await this.#protect(false);
    if (!this.#annulled) await this.does({ does: 'annul' });
    if (!this.#annulled) throw new Error('the case cannot be annulled');
  }

  async #state(): Promise<SvuState> {
    const { rows } = await this.hub.store.database.query<{ state: SvuState }>(
      'select state from stream where id = $1',
      [this.caseId],
    );
    if (rows[0] === undefined) throw new Error('the case is gone');
    return rows[0].state;
  }

  async #try(deed: Deed, ward: string): Promise<boolean> {
    const lead = ward === staff.otherWard.unit ? 'otherWard' : 'nurse';
    switch (deed.does) {
      case 'write':
        return this.#write(deed.who, deed.to);
      case 'answer':
        return this.#answer(deed.who, this.messages[deed.of % Math.max(1, this.messages.length)]);
      case 'join':
        return this.#step(lead, 'add-participant', [unitOf(deed.who)]);
      case 'leave':
      case 'remove':
        return this.#withReason(deed.does === 'leave' ? deed.who : lead, 'remove-participant', [
          unitOf(deed.who),
          { name: 'confirmed', valueBoolean: true },
        ]);
      case 'relist':
        return this.#relist(deed.to);
      case 'decide':
        return this.#decide(lead, deed.kind);
      case 'publish': {
        // Anew, after a refusal that the patient took back; without one it is published already.
        if (this.#shares === 'all') return false;
        await this.#decide(lead, 'consent');
        const done = await this.#withReason(lead, 'publish-admission-notice', [withoutPrimaryCare]);
        if (done) this.#shares = this.#decision === 'refusal' ? 'minimum' : 'all';
        return done;
      }
      case 'deregister':
        return this.#deregister(lead);
      case 'protect':
        await this.#protect(!this.#protected);
        return true;
      default:
        this.#annulled = (await this.#withReason(lead, 'annul', [])) || this.#annulled;
        return this.#annulled;
    }
  }

  async #write(who: Who, to: readonly Who[]): Promise<boolean> {
    const answer = await this.#cases.write(who, this.caseId, { to });
    if (answer.status !== 201) return false;
    const { id } = answer.body as Communication & { id: string };
    const directed = to.length > 0 && !this.allRead;
    this.messages.push({ id, ...(directed ? { units: [who, ...to].map((each) => staff[each].unit) } : {}) });
    return true;
  }

  async #answer(who: Who, to: Modelled | undefined): Promise<boolean> {
    if (to === undefined) return false;
    const answer = await this.#cases.write(who, this.caseId, { answers: to.id });
    if (answer.status !== 201) return false;
    const { id } = answer.body as Communication & { id: string };
    const { participants } = await this.#state();
    const units = to.units?.filter((unit) => participants[unit] !== undefined);
    this.messages.push({ id, ...(units === undefined ? {} : { units }) });
    return true;
  }

  async #step(who: Who, name: string, given: readonly object[]): Promise<boolean> {
    const body = parameters(...(given as never[]));
    return (await (await as(this.hub, who)).post(`CarePlan/${this.caseId}/$${name}`, body)).status < 300;
  }

  /** A reason is asked for where it may be told, and not taken elsewhere (CON-5, CON-8). */
  async #withReason(who: Who, name: string, given: readonly object[]): Promise<boolean> {
    const reason = { name: 'reason', valueString: 'Fel enhet' };
    return (await this.#step(who, name, [...given, reason])) || this.#step(who, name, given);
  }

  async #relist(facility: string): Promise<boolean> {
    const listings = [{ facility, validFrom: '2026-01-01', doctor: { id: 'SE4999000013-P022' } }];
    const { state } = await this.hub.tell(factTopics.listing, {
      person,
      listings,
      readAt: new Date().toISOString(),
    });
    return state === 'done';
  }

  async #decide(lead: Who, kind: 'consent' | 'refusal'): Promise<boolean> {
    const { status } = await (await as(this.hub, lead)).post('Consent', consent(this.caseId, kind));
    if (status !== 201) return false;
    this.#decision = kind;
    if (kind === 'refusal') this.#shares = 'minimum';
    return true;
  }

  async #deregister(lead: Who): Promise<boolean> {
    const reader = await as(this.hub, lead);
    const { body } = await reader.get(`Consent?data=CarePlan/${this.caseId}&status=active`);
    const current = (body as Bundle<Consent>).entry?.[0]?.resource;
    if (current === undefined) return false;
    const { status } = await reader.put(`Consent/${current.id}`, { ...current, status: 'inactive' });
    if (status === 200) this.#decision = undefined;
    return status === 200;
  }

  async #protect(protectedPerson: boolean): Promise<void> {
    if (protectedPerson === this.#protected) return;
    const record = { identifier: person, protectedPerson };
    await this.hub.population.change(number, { protectedPerson });
    const told = { person, found: true, record, readAt: new Date().toISOString() } as const;
    await this.hub.tell(factTopics.person, told);
    this.#protected = protectedPerson;
  }
}

const unitOf = (who: Who) => ({
  name: 'unit',
  valueReference: { identifier: { system: identifierSystems.hsa, value: staff[who].unit } },
});
