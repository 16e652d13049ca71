import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What is exported to read, and is measured as a part of something, or reads what is the hub's own. */
const notMeasuredAlone: Readonly<Record<string, string>> = {
  'src/access/audit/heads-file.ts': 'lines that the hub wrote',
  'src/configuration': 'files and variables of the operator, once at start',
  'src/fhir/create/asked-number.ts': 'in readCarePlan',
  'src/fhir/create/harm-assessment-input.ts': 'in readConsent',
  'src/fhir/create/named-person.ts': 'in readConsent',
  'src/fhir/create/message-file.ts': 'in readMessage',
  'src/fhir/create/message-input.ts#readWritten': 'in readMessage',
  'src/fhir/create/outside-message-input.ts':
    'a message as in readMessage, and extensions as in readCarePlan',
  'src/fhir/operations/no-parameters.ts': 'refuses each parameter, as readParameters does',
  'src/fhir/search/result-parameters.ts': 'in readPlan',
  'src/fhir/submitted': 'in readCarePlan and readConsent',
  'src/fhir/update/task-update.ts': 'readNotes and readOutputs with what takeAsStored compares',
  'src/fhir/update/task-remarks.ts#readStatusReason': 'one concept, as those of readOutputs',
  'src/fhir/write/times.ts': 'one time of a body',
  'src/log': 'rows of the hub',
  'src/messaging/transport': 'places in topics',
  'src/administration': 'what an operator types, and rows of the hub',
  'src/policies/read-policies.ts': 'asPolicy of each file',
  'src/questionnaires/read-questionnaires.ts': 'asQuestionnaire of each file',
  'src/projection': 'rows of the hub',
  'src/start': 'files of the operator, by readers that are measured',
  'connectors/common/follow-register.ts': 'reads nothing itself',
  'connectors/common/http-body.ts': 'bytes up to a bound',
  'connectors/common/recording/read-from.ts': 'reads nothing itself',
  'connectors/common/soap/envelope.ts#readReceiver': 'in openEnvelope',
  'connectors/common/stockholm-time.ts': 'one time, in the messages of HL7 and the answers in XML',
  'connectors/cosmic/fhir/failure.ts': 'one header',
  'connectors/cosmic/fhir/resources.ts#readPlace': 'in readCarePlan',
  'connectors/cosmic/fhir/resources.ts#readRole': 'in readCarePlan',
  'connectors/cosmic/stand-in': 'fictional, on loopback',
  'connectors/cosmic/times.ts': 'one time of an Encounter',
  'connectors/hsa/stand-in-file.ts': 'fictional, on loopback',
  'connectors/listing/read-answer.ts#readListingFault': 'the names of a fault, as readFault',
  'connectors/listing/stand-in-file.ts': 'fictional, on loopback',
  'connectors/melior/header.ts': 'in a message of HL7',
  'connectors/melior/hl7': 'in a message of HL7',
  'connectors/melior/mapping.ts#readMappingFor': 'readMapping, and one look at each sender',
  'connectors/melior/read-person.ts': 'in a message of HL7',
  'connectors/melior/read-values.ts': 'in a message of HL7',
  'connectors/melior/stand-in-faults.ts': 'fictional, on loopback',
  'connectors/population-register/stand-in-file.ts': 'fictional, on loopback',
};

it('every exported reader and parser is measured, or it is said why it need not be', () => {
  const root = path.join(import.meta.dirname, '..');
  const sources = ['src', 'connectors'].flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => path.join(room, name)),
  );
  const measured = new Set(
    readdirSync(path.join(root, 'test'))
      .filter((name) => /^cost-of-\w+\.test\.ts$/.test(name))
      .flatMap((name) =>
        [
          ...readFileSync(path.join(root, 'test', name), 'utf8').matchAll(
            /import \{([^}]*)\} from '\.\.\/([^']*)\.js'/g,
          ),
        ].flatMap(([, names = '', file = '']) =>
          names.split(',').map((each) => `${file}.ts#${each.trim().split(' as ')[0]}`),
        ),
      ),
  );
  const exported = sources.flatMap((file) =>
    [
      ...readFileSync(path.join(root, file), 'utf8').matchAll(
        /^export (?:async )?(?:function|const) ((?:read|parse)[A-Z]\w*|onlyRead)\b(?! = \[)/gm,
      ),
    ].map(([, name = '']) => ({ file, name })),
  );
  const excused = Object.keys(notMeasuredAlone);
  const isExcused = ({ file, name }: { readonly file: string; readonly name: string }) =>
    excused.some((each) => each === `${file}#${name}` || each === file || file.startsWith(`${each}/`));
  const left = exported.filter((each) => !measured.has(`${each.file}#${each.name}`) && !isExcused(each));
  expect(left.map(({ file, name }) => `${file}#${name}`)).toEqual([]);
  const idle = excused.filter(
    (each) =>
      !exported.some(
        ({ file, name }) => each === `${file}#${name}` || each === file || file.startsWith(`${each}/`),
      ),
  );
  expect(idle).toEqual([]);
});
