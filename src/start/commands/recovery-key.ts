import './end-with-reader.js';
import { randomBytes } from 'node:crypto';
import { RecoveryKey } from '../../messaging/contracts/recovery-key.js';

/** `npm run recovery-key`: a new pair. The secret is kept away from the hub until a database has been restored (decision 44). */
const secret = randomBytes(32);
process.stdout.write(
  `RECOVERY_PUBLIC_KEY=${new RecoveryKey(secret).publicKey}\n` +
    `RECOVERY_KEY=${secret.toString('hex')}   (keep it away from the hub: only a worker after a restore needs it)\n`,
);
