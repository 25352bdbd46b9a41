// The slot of a process and the key beside an embedded database, in a folder of the test's own.
import path from 'node:path';
import type { Context } from '../../../src/context.ts';
import { keyFile, type OpenSlot, openSlot } from '../../../src/database/slot.ts';
import { type Home, temporaryFolder } from '../database.ts';

export interface TestSlot extends Pick<Required<Context>, 'slot'>, Pick<Context, 'envelopeKey'> {
  /** DATA_DIR; the slot is below it. */
  folder: string;
  /** Ends as a process does: stopped, its slot is removed; killed, its slot stays as it is. */
  close(options: { remove: boolean }): Promise<void>;
}

/** Opened by its first use, since few tests ask without a name. */
export function testSlot(
  home: Home,
  { folder = temporaryFolder(), size = 32 * 1024 }: { folder?: string; size?: number } = {},
): TestSlot {
  let opened: Promise<OpenSlot> | undefined;
  const open = () => {
    opened ??= openSlot(folder, size);
    return opened;
  };
  return {
    folder,
    slot: {
      size,
      write: async (copy, bytes, asIf) => (await open()).write(copy, bytes, asIf),
      abandoned: async () => (await open()).abandoned(),
    },
    ...(home === 'embedded' && { envelopeKey: keyFile(path.join(folder, 'envelope-key')) }),
    async close(options) {
      await (await opened)?.close(options);
    },
  };
}
