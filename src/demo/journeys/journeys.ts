import { setScene, type JourneyOptions } from '../scene.js';
import type { Journey } from './journey.js';
import { norrbotten } from './norrbotten.js';
import { skane } from './skane.js';
import { vasterbotten } from './vasterbotten.js';

const journeys = [skane, vasterbotten, norrbotten];

/** The policies for which there is a journey. */
export const policiesPlayed = journeys.map(({ policy }) => policy);

/**
 * The journey that is played under a policy in the fictional region; without one, that of skane.
 * @throws Error where no journey is played under the policy
 */
export function journeyOf(policy = skane.policy): Journey {
  const journey = journeys.find((each) => each.policy === policy);
  if (journey === undefined) {
    throw new Error(`no journey is played under ${policy}; there is one for ${policiesPlayed.join(', ')}`);
  }
  return journey;
}

/** Plays it to its end. @returns the case's id @throws as journeyOf */
export const playJourney = (options: JourneyOptions, policy?: string): Promise<string> =>
  journeyOf(policy).play(setScene(options));
