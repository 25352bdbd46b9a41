import { eventsAtStake, removeDemo, seedDemo } from '../actions/demo/demo.ts';
import { type Config, readConfig } from '../config.ts';
import { openDatabase } from '../database/open.ts';
import { letterBytes } from '../mail/letter-bytes.ts';
import { contextFor, giveUp } from '../main.ts';
import { Refusal } from '../refusal.ts';
import { inWords } from '../terminal.ts';

const usage = `npm run seed                          fills an empty database with the demo programme
npm run seed -- --remove              takes exactly that away again
npm run seed -- --remove --everything also where events planned since would go with it`;

/** Fills the configured database with the demo programme, or takes it away; returns the sentence to print. */
export async function seed(config: Config, args: readonly string[]): Promise<string> {
  const remove = args.includes('--remove');
  const everything = remove && args.includes('--everything');
  const known = ['--remove', ...(remove ? ['--everything'] : [])];
  if (args.some((arg) => !known.includes(arg))) return usage;
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  try {
    await database.migrate();
    // Letters about a removal wait in the table of letters: the running site looks there each minute.
    const ctx = await contextFor(config, database, async () => {}, false);
    if (!remove) {
      await seedDemo(ctx, (letter) => letterBytes(config.mailFrom, letter, ctx.words));
      return 'The demo programme is in. Sign in as ida.nordby@halden.example, its organiser.';
    }
    const gone = everything ? await eventsAtStake(ctx.db) : [];
    await removeDemo(ctx, { withOwnEvents: everything });
    return `The demo programme is gone.${gone.length > 0 ? ` So is what was planned in it: ${gone.join(', ')}.` : ''}`;
  } finally {
    await database.close();
  }
}

if (import.meta.main) {
  try {
    console.log(await seed(readConfig(process.env), process.argv.slice(2)));
  } catch (error) {
    if (!(error instanceof Refusal)) giveUp(error);
    console.error(inWords(error));
    if (error.params.events) console.error('To take them away too: npm run seed -- --remove --everything');
    process.exitCode = 1;
  }
}
