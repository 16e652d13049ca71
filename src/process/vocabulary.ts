/**
 * The words that every part of the process shares. All plain data, serialisable as JSON.
 */

/** HSA-id of a unit or person in the catalogue, e.g. `SE2321000016-W101`. */
export type HsaId = string;
/** A UUID, lower case. Persons are known to the process by such an id alone, never by number or name. */
export type Uuid = string;
/** A moment, UTC, RFC 3339 with milliseconds and `Z`. */
export type Instant = string;
/** A calendar day in Europe/Stockholm, `YYYY-MM-DD`. */
export type LocalDate = string;

/** The sides of the law 2017:612. `other`: school, Försäkringskassan and the like (ORG-10). */
export type Side = 'hospital' | 'outpatient' | 'municipality' | 'other';

/** A kind of service that a receiving unit of a municipality answers for (ORG-7). */
export type Service =
  | 'needs-assessment'
  | 'home-nursing'
  | 'rehabilitation'
  | 'home-care'
  /** Housing under LSS (gruppbostad), which may have an inbox of its own (ORG-14). */
  | 'disability-housing'
  /** Housing with special service of social psychiatry (ORG-14). */
  | 'social-psychiatry';

/** What a role may do for its unit (ORG-2). */
export type Responsibility = 'read' | 'write' | 'acknowledge' | 'sign' | 'approve';

/** A person acting for a unit in one role, as the directory (not the token) describes them (ORG-1). */
export type UserActor = {
  readonly kind: 'user';
  readonly user: HsaId;
  readonly unit: HsaId;
  readonly unitName: string;
  /** What the person is called; absent: protected, or of a log that did not keep it. Shown by `staffName` alone (ORG-1). */
  readonly name?: string;
  /** The title (befattning) in words. */
  readonly title?: string;
  readonly organisation: string;
  readonly side: Side;
  readonly role: string;
  readonly licensed: boolean;
  readonly responsibilities: readonly Responsibility[];
};

/** The hub itself, acting on a fact from outside (`system` names the source, e.g. `journal`). */
export type SystemActor = { readonly kind: 'system'; readonly system: string };

export type Actor = UserActor | SystemActor;

/** A command as the process sees it: who, when, what. `at` is the time of the hub's receipt unless entered afterwards. */
export type Command<Type extends string, Data> = {
  readonly type: Type;
  readonly at: Instant;
  readonly by: Actor;
  readonly data: Data;
};

/** An event as `evolve` sees it. Envelope fields that only the log needs stay in the log. */
export type ProcessEvent<Type extends string, Data> = {
  readonly type: Type;
  /** When it occurred. */
  readonly at: Instant;
  readonly by: Actor;
  readonly data: Data;
};

/**
 * Something a unit has to do. `key` is unique within its stream and stable, so the FHIR id derives from it.
 * One acting role with `responsibility` is enough for the unit (ORG-4); no unit acts for another (ORG-5).
 */
export type Todo<Kind extends string = string> = {
  readonly key: string;
  /** The code of its row (src/process/todo/kind-of-todo.ts) in the tables of its kind of case. */
  readonly kind: Kind;
  readonly unit: HsaId;
  readonly responsibility: Responsibility;
  readonly openedAt: Instant;
  readonly deadline?: Instant;
  /** What was told last of its deadline, and of which date: of another date it is told again (src/process/deadlines). */
  readonly told?: ToldDeadline;
  readonly state: 'requested' | 'completed' | 'cancelled';
  /** How far the unit says it has come with an open to-do; absent: it has said nothing. */
  readonly progress?: TodoProgress;
  readonly statusReason?: TodoStatusReason;
  /** Answers to what the kind of to-do asks (src/process/todo/kind-of-todo.ts). */
  readonly outputs?: TodoOutputs;
  /** Free text of the unit to itself, oldest first: for its own people alone. */
  readonly notes?: readonly TodoNote[];
  /** When the unit last said something of it. */
  readonly updatedAt?: Instant;
  readonly endedAt?: Instant;
  readonly endedBy?: Actor;
  /** The key of the notice this to-do answers, where there is one. */
  readonly about?: string;
  /** Facts the to-do carries (e.g. the discharge time the journal reported). Never personal data beyond the case. */
  readonly input?: Readonly<Record<string, string>>;
  /** False: readable even when personal data of the case is not (PAT-6). */
  readonly personal: boolean;
};

/** How an open to-do stands to its deadline: the time is soon over, or it is over. */
export type DeadlineStanding = 'due' | 'overdue';

type ToldDeadline = {
  readonly standing: DeadlineStanding;
  readonly deadline: Instant;
  readonly at: Instant;
};

/** What a unit says of an open to-do, in the order in which it goes. */
export type TodoProgress = 'received' | 'accepted' | 'in-progress';

/** Why a to-do stands where it stands. A code and no free text, for every participant reads it. */
export type TodoStatusReason =
  'awaits-information' | 'awaits-another-unit' | 'awaits-assessment' | 'done-by-telephone' | WardNoticeEnd;

/**
 * Why a ward has nothing more to agree on with another organisation's (SVU-42), which learns no more of the case than that, or to plan by
 * telephone: the patient is gone, or the journal has told of whom the hub may know.
 */
export type WardNoticeEnd = 'patient-gone' | 'planning-ended' | 'identity-known';

/** Answers by name: yes or no, or a day. */
export type TodoOutputs = Readonly<Record<string, boolean | LocalDate>>;

export type TodoNote = { readonly text: string; readonly at: Instant; readonly by: Actor };

/** What a unit may say of its to-do beside how far it came. `statusReason` null: it is taken back. */
export type TodoRemarks = {
  readonly statusReason?: TodoStatusReason | null;
  /** All answers, those given before included. */
  readonly outputs?: TodoOutputs;
  /** Notes to add; one that is already there is not added again. */
  readonly notes?: readonly string[];
};

/** What `TodoUpdated` carries: what the unit said that was new. */
export type TodoUpdate = TodoRemarks & { readonly progress?: TodoProgress };

/** A notice that went out to units (a Communication). */
export type Notice<Kind extends string = string> = {
  readonly key: string;
  /** The code of its row (src/process/notice/kind-of-notice.ts) in the tables of its kind of case. */
  readonly kind: Kind;
  readonly sentAt: Instant;
  readonly sentBy: Actor;
  readonly recipients: readonly HsaId[];
  /** Content by field name; the projection words it. */
  readonly content: Readonly<Record<string, string>>;
  /** False: carries nothing about the person and stays readable when the case is frozen. */
  readonly personal: boolean;
};
