import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { PUBLIC } from './access.js';
import { Authentication } from './authentication.js';

/** Lets a request in when somebody could be established, or the route is public. Everything else is denied. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    @Inject(Authentication) private readonly authentication: Authentication,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [execution.getHandler(), execution.getClass()]))
      return true;
    await this.authentication.establish(execution.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}
