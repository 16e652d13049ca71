/** A person at a unit. */
export type Player = { readonly user: string; readonly unit: string; readonly shown: string };

/** A patient of the fictional region, as the journal names her. */
export type DemoPatient = { readonly number: string; readonly family: string; readonly given: string };

/** Who plays the journey of Region Sundvik in the fictional region (src/demo/fictional-region); its policy is skane. */
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

/** Who plays the journey of Region Västerdal; its policy is vasterbotten. */
export const castOfVasterdal = {
  nurse: {
    user: 'SE4999002019-P001',
    unit: 'SE4999002019-W101',
    shown: 'Ester, sjuksköterska, Medicinavdelningen',
  },
  doctor: {
    user: 'SE4999002019-P002',
    unit: 'SE4999002019-W101',
    shown: 'Folke, läkare, Medicinavdelningen',
  },
  healthCentre: {
    user: 'SE4999002019-P006',
    unit: 'SE4999002019-H101',
    shown: 'Jonas, distriktssköterska, Hälsocentralen Åkern',
  },
  needsAssessor: {
    user: 'SE4999002027-P001',
    unit: 'SE4999002027-B101',
    shown: 'Mirjam, biståndshandläggare, Tallsele',
  },
  homeNursing: {
    user: 'SE4999002027-P004',
    unit: 'SE4999002027-M101',
    shown: 'Bertil, sjuksköterska, Hemsjukvården Tallsele',
  },
  logReviewer: {
    user: 'SE4999002019-P005',
    unit: 'SE4999002019-W101',
    shown: 'Ingrid, loggranskare, Region Västerdal',
  },
} as const satisfies Readonly<Record<string, Player>>;

/** Registered in Tallsele, listed at Åkern. */
export const patientsOfVasterdal = [
  { number: '194206219919', family: 'Myrbäck', given: 'Tage' },
  { number: '194811039967', family: 'Tallros', given: 'Ragnhild' },
] as const;

/** Who plays the journey of Region Norrälven; its policy is norrbotten. */
export const castOfNorralven = {
  nurse: {
    user: 'SE4999001011-P010',
    unit: 'SE4999001011-W102',
    shown: 'Tove, sjuksköterska, Psykiatriska avdelningen',
  },
  doctor: {
    user: 'SE4999001011-P011',
    unit: 'SE4999001011-W102',
    shown: 'Urban, läkare, Psykiatriska avdelningen',
  },
  healthCentre: {
    user: 'SE4999001011-P006',
    unit: 'SE4999001011-H101',
    shown: 'Ylva, distriktssköterska, Hälsocentralen Forsen',
  },
  psychiatry: {
    user: 'SE4999001011-P009',
    unit: 'SE4999001011-Y101',
    shown: 'Örjan, sjuksköterska, Närpsykiatrin',
  },
  needsAssessor: {
    user: 'SE4999001029-P001',
    unit: 'SE4999001029-B101',
    shown: 'Amina, biståndshandläggare, Älvmo',
  },
  homeNursing: {
    user: 'SE4999001029-P004',
    unit: 'SE4999001029-M101',
    shown: 'Dario, sjuksköterska, Hemsjukvården Älvmo',
  },
  logReviewer: {
    user: 'SE4999001011-P012',
    unit: 'SE4999001011-W102',
    shown: 'Vera, loggranskare, Region Norrälven',
  },
} as const satisfies Readonly<Record<string, Player>>;

/** Registered in Älvmo, listed at Forsen. */
export const patientsOfNorralven = [
  { number: '193902169899', family: 'Forsdal', given: 'Nils-Erik' },
  { number: '195310089940', family: 'Älvhed', given: 'Gun' },
] as const;
