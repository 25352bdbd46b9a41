// A throw-away mail server of our own: dovecot with one folder of mail, on a free port.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { freePort } from '../process.ts';

export interface MailServer {
  /** Returns the address of somebody's mailbox; each name has its own. */
  imapUrl(name: string): string;
  /** Puts a message into somebody's inbox, as a mail server that took it in at that moment. */
  deliver(name: string, message: Buffer, receivedAt?: Temporal.Instant): Promise<void>;
  /** How many messages are in each folder. */
  foldersOf(name: string): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** Started as root it works as nobody, since dovecot refuses to; otherwise as the user who runs the tests. */
function settings(folder: string, port: number): string {
  const isRoot = process.getuid?.() === 0;
  const [user, group] = isRoot ? ['nobody', 'nogroup'] : [userInfo().username, ''];
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${user}
${group ? `default_internal_group = ${group}` : ''}
default_login_user = ${user}
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 0
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${user} gid=${group || process.getgid?.()} home=${folder}/mail/%u
}
`;
}

/** Inside `needs('dovecot')` only. */
export async function startDovecot(): Promise<MailServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dovecot-'));
  chmodSync(folder, 0o755);
  for (const name of ['run', 'state', 'mail']) mkdirSync(path.join(folder, name));
  // The user who keeps the mail may not be the one who runs the tests.
  chmodSync(path.join(folder, 'mail'), 0o777);
  const port = await freePort();
  const config = path.join(folder, 'dovecot.conf');
  writeFileSync(config, settings(folder, port));
  const server = spawn('dovecot', ['-F', '-c', config], { stdio: 'ignore' });
  process.on('exit', () => server.kill('SIGKILL'));
  await answers(port, server);
  const imapUrl = (name: string) => `imap://${name}:secret@127.0.0.1:${port}/INBOX`;
  return {
    imapUrl,
    deliver: (name, message, receivedAt) =>
      asUser(port, name, async (client) => {
        const at = receivedAt && new Date(receivedAt.epochMilliseconds);
        await client.append('INBOX', message, [], at);
      }),
    foldersOf: (name) =>
      asUser(port, name, async (client) => {
        const counts: Record<string, number> = {};
        for (const { path: folderName } of await client.list()) {
          const status = await client.status(folderName, { messages: true });
          counts[folderName] = status ? (status.messages ?? 0) : 0;
        }
        return counts;
      }),
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      if (server.exitCode === null && server.kill()) await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function asUser<T>(port: number, user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const auth = { user, pass: 'secret' };
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth, logger: false });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.logout();
  }
}

async function answers(port: number, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200 && server.exitCode === null; tries++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('close', () => socket.destroy());
      setTimeout(() => socket.destroy(), 200);
    });
    if (isOpen) return;
    await pause(50);
  }
  throw new Error('The throw-away mail server does not answer');
}
