import type { Format } from '../../domain/run-of-show/built-in-formats.ts';
import { formatPicture } from '../../domain/run-of-show/format-pictures.ts';
import { runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import { roomPicture } from '../../web/pictures.ts';
import type { Words } from '../../words.ts';

/** A format as its card shows it: picture, what happens, how long; for `events/_format-card`. */
export function formatCard({ t }: Words, format: Format) {
  return {
    slug: format.slug,
    title: t(format.name),
    text: t(format.description),
    note: t(format.goodFor),
    picture: roomPicture(formatPicture(format.shape)),
    show: runOfShow(format.blocks),
  };
}
