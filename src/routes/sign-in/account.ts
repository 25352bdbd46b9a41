import { z } from 'zod';
import { newSecret } from '../../actions/sign-in/secrets.ts';
import { signOutEverywhere } from '../../actions/sign-in/sign-out.ts';
import { zoneGroups } from '../../domain/events/time-zones.ts';
import { isTimeZone } from '../../domain/events/wall-time.ts';
import { dayKinds } from '../../domain/letters/organiser-day.ts';
import { type NewsKind, newsKinds } from '../../domain/letters/organiser-news.ts';
import { orNotFound } from '../../refusal.ts';
import * as feedTokens from '../../store/calendar/feed-tokens.ts';
import * as people from '../../store/people/people.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import { dropCookie } from '../../web/cookies.ts';
import { messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { forgetOnBrowser, signOutForm } from '../../web/signing-out.ts';
import { type Mistakes, noFields, noMistakes, press, submit } from '../../web/submit.ts';
import { hashToken } from '../../web/tokens.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { feedLinks } from '../calendar/feed-links.ts';
import { freshCodeRoutes } from './fresh-code.ts';

const onField = z.literal('on').optional();

/** Registers the account pages: who one is here, the calendar feed, and where one is signed in. */
export function accountRoutes(at: Pages): void {
  at.get('/account', 'signed-in', show);
  at.get('/account/feed', 'signed-in', () => '/account');
  at.post('/account/feed', 'signed-in', press(noFields, makeFeed));
  at.post('/account/feed/removal', 'signed-in', press(noFields, removeFeed));
  at.post('/account/time-zone', 'signed-in', (visit) => setZone(visit));
  at.post('/account/news', 'organiser', press(newsForm, chooseNews));
  at.post('/account/sign-out', 'signed-in', press(signOutForm, signOut));
  freshCodeRoutes(at);
}

async function show(visit: SignedInVisit, feedUrl = '', { status, errors }: Mistakes = noMistakes) {
  const { ctx, viewer, words } = visit;
  const { t } = words;
  const me = orNotFound(await people.find(ctx.db, viewer.id), 'person');
  const message = messageFor(visit, {
    'feed-removed': 'The calendar feed is gone.',
    news: 'Saved. You hear of what is switched on.',
    zone: 'Saved. Times are shown in your zone too.',
  });
  return page(visit, 'sign-in/account', {
    title: t('Your account'),
    tab: 'account',
    message: feedUrl ? t('Your calendar feed is ready. Copy its address now.') : message,
    me,
    zones: zoneGroups(ctx.now()),
    status,
    errors,
    news: newsChoices(words, me),
    sessions: await sessions.countOf(ctx.db, me.id, ctx.now()),
    feedUrl,
    links: feedLinks(feedUrl),
  });
}

/**
 * The new address is shown in this one answer and never again: only its hash is kept. So no redirect follows, as it
 * would have to carry the secret.
 */
async function makeFeed(visit: SignedInVisit) {
  const { ctx, viewer } = visit;
  const token = newSecret(ctx, 20);
  await feedTokens.replace(ctx.db, viewer.id, hashToken(token));
  return show(visit, `${ctx.baseUrl}/feed/${token}.ics`);
}

const zoneForm = z.object({
  zone: z
    .string()
    .max(60)
    .refine((zone) => zone === '' || isTimeZone(zone), 'Choose a time zone from the list.'),
});

const setZone = (visit: SignedInVisit) =>
  submit(visit, zoneForm, {
    act: async ({ zone }) => {
      await people.setTimeZone(visit.ctx.db, visit.viewer.id, zone);
      return '/account?said=zone';
    },
    again: (mistakes) => show(visit, '', mistakes),
    field: 'zone',
  });

async function removeFeed({ ctx, viewer }: SignedInVisit) {
  await feedTokens.replace(ctx.db, viewer.id, null);
  return '/account?said=feed-removed';
}

const newsWords = ({ t }: Words): Record<NewsKind, string> => ({
  'late-no': t('Someone with a seat can’t come, within 48 hours of the event'),
  'filled-up': t('Every seat is taken'),
  'quorum-lost': t('Too few are coming after you said that it goes ahead'),
  'host-left': t('A host can’t come'),
  'day-answers': t('Answers'),
  'day-seats': t('Substitutes, seats given back, and who moved up'),
  'day-stops': t('People who want no more invitations'),
  'day-offers': t('People who put themselves forward'),
  'day-mail': t('Mail that was put aside'),
});

function newsChoices(words: Words, { newsOff }: people.Person) {
  const labels = newsWords(words);
  const choice = (kind: NewsKind) => ({ kind, label: labels[kind], isOn: !newsOff.includes(kind) });
  return { atOnce: newsKinds.map(choice), byDay: dayKinds.map(choice) };
}

const newsForm = z.object({
  'late-no': onField,
  'filled-up': onField,
  'quorum-lost': onField,
  'host-left': onField,
  'day-answers': onField,
  'day-seats': onField,
  'day-stops': onField,
  'day-offers': onField,
  'day-mail': onField,
});

async function chooseNews({ ctx, viewer }: SignedInVisit, values: z.output<typeof newsForm>) {
  await people.setNewsOff(
    ctx.db,
    viewer.id,
    [...newsKinds, ...dayKinds].filter((kind) => !values[kind]),
  );
  return '/account?said=news';
}

async function signOut({ ctx, reply, viewer }: SignedInVisit, values: z.output<typeof signOutForm>) {
  await signOutEverywhere(ctx, viewer.id);
  forgetOnBrowser(reply, values);
  dropCookie(reply, 'sid', ctx.baseUrl);
  return '/sign-in?said=signed-out-everywhere';
}
