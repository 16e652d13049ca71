import { mergedTables } from '../merged-tables.js';
import { rejecting } from '../rejections/rejection.js';
import { sharedRejections } from '../rejections/shared-rejections.js';
import { sharingRejections } from './sharing-rejections.js';
import { dischargeRejections } from './discharge-rejections.js';
import { handedOverRejections } from './handed-over-rejections.js';
import { openingRejections } from './opening-rejections.js';
import { placingRejections } from './placing-rejections.js';
import { planningRejections } from './planning-rejections.js';
import { publishingRejections } from './publishing-rejections.js';
import { readyRejections } from './ready-rejections.js';
import { statementRejections } from './statement-rejections.js';

/** The rejections of coordination at discharge, one file for each area. */
export const svuRejections = mergedTables(
  'rejections',
  openingRejections,
  publishingRejections,
  sharingRejections,
  readyRejections,
  planningRejections,
  placingRejections,
  handedOverRejections,
  statementRejections,
  dischargeRejections,
);

const all = mergedTables('rejections', sharedRejections, svuRejections);

export type SvuRejectionCode = keyof typeof all;

/** Rejects for a reason of an SVU, or of every case. */
export const reject = rejecting(all);
