import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a fact and an update cost in write-ahead log (decision 50): room on the inbox's pages, so that a claim is written beside the
 * row and touches no index; nearly every recording is about one person, whom a btree finds for a fraction of what a GIN costs; and
 * the resources of a stream are found by their versions.
 */
export class CheaperRows1700000000090 implements MigrationInterface {
  readonly name = 'CheaperRows1700000000090';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table inbox set (fillfactor = 60);
      drop index connector_recording_person;
      create index connector_recording_person on connector_recording ((person_hashes[1])) where cardinality(person_hashes) = 1;
      create index connector_recording_persons on connector_recording using gin (person_hashes)
        where cardinality(person_hashes) > 1;
      drop index resource_stream;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index resource_stream on resource (stream_id);
      drop index connector_recording_persons;
      drop index connector_recording_person;
      create index connector_recording_person on connector_recording using gin (person_hashes);
      alter table inbox reset (fillfactor);
    `);
  }
}
