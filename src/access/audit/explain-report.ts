import { findingKinds } from './finding.js';
import type { Finding } from './finding.js';
import type { AuditReport } from './verify-audit.js';

/** What a report says, in lines for an operator. */
export function explainReport(report: AuditReport): readonly string[] {
  const { chains, groups, records, unsealedGroups, findings, acknowledged, restore } = report;
  return [
    `${chains} chains, ${groups} groups, ${records} records`,
    ...(unsealedGroups > 0
      ? [`${unsealedGroups} groups are of before seals began: their own arithmetic alone speaks for them.`]
      : []),
    ...(restore ? [restoreText(restore)] : []),
    ...findings.map(findingText),
    ...acknowledged.map((finding) => `${findingText(finding)}; noted ${notedText(finding.acknowledgement)}`),
    verdict(report),
  ];
}

function restoreText({ from, until, groups }: NonNullable<AuditReport['restore']>): string {
  return (
    `The trail ends before its last known head: everything from ${from ?? 'its beginning'} to ${until} is missing ` +
    `(${groups} groups), and nothing else. That is what a restore of the database to a point before leaves, and what a cut leaves.`
  );
}

function findingText({ kind, chain, from, to, after, until }: Finding): string {
  const where = chain === undefined ? '' : `chain ${chain}`;
  const which = from === undefined ? '' : from === to ? `, group ${from}` : `, groups ${from} to ${to}`;
  const times = [after && `after ${after}`, until && `until ${until}`].filter((part) => part !== undefined);
  const when = times.length === 0 ? '' : ` (${times.join(', ')})`;
  return `${where === '' ? '' : `${where}${which}${when}: `}${kind}: ${findingKinds[kind]}`;
}

function notedText({ by, at, reason }: { by: string; at: string; reason: string }): string {
  return `by ${by} at ${at}: ${reason}`;
}

function verdict({ findings, acknowledged, restore }: AuditReport): string {
  if (findings.length > 0) {
    const lossAlone = restore !== undefined && findings.every(({ kind }) => kind === 'lost');
    return lossAlone ? 'The trail is cut short.' : 'The trail is not as the hub wrote it.';
  }
  return acknowledged.length > 0 ? 'The trail is whole but for what was noted.' : 'The trail is whole.';
}
