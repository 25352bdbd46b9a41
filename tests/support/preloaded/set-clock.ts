// Preloaded: a process whose machine's clock stands at the time in the file SET_CLOCK, and is set anew with each SIGUSR2.
// The embedded database takes its time from the same clock. Timers go on by a clock that nobody sets, as on a real machine.
import fs from 'node:fs';

const RealDate = Date;
const { instant } = Temporal.Now;
let ahead = 0;

function setClock(): void {
  const wanted = Temporal.Instant.from(fs.readFileSync(process.env.SET_CLOCK!, 'utf8'));
  ahead = wanted.epochMilliseconds - instant().epochMilliseconds;
}

const now = () => instant().add({ milliseconds: ahead });
const zoned = (zone: string = Temporal.Now.timeZoneId()) => now().toZonedDateTimeISO(zone);

setClock();
process.on('SIGUSR2', () => {
  setClock();
  console.log(`The clock was set to ${now()}`);
});

globalThis.Date = new Proxy(RealDate, {
  get: (target, name) => (name === 'now' ? () => now().epochMilliseconds : Reflect.get(target, name)),
  apply: (target) => new target(now().epochMilliseconds).toString(),
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length > 0 ? given : [now().epochMilliseconds], newTarget),
});
Object.assign(Temporal.Now, {
  instant: now,
  zonedDateTimeISO: zoned,
  plainDateTimeISO: (zone?: string) => zoned(zone).toPlainDateTime(),
  plainDateISO: (zone?: string) => zoned(zone).toPlainDate(),
  plainTimeISO: (zone?: string) => zoned(zone).toPlainTime(),
});
