import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { Binary } from 'fhir/r4.js';
import type { AccessContext } from '../../access/access-context.js';
import { isUuid } from '../../access/choke-point.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { Directory } from '../../directory/organisation.js';
import type { SqlConnection } from '../../persistence/database.js';
import { Printer } from '../../print/printer.js';
import { canonicalOf, documentOf, type Questionnaire } from '../../process/form/questionnaire.js';
import type { Questionnaires } from '../../questionnaires/questionnaires.js';
import { ThreadFailure } from '../../wire/thread.js';
import { FhirAnswer } from '../answer.js';
import { asShown } from '../as-shown.js';
import { CLOCK, DATABASE, DIRECTORY, KINDS, QUESTIONNAIRES, SETTINGS } from '../dependencies.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { readNoParameters } from '../operations/no-parameters.js';
import { fault } from '../outcome.js';
import { Trail } from '../trail.js';
import { findForm } from './find-form.js';
import { findSignatures } from './find-signatures.js';
import { printedForm } from './printed-form.js';

const operation = '$print';

/**
 * `GET QuestionnaireResponse/[id]/$print`: a form on paper, as a Binary that holds a PDF (VIEW-7). By POST too, which is how clients call an
 * operation whose definition they have not read.
 * @see https://hl7.org/fhir/R4/binary.html
 */
@Controller('fhir')
export class PrintFormController {
  readonly #printer = new Printer();

  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(KINDS) private readonly kinds: CaseKinds,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(QUESTIONNAIRES) private readonly questionnaires: Questionnaires,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Get('QuestionnaireResponse/:id/$print')
  get(@Param('id') id: string, @Access() access: AccessContext): Promise<FhirAnswer> {
    return this.#answer(id, access);
  }

  @Post('QuestionnaireResponse/:id/$print')
  @HttpCode(200)
  async post(
    @Param('id') id: string,
    @Body() body: unknown,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    await readNoParameters(body, this.settings, this.clock);
    return this.#answer(id, access);
  }

  /** Nothing to see is 404, as at every door, and who tried is written down. What is signed in parts is printed once it is signed. */
  async #answer(id: string, access: AccessContext): Promise<FhirAnswer> {
    const shown = (stored: string): string => asShown(stored, this.directory);
    const found = await findForm(this.database, access, id, shown);
    const touched = { personId: found?.personId ?? null, caseId: found?.caseId ?? null };
    const detail = { resource: `QuestionnaireResponse/${isUuid(id) ? id : 'not-an-id'}` };
    const refused = async (rule: string, code: 'not-found' | 'not-signed') => {
      await this.trail.record(access, operation, 'refused', touched, { ...detail, rule });
      throw fault(code);
    };
    if (found?.seen !== true || found.caseId === null) return refused('ACC-1', 'not-found');
    const questionnaire = this.questionnaires.all.find(
      (each) => canonicalOf(each) === found.form.questionnaire,
    );
    // What it asks is gone from the hub, so nobody can say whether it is signed.
    if (questionnaire === undefined) return refused('VIEW-7', 'not-signed');
    const step = signedStep(questionnaire);
    const signatures =
      step === undefined
        ? []
        : await findSignatures(this.database, this.kinds, access, found.caseId, step, shown);
    if (signatures === undefined) return refused('VIEW-7', 'not-signed');
    await this.trail.record(access, operation, 'success', touched, detail);
    const now = this.clock.now().toISOString();
    return new FhirAnswer(
      200,
      await this.#pdf(printedForm(found.form, found.patient, questionnaire.title, now, signatures)),
    );
  }

  async #pdf(document: Parameters<Printer['print']>[0]): Promise<Binary> {
    try {
      const bytes = await this.#printer.print(document);
      return { resourceType: 'Binary', contentType: 'application/pdf', data: bytes.toString('base64') };
    } catch (error) {
      throw error instanceof ThreadFailure ? fault('printing-busy') : error;
    }
  }
}

/** The step of the case that a form is, if sides sign their parts of it. */
const signedStep = (questionnaire: Questionnaire): string | undefined =>
  questionnaire.sections.some(({ part }) => part !== undefined) ? documentOf(questionnaire) : undefined;
