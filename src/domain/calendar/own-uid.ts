// UIDs of calendar entries of people who share an address: one calendar holds the entries of both, so each has its own.

const personIn = /-p([1-9]\d{0,8})@/;

/** Makes the UID of one person's own entry of an event; it never changes. */
export function ownUid(uid: string, personId: number): string {
  return uid.replace('@', `-p${personId}@`);
}

/** The UID of an event in one person's calendar: their own where they are among those who need one. */
export function uidFor(uid: string, personId: number, needOwn: ReadonlySet<number>): string {
  return needOwn.has(personId) ? ownUid(uid, personId) : uid;
}

/** Reads an event's UID, and whose own it is: null where it is everyone's. */
export function readUid(uid: string): { eventUid: string; personId: number | null } {
  const found = personIn.exec(uid);
  return found
    ? { eventUid: uid.replace(personIn, '@'), personId: Number(found[1]) }
    : { eventUid: uid, personId: null };
}
