import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a recording is about, as keyed hashes of the numbers: how it is found by person, and how it goes with the person. */
export class RecordingPersons1700000000024 implements MigrationInterface {
  readonly name = 'RecordingPersons1700000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table connector_recording add column person_hashes text[] not null default '{}';
      create index connector_recording_person on connector_recording using gin (person_hashes);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table connector_recording drop column person_hashes');
  }
}
