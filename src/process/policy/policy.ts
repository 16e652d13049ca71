/** The regions whose methods the sources describe. A new region is a new entry of data. */
export type PolicyName = 'skane' | 'norrbotten' | 'vasterbotten';
