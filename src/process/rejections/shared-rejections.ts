import { mergedTables } from '../merged-tables.js';
import { contactRejections } from '../case/contact-rejections.js';
import { decisionRejections } from '../case/decision-rejections.js';
import { formRejections } from '../form/form-rejections.js';
import { guardRejections } from '../case/guard-rejections.js';
import { participantRejections } from '../case/participant-rejections.js';
import { messageRejections } from '../message/message-rejections.js';
import { outsideMessageRejections } from '../outside-message/outside-message-rejections.js';
import { personRejections } from '../person/person-rejections.js';
import { stayRejections } from '../stay/stay-rejections.js';
import { todoRejections } from '../todo/todo-rejections.js';

/**
 * The rejections of every kind of case and of the interfaces in front of them: code, rule, words. Each subject's stand beside it; those of one
 * kind of case stand in its own room. No text ever carries anything about the person; the placeholders hold units, ids of cases, dates and
 * words of the process.
 */
export const sharedRejections = mergedTables(
  'rejections',
  personRejections,
  stayRejections,
  guardRejections,
  todoRejections,
  decisionRejections,
  participantRejections,
  contactRejections,
  messageRejections,
  formRejections,
  outsideMessageRejections,
);

export type SharedRejectionCode = keyof typeof sharedRejections;
