import type { Player } from '../cast.js';
import type { Scene } from '../scene.js';

/** One patient's way from admission to home, in a region with a policy of ours. */
export type Journey = {
  readonly policy: string;
  /** Somebody who takes part, by whose eyes the case can be read afterwards. */
  readonly reader: Player;
  /** Plays it through the public interfaces alone: the journal's HL7 v2 over MLLP, everybody else over FHIR. @returns the case's id */
  readonly play: (scene: Scene) => Promise<string>;
};
