import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the connector to Cosmic keeps between polls: of each Encounter what it told last, and how far it has read (ADR 23). */
export class Cosmic1700000000023 implements MigrationInterface {
  readonly name = 'Cosmic1700000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table cosmic_encounter (
        sender       text not null,
        encounter_id text not null,
        seen         text not null,        -- hash of what was looked at last
        version      text,                 -- meta.versionId and meta.lastUpdated of it
        updated_at   timestamptz,
        told         jsonb,                -- status, person, ward and times as told; the person is forgotten after the stay
        open         boolean not null,
        fault        text,                 -- why it could not be told
        changed_at   timestamptz not null,
        primary key (sender, encounter_id)
      );
      create index cosmic_encounter_sweep on cosmic_encounter (sender) where open or fault is not null;
      create table connector_position (
        sender   text primary key,
        position jsonb not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table connector_position, cosmic_encounter');
  }
}
