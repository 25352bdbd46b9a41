import fs from 'node:fs';
import path from 'node:path';
import type { AnswerOf, Engine } from '../../planning/engines.ts';
import type { TablesAnswer } from '../../planning/tables/answer.ts';
import type { TablesWishes } from '../../planning/tables/wishes.ts';
import { answerToCsv } from './answers-csv.ts';
import type { Options } from './options.ts';
import type { Asked } from './read-wishes.ts';
import { seatsToCsv } from './seats-csv.ts';
import { InputError } from './wrong.ts';

const isCsv = (file: string) => /\.csv$/i.test(file);

/** Throws a Wrong where the answer could not be written down: said before it is searched for. */
export function canWrite({ out }: Options): void {
  if (out === undefined) return;
  const folder = path.dirname(out);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError([`There is no folder ${folder}.`]);
  if (fs.statSync(out, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError([`${out} is a folder.`]);
}

/** Writes the answer where the options say, as CSV where the file is called so; gives a line that says where. */
export function writeAnswer(
  { out }: Options,
  { engine, wishes, file }: Asked,
  answer: AnswerOf<Engine> & { seconds: number },
): string | undefined {
  const json = `${JSON.stringify(answer, undefined, 2)}\n`;
  if (out === undefined) {
    process.stdout.write(json);
    return undefined;
  }
  const asList = () =>
    engine === 'tables'
      ? seatsToCsv(wishes as TablesWishes, answer as TablesAnswer, file)
      : answerToCsv(engine, wishes, answer, file);
  const text = isCsv(out) ? asList() : json;
  try {
    fs.writeFileSync(out, text);
  } catch (error) {
    throw new InputError([`${out} cannot be written (${(error as NodeJS.ErrnoException).code}).`]);
  }
  return `${out} has the answer.`;
}
