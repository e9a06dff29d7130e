import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  status: number;
  body: string;
}

/** One keep-alive connection with one request at a time. */
export interface HttpConnection {
  request(method: string, path: string, headers: Record<string, string>, body?: string): Promise<HttpAnswer>;
  /** Whether the server has not closed it: it does, when a first request does not come within ten seconds. */
  isOpen(): boolean;
  close(): void;
}

/**
 * As lean as it gets, since the load generator shares the machine.
 * @param port on 127.0.0.1
 */
export async function openConnection(port: number): Promise<HttpConnection> {
  const socket = await dial(port);
  let buffer = '';
  let pending: { resolve(answer: HttpAnswer): void; reject(error: Error): void } | null = null;

  function onData(chunk: string): void {
    buffer += chunk;
    const answer = readAnswer(buffer);
    if (!answer || !pending) return;
    buffer = '';
    const { resolve } = pending;
    pending = null;
    resolve(answer);
  }
  socket.setEncoding('latin1');
  socket.on('data', onData);
  const fail = (error?: Error) => pending?.reject(error ?? new Error('connection closed'));
  socket.on('error', fail);
  socket.on('close', () => fail());

  return {
    request: (method, path, headers, body = '') =>
      new Promise((resolve, reject) => {
        if (!socket.writable) return reject(new Error('connection closed'));
        pending = { resolve, reject };
        let head = `${method} ${path} HTTP/1.1\r\nHost: bench\r\n`;
        for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
        if (body) head += `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
        socket.write(`${head}\r\n${body}`, 'latin1');
      }),
    isOpen: () => socket.writable,
    close: () => socket.destroy(),
  };
}

function dial(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** A whole answer with Content-Length (or without a body), or null while it is still coming. */
function readAnswer(text: string): HttpAnswer | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const headers = text.slice(0, end);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(headers)?.[1] ?? 0);
  if (text.length < end + 4 + length) return null;
  return { status: Number(text.slice(9, 12)), body: text.slice(end + 4) };
}
