import { types } from 'node:util';

/** What keeps a process from starting, by the variable that is to be looked at. One line; no secret. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
  /** @param place the file or address that the variable stands for */
  constructor(variable: string, place: string, problem: string, cause?: unknown) {
    super(`${variable} (${place}): ${problem}`.replaceAll(/\s+/g, ' '), { cause });
  }
}

/** Does a part of the start; what it fails with is told by `refusal`, where that knows it. @throws StartRefused, or the error itself */
export async function refusing<T>(
  work: () => Promise<T>,
  refusal: (error: unknown) => StartRefused | undefined,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusal(error) ?? error;
  }
}

/** The code of the system or of PostgreSQL that an error has, or that the first of several has. */
export function codeOf(error: unknown): string | undefined {
  if (!types.isNativeError(error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  const inner: unknown = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error.cause;
  return inner === undefined ? undefined : codeOf(inner);
}

/** Starts what listens. @throws StartRefused by the variable of the port where it is taken, by that of the host where it is not ours */
export function listeningOn<T>(
  at: {
    readonly portVariable: string;
    readonly hostVariable?: string;
    readonly host: string;
    readonly port: number;
  },
  work: () => Promise<T>,
): Promise<T> {
  const { portVariable, hostVariable = portVariable, host, port } = at;
  return refusing(work, (error) => {
    const place = `${host}:${port}`;
    switch (codeOf(error)) {
      case 'EADDRINUSE':
        return new StartRefused(
          portVariable,
          place,
          'the port is taken by another program; end that one, or choose another port',
          error,
        );
      case 'EACCES':
        return new StartRefused(portVariable, place, 'this user may not listen on the port', error);
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
        return new StartRefused(hostVariable, place, 'is no address of this machine', error);
      default:
        return undefined;
    }
  });
}
