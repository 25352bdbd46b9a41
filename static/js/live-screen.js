// The projector: the clock runs on without the server, and nothing that went wrong is ever shown to the room.
import { runClocks } from './live-clock.js';

runClocks();

/** An error page is dropped: the last face stays until the next one comes. */
document.addEventListener('htmx:before:swap', (event) => {
  const status = event.detail.ctx?.response?.raw?.status ?? 200;
  if (status >= 400) event.preventDefault();
});
