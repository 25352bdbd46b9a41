// Findings of a soak, in lines to be read.
import type { Outcome } from './run.ts';

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

/** True where nothing acknowledged was lost or doubled, every rule held and no answer was a mistake. */
export function isWell({ verdict, ledger }: Outcome): boolean {
  return [verdict.lost, verdict.doubled, verdict.broken, ledger.wrong].every((list) => list.length === 0);
}

export function reportOf(title: string, outcome: Outcome): string {
  const { ledger, verdict, faults, memory, seconds } = outcome;
  const kinds = Map.groupBy(faults, ({ kind }) => kind);
  const quiet = ledger.slowest;
  return [
    '',
    `${title}: ${Math.round(seconds / 6) / 10} minutes, ${faults.length} faults`,
    `  ${[...kinds].map(([kind, list]) => `${list.length} × ${kind}`).join(', ')}`,
    '',
    `  ${'pressed'.padEnd(28)}acknowledged  not done  unsure`,
    ...[...ledger.counts]
      .toSorted()
      .map(
        ([what, one]) =>
          `  ${what.padEnd(28)}${pad(one.done, 12)}${pad(one['not done'], 10)}${pad(one.unsure, 8)}`,
      ),
    '',
    `  e-mails written ${verdict.letters}, of those sent again after a fault ${verdict.sentAgain}; questions without a name that browsers sent again ${verdict.askedAgain}`,
    `  lost ${verdict.lost.length}, doubled ${verdict.doubled.length}, rules broken ${verdict.broken.length}, wrong answers ${ledger.wrong.length}`,
    `  slowest page ${Math.round(quiet.quiet.ms)} ms (${quiet.quiet.page || 'none'}); during a fault ${Math.round(quiet.fault.ms)} ms (${quiet.fault.page || 'none'})`,
    `  memory at the beginning ${megabytes(memory.begin)}, at the end ${megabytes(memory.end)}, at most ${megabytes(memory.most)}`,
    ...listed('LOST', verdict.lost),
    ...listed('DOUBLED', verdict.doubled),
    ...listed('BROKEN', verdict.broken),
    ...listed('WRONG', ledger.wrong),
    `  ${isWell(outcome) ? 'All is well.' : 'FAILED'}`,
  ].join('\n');
}

const pad = (count: number, width: number) => String(count).padStart(width);

const listed = (word: string, list: string[]) => [
  ...list.slice(0, 12).map((one) => `  ${word}  ${one}`),
  ...(list.length > 12 ? [`  ${word}  … and ${list.length - 12} more`] : []),
];
