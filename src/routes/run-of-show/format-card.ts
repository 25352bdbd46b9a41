// A format as the library shows it.
import { formatDay } from '../../domain/events/wall-time.ts';
import type { Bounds } from '../../domain/run-of-show/format.ts';
import { formatPicture } from '../../domain/run-of-show/format-pictures.ts';
import { runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import type * as formats from '../../store/run-of-show/formats.ts';
import { roomPicture } from '../../web/pictures.ts';
import { localeOf, type Words } from '../../words.ts';
import { formatText } from './offered.ts';

/** How many events of a format are ahead, and how many were held. */
export interface Uses {
  ahead: number;
  held: number;
}

/** Prepares a format as the library shows it. */
export function cardOf(words: Words, format: formats.LibraryFormat, uses: Uses = { ahead: 0, held: 0 }) {
  const { slug, shape, blocks, isBuiltIn, isAsShipped, copiedFrom, createdAt, archivedAt } = format;
  const { t } = words;
  const made = createdAt?.toZonedDateTimeISO('UTC').toPlainDate().toString();
  const day = made ? formatDay(made, localeOf(words)) : '';
  return {
    ...{ slug, isBuiltIn, isAsShipped, isArchived: archivedAt !== null },
    name: formatText(words, format, format.name),
    text: formatText(words, format, format.description),
    note: formatText(words, format, format.goodFor),
    isPlannable: shape !== 'pair' && archivedAt === null,
    picture: roomPicture(formatPicture(shape)),
    show: runOfShow(blocks),
    spec: specOf(words, format),
    origin: copiedFrom ? t('Copied from {format} on {day}.', { format: copiedFrom, day }) : '',
    used: usesText(words, uses),
  };
}

/** Facts of a format: for whom, questions, and deadlines. */
function specOf(words: Words, format: formats.LibraryFormat) {
  const { t, tn } = words;
  const { seniors, talents, deadlines, sides } = format;
  const most = Math.max(seniors.most, talents.most);
  const who =
    sides === 'one'
      ? t('{least} to {most} people of one side', { least: Math.min(seniors.least, talents.least), most })
      : t('{seniors} seniors, {talents} talents', {
          seniors: rangeOf(words, seniors),
          talents: rangeOf(words, talents),
        });
  const before = (days: number) => tn(days, '{n} day before', '{n} days before');
  return [
    { label: t('Who'), text: who },
    { label: t('Questions'), text: formatText(words, format, format.questions.sentence) },
    { label: t('Answers close'), text: before(deadlines.answers) },
    ...(deadlines.briefs > 0 ? [{ label: t('Briefs'), text: before(deadlines.briefs) }] : []),
  ];
}

/** '10 to 60', or '1' where both are the same. */
function rangeOf({ t }: Words, { least, most }: Bounds): string {
  return least === most ? String(least) : t('{least} to {most}', { least, most });
}

/** 'Not planned here yet', '1 event planned, 3 held'. */
export function usesText({ t, tn }: Words, { ahead, held }: Uses): string {
  if (ahead + held === 0) return t('Not planned here yet');
  const planned = tn(ahead, '{n} event planned', '{n} events planned');
  if (held === 0) return planned;
  return ahead === 0
    ? tn(held, '{n} event held', '{n} events held')
    : t('{planned}, {n} held', { planned, n: held });
}
