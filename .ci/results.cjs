// Reads what the tests wrote about themselves, for .ci/run, on whatever Node the machine has:
//   failed FILE            the test files that failed, one a line
//   names FILE...          each test that failed, with the first lines of its reason
//   counts FOLDER NAME...  'N passed, N failed'; NAME.again.json, where it is there, replaces the files it ran
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const read = (file) => JSON.parse(readFileSync(file, 'utf8')).testResults;
const isFailed = ({ status }) => status === 'failed';
const here = (file) => path.relative(process.cwd(), file);

/** A file that could not even be read has no tests of its own and counts as one that failed. */
function countsOf({ status, assertionResults }) {
  const failed = assertionResults.filter(isFailed).length;
  const passed = assertionResults.filter((one) => one.status === 'passed').length;
  return { passed, failed: status === 'failed' ? Math.max(failed, 1) : failed };
}

function finalResults(folder, name) {
  const first = read(path.join(folder, `${name}.json`));
  const againFile = path.join(folder, `${name}.again.json`);
  const again = existsSync(againFile) ? read(againFile) : [];
  const repeated = new Set(again.map((file) => file.name));
  return [...first.filter((file) => !repeated.has(file.name)), ...again];
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

const [what, ...rest] = process.argv.slice(2);
if (what === 'failed') {
  for (const file of read(rest[0]).filter(isFailed)) print(here(file.name));
} else if (what === 'names') {
  for (const results of rest)
    for (const file of read(results).filter(isFailed)) {
      print(`${path.basename(results, '.json')}: ${here(file.name)} ${(file.message || '').slice(0, 400)}`);
      for (const { fullName, failureMessages } of file.assertionResults.filter(isFailed))
        print(
          `  ${fullName}\n    ${(failureMessages || []).join(' ').split('\n').slice(0, 6).join('\n    ').slice(0, 900)}`,
        );
    }
} else {
  const [folder, ...names] = rest;
  // A run without a result counts as one that failed.
  const all = names.map((name) => {
    try {
      return finalResults(folder, name).map(countsOf);
    } catch {
      return [{ passed: 0, failed: 1 }];
    }
  });
  const sum = (key) => all.flat().reduce((total, one) => total + one[key], 0);
  print(`${sum('passed')} passed, ${sum('failed')} failed`);
}
