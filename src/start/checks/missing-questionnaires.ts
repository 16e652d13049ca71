import type { Logger } from 'pino';
import type { KindOfCase } from '../../process/case/kind-of-case.js';
import type { Policies } from '../../policies/policies.js';
import { documentOf } from '../../process/form/questionnaire.js';
import type { Questionnaires } from '../../questionnaires/questionnaires.js';

/** What of a kind of case says which forms its policies name. */
type KindWithForms = Pick<KindOfCase, 'name'> & {
  readonly forms?: Pick<NonNullable<KindOfCase['forms']>, 'setting'>;
};

/**
 * Warns of each form that the newest version of a policy names and that has no questionnaire (SVU-32): nobody can open it. It is no fault
 * that stops the hub: a policy may name a document before its questions are written.
 */
export function tellMissingQuestionnaires(
  policies: Pick<Policies, 'all'>,
  questionnaires: Pick<Questionnaires, 'all'>,
  kinds: readonly KindWithForms[],
  logger: Logger,
): void {
  for (const { name: policy, versions } of policies.all) {
    const asked = questionnaires.all.filter(({ policies: of = [policy] }) => of.includes(policy));
    const written = new Set(asked.map(documentOf));
    for (const { name: kind, forms } of kinds) {
      if (forms?.setting === undefined) continue;
      const named = (versions.at(-1)?.settings[forms.setting] ?? []) as readonly string[];
      for (const document of named.filter((each) => !written.has(each)))
        logger.warn(
          { policy, kind, document },
          'a working document of a policy has no questionnaire: it cannot be opened',
        );
    }
  }
}
