// Ways back into a personal page, which a code in a room finds on this device.

/** Forgets them, so that they are not left to the next person. */
export function forgetLinks() {
  try {
    for (const name of Object.keys(localStorage))
      if (name.startsWith('flipside.link.')) localStorage.removeItem(name);
  } catch {
    // Nothing can be kept here, so nothing was.
  }
}
