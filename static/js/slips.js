// The slips of this browser: made here, signed unseen by the server, kept here until they are spent.
import { bytes, joined, namelessly, plain, random, sha256, text } from './secrets.js';
import { read, remove, write } from './shelf.js';

const each = { ask: 3, vote: 1 };
const asksAs = { name: 'RSA-PSS', hash: 'SHA-384' };

/** What a page says about its event's slips, and what this browser keeps of them. */
export function shelf(place) {
  const { event, holder, fingerprint, to } = place.dataset;
  const name = `slips.${event}.${holder}`;
  const unsigned = `unsigned.${event}.${holder}.${fingerprint}`;
  return {
    event: Number(event),
    fingerprint,
    to,
    token: place.querySelector('[name="_token"]').value,
    lock: `flipside.${name}`,
    read: () => read(name),
    write: (kept) => write(name, kept),
    unsigned: () => read(unsigned),
    keepUnsigned: (made) => write(unsigned, made),
    forgetUnsigned: () => remove(unsigned),
  };
}

/** Whatever this browser cannot do without is there: https or this very machine, and a place to keep things. */
export async function isAble() {
  try {
    await remove('able');
    return window.isSecureContext && !!navigator.locks && !!crypto.subtle;
  } catch {
    return false;
  }
}

/**
 * The slips kept for this event, or a new batch when there never was one. Two pages at once wait for each other.
 * Gives { kept } or { why }: 'changed' where the event shows another key than the one these slips were signed with.
 */
export function slipsOf(here) {
  return navigator.locks.request(here.lock, async () => {
    const kept = await here.read();
    if (kept) return kept.fingerprint === here.fingerprint ? { kept } : { why: 'changed' };
    return fetchSlips(here);
  });
}

/** What was made is kept until it is signed: whoever leaves the page meanwhile asks for the same batch again. */
async function fetchSlips(here) {
  const { ok, said } = await namelessly(`/anon/events/${here.event}/keys`);
  if (!ok) return { why: 'away' };
  if ((await fingerprintOf(said.keys)) !== here.fingerprint) return { why: 'changed' };
  const suite = await openSuite();
  const keys = {};
  for (const purpose of Object.keys(each))
    keys[purpose] = await crypto.subtle.importKey('spki', bytes(said.keys[purpose]), asksAs, true, [
      'verify',
    ]);
  const made = (await here.unsigned()) ?? (await blindAll(suite, keys));
  await here.keepUnsigned(made);
  const signed = await askForSignatures(here, made);
  if (signed.why) return signed;
  const kept = { fingerprint: here.fingerprint, ask: [], vote: [], voted: [], mine: [] };
  for (const purpose of Object.keys(each)) {
    for (const [index, signature] of (signed[purpose] ?? []).entries())
      kept[purpose].push(await finish(suite, keys[purpose], made[purpose][index], signature));
  }
  await here.write(kept);
  await here.forgetUnsigned();
  return { kept };
}

/** 80 bits of SHA-256 over all keys in the order of their purposes' names, as on the page and in the letters. */
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

/** Of all that is made here the server sees only what `blinded` says. */
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

async function askForSignatures(here, made) {
  const blinded = (purpose) => made[purpose].map((one) => one.blinded);
  const answer = await fetch(here.to, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ _token: here.token, ask: blinded('ask'), vote: blinded('vote') }),
  });
  return answer.ok ? answer.json() : { why: 'away' };
}
