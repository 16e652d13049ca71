import path from 'node:path';
import { FileUnusable } from '../configuration/json-file.js';
import { readJsonFolder } from '../configuration/json-folder.js';
import { asQuestionnaire } from './questionnaire-file.js';
import { Questionnaires } from './questionnaires.js';

/**
 * Reads every `<name>.json` of a folder as a questionnaire. Files of other kinds are left alone.
 * @throws {FileUnusable} with every fault of every file by its line; also when the folder cannot be read or has no questionnaire, or when
 * two have one URL
 */
export function readQuestionnaires(directory: string): Questionnaires {
  const written = readJsonFolder(directory, 'questionnaire', asQuestionnaire);
  const urls = written.map(({ versions: [{ url }] }) => url);
  const twice = written.filter((_each, index) => urls.indexOf(urls[index] ?? '') !== index);
  if (twice.length > 0)
    throw new FileUnusable(
      directory,
      twice.map(({ name }) => ({
        file: path.join(directory, `${name}.json`),
        problem: 'url: another file has it too, and it names one kind of form',
      })),
    );
  return new Questionnaires(written);
}
