// The slips of this browser: made here, signed unseen by the server, kept here until they are spent.
import { bytes, joined, namelessly, plain, random, sha256, text } from './secrets.js';
import { openShelf, tryOut } from './shelf.js';

const each = { 'ask-first': 1, ask: 3, 'vote-first': 1, vote: 1 };
/** Names of the kept slips by purpose: the one that counts its person comes before the others. */
const keptAs = { 'ask-first': 'ask', ask: 'ask', 'vote-first': 'counter', vote: 'vote' };
const asksAs = { name: 'RSA-PSS', hash: 'SHA-384' };

/** Reads what a page says about its event's slips, with the shelf on which this browser keeps them. */
async function placeOf(element) {
  const { event, shelf, was, fingerprint, to } = element.dataset;
  return {
    event: Number(event),
    fingerprint,
    to,
    token: element.querySelector('[name="_token"]').value,
    shelf: await openShelf(shelf, was),
  };
}

/** Whether this browser has what asking without a name needs: https or this very machine, and a place to keep things. */
async function isAble() {
  try {
    if (!window.isSecureContext || !navigator.locks || !crypto.subtle) return false;
    await tryOut();
    return true;
  } catch {
    return false;
  }
}

/**
 * Gets ready to send without a name: { place, kept }, or { why } it cannot: 'unable', 'none-left', 'away', or 'changed'
 * where the event shows other keys than those that these slips were signed with. Two pages at once wait for each other.
 */
export async function getReady(element) {
  if (!(await isAble())) return { why: 'unable' };
  try {
    const place = await placeOf(element);
    return await place.shelf.locked(async () => {
      const kept = await place.shelf.read();
      if (!kept) return fetchSlips(place);
      if (kept.fingerprint === place.fingerprint) return { place, kept };
      return (await isGrown(place, kept)) ? { place, kept } : { why: 'changed' };
    });
  } catch {
    return { why: 'away' };
  }
}

/**
 * Whether the set of keys is the one of before with those that count people: an event that was published before there
 * were any got them later. Its slips stay good.
 */
async function isGrown({ event, fingerprint, shelf }, kept) {
  const { ok, said } = await namelessly(`/anon/events/${event}/keys`);
  if (!ok || (await fingerprintOf(said.keys)) !== fingerprint) return false;
  const { ask, feedback, vote } = said.keys;
  if (!ask || (await fingerprintOf({ ask, feedback, vote })) !== kept.fingerprint) return false;
  kept.fingerprint = fingerprint;
  await shelf.write(kept);
  return true;
}

/** Keeps what was made until it is signed: a person who leaves the page meanwhile asks for the same batch again. */
async function fetchSlips(place) {
  const { ok, said } = await namelessly(`/anon/events/${place.event}/keys`);
  if (!ok) return { why: 'away' };
  if ((await fingerprintOf(said.keys)) !== place.fingerprint) return { why: 'changed' };
  const suite = await openSuite();
  const keys = {};
  for (const purpose of Object.keys(each))
    keys[purpose] = await crypto.subtle.importKey('spki', bytes(said.keys[purpose]), asksAs, true, [
      'verify',
    ]);
  const unsigned = `unsigned ${place.fingerprint}`;
  const made = (await place.shelf.read(unsigned)) ?? (await blindAll(suite, keys));
  await place.shelf.write(made, unsigned);
  const signed = await askForSignatures(place, made);
  if (signed.why) return signed;
  const kept = { fingerprint: place.fingerprint, ask: [], vote: [], counter: [], voted: {}, mine: [] };
  for (const purpose of Object.keys(each)) {
    for (const [index, signature] of (signed[purpose] ?? []).entries())
      kept[keptAs[purpose]].push({
        ...(await finish(suite, keys[purpose], made[purpose][index], signature)),
        ...(keptAs[purpose] === 'ask' && { first: purpose === 'ask-first' }),
      });
  }
  await place.shelf.write(kept);
  await place.shelf.forget(unsigned);
  return { place, kept };
}

/** 80 bits of SHA-256 over all keys in the order of their purposes' names, as on the page and in e-mails. */
async function fingerprintOf(keys) {
  const all = Object.keys(keys).sort();
  const hash = await sha256(joined(...all.map((purpose) => bytes(keys[purpose]))));
  const hex = [...hash.slice(0, 10)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}

/** RFC 9474, RSABSSA-SHA384-PSS-Randomized. */
async function openSuite() {
  const { BlindRSA, PrepareType } = await import('./blind/blindrsa.js');
  return new BlindRSA({ hash: 'SHA-384', saltLength: 48, prepareType: PrepareType.Randomized });
}

/** Makes and blinds slips; the server sees only `blinded`. */
async function blindAll(suite, keys) {
  const made = {};
  for (const [purpose, count] of Object.entries(each))
    made[purpose] = await Promise.all(Array.from({ length: count }, () => blindOne(suite, keys[purpose])));
  return made;
}

async function blindOne(suite, key) {
  const message = suite.prepare(await sha256(joined(plain('tok'), random(32))));
  const { blindedMsg, inv } = await suite.blind(key, message);
  return { message: text(message), inverse: text(inv), blinded: text(blindedMsg) };
}

/** Checks the signature too: a server that signed with another key is found out here. */
async function finish(suite, key, { message, inverse }, signature) {
  const signed = await suite.finalize(key, bytes(message), bytes(signature), bytes(inverse));
  return { message, signature: text(signed) };
}

async function askForSignatures(place, made) {
  const blinded = Object.fromEntries(
    Object.keys(each).map((purpose) => [purpose, made[purpose].map((one) => one.blinded)]),
  );
  const answer = await fetch(place.to, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ _token: place.token, ...blinded }),
  });
  return answer.ok ? answer.json() : { why: 'away' };
}
