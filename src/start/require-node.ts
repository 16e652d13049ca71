const leastMajor = 24;

/**
 * An older Node starts the hub and fails at work, at the first thing it does not have.
 * @param version as `process.versions.node` says it
 * @throws Error that says which is needed
 */
export function requireNode(version: string): void {
  if (Number.parseInt(version, 10) < leastMajor)
    throw new Error(
      `Node ${leastMajor} or later is needed and this is ${version}; the packages bring one (npm start, or node_modules/.bin/node)`,
    );
}
