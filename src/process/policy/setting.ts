import type { RuleId } from '../rules/rules.js';

/** What a setting may be, as data: `src/policies` makes the schema of the files from it. `Value` is the type of such a value. */
export type Values<Value = unknown> = (
  | { readonly type: 'yes-or-no' }
  | { readonly type: 'one-of' | 'any-of'; readonly words: readonly string[] }
  | { readonly type: 'texts'; readonly most: number; readonly longest: number }
  | { readonly type: 'whole-number'; readonly from: number; readonly to: number }
  | {
      readonly type: 'whole-numbers';
      readonly names: readonly string[];
      readonly from: number;
      readonly to: number;
    }
  | { readonly type: 'time-of-day' }
) & {
  /** Never there: it ties the type of the value to what it may be. */
  readonly of?: Value;
};

export const yesOrNo: Values<boolean> = { type: 'yes-or-no' };

/** One of these words. */
export const oneOf = <const Word extends string>(...words: readonly Word[]): Values<Word> => ({
  type: 'one-of',
  words,
});

/** Any of these words, each once. */
export const anyOf = <const Word extends string>(...words: readonly Word[]): Values<readonly Word[]> => ({
  type: 'any-of',
  words,
});

/** Texts that staff choose among, in the words that they read, each once; none: they write freely. */
export const texts = (most: number, longest: number): Values<readonly string[]> => ({
  type: 'texts',
  most,
  longest,
});

export const wholeNumber = (from: number, to: number): Values<number> => ({ type: 'whole-number', from, to });

/** A whole number for each of these names, or for some of them. */
export const wholeNumbers = <const Name extends string>(
  names: readonly Name[],
  from: number,
  to: number,
): Values<{ readonly [Each in Name]?: number }> => ({ type: 'whole-numbers', names, from, to });

/** A time that clocks in Europe/Stockholm show, `HH:MM`. */
export const timeOfDay: Values<string> = { type: 'time-of-day' };

/** The settings of a policy or of a case, by their names. */
export type StatedSettings = Readonly<Record<string, unknown>>;

/** One setting of a policy. */
export type Setting<Value = unknown> = {
  /** The rule that regions keep in different ways. */
  readonly rule: RuleId;
  /** What it decides, in English: for those who write a policy. */
  readonly en: string;
  readonly values: Values<Value>;
  /** What holds of a case that does not state it: the strictest value, or what was before there was the setting. */
  readonly strictest: Value;
  /**
   * Present where the sources let an organisation under the policy narrow it (`local` in the rulebook): by which rule, and
   * whether a value of its own is as narrow as the policy's or narrower.
   */
  readonly local?: {
    readonly rule: RuleId;
    isWithin(this: void, own: Value, ofPolicy: Value): boolean;
    /** Under which settings of the policy a value of one's own says something. One that says nothing is refused. */
    readonly counts: { under(this: void, policy: StatedSettings): boolean; readonly when: string };
  };
};

/** Rows of settings by their names. Those of two kinds of case never have one name. */
export type SettingRows = Readonly<Record<string, Setting>>;

/** Ties a row to the type of its value. */
export const setting = <Value>(row: Setting<Value>): Setting<Value> => row;

/** The values of settings by their rows. */
export type ValuesOf<Rows extends SettingRows> = {
  readonly [Name in keyof Rows]: Rows[Name] extends Setting<infer Value> ? Value : never;
};

/** What a kind of case brings to policies. */
export type SettingsOfKind = {
  readonly rows: SettingRows;
  /** CON-5: what of it may be shared under a refusal, by the words by which a policy lists it. Its kinds of notice say which fields these are. */
  readonly minimum: readonly string[];
  /** Its settings stood among those of every kind before a policy had a part for each; so written they are read for ever. */
  readonly stoodAmongShared?: true;
};
