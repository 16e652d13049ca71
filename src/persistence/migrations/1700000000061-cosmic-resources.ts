import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The connector to Cosmic reads more than one type of resource: what it keeps between polls is of a type (ADR 23). */
export class CosmicResources1700000000061 implements MigrationInterface {
  readonly name = 'CosmicResources1700000000061';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table cosmic_encounter rename to cosmic_resource;
      alter table cosmic_resource rename column encounter_id to resource_id;
      alter table cosmic_resource add column resource_type text not null default 'Encounter';
      alter table cosmic_resource alter column resource_type drop default;
      alter table cosmic_resource drop constraint cosmic_encounter_pkey;
      alter table cosmic_resource add primary key (sender, resource_type, resource_id);
      drop index cosmic_encounter_sweep;
      create index cosmic_resource_sweep on cosmic_resource (sender, resource_type) where open or fault is not null;

      alter table connector_position add column resource_type text not null default 'Encounter';
      alter table connector_position alter column resource_type drop default;
      alter table connector_position drop constraint connector_position_pkey;
      alter table connector_position add primary key (sender, resource_type);
    `);
  }

  /** What was kept of other types goes; they are read, and told, from the beginning again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from connector_position where resource_type <> 'Encounter';
      alter table connector_position drop constraint connector_position_pkey;
      alter table connector_position drop column resource_type;
      alter table connector_position add primary key (sender);

      delete from cosmic_resource where resource_type <> 'Encounter';
      drop index cosmic_resource_sweep;
      alter table cosmic_resource drop constraint cosmic_resource_pkey;
      alter table cosmic_resource drop column resource_type;
      alter table cosmic_resource add primary key (sender, resource_id);
      alter table cosmic_resource rename column resource_id to encounter_id;
      alter table cosmic_resource rename to cosmic_encounter;
      alter index cosmic_resource_pkey rename to cosmic_encounter_pkey;
      create index cosmic_encounter_sweep on cosmic_encounter (sender) where open or fault is not null;
    `);
  }
}
