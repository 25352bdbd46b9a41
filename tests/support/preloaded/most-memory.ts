// Preloaded: each process writes down at its end the most memory it has held, in kB, with that of the one that started it.
import fs from 'node:fs';
import path from 'node:path';

process.env.FIRST_PROCESS ??= String(process.pid);
const isFirst = process.env.FIRST_PROCESS === String(process.pid);

process.on('exit', () => {
  const together = process.resourceUsage().maxRSS + (isFirst ? 0 : mostOf(process.ppid));
  fs.writeFileSync(path.join(process.env.MOST_MEMORY!, String(process.pid)), String(together));
});

function mostOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
}
