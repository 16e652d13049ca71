import { codeOf, StartRefused } from '../start-refused.js';

/** The codes of the system about a file; others are those of the database that is asked meanwhile. */
const ofFiles = /^(EACCES|EEXIST|EISDIR|ELOOP|ENAMETOOLONG|ENOENT|ENOSPC|ENOTDIR|EPERM|EROFS)$/;

/** What the system says of the file of the trail's ends, by its variable; undefined for what is no fault of the system. */
export const headsRefused =
  (file: string) =>
  (error: unknown): StartRefused | undefined => {
    const code = codeOf(error);
    return code === undefined || !ofFiles.test(code)
      ? undefined
      : new StartRefused(
          'AUDIT_HEADS_FILE',
          file,
          `the ends of the trail cannot be kept there (${code})`,
          error,
        );
  };
