/** A person at a unit. */
export type Player = { readonly user: string; readonly unit: string; readonly shown: string };

/** Who plays the journey in the fictional region (src/demo/fictional-region). */
export const cast = {
  nurse: {
    user: 'SE4999000013-P001',
    unit: 'SE4999000013-W101',
    shown: 'Agda, sjuksköterska, Medicinavdelningen',
  },
  geriatrics: {
    user: 'SE4999000013-P009',
    unit: 'SE4999000013-W103',
    shown: 'Ivar, sjuksköterska, Geriatriska avdelningen',
  },
  doctor: {
    user: 'SE4999000013-P010',
    unit: 'SE4999000013-W103',
    shown: 'Jasmin, läkare, Geriatriska avdelningen',
  },
  healthCentre: {
    user: 'SE4999000013-P017',
    unit: 'SE4999000013-H101',
    shown: 'Rasmus, distriktssköterska, Vårdcentralen Ekbacken',
  },
  needsAssessor: {
    user: 'SE4999000039-P001',
    unit: 'SE4999000039-B101',
    shown: 'Greta, biståndshandläggare, Ljungåsa',
  },
  homeNursing: {
    user: 'SE4999000039-P005',
    unit: 'SE4999000039-M101',
    shown: 'Kajsa, sjuksköterska, Hemsjukvården Ljungåsa',
  },
  logReviewer: {
    user: 'SE4999000013-P014',
    unit: 'SE4999000013-W101',
    shown: 'Nils, loggranskare, Region Sundvik',
  },
} as const satisfies Readonly<Record<string, Player>>;

/** The units that must acknowledge: health centre and the municipality's two inboxes. */
export const receivers = [cast.healthCentre, cast.needsAssessor, cast.homeNursing] as const;

/** Persons the journey may be played with: listed at Ekbacken, registered in Ljungåsa. The first without an open case is taken. */
export const patients = [
  { number: '193406129829', family: 'Lindhage', given: 'Astrid' },
  { number: '192908059831', family: 'Örnmark', given: 'Folke' },
  { number: '193309019903', family: 'Flyttström', given: 'Dagny' },
] as const;
