// E-mails to sign in go over a connection of their own, so that one to an address nobody here has costs the same.
import { promisify } from 'node:util';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

interface Envelope {
  from: string;
  to: string[];
}

type Options = SMTPConnection.Options & { auth?: SMTPConnection.AuthenticationType };

/** Opens a connection per call; `patience` is how long one reply may take, and a quarter of what the whole call may, in milliseconds. */
export function signInConnections(smtpUrl: string, patience: number) {
  const options: Options = {
    ...(parseConnectionUrl(smtpUrl) as Options),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
  };
  return {
    /** Hands the bytes over; returns the server's reply. Throws its error. */
    send: (envelope: Envelope, bytes: Uint8Array) =>
      talk(options, patience * 4, async (connection) => {
        const send = promisify(connection.send.bind(connection));
        const info = (await send(envelope, Buffer.from(bytes))) as SMTPConnection.SentMessageInfo;
        return info.response;
      }),
    /** Speaks with the server as long as a letter would take (MAIL, RCPT, DATA and its text), and hands over nothing. */
    pretend: () =>
      talk(options, patience * 4, async (connection) => {
        const reset = promisify(connection.reset.bind(connection));
        for (let step = 0; step < 4; step++) await reset();
        return '';
      }),
  };
}

/** Connects, signs in where the address has a user, does the work, and closes. */
async function talk(
  options: Options,
  longest: number,
  work: (connection: SMTPConnection) => Promise<string>,
): Promise<string> {
  const connection = new SMTPConnection(options);
  const { promise: broken, reject } = Promise.withResolvers<never>();
  connection.on('error', reject);
  const tooLong = setTimeout(reject, longest, new Error('The mail server took too long'));
  const begin = async () => {
    await promisify(connection.connect.bind(connection))();
    const { auth } = options;
    if (auth && connection.allowsAuth) await promisify(connection.login.bind(connection))(auth);
    return work(connection);
  };
  try {
    return await Promise.race([begin(), broken]);
  } finally {
    clearTimeout(tooLong);
    broken.catch(() => {});
    connection.close();
  }
}
