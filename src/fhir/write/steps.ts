import type { Provider, Type } from '@nestjs/common';
import type { CasesDependencies } from '../../cases/dependencies.js';
import { CreateCarePlanController } from '../create/create-care-plan.controller.js';
import { CreateMessageController } from '../create/create-message.controller.js';
import { CreateConsentController } from '../create/create-consent.controller.js';
import { OpenFormController } from '../forms/open-form.controller.js';
import { SaveAnswersController } from '../forms/save-answers.controller.js';
import { OperationController } from '../operations/operation.controller.js';
import { UpdateConsentController } from '../update/update-consent.controller.js';
import { UpdateMessageController } from '../update/update-message.controller.js';
import { UpdateTaskController } from '../update/update-task.controller.js';
import { CatalogueReferences } from './catalogue-references.js';
import { CASES, CATALOGUE } from './injection-tokens.js';
import { Writer } from './writer.js';

/** The writing side of the facade, as the facade's module takes it in: `createFacade(dependencies, writeSteps(cases))`. */
export function writeSteps(cases: CasesDependencies): {
  readonly controllers: readonly Type[];
  readonly providers: readonly Provider[];
} {
  return {
    controllers: [
      CreateCarePlanController,
      CreateConsentController,
      CreateMessageController,
      UpdateMessageController,
      UpdateTaskController,
      UpdateConsentController,
      OpenFormController,
      SaveAnswersController,
      OperationController,
    ],
    providers: [
      { provide: CASES, useValue: cases },
      { provide: CATALOGUE, useValue: new CatalogueReferences(cases.directory) },
      Writer,
    ],
  };
}
