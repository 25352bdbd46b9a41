// The lines that the templates of one letter print.

export interface LetterView {
  subject: string;
  /** The line a list of mails shows after the subject. */
  preheader: string;
  kicker: string;
  heading: string;
  footer: string;
  /** Lines for this letter's own templates. */
  [line: string]: unknown;
}
