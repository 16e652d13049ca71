import { StreamRegistry } from '../log/stream-registry.js';
import { personStream } from '../persons/person-stream.js';
import { stayStream, svuStream, wardNoticeStream } from './streams.js';

/** Every kind of stream there is: what a rebuild needs to know. */
export const everyStream = new StreamRegistry([svuStream, stayStream, personStream, wardNoticeStream]);
