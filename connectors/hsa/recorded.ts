import { factTopics, type PractitionerFact, type UnitFact } from '../../src/messaging/contracts/facts.js';
import { onlyRead } from '../common/recording/only-read.js';
import type { RecordedAnswer } from '../common/recording/read-from.js';
import type { Retranslated } from '../common/recording/retranslated.js';
import { readXml, writeXml, type XmlElement } from '../common/soap/xml.js';
import { readCredentials } from './read-credentials.js';
import { readHealthCareUnit, readUnit } from './read-unit.js';
import { recordedElements } from './recorded-elements.js';

/** What the catalogue answered, as it is recorded: as far as it is read. */
export function recordedAnswers(contents: readonly XmlElement[]): string {
  const children = contents.map((content) => onlyRead(content, recordedElements));
  return writeXml({ namespace: '', name: 'answers', children, text: '' });
}

/**
 * What recorded answers about a unit or one of the staff would be told as today.
 * @param development test units and test staff count only there
 * @throws NotXml, SoapFailure as when they came
 */
export function retranslateCatalogue({ answer, fact }: RecordedAnswer, development: boolean): Retranslated {
  const [first, second] = readXml(answer).children;
  const then = fact as UnitFact | PractitionerFact;
  const { readAt } = then;
  if (!first) return { kind: 'nothing', why: 'there is no answer' };
  if ('unit' in then) {
    const unit = readUnit(first, then.unit, development);
    const belongs = unit && second && readHealthCareUnit(second, then.unit);
    const now: UnitFact = { unit: then.unit, found: unit !== undefined, ...unit, ...belongs, readAt };
    return { kind: 'fact', topic: factTopics.unit, fact: now };
  }
  const { practitioner } = then;
  const person = readCredentials(first, practitioner, development);
  const now: PractitionerFact = { practitioner, found: person !== undefined, ...person, readAt };
  return { kind: 'fact', topic: factTopics.practitioner, fact: now };
}
