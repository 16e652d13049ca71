import { randomUUID } from 'node:crypto';
import type { Bundle, Consent } from 'fhir/r4.js';
import { svuStream } from '../../../src/cases/kinds/svu.js';
import type { TestHub } from '../../support/hub.js';
import { as, consent, parameters, published, staff, type Who } from '../../support/svu.js';
import { fill, form, type Part } from './form.js';

/** Persons who are listed at the health centre, each for one case under way at a time. */
const free = ['193406129829', '192908059831', '193309019903', '201208189983', '194401309887', '194505099921'];
const nextPerson = (): string => free.shift() ?? '';

const unit = (who: Who) => ({
  name: 'unit',
  valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff[who].unit } },
});

/** What becomes of cases, and of the forms under them. */
export function casesWithForms(hub: TestHub) {
  const step = async (path: string, body: unknown, who: Who = 'nurse'): Promise<void> => {
    const answer = await (await as(hub, who)).post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  };
  const operate = (caseId: string, name: string, ...of: Parameters<typeof parameters>) =>
    step(`CarePlan/${caseId}/$${name}`, parameters(...of));

  /** Fills in a form under a case, anew or for the first time. @returns the id of its stream */
  const fillIn = async (
    caseId: string,
    text: string,
    { id = `${randomUUID().slice(0, -2)}00`, only }: { id?: string; only?: readonly Part[] } = {},
  ): Promise<string> => {
    const at = new Date().toISOString();
    await hub.cases.log.transact(
      { locks: [], cause: { kind: 'request', id: 'test' }, recordedAt: at },
      async (session) => {
        const { state } = await session.load(svuStream, caseId);
        await session.execute(
          form,
          id,
          fill({ caseId, personId: state?.personId ?? '', text, ...(only && { only }) }, at),
        );
      },
    );
    return id;
  };

  return {
    step,
    fillIn,
    add: (caseId: string, who: Who) => operate(caseId, 'add-participant', unit(who)),
    remove: (caseId: string, who: Who) =>
      operate(caseId, 'remove-participant', unit(who), { name: 'confirmed', valueBoolean: true }),
    publish: (caseId: string, ...of: Parameters<typeof parameters>) =>
      operate(caseId, 'publish-admission-notice', ...of),
    annul: (caseId: string) => operate(caseId, 'annul', { name: 'reason', valueString: 'Fel patient' }),
    decide: (caseId: string, kind: 'consent' | 'refusal') => step('Consent', consent(caseId, kind)),
    deregister: async (caseId: string): Promise<void> => {
      const nurse = await as(hub, 'nurse');
      const { body } = await nurse.get(`Consent?data=CarePlan/${caseId}&status=active`);
      const current = (body as Bundle).entry?.[0]?.resource as Consent;
      const answer = await nurse.put(`Consent/${current.id}`, { ...current, status: 'inactive' });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    },
    /** A published case with a form, and whether its rows still are as they were then. */
    formOfPublished: async (person = nextPerson()) => {
      const caseId = await published(hub, person);
      const id = await fillIn(caseId, 'Behöver två vid förflyttning');
      const rows = async () =>
        (
          await hub.store.database.query<{ written: string }>(
            `select xmin::text as written, id, version from resource where stream_id = $1
             union all select xmin::text, id, version from resource_version where stream_id = $1
             order by id, version, written`,
            [id],
          )
        ).rows;
      const written = await rows();
      return {
        caseId,
        id,
        person,
        untouched: async () => JSON.stringify(await rows()) === JSON.stringify(written),
      };
    },
  };
}
