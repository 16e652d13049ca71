import { z } from 'zod';
import type { KindOfCase } from '../process/case/kind-of-case.js';
import { mergedTables } from '../process/merged-tables.js';
import type {
  Setting,
  SettingRows,
  SettingsOfKind,
  StatedSettings,
  Values,
} from '../process/policy/setting.js';
import { sharedMinimum, sharedSettings } from '../process/policy/shared-settings.js';

/** What of a kind of case its policies are read by. */
export type KindWithSettings = Pick<KindOfCase, 'name' | 'rows'>;

/** The setting that every kind adds its own words to (CON-5). */
export const minimumSetting = 'minimumUnderRefusal';

/**
 * The settings that a policy states: those that every kind of case has, and those of each kind.
 * @throws Error at start, when two settings have one name
 */
export function settingsOfPolicies(kinds: readonly KindWithSettings[]): SettingRows {
  return mergedTables(
    'settings',
    sharedSettings as SettingRows,
    ...kinds.map(({ rows }) => rows.settings?.rows ?? {}),
  );
}

/** The settings of a case of one kind: of those of a policy the ones that every kind has, and the kind's own. */
export function settingsFor({ rows }: KindWithSettings, settings: StatedSettings): StatedSettings {
  const own: SettingsOfKind = rows.settings ?? { rows: {}, minimum: [] };
  const words: readonly string[] = [...sharedMinimum, ...own.minimum];
  const narrowed = Object.entries(settings)
    .filter(([name]) => Object.hasOwn(sharedSettings, name) || Object.hasOwn(own.rows, name))
    .map(([name, value]) => [
      name,
      name === minimumSetting ? (value as readonly string[]).filter((word) => words.includes(word)) : value,
    ]);
  return Object.fromEntries(narrowed) as StatedSettings;
}

/** What a setting may be, as the schema of a file. */
export function schemaOf({ values }: Pick<Setting, 'values'>): z.ZodType {
  return schemas[values.type](values as never);
}

const schemas: {
  readonly [Type in Values['type']]: (values: Values & { readonly type: Type }) => z.ZodType;
} = {
  'yes-or-no': () => z.boolean(),
  'one-of': ({ words }) => z.enum(words),
  'any-of': ({ words }) =>
    z
      .array(z.enum(words))
      .refine((all) => new Set(all).size === all.length, 'a word stands twice')
      .readonly(),
  texts: ({ most, longest }) =>
    z
      .array(
        z
          .string()
          .max(longest)
          .regex(/^\S(.*\S)?$/, 'must say something, without space around it'),
      )
      .max(most)
      .refine((all) => new Set(all).size === all.length, 'a text stands twice')
      .readonly(),
  'time-of-day': () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, HH:MM'),
  'whole-number': ({ from, to }) => z.int().min(from).max(to),
  'whole-numbers': ({ names, from, to }) =>
    z.strictObject(
      Object.fromEntries(names.map((name) => [name, z.int().min(from).max(to).exactOptional()])),
    ),
};
