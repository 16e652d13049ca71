import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first schema. The reasons for its shape stand in docs/architecture.md ("What the hub stores").
 * A migration is never edited once released; a change is a new file.
 */
export class Initial1700000000001 implements MigrationInterface {
  readonly name = 'Initial1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The log: append only.
      create table event (
        position        bigint generated always as identity primary key,
        id              uuid not null unique,
        stream_type     text not null,
        stream_id       uuid not null,
        stream_version  integer not null,
        type            text not null,
        type_version    smallint not null,
        person_id       uuid,
        occurred_at     timestamptz not null,
        recorded_at     timestamptz not null,
        -- json, not jsonb: the order of fields is kept, so a replay sees exactly what was decided on.
        actor           json not null,
        cause           jsonb not null,
        data            json,              -- null: destroyed by decision; id, type and time stay
        unique (stream_id, stream_version)
      );
      create index event_person on event (person_id);
      -- Positions not yet given their place in the dense order; see the sequencer.
      create table unsequenced (position bigint primary key);
      create table event_sequence (sequence bigint primary key, position bigint not null unique);
      -- How far each reader of the order has come.
      create table reader (name text primary key, sequence bigint not null);

      -- The folded state of each stream.
      create table stream (
        id          uuid primary key,
        type        text not null,
        version     integer not null,
        person_id   uuid,
        exclusive   text unique,           -- e.g. svu:<person>; at most one live stream holds it (SVU-2)
        state       json                   -- null: destroyed by decision
      );
      create index stream_person on stream (person_id, type);

      -- FHIR resources: the current version with its search index, and every version.
      create table resource (
        type          text not null,
        id            uuid not null,
        version       integer not null,
        last_updated  timestamptz not null,
        stream_id     uuid,
        scope         uuid,                -- null: open to every authenticated caller (directory)
        person_id     uuid,
        personal      boolean not null,
        draft         boolean not null,
        deleted       boolean not null default false,
        tokens        text[] not null,
        owner         text,
        status        text,
        deadline      timestamptz,
        period_start  timestamptz,
        period_end    timestamptz,
        content       text not null,
        primary key (type, id)
      );
      create index resource_tokens on resource using gin (tokens);
      create index resource_scope on resource (scope, type);
      create index resource_stream on resource (stream_id);
      create index resource_recent on resource (type, last_updated desc, id desc);
      create index resource_work_list on resource (owner, status, last_updated desc, id desc) where type = 'Task';
      create index resource_deadline on resource (owner, deadline, id) where type = 'Task' and status = 'requested';

      create table resource_version (
        type          text not null,
        id            uuid not null,
        version       integer not null,
        last_updated  timestamptz not null,
        stream_id     uuid,
        scope         uuid,
        personal      boolean not null,
        draft         boolean not null,
        deleted       boolean not null default false,
        content       text not null,
        primary key (type, id, version)
      );
      create index resource_version_stream on resource_version (stream_id);

      -- Who may see what: the one table every door asks (ACC-1).
      create table access_grant (
        scope     uuid not null,
        unit      text not null,
        stream_id uuid not null,           -- the stream that gave it
        hospital  boolean not null,
        content   boolean not null,
        primary key (scope, unit, stream_id)
      );
      create index access_grant_unit on access_grant (unit, scope);
      create index access_grant_stream on access_grant (stream_id);

      -- Persons by random id; register copies outside the log.
      create table person_identity (
        hash       text primary key,       -- keyed hash of system and number
        person_id  uuid not null
      );
      create index person_identity_person on person_identity (person_id);
      create table person_copy (
        person_id  uuid not null,
        version    integer not null,
        read_at    timestamptz not null,
        record     jsonb,                  -- null: sealed or destroyed
        listing    jsonb,
        primary key (person_id, version)
      );
      -- When each register was last asked about a person (the lookup cache), and what it last said.
      create table register_reading (
        person_id  uuid not null,
        register   text not null,          -- population | listing
        read_at    timestamptz not null,
        primary key (person_id, register)
      );
      create index register_reading_age on register_reading (register, read_at);

