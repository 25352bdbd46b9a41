// Presses with a bad connection: every one is kept on this phone until the server has taken it. Presses are absolute
// ("answered", "on the table") and carry how long ago they were made, so sending one twice or late does no harm.

const keptFor = 12 * 60 * 60 * 1000;

/**
 * Takes the presses of the forms inside `panel()` over. `painted` shows what waits: it gets the presses by the address
 * of their form; `pressed` says what was pressed; `settled` is told when all that waited has been taken.
 */
export function keepPresses({ name, panel, unsent, target, painted, pressed, settled }) {
  const status = document.getElementById('status');

  /* ---- The queue: per form the last press ---- */

  function queue() {
    try {
      const all = Object.entries(JSON.parse(localStorage.getItem(name)) ?? {});
      return Object.fromEntries(all.filter(([, press]) => Date.now() - press.at < keptFor));
    } catch {
      return {};
    }
  }
  function keep(presses) {
    try {
      localStorage.setItem(name, JSON.stringify(presses));
      return true;
    } catch {
      return false;
    }
  }
  const put = (action, press) => keep({ ...queue(), [action]: press });
  const paint = () => painted(queue());

  /** Only what was sent: a newer press on the same form stays. */
  function drop(action, press) {
    const presses = queue();
    if (presses[action]?.at === press.at) delete presses[action];
    keep(presses);
  }

  /* ---- Display ---- */

  function tell(kind) {
    const n = Object.keys(queue()).length;
    unsent.hidden = kind === undefined && n === 0;
    if (unsent.hidden) return;
    const words = unsent.dataset[kind ?? (n === 1 ? 'one' : 'many')].replace('{n}', n);
    if (unsent.textContent === words) return;
    unsent.textContent = words;
    status.textContent = words;
    if (kind === 'signedOut') {
      const link = document.createElement('a');
      link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = unsent.dataset.signIn;
      unsent.append(' ', link);
    }
  }

  /* ---- Sending ---- */

  let sending = false;
  let pause = 0;
  let later;
  const first = () => Object.entries(queue()).sort(([, a], [, b]) => a.at - b.at)[0];

  async function send() {
    if (sending) return;
    clearTimeout(later);
    sending = true;
    let outcome = 'sent';
    let refused = false;
    const start = Object.keys(queue()).length;
    for (let next = first(); next && outcome === 'sent'; next = first()) {
      outcome = await sendOne(...next);
      refused ||= outcome === 'refused';
      if (outcome === 'refused') outcome = 'sent';
    }
    sending = false;
    if (outcome === 'sent') {
      pause = 0;
      tell(refused ? 'refused' : undefined);
      if (start > 0) settled();
      return;
    }
    tell(outcome === 'signedOut' ? outcome : undefined);
    paint();
    pause = Math.min(30_000, Math.max(2000, pause * 2));
    later = setTimeout(send, pause);
  }

  /** Sends one press and gives its outcome: 'refused' is dropped, since the server will never take it; everything else that failed is kept. */
  async function sendOne(action, press) {
    const ago = Math.max(0, Math.round((Date.now() - press.at) / 1000));
    const token = document.querySelector('input[name="_token"]')?.value ?? '';
    const body = new URLSearchParams({ _token: token, ...press.fields, ago });
    const headers = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': target };
    let answer;
    try {
      answer = await fetch(action, { method: 'POST', body, headers, signal: AbortSignal.timeout(15_000) });
    } catch {
      return 'offline';
    }
    const { pathname } = new URL(answer.url);
    if (answer.headers.has('hx-redirect') || answer.status === 403 || pathname === '/sign-in')
      return 'signedOut';
    if (answer.status >= 500 || answer.status === 429) return 'offline';
    drop(action, press);
    return answer.ok ? 'sent' : 'refused';
  }

  /* ---- Listening: in the capture phase, before site.js would call the button busy ---- */

  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target;
      const button = event.submitter ?? form.querySelector('button');
      if (!panel().contains(form) || !button?.name) return;
      const press = { fields: { [button.name]: button.value }, at: Date.now() };
      // The form is sent plainly where nothing can be kept.
      if (!put(form.getAttribute('action'), press)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed(form, button);
      paint();
      send();
    },
    { capture: true },
  );
  document.addEventListener('htmx:after:swap', paint);
  addEventListener('online', send);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && send());

  paint();
  tell();
  send();
}
