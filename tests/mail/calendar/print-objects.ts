// Run as a process of its own, in a server zone of the caller's choice: prints every object.
import { entryWith, everyObject, everySeriesObject } from './reading.ts';

const spring = entryWith({ start: '2027-03-28T14:00', timeZone: 'Europe/Brussels' });
process.stdout.write(
  JSON.stringify([
    everyObject(entryWith()),
    { ...everyObject(spring), ...everySeriesObject() },
    new Date(0).getTimezoneOffset(),
  ]),
);
