import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which keys this database was written with: a fingerprint of each, never the key (ADR 41). */
export class KeyFingerprint1700000000073 implements MigrationInterface {
  readonly name = 'KeyFingerprint1700000000073';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table key_fingerprint (
        name        text not null,          -- what the key is for
        key_id      text not null,          -- the name it goes by; empty for one that has none
        salt        bytea not null,         -- random, of this row
        fingerprint bytea not null,         -- of the key: scrypt, cut short
        since       timestamptz not null,
        primary key (name, key_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table key_fingerprint');
  }
}
