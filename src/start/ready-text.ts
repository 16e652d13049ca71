import type { Configuration } from '../configuration/configuration.js';
import type { Started } from './start.js';

/** What the one command says when everything is up. */
export function readyText(configuration: Configuration, started: Started): string {
  const { processes, environment, metrics } = configuration;
  const lines = [
    ...(started.fhir === undefined ? [] : [`FHIR      ${started.fhir}`]),
    ...(started.mllp === undefined ? [] : [`MLLP      ${started.mllp.host}:${started.mllp.port}`]),
    `metrics   http://${metrics.host}:${metrics.port}/metrics`,
    ...(started.standIns === undefined
      ? []
      : [
          `stand-in  population register ${started.standIns.populationRegister}`,
          `stand-in  listing service     ${started.standIns.listing}`,
          `stand-in  HSA catalogue       ${started.standIns.catalogue}`,
          `stand-in  Cosmic              ${started.standIns.cosmic}`,
        ]),
    `transport ${started.transport}`,
  ];
  const hint =
    environment === 'development' && processes.has('hub') && processes.has('melior')
      ? '\nNext, in another terminal: npm run demo\n'
      : '';
  return `Hemgång is ready (${[...processes].join(', ')}).\n  ${lines.join('\n  ')}\n${hint}`;
}
