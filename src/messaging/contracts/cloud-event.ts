import type { Sending } from './sending.js';

/**
 * CloudEvents 1.0, JSON format (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md),
 * with the extensions this hub uses. The envelope never carries a personal number.
 */
export type CloudEvent<Data = unknown> = {
  readonly specversion: '1.0';
  /** Derived from the source's own id, so that a repeat is the same event. */
  readonly id: string;
  /** e.g. `urn:hemgang:connector:melior:<sender>`. */
  readonly source: string;
  /** The topic's name, version included, e.g. `journal.stay.v1`. */
  readonly type: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  /** Extension: the key id of the HMAC that made the message key (facts about a person). */
  readonly keyid?: string;
  /** Extension: W3C trace id or the connector's own correlation id. */
  readonly correlationid?: string;
  readonly data: Data;
  /** No part of the event as it travels: the inbox puts here what the message's header said. */
  readonly sending?: Sending;
};
