/**
 * Whether an address names a user or a password before its host. Such an address comes into logs, error texts and lists of processes, and
 * `fetch` refuses it at the first call, long after the start.
 */
export function carriesCredentials(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username !== '' || password !== '';
}
