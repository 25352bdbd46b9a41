// Times of an event where the reader is: by the browser's zone, where it shows another clock than the event's.

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const locale = document.documentElement.lang || 'en';

/** Day and clock of an instant in a zone. */
function at(instant, timeZone) {
  const date = new Date(instant);
  const day = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone,
  });
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  return { day: day.format(date).replace(',', ''), clock: clock.format(date) };
}

function show(line) {
  const { start, end, zone, sentence } = line.dataset;
  const [from, to] = [at(start, here), at(end, here)];
  const isSame = (one, instant) => {
    const there = at(instant, zone);
    return one.day === there.day && one.clock === there.clock;
  };
  line.hidden = isSame(from, start) && isSame(to, end);
  const last = from.day === to.day ? `–${to.clock}` : ` – ${to.day}, ${to.clock}`;
  const city = here.split('/').at(-1).replaceAll('_', ' ');
  const times = `${from.day}, ${from.clock}${last}`;
  line.querySelector('span').textContent = sentence.replace('{city}', city).replace('{times}', times);
}

/** The clock alone, with the weekday where it is another day: for one of many dates. */
function showClock(line) {
  const { start, zone, sentence } = line.dataset;
  const [mine, there] = [at(start, here), at(start, zone)];
  if (mine.day === there.day && mine.clock === there.clock) return;
  const day = mine.day === there.day ? '' : `${mine.day.slice(0, 3)} `;
  const city = here.split('/').at(-1).replaceAll('_', ' ');
  line.textContent = `, ${sentence.replace('{clock}', day + mine.clock).replace('{city}', city)}`;
}

function showAll() {
  for (const line of document.querySelectorAll('[data-own-clock]')) showClock(line);
  for (const line of document.querySelectorAll('[data-own-time]')) show(line);
}

document.addEventListener('htmx:after:swap', showAll);
showAll();
