// Letters that an earlier Flipside gave up because its own address had changed, not because of the guest's.

/** Tells from the reply that was kept; no mail server ever saw such a letter. */
export function isGivenUpForAddress({ state, reply }: { state: string; reply: string }): boolean {
  return state === 'dead' && /^ORGANIZER is \S+ but the letter comes from /.test(reply);
}
