import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the catalogue (HSA) said of units and staff, and which configured units are missing there. */
export class CatalogueCopies1700000000031 implements MigrationInterface {
  readonly name = 'CatalogueCopies1700000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table catalogue_copy (
      kind text not null,
      hsa_id text not null,
      version integer not null,
      since timestamptz not null,
      read_at timestamptz not null,
      fact jsonb not null,
      primary key (kind, hsa_id, version)
    )`);
    await runner.query(`create table catalogue_missing_unit (
      unit text not null primary key,
      since timestamptz not null,
      told_at timestamptz
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table catalogue_missing_unit');
    await runner.query('drop table catalogue_copy');
  }
}
