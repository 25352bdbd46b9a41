import { pageOfSide } from '../../actions/offers/offers.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import type { OfferSide } from '../../domain/offers/offers.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rounds from '../../store/offers/rounds.ts';
import { qrPicture } from '../../web/qr.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';

/** Collects a poster of one page: what it is, until when, and a code that opens the page. */
export async function posterData({ ctx, words }: SignedInVisit, side: OfferSide) {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const round = orNotFound(await rounds.find(ctx.db, programme.id, side), 'page');
  const address = `${ctx.baseUrl}${pageOfSide(side)}`;
  const short = address.replace(/^https?:\/\//, '');
  return {
    title: words.t('Poster'),
    organisation: programme.organisation,
    programme: programme.name,
    side,
    short,
    qr: qrPicture(address, words.t('QR code to {address}', { address: short })),
    closesOn: formatNearDay(round.closesOn, localeOf(words)),
  };
}
