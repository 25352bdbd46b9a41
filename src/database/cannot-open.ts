/** Why the database cannot be opened, in a sentence for the person who starts Flipside: print it without a stack. */
export class CannotOpen extends Error {
  readonly kind: 'held' | 'version' | 'folder' | 'server' | 'secret' | 'driver' | 'newer';

  constructor(kind: CannotOpen['kind'], sentence: string) {
    super(sentence);
    this.name = 'CannotOpen';
    this.kind = kind;
  }
}
