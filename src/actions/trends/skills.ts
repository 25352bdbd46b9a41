// Skills of young talents, and skills that trends want.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { readSkills, skillLimits } from '../../domain/trends/skills.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as people from '../../store/people/people.ts';
import * as skills from '../../store/trends/skills.ts';
import * as trends from '../../store/trends/trends.ts';
import { refuseOutdated } from '../edition.ts';

/** A form of skills: those ticked, as words, and others as text with commas. */
export interface SkillsForm {
  ticked: readonly string[];
  others: string;
  seen?: string | undefined;
}

/** Skills as their form shows them. */
export const skillFields = (own: readonly skills.Skill[]) => ({ skills: own.map(({ word }) => word) });

/** Saves what a young talent says they can do. */
export async function saveOwnSkills(ctx: Context, personId: number, form: SkillsForm): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const person = orNotFound(await people.lockActive(tx, personId), 'person');
    if (person.side !== 'talent') throw new Refusal('not-found', 'There is no such page.');
    await save(tx, { person: personId }, person.name, form);
  });
}

/** Saves the skills of which somebody in the team of this trend is to have each. */
export async function saveWantedSkills(ctx: Context, trendId: number, form: SkillsForm): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [trend] = await trends.lock(tx, [trendId]);
    await save(tx, { trend: trendId }, orNotFound(trend, 'trend').sentence, form);
  });
}

async function save(
  tx: Tx,
  owner: skills.Owner,
  name: string,
  { ticked, others, seen }: SkillsForm,
): Promise<void> {
  refuseOutdated(name, seen, skillFields(await skills.ofOwner(tx, owner)));
  const words = readSkills([...ticked, others].join('\n'));
  const long = words.find((word) => [...word].length > skillLimits.word);
  if (long)
    throw new Refusal(
      'invalid',
      'Say “{word}” in at most 40 characters.',
      { word: [...long].slice(0, 40).join('') },
      'others',
    );
  if (words.length > skillLimits.each)
    throw new Refusal('invalid', 'That is more than 20 skills. Keep those that matter most.', {}, 'others');
  await skills.replace(tx, owner, words);
}
