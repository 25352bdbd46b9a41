import { formatNearDay } from '../../domain/events/coming.ts';
import { endings, sizeText } from '../../domain/files/files.ts';
import * as files from '../../store/files/files.ts';
import * as research from '../../store/teams/research.ts';
import { type Mistakes, typedIn } from '../../web/submit.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';

/** Links and files of a team's work, those of one kind by age; `researchId`: null before it began. */
export async function sourcesOf(
  { ctx, words }: SignedInVisit,
  { researchId, teamId, timeZone }: { researchId: number | null; teamId: number; timeZone: string },
  mistakes: Mistakes,
) {
  const links = researchId === null ? [] : await research.links(ctx.db, researchId);
  const stored = researchId === null ? [] : await files.ofResearch(ctx.db, researchId);
  const note = ({ createdAt, addedBy }: { createdAt: Temporal.Instant; addedBy: string | null }) => {
    const date = createdAt.toZonedDateTimeISO(timeZone).toPlainDate().toString();
    const day = formatNearDay(date, localeOf(words));
    return addedBy ? words.t('{name}, {day}', { name: addedBy, day }) : day;
  };
  return {
    rows: [
      ...stored.map((file) => ({
        icon: 'page',
        href: `/teams/${teamId}/files/${file.id}`,
        removal: `/teams/${teamId}/files/${file.id}/removal`,
        text: file.name,
        note: `${note(file)}, ${sizeText(file.size)}`,
      })),
      ...links.map((link) => ({
        icon: 'link',
        href: link.url,
        removal: `/teams/${teamId}/links/${link.id}/removal`,
        text: link.title || link.url,
        note: note(link),
      })),
    ],
    fileTypes: endings.map((ending) => `.${ending}`).join(','),
    typed: typedIn(mistakes),
  };
}
