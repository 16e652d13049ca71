import { rejectionTexts } from '../../process/rejections/all-rejections.js';
import type { RejectionCode } from '../../process/rejections/all-rejections.js';
import type { RejectionText } from '../../process/rejections/rejection-text.js';
import { rejectionAnswer } from './rejection-answer.js';

const rows = Object.entries(rejectionTexts) as [RejectionCode, RejectionText][];
const ofOneSide = rows.filter(([code]) => /^only-(hospital|outpatient|municipality)-/.test(code));

describe('A step of another side', () => {
  it.each(ofOneSide)('ORG-2: %s is 403, and its row names the side', (code, { side }) => {
    expect(code.split('-')[1]).toBe(side);
    const answer = rejectionAnswer({ code }, () => undefined);
    expect([answer.status, answer.issues[0]?.code]).toEqual([403, 'forbidden']);
  });

  it('no other rejection names a side', () => {
    expect(rows.filter(([, { side }]) => side !== undefined)).toEqual(ofOneSide);
  });
});
