/** Why a stated time of going home no longer stands (SVU-37), and how staff read it. */
export const groundMoved = {
  'planned-discharge-changed': 'beräknat utskrivningsdatum har ändrats',
  'ready-changed': 'dagen för utskrivningsklar är en annan',
  'ready-withdrawn': 'meddelandet om utskrivningsklar har återtagits',
  'discharge-undone': 'utskrivningen har ångrats',
  'ward-changed': 'patienten har bytt avdelning',
  'unit-left': 'enheten som angav tiden deltar inte längre',
  'shared-again': 'uppgiften har tagits bort ur ärendet',
} as const;

export type GroundMoved = keyof typeof groundMoved;

/** Why what a unit said of its own planning no longer stands (SVU-27), and how staff read it. */
export const planningMoved = {
  ...groundMoved,
  'unit-left': 'enheten deltar inte längre',
  'welcome-home-missing': 'kommunen har inte angett när patienten är välkommen hem',
} as const;

export type PlanningMoved = keyof typeof planningMoved;
