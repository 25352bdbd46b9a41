import { sql } from 'drizzle-orm';
import { sealedBytes } from '../../src/actions/letters/kept-bytes.ts';
import { withLinks } from '../../src/actions/letters/links.ts';
import { letterBytes } from '../../src/mail/letter-bytes.ts';
import * as letters from '../../src/store/letters/letters.ts';
import type { WithEvents } from './filled.ts';

/** One in so many, the newest, is written out; the words of older ones are deleted after a time. */
const writtenOneIn = 10;

/** Letters went out or were kept; each tells its recipient's name, and the newest are drawn with the bytes of one. */
export async function writeLetters({ ctx, large }: WithEvents): Promise<void> {
  await ctx.db.execute(sql`
    UPDATE letters SET recipient_name = p.name, recipient_email = p.email, subject = 'Winter round: an invitation',
      state = CASE letters.state WHEN 'waiting' THEN 'kept' ELSE letters.state END, sent_at = letters.created_at
    FROM people p WHERE p.id = letters.person_id`);
  const [row] = await ctx.db.execute<{ id: number }>(
    sql`SELECT id FROM letters WHERE event_id = ${large.id} LIMIT 1`,
  );
  const letter = (await letters.find(ctx.db, row!.id))!;
  const { bytes } = await letterBytes(ctx.mail.from, withLinks(ctx, letter), ctx.words);
  const sealed = sealedBytes(ctx, letter.id, bytes);
  await ctx.db.execute(sql`
    UPDATE letters SET bytes = decode(${sealed.toString('hex')}, 'hex')
    WHERE id IN (SELECT id FROM letters ORDER BY created_at DESC, id LIMIT (SELECT count(*) / ${writtenOneIn}::int FROM letters))`);
}
