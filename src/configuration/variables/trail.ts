import { databaseUrl } from './storage.js';
import { file, key, list, optional, publicKey } from './variable.js';

export const trail = {
  AUDIT_KEY: optional(key, {
    meaning:
      'Secret that seals the trail of accesses, so that who can write in the database still cannot forge it; at least 32 bytes in hexadecimal or base64, the same in every hub process, and never in the database. Absent in development: made at first start.',
    example: '(64 hexadecimal digits)',
    secret: true,
  }),
  AUDIT_PUBLIC_KEYS: optional(list(publicKey), {
    meaning:
      'Public keys of earlier values of `AUDIT_KEY`, which what they sealed is verified by; `npm run verify-audit` prints the present one. Enough to verify without the secret.',
    example: 'QrJO4Eq6d5GQJ6mYfgXXpIyPZ5hX6vJmKHtZ4dO7l3A',
  }),
  AUDIT_HEADS_FILE: optional(file, {
    meaning:
      'File that ends of the trail are appended to, each second at most, so that a trail that was cut off is noticed. Beside it each process keeps its last end, in a file of the same name and `.last-…`, and on the embedded transport the number of the last receipt, in one with `.receipts`: its folder is to be writable, and no network share. Keep it where the owner of the database cannot write; each machine with a hub has its own. Absent in development: `audit-heads.jsonl` in the data directory. Production requires it.',
    example: '/var/log/hemgang/audit-heads.jsonl',
  }),
  AUDIT_DATABASE_URL: optional(databaseUrl, {
    meaning:
      'The same database by a role that may only read and append the trail (`docs/audit-role.sql`); the hub writes the trail by it. Absent: by `DATABASE_URL`.',
    example: 'postgres://hemgang_audit:secret@db.example:5432/hemgang?sslmode=verify-full',
    secret: true,
  }),
} as const;
