import { Module } from '@nestjs/common';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GroupedReads } from '../access/grouped-reads.js';
import {
  AUDIT_TRAIL,
  CLOCK,
  DATABASE,
  DIRECTORY,
  KINDS,
  LOGGER,
  METRICS,
  QUESTIONNAIRES,
  READINESS,
  SETTINGS,
} from './dependencies.js';
import type { FacadeDependencies } from './dependencies.js';
import { CapabilitiesController } from './capabilities/capabilities.controller.js';
import { AnswerHistoryController } from './forms/answer-history.controller.js';
import { QuestionnaireController } from './forms/questionnaire.controller.js';
import { PrintFormController } from './print/print-form.controller.js';
import { HealthController } from './health.controller.js';
import { ExceptionAnswer } from './http/exception.filter.js';
import { ParametersGuard } from './http/parameters.guard.js';
import { LandingController } from './landing/landing.controller.js';
import { readingOperations } from './operations/reading.js';
import { readingController } from './operations/reading.controller.js';
import { HistoryInstanceController } from './read/history-instance.controller.js';
import { ReadRoute } from './read/read-route.js';
import { VreadController } from './read/vread.controller.js';
import { PersonIdentities } from './search/person-identities.js';
import { SearchTypeController } from './search/search-type.controller.js';
import { Search } from './search/search.js';
import { AuditEventReadController } from './trail-review/audit-event-read.controller.js';
import { AuditEventSearchController } from './trail-review/audit-event-search.controller.js';
import { CodeSystemController } from './terminology/code-system.controller.js';
import { Trail } from './trail.js';
import { ChangesController } from './work-list/changes.controller.js';
import { SystemNoticesController } from './system-notices/system-notices.controller.js';
import { WorkListController } from './work-list/work-list.controller.js';

/** The steps that the writing side adds: their controllers and what these ask for. */
export type FacadeSteps = { readonly controllers: readonly Type[]; readonly providers: readonly Provider[] };

/** The facade as a Nest module: one controller for each interaction. */
@Module({})
export class FhirModule {
  static register(dependencies: FacadeDependencies, steps: FacadeSteps): DynamicModule {
    return {
      module: FhirModule,
      controllers: [
        HealthController,
        CapabilitiesController,
        LandingController,
        VreadController,
        HistoryInstanceController,
        SearchTypeController,
        ...Object.entries(readingOperations).map(([name, operation]) => readingController(name, operation)),
        WorkListController,
        ChangesController,
        SystemNoticesController,
        AnswerHistoryController,
        PrintFormController,
        QuestionnaireController,
        AuditEventReadController,
        AuditEventSearchController,
        CodeSystemController,
        ...steps.controllers,
      ],
      providers: [
        { provide: DATABASE, useValue: dependencies.database },
        { provide: QUESTIONNAIRES, useValue: dependencies.questionnaires },
        { provide: KINDS, useValue: dependencies.kinds },
        { provide: DIRECTORY, useValue: dependencies.directory },
        { provide: AUDIT_TRAIL, useValue: dependencies.audit },
        { provide: CLOCK, useValue: dependencies.clock },
        { provide: LOGGER, useValue: dependencies.logger },
        { provide: METRICS, useValue: dependencies.metrics },
        { provide: READINESS, useValue: dependencies.readiness },
        { provide: SETTINGS, useValue: dependencies.settings },
        { provide: APP_GUARD, useClass: ParametersGuard },
        ExceptionAnswer,
        { provide: APP_FILTER, useExisting: ExceptionAnswer },
        { provide: GroupedReads, useValue: new GroupedReads(dependencies.database) },
        Trail,
        ReadRoute,
        PersonIdentities,
        Search,
        ...steps.providers,
      ],
    };
  }
}
