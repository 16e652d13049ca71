import { z } from 'zod';
import { anyOf, type SettingRows, type StatedSettings } from '../process/policy/setting.js';
import { sharedMinimum, sharedSettings } from '../process/policy/shared-settings.js';
import { minimumSetting, schemaOf, settingsOfPolicies, type KindWithSettings } from './settings.js';

/** The settings of one part of a file: each with its value, the rule it stands for and where the source says so. */
export type WrittenSettings = Readonly<Record<string, { readonly value: unknown } | undefined>>;

/** A setting that a version does not state. */
type Lacking = {
  readonly setting: string;
  readonly rule: string;
  /** The part of the version that it belongs to. */
  readonly part: (version: { readonly kinds?: Readonly<Record<string, unknown>> }) => readonly string[];
};

/**
 * The parts of a version of a policy: the settings that every kind of case has, and a part for each kind that brings settings. The settings
 * of a kind that `stoodAmongShared` may stand in the first part.
 */
export function partsOf(kinds: readonly KindWithSettings[]) {
  const own = kinds.flatMap(({ name, rows: { settings } }) =>
    settings === undefined ? [] : [{ name, ...settings }],
  );
  const among = own.filter(({ stoodAmongShared }) => stoodAmongShared === true);
  const minimumOf = (words: readonly string[]) => ({
    ...sharedSettings.minimumUnderRefusal,
    values: anyOf(...words),
  });
  const shared: SettingRows = {
    ...sharedSettings,
    [minimumSetting]: minimumOf([...sharedMinimum, ...among.flatMap(({ minimum }) => minimum)]),
    ...Object.fromEntries(among.flatMap(({ rows }) => Object.entries(rows))),
  };
  const rows = settingsOfPolicies(kinds);
  return {
    names: Object.keys(rows),
    shared: part(shared),
    ofKinds: z.strictObject(
      Object.fromEntries(
        own.map((kind) => [
          kind.name,
          part({ ...kind.rows, [minimumSetting]: minimumOf(kind.minimum) }).exactOptional(),
        ]),
      ),
    ),
    /** What a version does not state. What a kind may share under a refusal may be left out: nothing. */
    lacking: (settings: StatedSettings): readonly Lacking[] =>
      Object.entries(rows)
        .filter(([setting]) => !Object.hasOwn(settings, setting))
        .map(([setting, { rule }]) => {
          const kind = own.find((each) => Object.hasOwn(each.rows, setting));
          return {
            setting,
            rule,
            part: ({ kinds: stated = {} }) => {
              if (kind !== undefined && Object.hasOwn(stated, kind.name)) return ['kinds', kind.name];
              return kind === undefined || kind.stoodAmongShared === true ? ['settings'] : [];
            },
          };
        }),
  };
}

function part(rows: SettingRows) {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(rows).map(([name, row]) => [
        name,
        z
          .strictObject({
            rule: z.literal(row.rule),
            value: schemaOf(row),
            source: z.string().regex(/\S/, 'must say something'),
          })
          .exactOptional(),
      ]),
    ),
  );
}
