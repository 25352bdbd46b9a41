import fs from 'node:fs';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { doesNotOpen } from './damage.ts';

// PGlite on a folder, made to survive a power cut: its own NodeFS has no fsync and it starts with fsync off.

type Init = Parameters<NodeFS['init']>;

interface OpenFile {
  nfd?: number;
}

class FolderWithFsync extends NodeFS {
  override async init(...[pglite, options]: Init): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const addFsync = (module: unknown) => {
      const { NODEFS } = module as {
        NODEFS: { stream_ops: Record<string, unknown>; tryFSOperation(operation: () => void): void };
      };
      NODEFS.stream_ops.fsync = (file: OpenFile) => {
        if (file.nfd !== undefined) NODEFS.tryFSOperation(() => fs.fsyncSync(file.nfd!));
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } };
  }
}

const withoutFsync = '-F';

/** `wal_sync_method`: the default, fdatasync, does nothing in WebAssembly. */
const lasting = ['-c', 'wal_sync_method=fsync'];
const small = ['-c', 'shared_buffers=16MB'];

/**
 * No long turn of the thread of pages: a new file of the journal is not filled with 16 MB of zeros first, and what comes
 * new into the search of people is sorted in after some hundred names, where 4 MB at once (the default) took 50 ms.
 */
const quick = ['-c', 'wal_init_zero=off', '-c', 'gin_pending_list_limit=256kB'];

/** The ready-made folder says Etc/GMT0. */
const inUtc = ['-c', 'timezone=UTC', '-c', 'log_timezone=UTC'];

const extensions = { pg_trgm, citext, btree_gist, unaccent };

/** Opens the folder; an empty one is filled first, with `filling` where it is given. */
export async function openFolder(folder: string, filling?: Blob | File): Promise<PGlite> {
  const startParams = PGlite.defaultStartParams.filter((param) => param !== withoutFsync);
  const fs = new FolderWithFsync(folder);
  return open(folder, {
    fs,
    startParams: [...startParams, ...small, ...inUtc, ...lasting, ...quick],
    ...(filling && { loadDataDir: filling }),
  });
}

/** Faster, and not safe in a power cut: for tests, and for copies that are read once. */
export async function openFolderInHaste(folder: string): Promise<PGlite> {
  const startParams = [...PGlite.defaultStartParams, ...small, ...inUtc];
  return open(folder, { fs: new NodeFS(folder), startParams });
}

async function open(folder: string, options: PGliteOptions): Promise<PGlite> {
  let complaint = '';
  const onStderr = (line: string) => {
    complaint = /(?:FATAL|PANIC): +(.*)/.exec(line)?.[1] ?? complaint;
    return true;
  };
  try {
    return await PGlite.create({ ...options, extensions, onStderr });
  } catch (error) {
    // Not as the cause: its stack shows whole minified files.
    const why = complaint || (error instanceof Error ? error.message : String(error));
    throw doesNotOpen(folder, why);
  }
}
