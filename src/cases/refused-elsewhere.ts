import type { Session } from '../log/log.js';
import type { AnyStep } from '../process/case/kind-of-case.js';
import type { Instant, Uuid } from '../process/vocabulary.js';
import { lastWord } from '../process/case/questions.js';
import type { CaseKinds } from './kinds/case-kind.js';
import { casesOf } from './open-cases.js';
import type { FoundCase } from './open-cases.js';
import { stayStream } from './streams/of-no-case.js';

/**
 * CON-6: a harm assessment is told when the patient last said no in another case of the same stay (CON-14): one that was annulled and
 * opened anew, or that came from a person who turned out to be her (PAT-12). The journal says when the stay began. Where it has not told of
 * it, every case counts whose units have not said that its stay is over: the time of admission that a case is opened with is its opener's word.
 * Other steps are left as they are. Reads the cases of the person, which are few, and only for this step.
 */
export async function withRefusalElsewhere(
  session: Session,
  kinds: CaseKinds,
  { id, kind, state }: FoundCase,
  step: AnyStep,
): Promise<AnyStep> {
  const { stayOverAt } = kind;
  if (stayOverAt === undefined || !isHarmAssessment(step)) return step;
  const began = await admissionOf(session, kind.stays?.of(state));
  const others = (await casesOf(session, kinds, state.personId)).filter(
    (each) => each.kind === kind && each.id !== id && each.state.wrongPatient !== true,
  );
  const said = others
    .filter((each) => began !== undefined || stayOverAt(each.state) === undefined)
    .flatMap((each) => each.state.decisions)
    .filter(({ registeredAt }) => began === undefined || registeredAt >= began)
    .toSorted((one, other) => (one.registeredAt < other.registeredAt ? -1 : 1));
  const word = lastWord(said);
  if (word?.data.kind !== 'refusal') return step;
  return { type: step.type, data: { ...(step.data as object), refusedElsewhereAt: word.registeredAt } };
}

const isHarmAssessment = ({ type, data }: AnyStep): boolean =>
  type === 'register-decision' && (data as { readonly kind?: unknown }).kind === 'harm-assessment';

/** When the stay began, as the journal says; undefined where it has not told of it. */
async function admissionOf(session: Session, stayId: Uuid | undefined): Promise<Instant | undefined> {
  return stayId === undefined ? undefined : (await session.load(stayStream, stayId)).state?.admittedAt;
}