      -- The inbox: the waiting room of facts.
      create table inbox (
        position         bigint generated always as identity primary key,
        event_id         text not null unique,
        topic            text not null,
        person_key       text,             -- keyed hash; facts of one person wait in line
        content_hash     text not null,
        received_at      timestamptz not null,
        state            text not null,    -- waiting | done | dead | discarded
        attempts         integer not null default 0,
        first_attempt_at timestamptz,      -- a fact may hold back its person's later facts only for so long
        next_attempt_at  timestamptz not null,
        claimed_by       uuid,
        claimed_until    timestamptz,
        cause            text,             -- why it failed last; never personal data
        owner            text,             -- who has to mend it: hub | sender | register
        outcome          text,
        ended_at         timestamptz,
        envelope         jsonb             -- null once done and past retention, at once where nothing may be kept
      );
      create index inbox_waiting on inbox (next_attempt_at, position) where state = 'waiting';
      create index inbox_person on inbox (person_key, position) where state = 'waiting';
      create index inbox_dead on inbox (position) where state = 'dead';
      create index inbox_payload on inbox (ended_at) where envelope is not null and ended_at is not null;
      -- What people decided about dead letters.
      create table inbox_decision (
        id          bigint generated always as identity primary key,
        position    bigint not null,
        decided_at  timestamptz not null,
        action      text not null,         -- replay | discard
        actor       text not null,
        reason      text not null
      );

      -- Repeats: the first answer to a request with an Idempotency-Key.
      create table idempotency (
        scope         text not null,       -- client, user, method and URL
        key           text not null,
        content_hash  text not null,
        created_at    timestamptz not null,
        status        integer,             -- null while the first is under way
        resource_type text,
        resource_id   uuid,
        resource_version integer,
        outcome       jsonb,
        primary key (scope, key)
      );

      -- The trail (ACC-5): written in groups; each group is chained to the one before it.
      create table audit_group (
        chain      uuid not null,          -- one chain for each writing process
        number     bigint not null,
        hash       text not null,
        previous   text not null,
        recorded_at timestamptz not null,
        primary key (chain, number)
      );
      create table audit_record (
        id          uuid primary key,
        chain       uuid not null,
        number      bigint not null,
        place       integer not null,      -- within the group
        recorded_at timestamptz not null,
        actor       text not null,         -- HSA-id of the user, or the client of a system token
        unit        text,
        role        text,
        person_id   uuid,
        case_id     uuid,
        action      text not null,
        outcome     text not null,
        detail      jsonb not null
      );
      create index audit_record_person on audit_record (person_id, recorded_at desc);
      create index audit_record_actor on audit_record (actor, recorded_at desc);
      create index audit_record_group on audit_record (chain, number, place);

      -- The embedded transport.
      create table transport_topic (name text primary key, partitions integer not null);
      create table transport_message (
        topic      text not null,
        partition  integer not null,
        number     bigint not null,        -- dense within the partition: given under the partition's lock
        key        text not null,
        headers    jsonb not null,
        value      text not null,
        appended_at timestamptz not null,
        primary key (topic, partition, number)
      );
      create table transport_partition (
        topic text not null, partition integer not null, next bigint not null,
        primary key (topic, partition)
      );
      create table transport_offset (
        consumer_group text not null, topic text not null, partition integer not null,
        next bigint not null, held_by uuid, held_until timestamptz,
        primary key (consumer_group, topic, partition)
      );
      create table transport_member (
        consumer_group text not null, member uuid not null, alive_until timestamptz not null,
        primary key (consumer_group, member)
      );

      -- Receipts of connectors: the same answer for a repeat, also after a crash.
      create table connector_receipt (
        sender        text not null,
        control_id    text not null,
        number        bigint generated always as identity unique, -- the order of arrival
        connector     text not null,
        content_hash  text not null,
        received_at   timestamptz not null,
        published     boolean not null,
        answer        text not null,
        message       text,                -- the fact to append, until it is published
        primary key (sender, control_id)
      );
      create index connector_receipt_unpublished on connector_receipt (connector, number) where not published;
      create index connector_receipt_age on connector_receipt (received_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table connector_receipt, transport_member, transport_offset, transport_partition, transport_message, transport_topic,
        audit_record, audit_group, idempotency, inbox_decision, inbox, register_reading, person_copy, person_identity, access_grant,
        resource_version, resource, stream, reader, event_sequence, unsequenced, event;
    `);
  }
}
