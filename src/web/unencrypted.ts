// People who reach Flipside over a network without encryption: then others on the way read links, codes and answers.

/** Tells whether this address leaves the machine unencrypted. */
export function isUnencrypted(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && !/^(.*\.)?localhost$|^127\.|^\[::1\]$/.test(hostname);
}
