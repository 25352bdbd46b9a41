// A person who wants no more invitations of a programme, and what undoes it.

/** How it was asked: with a mail program's own button, which scanners press too, or on our page. */
export type StopWay = 'one-click' | 'page';

/** Whether a person's answer takes it back: any press does after a mail program's button, else a yes or a maybe. */
export function isUndoneBy(way: StopWay, said: 'yes' | 'maybe' | 'no'): boolean {
  return way === 'one-click' || said !== 'no';
}
