/** Addresses that put a feed into a calendar: by a program on this machine, by Google, by Outlook on the web. */
export interface FeedLinks {
  webcal: string;
  google: string;
  outlook: string;
}

/** The ways to subscribe to the feed at that address. */
export function feedLinks(feedUrl: string): FeedLinks {
  const webcal = feedUrl.replace(/^https?:/, 'webcal:');
  return {
    webcal,
    google: `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(webcal)}`,
    outlook: `https://outlook.live.com/calendar/0/addfromweb?url=${encodeURIComponent(feedUrl)}`,
  };
}
