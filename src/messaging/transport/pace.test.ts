import { Pace } from './pace.js';

describe('the pace of looking', () => {
  it('slows down while nothing is found, to a tenth and no further, and is the first again once something is', () => {
    const pace = new Pace(50);
    const waits = Array.from({ length: 8 }, () => pace.after(false));
    expect(waits).toEqual([50, 100, 200, 400, 500, 500, 500, 500]);
    expect(pace.after(true)).toBe(50);
    expect(pace.after(false)).toBe(100);
  });
});
