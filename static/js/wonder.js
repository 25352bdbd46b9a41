// "I wonder too" by the one ballot of this browser, once it has it. What waits to be counted shows here at once.
import { namelessly } from './secrets.js';
import { isOld } from './waiting.js';

const status = document.getElementById('status');
const buttons = () => [...document.querySelectorAll('[data-vote]')];
const words = () => document.querySelector('[data-ballot]')?.dataset ?? {};

let voted = {};

/* ---- Display ---- */

/** This browser's part of a number that the server does not know yet. */
function ownOf({ on, isCounted }) {
  if (on) return isCounted ? 0 : 1;
  return isCounted ? -1 : 0;
}

/** Adds one's own part to the number on a button; where the page has written another number since, to that one. */
function draw(button) {
  const vote = voted[button.dataset.vote];
  button.removeAttribute('aria-disabled');
  button.setAttribute('aria-pressed', String(vote?.on ?? false));
  const number = button.querySelector('b');
  if (!number) return;
  const { shown, own = 0 } = button.dataset;
  const isOurs = shown !== undefined && number.textContent === shown;
  const total = Number(number.textContent) - (isOurs ? Number(own) : 0);
  const mine = vote ? ownOf(vote) : 0;
  number.textContent = String(total + mine);
  Object.assign(button.dataset, { shown: number.textContent, own: mine });
}

function drawAll() {
  for (const button of buttons()) draw(button);
  const said = document.querySelector('[data-ballot]');
  if (said) said.hidden = false;
}

/* ---- Voting ---- */

const questionOf = (id) => (/^\d{1,10}$/.test(id) ? Number(id) : id);

/** Sends one vote, with the slip that counts the voter for as long as it has not counted. */
async function send({ place, kept }, id, { on, waits }) {
  const { counter = [] } = (await place.shelf.read()) ?? {};
  const vote = { event: place.event, ...kept.vote[0], question: questionOf(id), on, waits };
  const answer = await namelessly('/anon/votes', { ...vote, ...(counter[0] && { counter: counter[0] }) });
  if (answer.said.field !== 'counter') return answer;
  await place.shelf.change((now) => {
    now.counter = [];
  });
  return namelessly('/anon/votes', vote);
}

/** Keeps one vote with what is known of it; null forgets it. */
async function keep({ place }, id, vote) {
  await place.shelf.change((kept) => {
    if (vote === null) delete kept.voted[id];
    else kept.voted[id] = { ...kept.voted[id], ...vote };
    voted = kept.voted;
  });
}

async function cast(button, has) {
  const id = button.dataset.vote;
  const on = !voted[id]?.on;
  // Where the wall says that votes wait for each other, one does, whenever it is sent.
  const waits = 'waits' in words();
  const { ok, status: code, said } = await send(has, id, { on, waits });
  if (!ok && code !== 503) {
    status.textContent = said.sentence ?? status.dataset.away;
    return;
  }
  const isCounted = said.state === 'counted' ? on : (voted[id]?.isCounted ?? false);
  await keep(has, id, { on, at: ok ? Date.now() : 0, isCounted, waits });
  // On the evening the page hears of the new total by itself, before or after this.
  if (said.state === 'counted') addNow(button, on);
  draw(button);
  const yes = said.state === 'counted' ? words().counted : words().noted;
  status.textContent = on ? yes : words().takenBack;
}

function addNow(button, on) {
  const number = button.querySelector('b');
  if (number && number.textContent === button.dataset.pressedAt)
    number.textContent = String(Number(number.textContent) + (on ? 1 : -1));
}

/* ---- At each look: what is counted by now, and what was lost ---- */

async function look(has) {
  const ids = Object.keys(voted).slice(0, 100);
  if (ids.length === 0) return;
  const values = { event: has.place.event, ...has.kept.vote[0], questions: ids.map(questionOf) };
  const { ok, said } = await namelessly('/anon/votes/mine', values);
  if (!ok) return;
  for (const id of ids) await settle(has, id, said.states[id]);
  if (ids.some((id) => said.states[id] === 'counted'))
    await has.place.shelf.change((kept) => {
      kept.counter = [];
    });
}

async function settle(has, id, state) {
  const { on, at, isCounted, waits = true } = voted[id];
  if (!on && state === 'none') return keep(has, id, null);
  if (isCounted !== (state === 'counted')) await keep(has, id, { isCounted: state === 'counted' });
  const isLost = on ? state === 'none' : state === 'counted';
  if (!isLost || !isOld(at)) return;
  // Noted first, so that another page does not send it as well.
  await keep(has, id, { at: Date.now() });
  const answer = await send(has, id, { on, waits });
  if (answer.status === 503) await keep(has, id, { at: 0 });
  else if (!answer.ok) await keep(has, id, on ? null : { on: true, isCounted: true });
}

/* ---- Following the wall ---- */

async function press({ target }, getReady) {
  const button = target.closest?.('[data-vote]');
  if (!button || button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  button.dataset.pressedAt = button.querySelector('b')?.textContent ?? '';
  try {
    const has = await getReady();
    if (has.kept?.vote.length > 0) await cast(button, has);
    else status.textContent = document.querySelector('[data-no-ballot]').textContent;
  } catch {
    status.textContent = status.dataset.away;
  } finally {
    button.removeAttribute('aria-busy');
  }
}

function sayThereIsNone() {
  const without = document.querySelector('[data-no-ballot]');
  if (without) without.hidden = false;
}

/** Follows the wall of this page, if there is one; `getReady` says what this browser has. */
export async function followVotes(getReady) {
  if (!document.getElementById('wall-panel')) return;
  // A press that comes before the ballot waits for it.
  document.addEventListener('click', (event) => press(event, getReady));
  const has = await getReady();
  const redraw = has.kept?.vote.length > 0 ? drawAll : sayThereIsNone;
  voted = has.kept?.voted ?? {};
  redraw();
  document.addEventListener('htmx:after:swap', redraw);
  if (redraw === sayThereIsNone) return;
  // Later than the script that writes new totals where they stand.
  document.getElementById('live')?.addEventListener('wall', () => setTimeout(drawAll));
  await look(has).catch(() => {});
  drawAll();
}
