import { CannotOpen, openDatabase } from '../../../src/database/open.ts';

// Opens the data folder, says so, and holds it until its input ends; or says why not.

try {
  const database = await openDatabase({ dataDir: process.argv[2]! });
  await database.migrate();
  console.log('open');
  for await (const _ of process.stdin);
  await database.close();
  console.log('closed');
} catch (error) {
  console.log(error instanceof CannotOpen ? `${error.kind}: ${error.message}` : error);
  process.exitCode = 1;
}
