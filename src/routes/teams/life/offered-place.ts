import { askOfLink, leavePlace, takePlace } from '../../../actions/teams/place-asks.ts';
import { formatDay, wallTimeOf } from '../../../domain/events/wall-time.ts';
import { greetingName } from '../../../domain/people/names.ts';
import { page } from '../../../web/pages.ts';
import { noFields, noMistakes, submit } from '../../../web/submit.ts';
import type { Answer, Pages, Visit } from '../../../web/visit.ts';
import { localeOf } from '../../../words.ts';

/** Registers the link at which a person of the reserve list takes a place in a team; opening it changes nothing. */
export function offeredPlaceRoutes(at: Pages): void {
  at.get('/place/:token', 'link', (visit) => show(visit));
  at.post('/place/:token/acceptance', 'link', (visit) => pressed(visit, takePlace));
  at.post('/place/:token/refusal', 'link', (visit) => pressed(visit, leavePlace));
}

const tokenOf = ({ request }: Visit) => (request.params as { token: string }).token;

async function show(visit: Visit, mistakes = noMistakes): Promise<Answer> {
  const { ctx, words } = visit;
  const { t } = words;
  const { ask, offer, programme, team } = await askOfLink(ctx, tokenOf(visit));
  const by = wallTimeOf(ask.answerBy, programme.timeZone);
  const titles = {
    asked: t('A place is free for you'),
    yes: t('You’re in'),
    no: t('Thanks for letting us know'),
  };
  return page(visit, 'offers/place', {
    layout: 'guest' as const,
    organisation: programme.organisation,
    programme: programme.name,
    title: titles[ask.state as keyof typeof titles],
    here: `/place/${tokenOf(visit)}`,
    state: ask.state,
    name: greetingName(offer.name),
    email: offer.email,
    trend: team?.trend ?? '',
    members: team?.memberIds.length ?? 0,
    until: t('{day}, {time}', { day: formatDay(by, localeOf(words)), time: by.slice(11) }),
    ...mistakes,
  });
}

const pressed = (visit: Visit, act: typeof takePlace) =>
  submit(visit, noFields, {
    act: async () => {
      await act(visit.ctx, tokenOf(visit));
      return `/place/${tokenOf(visit)}`;
    },
    again: (mistakes) => show(visit, mistakes),
    field: '',
  });
