import { readFileSync } from 'node:fs';
import { districtNurse, needsAssessor, units } from '../../../test/support/process/cast.js';
import {
  discharge,
  freeze,
  consent,
  openTodos,
  publishedCase,
  refuse,
  reportReady,
  step,
  undo,
  withdrawReady,
  type Case,
} from '../../../test/support/process/svu.js';
import type { Track, TrackColourRow } from '../form/track-colour.js';
import { sharedContent } from './shared-content.js';
import { trackOfCase } from './track.js';

type File = { readonly versions: readonly { readonly trackColours: readonly TrackColourRow[] }[] };
const file = JSON.parse(readFileSync('questionnaires/planning-basis-vasterbotten.json', 'utf8')) as File;
const rows = file.versions.at(-1)?.trackColours ?? [];
const stands = (track?: Track) =>
  step('note-document-standing', {
    document: 'planning-basis',
    standing: track === undefined ? {} : { track },
  });
const rowOf = (colour: Track['colour'], follows?: string): Track => {
  const row = rows.find(
    (each) =>
      each.colour === colour && (follows === undefined || each.follows.some((step) => step === follows)),
  );
  if (row === undefined) throw new Error(`no row ${colour}`);
  return { colour: row.colour, because: row.because, follows: row.follows };
};
const kinds = ['receive-at-home', 'decide-on-sip', 'invite-to-sip', 'hold-pre-meeting', 'decide-when-sip'];
const laterConsent = step('register-decision', {
  decisionId: '0b1d3a52-0000-4000-8000-0000000000a5',
  ...consent,
});
const asked = ({ state }: Case): readonly string[] =>
  openTodos(state).filter((key) => kinds.some((kind) => key.startsWith(`${kind}:`)));
const of = (...tracks: readonly Track[]): Case =>
  publishedCase('vasterbotten').after(...tracks.map((track) => stands(track)));
const centre = (kind: string) => `${kind}:${units.healthCentre}`;
const home = [units.homeNursing, units.needsAssessment].map((unit) => `receive-at-home:${unit}`).toSorted();

describe('What the track of a case asks', () => {
  it('PLB-4: under vasterbotten blue asks for no SIP, and when ready the municipality receives her at home by the day after', () => {
    const blue = of(rowOf('blue'));
    expect(asked(blue)).toEqual([]);
    expect(rowOf('blue').follows).toContain('no-invitation-to-sip');
    const ready = blue.after(reportReady);
    expect(asked(ready)).toEqual(home);
    expect(ready.state.todos[home[0] ?? '']).toMatchObject({ deadline: '2026-03-03T22:59:59.999Z' });
    expect(sharedContent(ready.state).homeBy).toBe('2026-03-03');
    expect(asked(ready.after(withdrawReady))).toEqual([]);
    const gone = ready.after(discharge);
    expect(gone.state.todos[home[0] ?? '']).toMatchObject({ state: 'completed' });
    expect(asked(gone.after(undo))).toEqual(home);
  });

  it('PLB-4: of green outpatient care decides on the SIP, and says so by hand', () => {
    const green = of(rowOf('green'));
    expect(asked(green)).toEqual([centre('decide-on-sip')]);
    const decided = green.after(
      step(
        'complete-todo',
        { key: centre('decide-on-sip'), outputs: { 'handled-on': '2026-03-02' } },
        districtNurse,
      ),
    );
    expect(asked(decided)).toEqual([]);
    // Said anew by the same track, it stays decided.
    expect(asked(decided.after(stands(), stands(rowOf('green'))))).toEqual([]);
  });

  it('SVU-31, PLB-4: a coordinated care plan takes the place of SIP and invitation, so nobody is asked for these, until it is withdrawn', () => {
    const planned = step('record-coordinated-care-plan', {
      date: '2026-02-27',
      doctor: 'SE2321000016-1009',
      doctorName: 'Lena Åberg',
      isHospitalDoctor: true,
      madeBy: 'chief-psychiatrist',
      law: 'LPT',
    });
    for (const [track, kind] of [
      [rowOf('green'), 'decide-on-sip'],
      [rowOf('yellow', 'invite-to-sip'), 'invite-to-sip'],
    ] as const) {
      const recorded = of(track).after(planned);
      expect(asked(recorded)).toEqual([]);
      expect(asked(recorded.after(step('withdraw-coordinated-care-plan', {})))).toEqual([centre(kind)]);
    }
  });

  it('PLB-4: of yellow outpatient care invites at the latest on the day of ready, where coordination is needed', () => {
    expect(asked(of(rowOf('yellow', 'consider-pre-meeting')))).toEqual([centre('invite-to-sip')]);
    const alone = rows.find((row) => row.colour === 'yellow' && !row.follows.includes('invite-to-sip'));
    expect(alone && asked(of(alone))).toEqual([]);
    const ready = of(rowOf('yellow', 'invite-to-sip')).after(reportReady);
    expect(ready.state.todos[centre('invite-to-sip')]).toMatchObject({
      deadline: '2026-03-02T22:59:59.999Z',
    });
    const withdrawn = ready.after(withdrawReady);
    expect(withdrawn.state.todos[centre('invite-to-sip')]?.deadline).toBeUndefined();
  });

  it('PLB-4: of red a pre-meeting is required, and when the SIP is held is the recorded decision of outpatient care', () => {
    const red = of(rowOf('red'));
    expect(asked(red)).toEqual(['decide-when-sip', 'hold-pre-meeting', 'invite-to-sip'].map(centre));
    const decide = step(
      'complete-todo',
      { key: centre('decide-when-sip'), outputs: { 'sip-before-ready': true } },
      districtNurse,
    );
    const { state } = red.after(decide);
    expect(state.todos[centre('decide-when-sip')]).toMatchObject({
      state: 'completed',
      outputs: { 'sip-before-ready': true },
    });
    red.when({ ...decide, by: needsAssessor }).thenRejected('todo-of-another-unit');
  });

  it('PLB-3: a track that changes, or is none any more, takes back what was asked', () => {
    const turned = of(rowOf('red'), rowOf('green'));
    expect(asked(turned)).toEqual([centre('decide-on-sip')]);
    expect(asked(turned.after(stands()))).toEqual([]);
    expect(trackOfCase(turned.after(stands()).state)).toBeUndefined();
  });

  it('CON-5, PLB-3: a refusal hides the track and takes back what it asks; shared again it is back', () => {
    const green = of(rowOf('green')).after(refuse);
    expect(asked(green)).toEqual([]);
    expect(sharedContent(green.state)).not.toHaveProperty('track');
    const again = green.after(laterConsent, step('publish-admission-notice', { reason: 'Höftfraktur' }));
    expect(asked(again)).toEqual([centre('decide-on-sip')]);
    expect(sharedContent(again.state).track).toEqual(rowOf('green'));
  });

  it('PAT-6, SVU-23, SVU-24: frozen or over nothing is asked; what was comes back', () => {
    const green = of(rowOf('green'));
    expect(asked(green.after(freeze))).toEqual([]);
    const over = green.after(discharge);
    expect(asked(over)).toEqual([]);
    expect(asked(over.after(undo))).toEqual([centre('decide-on-sip')]);
  });
});
