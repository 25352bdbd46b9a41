import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';

export interface Program {
  child: ChildProcess;
  lines: string[];
  /** The first line that begins like this, also one that was there before. */
  says(beginning: string): Promise<string>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Runs a program of this folder in a process of its own; `before` is put in front of the command. */
export function run(
  name: string,
  parameters: string[],
  before: string[] = [],
  env: NodeJS.ProcessEnv = {},
): Program {
  const command = [...before, process.execPath, path.join(import.meta.dirname, name), ...parameters];
  const child = spawn(command[0]!, command.slice(1), {
    env: { ...process.env, BASE_URL: '', ...env }, // the test runner sets one of its own
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  readline.createInterface({ input: child.stdout! }).on('line', (line) => {
    lines.push(line);
    tell();
  });
  const ended = new Promise<Awaited<Program['ended']>>((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal });
      tell();
    });
  });
  return { child, lines, ended, says };

  function says(beginning: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = lines.find((one) => one.startsWith(beginning));
        if (line !== undefined) resolve(line);
        else if (child.exitCode !== null || child.signalCode !== null) {
          reject(new Error(`${name} ended and never said ${beginning}, but:\n${lines.join('\n')}`));
        }
      };
      listeners.add(look);
      look();
    });
  }
}
