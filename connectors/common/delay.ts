/** The one wait that ends when it is aborted, for connectors too: they reach no room of the hub but through here. */
export { delay } from '../../src/messaging/transport/delay.js';
