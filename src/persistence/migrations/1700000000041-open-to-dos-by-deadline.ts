import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A to-do is open while it is requested, received, accepted or in progress; the list by deadline walks each of the statuses
 * that are asked for in order, so the index holds the status instead of being kept to one (SVU-5).
 */
export class OpenTodosByDeadline1700000000041 implements MigrationInterface {
  readonly name = 'OpenTodosByDeadline1700000000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index resource_deadline');
    await runner.query(
      `create index resource_deadline on resource (owner, status, deadline, id) where type = 'Task'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index resource_deadline');
    await runner.query(
      `create index resource_deadline on resource (owner, deadline, id) where type = 'Task' and status = 'requested'`,
    );
  }
}
