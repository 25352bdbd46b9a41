import { z } from 'zod';
import { seenIn } from '../../actions/edition.ts';
import * as acts from '../../actions/offers/offers.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { canChangeOffer, longestOffer, mostTopics } from '../../domain/offers/offers.ts';
import { greetingName } from '../../domain/people/names.ts';
import type { Programme } from '../../store/events/programmes.ts';
import * as offers from '../../store/offers/offers.ts';
import * as rounds from '../../store/offers/rounds.ts';
import { messageFor, seenField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noFields, noMistakes, press, savedMeanwhile, submit } from '../../web/submit.ts';
import type { Answer, Pages, Visit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { offerFields, topicBoxes } from './offer-form.ts';
import { timeChoices, timeText, topicTexts } from './offer-words.ts';

/** Registers the link of an offer: opening it changes nothing, a press confirms, changes or withdraws it. */
export function ownOfferRoutes(at: Pages): void {
  at.get('/offer/:token', 'link', show);
  at.post('/offer/:token/confirmation', 'link', press(noFields, confirm));
  at.post('/offer/:token/withdrawal', 'link', press(noFields, withdraw));
  at.get('/offer/:token/edit', 'link', (visit) => edit(visit));
  at.post('/offer/:token/edit', 'link', save);
  at.get('/join-in/withdrawn', 'anyone', showWithdrawn);
}

const tokenOf = ({ request }: Visit) => (request.params as { token: string }).token;
const addressOf = (visit: Visit) => `/offer/${tokenOf(visit)}`;

const frameOf = ({ organisation, name }: Programme) => ({
  layout: 'guest' as const,
  organisation,
  programme: name,
});

async function show(visit: Visit): Promise<Answer> {
  const { ctx, words } = visit;
  const { t } = words;
  const { offer, programme } = await acts.offerOfLink(ctx, tokenOf(visit));
  const topics = (await offers.topicsOf(ctx.db, [offer.id])).get(offer.id) ?? [];
  const round = await rounds.find(ctx.db, programme.id, offer.side);
  const titles = {
    unconfirmed: t('Is this your offer?'),
    waiting: t('Your offer'),
    accepted: t('You’re in'),
    reserve: t('You’re on the reserve list'),
    declined: t('Not this time'),
  };
  const about = topicTexts(
    words,
    topics.map(({ sentence }) => sentence),
    offer.other,
  );
  return page(visit, 'offers/own', {
    ...frameOf(programme),
    title: titles[offer.state],
    here: addressOf(visit),
    state: offer.state,
    side: offer.side,
    name: greetingName(offer.name),
    email: offer.email,
    about: [...about, timeText(words, offer.side, offer.time)].join(' · '),
    seat: seats[offer.state],
    before: offer.state === 'reserve' ? await offers.placeInLine(ctx.db, offer) : 0,
    answerBy: round ? formatNearDay(round.answerBy, localeOf(words)) : '',
    endsOn: programme.endsOn === null ? '' : formatDay(programme.endsOn, localeOf(words)),
    message: messageFor(visit, { saved: 'Saved. The organisers see it as it is now.' }),
  });
}

/** The place at the table that each state shows. */
const seats = {
  unconfirmed: 'kept',
  waiting: 'taken',
  accepted: 'taken',
  reserve: 'kept',
  declined: 'open',
} as const;

async function confirm(visit: Visit): Promise<Answer> {
  await acts.confirmOffer(visit.ctx, tokenOf(visit));
  return addressOf(visit);
}

async function withdraw(visit: Visit): Promise<Answer> {
  await acts.withdrawOffer(visit.ctx, tokenOf(visit));
  return '/join-in/withdrawn';
}

const showWithdrawn = (visit: Visit) =>
  page(visit, 'offers/withdrawn', { layout: 'guest', title: visit.words.t('Your offer is deleted') });

const editForm = z.object({ ...offerFields, seen: seenField });

async function edit(visit: Visit, mistakes = noMistakes): Promise<Answer> {
  const { ctx, words } = visit;
  const { t } = words;
  const { offer, programme } = await acts.offerOfLink(ctx, tokenOf(visit));
  if (!canChangeOffer(offer.state)) return addressOf(visit);
  const chosen = (await offers.topicsOf(ctx.db, [offer.id])).get(offer.id) ?? [];
  const open = await offers.topicsToChoose(ctx.db, programme.id, mostTopics);
  const all = [...open, ...chosen.filter(({ id }) => !open.some((one) => one.id === id))];
  const ids = chosen.map(({ id }) => id);
  const { name, jobTitle, department, why, other, time } = offer;
  const labels = {
    name: t('Your name'),
    jobTitle: t('What you do'),
    department: t('Department'),
    why: t('Why you'),
    other: t('Something else'),
  };
  return page(visit, 'offers/edit', {
    ...frameOf(programme),
    title: t('Change your offer'),
    here: addressOf(visit),
    side: offer.side,
    email: offer.email,
    topics: topicBoxes(all, mistakes, ids),
    times: timeChoices(words, offer.side),
    most: longestOffer,
    meanwhile: savedMeanwhile(mistakes, labels),
    ...mistakes,
    seen: mistakes === noMistakes ? acts.offerEdition(offer, ids) : (seenIn(mistakes) ?? ''),
    typed: mistakes === noMistakes ? { name, jobTitle, department, why, other, time } : mistakes.typed,
  });
}

const save = (visit: Visit) =>
  submit(visit, editForm, {
    act: async ({ seen, ...typed }) => {
      await acts.changeOffer(visit.ctx, tokenOf(visit), seen, typed);
      return `${addressOf(visit)}?said=saved`;
    },
    again: (mistakes) => edit(visit, mistakes),
    field: '',
  });
