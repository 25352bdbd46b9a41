import v8 from 'node:v8';
import vm from 'node:vm';

/**
 * Gives back what loading took, about 120 MB: each of drizzle's modules makes Node read its package.json of
 * 180 kB again, and V8 keeps the room. Once, after the start; it takes about 50 ms.
 */
export function releaseMemory(): void {
  v8.setFlagsFromString('--expose-gc');
  const collect: NodeJS.GCFunction = vm.runInNewContext('gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
