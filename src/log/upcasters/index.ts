import { Upcasters } from './upcaster.js';

/**
 * Every change of a payload's shape since the first release, one file each. To change a shape: write its upcaster here,
 * raise the type's version in its `StreamType.versions`, and keep the old version's golden file.
 */
export const upcasters = new Upcasters([]);
