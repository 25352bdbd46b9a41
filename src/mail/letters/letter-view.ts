// The lines that the templates of one letter print.

export interface LetterView {
  subject: string;
  /** The line a list of mails shows after the subject. */
  preheader: string;
  kicker: string;
  heading: string;
  footer: string;
  /** The template it is drawn with, where that is not its kind's own. */
  template?:
    | 'lines'
    | 'programme/lines'
    | 'programme/ground-rules'
    | 'programme/organiser-day'
    | 'programme/several-things'
    | 'programme/message';
  /** Lines for this letter's own templates. */
  [line: string]: unknown;
}
