import './end-with-reader.js';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { givenVariable } from '../../configuration/load-configuration.js';
import { RecoveryKey } from '../../messaging/contracts/recovery-key.js';
import { tellUsage } from './help.js';

tellUsage(`The pair of keys by which facts sent since a backup can be opened after a restore (docs/operations-restore.md).

  npm run recovery-key                   a new pair; its secret is kept away from the hub
  npm run recovery-key -- --public       the public half of the secret in RECOVERY_KEY

A secret never stands on a command line, where others who use the machine see it.
`);

/** `npm run recovery-key`: a new pair. The secret is kept away from the hub until a database has been restored (decision 44). */
const { values } = parseArgs({ options: { public: { type: 'boolean', default: false } } });
if (values.public) {
  const secret = givenVariable('RECOVERY_KEY');
  if (!/^[0-9a-f]{64}$/iu.test(secret)) throw new Error('RECOVERY_KEY is not 32 bytes in hexadecimal');
  process.stdout.write(`RECOVERY_PUBLIC_KEY=${new RecoveryKey(Buffer.from(secret, 'hex')).publicKey}\n`);
} else {
  const secret = randomBytes(32);
  process.stdout.write(
    `RECOVERY_PUBLIC_KEY=${new RecoveryKey(secret).publicKey}\n` +
      `RECOVERY_KEY=${secret.toString('hex')}   (keep it away from the hub: only a worker after a restore needs it)\n`,
  );
}
