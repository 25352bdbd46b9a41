// "Not you?" on a personal page: the code in the room then asks this device who is there, and goes on with nobody's invitation.
import { forgetLinks } from './kept-links.js';
import { forgetLivePages } from './live-forget.js';

document.querySelector('[data-not-you]').addEventListener('click', () => {
  forgetLinks();
  forgetLivePages().catch(() => {});
});
