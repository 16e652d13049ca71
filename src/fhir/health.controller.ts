import { Controller, Get, Inject } from '@nestjs/common';
import { FhirAnswer } from './answer.js';
import { READINESS } from './dependencies.js';
import type { FacadeDependencies } from './dependencies.js';
import { Public } from './http/access.js';

/** Whether the process lives, and whether what it needs answers. Names of parts only. */
@Controller('health')
export class HealthController {
  constructor(@Inject(READINESS) private readonly readiness: FacadeDependencies['readiness']) {}

  @Public()
  @Get('live')
  live(): FhirAnswer {
    return json(200, { status: 'live' });
  }

  @Public()
  @Get('ready')
  async ready(): Promise<FhirAnswer> {
    const parts = await Promise.all(
      Object.entries(this.readiness).map(async ([name, check]) => {
        // A part that fails to answer is reported as not ready, which is what this endpoint is for.
        return [name, await check().catch(() => false)] as const;
      }),
    );
    const ready = parts.every(([, answers]) => answers);
    return json(ready ? 200 : 503, {
      status: ready ? 'ready' : 'not ready',
      parts: Object.fromEntries(parts),
    });
  }
}

function json(status: number, body: object): FhirAnswer {
  return new FhirAnswer(status, JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8' });
}
