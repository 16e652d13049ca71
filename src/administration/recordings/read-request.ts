import { parseArgs } from 'node:util';
import { readXmlTime, startOfDay, UnreadableTime } from '../../../connectors/common/stockholm-time.js';
import { reasonHoldsPersonalNumber } from '../../messaging/contracts/personal-number-in-reason.js';
import { mayNotLook } from './may-look.js';
import type { Selection } from './read-recordings.js';

/** What somebody asks of the recordings, and who and why. */
export type Request = {
  readonly action: 'list' | 'show' | 'replay';
  readonly user: string;
  readonly reason: string;
  /** A number is to be asked for. */
  readonly byPerson: boolean;
  readonly selection: Omit<Selection, 'personHash'>;
};

const actions = ['list', 'show', 'replay'] as const;
const most = 1000;

/** Reads the arguments of the command. A text says why they cannot be used; it repeats none of them. */
export function readRequest(parameters: readonly string[]): Request | string {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(parameters);
  } catch {
    return 'An option is not known or lacks its value.';
  }
  const { values, positionals } = parsed;
  const [first, ...ids] = positionals;
  const action = actions.find((each) => each === first);
  if (!action) return 'Say what to do.';
  const refused = mayNotLook(values.user, values.reason);
  if (refused !== undefined) return refused;
  const numbers = [values.after, values.limit, ...ids];
  if (!numbers.every((text) => /^\d{1,15}$/.test(text) && !reasonHoldsPersonalNumber(text)))
    return 'Ids and limits are numbers; a person is asked for with --person.';
  if (Number(values.limit) > most) return `At most ${most} at a time.`;
  if (values.case !== undefined && !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(values.case))
    return 'A case is named by its id.';
  if (values.connector !== undefined && !/^[a-z][a-z-]{0,39}$/.test(values.connector))
    return 'A connector is named as npm run connectors names it.';
  const [from, to] = [values.from, values.to].map(readTime);
  if (from === null || to === null)
    return 'A time is written as 2026-11-25 or 2026-11-25T10:30:00, in Swedish time.';
  const filters = [values.case, values.connector, from, to, values.person || undefined];
  if (action !== 'list' && ids.length === 0 && filters.every((each) => each === undefined))
    return 'Say which recordings.';
  return {
    action,
    user: values.user,
    reason: values.reason.trim(),
    byPerson: values.person,
    selection: {
      ...(ids.length > 0 && { ids: ids.map(Number) }),
      ...(values.case !== undefined && { caseId: values.case }),
      ...(values.connector !== undefined && { connector: values.connector }),
      ...(from && { from }),
      ...(to && { to }),
      after: Number(values.after),
      limit: Number(values.limit),
    },
  };
}

function parse(parameters: readonly string[]) {
  return parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      after: { type: 'string', default: '0' },
      limit: { type: 'string', default: '100' },
      case: { type: 'string' },
      person: { type: 'boolean', default: false },
      connector: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      user: { type: 'string', default: '' },
      reason: { type: 'string', default: '' },
    },
  });
}

/** Undefined when there is none, null when it is no time. */
function readTime(text: string | undefined): Date | null | undefined {
  if (text === undefined) return undefined;
  try {
    return new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? startOfDay(text) : readXmlTime(text).instant);
  } catch (error) {
    if (error instanceof UnreadableTime) return null;
    throw error;
  }
}
