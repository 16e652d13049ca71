import type { Patient, QuestionnaireResponse, QuestionnaireResponseItem } from 'fhir/r4.js';
import type { PrintedDocument } from '../../print/printed-document.js';
import { localDateOf, localTimeOf } from '../../process/time.js';
import type { Instant } from '../../process/vocabulary.js';
import { extensions } from '../../projection/codes/codes.js';

/** Who has signed, in words, with the time. */
export type Signature = { readonly by: string; readonly at: Instant };

/**
 * A form as it is printed (VIEW-7), made of what the caller reads and of nothing else: each heading, each question, what was answered, who
 * wrote it and when, in Swedish time.
 * @param title what staff call the form
 * @param signatures of a form that is signed
 */
export function printedForm(
  form: QuestionnaireResponse,
  patient: Patient | undefined,
  title: string,
  printedAt: Instant,
  signatures: readonly Signature[] = [],
): PrintedDocument {
  const name = patient?.name?.[0]?.text;
  const number = patient?.identifier?.[0]?.value;
  const whom = [name, number].filter((part) => part !== undefined).join(', ');
  const unit = form.extension?.find(({ url }) => url === extensions.formOfUnit)?.valueReference?.display;
  const sections = (form.item ?? []).map(({ text = '', item = [] }) => ({
    heading: text,
    fields: item.map(printedField),
  }));
  const signed = {
    heading: 'Underskrifter',
    fields: signatures.map(({ by, at }) => ({ label: by, text: moment(at) })),
  };
  return {
    title,
    about: [
      ...(whom === '' ? [] : [`Patient: ${whom}`]),
      ...(unit === undefined ? [] : [`Enhet: ${unit}`]),
      `Utskriven ${moment(printedAt)}. Gäller som den såg ut då.`,
    ],
    sections: signatures.length === 0 ? sections : [...sections, signed],
  };
}

function printedField({ text = '', answer, extension = [] }: QuestionnaireResponseItem) {
  const { valueString, valueBoolean } = answer?.[0] ?? {};
  const said = valueString ?? (valueBoolean === undefined ? undefined : valueBoolean ? 'Ja' : 'Nej');
  const written = extension.find(({ url }) => url === extensions.written)?.extension ?? [];
  const by = written.find(({ url }) => url === 'by')?.valueReference?.display;
  const at = written.find(({ url }) => url === 'at')?.valueDateTime;
  const who = [by, ...(at === undefined ? [] : [moment(at)])].filter((part) => part !== undefined).join(', ');
  return {
    label: text,
    text: said ?? 'Inte ifyllt',
    ...(said === undefined || who === '' ? {} : { by: who }),
  };
}

/** Swedish time to the minute, as people write it. */
const moment = (at: Instant): string =>
  `${localDateOf(at)} kl. ${localTimeOf(at).slice(0, 5).replace(':', '.')}`;
