import { describe, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { newKey, newSecret, production } from '../../test/support/production.js';
import { useConfigurationFolder } from '../../test/support/configuration-folder.js';
import type { Environment } from './read-variables.js';
import { variables } from './variables/index.js';

const { folder, load, faultsOf } = useConfigurationFolder();

describe('secrets', () => {
  const everySecret: Environment = {
    RECORDING_HOURS: '24',
    RECORDING_KEY: newKey().toString('hex'),
    LOOKUP_SECRET: newSecret(),
    LOOKUP_PORT: '8090',
    AUDIT_DATABASE_URL: `postgres://writer:${newSecret()}@127.0.0.1/hub`,
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_SASL_USERNAME: 'hub-of-region',
    KAFKA_SASL_PASSWORD: newSecret(),
    COSMIC_URL: 'https://cosmic.example/fhir',
    COSMIC_TOKEN_URL: 'https://cosmic.example/token',
    COSMIC_CLIENT_ID: 'hub-at-cosmic',
    COSMIC_CLIENT_SECRET: newSecret(),
  };
  const whole = { ...production, ...everySecret };
  const all = Object.entries(variables).flatMap(([name, each]) => ('secret' in each ? [name] : []));
  const keys = all.filter((name) => name.endsWith('_KEY'));
  const passwords = all.filter((name) => !keys.includes(name));
  const as = (variable: string, secret: string): Environment =>
    variable.endsWith('DATABASE_URL')
      ? { [variable]: `postgres://hub-of-region:${encodeURIComponent(secret)}@127.0.0.1/hub` }
      : { [variable]: secret };

  test('a whole configuration with every secret is accepted, made anew each time', () => {
    expect(all.filter((name) => !(name in whole) && name !== 'RECOVERY_KEY')).toEqual([]);
    expect(faultsOf(whole)).toEqual([]);
    for (let times = 0; times < 200; times++)
      expect(faultsOf({ ...whole, PERSON_KEY: newKey().toString(times % 2 ? 'hex' : 'base64') })).toEqual([]);
  });

  const weakKeys: readonly [string, string][] = [
    ['one byte', 'ab'.repeat(32)],
    ['zeros', '00'.repeat(32)],
    ['bytes that are counted up', Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('hex')],
    [
      'bytes that are counted down',
      Buffer.from(Array.from({ length: 32 }, (_, at) => 255 - at)).toString('hex'),
    ],
    ['a half, twice', newKey().toString('hex').slice(0, 64).repeat(2)],
    ['a sentence', Buffer.from('correct horse battery staple, and more').toString('base64')],
    ['a sentence that looks like base64', 'this-is-my-long-sentence-which-nobody-would-guess'],
    ['hexadecimal digits in base64', Buffer.from(newKey().toString('hex')).toString('base64')],
  ];
  test.each(keys.flatMap((variable) => weakKeys.map(([what, key]) => [variable, what, key] as const)))(
    '%s: %s is refused',
    (variable, _what, weak) => {
      expect(faultsOf({ ...whole, [variable]: weak })).toEqual([
        expect.stringMatching(new RegExp(`^${variable}: production needs a secret that cannot be guessed`)),
      ]);
    },
  );

  const weakPasswords = [
    'short-x7Gq',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'a-secret-for-development-and-nothing-else',
    'made-up-like-everything-here-and-elsewhere',
    'Password1234567890-x7Gq-Tw2v_Lr9z-Kd',
  ];
  test.each(passwords.flatMap((variable) => weakPasswords.map((weak) => [variable, weak] as const)))(
    '%s: %s is refused',
    (variable, weak) => {
      const faults = faultsOf({ ...whole, ...as(variable, weak) });
      expect(faults.join('\n')).toMatch(new RegExp(`^${variable}: `, 'm'));
      expect(faults.join('\n')).not.toContain(weak);
    },
  );

  test('a password that holds the name of its user is refused', () => {
    for (const variable of ['KAFKA_SASL_PASSWORD', 'DATABASE_URL'])
      expect(faultsOf({ ...whole, ...as(variable, 'Hub-Of-Region-x7Gq-Tw2v') })).toEqual([
        expect.stringMatching(new RegExp(`^${variable}: .*name of its user`)),
      ]);
  });

  const pairs = all.flatMap((one, index) => all.slice(index + 1).map((other) => [one, other] as const));
  test.each(pairs)('%s and %s may not be the same, however they are written', (one, other) => {
    const key = newKey();
    const faults = faultsOf({
      ...whole,
      ...as(one, key.toString('hex')),
      ...as(other, keys.includes(other) ? key.toString('base64') : key.toString('hex')),
    });
    expect(faults).toEqual([expect.stringMatching(/^(\w+): is the same secret as (\w+): each has its own$/)]);
    expect(faults[0]).toContain(one);
    expect(faults[0]).toContain(other);
  });

  test('in development none of this is looked at', () => {
    expect(faultsOf({ PERSON_KEY: 'ab'.repeat(32), IDENTITY_KEY: 'ab'.repeat(32) })).toEqual([]);
  });
});

describe('a hub that is meant for production', () => {
  test.each(['production', 'PRODUCTION', ' production '])(
    'is no development hub because NODE_ENV alone says so: %j',
    async (word) => {
      expect(faultsOf({ NODE_ENV: word })).toEqual([
        'HEMGANG_ENVIRONMENT: must say production or development where NODE_ENV is production: absent, it means development',
      ]);
      expect(faultsOf({ NODE_ENV: word, HEMGANG_ENVIRONMENT: ' ' })).toHaveLength(1);
      expect(await readdir(folder())).toEqual([]);
    },
  );

  test('is one where that is said, and NODE_ENV says nothing else', () => {
    expect(load({ NODE_ENV: 'production', HEMGANG_ENVIRONMENT: 'development' }).environment).toBe(
      'development',
    );
    expect(load({ NODE_ENV: 'test' }).environment).toBe('development');
    expect(load({ ...production, NODE_ENV: 'production' }).environment).toBe('production');
  });

  test.each(['HEMGANG_ENV', 'HEMGANG_ENVIROMENT', 'hemgang_environment', 'HEMGANG_MODE'])(
    'is none because the word was written as %s',
    (name) => {
      expect(faultsOf({ [name]: 'production' })).toEqual([`${name}: is no variable of the hub`]);
    },
  );
});
