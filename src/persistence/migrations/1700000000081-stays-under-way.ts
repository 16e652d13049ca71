import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The stays under way by their ward, so that those at none that the hub knows are counted without reading all there ever were. */
export class StaysUnderWay1700000000081 implements MigrationInterface {
  readonly name = 'StaysUnderWay1700000000081';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index stream_stays_under_way on stream ((state ->> 'ward'))
         where type = 'stay' and state ->> 'status' = 'in-progress'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index stream_stays_under_way');
  }
}
