import { z } from 'zod';
import { changeable, changeQuestion, pointOut } from '../../actions/questions/own-question.ts';
import * as questions from '../../store/questions/questions.ts';
import { idIn } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages } from '../../web/visit.ts';
import { guestData } from '../events/page.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { questionText } from './fields.ts';
import { questionIdIn } from './wall.ts';

/** Registers changing one's own question, and pointing out another's to the facilitator. */
export function ownQuestionRoutes(at: Pages): void {
  const atBoth = atBothDoors(at);
  atBoth.get('/questions/:id/words', showWords);
  atBoth.post('/questions/:id/words', saveWords);
  atBoth.post('/questions/:id/pointing-out', press(pointingOut, pointOutIt));
}

async function showWords(visit: GuestVisit, mistakes = noMistakes) {
  const { ctx, request, guest, words } = visit;
  const found = await questions.find(ctx.db, guest.page.event.id, idIn(request));
  return page(visit, 'questions/words', {
    ...guestData(visit),
    title: words.t('Change your question'),
    question: changeable(found, guest.me.id),
    ...mistakes,
  });
}

const wordsForm = z.object({ text: questionText });

const saveWords = (visit: GuestVisit) =>
  submit(visit, wordsForm, {
    act: async ({ text }) => {
      const { ctx, request, guest } = visit;
      const questionId = idIn(request);
      const about = { eventId: guest.page.event.id, questionId, personId: guest.me.id };
      const state = await changeQuestion(ctx, about, text);
      return `${guest.base}/questions?said=${state === 'new' ? 'read' : 'changed'}&at=${questionId}#question-${questionId}`;
    },
    again: (mistakes) => showWords(visit, mistakes),
  });

/** Sent by the one form of the wall, which carries the part of the wall that is shown. */
const pointingOut = z.object({ back: z.string().max(200).default(''), named: z.literal('yes').optional() });

async function pointOutIt({ ctx, request, guest }: GuestVisit, shown: z.output<typeof pointingOut>) {
  const id = questionIdIn(request);
  await pointOut(ctx, guest.page.event.id, id);
  const back = new URLSearchParams(shown.back);
  back.set('said', 'pointed-out');
  back.set('at', String(id));
  return `${guest.base}/questions?${back}#question-${id}`;
}
