import type { FastifyRequest } from 'fastify';
import { english } from '../../words.ts';

const { t } = english;

const areas = (): Record<string, string> => ({
  events: t('Events'),
  formats: t('E-mail wording'),
  mailbox: t('E-mails'),
  people: t('People'),
  settings: t('Settings'),
  teams: t('Teams'),
  trends: t('Trends'),
});

/** The part of the site that a route belongs to, in words; nothing of the address itself. */
export function areaOf(request: FastifyRequest): string {
  const [, first = ''] = (request.routeOptions.url ?? '').split('/');
  return areas()[first] ?? t('Organisers’ pages');
}
