import type { Configuration } from '../../configuration/configuration.js';
import { loadConfiguration } from '../../configuration/load-configuration.js';

/**
 * The configuration for a command beside a hub: no key and no directory is made. A key that no hub has made is missed where it is
 * asked for (`NoHubYet`).
 * @throws {ConfigurationRefused} as a start
 */
export function commandConfiguration(): Configuration {
  return loadConfiguration(undefined, undefined, 'left-out');
}
