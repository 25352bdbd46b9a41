import { formatPicture } from '../../domain/run-of-show/format-pictures.ts';
import { runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import type { LibraryFormat } from '../../store/run-of-show/formats.ts';
import { roomPicture } from '../../web/pictures.ts';
import type { Words } from '../../words.ts';
import { formatText } from '../run-of-show/offered.ts';

/** A format as its card shows it: picture, what happens, how long; for `events/_format-card`. */
export function formatCard(words: Words, format: LibraryFormat) {
  return {
    slug: format.slug,
    title: formatText(words, format, format.name),
    text: formatText(words, format, format.description),
    note: formatText(words, format, format.goodFor),
    picture: roomPicture(formatPicture(format.shape)),
    show: runOfShow(format.blocks),
  };
}
