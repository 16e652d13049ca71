/** A command beside the hub asks for what a hub makes at its first start, and none has. */
export class NoHubYet extends Error {
  override readonly name = 'NoHubYet';
  constructor(dataDirectory: string) {
    super(`no hub has run on ${dataDirectory} yet: start one (npm start), or name its DATA_DIRECTORY`);
  }
}
