import { connect, type Socket } from 'node:net';

interface RawAnswer {
  /** 0: closed without an answer. */
  status: number;
  ms: number;
}

const patienceMs = 30_000;

/** Writes bytes as they are to a connection of its own, and waits for an answer or for the end of the connection. */
export function sendRaw(port: number, ...parts: (string | Buffer)[]): Promise<RawAnswer> {
  const since = performance.now();
  return new Promise((resolve, reject) => {
    const socket = open(port);
    let received = '';
    const finish = () => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? 0), ms: performance.now() - since });
    };
    socket.setTimeout(patienceMs, () => {
      socket.destroy();
      reject(new Error(`neither answered nor closed within ${patienceMs} ms`));
    });
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (received.includes('\r\n\r\n')) finish();
    });
    socket.on('close', finish);
    for (const part of parts) socket.write(part);
  });
}

/** Opens a connection, says `first`, then one byte a second, and reports when the server has had enough. */
export function dawdle(port: number, first: string): Promise<{ ms: number }> {
  const since = performance.now();
  return new Promise((resolve) => {
    const socket = open(port);
    if (first !== '') socket.write(first);
    const timer = setInterval(() => first !== '' && socket.write('x'), 1000);
    socket.resume();
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ ms: performance.now() - since });
    });
  });
}

function open(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  // A reset is one way to be turned away.
  socket.on('error', () => undefined);
  return socket;
}

/** An HTTP request as text; `Content-Length` fits the body unless the headers say something else. */
export function rawRequest(line: string, headers: string[] = [], body: string | Buffer = ''): Buffer {
  const own = headers.some((header) => /^(content-length|transfer-encoding):/i.test(header));
  const length = own || body.length === 0 ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [`${line} HTTP/1.1`, 'Host: frontrow.test', ...length, ...headers, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}
