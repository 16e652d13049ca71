import { everyStream } from '../../cases/streams/collect-streams.js';
import { caseKinds } from '../../cases/kinds/every-kind.js';
import { startSequencer } from '../../log/sequencer.js';
import { Relay } from '../../messaging/relay/relay.js';
import type { Foundation } from '../foundation.js';
import { errorKind } from '../logger.js';
import type { StopList } from '../stop-list.js';

/** Who wants to know at once that there is something new. Woken in process; other processes poll. */
export class Wakes {
  appended: () => void = () => undefined;
  sequenced: () => void = () => undefined;
}

/** Gives the log its dense order. */
export function startLogSequencer(
  { configuration, database, logger }: Foundation,
  wakes: Wakes,
  stops: StopList,
): void {
  const sequencer = startSequencer({
    database,
    pollMs: configuration.sequencer.intervalMilliseconds,
    onSequenced: () => wakes.sequenced(),
    onError: (error) => logger.warn({ error: errorKind(error) }, 'the sequencer failed and goes on'),
  });
  wakes.appended = () => sequencer.wake();
  stops.add(() => sequencer.stop());
}

/** Tells followers what happened in cases. */
export function startRelay(
  { configuration, database, transport, logger }: Foundation,
  wakes: Wakes,
  stops: StopList,
): void {
  const relay = new Relay({
    kinds: caseKinds,
    knows: (event) => everyStream.knows(event),
    database,
    transport,
    pollMs: configuration.sequencer.intervalMilliseconds,
    onError: (error) => logger.warn({ error: errorKind(error) }, 'the relay failed and goes on'),
  });
  wakes.sequenced = () => relay.wake();
  stops.add(() => relay.stop());
}
