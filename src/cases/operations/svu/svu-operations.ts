import type { SvuCommand } from '../../../process/svu/subjects.js';
import type { StepOf } from '../../case-commands.js';
import { contactOperations } from '../contacts.js';
import type { Operation } from '../operation.js';
import { participantOperations } from '../participants.js';
import { admissionNoticeOperations } from './admission-notice.js';
import { dischargeOperations } from './discharge.js';
import { npoOperations } from './npo.js';
import { placingOperations } from './placing.js';
import { patientInformationOperations } from './patient-information.js';
import { planningOperations } from './planning.js';
import { readyOperations } from './ready.js';
import { statementOperations } from './statement.js';

/** The operations on coordination at discharge (SVU), in the order in which they are published. */
export const svuOperations = [
  ...admissionNoticeOperations,
  ...readyOperations,
  ...planningOperations,
  ...placingOperations,
  ...npoOperations,
  ...patientInformationOperations,
  ...statementOperations,
  ...dischargeOperations,
  ...participantOperations,
  ...contactOperations,
] as const satisfies readonly Operation<StepOf<SvuCommand>>[];
