import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { demoDates } from '../../domain/demo/dates.ts';
import { demoProgramme } from '../../domain/demo/events.ts';
import { demoOrganiser } from '../../domain/demo/people.ts';
import { Refusal } from '../../refusal.ts';
import * as demoRows from '../../store/demo/rows.ts';
import * as programmes from '../../store/events/programmes.ts';
import { recordAutumn, recordWinter } from './answers.ts';
import { fillAutumn, fillHeatOnSite, fillWinter } from './events.ts';
import { type DemoProgress, daysBefore, idByName, type WriteLetter } from './filling.ts';
import { keepLetters } from './letters.ts';
import { askWithoutNames } from './nameless.ts';
import { fillPeople } from './people.ts';
import { askAutumn, askWinter } from './questions.ts';
import { fillTeams, fillTrends } from './trends.ts';

export type { WriteLetter } from './filling.ts';
export { eventsAtStake, type Removal, removeDemo } from './removal.ts';

/**
 * Fills an empty database with the demo programme, around now, in one transaction. Nothing is sent: its letters are of the
 * past, rendered by `write` and kept for the mailbox page. Throws a Refusal ('conflict') where there is anything already.
 */
export async function seedDemo(ctx: Context, write: WriteLetter): Promise<{ organiserId: number }> {
  return ctx.db.transaction(async (tx) => {
    if (!(await demoRows.lockEmpty(tx))) {
      throw new Refusal(
        'conflict',
        'There is something in this database already, so the demo programme was not added. It needs an empty one.',
      );
    }
    const organiserId = await fill(ctx, tx, write);
    await demoRows.registerAll(tx);
    return { organiserId };
  });
}

async function fill(ctx: Context, tx: Tx, write: WriteLetter): Promise<number> {
  const now = ctx.now();
  const dates = demoDates(now, demoProgramme.timeZone);
  const { votingClosesOn } = dates;
  const programme = await programmes.add(tx, {
    ...demoProgramme,
    votingClosesOn,
    createdAt: daysBefore(now, 121),
  });
  const people = await fillPeople({ tx, now });
  const trends = await fillTrends({ tx, now, people });
  const teams = await fillTeams({ tx, now, people, trends });
  const filling: DemoProgress = { ctx, tx, now, dates, people, trends, teams };
  const autumn = await fillAutumn(filling, programme.id);
  await recordAutumn(filling, autumn);
  await askAutumn(filling, autumn);
  const winter = await fillWinter(filling, programme.id);
  await recordWinter(filling, winter);
  await askWinter(filling, winter);
  await askWithoutNames(filling, winter);
  await fillHeatOnSite(filling, programme.id);
  await keepLetters(filling, write);
  return idByName(people, demoOrganiser.name);
}
