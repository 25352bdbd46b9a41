#!/usr/bin/env node
// The command `flipside` where the machine's own Node is too old: the one that came as a package runs the program.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../src/cli/flipside.ts', import.meta.url));
const isNew = Number(process.versions.node.split('.')[0]) >= 26;

/** The Node of the package `node`, or this one where it is not installed. */
function packagedNode() {
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve('node/package.json'));
    return path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return process.execPath;
  }
}

if (isNew) {
  const { flipside } = await import(new URL('../src/cli/flipside.ts', import.meta.url).href);
  process.exitCode = await flipside(process.argv.slice(2));
} else {
  const child = spawn(packagedNode(), [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; the program decides when to end.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
