import { StreamRegistry } from '../../log/stream-registry.js';
import { personStream } from '../../persons/person-stream.js';
import type { CaseKinds, StreamWithDeadlines } from '../kinds/case-kind.js';
import { caseKinds } from '../kinds/every-kind.js';
import { outsideMessageStream, stayStream, wardNoticeStream } from './of-no-case.js';

/**
 * Every kind of stream of a hub that has these kinds of case: what a rebuild needs to know. It only collects: a stream that hangs on a case,
 * such as a form, is named in `under` of the kind's row (`src/cases/kinds`).
 */
export const streamsOf = (kinds: CaseKinds): StreamRegistry =>
  new StreamRegistry([
    ...kinds.all.map(({ stream }) => stream),
    ...kinds.under,
    stayStream,
    personStream,
    wardNoticeStream,
    outsideMessageStream,
  ]);

/** Every kind of stream there is. */
export const everyStream = streamsOf(caseKinds);

/** The streams that have to-dos, and with them deadlines (src/cases/jobs/report-deadlines.ts). */
export const streamsWithDeadlines = (kinds: CaseKinds): readonly StreamWithDeadlines[] => [
  ...kinds.all.map(({ stream }) => stream),
  ...kinds.under.flatMap((stream) => (stream.nextDeadline === undefined ? [] : stream)),
  wardNoticeStream,
];
