import { z } from 'zod';
import * as acts from '../../actions/offers/offers.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { longestOffer, mostTopics, type OfferSide, takesOffers } from '../../domain/offers/offers.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as offers from '../../store/offers/offers.ts';
import * as rounds from '../../store/offers/rounds.ts';
import * as people from '../../store/people/people.ts';
import { formKeyField, messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { formKeyIn, noFields, noMistakes, submit } from '../../web/submit.ts';
import type { Answer, Pages, Visit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { emailField } from '../people/form.ts';
import { keepBrowser } from '../sign-in/browser.ts';
import { offerFields, topicBoxes } from './offer-form.ts';
import { timeChoices } from './offer-words.ts';

/** Registers the open pages on which people put themselves forward, one for each side. */
export function joinInRoutes(at: Pages): void {
  for (const side of ['talent', 'senior'] as const) {
    at.get(acts.pageOfSide(side), 'anyone', (visit) => show(visit, side));
    at.post(acts.pageOfSide(side), 'anyone', (visit) => send(visit, side));
  }
  at.get('/join-in/sent', 'anyone', (visit) => showSent(visit));
  at.post('/join-in/sent', 'anyone', sendAgain);
}

const sendForm = z.object({
  ...offerFields,
  email: emailField.prefault(''),
  consent: z.literal('on', { error: 'Tick the box, so that the organisers may keep and read this.' }),
  formKey: formKeyField,
});

async function show(visit: Visit, side: OfferSide, mistakes = noMistakes): Promise<Answer> {
  const { ctx, words } = visit;
  const { t } = words;
  keepBrowser(visit);
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const round = await rounds.find(ctx.db, programme.id, side);
  const organiser = await organiserOf(visit, round);
  const shared = {
    layout: 'guest' as const,
    organisation: programme.organisation,
    programme: programme.name,
    organiser,
    side,
  };
  if (!round || !takesOffers(round, ctx.now(), programme.timeZone))
    return page(visit, 'offers/closed', { ...shared, title: t('Offers are closed') });
  const nearDay = (day: string) => formatNearDay(day, localeOf(words));
  return page(visit, 'offers/join-in', {
    ...shared,
    title: t('Put yourself forward'),
    here: acts.pageOfSide(side),
    topics: topicBoxes(await offers.topicsToChoose(ctx.db, programme.id, mostTopics), mistakes),
    times: timeChoices(words, side),
    closesOn: nearDay(round.closesOn),
    answerBy: nearDay(round.answerBy),
    endsOn: programme.endsOn === null ? '' : formatDay(programme.endsOn, localeOf(words)),
    most: longestOffer,
    formKey: formKeyIn(mistakes),
    ...mistakes,
  });
}

/** The organiser who opened the page; else the one who has been here longest. */
async function organiserOf({ ctx }: Visit, round: rounds.Round | null) {
  const opener = round?.openedById == null ? null : await people.find(ctx.db, round.openedById);
  const found = opener?.isOrganiser && !opener.disabledAt ? opener : await people.firstOrganiser(ctx.db, 0);
  return found && { name: found.name, email: found.email };
}

/** Secret of the browser and address of the network. */
const senderOf = (visit: Visit) => ({ browser: keepBrowser(visit), address: visit.request.ip });

const send = (visit: Visit, side: OfferSide) =>
  submit(visit, sendForm, {
    act: async ({ consent: _, ...typed }) => {
      await acts.putForward(visit.ctx, senderOf(visit), side, typed);
      return '/join-in/sent';
    },
    again: (mistakes) => show(visit, side, mistakes),
    field: '',
  });

/** Says where the link went; the same for every address. */
async function showSent(visit: Visit, mistakes = noMistakes): Promise<Answer> {
  const { ctx, words } = visit;
  const sent = await acts.sentFrom(ctx, keepBrowser(visit));
  if (!sent) return '/join-in';
  const programme = orNotFound(await programmes.find(ctx.db, sent.programmeId), 'page');
  return page(visit, 'offers/sent', {
    layout: 'guest',
    title: words.t('Check your e-mail'),
    organisation: programme.organisation,
    programme: programme.name,
    email: sent.email,
    side: sent.side,
    mail: ctx.mail,
    again: acts.pageOfSide(sent.side),
    message: messageFor(visit, { again: 'We’ve sent it again.' }),
    ...mistakes,
  });
}

const sendAgain = (visit: Visit) =>
  submit(visit, noFields, {
    act: async () => {
      await acts.sendAgain(visit.ctx, senderOf(visit));
      return '/join-in/sent?said=again';
    },
    again: (mistakes) => showSent(visit, mistakes),
    field: '',
  });
