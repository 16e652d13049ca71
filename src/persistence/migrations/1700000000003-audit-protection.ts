import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The trail only grows (ACC-5). The database itself refuses to change or remove what stands in it; somebody with the
 * right to switch the triggers off is found out by the chain of hashes (`verifyAudit`).
 */
export class AuditProtection1700000000003 implements MigrationInterface {
  readonly name = 'AuditProtection1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function refuse_change_of_audit() returns trigger language plpgsql as $$
      begin
        raise exception 'the trail is append only: % of % refused', tg_op, tg_table_name
          using errcode = 'insufficient_privilege';
      end $$;
      create trigger audit_record_append_only before update or delete on audit_record
        for each row execute function refuse_change_of_audit();
      create trigger audit_group_append_only before update or delete on audit_group
        for each row execute function refuse_change_of_audit();
      create trigger audit_record_never_emptied before truncate on audit_record
        for each statement execute function refuse_change_of_audit();
      create trigger audit_group_never_emptied before truncate on audit_group
        for each statement execute function refuse_change_of_audit();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger audit_record_append_only on audit_record;
      drop trigger audit_group_append_only on audit_group;
      drop trigger audit_record_never_emptied on audit_record;
      drop trigger audit_group_never_emptied on audit_group;
      drop function refuse_change_of_audit();
    `);
  }
}
