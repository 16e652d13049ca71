import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { kafkaTransport } from './connect-transport.js';
import { transportContract } from './transport-contract.js';

const brokers = await kafkaBrokers();

describe('the transport on Apache Kafka', () => {
  if (brokers === undefined) {
    it('has nothing to run on', () => expect(process.env['CI']).not.toBe('true'));
    return;
  }
  transportContract({
    make: (options) => kafkaTransport(brokers, options),
    makeUnreachable: () => kafkaTransport(['127.0.0.1:1']),
    address: () => ({ kind: 'kafka', url: brokers.join(',') }),
  });
});
