// The icons and the brand mark: strokes on a grid of 24, for the eye only, so each is hidden from screen readers.

const shapes = {
  alert: '<path d="M12 4 2.500 20h19zM12 10v4.500M12 17.500v.01"/>',
  bell: '<path d="M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 20.500h4"/>',
  bulb: '<path d="M9 17.500h6M10 20.500h4M12 3.500a6 6 0 0 0-3.500 10.900c.5.400.8 1 .8 1.600h5.400c0-.6.3-1.200.8-1.600A6 6 0 0 0 12 3.500z"/>',
  calendar:
    '<rect x="4" y="5.500" width="16" height="14.500" rx="2"/><path d="M4 10h16M8.500 3.500v4M15.500 3.500v4"/>',
  check: '<path d="M4.500 12.500 10 18 20 6.500"/>',
  clock: '<circle cx="12" cy="12" r="8"/><path d="M12 7.500V12l3 2"/>',
  cloud:
    '<path d="M7.500 18.500a4 4 0 0 1-.6-7.950 5.500 5.500 0 0 1 10.700 1.100A3.500 3.500 0 0 1 17 18.500z"/>',
  copy: '<rect x="8.500" y="8.500" width="11" height="11" rx="2"/><path d="M15.500 5.500v-1h-11v11h1"/>',
  cross: '<path d="M6 6l12 12M18 6 6 18"/>',
  dots: '<path d="M6 12h.01M12 12h.01M18 12h.01" stroke-width="3"/>',
  down: '<path d="M12 5v14M5.500 12.500 12 19l6.500-6.500"/>',
  download: '<path d="M12 4v11M7 10.500l5 5 5-5M5 19.500h14"/>',
  edit: '<path d="M5 19l1-4L16 5l3 3L9 18zM14 7l3 3"/>',
  flag: '<path d="M6 4.500v15M6 5.500h10l-2 3.500 2 3.500H6"/>',
  globe:
    '<circle cx="12" cy="12" r="8"/><path d="M4 12h16M12 4c2.500 2.200 3.500 5 3.500 8s-1 5.800-3.500 8c-2.500-2.200-3.500-5-3.500-8s1-5.800 3.500-8z"/>',
  grip: '<path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01" stroke-width="3"/>',
  leave: '<path d="M14 5h5v14h-5M4 12h11M11 8l4 4-4 4"/>',
  link: '<path d="M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1"/>',
  lines: '<path d="M5 6.500h14M5 12h14M5 17.500h9"/>',
  lock: '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
  mail: '<rect x="3.500" y="5.500" width="17" height="13" rx="2"/><path d="m4 7 8 6 8-6"/>',
  merge: '<path d="M5 5c0 5 7 4 7 9v6M19 5c0 5-7 4-7 9M8.500 16.500 12 20l3.500-3.500"/>',
  next: '<path d="M5 12h14M13 6l6 6-6 6"/>',
  offline:
    '<path d="M4 4l16 16M5 10.500a10.500 10.500 0 0 1 4-2.300M19 10.500a10.400 10.400 0 0 0-6.500-2.900M8 14a6.300 6.300 0 0 1 3-1.500M16 14c-.5-.4-1-.7-1.500-1M12 18h.01"/>',
  open: '<circle cx="12" cy="12" r="7.500"/>',
  page: '<path d="M7 3.500h7l4 4V20.500H7zM14 3.500v4h4"/>',
  people:
    '<circle cx="9" cy="8.500" r="3.200"/><path d="M3 19.500c.5-3.600 2.900-5.500 6-5.500s5.500 1.900 6 5.500"/><path d="M16 5.600a3.200 3.200 0 0 1 0 5.800M18 14.600c1.700.8 2.700 2.500 3 4.900"/>',
  pin: '<path d="M12 20.500c-4-4-6.500-7-6.500-10.500a6.500 6.500 0 0 1 13 0c0 3.500-2.500 6.500-6.500 10.500z"/><circle cx="12" cy="10" r="2.300"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  print: '<path d="M7 9V4h10v5M7 17H4.500v-6.500h15V17H17M7 14.500h10V20H7z"/>',
  screen: '<rect x="3.500" y="5" width="17" height="11.500" rx="1.500"/><path d="M9 20h6M12 16.500V20"/>',
  search: '<circle cx="11" cy="11" r="6.500"/><path d="m16 16 4.500 4.500"/>',
  send: '<path d="M4 12 20 4.500 15.500 20l-4-6.500zM11.500 13.500 20 4.500"/>',
  shuffle:
    '<path d="M4 7h3c5 0 5 10 10 10h3M4 17h3c2 0 3.200-1.600 4.200-3.500M13 9.500C14 8 15 7 17 7h3M17.500 4.500 20 7l-2.500 2.500M17.500 14.500 20 17l-2.500 2.500"/>',
  'sign-in': '<path d="M10 5H5v14h5M14 8l4 4-4 4M18 12H9"/>',
  up: '<path d="M12 19V5M5.500 11.500 12 5l6.500 6.500"/>',
  upload: '<path d="M12 16V5M7 10l5-5 5 5M5 19.500h14"/>',
};

export type IconName = keyof typeof shapes | 'brand';

const brand =
  '<svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">' +
  '<circle cx="16" cy="16" r="8" class="ring"/><circle cx="16" cy="3.600" r="3.100" class="t"/>' +
  '<circle cx="5.300" cy="22.200" r="3.100" class="t"/>' +
  '<rect x="23.700" y="19.200" width="6" height="6" rx="1.400" class="s"/></svg>';

/** The markup of an icon, coloured by the text around it; 'brand' is the round table with three seats. */
export function icon(name: IconName): string {
  if (name === 'brand') return brand;
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`There is no icon ${name}`);
  return (
    '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" ' +
    `stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${shape}</svg>`
  );
}
