/**
 * Who a fact comes from, as its envelope and its receipt name it: `urn:hemgang:connector:<connector>:<sender>`, where a sender may
 * have several parts. Each part is encoded and cut, so that none is ever longer than a receipt's sender may be.
 */
export function sourceUrn(connector: string, ...sender: readonly string[]): string {
  return ['urn:hemgang:connector', connector, ...sender.map(urnPart)].join(':');
}

function urnPart(name: string): string {
  return encodeURIComponent(name)
    .replaceAll(/[!'()*~]/g, (each) => `%${each.charCodeAt(0).toString(16)}`)
    .slice(0, 50);
}
