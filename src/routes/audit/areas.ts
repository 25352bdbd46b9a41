import type { FastifyRequest } from 'fastify';
import type { Words } from '../../words.ts';

const areas = ({ t }: Words): Record<string, string> => ({
  events: t('Events'),
  formats: t('E-mail wording'),
  mailbox: t('E-mails'),
  people: t('People'),
  settings: t('Settings'),
  teams: t('Teams'),
  trends: t('Trends'),
});

/** The part of the site that a route belongs to, in words; nothing of the address itself. */
export function areaOf(words: Words, request: FastifyRequest): string {
  const { t } = words;
  const [, first = ''] = (request.routeOptions.url ?? '').split('/');
  return areas(words)[first] ?? t('Organisers’ pages');
}
