// A guest's browser, as far as it asks and wonders without a name: the one place of the audit that knows the wire.
import { createHash, randomBytes } from 'node:crypto';
import { load } from 'cheerio';
import { publishDueQuestions } from '../../src/jobs/publish-questions.ts';
import type { Answer, Browser } from '../support/browser.ts';
import { type HandSlip, slipsFor } from '../support/nameless/slips.ts';
import type { World } from '../support/world.ts';

/** One browser of one guest. */
export interface Hand {
  person: { id: number };
  base: string;
  browser: Browser;
  /** The secret of the personal link, where the browser holds no session. */
  link: string | undefined;
  ask: HandSlip[];
  vote: HandSlip | undefined;
  /** Counts this person as a voter; sent with every vote until it is known to be spent. */
  counter: HandSlip | undefined;
  /** Questions asked, with the secret by which each is found again; oldest first. */
  asked: { secret: Buffer; text: string }[];
}

export interface Shown {
  /** The question's key in addresses. */
  id: string;
  text: string;
  votes: number;
}

/** Target of the audit: the program itself, or a stand-in that was weakened on purpose. */
export interface Nameless {
  draw(event: number, hand: Hand): Promise<void>;
  /** False where it was refused. Gives the hash of the slip that was spent. */
  ask(event: number, hand: Hand, text: string, ticked: boolean): Promise<{ taken: boolean; slip: string }>;
  wonder(event: number, hand: Hand, question: string): Promise<boolean>;
  edit(hand: Hand, text: string): Promise<boolean>;
  withdraw(hand: Hand): Promise<boolean>;
  /** Five minutes of the clock have gone by. */
  tick(): Promise<void>;
  /** All questions anyone may read, with how many wonder. */
  wall(slug: string): Promise<Shown[]>;
}

const base64 = (bytes: Buffer) => bytes.toString('base64url');
const sha256 = (...parts: (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** The program, spoken to over HTTP. */
export function overTheWire(world: World): Nameless {
  const headers = {
    host: new URL(world.ctx.baseUrl).host,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
  };
  const anonymous = async (url: string, payload: object): Promise<Answer> =>
    world.app.inject({ method: 'POST', url: `/anon/${url}`, headers, payload });

  return {
    async draw(event, hand) {
      const { ask, vote, counter } = await slipsFor(world.ctx, { id: event }, hand.person);
      Object.assign(hand, { ask, vote: vote[0], counter: counter[0] });
    },
    async ask(event, hand, text, ticked) {
      const slip = hand.ask.shift();
      if (!slip) return { taken: false, slip: '' };
      const secret = randomBytes(16);
      const edit = base64(sha256('edit', secret));
      const about = { event, first: slip.first, text, topic: null, edit, alone: ticked, waits: false };
      const { statusCode } = await anonymous('questions', { ...about, ...wire(slip) });
      if (statusCode === 200) hand.asked.push({ secret, text });
      else hand.ask.unshift(slip);
      return { taken: statusCode === 200, slip: sha256(slip.message).toString('hex') };
    },
    async wonder(event, hand, id) {
      if (!hand.vote) return false;
      const about = {
        event,
        question: /^\d+$/.test(id) ? Number(id) : id,
        on: true,
        waits: false,
        ...wire(hand.vote),
      };
      const counter = hand.counter && { counter: wire(hand.counter) };
      const answer = await anonymous('votes', { ...about, ...counter });
      if (answer.statusCode !== 409 || answer.json().field !== 'counter') return answer.statusCode === 200;
      hand.counter = undefined;
      return (await anonymous('votes', about)).statusCode === 200;
    },
    edit: async (hand, text) =>
      (await anonymous('mine/words', { secret: base64(hand.asked.at(-1)!.secret), text, waits: false }))
        .statusCode === 200,
    withdraw: async (hand) =>
      (await anonymous('mine/withdrawal', { secret: base64(hand.asked.pop()!.secret), waits: false }))
        .statusCode === 200,
    tick: () => publishDueQuestions(world.ctx),
    async wall(slug) {
      const shown: Shown[] = [];
      for (let page = 1; ; page++) {
        const answer = await world.get(`/e/${slug}/questions?page=${page}`, { as: world.organiser });
        shown.push(...shownOn(answer));
        if (!answer.body.includes('rel="next"')) return shown;
      }
    },
  };
}

const wire = ({ message, signature }: HandSlip) => ({
  message: base64(message),
  signature: base64(signature),
});

function shownOn(answer: Answer): Shown[] {
  const page = load(answer.body);
  return page('li.q')
    .toArray()
    .map((one) => {
      const question = page(one);
      const id = question.attr('id')!.replace('question-', '');
      return { id, text: question.find('.text').text(), votes: Number(question.find('.vote b').text() || 0) };
    });
}
