import { demoEmail, demoPeople } from '../../domain/demo/people.ts';
import * as content from '../../store/demo/content.ts';
import { type DemoProgress, daysBefore, idByName } from './filling.ts';

/** Makes everybody, with whom they report to. */
export async function fillPeople({
  tx,
  now,
}: Pick<DemoProgress, 'tx' | 'now'>): Promise<Map<string, number>> {
  const createdAt = daysBefore(now, 120);
  const ids = await content.addPeople(
    tx,
    demoPeople.map(({ name, side, jobTitle, department, language, isOrganiser, hasLeft }) => ({
      name,
      email: demoEmail(name),
      side,
      jobTitle,
      department,
      language,
      isOrganiser: isOrganiser ?? false,
      disabledAt: hasLeft ? daysBefore(now, 20) : null,
      createdAt,
      updatedAt: createdAt,
    })),
  );
  const pairs = demoPeople.flatMap(({ name, manager }) =>
    manager ? [{ personId: idByName(ids, name), managerId: idByName(ids, manager) }] : [],
  );
  await content.setManagers(tx, pairs);
  return ids;
}
