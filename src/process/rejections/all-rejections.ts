import { mergedTables } from '../merged-tables.js';
import { contactRejections } from '../case/contact-rejections.js';
import { decisionRejections } from '../case/decision-rejections.js';
import { dischargeRejections } from '../svu/discharge-rejections.js';
import { guardRejections } from '../case/guard-rejections.js';
import { openingRejections } from '../svu/opening-rejections.js';
import { participantRejections } from '../case/participant-rejections.js';
import { personRejections } from '../person/person-rejections.js';
import { publishingRejections } from '../svu/publishing-rejections.js';
import { readyRejections } from '../svu/ready-rejections.js';
import { stayRejections } from '../stay/stay-rejections.js';
import { todoRejections } from '../todo/todo-rejections.js';
import type { Side } from '../vocabulary.js';

/**
 * Every rejection of the process and of the doors in front of it: code, rule, words. Each subject's stand beside it. No text ever carries
 * anything about the person; the placeholders hold units, ids of cases, dates and words of the process.
 */
export const rejectionTexts = mergedTables(
  'rejections',
  personRejections,
  stayRejections,
  guardRejections,
  todoRejections,
  decisionRejections,
  participantRejections,
  contactRejections,
  openingRejections,
  publishingRejections,
  readyRejections,
  dischargeRejections,
);

/** The codes of every rejection, kebab-case. */
export type RejectionCode = keyof typeof rejectionTexts;

/** What a step of one side is rejected for when another takes it. Its row names the side. */
export type SideRejection = Extract<RejectionCode, `only-${Side}-${string}`>;
