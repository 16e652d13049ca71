import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Receipts and recordings come in the order of their time, and are asked for by it seldom, and for many at once: a BRIN, which nothing is
 * written to for most of them. A message wrote three entries into the former indexes: as it came, as it was recorded, and as its receipt was
 * marked as published (decision 54).
 */
export class ReceiptsByTime1700000000096 implements MigrationInterface {
  readonly name = 'ReceiptsByTime1700000000096';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index connector_receipt_age;
      create index connector_receipt_age on connector_receipt using brin (received_at) with (autosummarize = on);
      drop index connector_recording_age;
      create index connector_recording_age on connector_recording using brin (received_at) with (autosummarize = on);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index connector_recording_age;
      create index connector_recording_age on connector_recording (received_at);
      drop index connector_receipt_age;
      create index connector_receipt_age on connector_receipt (received_at);
    `);
  }
}
