import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { renderLetter } from '../../../src/mail/letter.ts';
import { messageBytes } from '../../../src/mail/message.ts';
import { needs } from '../../support/needs.ts';
import { english } from '../../support/words.ts';
import { letters } from '../letters-on-the-desk.ts';

// what Python's mail reader finds in a letter, and python-icalendar in its calendar

const read = `
import base64, email, email.policy, icalendar, json, sys
found = []
for text in json.load(sys.stdin):
    message = email.message_from_bytes(base64.b64decode(text), policy=email.policy.default)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    calendars = [part for part in leaves if part.get_content_type() in ('text/calendar', 'application/ics')]
    inside = [part.get_payload(decode=True) for part in calendars]
    method = calendars[0].get_param('method') if calendars else None
    said = icalendar.Calendar.from_ical(inside[0]).get('METHOD') if calendars else None
    found.append({
        'types': [part.get_content_type() for part in leaves],
        'same': len(set(inside)) == 1 if inside else None,
        'method': method, 'said': said and str(said),
        'to': [str(address.addr_spec) for address in message['to'].addresses], 'cc': message['cc'], 'bcc': message['bcc'],
        'from': message['from'].addresses[0].addr_spec,
        'defects': [str(defect) for part in message.walk() for defect in part.defects],
    })
print(json.dumps(found))
`;

interface Found {
  types: string[];
  same: boolean | null;
  method: string | null;
  said: string | null;
}

needs('python-icalendar')('Python’s mail reader', () => {
  const to = { name: 'Margareta Lindqvist', email: 'margareta@halden.example' };
  const from = { name: 'Ida Nordby', email: 'invitations@flipside.example' };
  const date = Temporal.Instant.from('2026-11-22T09:00:00Z');

  test('C1, C2, C3 and C4: finds one reader, the three alternatives and the file, the method, and the same calendar twice', async () => {
    const messages: string[] = [];
    for (const facts of letters) {
      const letter = renderLetter(facts, to, english);
      const bytes = await messageBytes(letter, { messageId: '<a@flipside.example>', date, from, to });
      messages.push(bytes.toString('base64'));
    }
    const found: Found[] = JSON.parse(
      execFileSync('/usr/bin/python3', ['-c', read], { input: JSON.stringify(messages), encoding: 'utf8' }),
    );
    expect(found).toHaveLength(letters.length);
    for (const [index, one] of found.entries()) {
      const method = renderLetter(letters[index]!, to, english).calendar?.method ?? null;
      const plain = ['text/plain', 'text/html'];
      expect([letters[index]!.kind, one]).toEqual([
        letters[index]!.kind,
        {
          types: method ? [...plain, 'text/calendar', 'application/ics'] : plain,
          same: method ? true : null,
          method,
          said: method,
          to: [to.email],
          cc: null,
          bcc: null,
          from: from.email,
          defects: [],
        },
      ]);
    }
  });
});
