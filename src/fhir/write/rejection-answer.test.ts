import { caseKinds } from '../../cases/kinds/every-kind.js';
import { rejectionAnswer } from './rejection-answer.js';

const rows = Object.entries(caseKinds.rejections);
const ofOneSide = rows.filter(([code]) => /^only-(hospital|outpatient|municipality)-/.test(code));

describe('A step of another side', () => {
  it.each(ofOneSide)('ORG-2: %s is 403, and its row names the side', (code, text) => {
    expect(code.split('-')[1]).toBe(text.side);
    const answer = rejectionAnswer({ code, text }, () => undefined);
    expect([answer.status, answer.issues[0]?.code]).toEqual([403, 'forbidden']);
  });

  it('no other rejection names a side', () => {
    expect(rows.filter(([, { side }]) => side !== undefined)).toEqual(ofOneSide);
  });
});
