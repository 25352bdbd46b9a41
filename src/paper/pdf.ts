// Sheets to PDF: one kind, or all that an evening needs in one file.
import { personCards, placeCards } from './cards.ts';
import { openPaper, type Paper } from './page.ts';
import { cover, finderPages, tableCards, wallPlan } from './room.ts';
import type { PaperEvening, SheetName } from './sheets.ts';

const drawn: Record<SheetName, ((paper: Paper, evening: PaperEvening) => void)[]> = {
  'place-cards': [placeCards],
  cards: [personCards],
  tables: [tableCards],
  finder: [finderPages],
  wall: [wallPlan],
  evening: [cover, finderPages, wallPlan, tableCards, personCards, placeCards],
};

/** Cards are cut out, so no line stands at their foot but in the file of a whole evening. */
const withoutFoot: readonly SheetName[] = ['place-cards', 'cards'];

/** Draws a file of sheets. */
export async function drawPdf(sheet: SheetName, evening: PaperEvening, at: Date): Promise<Buffer> {
  const paper = openPaper({ title: `${evening.title}, ${evening.when}`, at });
  const isCut: boolean[] = [];
  let pages = 0;
  const counting: Paper = {
    ...paper,
    page: () => {
      pages += 1;
      paper.page();
    },
  };
  for (const draw of drawn[sheet]) {
    draw(counting, evening);
    const cut = draw === personCards || draw === placeCards;
    while (isCut.length < pages) isCut.push(cut);
  }
  return paper.end((page, all) =>
    withoutFoot.includes(sheet) || isCut[page - 1] ? null : `${evening.printed}  ·  ${page} / ${all}`,
  );
}
