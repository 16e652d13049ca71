/** `unit-closed`: a unit that takes part is closed in the catalogue, or not in it any more. */
export type RegisterChange =
  'name' | 'address' | 'municipality' | 'deceased' | 'deregistered' | 'listing' | 'unit-closed';
