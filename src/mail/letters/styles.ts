// The look of letters: inline styles, since mail programs drop most else; class names only serve the dark scheme.

const family = "-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

/** Style attributes by the name of what they dress; colours are those of the site in its light scheme. */
export const styles = {
  page: 'background:#f3f8f5',
  card: `max-width:560px;table-layout:fixed;background:#ffffff;border:1px solid #d3dbd6;border-radius:14px;border-collapse:separate;font:400 17px/25px ${family};color:#11241d;overflow-wrap:anywhere;word-break:break-word`,
  felt: 'background:#0a4130;border-radius:13px 13px 0 0;padding:22px 24px;color:#f4faf6;text-align:left',
  kicker: 'font-size:15px;line-height:20px;color:#c7ded1',
  heading:
    'margin:6px 0 0;font-size:30px;line-height:34px;letter-spacing:-.3px;font-weight:700;color:#f4faf6',
  body: 'padding:22px 24px 8px;text-align:left',
  more: 'border-top:1px solid #d3dbd6;padding:18px 24px 22px;text-align:left',
  paragraph: 'margin:0 0 14px',
  quiet: 'margin:0 0 14px;font-size:15px;line-height:22px;color:#465750',
  quietInline: 'font-size:15px;line-height:22px;color:#465750',
  moreTitle: 'margin:0 0 6px;font-weight:700',
  moreText: 'margin:0;color:#465750',
  link: 'color:#00553d',
  primary: `display:inline-block;background:#00553d;color:#f9fdfa;border:1px solid #00553d;border-radius:9px;padding:13px 20px;font:600 17px/20px ${family};text-decoration:none`,
  second: `display:inline-block;background:#ffffff;color:#11241d;border:1px solid #72827a;border-radius:9px;padding:13px 20px;font:600 17px/20px ${family};text-decoration:none`,
  code: 'margin:0 0 14px;padding:14px 16px;background:#e9f0eb;border-radius:9px;font:600 26px/32px ui-monospace,Menlo,Consolas,monospace;letter-spacing:2px;color:#11241d',
  change: 'margin:0 0 14px;padding:0 0 0 14px;border-left:3px solid #00553d',
  footer: `max-width:560px;margin:14px auto 0;font:400 14px/20px ${family};color:#465750;overflow-wrap:anywhere`,
} as const;

/** The dark scheme, for mail programs that follow the device. */
export const darkScheme = `@media (prefers-color-scheme: dark) {
.page{background:#0a1310!important}
.card{background:#121c18!important;border-color:#2c3834!important;color:#eaf1eb!important}
.felt{background:#092c21!important}
.ink{color:#eaf1eb!important}
.quiet{color:#afbbb3!important}
.rule{border-color:#2c3834!important}
.link{color:#80d1af!important}
.primary{background:#80d1af!important;border-color:#80d1af!important;color:#071a13!important}
.second{background:#121c18!important;border-color:#75857d!important;color:#eaf1eb!important}
.code{background:#1a2621!important;color:#eaf1eb!important}
.change{border-color:#80d1af!important}
}`;
