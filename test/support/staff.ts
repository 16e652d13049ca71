/** Staff of the fictional region by what they do in the tests. */
export const staff = {
  nurse: { user: 'SE4999000013-P001', unit: 'SE4999000013-W101' },
  doctor: { user: 'SE4999000013-P002', unit: 'SE4999000013-W101' },
  planner: { user: 'SE4999000013-P003', unit: 'SE4999000013-W101' },
  otherWard: { user: 'SE4999000013-P005', unit: 'SE4999000013-W102' },
  healthCentre: { user: 'SE4999000013-P017', unit: 'SE4999000013-H101' },
  otherHealthCentre: { user: 'SE4999000013-P021', unit: 'SE4999000013-H102' },
  municipality: { user: 'SE4999000039-P001', unit: 'SE4999000039-B101' },
  homeNursing: { user: 'SE4999000039-P005', unit: 'SE4999000039-M101' },
  otherMunicipality: { user: 'SE4999000047-P001', unit: 'SE4999000047-B101' },
  vasterdalWard: { user: 'SE4999002019-P001', unit: 'SE4999002019-W101' },
  otherRegion: { user: 'SE4999001011-P001', unit: 'SE4999001011-W101' },
} as const;

export type Who = keyof typeof staff;
