import type { Reporter, TestModule } from 'vitest/node';

/** Says at the end of a run, in words one cannot overlook, what was skipped and why. */
export default class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    const missing = Map.groupBy(skipped, (one) => one.meta().missing);
    for (const [why, parts] of missing) {
      if (!why) continue;
      const names = parts.map((part) => `  ${part.module.relativeModuleId}: ${part.fullName}`);
      const count = parts.length === 1 ? '1 part of the tests' : `${parts.length} parts of the tests`;
      console.error(`\nSKIPPED ${count}: ${why}\n${names.join('\n')}`);
    }
  }
}
