import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Says at the end of a run, in words one cannot overlook, what was skipped and why. */
export default class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = new Map<string, number>();
    for (const module of modules) {
      for (const one of module.children.allTests('skipped')) {
        const why = missing(one);
        if (why) counts.set(why, (counts.get(why) ?? 0) + 1);
      }
    }
    for (const [why, count] of counts) {
      console.error(`\nSKIPPED ${count} ${count === 1 ? 'test' : 'tests'}: ${why}`);
    }
  }
}

function missing(one: TestCase): string | undefined {
  for (let at: TestCase['parent'] = one.parent; at.type === 'suite'; at = at.parent) {
    const why = at.meta().missing;
    if (why) return why;
  }
  return one.meta().missing;
}
