import { Initial1700000000001 } from './1700000000001-initial.js';
import { AuditProtection1700000000003 } from './1700000000003-audit-protection.js';
import { GrantSince1700000000005 } from './1700000000005-grant-since.js';
import { ConnectorHeartbeat1700000000021 } from './1700000000021-connector-heartbeat.js';
import { ConnectorRecording1700000000022 } from './1700000000022-connector-recording.js';
import { Cosmic1700000000023 } from './1700000000023-cosmic.js';
import { RecordingPersons1700000000024 } from './1700000000024-recording-persons.js';
import { CatalogueCopies1700000000031 } from './1700000000031-catalogue-copies.js';
import { UntoldCases1700000000032 } from './1700000000032-untold-cases.js';
import { OpenTodosByDeadline1700000000041 } from './1700000000041-open-to-dos-by-deadline.js';
import { CarePlanBackground1700000000051 } from './1700000000051-care-plan-background.js';
import { CosmicResources1700000000061 } from './1700000000061-cosmic-resources.js';
import { KeyFingerprint1700000000073 } from './1700000000073-key-fingerprint.js';
import { AuditSeals1700000000074 } from './1700000000074-audit-seals.js';
import { SealingKeys1700000000075 } from './1700000000075-sealing-keys.js';
import { AnnulledCasesAreHidden1700000000077 } from './1700000000077-annulled-cases-are-hidden.js';
import { StaysUnderWay1700000000081 } from './1700000000081-stays-under-way.js';
import { SilentLockHolders1700000000084 } from './1700000000084-silent-lock-holders.js';
import { FactsUntilTaken1700000000087 } from './1700000000087-facts-until-taken.js';
import { LogEpoch1700000000088 } from './1700000000088-log-epoch.js';
import { CheaperRows1700000000090 } from './1700000000090-cheaper-rows.js';
import { ReceiptsByTime1700000000096 } from './1700000000096-receipts-by-time.js';
import { Rendering1700000000095 } from './1700000000095-rendering.js';
import { ExclusiveWhereHeld1700000000098 } from './1700000000098-exclusive-where-held.js';
import { PolicyVersion1700000000107 } from './1700000000107-policy-version.js';
import { NextDeadline1700000000108 } from './1700000000108-next-deadline.js';
import { FoundByWhatItIsAbout1700000000111 } from './1700000000111-found-by-what-it-is-about.js';
import { OpenCases1700000000115 } from './1700000000115-open-cases.js';
import { GrantsByLevel1700000000118 } from './1700000000118-grants-by-level.js';
import { StreamsUnderCases1700000000119 } from './1700000000119-streams-under-cases.js';
import { VersionsByLevel1700000000120 } from './1700000000120-versions-by-level.js';
import { BesideOlderProcesses1700000000129 } from './1700000000129-beside-older-processes.js';
import { ToldVisits1700000000166 } from './1700000000166-told-visits.js';
import { ListedCases1700000000172 } from './1700000000172-listed-cases.js';
import { LookedAndTold1700000000173 } from './1700000000173-looked-and-told.js';

/** Every migration, oldest first. Listed by hand: the build needs no globbing and the order shows in review. */
export const migrations = [
  Initial1700000000001,
  AuditProtection1700000000003,
  GrantSince1700000000005,
  ConnectorHeartbeat1700000000021,
  ConnectorRecording1700000000022,
  Cosmic1700000000023,
  RecordingPersons1700000000024,
  CatalogueCopies1700000000031,
  UntoldCases1700000000032,
  OpenTodosByDeadline1700000000041,
  CarePlanBackground1700000000051,
  CosmicResources1700000000061,
  KeyFingerprint1700000000073,
  AuditSeals1700000000074,
  SealingKeys1700000000075,
  AnnulledCasesAreHidden1700000000077,
  StaysUnderWay1700000000081,
  SilentLockHolders1700000000084,
  FactsUntilTaken1700000000087,
  LogEpoch1700000000088,
  CheaperRows1700000000090,
  Rendering1700000000095,
  ReceiptsByTime1700000000096,
  ExclusiveWhereHeld1700000000098,
  PolicyVersion1700000000107,
  NextDeadline1700000000108,
  FoundByWhatItIsAbout1700000000111,
  OpenCases1700000000115,
  GrantsByLevel1700000000118,
  StreamsUnderCases1700000000119,
  VersionsByLevel1700000000120,
  BesideOlderProcesses1700000000129,
  ToldVisits1700000000166,
  ListedCases1700000000172,
  LookedAndTold1700000000173,
];
